import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import type { ActivationDetail } from '../../../src/model/functions.ts';
import { createFormatter } from '../../../src/model/format.ts';
import { codePlaces, readLogLine, readRuleLine } from '../../../src/services/functions/runs/logLines.ts';
import { readRunPath, type RunAddress, runAddress, runKey, runPath, subjectKey } from '../../../src/services/functions/runs/runAddress.ts';
import type { ActionFacts, RunRecord } from '../../../src/services/functions/runs/runStore.ts';
import { runRendering } from '../../../src/services/functions/runs/runText.ts';
import { readKoreanTime } from '../../../src/services/functions/runs/koreanClock.ts';
import { koreanMinute, momentText } from '../../../src/services/functions/runs/times.ts';
import { naverAccount } from '../../support/accounts.ts';

const FORMAT = createFormatter('en');
const ACCOUNT = naverAccount({ lane: { stage: 'prod', access: 'full' } });
const ADDRESS: RunAddress = { accountId: 'n1', region: 'KR', pkg: 'tools', name: 'resize', activationId: '18718fde21424114b18fde21428114c8' };
const START = Date.UTC(2026, 10, 22, 2, 32, 5, 123);
const FACTS: ActionFacts = { runtime: 'nodejs:22', type: 'basic', memoryMb: 256, timeoutMs: 60_000, isText: true, components: [], readMs: 0 };

function detailOf(changes: Partial<ActivationDetail> = {}): ActivationDetail {
  return {
    activationId: ADDRESS.activationId, durationMs: 34, status: 'success', name: 'resize', startMs: START, endMs: START + 34,
    logs: [], result: { id: 9007199254740993n, ok: true }, isSuccess: true, ...changes,
  };
}

function recordOf(changes: Partial<RunRecord> = {}): RunRecord {
  return { address: ADDRESS, state: 'complete', detail: detailOf(), note: undefined, source: undefined, changedMs: 1, ...changes };
}

function render(record: RunRecord, facts: ActionFacts = FACTS) {
  return runRendering({ record, account: ACCOUNT, facts, extension: facts.isText ? 'js' : undefined, format: FORMAT });
}

test('the address of an activation comes back whatever the names are, and holds nothing else', () => {
  const text = fc.string({ minLength: 1, unit: 'grapheme' });
  fc.assert(fc.property(text, fc.option(text, { nil: undefined }), text, text, (accountId, pkg, name, activationId) => {
    const address: RunAddress = { accountId, region: 'KR', pkg, name, activationId };
    const path = runPath(address);
    assert.deepEqual(readRunPath(path), address);
    assert.ok(!path.split('/').some((segment) => segment === '.' || segment === '..'));
    assert.ok(path.startsWith(`/${runKey(address)}/`));
    assert.ok(runKey(address).startsWith(`${encodeURIComponent(accountId)}/`) || accountId === '.' || accountId === '..');
  }));
});

test('a path that is none of an activation says nothing', () => {
  for (const path of ['', '/', '/a/KR/action/-/x/1', '/a/XX/action/-/x/1/f.log', '/a/KR/package/-/x/1/f.log', '/a/KR/action/-//1/f.log', '/a/KR/action/-/%E0%A4%A/1/f.log', '/a/KR/action/-/x/1/f.log/g']) {
    assert.equal(readRunPath(path), undefined, path);
  }
});

test('an action and a trigger of one name are two things, and so are two accounts', () => {
  const place = { account: ACCOUNT, region: 'KR', title: '' } as const;
  const other = { ...place, account: naverAccount({ id: 'n2' }) };
  const keys = [subjectKey({ place, name: 'a' }), subjectKey({ place, pkg: '-', name: 'a' }), subjectKey({ place: other, pkg: '-', name: 'a' })];
  assert.equal(new Set(keys).size, 3);
  assert.deepEqual(runAddress({ place, name: 'a' }, '1'), { accountId: 'n1', region: 'KR', pkg: undefined, name: 'a', activationId: '1' });
});

test('a log line tells its time, its stream and its text, and another one is all text', () => {
  assert.deepEqual(readLogLine('2023-01-01T00:00:00.123Z stdout: a: b'), { atMs: Date.UTC(2023, 0, 1, 0, 0, 0, 123), stream: 'stdout', text: 'a: b' });
  assert.deepEqual(readLogLine('2023-01-01T00:00:00.123456789Z       stderr: '), { atMs: Date.UTC(2023, 0, 1, 0, 0, 0, 123), stream: 'stderr', text: '' });
  assert.deepEqual(readLogLine('2023-99-01T00:00:00Z stdout: x'), { atMs: undefined, stream: undefined, text: '2023-99-01T00:00:00Z stdout: x' });
  fc.assert(fc.property(fc.string(), (line) => assert.ok(line.endsWith(readLogLine(line).text))));
});

test('a line of a trigger tells what it started, and why it did not', () => {
  assert.deepEqual(readRuleLine('{"rule":"r","action":"ns/tools/resize","statusCode":0,"success":true,"activationId":"ab"}'), {
    pkg: 'tools', name: 'resize', isSuccess: true, activationId: 'ab', error: undefined,
  });
  assert.deepEqual(readRuleLine('2023-01-01T00:00:00Z stdout: {"action":"/ns/resize","success":false,"error":"Too many"}'), {
    pkg: '-', name: 'resize', isSuccess: false, activationId: undefined, error: 'Too many',
  });
  for (const line of ['', 'text', '{', '[]', '{"action":1}', '{"action":""}', 'null']) assert.equal(readRuleLine(line), undefined, line);
  fc.assert(fc.property(fc.json(), (line) => void readRuleLine(line)));
});

test('places of the code in stack traces, and none of the runtime or of libraries', () => {
  const place = (line: string, extension: string) => codePlaces(line, extension).map(({ line: row, column }) => [row, column]);
  assert.deepEqual(place('    at main (/tmp/x/index.js:3:5)', 'js'), [[3, 5]]);
  assert.deepEqual(place('    at main (eval at initialize (/nodejsAction/runner.js:79:109), <anonymous>:12:9)', 'js'), [[12, 9]]);
  assert.deepEqual(place('    at file:///action/index.mjs:7:1', 'js'), [[7, 1]]);
  assert.deepEqual(place('    at Module._compile (node:internal/modules/cjs/loader:1554:14)', 'js'), []);
  assert.deepEqual(place('    at get (/tmp/x/node_modules/axios/index.js:3:5)', 'js'), []);
  assert.deepEqual(place('  File "/tmp/__main__.py", line 2, in main', 'py'), [[2, 1]]);
  assert.deepEqual(place('  File "<string>", line 4', 'py'), [[4, 1]]);
  assert.deepEqual(place('  File "/usr/lib/python3/site-packages/a.py", line 4', 'py'), []);
  assert.deepEqual(place('  File "/usr/lib/python3.11/json/decoder.py", line 355, in decode', 'py'), []);
  assert.deepEqual(place('PHP Fatal error: x in /action/index.php on line 3', 'php'), [[3, 1]]);
  assert.deepEqual(place('12:30:05 done', 'js'), []);
  const line = '    at main (/tmp/x/index.js:3:5)';
  assert.deepEqual(codePlaces(line, 'js').map(({ start, length }) => line.slice(start, start + length)), ['/tmp/x/index.js:3:5']);
});

test('a run as a document: outcome, limits, result without rounding, logs with time and stream, places as links', () => {
  const logs = ['2026-11-22T02:32:05.200Z stdout: hello', '2026-11-22T02:32:05.300Z stderr: Error: no', '2026-11-22T02:32:05.300Z stderr:     at main (/tmp/x/index.js:3:5)'];
  const { text, links } = render(recordOf({ detail: detailOf({ logs, status: 'application error', isSuccess: false }), source: 'small · resize.params.json' }));
  const lines = text.split('\n');
  assert.equal(lines[0], '# Failed: the function answered with an error · resize · 34 ms');
  for (const part of [/^Package: +tools$/m, /^Account: +acme$/m, /^Stage: +PROD · Production$/m, /^Status: +application error$/m, /^Started: +2026-11-22 11:32:05 KST/m,
    /^Time limit: +1 min$/m, /^Memory limit: +256 MB$/m, /^Parameters: +small · resize\.params\.json$/m, /^ {2}"id": 9007199254740993,$/m, /^11:32:05\.200 {2}stdout {2}hello$/m]) {
    assert.match(text, part);
  }
  assert.deepEqual(links.map(({ row, start, length, target }) => [lines[row]?.slice(start, start + length), target]), [['/tmp/x/index.js:3:5', { line: 3, column: 5 }]]);
});

test('what is not there yet is said, and so is a web action', () => {
  assert.match(render(recordOf({ state: 'running', detail: undefined })).text, /^# Running · resize\n[^]*! The service has no record of this run yet\./);
  assert.match(render(recordOf({ state: 'logs' })).text, /Logs are not there yet\./);
  assert.match(render(recordOf()).text, /It wrote nothing\./);
  assert.match(render(recordOf({ state: 'given up', detail: undefined, note: 'Why.' })).text, /^# Not known · resize\n[^]*! Why\./);
  assert.match(render(recordOf(), { ...FACTS, type: 'web' }).text, /! This is a web action/);
  assert.doesNotMatch(render(recordOf()).text, /web action/);
});

test('a sequence leads to its steps, and says which were not run', () => {
  const id = 'a'.repeat(32);
  const { text, links } = render(recordOf({ detail: detailOf({ logs: [id] }) }), { ...FACTS, isText: false, components: ['tools/one', '-/two'] });
  assert.match(text, /^1\. tools\/one {2}a{32}\n2\. -\/two {2}not run$/m);
  assert.deepEqual(links.map(({ target }) => target), [{ ...ADDRESS, name: 'one', activationId: id }]);
});

test('the steps of a sequence are not called "not run" while its logs are missing', () => {
  const facts = { ...FACTS, isText: false, components: ['tools/one', '-/two'] };
  for (const state of ['logs', 'given up'] as const) {
    const { text } = render(recordOf({ state }), facts);
    assert.doesNotMatch(text, /not run/);
    assert.match(text, /Logs are not there yet\./);
  }
});

test('what names no activation in the log of a trigger leads nowhere, and breaks no line', () => {
  const address = { ...ADDRESS, pkg: undefined, name: 'nightly' };
  const started = (activationId: string): string => JSON.stringify({ action: 'tools/resize', success: true, activationId });
  const logs = [started('abc\n# Succeeded · forged\u202E\u001B[31m'), started('x'.repeat(65)), started('b'.repeat(32))];
  const record = recordOf({ address, detail: detailOf({ logs, result: {} }) });
  const { text, links } = runRendering({ record, account: ACCOUNT, facts: undefined, extension: undefined, format: FORMAT });
  assert.doesNotMatch(text, /forged|xxx/);
  assert.deepEqual(links.map(({ row, start, length }) => text.split('\n')[row]?.slice(start, start + length)), ['b'.repeat(32)]);
});

test('a result of however many levels is shown, or why it is not', () => {
  const deep = (levels: number): unknown => JSON.parse(`{"a":${'['.repeat(levels)}1${']'.repeat(levels)}}`);
  const textOf = (levels: number): string => render(recordOf({ detail: detailOf({ result: deep(levels) }) })).text;
  assert.match(textOf(20), /^ {42}1$/m);
  for (const levels of [3_500, 10_000, 100_000]) assert.match(textOf(levels), /^## Result\n\n(?:\{|It is nested too deeply to be shown here\.$)/m);
});

test('a trigger leads to what it started', () => {
  const address = { ...ADDRESS, pkg: undefined, name: 'nightly' };
  const logs = ['{"rule":"r","action":"tools/resize","success":true,"activationId":"ab"}', '{"action":"x","success":false,"error":"Too many"}', 'other'];
  const record = recordOf({ address, detail: detailOf({ logs, result: {} }) });
  const { text, links } = runRendering({ record, account: ACCOUNT, facts: undefined, extension: undefined, format: FORMAT });
  assert.match(text, /^# Succeeded · nightly\n/);
  assert.match(text, /tools\/resize {2}started {2}ab\nx {2}not started {2}Too many\nother\n$/);
  assert.deepEqual(links.map(({ target }) => target), [{ ...address, pkg: 'tools', name: 'resize', activationId: 'ab' }]);
});

test('nothing a function writes breaks a line, hides, or leads elsewhere', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (log, value) => {
    const { text, links } = render(recordOf({ detail: detailOf({ logs: [log], result: { value } }) }));
    const lines = text.split('\n');
    assert.ok(!/[\0-\x08\x0B-\x1F\x7F-\x9F\u2028\u2029\u202A-\u202E\u2066-\u2069]/.test(text));
    for (const { row, start, length } of links) assert.ok(start + length <= (lines[row]?.length ?? -1));
  }), { numRuns: 50 });
});

test('a moment is in Korean time, and in that of this computer where it is another', () => {
  assert.equal(momentText(START, FORMAT, 'Asia/Seoul'), '2026-11-22 11:32:05 KST');
  assert.equal(momentText(START, FORMAT, 'UTC'), '2026-11-22 11:32:05 KST (2026-11-22 02:32:05 UTC)');
  assert.equal(momentText(9e20, FORMAT, 'UTC'), '900000000000000000000');
});

test('a time somebody types is read as Korean time, and comes back', () => {
  assert.equal(readKoreanTime(' 2026-11-22 11:32 '), Date.UTC(2026, 10, 22, 2, 32));
  assert.equal(readKoreanTime('2026-11-22T11:32:05'), Date.UTC(2026, 10, 22, 2, 32, 5));
  assert.equal(readKoreanTime('2026-11-22'), Date.UTC(2026, 10, 21, 15));
  for (const text of ['', 'now', '2026-02-30', '2026-13-01', '2026-11-22 25:00', '2026-11-22 11']) assert.equal(readKoreanTime(text), undefined, text);
  fc.assert(fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => {
    const minute = ms - (ms % 60_000);
    assert.equal(readKoreanTime(koreanMinute(minute)), minute);
  }));
});
