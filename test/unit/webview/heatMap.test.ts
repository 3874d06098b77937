import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { contrast, parseColor } from '../../../webview/charts/palette.ts';
import { ramp, shadeOf } from '../../../webview/parts/heatColours.ts';
import { cellAt, heatLayout, movedBy, scrollTo, visibleRows } from '../../../webview/parts/heatLayout.ts';

const size = fc.record({
  rows: fc.integer({ min: 1, max: 2000 }),
  columns: fc.integer({ min: 1, max: 64 }),
  width: fc.integer({ min: 100, max: 2000 }),
  linePx: fc.integer({ min: 10, max: 40 }),
  longestLabelPx: fc.integer({ min: 0, max: 3000 }),
});

test('labels take at most a third, and cells can be told apart', () => {
  fc.assert(fc.property(size, (wanted) => {
    const layout = heatLayout(wanted);
    assert.ok(layout.labelWidth <= Math.ceil(wanted.width / 3));
    assert.ok(layout.cellWidth >= 10);
    // Wider than its place only where the cells are as narrow as can be.
    assert.ok(layout.width <= wanted.width || layout.cellWidth === 10);
  }));
});

test('a point in the middle of a cell is that cell, and one beside the cells is none', () => {
  fc.assert(fc.property(size, fc.nat(), fc.nat(), (wanted, one, other) => {
    const layout = heatLayout(wanted);
    const cell = { row: one % layout.rows, column: other % layout.columns };
    const x = layout.labelWidth + (cell.column + 0.5) * layout.cellWidth;
    const y = layout.headHeight + (cell.row + 0.5) * layout.cellHeight;
    assert.deepEqual(cellAt(layout, x, y), cell);
    for (const [left, top] of [[layout.labelWidth - 1, y], [x, layout.headHeight - 1], [layout.width, y], [x, layout.height]] as const) {
      assert.equal(cellAt(layout, left, top), undefined);
    }
  }));
});

test('only rows that are seen are drawn, and all that are', () => {
  fc.assert(fc.property(size, fc.nat({ max: 100_000 }), fc.integer({ min: 50, max: 1000 }), (wanted, scroll, height) => {
    const layout = heatLayout(wanted);
    const scrollTop = Math.min(scroll, Math.max(0, layout.height - height));
    const { from, to } = visibleRows(layout, scrollTop, height);
    const shown = (row: number): boolean => (row + 1) * layout.cellHeight > scrollTop && row * layout.cellHeight < scrollTop + height - layout.headHeight;
    assert.ok(to - from <= height / layout.cellHeight + 2);
    for (let row = 0; row < layout.rows; row += 1) if (shown(row)) assert.ok(row >= from && row < to, `row ${row}`);
  }));
});

test('the cursor stays inside, whatever is pressed', () => {
  const layout = heatLayout({ rows: 30, columns: 5, width: 600, linePx: 16, longestLabelPx: 80 });
  const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'];
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean())), (pressed) => {
    let cell = { row: 0, column: 0 };
    for (const [key, ctrl] of pressed) {
      cell = movedBy(key, { ctrl }, cell, layout, 10) ?? cell;
      assert.ok(cell.row >= 0 && cell.row < 30 && cell.column >= 0 && cell.column < 5);
    }
  }));
  assert.deepEqual(movedBy('End', { ctrl: true }, { row: 3, column: 1 }, layout, 10), { row: 29, column: 4 });
  assert.deepEqual(movedBy('PageDown', { ctrl: false }, { row: 3, column: 1 }, layout, 10), { row: 13, column: 1 });
  assert.equal(movedBy('a', { ctrl: false }, { row: 3, column: 1 }, layout, 10), undefined);
});

test('what the cursor is on is scrolled to, no further than needed', () => {
  fc.assert(fc.property(fc.nat({ max: 5000 }), fc.integer({ min: 50, max: 500 }), fc.nat({ max: 5000 }), fc.integer({ min: 1, max: 50 }), (scroll, view, start, length) => {
    const to = scrollTo(scroll, view, start, length);
    assert.ok(to <= start && to + view >= start + length);
    if (scroll <= start && scroll + view >= start + length) assert.equal(to, scroll);
  }));
});

test('more lag is never lighter; nothing is the lightest and the most the darkest', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n }), fc.bigInt({ min: 0n, max: 2n ** 64n }), (a, b) => {
    const [less, more] = a < b ? [a, b] : [b, a];
    assert.ok(shadeOf(less, more) <= shadeOf(more, more));
    assert.ok(shadeOf(less, 2n ** 64n) <= shadeOf(more, 2n ** 64n));
  }));
  assert.deepEqual([shadeOf(0n, 10n), shadeOf(10n, 10n), shadeOf(0n, 0n)], [0, 1, 0]);
});

test('numbers are read on every shade, in whatever theme', () => {
  const part = fc.integer({ min: 0, max: 255 });
  const colour = fc.tuple(part, part, part).map(([red, green, blue]) => `rgb(${red}, ${green}, ${blue})`);
  fc.assert(fc.property(colour, colour, fc.double({ min: -1, max: 2, noNaN: true }), (hue, background, shade) => {
    const { ground, ink } = ramp({ hue, background }).at(shade);
    const [on, of] = [parseColor(ground), parseColor(ink)];
    assert.ok(on !== undefined && of !== undefined);
    assert.ok(contrast(on, of) >= 4.5);
  }));
});
