import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ActivityList, type ActivityPage } from '../../../src/messages/activity/activityList.ts';
import type { ActivityEntry } from '../../../src/sending/journal/journalStore.ts';
import { MemoryMemento } from '../../support/editorStorage.ts';
import { rowContext, run } from './activityEntries.ts';

/** A journal that answers when it is told to, and a list that waits until it is let on. */
function world(count: number) {
  const journal: { entries: ActivityEntry[]; fails: boolean } = { entries: runs(count), fails: false };
  const limits: number[] = [];
  const held: (() => void)[] = [];
  const warned: unknown[] = [];
  const state = new MemoryMemento();
  const list = new ActivityList({
    entries: (limit) => {
      limits.push(limit);
      if (journal.fails) return Promise.reject(new Error('no disk'));
      return Promise.resolve({ entries: journal.entries.slice(0, limit), hasMore: journal.entries.length > limit });
    },
    state,
    context: rowContext,
    wait: () => new Promise((resolve) => held.push(resolve)),
    warn: (_message, error) => warned.push(error),
  });
  let changes = 0;
  list.onDidChange(() => (changes += 1));
  return { journal, limits, held, warned, state, list, changes: () => changes };
}

function runs(count: number): ActivityEntry[] {
  return Array.from({ length: count }, (_, index) => run({ header: { id: `r${String(index)}` }, topic: index % 2 === 0 ? 'orders' : 'audit' }));
}

/** Lets everything happen that waits for nothing. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function unexpected(message: string): void {
  assert.fail(message);
}

function idsOf({ days }: ActivityPage): readonly string[] {
  return days.flatMap(({ rows }) => rows.map(({ id }) => id));
}

test('shows the newest hundred, then as many more each time', async () => {
  const { list, limits } = world(250);
  assert.equal((await list.page()).hasMore, true);
  assert.equal(idsOf(await list.page()).length, 100);
  await list.more();
  assert.equal(idsOf(await list.page()).length, 200);
  await list.more();
  const page = await list.page();
  assert.deepEqual([idsOf(page).length, page.looked, page.hasMore], [250, 250, false]);
  assert.deepEqual(limits, [100, 200, 300]);
});

test('a filter looks further back, is kept, and is taken away', async () => {
  const { list, state, journal } = world(1_500);
  await list.page();
  await list.setFilter(' Audit ');
  const page = await list.page();
  assert.deepEqual([page.filter, page.rows.size, page.looked, page.hasMore], ['Audit', 500, 1_000, true]);
  await list.more();
  assert.equal((await list.page()).rows.size, 750);

  const again = new ActivityList({
    entries: (limit) => Promise.resolve({ entries: journal.entries.slice(0, limit), hasMore: false }),
    state, context: rowContext, wait: () => Promise.resolve(), warn: unexpected,
  });
  assert.equal((await again.page()).filter, 'Audit');
  await again.setFilter('');
  assert.deepEqual(state.keys(), []);
  assert.equal((await again.page()).rows.size, 100);
});

test('follows the journal only while it is seen, one reading at a time', async () => {
  const { list, journal, limits, held, changes } = world(1);
  await list.page();
  assert.equal(changes(), 0, 'the first page is an answer, not a change');

  journal.entries = runs(2);
  list.changed();
  list.changed();
  await settled();
  assert.equal(limits.length, 1, 'it was read while nobody looked');

  list.setVisible(true);
  await settled();
  assert.deepEqual([limits.length, changes(), idsOf(await list.page()).length], [2, 1, 2]);

  journal.entries = runs(3);
  for (let n = 0; n < 50; n += 1) list.changed();
  await settled();
  assert.equal(limits.length, 2, 'it was read again before the pause was over');
  held.shift()?.();
  await settled();
  assert.deepEqual([limits.length, changes()], [3, 2]);
  held.shift()?.();
  await settled();
  assert.deepEqual([limits.length, held.length], [3, 0], 'nothing changed, and it was read all the same');

  list.changed();
  await settled();
  assert.equal(limits.length, 4);
  list.dispose();
});

test('what changed while nobody looked is there for whoever asks', async () => {
  const { list, journal, limits } = world(1);
  await list.page();
  journal.entries = runs(2);
  list.changed();
  assert.equal(idsOf(await list.page()).length, 2);
  await list.page();
  assert.equal(limits.length, 2, 'it was read again though nothing had changed');
});

test('rows that look as before are left alone', async () => {
  const { list, held, changes, limits } = world(3);
  await list.page();
  list.setVisible(true);
  await settled();
  assert.deepEqual([limits.length, changes()], [2, 0]);
  held.shift()?.();
});

test('a run is followed while it is under way, and no longer', async () => {
  const { list, journal, held, limits, changes } = world(1);
  const sending = (acknowledged: number): ActivityEntry => run({ status: 'running', counts: { acknowledged, refused: 0, unknown: 0, notSent: 0 } });
  journal.entries = [sending(1)];
  list.setVisible(true);
  await list.page();
  await settled();
  for (const acknowledged of [2, 3]) {
    journal.entries = [sending(acknowledged)];
    held.shift()?.();
    await settled();
    assert.match((await list.page()).rows.get('r1')?.description ?? '', new RegExp(`^sending… ${String(acknowledged)} of 10,000`));
  }
  assert.equal(changes(), 2);

  list.setVisible(false);
  const before = limits.length;
  held.shift()?.();
  await settled();
  assert.equal(limits.length, before, 'it was followed though nobody looked');

  journal.entries = [run()];
  list.setVisible(true);
  await settled();
  held.shift()?.();
  await settled();
  assert.deepEqual([limits.length, held.length], [before + 1, 0], 'it was followed though it had ended');
});

test('a journal that cannot be read is told to the log, and what was shown stays', async () => {
  const { list, journal, warned } = world(2);
  await list.page();
  journal.fails = true;
  await list.more();
  assert.equal(warned.length, 1);
  assert.equal(idsOf(await list.page()).length, 2);

  const broken = world(2);
  broken.journal.fails = true;
  assert.deepEqual(idsOf(await broken.list.page()), []);
  broken.journal.fails = false;
  assert.equal(idsOf(await broken.list.page()).length, 2);
});

test('an entry is found though the filter hides it, or it is further back', async () => {
  const { list } = world(500);
  assert.equal((await list.find('r498'))?.label, 'orders');
  await list.setFilter('audit');
  assert.equal((await list.find('r0'))?.label, 'orders');
  assert.equal((await list.find('r499'))?.label, 'audit');
  assert.equal(await list.find('nothing'), undefined);
});

test('of two readings the last one counts', async () => {
  const answers: ((entries: readonly ActivityEntry[]) => void)[] = [];
  const list = new ActivityList({
    entries: () => new Promise((resolve) => answers.push((entries) => resolve({ entries, hasMore: false }))),
    state: new MemoryMemento(), context: rowContext, wait: () => Promise.resolve(), warn: unexpected,
  });
  const both = Promise.all([list.more(), list.more()]);
  answers[1]?.(runs(2));
  answers[0]?.(runs(1));
  await both;
  assert.equal(idsOf(await list.page()).length, 2);
});
