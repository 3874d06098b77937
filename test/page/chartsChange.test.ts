import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { called, ChartStage, COUNT, drag, FROM_S, plot, series, zoomWords } from './chartStage.ts';
import { NOW_MS, part } from './easyQueueData.ts';
import { actionInit, END_MS, latest, slices } from './naverEvents.ts';
import type { StagePage } from './stage.ts';

let stage: ChartStage;

before(async () => {
  stage = await ChartStage.open();
});

afterEach(() => stage.clear());

after(() => stage.close());

/** The pixels of a chart. */
function drawing({ page }: StagePage, name: string): Promise<string> {
  return page.evaluate<string>(`document.querySelector('[aria-label^="${name}: chart."] canvas').toDataURL()`);
}

test('bars of another step are as wide as on a page that never had others', async () => {
  const dayMs = 86_400_000;
  const hours = slices();
  const days = slices({
    fromMs: END_MS - 7 * dayMs, sliceMs: dayMs,
    slices: hours.slices.slice(0, 7).map((slice, n) => ({ ...slice, fromMs: END_MS - (7 - n) * dayMs, toMs: END_MS - (6 - n) * dayMs })),
  });
  const view = { range: { last: '7d' }, intervalSeconds: 10 } as const;
  const [shown, fresh] = [
    await stage.page({ events: [actionInit(), part('slices', hours), part('latest', latest())] }),
    await stage.page({ events: [actionInit(view), part('slices', days), part('latest', latest())] }),
  ];
  await shown.send({ type: 'view', view, timeZone: 'Asia/Seoul' });
  await shown.send(part('slices', days));
  assert.match(await drawing(fresh, 'Activations by outcome'), /^data:image\/png;base64,/);
  assert.equal(await drawing(shown, 'Activations by outcome'), await drawing(fresh, 'Activations by outcome'));
});

test('another range ends the zoom and is asked for; another interval or zone leaves it', async () => {
  const shown = await stage.page();
  await called(shown, 'zoom');
  await drag(shown, 'Bytes in', 0.25, 0.5);
  assert.notEqual((await called(shown, 'zoom', 2))[1]?.window, undefined);
  await shown.send({ type: 'view', view: { range: { last: '1h' }, intervalSeconds: 60 }, timeZone: 'UTC' });
  assert.match(await zoomWords(shown), /UTC$/);
  await shown.send({ type: 'view', view: { range: { last: '3h' }, intervalSeconds: 60 }, timeZone: 'Asia/Seoul' });
  assert.match(await zoomWords(shown), /^Drag/);
  assert.equal((await called(shown, 'zoom', 3))[2]?.window, undefined);
});

test('a refresh leaves the table where it was scrolled, with its focus', async () => {
  const shown = await stage.page();
  await shown.page.getByRole('button', { name: 'Show as table: Lag by group' }).click();
  const scroller = shown.page.getByRole('group', { name: 'Lag by group', exact: true });
  await scroller.focus();
  await shown.page.evaluate(`(() => {
    globalThis.scroller = document.activeElement;
    scroller.scrollTop = 300;
    globalThis.row = scroller.querySelectorAll('tbody tr')[20];
  })()`);
  const more = series('messages', ['billing', 'audit', 'reports', 'mail']);
  await shown.send(part('lag', series('messages', ['billing', 'audit', 'reports'])));
  assert.equal(await shown.page.evaluate('scroller.isConnected && row.isConnected && document.activeElement === scroller && scroller.scrollTop'), 300);
  await shown.send(part('lag', more));
  assert.deepEqual(await shown.page.evaluate('[document.activeElement === scroller, scroller.scrollTop, row.cells.length, scroller.querySelector("thead").rows[0].cells.length]'), [true, 300, 5, 5]);
  const words = await scroller.locator('tbody tr').nth(20).innerText();
  await shown.send(part('lag', { ...more, lines: more.lines.slice(0, 1) }));
  assert.equal((await scroller.locator('tbody tr').nth(20).innerText()).split(/\s+/).length, words.split(/\s+/).length - 3);
});

/** Notes what is written into drawings, with where it begins and ends, and how wide the drawing is. */
const WATCH_WORDS = `(() => {
  globalThis.written = [];
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
    const { width } = this.measureText(text);
    const left = x - (this.textAlign === 'center' ? width / 2 : this.textAlign === 'right' ? width : 0);
    written.push({ text, left, right: left + width, room: this.canvas.width });
    return write.call(this, text, x, y, ...more);
  };
})()`;

interface Written {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly room: number;
}

test('no word of an axis is cut off, wherever the last mark is', async () => {
  const shown = await stage.page();
  await shown.page.evaluate(WATCH_WORDS);
  for (const [fromMs, toMs] of [[FROM_S * 1_000 - 202_000, NOW_MS - 202_000], [NOW_MS - 22_000, NOW_MS - 2_000], [END_MS - 30 * 86_400_000, END_MS + 9 * 3_600_000], [NOW_MS - 3_000, NOW_MS - 2_000]] as const) {
    await shown.page.evaluate('written.length = 0');
    await shown.send(part('lag', series('messages', ['billing'], { fromMs, toMs })));
    const written = await shown.page.evaluate<readonly Written[]>('written');
    assert.ok(written.some(({ text }) => text.includes('KST')) && written.length > 3);
    assert.deepEqual(written.filter(({ left, right, room }) => left < 0 || right > room), []);
  }
});

test('a chart without data has no marks of values', async () => {
  const shown = await stage.page();
  await shown.page.evaluate(WATCH_WORDS);
  for (const name of ['bytesOut', 'lag'] as const) {
    await shown.page.evaluate('written.length = 0');
    await shown.send(part(name, series('bytesPerSecond', ['a', 'b'], { lines: [] })));
    const texts = (await shown.page.evaluate<readonly Written[]>('written')).map(({ text }) => text);
    assert.ok(texts.length > 3);
    assert.deepEqual(texts.filter((text) => !/^$|^\d\d:\d\d$|^\d\d-\d\d KST$/u.test(text)), []);
  }
});

test('values below zero are drawn between marks that are in the chart', async () => {
  const shown = await stage.page();
  await shown.page.evaluate(WATCH_WORDS);
  const values = Float64Array.from({ length: COUNT }, (_, place) => (place % 9) - 3).buffer;
  await shown.send(part('lag', series('messages', [], { lines: [{ key: 'a', label: 'a', values }] })));
  const texts = (await shown.page.evaluate<readonly Written[]>('written')).map(({ text }) => text);
  assert.deepEqual(texts.filter((text) => /^-?\d+$/u.test(text)), ['-5', '0', '5']);
});

test('a chart that gets the focus is not below the bar of the zoom', async () => {
  for (const width of [1_000, 320]) {
    const shown = await stage.page({ width, height: 400 });
    await plot(shown, 'Bytes in').focus();
    await shown.page.keyboard.press('+');
    await shown.page.locator('.chart-group.zoomed').waitFor();
    await plot(shown, 'Bytes in').blur();
    const target = plot(shown, 'Lag by group');
    await shown.page.evaluate(`scrollTo(0, document.querySelector('[aria-label^="Lag by group: chart."]').getBoundingClientRect().top + scrollY - 4)`);
    const covered = await target.boundingBox();
    assert.ok(covered !== null && covered.y < 20, `${width}: ${covered?.y} is not below the bar`);
    await target.focus();
    const bar = await shown.page.locator('.chart-group').boundingBox();
    const box = await target.boundingBox();
    assert.ok(bar !== null && box !== null && box.y >= bar.y + bar.height, `${width}: ${box?.y} is above ${(bar?.y ?? 0) + (bar?.height ?? 0)}`);
  }
});

test('of many lines the same stand in the legend after a refresh', async () => {
  const shown = await stage.page();
  const labels = Array.from({ length: 30 }, (_, line) => `group-${line}`);
  const table = series('messages', labels);
  await shown.send(part('lag', table));
  const names = (): Promise<readonly string[]> => shown.page.getByRole('figure', { name: 'Lag by group' }).locator('button.line').allInnerTexts();
  const before = await names();
  await shown.send(part('lag', { ...table, lines: table.lines.map((line, index) => ({ ...line, values: table.lines.at(-1 - index)?.values ?? line.values })) }));
  assert.deepEqual([before.length, before[0], await names()], [12, 'group-29', before]);
});
