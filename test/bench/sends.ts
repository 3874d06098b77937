import { Agent } from 'undici';

import type { ReadyMessage } from '../../src/sending/message.ts';
import { dataStreamLimits, dataStreamTarget } from '../../src/services/datastream/messageTarget.ts';
import { compare, throughput } from './compare.ts';
import { naver, sendBare, sendByFetch } from './connections.ts';
import { openJournal, sendAll } from './runs.ts';
import type { BenchWorld } from './world.ts';

/** Messages of a run. */
const COUNT = 10_000;

/** Bulk sends through engine and journal, against the same by hand; gives a line to print for each. */
export async function* bulkSends(world: BenchWorld): AsyncGenerator<string> {
  const { client, topic, close } = await naver(world);
  const target = dataStreamTarget(client, topic, dataStreamLimits(undefined));
  const { store, close: closeJournal } = await openJournal();
  const ours = (concurrency: number) => (): Promise<void> => sendAll(batches(), { count: COUNT, concurrency }, target, store);
  for (const concurrency of [16, 64]) {
    const dispatcher = new Agent();
    const name = `10,000 sends, ${concurrency} at a time, journal on: engine against a signed undici loop`;
    const bare = (): Promise<void> => loop(concurrency, (index) => sendBare(world, bodyOf(topic, index), dispatcher));
    yield throughput(await compare(name, { ours: ours(concurrency), bare }, 9), COUNT);
    await dispatcher.close();
  }
  const bare = (): Promise<void> => loop(1, (index) => sendByFetch(world, bodyOf(topic, index)));
  const name = '10,000 sends, 16 at a time, journal on: engine against fetch, one after another';
  yield throughput(await compare(name, { ours: ours(16), bare }, 1, 1), COUNT);
  await closeJournal();
  await close();
}

/** So many at a time, each of them one after another. */
async function loop(concurrency: number, send: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < COUNT) await send((next += 1));
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

function bodyOf(topic: string, index: number): unknown {
  return { topic, key: `key-${index % 100}`, value: valueOf(index) };
}

function valueOf(index: number): string {
  return `{"order":${index},"amount":9007199254740993,"items":["apple","pear"],"note":"주문 ${index}"}`;
}

async function* batches(): AsyncGenerator<readonly ReadyMessage[]> {
  for (let from = 0; from < COUNT; from += 500) {
    await Promise.resolve();
    yield Array.from({ length: 500 }, (_unused, place) => {
      const index = from + place;
      const value = valueOf(index);
      const where = { source: 0, place: { line: index + 1, column: 1 } };
      return { index, ...where, key: `key-${index % 100}`, isKeyGenerated: false, value, bytes: Buffer.byteLength(value), partition: undefined };
    });
  }
}
