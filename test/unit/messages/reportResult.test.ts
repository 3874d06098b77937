import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { COMMANDS } from '../../../src/ids.ts';
import { exportLines } from '../../../src/messages/report/exportLines.ts';
import { resultLenses } from '../../../src/messages/report/reportLenses.ts';
import { type ResultOrder, resultPage } from '../../../src/messages/report/resultPage.ts';
import { goneResultText, resultRendering } from '../../../src/messages/report/resultText.ts';
import type { NaverAccount } from '../../../src/model/account.ts';
import type { RunState } from '../../../src/sending/journal/journalStore.ts';
import { naverAccount } from '../../support/accounts.ts';
import { batches, FORMAT, issue, jobOf, message, runOf, SOURCE, STARTED_MS } from './reportWorld.ts';

const render = (state: RunState, order: ResultOrder = 'outcome', page = 0) => resultRendering({
  state, page: resultPage(state, order, page), format: FORMAT, nowMs: STARTED_MS + 4_000,
});
const text = (state: RunState, order: ResultOrder = 'outcome', page = 0): string => render(state, order, page).text;
const NOTE = { kind: 'invalid', status: 400, code: 'InvalidPartition', detail: 'No such partition' } as const;

describe('a result', () => {
  it('says first what became of all messages, how long it took and where they went', () => {
    const lines = text(runOf('aaaarun')).split('\n');
    assert.equal(lines[0], '# Result: 4 of 7 acknowledged · h4j6l-orders · acme · PROD');
    for (const line of ['Acknowledged:  4', 'Refused:       1', 'Unknown:       1', 'Not sent:      1', 'Topic:         h4j6l-orders', 'Account:       acme', 'Source:        orders.jsonl', 'Duration:      2 s, 2 messages/s']) {
      assert.ok(lines.includes(line), line);
    }
    assert.ok(lines.some((line) => line === 'Stage:         PROD · Production'));
    assert.ok(lines.some((line) => line.startsWith('Started:       11/2') && line.includes('2026')));
    assert.ok(!lines.some((line) => line.startsWith('Stopped')));
  });

  it('says that nobody knows of messages without an answer', () => {
    assert.match(text(runOf('auuu')), /^! No answer came for 3 messages\. They may or may not be on the topic\.\n! They are never sent again by themselves\.$/m);
    assert.match(text(runOf('au')), /^! No answer came for 1 message\. It may or may not be on the topic\.\n! It is never sent again by itself\.$/m);
    assert.doesNotMatch(text(runOf('ar')), /^!/m);
  });

  it('lists what did not arrive with its line and reason, and the others as ranges', () => {
    const { text: shown, links } = render(runOf('aaraaun-aa', {}, 'ended', { note: NOTE }));
    const lines = shown.split('\n');
    assert.deepEqual(lines.slice(lines.indexOf('## Refused: 1')), [
      '## Refused: 1', '', '3  orders.jsonl:3  HTTP 400 · InvalidPartition · The service says: No such partition', '',
      '## Unknown: 1', '', '6  orders.jsonl:6  HTTP 400 · InvalidPartition · The service says: No such partition', '',
      '## Not sent: 2', '', '7–8', '',
      '## Acknowledged: 6', '', '1–2, 4–5, 9–10', '', '',
    ]);
    const row = links.find(({ line }) => line === lines.indexOf('## Refused: 1') + 2);
    assert.deepEqual(row, { line: row?.line, start: 3, length: 14, uri: SOURCE.uri, place: { line: 3, column: 1 } });
  });

  it('has a row for each message where it is sorted by line', () => {
    const lines = text(runOf('ar-u', {}, 'ended', { note: { kind: 'cancelled' } }), 'line').split('\n');
    assert.deepEqual(lines.slice(lines.indexOf('## Messages 1–4 of 4')), [
      '## Messages 1–4 of 4', '',
      '1  orders.jsonl:1  Acknowledged',
      '2  orders.jsonl:2  Refused       Sending was cancelled before an answer came.',
      '3                  Not sent',
      '4  orders.jsonl:4  Unknown       Sending was cancelled before an answer came.', '',
    ]);
  });

  it('says why it stopped and what to do', () => {
    const stopped = { kind: 'unauthorized', status: 401, code: '200', detail: 'Authentication Failed' } as const;
    assert.match(text(runOf('ar--', {}, 'ended', { summary: { stopped } })), /^Stopped: +Signature refused\. Check the Access Key ID and the Secret Key of account "acme"\. · HTTP 401 · 200 · Authentication Failed$/m);
    assert.match(text(runOf('a--', {}, 'ended', { summary: { stopped: 'cancelled' } })), /^Stopped: +Cancelled\.$/m);
    // Nothing of the cloud's: the words of a service would send people looking in the wrong place.
    const here = (at: 'journal' | 'source'): string => text(runOf('a--', {}, 'ended', { summary: { stopped: { kind: 'unexpectedResponse', at } } }));
    assert.match(here('journal'), /^Stopped: +The journal could not be written\.$/m);
    assert.match(here('source'), /^Stopped: +What is sent could not be read to its end, or is not what was planned\.$/m);
  });

  it('tells a run under way, and one whose window went away', () => {
    const running = text(runOf('aalr-', {}, 'running'));
    assert.match(running, /^# Sending: 2 of 5 acknowledged so far · /);
    assert.match(running, /^Under way: +1$/m);
    assert.match(running, /^Duration: +4 s, 1 message\/s$/m);
    assert.match(text(runOf('aaa', {}, 'ended', { summary: { endedAtMs: STARTED_MS + 1_990 } })), /^Duration: +1\.9 s, 2 messages\/s$/m);
    assert.match(running, /^## Under way: 1\n\n3 {2}orders\.jsonl:3$/m);
    const interrupted = text(runOf('aau-', {}, 'interrupted'));
    assert.match(interrupted, /^# Interrupted: 2 of 4 acknowledged · /);
    assert.match(interrupted, /^## Unknown: 1\n\n3 {2}orders\.jsonl:3 {2}The window went away before an answer came\.$/m);
    assert.match(interrupted, /^! The window went away while messages were being sent\. Nothing was sent after that\.$/m);
    assert.doesNotMatch(interrupted, /^Duration:/m);
  });

  it('does not count numbers that are no message as not sent', () => {
    const shown = text(runOf('a--', { count: 2 }));
    assert.match(shown, /^## Not sent: 1\n\n2–3\n1 of these numbers has a problem and could not be sent\.$/m);
  });

  it('shows only its part where it repeats one', () => {
    const state = runOf('--ar------', { only: [[2, 4]], count: 2, repeats: { runId: 'run-0', what: 'rest' } });
    assert.match(text(state), /^Repeats: +the rest of an earlier send$/m);
    assert.match(text(state, 'line'), /^## Messages 1–2 of 2\n\n3 .*\n4 .*\n$/m);
  });

  it('turns pages without losing or doubling a message, whatever the order', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'a', 'a', 'r', 'u', 'l', '-'), { maxLength: 2_100 }), fc.constantFrom<ResultOrder>('line', 'outcome'), (ends, order) => {
      const state = runOf(ends.join(''));
      const seen: number[] = [];
      for (let number = 0; ; number += 1) {
        const page = resultPage(state, order, number);
        assert.equal(page.before, seen.length);
        assert.ok(page.indexes.length <= 500);
        seen.push(...page.indexes);
        if (page.isLast) break;
      }
      const expected = ends.flatMap((end, index) => (order === 'line' || 'rul'.includes(end) ? [index] : []));
      assert.deepEqual(seen.toSorted((a, b) => a - b), expected);
      if (order === 'line') assert.deepEqual(seen, expected);
    }), { numRuns: 40 });
    const beyond = resultPage(runOf('a'.repeat(1_200)), 'line', 99);
    assert.deepEqual([beyond.number, beyond.before, beyond.indexes.length], [2, 1_000, 200]);
  });

  it('shows the ranges on its last page, and the head on its first', () => {
    const state = runOf(`${'r'.repeat(600)}aaa`);
    assert.match(text(state), /^Topic:/m);
    assert.doesNotMatch(text(state), /^601–603$/m);
    assert.match(text(state, 'outcome', 1), /^## Acknowledged: 3\n\n601–603$/m);
    assert.doesNotMatch(text(state, 'outcome', 1), /^Topic:/m);
  });

  it('keeps its layout whatever names and words hold', () => {
    const hostile = 'a\nb\r\u202Ec\u0000\u2028d\u{1F600}$(zap)';
    const job = { ...jobOf([{ ...SOURCE, name: hostile }]), target: { accountId: 'n1', topicId: 't', topicName: hostile } };
    const state = runOf('ar', { job, account: { name: hostile, stage: 'dev' } }, 'ended', { note: { kind: 'invalid', status: 400, detail: hostile } });
    const usual = text(runOf('ar', {}, 'ended', { note: NOTE }));
    const shown = text(state);
    assert.equal(shown.split('\n').length, usual.split('\n').length);
    assert.doesNotMatch(shown, /[\r\0\u2028\u202E]/);
    assert.match(shown, /a\\u000ab\\u000d\\u202ec\\u0000\\u2028d\u{1F600}\$\(zap\) · DEV/u);
  });

  it('cuts a very long name with a mark', () => {
    const job = { ...jobOf(), target: { accountId: 'n1', topicId: 't', topicName: 'x'.repeat(5_000) } };
    assert.match(text(runOf('a', { job })), /^Topic: +x{300}…$/m);
  });

  it('is told to be gone where the journal has it no more', () => {
    assert.match(goneResultText().text, /^# This result is gone\n/);
  });
});

describe('what can be done with a result', () => {
  const account = naverAccount();
  const lensesOf = (state: RunState, who: NaverAccount | undefined): readonly string[] =>
    resultLenses(state, who, { number: 0, isLast: true, order: 'outcome' }, 'run run-1').map(({ command }) => command);
  const lenses = (state: RunState): readonly string[] => lensesOf(state, account);
  const always = [COMMANDS.exportRun, COMMANDS.sortRun];

  it('is what is left to do', () => {
    assert.deepEqual(lenses(runOf('aaa')), always);
    assert.deepEqual(lenses(runOf('aar')), [COMMANDS.sendRest, ...always]);
    assert.deepEqual(lenses(runOf('aa-')), [COMMANDS.sendRest, ...always]);
    assert.deepEqual(lenses(runOf('aau')), [COMMANDS.sendUnknown, ...always]);
    assert.deepEqual(lenses(runOf('aru')), [COMMANDS.sendRest, COMMANDS.sendUnknown, ...always]);
    assert.deepEqual(lenses(runOf('aau', {}, 'interrupted')), [COMMANDS.sendUnknown, ...always]);
    assert.deepEqual(lenses(runOf('aa-', {}, 'interrupted')), [COMMANDS.resumeRun, ...always]);
    assert.deepEqual(lenses(runOf('al-', {}, 'running')), always);
    assert.deepEqual(lenses(runOf('a-', { count: 1 })), always, 'what cannot be sent is no rest');
  });

  it('is nothing that sends where the account is gone or locked', () => {
    assert.deepEqual(lensesOf(runOf('aru'), undefined), always);
    assert.deepEqual(lensesOf(runOf('aru'), naverAccount({ lane: { stage: 'dev', access: 'read-only' } })), always);
  });

  it('turns and sorts this report', () => {
    const all = resultLenses(runOf('a'), account, { number: 3, isLast: false, order: 'line' }, 'run run-1');
    assert.deepEqual(all.slice(1).map(({ title, args, lines }) => [title, args, lines]), [
      ['Sort by Outcome', ['run run-1', 'outcome'], 'first'],
      ['First Page', ['run run-1', 0], 'both'],
      ['Previous Page', ['run run-1', 2], 'both'],
      ['Next Page', ['run run-1', 4], 'both'],
      ['Last Page', ['run run-1', Number.MAX_SAFE_INTEGER], 'both'],
    ]);
  });
});

describe('a result as JSON Lines', () => {
  const lines = async (state: RunState, readings: Parameters<typeof exportLines>[1]['readings'], payloads: Parameters<typeof exportLines>[1]['payloads'] = batches([])) => {
    const all: unknown[] = [];
    for await (const line of exportLines(state, { readings, payloads })) {
      assert.ok(line.endsWith('\n') && !line.slice(0, -1).includes('\n'));
      all.push(JSON.parse(line));
    }
    return all;
  };

  it('has the messages where their sources are the same', async () => {
    const state = runOf('ar--', { count: 3 }, 'ended', { note: NOTE });
    assert.deepEqual(await lines(state, batches([message(0, { value: 'a\nb', partition: 2 }), message(1), issue(2), message(3)])), [
      { number: 1, source: 'orders.jsonl', line: 1, outcome: 'acknowledged', key: 'k0', partition: 2, value: 'a\nb' },
      { number: 2, source: 'orders.jsonl', line: 2, outcome: 'refused', error: 'invalid', status: 400, code: 'InvalidPartition', detail: 'No such partition', key: 'k1', value: '{"n":1}' },
      { number: 4, source: 'orders.jsonl', line: 4, outcome: 'notSent', key: 'k3', value: '{"n":3}' },
    ]);
  });

  it('has what the journal kept where they are not', async () => {
    const kept = batches([message(2, { value: 'late' }), message(0, { value: 'early' }), message(9)]);
    assert.deepEqual(await lines(runOf('a-u'), undefined, kept), [
      { number: 3, source: 'orders.jsonl', line: 3, outcome: 'unknown', key: 'k2', value: 'late' },
      { number: 1, source: 'orders.jsonl', line: 1, outcome: 'acknowledged', key: 'k0', value: 'early' },
      { number: 2, outcome: 'notSent' },
    ]);
  });

  it('has only the part that was sent', async () => {
    const state = runOf('--a-', { only: [[2, 3]], count: 1 });
    assert.deepEqual((await lines(state, batches([message(0), message(2), message(3)]))).length, 1);
    assert.deepEqual(await lines(state, undefined), [{ number: 3, source: 'orders.jsonl', line: 3, outcome: 'acknowledged' }]);
  });
});
