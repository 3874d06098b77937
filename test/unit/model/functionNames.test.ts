import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { descriptionProblem, nameProblem, parametersProblem, readParameters, timeoutProblem } from '../../../src/model/functionNames.ts';
import { currentRuntimes, extensionOf, RUNTIMES, runtimeOf } from '../../../src/model/functionRuntimes.ts';

test('names: 1 to 50 letters, digits, "-" and "_", not starting with "-"', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
    assert.equal(nameProblem(text) === undefined, /^[A-Za-z0-9_][A-Za-z0-9_-]{0,49}$/.test(text), text);
  }));
  assert.deepEqual(['a', '_a-1', 'x'.repeat(50)].map((text) => nameProblem(text)), [undefined, undefined, undefined]);
  assert.match(nameProblem('-a') ?? '', /cannot start with "-"/);
  assert.match(nameProblem('a', ['a']) ?? '', /"a" is taken/);
  assert.equal(nameProblem('A', ['a']), undefined);
});

test('descriptions count in bytes, times in milliseconds', () => {
  assert.equal(descriptionProblem('가'.repeat(1000)), undefined);
  assert.match(descriptionProblem('가'.repeat(1000) + 'a') ?? '', /at most 3000 bytes, this one has 3001/);
  assert.deepEqual([500, 300_000].map(timeoutProblem), [undefined, undefined]);
  assert.ok([499, 300_001, 1.5, '500', 500n, Number.NaN].map(timeoutProblem).every((problem) => problem !== undefined));
});

test('parameters are an object of at most 1 MB; big integers stay exact', () => {
  assert.deepEqual(readParameters('  '), { value: {} });
  assert.deepEqual(readParameters('{"a": 9007199254740993}'), { value: { a: 9007199254740993n } });
  assert.ok(['[]', '1', 'null', '"a"', '{'].every((text) => 'problem' in readParameters(text)));
  assert.match(parametersProblem({ a: 'x'.repeat(1024 * 1024) }) ?? '', /at most 1 MB as JSON, these have 1048584 bytes/);
  assert.equal(parametersProblem({ a: 'x'.repeat(1024 * 1024 - 8) }), undefined);
  assert.deepEqual(readParameters('{"a": [1, {"b": -1e400}]}'), { problem: 'The number at "a.1.b" is too large to be sent: write it as a text, in quotation marks.' });
});

test('runtimes: those of the documents, those of the future by their word, and none for the rest', () => {
  assert.deepEqual(currentRuntimes.map(({ kind }) => kind), ['nodejs:22', 'python:3.13', 'java:21', 'java', 'swift:3.1.1', 'php:7.3', 'go:1.19', 'dotnet:2.2']);
  assert.deepEqual(RUNTIMES.filter(({ takesText }) => !takesText).map(({ kind }) => kind), ['java:21', 'java', 'dotnet:2.2']);
  assert.deepEqual([runtimeOf('java')?.language, runtimeOf('nodejs:24')?.language, runtimeOf('nodejs:24')?.isCurrent, runtimeOf('nodejs:16')?.isCurrent], ['Java 8', 'Node.js 24', true, false]);
  assert.deepEqual(['nodejs:22', 'python:3.6', 'go:2', 'rust:1', 'sequence', 'custom image', '__proto__', undefined].map((kind) => extensionOf(kind)), ['js', 'py', 'go', 'txt', 'txt', 'txt', 'txt', 'txt']);
});
