import { memoryUsage } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { isIssue, type Reading, type ReadyMessage } from '../../src/sending/message.ts';
import type { MessageTarget } from '../../src/sending/messageTarget.ts';
import { readMessages } from '../../src/sending/reading/readMessages.ts';
import { scanMessages } from '../../src/sending/reading/scan.ts';
import type { MessageSource } from '../../src/sending/source.ts';
import { dataStreamLimits, dataStreamTarget } from '../../src/services/datastream/messageTarget.ts';
import { naver } from './connections.ts';
import { JOB, openJournal, sendAll } from './runs.ts';
import type { BenchWorld } from './world.ts';

const MEGABYTE = 1_048_576;
/** The garbage is collected, and what is left is counted, each so many messages. */
const EVERY = 50_000;
/** Text comes in pieces as from a file. */
const LINES_IN_A_PIECE = 600;

/** Reads, plans and sends many JSON Lines, and gives a line for each target that says what memory that took. */
export async function* memoryOfLines(world: BenchWorld): AsyncGenerator<string> {
  const { client, topic, close } = await naver(world);
  const limits = dataStreamLimits(undefined);
  const atOnce: MessageTarget = { limits, send: () => Promise.resolve(), curl: () => '' };
  yield await measured(100_000, dataStreamTarget(client, topic, limits), 'sent to the emulator');
  yield await measured(1_000_000, atOnce, 'given to a target that takes everything at once');
  await close();
}

async function measured(count: number, target: MessageTarget, where: string): Promise<string> {
  const { store, close } = await openJournal();
  const collect = collector();
  // What ran before lets go of its last things one after another.
  for (let round = 0; round < 5; round += 1) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const before = kept();
  const rssBefore = memoryUsage.rss();
  let most = 0;
  let mostRss = 0;
  const look = (): void => {
    mostRss = Math.max(mostRss, memoryUsage.rss() - rssBefore);
    collect();
    most = Math.max(most, kept() - before);
  };
  const startedAt = performance.now();
  const { facts } = await scanMessages(readings(count, target), {});
  look();
  await sendAll(ready(count, target, look), { count: facts.count, concurrency: 64 }, target, store);
  look();
  const seconds = (performance.now() - startedAt) / 1_000;
  await close();
  const size = Math.round(facts.bytes / MEGABYTE);
  return (
    `${(most / MEGABYTE).toFixed(1).padStart(6)} MB of memory for ${count.toLocaleString('en')} JSON Lines (${size} MB of values), journal on, ${where}` +
    `  (kept at most, looked at every ${EVERY.toLocaleString('en')} messages; resident set +${(mostRss / MEGABYTE).toFixed(0)} MB; ${seconds.toFixed(0)} s)`
  );
}

function kept(): number {
  const { heapUsed, external } = memoryUsage();
  return heapUsed + external;
}

/** Node's collector, which this process was not started with. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** What was read and can be sent, looked at now and then. */
async function* ready(count: number, target: MessageTarget, look: () => void): AsyncGenerator<readonly ReadyMessage[]> {
  let next = EVERY;
  for await (const batch of readings(count, target)) {
    const messages = batch.filter(isReady);
    yield messages;
    if ((messages.at(-1)?.index ?? 0) < next) continue;
    next += EVERY;
    look();
  }
}

function isReady(reading: Reading): reading is ReadyMessage {
  return !isIssue(reading);
}

function readings(count: number, { limits }: MessageTarget): ReturnType<typeof readMessages> {
  const no = (): Promise<never> => Promise.reject(new Error('Nothing is asked for'));
  const context = { job: JOB, limits, variables: new Map<string, string>(), env: no, file: no };
  return readMessages([sourceOf(count)], context, new AbortController().signal);
}

/** Lines that are made as they are read: they are nowhere before, so that only what reading and sending keep is counted. */
function sourceOf(count: number): MessageSource {
  return {
    ...{ uri: 'bench:lines', name: 'lines', format: 'jsonLines', content: 'value' },
    start: { line: 1, column: 1 },
    isUnchanged: () => Promise.resolve(true),
    async *read() {
      for (let from = 0; from < count; from += LINES_IN_A_PIECE) {
        await Promise.resolve();
        const length = Math.min(LINES_IN_A_PIECE, count - from);
        yield Array.from({ length }, (_unused, place) => `${lineOf(from + place)}\n`).join('');
      }
    },
  };
}

function lineOf(index: number): string {
  return `{"order":${index},"amount":9007199254740993,"customer":"customer-${index % 1_000}","items":["apple","pear"],"note":"주문 ${index}"}`;
}
