import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { asInEditor, asOpened, isSameButSpace } from '../../../src/documents/wholeText.ts';

const anySource = fc.array(fc.constantFrom('a', ' ', '\t', '\n', '\r\n', '\r', '한', '\u2028', '\uFEFF', '\f'), { maxLength: 12 }).map((parts) => parts.join(''));

/** What the editor's own text model does to a text that it opens: one kind of line end, no byte order mark. */
function opened(text: string): string {
  const content = text.replace(/^\uFEFF/, '');
  const ends = content.match(/\r\n|\r|\n/g) ?? [];
  const withReturn = ends.filter((end) => end.includes('\r')).length;
  return content.split(/\r\n|\r|\n/).join(withReturn > ends.length / 2 ? '\r\n' : '\n');
}

test('what the editor makes of a text by opening it is known, and is no change', () => {
  fc.assert(fc.property(anySource, (source) => {
    assert.equal(asInEditor(source), opened(source));
    // A second mark would be taken for the first.
    fc.pre(!source.startsWith('\uFEFF\uFEFF'));
    assert.equal(asOpened(opened(source), source), source);
    // With the byte order mark the editor kept.
    if (source.startsWith('\uFEFF')) assert.equal(asOpened(`\uFEFF${opened(source)}`, source), source);
  }), { numRuns: 5_000 });
});

test('any other text is what the user wants, byte for byte', () => {
  fc.assert(fc.property(anySource, anySource, (text, source) => {
    const isMarked = source.startsWith('\uFEFF');
    const content = isMarked ? text.replace(/^\uFEFF/, '') : text;
    fc.pre(content !== opened(source));
    assert.equal(asOpened(text, source), isMarked ? `\uFEFF${content}` : text);
  }), { numRuns: 5_000 });
  assert.equal(asOpened('a\n', 'a\r\n'), 'a\n', 'other line ends are a change');
  assert.equal(asOpened('a\r\nb\nc ', undefined), 'a\r\nb\nc ');
});

test('what differs in white space alone is told from what says something else', () => {
  assert.ok(isSameButSpace('a( );', 'a();\r\n\t'));
  assert.ok(!isSameButSpace('a()', 'a();'));
  fc.assert(fc.property(anySource, (source) => assert.ok(isSameButSpace(source, asInEditor(source)))));
});
