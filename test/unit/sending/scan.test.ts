import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { indexesOf, isWithin, lengthOf } from '../../../src/sending/indexRanges.ts';
import type { MessageIssue, Reading, ReadyMessage } from '../../../src/sending/message.ts';
import type { IndexRange } from '../../../src/sending/recording.ts';
import { scanMessages } from '../../../src/sending/reading/scan.ts';

function message(index: number, changes: Partial<ReadyMessage> = {}): ReadyMessage {
  const value = changes.value ?? `v${index}`;
  return {
    index, source: 0, place: { line: index + 1, column: 1 }, key: `k${index}`, isKeyGenerated: false, value,
    bytes: Buffer.byteLength(value), partition: undefined, ...changes,
  };
}

function issue(index: number): MessageIssue {
  return { index, source: 0, place: { line: index + 1, column: 3 }, length: 0, reason: { kind: 'valueMissing' } };
}

async function* batches(readings: readonly Reading[], size = 3): AsyncGenerator<readonly Reading[]> {
  for (let at = 0; at < readings.length; at += size) yield await Promise.resolve(readings.slice(at, at + size));
}

const scan = (readings: readonly Reading[], only?: readonly IndexRange[]) => scanMessages(batches(readings), only === undefined ? {} : { only });
const print = async (readings: readonly Reading[]): Promise<string> => (await scan(readings)).facts.fingerprint;

describe('scanMessages', () => {
  it('adds up what can be sent, and keeps what cannot', async () => {
    const { facts, part } = await scan([
      message(0, { value: '한', key: 'a', partition: 3 }),
      issue(1),
      message(2, { value: 'abcdef', key: 'a', partition: 0 }),
      message(3, { value: 'x', key: 'made up', isKeyGenerated: true }),
      message(4, { value: '', key: 'b', partition: 3 }),
    ]);
    assert.equal(part, undefined);
    assert.equal(facts.count, 4);
    assert.equal(facts.total, 5);
    assert.equal(facts.issueCount, 1);
    assert.deepEqual(facts.issues, [issue(1)]);
    assert.equal(facts.bytes, 10);
    assert.deepEqual(facts.largest, { bytes: 6, source: 0, place: { line: 3, column: 1 } });
    assert.equal(facts.generatedKeys, 1);
    assert.equal(facts.distinctKeys, 2);
    assert.deepEqual([...facts.partitions], [[0, 1], [3, 2]]);
    assert.equal(facts.unassigned, 1);
    assert.match(facts.fingerprint, /^[0-9a-f]{64}$/);
  });

  it('finds nothing in nothing', async () => {
    const { facts } = await scan([]);
    assert.deepEqual([facts.count, facts.total, facts.largest, facts.distinctKeys], [0, 0, undefined, 0]);
  });

  it('counts the part by itself, without what cannot be sent in it', async () => {
    const { facts, part } = await scan([message(0), message(1), issue(2), message(3), message(4)], [[1, 4]]);
    assert.deepEqual(part, { count: 2, bytes: 4 });
    assert.equal(facts.count, 4);
  });

  it('keeps a thousand problems and counts the others', async () => {
    const { facts } = await scan(Array.from({ length: 1_200 }, (_, index) => issue(index)));
    assert.equal(facts.issues.length, 1_000);
    assert.equal(facts.issueCount, 1_200);
  });

  it('stops counting keys where there are too many', async () => {
    const { facts } = await scan(Array.from({ length: 100_001 }, (_, index) => message(index, { value: '' })));
    assert.equal(facts.distinctKeys, undefined);
    const long = await scan(Array.from({ length: 9 }, (_, index) => message(index, { key: `${index}${'k'.repeat(1_000_000)}` })));
    assert.equal(long.facts.distinctKeys, undefined);
  });

  it('tells how far it is', async () => {
    const told: number[] = [];
    await scanMessages(batches([message(0), message(1), message(2), message(3)]), { onProgress: (read) => told.push(read) });
    assert.deepEqual(told, [3, 4]);
  });

  it('throws what the reading throws', async () => {
    async function* broken(): AsyncGenerator<readonly Reading[]> {
      yield await Promise.resolve([message(0)]);
      throw new RangeError('broken');
    }
    await assert.rejects(scanMessages(broken()), RangeError);
  });
});

describe('the fingerprint', () => {
  const texts = fc.array(fc.record({ key: fc.string(), value: fc.string(), partition: fc.option(fc.nat(3), { nil: undefined }) }), { maxLength: 6 });
  const readings = (all: readonly Partial<ReadyMessage>[]): readonly Reading[] => all.map((changes, index) => message(index, changes));

  it('is the same for the same messages, however they are batched', async () => {
    await fc.assert(fc.asyncProperty(texts, fc.integer({ min: 1, max: 7 }), async (all, size) => {
      const other = await scanMessages(batches(readings(all), size));
      assert.equal(other.facts.fingerprint, await print(readings(all)));
    }));
  });

  it('is another one for any other messages', async () => {
    await fc.assert(fc.asyncProperty(texts, texts, async (a, b) => {
      fc.pre(JSON.stringify(a) !== JSON.stringify(b));
      assert.notEqual(await print(readings(a)), await print(readings(b)));
    }));
  });

  it('knows where one part ends and the next begins, and which number a message has', async () => {
    const base = await print([message(0, { key: 'ab', value: 'c' })]);
    assert.notEqual(await print([message(0, { key: 'a', value: 'bc' })]), base);
    assert.notEqual(await print([message(1, { key: 'ab', value: 'c' })]), base);
    assert.notEqual(await print([message(0, { key: 'ab', value: 'c', partition: 0 })]), base);
  });
});

describe('ranges of indexes', () => {
  const some = fc.uniqueArray(fc.nat(60), { maxLength: 20 }).map((numbers): { numbers: readonly number[]; ranges: readonly IndexRange[] } => {
    const sorted = numbers.toSorted((a, b) => a - b);
    const ranges: [number, number][] = [];
    for (const number of sorted) {
      const last = ranges.at(-1);
      if (last?.[1] === number) last[1] = number + 1;
      else ranges.push([number, number + 1]);
    }
    return { numbers: sorted, ranges };
  });

  it('hold exactly their numbers', () => {
    fc.assert(fc.property(some, fc.integer({ min: -2, max: 65 }), ({ numbers, ranges }, index) => {
      assert.equal(isWithin(ranges, index), numbers.includes(index));
      assert.equal(lengthOf(ranges), numbers.length);
    }));
  });

  it('give the numbers at any positions', () => {
    fc.assert(fc.property(some, fc.nat(25), fc.nat(25), ({ numbers, ranges }, start, length) => {
      assert.deepEqual([...indexesOf(ranges, start, start + length)], numbers.slice(start, start + length));
    }));
  });
});
