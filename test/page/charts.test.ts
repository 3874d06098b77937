import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { called, ChartStage, drag, FROM_S, plot, series, until, values, zoomWords } from './chartStage.ts';
import { part } from './easyQueueData.ts';
import { THEMES } from './stage.ts';

let stage: ChartStage;

before(async () => {
  stage = await ChartStage.open();
});

afterEach(() => stage.clear());

after(() => stage.close());

test('a page of charts breaks nothing and axe finds nothing, in four themes', async () => {
  const shown = await stage.page();
  await shown.page.getByRole('button', { name: 'Show as table: Lag by group' }).click();
  for (const theme of THEMES) {
    await shown.setTheme(theme);
    assert.deepEqual(await shown.axe(), [], theme);
  }
  assert.deepEqual(await shown.broken(), []);
});

test('keys move the cursor of all charts, and it is said once', async () => {
  const shown = await stage.page();
  await plot(shown, 'Lag by group').focus();
  await shown.page.keyboard.press('End');
  await shown.page.keyboard.press('ArrowLeft');
  await shown.page.keyboard.press('PageUp');
  assert.match(await values(shown, 'Lag by group'), /^14:01:32 KST · billing: [\d,]+ · audit: [\d,]+ · reports: [\d,]+$/);
  assert.match(await values(shown, 'Bytes in'), /^14:01:32 KST · orders: /);
  const spoken = await values(shown, 'Lag by group');
  await until(shown, `[...document.querySelectorAll('[aria-live]')].some((region) => region.textContent.includes(${JSON.stringify(spoken)}))`);
  await shown.page.keyboard.press('Home');
  assert.match(await values(shown, 'Lag by group'), /^13:03:22 KST/);
});

test('a drag zooms all charts, asks for finer data once, and the range can be taken over', async () => {
  const shown = await stage.page();
  await called(shown, 'zoom');
  await drag(shown, 'Bytes in', 0.25, 0.5);
  const zooms = await called(shown, 'zoom', 2);
  assert.equal(zooms.length, 2);
  const { widthPx, window } = zooms[1] ?? {};
  assert.ok(widthPx !== undefined && widthPx > 200 && window !== undefined);
  assert.ok(Math.abs(window.fromMs - (FROM_S * 1_000 + 900_000)) < 20_000);
  assert.match(await zoomWords(shown), /^2026-11-22 13:1\d:\d\d to 13:3\d:\d\d KST$/);
  await shown.page.getByRole('button', { name: /^Use zoomed range:/ }).click();
  assert.deepEqual((await called(shown, 'setRange'))[0]?.range, window);
  assert.match(await zoomWords(shown), /^Drag across a chart/);
});

test('with Shift a drag moves what is shown, and a double click or Escape shows all', async () => {
  const shown = await stage.page();
  await drag(shown, 'Bytes in', 0.4, 0.6);
  const zoomed = await zoomWords(shown);
  await shown.page.keyboard.down('Shift');
  await drag(shown, 'Messages', 0.2, 0.7);
  await shown.page.keyboard.up('Shift');
  assert.notEqual(await zoomWords(shown), zoomed);
  assert.match(await zoomWords(shown), /KST$/);
  await plot(shown, 'Messages').press('Escape');
  assert.match(await zoomWords(shown), /^Drag/);
  await drag(shown, 'Bytes in', 0.4, 0.6);
  await plot(shown, 'Bytes in').locator('.u-over').dblclick();
  assert.match(await zoomWords(shown), /^Drag/);
});

test('a line is hidden by its button, and stays so over a reload', async () => {
  const shown = await stage.page();
  const button = shown.page.getByRole('button', { name: 'audit', exact: true });
  await button.click();
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
  assert.doesNotMatch(await values(shown, 'Lag by group'), /audit/);
  const again = await stage.page({ state: await shown.state() });
  assert.equal(await again.page.getByRole('button', { name: 'audit', exact: true }).getAttribute('aria-pressed'), 'false');
  assert.doesNotMatch(await values(again, 'Lag by group'), /audit/);
});

test('with Shift a button shows its line alone, and then all again', async () => {
  const shown = await stage.page();
  await shown.page.getByRole('button', { name: 'audit', exact: true }).click({ modifiers: ['Shift'] });
  assert.match(await values(shown, 'Lag by group'), /KST · audit: [\d,]+$/);
  await shown.page.getByRole('button', { name: 'audit', exact: true }).click({ modifiers: ['Shift'] });
  assert.match(await values(shown, 'Lag by group'), /billing.+audit.+reports/);
});

test('the table says what the chart draws, newest first, and what it leaves out', async () => {
  const shown = await stage.page();
  await shown.page.getByRole('button', { name: 'Show as table: Lag by group' }).click();
  const table = shown.page.getByRole('table', { name: 'Lag by group', exact: true });
  assert.equal(await table.locator('tbody tr').count(), 200);
  assert.match(await table.locator('tbody tr').first().innerText(), /^2026-11-22 14:03:22\s+[\d,]+\s+[\d,]+\s+[\d,]+$/);
  assert.equal(await shown.page.getByText('The newest 200 of 331 rows. Zoom in to see others.').isVisible(), true);
  await shown.send(part('lag', series('messages', ['billing'], { isReduced: true, pointCount: 43_200 })));
  assert.equal(await shown.page.getByText(/^Reduced from 43,200 points/).isVisible(), true);
});

test('a chart is copied as CSV by its part, and saved as a PNG of all that is needed to read it', async () => {
  const shown = await stage.page();
  await shown.page.getByRole('button', { name: 'Copy CSV: Messages' }).click();
  assert.deepEqual(await called(shown, 'copyCsv'), [{ type: 'copyCsv', part: 'messages' }]);
  await shown.page.getByRole('button', { name: 'Save PNG: Log size by partition' }).click();
  const [saved] = await called(shown, 'savePng');
  const png = Buffer.from(saved?.base64 ?? '', 'base64');
  const box = await plot(shown, 'Log size by partition').boundingBox();
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  assert.equal(saved?.part, 'logSize');
  // Room for title, range and names.
  assert.ok(png.readUInt32BE(16) > (box?.width ?? 0) && png.readUInt32BE(20) > (box?.height ?? 0) + 60);
});

test('where nothing was recorded a chart says so over its whole range', async () => {
  const shown = await stage.page();
  const figure = shown.page.getByRole('figure', { name: 'Bytes out' });
  assert.match(await figure.locator('.nothing').innerText(), /^Nothing was recorded from 2026-11-22 13:03:22 to 14:03:22 KST\./);
  assert.equal(await figure.locator('.nothing').isVisible(), true);
  assert.equal(await figure.locator('canvas').first().isVisible(), true);
});

test('another theme is drawn in its colours', async () => {
  const shown = await stage.page();
  const colours = `(() => {
    const canvas = document.querySelector('.u-wrap canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return [...new Uint32Array(data.buffer)].filter((pixel) => pixel !== 0).join();
  })()`;
  const dark = await shown.page.evaluate(colours);
  await shown.setTheme('hcLight');
  await until(shown, `${colours} !== ${JSON.stringify(dark)}`);
});

test('a refresh moves nothing: drawing, focus, cursor and zoom stay', async () => {
  const shown = await stage.page();
  await drag(shown, 'Lag by group', 0.3, 0.7);
  await plot(shown, 'Lag by group').focus();
  await shown.page.keyboard.press('Home');
  const before = [await zoomWords(shown), await values(shown, 'Lag by group')];
  await shown.page.evaluate("globalThis.canvas = document.querySelector('.u-wrap canvas')");
  await shown.send(part('bytesIn', series('bytesPerSecond', ['orders'])));
  await shown.send(part('lag', series('messages', ['billing', 'audit', 'reports'])));
  assert.deepEqual([await zoomWords(shown), await values(shown, 'Lag by group')], before);
  assert.equal(await shown.page.evaluate("canvas === document.querySelector('.u-wrap canvas') && document.activeElement.role === 'application'"), true);
});

test('eight hundred lines: the largest are drawn and named, the rest waits', async () => {
  const shown = await stage.page();
  await shown.send(part('lag', series('messages', Array.from({ length: 800 }, (_, line) => `group-${line}`))));
  const figure = shown.page.getByRole('figure', { name: 'Lag by group' });
  assert.equal(await figure.locator('button.line').count(), 12);
  assert.equal(await figure.getByText('40 of 800 lines are drawn.').isVisible(), true);
  await figure.getByRole('button', { name: 'Show all (800)' }).click();
  assert.equal(await figure.locator('button.line').count(), 800);
});

test('320 pixels are enough, in three languages', async () => {
  for (const locale of ['en', 'ko', 'ja'] as const) {
    const shown = await stage.page({ width: 320, locale });
    assert.equal(await shown.page.evaluate('document.documentElement.scrollWidth'), 320, locale);
  }
});
