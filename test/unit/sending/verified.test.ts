import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import type { Reading, ReadyMessage } from '../../../src/sending/message.ts';
import { scanMessages } from '../../../src/sending/reading/scan.ts';
import { verified } from '../../../src/sending/reading/verified.ts';
import { SourceChangedError } from '../../../src/sending/source.ts';
import { runMessage } from './journalSupport.ts';

type Change = (readings: Reading[]) => void;

function messages(count: number, changes: Partial<ReadyMessage> = {}): Reading[] {
  return Array.from({ length: count }, (_unused, index) => runMessage(index, changes));
}

function issueAt(index: number): Reading {
  return { index, source: 0, place: { line: index + 1, column: 1 }, length: 0, reason: { kind: 'valueMissing' } };
}

async function* batches(readings: readonly Reading[], size: number): AsyncGenerator<readonly Reading[]> {
  for (let at = 0; at < readings.length; at += size) yield await Promise.resolve(readings.slice(at, at + size));
}

/** What is passed on of `now`, given a plan of `then`, and what was thrown. */
async function passedOn(then: readonly Reading[], now: readonly Reading[], size = 300): Promise<{ blocks: (readonly Reading[])[]; error?: unknown }> {
  const { facts } = await scanMessages(batches(then, 700));
  const blocks: (readonly Reading[])[] = [];
  try {
    for await (const block of verified(batches(now, size), facts)) blocks.push(block);
  } catch (error) {
    return { blocks, error };
  }
  return { blocks };
}

describe('verified', () => {
  it('passes on what the plan was made from, however it is batched', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(3_100), fc.integer({ min: 1, max: 2_500 }), fc.uniqueArray(fc.nat(3_100), { maxLength: 5 }), async (count, size, odd) => {
      const readings = messages(count).map((reading) => (odd.includes(reading.index) ? issueAt(reading.index) : reading));
      const { blocks, error } = await passedOn(readings, readings, size);
      assert.equal(error, undefined);
      assert.deepEqual(blocks.flat(), readings);
      assert.ok(blocks.every(({ length }) => length <= 1_000));
    }), { numRuns: 30 });
  });

  const changes: Readonly<Record<string, { readonly change: Change; readonly before: number }>> = {
    'a value': { change: (all) => all.splice(1_500, 1, runMessage(1_500, { value: 'other' })), before: 1_000 },
    'a key': { change: (all) => all.splice(10, 1, runMessage(10, { key: 'other' })), before: 0 },
    'a partition': { change: (all) => all.splice(2_400, 1, runMessage(2_400, { partition: 2 })), before: 2_000 },
    'an issue that was not there': { change: (all) => all.splice(1_000, 1, issueAt(1_000)), before: 1_000 },
    'a message in the place of an issue': { change: (all) => all.splice(2_450, 1, runMessage(2_450)), before: 2_000 },
    'fewer of them': { change: (all) => all.splice(2_200), before: 2_000 },
    'fewer of them, at the end of a block': { change: (all) => all.splice(2_000), before: 2_000 },
    'more of them': { change: (all) => all.push(runMessage(all.length)), before: 2_000 },
    'one source away': { change: (all) => all.splice(500, 2_000, issueAt(500)), before: 0 },
  };
  for (const [what, { change, before }] of Object.entries(changes)) {
    it(`passes nothing on from the block that has another: ${what}`, async () => {
      const then = messages(2_500);
      then.splice(2_450, 1, issueAt(2_450));
      const now = [...then];
      change(now);
      const { blocks, error } = await passedOn(then, now);
      assert.ok(error instanceof SourceChangedError);
      assert.deepEqual(blocks.flat(), then.slice(0, before));
    });
  }

  it('takes no line more, where the plan ends with a whole block', async () => {
    for (const extra of [runMessage(2_000), issueAt(2_000)]) {
      const then = messages(2_000);
      const { blocks, error } = await passedOn(then, [...then, extra]);
      assert.ok(error instanceof SourceChangedError);
      assert.equal(blocks.flat().length, 2_000);
    }
  });

  it('keeps no more back than some megabytes', async () => {
    const large = messages(20, { value: 'x'.repeat(1_048_576), bytes: 1_048_576 });
    const { blocks } = await passedOn(large, large, 20);
    assert.deepEqual(blocks.map(({ length }) => length), [8, 8, 4]);
  });

  it('has a few bytes for each thousand', async () => {
    const { facts } = await scanMessages(batches(messages(2_500), 700));
    assert.equal(facts.checks.length, 3);
    assert.ok(facts.checks.every((check) => /^[\w-]{22}$/.test(check)));
  });
});
