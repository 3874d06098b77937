import assert from 'node:assert/strict';
import { test } from 'node:test';

import { GROUP, groupEvents, init, lagOf, NOW_MS, part } from './easyQueueData.ts';
import { openPages } from './openPages.ts';
import { THEMES, type StagePage } from './stage.ts';

const open = openPages(() => groupEvents());

async function rowsOf(shown: StagePage): Promise<readonly string[]> {
  const rows = await shown.page.getByRole('table', { name: 'Members' }).locator('tbody tr').allInnerTexts();
  return rows.map((row) => row.replaceAll(/\s+/g, ' ').trim());
}

test('the head says how the group stands', async () => {
  const shown = await open();
  const facts = (await shown.page.locator('.facts').innerText()).replaceAll(/\s+/g, ' ');
  for (const each of ['PreparingRebalance a rebalance is being prepared', '9,007,199,254,740,993 ↗', 'not moving since 13:40:02', 'Messages in 12/s', 'Messages out 0/s', 'Members 2', 'Partitions 3']) {
    assert.ok(facts.includes(each), `${each} in ${facts}`);
  }
});

test('members stand beside their partitions: those without one, and partitions that nobody reads, too', async () => {
  const shown = await open();
  const [stuck, next, idle, unread] = await rowsOf(shown);
  assert.match(stuck ?? '', /consumer-audit-1 0 9,007,199,254,740,992 not moving since 13:40:02 skewed: far more lag than the others 12\/s 0\/s 2,000,000 9,007,199,256,740,992$/);
  assert.match(next ?? '', /drained in 1 s/);
  assert.match(idle ?? '', /^consumer-audit-2\S* – none assigned/);
  assert.match(unread ?? '', /^nobody – 2 – nothing committed yet/);
});

test('a partition that changes hands keeps the rows of the others', async () => {
  const shown = await open();
  await shown.page.evaluate("globalThis.rows = [...document.querySelectorAll('tbody tr')]");
  const [first, second] = GROUP.members;
  assert.ok(first !== undefined && second !== undefined);
  const members = [{ ...first, partitions: first.partitions.slice(0, 1) }, { ...second, partitions: first.partitions.slice(1) }];
  await shown.send(part('group', { ...GROUP, members }));
  const stayed = await shown.page.evaluate("[...document.querySelectorAll('.table table')][0].querySelectorAll('tbody tr')[0] === rows[0]");
  assert.equal(stayed, true);
  assert.equal((await rowsOf(shown)).length, 3);
});

test('states stand on a time line, the newest first, with how long each lasted', async () => {
  const shown = await open();
  const lines = (await shown.page.locator('.states li').allInnerTexts()).map((line) => line.replaceAll(/\s+/g, ' ').trim());
  assert.match(lines[0] ?? '', /^▲ ?PreparingRebalance a rebalance is being prepared since 2026-11-22 14:02:20 KST, for 1 min 2 s so far$/);
  assert.match(lines[3] ?? '', /Stable all consumers work from 2026-11-22 13:13:22 KST, for 25 min$/);
  const widths = await shown.page.evaluate<readonly number[]>("[...document.querySelectorAll('.state-bar span')].map((piece) => piece.getBoundingClientRect().width)");
  assert.ok((widths[0] ?? 0) > (widths[1] ?? 0) * 10 && (widths[1] ?? 0) > 0, widths.join());
});

test('a state of this moment says no parts of a second', async () => {
  const state = (name: string, agoMs: number) => ({ state: name, words: undefined, tone: 'good' as const, sinceMs: NOW_MS - agoMs });
  const shown = await open({ events: groupEvents({ ...GROUP, states: [state('Stable', 2_400), state('Empty', 1_000), state('Dead', 587)] }) });
  assert.deepEqual(await shown.page.locator('.states .when').allInnerTexts(), [
    'since 2026-11-22 14:03:21 KST, just now', 'from 2026-11-22 14:03:21 KST, for under 1 s', 'from 2026-11-22 14:03:19 KST, for 1 s',
  ]);
});

test('all columns are seen in a window of usual width', async () => {
  const lag = (partition: number, value: string) => ({ ...lagOf(partition, value, { kind: 'drains', inMs: 4_342_700 }, false), committedOffset: '12000000', endOffset: '12480112', produceRate: 1200, consumeRate: 4000 });
  const partitions = [lag(0, '480112'), lag(1, '12')];
  const member = { memberId: 'consumer-audit-1-3f2b8c1e-5d44-4b0a-9a1e-7f1f6a1c2d3e', clientId: 'consumer-audit-number-1', lag: '480124', partitions };
  const detail = { ...GROUP, group: { ...GROUP.group, partitions }, members: [member] };
  for (const locale of ['en', 'ko', 'ja'] as const) {
    const shown = await open({ events: groupEvents(detail), width: 890, locale });
    const [inner, outer] = await shown.page.evaluate<readonly [number, number]>("(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.querySelector('.scroller'))");
    assert.ok(inner <= outer, `${locale}: ${String(inner)} of ${String(outer)}`);
  }
});

test('many states stand behind a line that opens', async () => {
  const states = Array.from({ length: 30 }, (_, index) => ({ state: index % 2 === 0 ? 'Stable' : 'Empty', words: undefined, tone: 'good' as const, sinceMs: NOW_MS - (31 - index) * 60_000 }));
  const shown = await open({ events: groupEvents({ ...GROUP, states }) });
  await shown.page.getByText('22 earlier states').click();
  assert.equal(await shown.page.locator('.states li:visible').count(), 30);
});

test('nothing to show says what would fill it', async () => {
  const shown = await open({ events: [init('consumerGroup', 'audit'), part('group', { group: { ...GROUP.group, partitions: [] }, members: [], states: [] })] });
  assert.equal(await shown.page.getByText('No member: no consumer of this group is connected.').isVisible(), true);
  assert.equal(await shown.page.getByText(/^No state seen yet/).isVisible(), true);
});

test('a zone that is set moves the times', async () => {
  const shown = await open();
  await shown.send({ type: 'view', view: { range: { last: '1h' }, intervalSeconds: 10 }, timeZone: 'UTC' });
  assert.match(await shown.page.locator('.states li').first().innerText(), /2026-11-22 05:02:20 UTC/);
});

test('axe finds nothing, in any theme or language, narrow or wide', async () => {
  for (const [index, theme] of THEMES.entries()) {
    const shown = await open({ theme, width: index < 2 ? 320 : 1200, locale: (['ko', 'en', 'ja', 'en'] as const)[index] ?? 'en' });
    assert.deepEqual(await shown.axe(), [], theme);
    assert.deepEqual(await shown.broken(), [], theme);
    assert.equal(await shown.page.evaluate('document.documentElement.scrollWidth'), index < 2 ? 320 : 1200);
  }
});
