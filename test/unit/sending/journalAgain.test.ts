import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { JournalError } from '../../../src/sending/journal/journalErrors.ts';
import type { Reading } from '../../../src/sending/message.ts';
import type { MessageOutcome } from '../../../src/sending/recording.ts';
import { inKeyOrder } from '../../../src/sending/journal/inKeyOrder.ts';
import { Outcomes } from '../../../src/sending/journal/outcomes.ts';
import { journalFolder, lettersOf, openJournal, runHeader, runMessage, SUMMARY } from './journalSupport.ts';

const REFUSED: MessageOutcome = { kind: 'refused', note: { kind: 'invalid', status: 400, code: 'E1', detail: 'no' } };
const UNKNOWN: MessageOutcome = { kind: 'unknown', note: { kind: 'timeout' } };

test('what was refused, and what never left, may leave when the run goes on', async (t) => {
  const folder = await journalFolder(t);
  const first = openJournal(t, folder, { pid: 500, keepPayloads: () => true });
  const begun = await first.begin(runHeader());
  for (const [index, outcome] of [[0, { kind: 'acknowledged' }], [1, REFUSED], [2, { kind: 'notSent' }], [3, UNKNOWN], [4, REFUSED]] as const) {
    await begun.leaving(runMessage(index));
    begun.ended(runMessage(index), outcome);
  }
  assert.deepEqual(begun.counts(), { acknowledged: 1, refused: 2, unknown: 1, notSent: 6 });
  await first.dispose();

  const journal = openJournal(t, folder, { keepPayloads: () => true });
  const { state, writer } = await journal.resume('run-1');
  assert.equal(lettersOf(state), 'ar-ur-----');
  assert.deepEqual(state.outcomes.ranges('notSent', 'refused'), [[1, 3], [4, 10]]);
  for (const index of [1, 2, 4]) await writer.leaving(runMessage(index));
  assert.deepEqual(writer.counts(), { acknowledged: 1, refused: 0, unknown: 1, notSent: 8 });
  writer.ended(runMessage(1), { kind: 'acknowledged' });
  writer.ended(runMessage(2), REFUSED);
  writer.ended(runMessage(4), { kind: 'notSent' });
  const counts = { acknowledged: 2, refused: 1, unknown: 1, notSent: 6 };
  assert.deepEqual(writer.counts(), counts);
  await writer.finish({ ...SUMMARY, ...counts });

  const after = await journal.readRun('run-1');
  assert.ok(after !== undefined);
  assert.equal(lettersOf(after), 'aaru------');
  assert.deepEqual([after.outcomes.count('refused'), after.outcomes.count('notSent'), after.outcomes.noteOf(1)], [1, 6, undefined]);
  const kept: number[] = [];
  for await (const batch of journal.payloads('run-1', [[0, 10]])) kept.push(...batch.map(({ index }) => index));
  assert.deepEqual(kept, [0, 1, 2, 3, 4]);
});

test('a header that holds something else where arithmetic is done is none', async (t) => {
  const folder = await journalFolder(t);
  const journal = openJournal(t, folder);
  await (await journal.begin(runHeader())).finish(SUMMARY);
  const path = join(folder, readdirSync(folder)[0] ?? '');
  const [first = '', ...others] = readFileSync(path, 'utf8').split('\n');
  const place = { line: 1, column: 1 };
  const good = [{ only: 3 }, { range: { start: place, end: { line: 2, column: 5 } } }];
  const bad = [{ only: 'x' }, { only: -1 }, { only: 0.5 }, { range: 'x' }, { range: {} }, { range: { start: place } }, { range: { start: place, end: { line: 0, column: 1 } } }];
  for (const changes of [...good, ...bad]) {
    const { journal: version, run } = JSON.parse(first) as { readonly journal: number; readonly run: ReturnType<typeof runHeader> };
    const sources = run.job.sources.map((source) => ({ ...source, ...changes }));
    const account = { ...run.account, more: 'x' };
    writeFileSync(path, [JSON.stringify({ journal: version, run: { ...run, account, job: { ...run.job, sources } } }), ...others].join('\n'));
    const state = await journal.readRun('run-1');
    assert.equal(state !== undefined, good.some((one) => one === changes), JSON.stringify(changes));
    if (state !== undefined) assert.deepEqual(state.header.account, run.account);
  }
});

test('a run whose first line could not be read back is not begun', async (t) => {
  const folder = await journalFolder(t);
  const journal = openJournal(t, folder);
  await assert.rejects(journal.begin(runHeader({ fingerprint: 'f'.repeat(67_108_864) })), JournalError);
  assert.deepEqual(readdirSync(folder), []);
});

test('what comes behind an unknown message of its key stays behind when the run goes on', async () => {
  const outcomes = new Outcomes({ count: 8, total: 8 });
  for (const [index, kind] of [[0, 'unknown'], [1, 'refused'], [2, 'acknowledged']] as const) {
    outcomes.leaving(index, 0, 1);
    outcomes.ended(index, kind);
  }
  const keys = ['a', 'b', 'c', 'a', 'b', 'c', 'a'];
  const issue: Reading = { index: 7, source: 0, place: { line: 8, column: 1 }, length: 0, reason: { kind: 'valueMissing' } };
  const all: readonly Reading[] = [...keys.map((key, index) => runMessage(index, { key })), issue];
  async function* batches(): AsyncGenerator<readonly Reading[]> {
    yield await Promise.resolve(all.slice(0, 4));
    yield all.slice(4);
  }
  const left: number[] = [];
  for await (const batch of inKeyOrder(batches(), outcomes)) left.push(...batch.map(({ index }) => index));
  assert.deepEqual(left, [0, 1, 2, 4, 5, 7]);
});
