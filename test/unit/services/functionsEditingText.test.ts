import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { createFormatter } from '../../../src/model/format.ts';
import type { TriggerDetail } from '../../../src/model/functions.ts';
import { execChangeLines } from '../../../src/services/functions/editing/execChange.ts';
import { codeChangeText, lineChange } from '../../../src/services/functions/editing/lineChange.ts';
import { sourceValues } from '../../../src/services/functions/editing/triggerOptions.ts';

const format = createFormatter('en');

/** Lines of one text that stand in the other in the same order, by trying all. */
function commonSlowly(a: readonly string[], b: readonly string[]): number {
  const [first, ...rest] = a;
  if (first === undefined) return 0;
  const at = b.indexOf(first);
  const without = commonSlowly(rest, b);
  return at < 0 ? without : Math.max(without, 1 + commonSlowly(rest, b.slice(at + 1)));
}

test('lines are counted as a diff counts them', () => {
  const texts = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 8, minLength: 1 });
  fc.assert(fc.property(texts, texts, fc.constantFrom('\n', '\r\n'), (a, b, end) => {
    const [from, to] = [a.join(end), b.join('\n')];
    const [old, fresh] = [from === '' ? [] : a, to === '' ? [] : b];
    const common = commonSlowly(old, fresh);
    assert.deepEqual(lineChange(from, to), { added: fresh.length - common, removed: old.length - common });
  }));
});

test('a text of many megabytes is counted without comparing each line with each', () => {
  const lines = Array.from({ length: 300_000 }, (_, n) => `line ${n}`);
  const changed = lines.map((line, n) => (n % 3 === 0 ? `${line}!` : line));
  assert.deepEqual(lineChange(lines.join('\n'), changed.join('\n')), { added: 100_000, removed: 100_000 });
  assert.deepEqual(lineChange(lines.join('\n'), [...lines, 'more'].join('\n')), { added: 1, removed: 0 });
});

test('a change of code is said in one line', () => {
  assert.equal(codeChangeText('a\nb', 'a\nc\nd\nb', format), '2 lines added (3 B → 7 B)');
  assert.equal(codeChangeText('a\nb', 'a\nc', format), '1 line added, 1 removed (3 B → 3 B)');
  assert.equal(codeChangeText('a\nb\nc', 'c', format), '2 lines removed (5 B → 1 B)');
  assert.equal(codeChangeText('a\nb', 'a\r\nb', format), 'only line ends or spacing (3 B → 4 B)');
  assert.equal(codeChangeText('', 'a', format), '1 line added (0 B → 1 B)');
});

test('what an action runs differently is said line by line, and an archive by its size', () => {
  const exec = { runtime: 'nodejs:22', main: 'main', isBinary: false, code: 'a', imageUri: undefined, components: [] };
  assert.deepEqual(execChangeLines(exec, exec, format), []);
  assert.deepEqual(execChangeLines(exec, { ...exec, runtime: 'nodejs:16', main: 'run', code: 'b' }, format), [
    'Code: 1 line added, 1 removed (1 B → 1 B)', 'Runtime: nodejs:22 → nodejs:16', 'Main function: main → run',
  ]);
  assert.deepEqual(execChangeLines(exec, { ...exec, code: 'QUJD', isBinary: true }, format), ['Code: text of 1 B → archive of 3 B']);
  assert.deepEqual(execChangeLines({ ...exec, code: undefined, components: ['-/a', '-/b'] }, { ...exec, code: undefined, components: ['-/b', '-/a'] }, format), [
    'Actions in order: -/a → -/b → -/b → -/a',
  ]);
});

type Options = TriggerDetail['options'];

const options = (...pairs: readonly (readonly [string, string])[]): Options => pairs.map(([key, value]) => ({ key, value }));

test('what starts a trigger is read however the service writes it', () => {
  const cases: readonly (readonly [string, Options, unknown])[] = [
    ['cron', options(['cronOption', '* * * * *']), { cronOption: '* * * * *' }],
    ['cron', options(['cron', '0 9 * * *']), { cronOption: '0 9 * * *' }],
    ['cron', [], {}],
    ['github', options(['events', '*']), { events: ['*'] }],
    ['github', options(['events', 'push, release']), { events: ['push', 'release'] }],
    ['github', options(['events', '["push","star"]']), { events: ['push', 'star'] }],
    ['github', options(['events', ' ']), {}],
    ['object_storage', options(['bucketName', 'a'], ['eventRuleName', 'r'], ['bucketName', 'b'], ['eventRuleName', 's']), {
      rules: [{ bucketName: 'a', eventRuleName: 'r' }, { bucketName: 'b', eventRuleName: 's' }],
    }],
    ['object_storage', options(['objectStorageLink', '[{"bucketName":"a","eventRuleName":"r","extra":1}]']), { rules: [{ bucketName: 'a', eventRuleName: 'r' }] }],
    ['object_storage', options(['else', '1']), {}],
    // Column by column, or one of two: what belongs together is not said.
    ['object_storage', options(['bucketName', 'a'], ['bucketName', 'b'], ['eventRuleName', 'r'], ['eventRuleName', 's']), {}],
    ['object_storage', options(['bucketName', 'a']), {}],
    ['source_commit', options(['webhooks', '[{"repositoryName":"a","webhookName":"w"},{"repositoryName":"b"}]']), {}],
    ['insight', options(['insightLink', '[{"prodKey":"460438474722512896","ruleGrpId":"2","reminderTime":"5","enableNotiWhenEventClose":"true"}]']), {
      rules: [{ prodKey: '460438474722512896', ruleGrpId: '2', reminderTime: 5, enableNotiWhenEventClose: true }],
    }],
    ['insight', options(['prodKey', '460438474722512896'], ['ruleGrpId', '2'], ['reminderTime', '5']), { rules: [{ prodKey: '460438474722512896', ruleGrpId: '2', reminderTime: 5 }] }],
    ['source_commit', options(['repositoryName', 'a'], ['webhookName', 'w'], ['enable', 'false']), { webhooks: [{ repositoryName: 'a', webhookName: 'w', enable: false }] }],
    ['secret_manager', options(['secretName', 'database']), { secretName: 'database' }],
    ['secret_manager', options(['secretManagerLink', '{"secretName":"database"}']), { secretName: 'database' }],
    ['api_gateway', options(['cronOption', '* * * * *']), {}],
  ];
  for (const [type, told, values] of cases) assert.deepEqual(sourceValues({ type, options: told }), values, `${type} ${JSON.stringify(told)}`);
});

test('no option of a service is too odd to be read', () => {
  const pairs = fc.array(fc.record({ key: fc.oneof(fc.string(), fc.constantFrom('bucketName', 'events', 'rules', '__proto__')), value: fc.oneof(fc.string(), fc.json()) }));
  fc.assert(fc.property(fc.constantFrom('cron', 'github', 'insight', 'object_storage', 'source_commit', 'secret_manager', 'x'), pairs, (type, told) => {
    assert.equal(typeof sourceValues({ type, options: told }), 'object');
  }));
});
