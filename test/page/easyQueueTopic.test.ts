import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FEW, GROUPS, init, lagOf, manyGroups, part, PARTITIONS, series, TOPIC, topicEvents } from './easyQueueData.ts';
import { openPages, textOf } from './openPages.ts';
import { THEMES } from './stage.ts';

const open = openPages(() => topicEvents(FEW));

function includes(text: string, parts: readonly string[]): void {
  for (const each of parts) assert.ok(text.includes(each), `${each} in ${text}`);
}

test('the head says what the topic is, in words', async () => {
  const shown = await open({ events: [init('easyQueueTopic', 'orders'), part('topic', { ...TOPIC, status: 'WARNING', statusWords: 'has a warning', tone: 'attention' })] });
  includes(await textOf(shown, 'Topic'), ['WARNING has a warning', '12,480,112', '7 d or 25 GiB in each partition', '256 KiB', '2026-09-01 10:00:00 KST']);
});

test('a bar stands where its partition does on the common scale, beside offsets with every digit', async () => {
  const shown = await open();
  includes(await textOf(shown, 'Partitions'), ['9,007,199,254,740,000', '9,007,199,254,740,993', '2,479,112 ▲ 1,204', 'under 0.1%']);
  const bars = await shown.page.evaluate<readonly (readonly number[])[]>(`[...document.querySelectorAll('.offset-bar')].map((track) => {
    const fill = track.firstElementChild;
    return fill === null ? [] : [fill.offsetLeft, fill.offsetWidth].map((px) => (px / track.clientWidth) * 100);
  })`);
  for (const [row, [from, long]] of [[0, 99], [30, 60]].entries()) {
    assert.ok(Math.abs((bars[row]?.[0] ?? -9) - (from ?? 0)) <= 1 && Math.abs((bars[row]?.[1] ?? -9) - (long ?? 0)) <= 1, JSON.stringify(bars));
  }
  assert.ok((bars[2]?.[1] ?? 0) > 0, 'what is there is seen');
  assert.deepEqual(bars.slice(3), [[], []]);
  assert.equal(await shown.page.locator('.offset-bar:not([aria-hidden=true])').count(), 0);
});

test('a bar at the far end is seen', async () => {
  const shown = await open({ events: [init('easyQueueTopic', 'orders'), part('partitions', [{ ...PARTITIONS[0], bar: { from: 1, to: 1.0000001 } }, { ...PARTITIONS[1], bar: { from: 0.99999999, to: 1 } }])] });
  const inside = await shown.page.evaluate<readonly boolean[]>(`[...document.querySelectorAll('.offset-bar')].map((track) => {
    const [fill, whole] = [track.firstElementChild, track].map((each) => each?.getBoundingClientRect());
    return fill !== undefined && fill.width >= 2 && fill.right <= whole.right;
  })`);
  assert.deepEqual(inside, [true, true]);
});

test('what is kept without limit is said so', async () => {
  for (const [retention, words] of [
    [{ retentionMs: -1, retentionBytes: '-1' }, 'Retention without limit'],
    [{ retentionMs: -1, retentionBytes: undefined }, 'Retention without limit'],
    [{ retentionMs: -1, retentionBytes: '1073741824' }, 'Retention 1 GiB in each partition'],
    [{ retentionMs: 86_400_000, retentionBytes: '-1' }, 'Retention keeps 1 d'],
  ] as const) {
    const shown = await open({ events: [init('easyQueueTopic', 'orders'), part('topic', { ...TOPIC, ...retention })] });
    includes(await textOf(shown, 'Topic'), [words]);
  }
});

test('the head sums up the log sizes of now, and not those of another time', async () => {
  const now = series('bytes', ['Partition 0', 'Partition 1']);
  const shown = await open({ events: [init('easyQueueTopic', 'orders'), part('logSize', now), part('topic', TOPIC)] });
  includes(await textOf(shown, 'Topic'), ['Log size 2.6 KiB']);
  await shown.send(part('logSize', series('bytes', ['Partition 0', 'Partition 1', 'Partition 2'])));
  includes(await textOf(shown, 'Topic'), ['Log size 5.8 KiB']);
  await shown.send(part('logSize', { ...now, toMs: now.toMs + 3_600_000 }));
  assert.ok(!(await textOf(shown, 'Topic')).includes('Log size'));
  await shown.send(part('logSize', now));
  await shown.send({ type: 'view', view: { range: { fromMs: now.fromMs, toMs: now.toMs }, intervalSeconds: 10 }, timeZone: 'Asia/Seoul' });
  assert.ok(!(await textOf(shown, 'Topic')).includes('Log size'));
});

test('partitions sort by their offsets, beyond what a number holds', async () => {
  const close = ['9007199254740992', '9007199254740993', '9007199254740994'].map((endOffset, partition) => ({ ...PARTITIONS[0], partition, endOffset }));
  const shown = await open({ events: [init('easyQueueTopic', 'orders'), part('partitions', close)] });
  const table = shown.page.getByRole('region', { name: 'Partitions', exact: true });
  await table.getByRole('button', { name: 'End offset' }).click();
  assert.deepEqual(await table.locator('tbody th').allInnerTexts(), ['2', '1', '0']);
});

test('groups say their state, their lag and when it is gone, and open their own dashboard', async () => {
  const shown = await open();
  includes(await textOf(shown, 'Consumer groups'), [
    'Stable all consumers work', '1,204 ↘', 'drained in 43 s', 'PreparingRebalance a rebalance is being prepared', '9,007,199,254,740,993 ↗', 'not moving since 13:40:02',
  ]);
  await shown.page.getByRole('button', { name: 'audit' }).first().click();
  assert.deepEqual((await shown.calls()).filter(({ type }) => type === 'open'), [{ type: 'open', part: 'groups', key: 'appkey.audit' }]);
});

test('partitions and groups are copied as CSV', async () => {
  const shown = await open();
  for (const name of ['Copy CSV: Partitions', 'Copy CSV: Consumer groups']) await shown.page.getByRole('button', { name, exact: true }).click();
  assert.deepEqual((await shown.calls()).filter(({ type }) => type === 'copyCsv'), [{ type: 'copyCsv', part: 'partitions' }, { type: 'copyCsv', part: 'groups' }]);
});

test('few partitions and groups are a table, with words for what is unusual', async () => {
  const shown = await open();
  const table = shown.page.getByRole('table', { name: 'Lag by partition' });
  includes((await table.innerText()).replaceAll(/\s+/g, ' '), ['9,007,199,254,740,992', 'not moving since 13:40:02', 'skewed: far more lag than the others', 'never at this rate', 'nothing committed yet']);
  assert.equal(await shown.page.getByRole('application', { name: 'Lag by partition' }).isVisible(), false);
});

test('many are a heat map; arrow keys say what is in a cell, Enter opens its group', async () => {
  const shown = await open({ events: topicEvents(GROUPS) });
  const map = shown.page.getByRole('application', { name: 'Lag by partition' });
  await map.focus();
  const line = shown.page.locator('.value-line');
  assert.equal(await line.innerText(), 'audit, partition 0: lag 9,007,199,254,740,992, not moving since 13:40:02, committed 2,000,000 of 9,007,199,256,740,992, far more lag than the others');
  await shown.page.keyboard.press('ArrowRight');
  await shown.page.keyboard.press('ArrowRight');
  assert.equal(await line.innerText(), 'audit, partition 2: nothing committed yet, end offset 2,000,000');
  await shown.page.keyboard.press('ArrowDown');
  await shown.page.keyboard.press('ArrowDown');
  assert.equal(await line.innerText(), 'idle, partition 2: no member reads it');
  await shown.page.keyboard.press('ArrowUp');
  await shown.page.keyboard.press('Enter');
  assert.deepEqual((await shown.calls()).filter(({ type }) => type === 'open'), [{ type: 'open', part: 'groups', key: 'appkey.billing' }]);
});

test('a cell whose time left is not known yet leaves it out', async () => {
  const [billing, ...others] = GROUPS;
  assert.ok(billing !== undefined);
  const partitions = [lagOf(0, '668', { kind: 'unknown' }, false), lagOf(1, '668', { kind: 'unknown' }, true), ...billing.partitions.slice(2)];
  const shown = await open({ events: topicEvents([{ ...billing, partitions }, ...others]) });
  await shown.page.getByRole('application', { name: 'Lag by partition' }).focus();
  const line = shown.page.locator('.value-line');
  await shown.page.keyboard.press('ArrowDown');
  assert.equal(await line.innerText(), 'billing, partition 0: lag 668, committed 2,000,000 of 2,000,668');
  await shown.page.keyboard.press('ArrowRight');
  assert.equal(await line.innerText(), 'billing, partition 1: lag 668, committed 2,000,000 of 2,000,668, far more lag than the others');
});

test('a heat map says what its columns are, what is blank, and how many rows there are where not all are seen', async () => {
  const blank = 'blank: no member reads it';
  const shown = await open({ events: topicEvents(GROUPS) });
  const region = shown.page.getByRole('region', { name: 'Consumer groups', exact: true });
  assert.equal(await region.locator('.heat-head').innerText(), 'Partition');
  assert.equal(await region.getByText(blank).isVisible(), true);
  await shown.send(part('groups', manyGroups(1000, 16)));
  assert.equal((await region.locator('.heat-head').innerText()).replaceAll(/\s+/g, ' '), '1,000 groups Partition');
  assert.equal(await region.getByText(blank).isVisible(), false);
  assert.deepEqual(await shown.broken(), []);
});

test('the cursor stays with its group when the groups change', async () => {
  const shown = await open({ events: topicEvents(GROUPS) });
  await shown.page.getByRole('application', { name: 'Lag by partition' }).focus();
  await shown.page.keyboard.press('ArrowDown');
  const [billing] = GROUPS;
  assert.ok(billing !== undefined);
  const later = { ...billing, partitions: billing.partitions.map((lag) => ({ ...lag, lag: '9007199254740993' })) };
  await shown.send(part('groups', [{ ...billing, groupId: 'appkey.aaa', name: 'aaa' }, later, ...GROUPS.slice(1)]));
  assert.match(await shown.page.locator('.value-line').innerText(), /^billing, partition 0: lag 9,007,199,254,740,993,/);
  await shown.page.keyboard.press('ArrowRight');
  assert.match(await shown.page.locator('.value-line').innerText(), /^billing, partition 1: /);
});

test('the table behind a heat map is one press away, and stays open over a reload', async () => {
  const shown = await open({ events: topicEvents(manyGroups(12, 5)) });
  await shown.page.getByText('Show as table').first().click();
  const table = shown.page.getByRole('table', { name: 'Lag by partition' });
  assert.equal(await table.getByRole('row').count(), 13);
  assert.equal(await table.getByRole('button', { name: '<b>bold</b>' }).isVisible(), true);
  const again = await open({ events: topicEvents(manyGroups(12, 5)), state: await shown.state() });
  assert.equal(await again.page.getByRole('table', { name: 'Lag by partition' }).isVisible(), true);
});

test('a thousand groups take no more canvas than is seen of them', async () => {
  const shown = await open({ events: topicEvents(manyGroups(1000, 16)) });
  const map = shown.page.getByRole('application', { name: 'Lag by partition' });
  await map.focus();
  await shown.page.keyboard.press('Control+End');
  assert.match(await shown.page.locator('.value-line').innerText(), /^請求, partition 15: /);
  const [canvas, whole] = await shown.page.evaluate<readonly [number, number]>("[document.querySelector('.heat canvas').clientHeight, document.querySelector('.heat-space').clientHeight]");
  assert.ok(canvas <= 420 && whole > 10_000, `${canvas} of ${whole}`);
  await shown.page.getByText('Show as table').first().click();
  assert.equal(await shown.page.getByText('The 200 groups with the most lag, of 1,000.').isVisible(), true);
});

test('nothing to show says what would fill it', async () => {
  const idle = GROUPS.slice(2);
  const shown = await open({ events: [init('easyQueueTopic', 'orders'), part('partitions', []), part('groups', [])] });
  includes(await textOf(shown, 'Consumer groups'), ['No consumer group yet: it appears when a client joins.']);
  includes(await textOf(shown, 'Partitions'), ['The service reported no partitions.']);
  await shown.send(part('groups', idle));
  includes(await textOf(shown, 'Consumer groups'), ['No member reads a partition now']);
});

test('times follow the zone that is set', async () => {
  const shown = await open();
  await shown.send({ type: 'view', view: { range: { last: '1h' }, intervalSeconds: 10 }, timeZone: 'UTC' });
  includes(await textOf(shown, 'Topic'), ['2026-09-01 01:00:00 UTC']);
  includes(await textOf(shown, 'Consumer groups'), ['not moving since 04:40:02']);
});

test('axe finds nothing, in any theme or language, narrow or wide, as a table or a heat map', async () => {
  for (const [index, theme] of THEMES.entries()) {
    const shown = await open({ theme, events: topicEvents(index % 2 === 0 ? GROUPS : FEW), width: index < 2 ? 320 : 1300, locale: (['en', 'ko', 'ja', 'en'] as const)[index] ?? 'en' });
    assert.deepEqual(await shown.axe(), [], theme);
    assert.deepEqual(await shown.broken(), [], theme);
  }
});

test('the page is never wider than its window', async () => {
  for (const width of [320, 700, 1200]) {
    const shown = await open({ width, events: topicEvents(manyGroups(50, 16)) });
    assert.equal(await shown.page.evaluate('document.documentElement.scrollWidth'), width);
  }
});
