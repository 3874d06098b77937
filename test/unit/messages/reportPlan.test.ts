import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { COMMANDS } from '../../../src/ids.ts';
import type { Plan } from '../../../src/messages/plan.ts';
import { readPlanPage } from '../../../src/messages/report/planPage.ts';
import { gonePlanText, planRendering } from '../../../src/messages/report/planText.ts';
import { planLenses } from '../../../src/messages/report/reportLenses.ts';
import { bodyOf, BODY_MARK, columnsOf, ReportWriter, visible } from '../../../src/messages/report/reportText.ts';
import { readReportPath, reportPath } from '../../../src/messages/report/reportUri.ts';
import type { Account } from '../../../src/model/account.ts';
import type { Reading } from '../../../src/sending/message.ts';
import type { IndexRange } from '../../../src/sending/recording.ts';
import type { SourceRef } from '../../../src/sending/source.ts';
import { naverAccount, nhnAccount } from '../../support/accounts.ts';
import { batches, FORMAT, issue, jobOf, message, planOf, SOURCE } from './reportWorld.ts';

async function rendered(readings: readonly Reading[], changes: Partial<Plan> = {}, number = 0, account: (plan: Plan) => Account | undefined = (plan) => plan.account, changed: readonly SourceRef[] = []) {
  const plan = await planOf(readings, changes);
  const page = await readPlanPage(batches(readings), number, plan.part?.only);
  return planRendering({ plan, page, changed, account: account(plan), format: FORMAT });
}
const text = async (...args: Parameters<typeof rendered>): Promise<string> => (await rendered(...args)).text;

describe('a plan', () => {
  it('says what is sent where and how, and then each message as it goes out', async () => {
    const { text: shown, links } = await rendered([
      message(0, { key: 'a', value: '{"n": 9007199254740993,\n "n": 1.0}', partition: 1 }),
      message(1, { key: 'made-up', isKeyGenerated: true, value: '한' }),
      message(2, { key: 'a', partition: 1, value: 'x'.repeat(2_048) }),
    ]);
    assert.equal(shown, [
      '# Plan: send 3 messages to h4j6l-orders · acme · PROD',
      '',
      'Topic:       h4j6l-orders',
      'Account:     acme',
      'Stage:       PROD · Production. A message cannot be taken back.',
      'Access:      Full access',
      'Source:      orders.jsonl',
      'Messages:    3',
      'Size:        2 KiB (2,085 bytes); one message may have 1 MiB (1,048,576 bytes)',
      'Largest:     orders.jsonl:3, 2 KiB (2,048 bytes)',
      'Keys:        2 given, 1 different; 1 made up',
      'Partitions:  1: 2 messages · Data Stream chooses: 1 message',
      'Order:       none: several are under way at a time',
      'Speed:       up to 16 at a time',
      '',
      '## Messages 1–3 of 3',
      '',
      '▸ 1 · orders.jsonl:1 · key "a" · partition 1 · 34 bytes',
      '│ {"n": 9007199254740993,',
      '│  "n": 1.0}',
      '',
      '▸ 2 · orders.jsonl:2 · key "made-up", made up · 3 bytes',
      '│ 한',
      '',
      '▸ 3 · orders.jsonl:3 · key "a" · partition 1 · 2 KiB (2,048 bytes)',
      `│ ${'x'.repeat(2_048)}`,
      '',
    ].join('\n'));
    const lines = shown.split('\n');
    assert.deepEqual(links.map(({ line, start, length, uri, place }) => [lines[line]?.slice(start, start + length), uri, place.line]), [
      ['orders.jsonl', SOURCE.uri, 1], ['orders.jsonl:3', SOURCE.uri, 3],
      ['orders.jsonl:1', SOURCE.uri, 1], ['orders.jsonl:2', SOURCE.uri, 2], ['orders.jsonl:3', SOURCE.uri, 3],
    ]);
  });

  it('lists each problem with its place', async () => {
    const { text: shown, links } = await rendered([message(0), issue(1, { kind: 'unknownVariable', name: 'a\nb', known: [] }), issue(11)]);
    assert.match(shown, /^Messages: +1 of 3 can be sent, 2 have a problem$/m);
    assert.match(shown, /^## 2 problems\n\norders\.jsonl:2:3 {3}\S.*\norders\.jsonl:12:3 {2}\S.*\n\n## 1 message$/m);
    assert.deepEqual(links.find(({ place }) => place.line === 12)?.place, { line: 12, column: 3 });
    assert.match(await text([issue(0)]), /^## 1 problem$[\s\S]*^## Nothing in this plan can be sent\.$/m);
    const many = await text(Array.from({ length: 300 }, (_, index) => issue(index)));
    assert.match(many, /^orders\.jsonl:200:3 .*\nand 100 more$/m);
    assert.doesNotMatch(many, /^orders\.jsonl:201:3/m);
  });

  it('says that Data Stream keeps no order between partitions, where that matters', async () => {
    const note = /^! Data Stream chooses the partition of 2 messages, whatever the key, and keeps no order between partitions\.\n! Name a partition/m;
    const [free, named] = [[message(0), message(1)], [message(0, { partition: 0 }), message(1, { partition: 1 })]];
    assert.match(await text(free, { order: 'perKey' }), note);
    assert.doesNotMatch(await text(free, { order: 'parallel' }), note);
    assert.doesNotMatch(await text(named, { order: 'perKey' }), note);
    const single = { maxValueBytes: 1_048_576, partitions: 1, carries: [] };
    assert.doesNotMatch(await text(free, { order: 'perKey', limits: single }), note);
    assert.match(await text(free, { order: 'perKey' }), /^Order: +one after another for each key;/m);
  });

  it('says what is limited and which environment its variables have', async () => {
    const shown = await text([message(0), message(1)], { ratePerSecond: 50, concurrency: 4, job: { ...jobOf(), environment: 'dev\u202E' } });
    assert.match(shown, /^Speed: +up to 4 at a time, at most 50 a second$/m);
    assert.match(shown, /^Variables: +environment dev\\u202e$/m);
    assert.match(shown, /^# Plan: send 2 messages to h4j6l-orders/);
    // One message has no order, and is as fast as it is.
    assert.doesNotMatch(await text([message(0)], { ratePerSecond: 50 }), /^# Plan: send 1 message to h4j6l-orders[^]*^(?:Order|Speed):/m);
  });

  it('says what a part repeats', async () => {
    const part = (what: 'rest' | 'unknown'): Partial<Plan> => ({ part: { only: [[1, 2]], count: 1, bytes: 7, repeats: { runId: 'r', what } } });
    const rest = await text([message(0), message(1), message(2)], part('rest'));
    assert.match(rest, /^Messages: +1 of 3: the rest of a send that did not put all of them on the topic\.$/m);
    assert.match(rest, /^## 1 message\n\n▸ 2 · .*\n│ \{"n":1\}\n$/m);
    assert.match(await text([message(0), message(1)], part('unknown')), /they are there twice\.$/m);
  });

  it('says why the account cannot send', async () => {
    const locked = naverAccount({ lane: { stage: 'prod', access: 'read-only' } });
    assert.match(await text([message(0)], {}, 0, () => locked), /^Access: +Read-only\. Account "acme" is read-only\. Unlock it to send messages\.$/m);
    assert.match(await text([message(0)], {}, 0, () => undefined), /^Access: +The account was removed meanwhile\.$/m);
  });

  it('names its sources with the part that is sent, and counts those beyond some', async () => {
    const sources = Array.from({ length: 10 }, (_, n) => ({ ...SOURCE, name: `s${n}` }));
    assert.match(await text([message(0)], { job: jobOf(sources) }), /^Source: +s0, s1, s2, s3, s4, s5, s6, s7, and 2 more$/m);
    const ranged = [{ ...SOURCE, range: { start: { line: 3, column: 1 }, end: { line: 9, column: 2 } } }, { ...SOURCE, only: 4 }];
    assert.match(await text([message(0)], { job: jobOf(ranged) }), /^Source: +orders\.jsonl \(lines 3–9\), orders\.jsonl \(message 5\)$/m);
  });

  it('says that nothing can be sent, and only what matters then', async () => {
    const shown = await text([issue(0)]);
    assert.match(shown, /^# Plan: nothing to send to h4j6l-orders · acme · PROD\n/);
    assert.doesNotMatch(shown, /^(?:Keys|Partitions|Order|Speed|Variables):/m);
  });

  it('is drawn with the account as it is now', async () => {
    const now = naverAccount({ name: 'acme-2', lane: { stage: 'staging', access: 'send-only' } });
    const shown = await text([message(0)], {}, 0, () => now);
    assert.match(shown, /^# Plan: .* · acme-2 · STAGING\n/);
    assert.match(shown, /^Account: +acme-2\nStage: +STAGING · Staging\nAccess: +Read and send$/m);
  });

  it('says where messages go in place of the documented host, and that it was another when the plan was made', async () => {
    const moved = /^! The account has another endpoint or zone than when this plan was made\. Plan again to send there\.$/m;
    const origin = 'http://127.0.0.1:5';
    const custom = naverAccount({ endpoints: { messages: origin } });
    const same = await text([message(0)], { account: custom });
    assert.match(same, /^Custom endpoint: +http:\/\/127\.0\.0\.1:5$/m);
    assert.doesNotMatch(same, moved);
    assert.match(await text([message(0)], {}, 0, () => custom), moved);
    assert.match(await text([message(0)], { account: custom }, 0, () => naverAccount()), moved);
    assert.match(await text([message(0)], {}, 0, () => naverAccount({ zone: 'government' })), moved);
    assert.doesNotMatch(await text([message(0)]), /^Custom endpoint:/m);
  });

  it('says which source is not what it was', async () => {
    const shown = await text([message(0)], {}, 0, (plan) => plan.account, [{ ...SOURCE, name: 'a\nb' }]);
    assert.match(shown, /^! a\\u000ab was changed since this plan was made\. Plan again to send what it holds now\.\n\n## /m);
  });

  it('is told to be gone where it is', () => {
    assert.match(gonePlanText().text, /^# This plan is gone\n[\s\S]*choose "Plan"/);
  });
});

describe('the body of a message', () => {
  it('is exact: what was a line is a line, and nothing else is', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '{', '"', '│', '▸', '#', ' ', '\t', '\n', '\r', '\0', '\u001B', '\v', '\u2028', '한') }), (value) => {
      const { lines, hasCarriageReturns, hasControls } = bodyOf(value);
      assert.ok(lines.every((line) => line.startsWith(BODY_MARK) && !/[\r\n\0]/.test(line)));
      const back = lines.map((line) => line.slice(BODY_MARK.length)).join('\n').replaceAll('␍', '\r').replaceAll('␀', '\0').replaceAll('␛', '\u001B').replaceAll('␋', '\v');
      assert.equal(back, value);
      assert.equal(hasCarriageReturns, value.includes('\r'));
      assert.equal(hasControls, /[\0\u001B\v]/.test(value));
    }));
  });

  it('is never cut, and never mistaken for the report’s own words', async () => {
    const forged = '\n## 3 problems\n▸ 7 · forged\n';
    const shown = await text([message(0, { value: `${forged}${'y'.repeat(100_000)}` })]);
    assert.equal(shown.match(/^## /gm)?.length, 1);
    assert.equal(shown.match(/^▸ /gm)?.length, 1);
    assert.ok(shown.includes(`│ ${'y'.repeat(100_000)}\n`));
  });

  it('has a legend where it has a sign for something else', async () => {
    assert.match(await text([message(0, { value: 'a\r\nb\rc' })]), /^In this message ␍ stands for a carriage return\.\n│ a␍\n│ b␍c$/m);
    assert.match(await text([message(0, { value: 'a\u0000b' })]), /^In this message signs such as ␀ and ␛ stand for control characters\.\n│ a␀b$/m);
    assert.doesNotMatch(await text([message(0, { value: 'a\nb' })]), /^In this message/m);
  });
});

describe('pages of a plan', () => {
  const sizes = fc.array(fc.oneof(fc.nat(40), fc.integer({ min: 200_000, max: 1_048_576 }), fc.constant(-1)), { maxLength: 1_300 });
  const only = fc.option(fc.tuple(fc.nat(600), fc.nat(600)).map(([from, length]): readonly IndexRange[] => [[from, from + length]]), { nil: undefined });

  it('hold each message once, in order, and are bounded', async () => {
    await fc.assert(fc.asyncProperty(sizes, only, fc.integer({ min: 1, max: 700 }), async (all, part, batch) => {
      // A size alone: the values themselves would only take time.
      const readings = all.map((bytes, index) => (bytes < 0 ? issue(index) : message(index, { value: '', bytes })));
      const seen: number[] = [];
      for (let number = 0; ; number += 1) {
        const page = await readPlanPage(batches(readings, batch), number, part);
        assert.deepEqual([page.number, page.before], [number, seen.length]);
        assert.ok(page.messages.length <= 500);
        const bytes = page.messages.reduce((sum, one) => sum + one.bytes, 0);
        assert.ok(bytes <= 1_048_576, String(bytes));
        seen.push(...page.messages.map(({ index }) => index));
        if (page.isLast) break;
      }
      const [[from, end] = [0, all.length]] = part ?? [];
      assert.deepEqual(seen, all.flatMap((bytes, index) => (bytes >= 0 && index >= from && index < end ? [index] : [])));
    }), { numRuns: 30 });
  });

  it('end with the last one', async () => {
    const readings = Array.from({ length: 1_001 }, (_, index) => message(index));
    const page = await readPlanPage(batches(readings), Number.MAX_SAFE_INTEGER, undefined);
    assert.deepEqual([page.number, page.before, page.messages.length, page.isLast], [2, 1_000, 1, true]);
    const shown = await text(readings, {}, 1);
    assert.match(shown, /^# Plan: .*\n\n## Messages 501–1,000 of 1,001\n/);
  });

  it('read no further than they have to', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<readonly Reading[]> {
      for (;;) yield await Promise.resolve([message((read += 1))]);
    }
    const page = await readPlanPage(endless(), 0, undefined);
    assert.equal(page.isLast, false);
    assert.equal(read, 501);
  });
});

describe('what can be done with a plan', () => {
  const lenses = (plan: Plan, account: Account | undefined, changed: readonly SourceRef[] = []) =>
    planLenses({ plan, account, changed, page: { number: 0, isLast: true }, format: FORMAT }, 'plan plan-1').map(({ title, command, args }) => [title, command, ...args]);
  const again = ['Plan Again', COMMANDS.renewPlan, 'plan-1'];

  it('says how many messages go where', async () => {
    const plan = await planOf([message(0), message(1)]);
    assert.deepEqual(lenses(plan, plan.account), [['Send 2 Messages to PROD', COMMANDS.sendPlan, 'plan-1'], again]);
    const one = await planOf([message(0), issue(1)], {}, 'dev');
    assert.deepEqual(lenses(one, one.account), [['Send 1 Message to DEV', COMMANDS.sendPlan, 'plan-1'], again]);
  });

  it('is not to send where nothing can be sent, or not by this account', async () => {
    const nothing = await planOf([issue(0)]);
    assert.deepEqual(lenses(nothing, nothing.account), [again]);
    const plan = await planOf([message(0)]);
    assert.deepEqual(lenses(plan, naverAccount({ lane: { stage: 'prod', access: 'read-only' } })), [again]);
    assert.deepEqual(lenses(plan, undefined), []);
    assert.deepEqual(lenses(plan, plan.account, [SOURCE]), [again]);
    assert.deepEqual(lenses(plan, { ...plan.account, endpoints: { messages: 'http://127.0.0.1:5' } }), [again]);
    assert.deepEqual(lenses(plan, { ...plan.account, zone: 'government' }), [again]);
    assert.deepEqual(lenses(plan, nhnAccount()), [again]);
  });

  it('is to choose the environment where it matters', async () => {
    const plan = await planOf([message(0)], { job: { ...jobOf(), environment: '$(zap)' } });
    assert.deepEqual(lenses(plan, undefined), [['Environment: $ (zap)', COMMANDS.chooseEnvironment, 'plan-1']]);
    const unknown = await planOf([issue(0, { kind: 'unknownVariable', name: 'x', known: [] })]);
    // A part is as the send it is a part of.
    assert.deepEqual(lenses({ ...plan, part: { only: [[0, 1]], count: 1, bytes: 7, repeats: { runId: 'r', what: 'rest' } } }, undefined), []);
    assert.deepEqual(lenses(unknown, undefined), [['Choose an Environment', COMMANDS.chooseEnvironment, 'plan-1']]);
  });
});

describe('lines of a report', () => {
  it('stay one line, whatever they hold', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const shown = visible(name);
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
    }));
    assert.equal(visible('a\u202Eb\t'), 'a\\u202eb\\u0009');
  });

  it('keep columns in scripts with wide letters', () => {
    const writer = new ReportWriter();
    writer.fields([['토픽', 'a'], ['Topic', 'b']]);
    writer.table([['ab', 'c', 'd'], ['トピック', { text: 'x', uri: 'u', place: { line: 1, column: 1 } }]]);
    const { text: shown, links } = writer.done();
    assert.equal(shown, '토픽:   a\nTopic:  b\nab        c  d\nトピック  x\n');
    assert.equal(columnsOf('トピック'), 8);
    assert.deepEqual(links.map(({ line, start, length }) => [line, start, length]), [[3, 6, 1]]);
  });
});

describe('the address of a report', () => {
  it('comes back whatever its parts are', () => {
    fc.assert(fc.property(fc.constantFrom('plan' as const, 'run' as const), fc.string({ minLength: 1 }), fc.string({ unit: 'binary' }), (kind, id, topic) => {
      const path = reportPath({ kind, id }, topic);
      assert.deepEqual(readReportPath(path), { kind, id });
      assert.match(path, kind === 'plan' ? /\.send-plan$/ : /\.send-result$/);
    }));
    for (const path of ['', '/', '/plan', '/plan/x', '/other/x/y', 'plan/x/y', '/plan/%/y', '/plan/x/y/z']) assert.equal(readReportPath(path), undefined);
  });
});
