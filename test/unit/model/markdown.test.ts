import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import { detailsMarkdown, escapeMarkdown } from '../../../src/model/markdown.ts';

/** What a Markdown renderer shows for numeric entities. */
function shown(markdown: string): string {
  return markdown.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

test('letters, digits and emoji stay readable', () => {
  assert.equal(escapeMarkdown('orders 주문 トピック 🎉 42'), 'orders 주문 トピック 🎉 42');
});

test('nothing in a value means anything to Markdown', () => {
  const escaped = escapeMarkdown('a|b `c` <img src=x> [d](command:e) **f** https://g.h \\| &amp; $(zap)');
  assert.doesNotMatch(escaped.replaceAll(/&#\d+;/g, ''), /[^\p{L}\p{N} ]/u);
});

test('what is shown is what was there', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('|`<>[]()*_\\#&;$!aZ9 가')) }), (text) => {
      assert.equal(shown(escapeMarkdown(text)), text);
    }),
  );
});

test('a value with line breaks stays in its row', () => {
  const table = detailsMarkdown('t', [['name', 'a\r\nb\nc']]);
  assert.equal(table.split('\n').filter((line) => line.startsWith('|')).length, 3);
});

test('what is not known has no row', () => {
  assert.equal(detailsMarkdown('title', [['a', undefined], ['b', '']]), '**title**');
});
