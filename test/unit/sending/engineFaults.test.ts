import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import fc from 'fast-check';

import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { startEmulator, type Emulator } from '../../../src/emulator/emulator.ts';
import type { FaultEffect } from '../../../src/emulator/faults.ts';
import { seededRandom } from '../../../src/emulator/random.ts';
import type { EngineResult } from '../../../src/sending/engine/engine.ts';
import type { SendOrder } from '../../../src/sending/job.ts';
import type { ReadyMessage } from '../../../src/sending/message.ts';
import type { MessageTarget } from '../../../src/sending/messageTarget.ts';
import { dataStreamLimits, dataStreamTarget } from '../../../src/services/datastream/messageTarget.ts';
import { connect, naver } from '../api/support.ts';
import { batches, type MemoryRecorder, message, messages, run } from './engineSupport.ts';

const TOPIC = 'h4j6l-faults';

/** An emulator with one topic that keeps every message, and the real client as its target. */
async function world(t: TestContext, timeoutMs = 20_000): Promise<{ readonly emulator: Emulator; readonly target: MessageTarget }> {
  const emulator = await startEmulator({ sampleData: 'none', keptMessages: 100_000 });
  t.after(() => emulator.close());
  const { dataStream } = emulator.world;
  dataStream.add({ name: TOPIC, description: '', partitions: 3, retentionMs: 86_400_000, createdAt: 0, creatingMs: 0 });
  const { accessKeyId, secretKey, messages: origin } = emulator.credentials.naver;
  const { connection } = connect(t, naver(origin), { keyId: accessKeyId, secret: secretKey }, { timeoutMs: () => timeoutMs });
  return { emulator, target: dataStreamTarget(new DataStreamClient(connection), TOPIC, dataStreamLimits(3)) };
}

/** Every message has come to at most one outcome, and what the emulator holds agrees with it to the last one. */
function assertAgrees(emulator: Emulator, all: readonly ReadyMessage[], recorder: MemoryRecorder): void {
  const stored = new Map<string, number>();
  for (const partition of emulator.world.dataStream.byName(TOPIC)?.log.partitions ?? []) {
    for (const { value } of partition.messages) stored.set(value, (stored.get(value) ?? 0) + 1);
  }
  for (const { index, value } of all) {
    const times = stored.get(value) ?? 0;
    const kind = recorder.outcomes.get(index)?.kind ?? 'notSent';
    const isTrue = { acknowledged: times === 1, refused: times === 0, notSent: times === 0, unknown: times <= 1 }[kind];
    assert.ok(isTrue, `message ${index} ended as ${kind} and is there ${times} times`);
  }
}

/** So many requests pass, then so many are harmed, and so on. */
function harm(emulator: Emulator, bursts: readonly { readonly pass: number; readonly times: number; readonly effect: FaultEffect }[]): void {
  let skip = 0;
  for (const { pass, times, effect } of bursts) {
    skip += pass;
    emulator.faults.inject({ service: 'messages', skip, times, effect });
  }
}

function reply(status: number, body = '', headers: Readonly<Record<string, string>> = {}): FaultEffect {
  return { kind: 'reply', status, body, headers };
}

test('messages in parallel arrive once each, in the partition they name', async (t) => {
  const { emulator, target } = await world(t);
  const all = Array.from({ length: 300 }, (_unused, index) => message(index, `k${index % 7}`, index % 4 === 3 ? undefined : index % 3));
  const { result, recorder } = await run(batches(all), target, { concurrency: 16 });
  assert.deepEqual(result, { acknowledged: 300, refused: 0, unknown: 0 });
  assertAgrees(emulator, all, recorder);
  const log = emulator.world.dataStream.byName(TOPIC)?.log;
  for (const { value, key, partition } of all) {
    if (partition === undefined) continue;
    assert.equal(log?.partitions[partition]?.messages.find((stored) => stored.value === value)?.key, key);
  }
});

test('the messages of a key are in the topic in their order', async (t) => {
  const { emulator, target } = await world(t);
  const all = Array.from({ length: 400 }, (_unused, index) => message(index, `k${index % 5}`, 0));
  harm(emulator, [{ pass: 40, times: 6, effect: reply(429) }, { pass: 30, times: 3, effect: reply(429, '', { 'Retry-After': '1' }) }]);
  const { result } = await run(batches(all, 60), target, { concurrency: 16, order: 'perKey' });
  assert.equal(result.acknowledged, 400);
  const stored = emulator.world.dataStream.byName(TOPIC)?.log.partitions[0]?.messages ?? [];
  for (let key = 0; key < 5; key += 1) {
    const own = stored.filter((one) => one.key === `k${key}`).map(({ value }) => value);
    assert.deepEqual(own, all.filter((one) => one.key === `k${key}`).map(({ value }) => value));
  }
});

test('bursts of 429 are waited out, told how long or not: every message arrives, once', async (t) => {
  const rateLimited = '{"error":{"errorCode":"420","message":"Rate Limited"}}';
  const soon = new Date(Date.now() + 20_000).toUTCString();
  const answers = [reply(429), reply(429, rateLimited, { 'Retry-After': '3' }), reply(429, '', { 'Retry-After': soon })];
  // A status of its own inside of a 200 is a refusal, too.
  for (const effect of [...answers, reply(200, '{"status":429,"detail":"Too Many Requests"}')]) {
    const { emulator, target } = await world(t);
    harm(emulator, Array.from({ length: 12 }, (_unused, burst) => ({ pass: burst * 3, times: 1 + burst * 2, effect })));
    const all = messages(400);
    const { result, recorder } = await run(batches(all), target, { concurrency: 16 });
    assert.deepEqual(result, { acknowledged: 400, refused: 0, unknown: 0 });
    assertAgrees(emulator, all, recorder);
  }
});

test('a service that has too many requests for good takes nothing, and the rest is not sent', async (t) => {
  const { emulator, target } = await world(t);
  harm(emulator, [{ pass: 50, times: 100_000, effect: reply(429, '', { 'Retry-After': '1' }) }]);
  const all = messages(300);
  const { result, recorder } = await run(batches(all), target, { concurrency: 8 });
  assert.equal(result.acknowledged, 50);
  assert.deepEqual([result.unknown, result.refused > 0 && result.refused <= 8], [0, true]);
  assert.deepEqual(result.stopped, { kind: 'rateLimited', status: 429 });
  assertAgrees(emulator, all, recorder);
});

/** What one answer of each kind makes of the message it is about. */
const CASES: readonly (readonly [name: string, effect: FaultEffect, outcome: 'refused' | 'unknown'])[] = [
  ['a socket closed before it was carried out', { kind: 'close', when: 'before' }, 'unknown'],
  ['a socket closed after it was carried out', { kind: 'close', when: 'after' }, 'unknown'],
  ['an answer after the time is over', { kind: 'delay', ms: 60_000 }, 'unknown'],
  ['no answer at all', { kind: 'hang' }, 'unknown'],
  ['half an answer, and a closed socket', { kind: 'truncate', bytes: 9 }, 'unknown'],
  ['nothing but the head of an answer', { kind: 'truncate', bytes: 0 }, 'unknown'],
  ['half an answer as if it were whole', reply(200, '{"status":2'), 'unknown'],
  ['an answer of another shape', reply(200, '[]'), 'unknown'],
  ['a status that is no number', reply(200, '{"status":"fine"}'), 'unknown'],
  ['a page of a proxy that cannot reach it', { kind: 'html' }, 'unknown'],
  ['a page in place of an answer', reply(200, '<html><body>Sign in</body></html>', { 'Content-Type': 'text/html' }), 'unknown'],
  ['a page that refuses', reply(403, '<html><body>Blocked</body></html>', { 'Content-Type': 'text/html' }), 'refused'],
  ['bytes that are no HTTP', { kind: 'garbage' }, 'unknown'],
  ['an endpoint that cannot be reached', reply(503, '{"error":{"errorCode":"500","message":"Endpoint Error"}}'), 'unknown'],
  ['a timeout of the gateway', reply(504, '{"error":{"errorCode":"510","message":"Endpoint Timeout"}}'), 'unknown'],
  ['a breakdown in its own format', reply(500, '{"status":500,"detail":"x"}'), 'unknown'],
  ['a breakdown inside of a 200', reply(200, '{"status":500,"detail":"x"}'), 'unknown'],
  ['a breakdown that names a limit', reply(500, '{"code":"LimitExceeded","title":"x"}'), 'unknown'],
  ['a timeout that names a parameter', reply(504, '{"code":"InvalidParameter"}'), 'unknown'],
  ['too many requests after a breakdown', reply(429, '{"code":"InternalError"}'), 'unknown'],
  ['an error inside of a 200, without a status', reply(200, '{"code":"InternalError","title":"t"}'), 'unknown'],
  ['nothing but an error inside of a 200', reply(200, '{"error":"no such topic"}'), 'unknown'],
  ['an answer too long to be one', reply(200, `{"status":200,"detail":"${'x'.repeat(70_000)}"}`), 'unknown'],
  ['a refusal in its own format', reply(400, '{"status":400,"detail":"bad"}'), 'refused'],
  ['a refusal inside of a 200', reply(200, '{"status":"400","detail":"bad"}'), 'refused'],
  ['a refusal as the other API has them', reply(400, '{"type":"about:blank","title":"Bad Request","status":400,"code":"InvalidParameter"}'), 'refused'],
  ['a size that the gateway refuses', reply(413, '{"error":{"errorCode":"430","message":"Request Entity Too Large"}}'), 'refused'],
];

test('whatever the answer, a message comes to one outcome, and no other is touched', async (t) => {
  const { emulator, target } = await world(t, 1_000);
  const all = messages(CASES.length * 10);
  // One at a time, so that it is known which message meets which answer.
  harm(emulator, CASES.map(([, effect], place) => ({ pass: place === 0 ? 3 : 9, times: 1, effect })));
  const { result, recorder } = await run(batches(all), target, { concurrency: 1 });
  for (const [place, [name, , outcome]] of CASES.entries()) {
    assert.equal(recorder.outcomes.get(place * 10 + 3)?.kind, outcome, name);
  }
  assert.equal(result.acknowledged, all.length - CASES.length);
  const own = CASES.findIndex(([name]) => name === 'a refusal inside of a 200');
  assert.deepEqual(recorder.outcomes.get(own * 10 + 3), { kind: 'refused', note: { kind: 'invalid', status: 400, detail: 'bad' } });
  assertAgrees(emulator, all, recorder);
});

const effects: fc.Arbitrary<FaultEffect> = fc.constantFrom<FaultEffect>(
  reply(429),
  reply(429, '', { 'Retry-After': '2' }),
  { kind: 'close', when: 'before' },
  { kind: 'close', when: 'after' },
  { kind: 'truncate', bytes: 5 },
  { kind: 'html' },
  { kind: 'garbage' },
  reply(200, '{"st'),
  reply(400, '{"status":400,"detail":"bad"}'),
);

test('however faults fall, the topic holds what was acknowledged, once, and nothing that was refused or not sent', async (t) => {
  const { emulator, target } = await world(t);
  const burst = fc.record({ pass: fc.nat(25), times: fc.integer({ min: 1, max: 20 }), effect: effects });
  const order = fc.constantFrom<SendOrder>('parallel', 'perKey');
  let base = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(burst, { maxLength: 8 }), fc.constantFrom(1, 4, 16), order, fc.option(fc.nat(150)), async (bursts, concurrency, keyed, cancelAt) => {
      emulator.faults.clear();
      harm(emulator, bursts);
      const all = Array.from({ length: 150 }, (_unused, index) => ({ ...message(index, `k${index % 20}`), value: String(base + index) }));
      base += all.length;
      const controller = new AbortController();
      let sent = 0;
      const counted: MessageTarget = {
        ...target,
        send: (one, signal) => {
          sent += 1;
          if (sent === cancelAt) controller.abort();
          return target.send(one, signal);
        },
      };
      const options = { concurrency, order: keyed, signal: controller.signal, graceMs: 5 };
      const { result, recorder } = await run(batches(all, 40), counted, options);
      assertAgrees(emulator, all, recorder);
      assertWhole(result, all.length, recorder, keyed);
    }),
    { numRuns: 60 },
  );
});

/** Nothing is left out without a reason. */
function assertWhole(result: EngineResult, count: number, recorder: MemoryRecorder, order: SendOrder): void {
  if (result.stopped !== undefined || order === 'perKey') return;
  assert.equal(recorder.outcomes.size, count);
}

test('a run that is cut off mid-way does not know of what was under way, and of no more', async (t) => {
  const { emulator, target } = await world(t);
  const random = seededRandom(7, 'cancel');
  const all = messages(2_000);
  const controller = new AbortController();
  const stopAt = random.integer(200, 1_500);
  let sent = 0;
  const counted: MessageTarget = {
    ...target,
    send: (one, signal) => {
      sent += 1;
      if (sent === stopAt) controller.abort();
      return target.send(one, signal);
    },
  };
  const { result, recorder } = await run(batches(all), counted, { concurrency: 16, signal: controller.signal, graceMs: 0 });
  assert.equal(result.stopped, 'cancelled');
  assert.ok(result.unknown <= 16 && result.refused <= 16);
  assert.ok(recorder.left.length <= stopAt + 16);
  assertAgrees(emulator, all, recorder);
});
