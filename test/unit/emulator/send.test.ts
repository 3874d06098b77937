import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { emulate } from './helpers.ts';

const produce = '/api/produce';
const topic = 'h4j6l-orders';

function ends(emulator: Emulator): bigint[] {
  const partitions = emulator.world.dataStream.byName(topic)?.log.partitions ?? [];
  return partitions.map((partition) => partition.endOffset(emulator.world.now()));
}

test('a message lands in the partition asked for, and its text survives byte for byte', async (context) => {
  const { emulator, client } = await emulate(context);
  const before = ends(emulator);
  const value = '{"n":9007199254740993,"n":1.0,  "한글":"\\u0000🎋"}';
  const answer = await client.naver('POST', produce, { topic, key: 'k', value, partition: 4 });
  assert.deepEqual([answer.status, answer.json], [200, { status: 200, detail: 'OK' }]);
  assert.deepEqual(
    ends(emulator),
    before.map((end, index) => (index === 4 ? end + 1n : end)),
  );
  const shown = await client.raw('GET', `/_emulator/topics/${topic}`);
  const { partitions } = shown.json as { partitions: { messages: { key: string; value: string; offset: number }[] }[] };
  const last = partitions[4]?.messages.at(-1);
  assert.deepEqual([last?.key, last?.value, BigInt(last?.offset ?? 0)], ['k', value, before[4]]);
});

test('messages without partition are spread over all of them', async (context) => {
  const { emulator, client } = await emulate(context);
  const before = ends(emulator);
  for (let count = 0; count < 6; count += 1) await client.naver('POST', produce, { topic, key: 'same', value: '' });
  assert.deepEqual(
    ends(emulator),
    before.map((end) => end + 1n),
  );
});

test('sends are refused in the format of their own', async (context) => {
  const { emulator, client } = await emulate(context);
  const before = ends(emulator);
  const good = { topic, key: 'k', value: 'v' };
  const cases: readonly (readonly [number, unknown])[] = [
    [400, 'half {'],
    [400, []],
    [400, { ...good, topic: 1 }],
    [400, { ...good, key: undefined }],
    [400, { ...good, key: null }],
    [400, { ...good, value: { a: 1 } }],
    [400, { ...good, partition: 6 }],
    [400, { ...good, partition: -1 }],
    [400, { ...good, partition: 0.5 }],
    [400, { ...good, partition: '0' }],
    [404, { ...good, topic: 'h4j6l-nothing' }],
    [413, { ...good, value: 'x'.repeat(1_048_576) }],
  ];
  for (const [status, body] of cases) {
    const answer = await client.naver('POST', produce, body);
    const { status: bodyStatus, detail } = answer.json as { status: number; detail: string };
    assert.deepEqual([answer.status, bodyStatus, typeof detail], [status, status, 'string'], answer.text);
  }
  assert.deepEqual(ends(emulator), before);
  const largest = await client.naver('POST', produce, { ...good, value: 'x'.repeat(1_048_575) });
  assert.equal(largest.status, 200);
});

test("the main account's key and a viewer cannot send", async (context) => {
  const { emulator, client } = await emulate(context);
  const before = ends(emulator);
  assert.equal((await client.naverMain('POST', produce, { topic, key: 'k', value: 'v' })).status, 403);
  emulator.world.naverRole = 'viewer';
  assert.equal((await client.naver('POST', produce, { topic, key: 'k', value: 'v' })).status, 403);
  assert.deepEqual(ends(emulator), before);
});

test('a topic that is not ready takes no messages', async (context) => {
  const { client, clock } = await emulate(context, { sampleData: 'none', timings: { creatingMs: 10 } });
  await client.naver('POST', '/api/v1/topics', { name: 'h4j6l-a' });
  const message = { topic: 'h4j6l-a', key: '', value: '' };
  assert.equal((await client.naver('POST', produce, message)).status, 400);
  clock.now += 10;
  assert.equal((await client.naver('POST', produce, message)).status, 200);
});

test('any key and value arrive as they are, and memory stays bounded while offsets count', async (context) => {
  const { emulator, client } = await emulate(context);
  const partition = emulator.world.dataStream.byName(topic)?.log.partitions[0];
  assert.ok(partition);
  const text = fc.string({ unit: 'binary' });
  await fc.assert(
    fc.asyncProperty(text, text, async (key, value) => {
      const offset = partition.endOffset(emulator.world.now());
      assert.equal((await client.naver('POST', produce, { topic, key, value, partition: 0 })).status, 200);
      const last = partition.messages.at(-1);
      assert.deepEqual([last?.offset, last?.key, last?.value], [offset, key, value]);
    }),
    { numRuns: 60 },
  );
  const before = partition.endOffset(emulator.world.now());
  for (let count = 0; count < 500; count += 1) partition.append(emulator.world.now(), 'k', 'v');
  assert.equal(partition.endOffset(emulator.world.now()), before + 500n);
  assert.ok(partition.messages.length <= 100);
});
