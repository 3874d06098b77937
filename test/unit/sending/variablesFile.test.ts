import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { readVariablesFile, type VariablesFile } from '../../../src/sending/variables/variablesFile.ts';

function read(text: string): VariablesFile {
  const file = readVariablesFile(text);
  assert.ok(!('issue' in file), JSON.stringify(file));
  return file;
}

describe('readVariablesFile', () => {
  it('gives each environment its own variables over the shared ones', () => {
    const file = read('{"$schema": "x", "$shared": {"shop": "acme", "n": 9007199254740993}, "dev": {"n": 1.0, "on": true, "빈": ""}, "prod": {}}');
    assert.deepEqual(file.environments, ['dev', 'prod']);
    assert.deepEqual(new Map(file.variablesOf('dev')), new Map([['shop', 'acme'], ['n', '1.0'], ['on', 'true'], ['빈', '']]));
    for (const environment of ['prod', undefined, 'gone', '$shared']) {
      assert.deepEqual(new Map(file.variablesOf(environment)), new Map([['shop', 'acme'], ['n', '9007199254740993']]), environment);
    }
    assert.deepEqual([read('{}').environments, new Map(read('{}').variablesOf(undefined))], [[], new Map()]);
  });

  it('says what is wrong, and where', () => {
    const cases = [
      ['{"dev": {"a": 1,}}', '1:17+1 notJson'],
      ['', '1:1+0 notJson'],
      [' []', '1:2+2 notAnObject'],
      ['{"dev": 5}', '1:9+1 notAnObject'],
      ['{"dev": {\n  "a": null}}', '2:8+4 notAValue a'],
      ['{"dev": {"a": [1,\r\n2]}}', '1:15+3 notAValue a'],
      ['{"dev": {"a b": 1}}', '1:10+5 badName a b'],
      ['{"dev": {"env:X": 1}}', '1:10+7 badName env:X'],
      ['{"dev": {"uuid": 1}}', '1:10+6 nameTaken uuid'],
      ['{"dev": {"a": 1, "\\u0061": 2}}', '1:18+8 duplicateName a'],
      ['{"dev": {}, "dev": {}}', '1:13+5 duplicateName dev'],
    ];
    for (const [text = '', expected] of cases) {
      const file = readVariablesFile(text);
      assert.ok('issue' in file, text);
      const { place, length, reason } = file.issue;
      assert.equal(`${place.line}:${place.column}+${length} ${reason.kind}${'name' in reason ? ` ${reason.name}` : ''}`, expected, text);
    }
  });

  it('reads any text, or says where it is wrong', () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string({ unit: fc.constantFrom(...Array.from('{}[],:"a1 \n')) })), (text) => {
      const file = readVariablesFile(text);
      if (!('issue' in file)) return;
      const line = text.split('\n')[file.issue.place.line - 1];
      assert.ok(line !== undefined && file.issue.place.column - 1 + file.issue.length <= line.length, JSON.stringify(file));
    }));
  });
});
