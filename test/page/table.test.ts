import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { boardInit } from './boardEvents.ts';
import { Stage, type StagePage } from './stage.ts';

/** A table of groups with a button in each row, and what it keeps. */
const TABLE = `
  import { table } from './webview/table.ts';
  import { button } from './webview/parts/inputs.ts';
  const kept = new Map(globalThis.kept);
  globalThis.keptNow = () => [...kept];
  globalThis.opened = [];
  globalThis.groups = table({
    caption: 'Groups',
    id: 'groups',
    empty: 'No group yet.',
    key: (row) => row.name,
    ui: { get: (key) => kept.get(key), set: (key, value) => kept.set(key, value) },
    columns: [
      { id: 'name', title: 'Name', header: true, cell: (row) => row.name, sort: (a, b) => a.name.localeCompare(b.name) },
      { id: 'lag', title: 'Lag', align: 'end', cell: (row) => String(row.lag), sort: (a, b) => a.lag - b.lag, moved: (row) => row.moved },
      { id: 'open', title: 'Open', cell: (row) => {
        const element = document.createElement('button');
        element.textContent = 'Open ' + row.name;
        element.addEventListener('click', () => globalThis.opened.push(row.name));
        return element;
      } },
    ],
  });
  document.querySelector('main').replaceChildren(globalThis.groups.element);
`;

let stage: Stage;
let shown: StagePage;

before(async () => {
  stage = await Stage.open();
});

after(() => stage.close());

beforeEach(async () => {
  shown = await stage.openPage({ events: [boardInit([])] });
  await shown.run(TABLE);
});

interface Row {
  readonly name: string;
  readonly lag: number;
  readonly moved?: 'up' | 'down';
}

async function show(...rows: readonly Row[]): Promise<void> {
  await shown.page.evaluate(`groups.rows(${JSON.stringify(rows)})`);
}

async function names(): Promise<readonly string[]> {
  return shown.page.locator('tbody th').allTextContents();
}

async function press(header: string): Promise<void> {
  await shown.page.getByRole('button', { name: header, exact: true }).click();
}

async function sortOf(header: string): Promise<string | null> {
  return shown.page.getByRole('columnheader', { name: header }).first().getAttribute('aria-sort');
}

test('headers sort by what they name, numbers largest first, and turn round when pressed again', async () => {
  await show({ name: 'b', lag: 10 }, { name: 'a', lag: 9 }, { name: 'c', lag: 100 });
  assert.deepEqual(await names(), ['b', 'a', 'c']);
  await press('Lag');
  assert.deepEqual(await names(), ['c', 'b', 'a']);
  assert.equal(await sortOf('Lag'), 'descending');
  await press('Lag');
  assert.deepEqual(await names(), ['a', 'b', 'c']);
  await press('Name');
  assert.deepEqual(await names(), ['a', 'b', 'c']);
  assert.deepEqual([await sortOf('Name'), await sortOf('Lag')], ['ascending', null]);
});

test('over a refresh rows keep their place and the focus, numbers change in place, and the header says that the order is an old one', async () => {
  await show({ name: 'a', lag: 3 }, { name: 'b', lag: 2 }, { name: 'c', lag: 1 });
  await press('Lag');
  await shown.page.getByRole('button', { name: 'Open b' }).focus();
  await shown.page.evaluate("globalThis.row = document.querySelectorAll('tbody tr')[1]; globalThis.pressed = document.activeElement");
  await show({ name: 'c', lag: 30, moved: 'up' }, { name: 'a', lag: 1, moved: 'down' }, { name: 'b', lag: 2 });
  assert.deepEqual(await names(), ['a', 'b', 'c']);
  assert.equal(await shown.page.evaluate("row === document.querySelectorAll('tbody tr')[1] && pressed === document.activeElement && pressed.textContent"), 'Open b');
  assert.deepEqual(await shown.page.locator('tbody td.end').allTextContents(), ['1▼fell', '2', '30▲rose']);
  assert.equal(await sortOf('Lag'), 'other');
  await press('Lag');
  assert.deepEqual(await names(), ['c', 'b', 'a']);
  assert.equal(await sortOf('Lag'), 'descending');
});

test('a new row goes where the order wants it, one that is gone leaves, and the focus stays', async () => {
  await show({ name: 'a', lag: 9 }, { name: 'b', lag: 5 }, { name: 'c', lag: 1 });
  await press('Lag');
  await shown.page.getByRole('button', { name: 'Open c' }).focus();
  await show({ name: 'a', lag: 9 }, { name: 'c', lag: 1 }, { name: 'd', lag: 7 });
  assert.deepEqual(await names(), ['a', 'd', 'c']);
  assert.equal(await shown.page.evaluate('document.activeElement.textContent'), 'Open c');
  await shown.page.keyboard.press('Enter');
  assert.deepEqual(await shown.page.evaluate('opened'), ['c']);
});

test('the sorted column is kept, and what is kept of another table is not taken', async () => {
  await show({ name: 'a', lag: 1 }, { name: 'b', lag: 2 });
  await press('Lag');
  const kept = await shown.page.evaluate('keptNow()');
  assert.deepEqual(kept, [['groups.sort', { column: 'lag', descending: true }]]);
  await shown.page.evaluate(`globalThis.kept = ${JSON.stringify(kept)}`);
  await shown.run(TABLE);
  await show({ name: 'a', lag: 1 }, { name: 'b', lag: 2 });
  assert.deepEqual(await names(), ['b', 'a']);
  await shown.page.evaluate("globalThis.kept = [['groups.sort', { column: 'size', descending: 'yes' }]]");
  await shown.run(TABLE);
  await show({ name: 'a', lag: 1 }, { name: 'b', lag: 2 });
  assert.deepEqual(await names(), ['a', 'b']);
});

test('where the page is too narrow the table scrolls in itself, by keyboard too, and the row keeps its name in sight', async () => {
  await show({ name: 'a', lag: 1 });
  const scroller = shown.page.locator('.scroller');
  assert.equal(await scroller.getAttribute('tabindex'), null);
  await show({ name: 'a', lag: Number.MAX_SAFE_INTEGER });
  await shown.page.setViewportSize({ width: 200, height: 600 });
  await shown.page.getByRole('group', { name: 'Groups' }).focus();
  assert.ok(Number(await shown.page.evaluate("(() => { const place = document.querySelector('.scroller'); place.scrollLeft = 1000; return place.scrollLeft; })()")) > 0);
  assert.ok(((await shown.page.locator('tbody th').boundingBox())?.x ?? -1) >= 0);
  assert.equal(await shown.page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
  assert.deepEqual(await shown.axe(), []);
});

test('an empty table says what would fill it, and axe finds nothing in a full one', async () => {
  await show();
  assert.equal(await shown.page.getByText('No group yet.').isVisible(), true);
  await show({ name: 'a', lag: 1, moved: 'up' }, { name: 'b', lag: 2 });
  await press('Name');
  assert.equal(await shown.page.getByText('No group yet.').isVisible(), false);
  assert.deepEqual(await shown.axe(), []);
  assert.deepEqual(await shown.broken(), []);
});

test('of very many rows the first are there at once, and all of them soon', async () => {
  const rows = Array.from({ length: 1000 }, (_, index) => ({ name: `g${String(index)}`, lag: index }));
  const count = "document.querySelectorAll('tbody tr').length";
  assert.equal(await shown.page.evaluate(`groups.rows(${JSON.stringify(rows)}); ${count}`), 100);
  await shown.until(`${count} === 1000`);
  assert.equal((await names()).at(-1), 'g999');
  await press('Lag');
  assert.equal((await names())[0], 'g999');
});
