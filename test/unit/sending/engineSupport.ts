import assert from 'node:assert/strict';

import { CancelledError } from '../../../src/model/cloudError.ts';
import type { EngineDeps, EngineOptions, EngineResult } from '../../../src/sending/engine/engine.ts';
import { sendMessages } from '../../../src/sending/engine/engine.ts';
import type { ReadyMessage } from '../../../src/sending/message.ts';
import type { MessageTarget } from '../../../src/sending/messageTarget.ts';
import type { Progress } from '../../../src/sending/engine/progressMeter.ts';
import type { MessageOutcome, SendRecorder } from '../../../src/sending/recording.ts';

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

/** A clock that stands still while anything can happen without it, and then goes to the next time somebody waits for. */
export class VirtualClock {
  #nowMs = 1_000;
  #timers: readonly Timer[] = [];
  #isTicking = false;

  readonly now = (): number => this.#nowMs;

  readonly wait = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(new CancelledError());
        return;
      }
      const timer: Timer = { at: this.#nowMs + ms, ring: resolve };
      signal?.addEventListener('abort', () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        reject(new CancelledError());
      });
      // Who waited first for a time wakes first.
      this.#timers = [...this.#timers, timer].toSorted((a, b) => a.at - b.at);
      this.#tick();
    });

  #tick(): void {
    if (this.#isTicking) return;
    this.#isTicking = true;
    setImmediate(() => {
      this.#isTicking = false;
      const [timer, ...others] = this.#timers;
      if (timer === undefined) return;
      this.#timers = others;
      this.#nowMs = Math.max(this.#nowMs, timer.at);
      timer.ring();
      this.#tick();
    });
  }
}

/** Takes down what a run does, and refuses what no run may do. */
export class MemoryRecorder implements SendRecorder {
  readonly outcomes = new Map<number, MessageOutcome>();
  readonly left: number[] = [];

  async leaving({ index }: ReadyMessage): Promise<void> {
    assert.ok(!this.left.includes(index), `${index} was written down as leaving twice`);
    await Promise.resolve();
    this.left.push(index);
  }

  ended({ index }: ReadyMessage, outcome: MessageOutcome): void {
    assert.ok(this.left.includes(index), `${index} ended without having left`);
    assert.ok(!this.outcomes.has(index), `${index} ended twice`);
    this.outcomes.set(index, outcome);
  }

  /** The indexes that ended so. */
  indexes(kind: MessageOutcome['kind']): readonly number[] {
    return [...this.outcomes].filter(([, outcome]) => outcome.kind === kind).map(([index]) => index);
  }

  /** The result says what was written down, and whatever left came to an end. */
  assertAgrees(result: EngineResult): void {
    const { acknowledged, refused, unknown } = result;
    const counted = { acknowledged, refused, unknown };
    const written = {
      acknowledged: this.indexes('acknowledged').length,
      refused: this.indexes('refused').length,
      unknown: this.indexes('unknown').length,
    };
    assert.deepEqual(counted, written);
    assert.equal(this.outcomes.size, this.left.length);
  }
}

/** A message with a value of its own. */
export function message(index: number, key = `k${index}`, partition?: number): ReadyMessage {
  const value = `{"n":${index}}`;
  const place = { line: index + 1, column: 1 };
  return { index, source: 0, place, key, isKeyGenerated: false, value, bytes: value.length, partition };
}

/** So many messages. */
export function messages(count: number): readonly ReadyMessage[] {
  return Array.from({ length: count }, (_unused, index) => message(index));
}

/** Messages as reading gives them, some at a time. */
export async function* batches(all: readonly ReadyMessage[], size = 100): AsyncGenerator<readonly ReadyMessage[]> {
  for (let start = 0; start < all.length; start += size) {
    await Promise.resolve();
    yield all.slice(start, start + size);
  }
}

/** A target of the tests' own, which is sent to in this way. */
export function targetOf(send: MessageTarget['send']): MessageTarget {
  return { limits: { maxValueBytes: 1_000, partitions: 1, carries: [] }, send, curl: () => '' };
}

/** What a run under test left behind. */
export interface Ran {
  readonly result: EngineResult;
  readonly recorder: MemoryRecorder;
  readonly progress: readonly Progress[];
}

/** The same target; what it holds against the engine is kept, since the engine takes any error for an outcome. */
function heard(target: MessageTarget, complaints: unknown[]): MessageTarget {
  return {
    ...target,
    send: async (sent, signal) => {
      try {
        await target.send(sent, signal);
      } catch (error) {
        if (error instanceof assert.AssertionError) complaints.push(error);
        throw error;
      }
    },
  };
}

/** Runs the engine on a virtual clock, and compares its result with what it had written down. */
export async function run(
  source: AsyncIterable<readonly ReadyMessage[]>,
  target: MessageTarget,
  changes: Partial<EngineOptions & EngineDeps & { readonly signal: AbortSignal }> = {},
): Promise<Ran & { readonly clock: VirtualClock }> {
  const clock = new VirtualClock();
  const recorder = new MemoryRecorder();
  const progress: Progress[] = [];
  const { concurrency = 4, ratePerSecond = 0, order = 'parallel', graceMs = 1_000, signal, ...deps } = changes;
  const complaints: unknown[] = [];
  const result = await sendMessages(
    source,
    { concurrency, ratePerSecond, order, graceMs },
    { target: heard(target, complaints), recorder, now: clock.now, wait: clock.wait, random: () => 0.5, onProgress: (told) => progress.push(told), ...deps },
    signal ?? new AbortController().signal,
  );
  for (const complaint of complaints) throw complaint;
  if (deps.recorder === undefined) recorder.assertAgrees(result);
  return { result, recorder, progress, clock };
}
