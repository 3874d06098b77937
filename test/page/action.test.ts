import assert from 'node:assert/strict';
import { test } from 'node:test';

import { actionEvents, actionInit, END_MS, latest, part, slices } from './naverEvents.ts';
import { openPages, textOf } from './openPages.ts';
import { THEMES } from './stage.ts';

const open = openPages(() => actionEvents());

test('what a day came to stands in words beside its bars', async () => {
  const shown = await open();
  const text = await textOf(shown, 'Activations');
  const { total, failure } = slices();
  for (const words of [`Activations ${total}`, `Failures ${String(failure)} (`, '114 ms', '1.31 s', '2026-11-21 15:00:00 to 2026-11-22 15:00:00 KST']) {
    assert.ok(text.includes(words), `${words} in ${text}`);
  }
  assert.ok((await textOf(shown, 'Action')).includes('Runtime nodejs:22'));
});

test('each chart has a table of its slices: how many of which outcome, and how long they took', async () => {
  const shown = await open();
  const figures = shown.page.getByRole('figure');
  assert.equal(await figures.count(), 2);
  for (let n = 0; n < 2; n += 1) await shown.page.getByRole('button', { name: /Show as table/ }).first().click();
  // In one of the hours nothing ran: there is a count, and no duration.
  for (const [n, { rows, columns }] of [{ rows: 24, columns: ['Succeeded', 'Failed'] }, { rows: 23, columns: ['p50', 'p95'] }].entries()) {
    const table = figures.nth(n).getByRole('table');
    assert.equal(await table.locator('tbody tr').count(), rows);
    const head = await table.locator('thead').innerText();
    for (const column of columns) assert.ok(head.includes(column), head);
  }
});

test('a row opens its activation, by mouse and by key, and says what and when it was', async () => {
  const shown = await open();
  const rows = latest();
  const table = shown.page.getByRole('table', { name: 'Newest activations' });
  assert.match(await table.locator('tbody tr').nth(2).innerText(), /00000002\s.*Failed: the function answered with an error\s+36 ms\s+2026-11-22 14:00:00 – 15:00:00 KST/s);
  await table.getByRole('button', { name: '00000001' }).click();
  await table.getByRole('button', { name: '00000002' }).press('Enter');
  assert.deepEqual((await shown.calls()).filter(({ type }) => type === 'open'), [1, 2].map((n) => ({ type: 'open', part: 'latest', key: rows[n]?.activationId })));
});

test('while slices are being read it says how many are; what could not be read is said, too', async () => {
  const shown = await open();
  const all = slices();
  const some = slices({ slices: all.slices.slice(20), missing: 20 });
  await shown.send(part('slices', some, { isReading: true }));
  assert.match(await textOf(shown, 'Activations'), /: 4 of 24 so far/);
  await shown.send({ type: 'part', part: 'slices', isReading: false, problem: { message: 'Too many requests.', remedies: ['retry'] } });
  assert.match(await textOf(shown, 'Activations'), /Too many requests\..*20 time slices could not be read/);
  await shown.send(part('slices', all));
  assert.doesNotMatch(await textOf(shown, 'Activations'), /could not be read|so far|Too many/);
});

test('what was only counted is told apart from what was looked at', async () => {
  const shown = await open();
  const all = slices();
  const many = all.slices.map((slice, n) => (n === 23 ? { ...slice, total: slice.total + 1_500, unread: 1_500 } : slice));
  await shown.send(part('slices', slices({ slices: many, total: String(Number(all.total) + 1_500) })));
  const text = await textOf(shown, 'Activations');
  assert.match(text, new RegExp(`1,500 activations were only counted.*those of the other ${all.total}`));
  assert.match(text, /Counted only/);
});

test('a range that begins before anything is kept says from when on it is shown', async () => {
  const shown = await open();
  const { fromMs } = slices();
  await shown.send(actionInit({ range: { fromMs: fromMs - 40 * 86_400_000, toMs: END_MS }, intervalSeconds: 10 }));
  await shown.send(part('slices', slices()));
  assert.match(await textOf(shown, 'Activations'), /nothing from before 2026-11-21 15:00:00 KST is shown/);
});

test('without any activation it says so, and draws no empty axes as if there were', async () => {
  const shown = await open();
  await shown.send(part('slices', slices({ slices: [], total: '0', failure: 0, fromMs: END_MS, p50Ms: undefined, p95Ms: undefined })));
  await shown.send(part('latest', []));
  assert.match(await textOf(shown, 'Newest activations'), /No activation in this time\./);
  assert.deepEqual(await shown.broken(), []);
});

test('a refresh moves nothing: rows keep their elements and the focus', async () => {
  const shown = await open();
  await shown.page.getByRole('button', { name: '00000003' }).focus();
  await shown.page.evaluate("globalThis.rows = [...document.querySelectorAll('tbody tr')]");
  await shown.send(part('latest', [{ ...latest()[0], activationId: 'b'.repeat(32) }, ...latest()]));
  await shown.send(part('slices', slices({ p50Ms: 120 })));
  assert.equal(await shown.page.evaluate('rows.every((row) => row.isConnected)'), true);
  assert.equal(await shown.page.evaluate('document.activeElement.textContent'), '00000003');
});

test('axe finds nothing and the policy refuses nothing, in four themes, two widths and three languages', async () => {
  const cases = THEMES.flatMap((theme) => ([['en', 1200], ['ko', 320], ['ja', 320]] as const).map(([locale, width]) => ({ theme, locale, width })));
  for (const each of cases) {
    const shown = await open(each);
    await shown.page.waitForFunction("customElements.get('vscode-button') !== undefined");
    assert.deepEqual([...(await shown.axe()), ...(await shown.broken())], [], JSON.stringify(each));
    assert.equal(await shown.page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, `${JSON.stringify(each)} fits`);
  }
});
