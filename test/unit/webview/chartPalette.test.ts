import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { contrast, lineLook, parseColor, strengthened } from '../../../webview/charts/palette.ts';

const HUES = ['blue', 'orange', 'green', 'purple', 'yellow', 'red'];

test('the first lines are told by hue alone, later ones by pattern too, and no two of 36 look alike', () => {
  const theme = { hues: HUES, isHighContrast: false, foreground: 'white' };
  const looks = Array.from({ length: 36 }, (_, index) => lineLook(index, theme));
  assert.ok(looks.slice(0, 6).every(({ dash }) => dash.length === 0));
  assert.ok(looks.slice(6).every(({ dash }) => dash.length > 0));
  assert.equal(new Set(looks.map((look) => JSON.stringify(look))).size, 36);
});

test('in high contrast neighbours have different patterns from the start, whatever hues a theme lacks', () => {
  for (const count of [1, 2, 4, 5, 6]) {
    const theme = { hues: HUES.slice(0, count), isHighContrast: true, foreground: 'white' };
    const looks = Array.from({ length: count * 6 }, (_, index) => lineLook(index, theme));
    assert.equal(new Set(looks.map((look) => JSON.stringify(look))).size, count * 6, `${count} hues`);
    assert.equal(new Set(looks.slice(0, count).map(({ dash }) => JSON.stringify(dash))).size, count);
  }
});

test('a theme without any hue draws in its foreground', () => {
  assert.equal(lineLook(3, { hues: [], isHighContrast: false, foreground: 'white' }).color, 'white');
});

test('colours are read as themes write them', () => {
  assert.deepEqual(parseColor('#59a4f9'), [89, 164, 249]);
  assert.deepEqual(parseColor('#fff'), [255, 255, 255]);
  assert.deepEqual(parseColor(' rgba(234, 92, 0, 0.33)'), [234, 92, 0]);
  assert.equal(parseColor('color-mix(in srgb, red, blue)'), undefined);
  assert.equal(parseColor('#12345'), undefined);
});

test('contrast is that of WCAG', () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
  assert.equal(contrast([10, 20, 30], [10, 20, 30]), 1);
});

test('every line of four real themes can be told from the background', () => {
  for (const name of ['dark', 'light', 'hcDark', 'hcLight']) {
    const file = new URL(`../../page/themes/${name}.json`, import.meta.url);
    const { variables } = JSON.parse(readFileSync(file, 'utf8')) as { readonly variables: Readonly<Record<string, string>> };
    const [background = '', foreground = ''] = [variables['--vscode-editor-background'], variables['--vscode-charts-foreground']];
    for (const hue of HUES) {
      const color = variables[`--vscode-charts-${hue}`];
      if (color === undefined) continue;
      const [line, behind] = [parseColor(strengthened(color, background, foreground)), parseColor(background)];
      assert.ok(line !== undefined && behind !== undefined && contrast(line, behind) >= 3, `${name}: ${hue} ${color}`);
    }
  }
});

test('a colour too near to its background is moved towards the foreground', () => {
  assert.equal(strengthened('#ffff00', '#ffffff', '#000000'), 'rgb(153, 153, 0)');
  assert.equal(strengthened('red', '#ffffff', '#000000'), 'red');
});
