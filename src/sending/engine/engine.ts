import { CancelledError, type CloudError } from '../../model/cloudError.ts';
import type { SendOrder } from '../job.ts';
import type { ReadyMessage } from '../message.ts';
import { MessageSupply } from './messageSupply.ts';
import type { MessageTarget } from '../messageTarget.ts';
import { failedOutcome, hitsAll, isTooMany, stopNote } from './outcome.ts';
import { type Progress, ProgressMeter } from './progressMeter.ts';
import { RateLimit } from './rateLimit.ts';
import type { FailureNote, MessageOutcome, SendRecorder, StopReason } from '../recording.ts';
import { Throttle } from './throttle.ts';

/** How a run goes. */
export interface EngineOptions {
  /** Messages under way at a time, from 1. */
  readonly concurrency: number;
  /** Requests a second; 0 for no limit. */
  readonly ratePerSecond: number;
  readonly order: SendOrder;
  /** How long answers are waited for after a cancellation. */
  readonly graceMs: number;
}

/** What the engine needs from outside. */
export interface EngineDeps {
  readonly target: MessageTarget;
  readonly recorder: SendRecorder;
  /** Milliseconds of a clock that does not jump. */
  readonly now: () => number;
  /** @throws as soon as the signal ends it */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 to 1, without 1. */
  readonly random: () => number;
  /** Told some times a second, and once at the end. */
  readonly onProgress: (progress: Progress) => void;
}

/** What a run came to; what is not counted was not sent. */
export interface EngineResult {
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  /** Why it ended before its last message. */
  readonly stopped?: StopReason;
  /** What is behind `stopped` where that is not a cancellation. */
  readonly error?: unknown;
}

/** A message is tried so often while the service has too many requests. */
const MAX_TRIES = 10;
/** Who asks to wait longer is not waited for: the rest can be sent later. */
const MAX_TOLD_WAIT_MS = 5 * 60_000;
/**
 * So many unknown outcomes in a row, beyond those that one broken connection to the service can cause at once, end a run: each may have
 * to be looked for by hand.
 */
const UNKNOWN_IN_A_ROW = 5;

const ACKNOWLEDGED = { kind: 'acknowledged' } as const satisfies MessageOutcome;
/** Written down as leaving, and then called off before it left. */
const WITHDRAWN: MessageOutcome = { kind: 'notSent' };

/**
 * Sends messages, as many at a time as said. Each one is sent once and comes to one outcome, or does not leave at all; only what the
 * service refused for haste, and so did not take, is tried again. Never throws.
 * @param signal ends it: nothing new leaves, and what is under way is waited for as long as the options say
 */
export async function sendMessages(
  messages: AsyncIterable<readonly ReadyMessage[]>,
  options: EngineOptions,
  deps: EngineDeps,
  signal: AbortSignal,
): Promise<EngineResult> {
  return new Engine(messages, options, deps).run(signal);
}

class Engine {
  readonly #options: EngineOptions;
  readonly #deps: EngineDeps;
  readonly #supply: MessageSupply;
  readonly #rate: RateLimit;
  readonly #throttle: Throttle;
  readonly #meter: ProgressMeter;
  /** Nothing leaves after this. */
  readonly #halt = new AbortController();
  /** Nothing is waited for after this. */
  readonly #cut = new AbortController();
  #stopped: { readonly error: unknown; readonly at: FailureNote['at'] } | undefined;
  #unknownInARow = 0;
  /** Something was left that would have been sent. */
  #isCutShort = false;

  constructor(messages: AsyncIterable<readonly ReadyMessage[]>, options: EngineOptions, deps: EngineDeps) {
    this.#options = options;
    this.#deps = deps;
    this.#supply = new MessageSupply(messages, options.order);
    this.#rate = new RateLimit(options.ratePerSecond);
    this.#throttle = new Throttle(deps.random);
    this.#meter = new ProgressMeter(deps.now, deps.onProgress);
  }

  async run(signal: AbortSignal): Promise<EngineResult> {
    const over = new AbortController();
    const cancel = (): void => void this.#cancel(over.signal);
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
    await Promise.all(Array.from({ length: Math.max(1, this.#options.concurrency) }, () => this.#work()));
    signal.removeEventListener('abort', cancel);
    over.abort();
    await this.#supply.close();
    this.#meter.finish();
    const counts = { ...this.#meter.counts };
    if (this.#stopped === undefined) return signal.aborted && this.#isCutShort ? { ...counts, stopped: 'cancelled' } : counts;
    const { error, at } = this.#stopped;
    return { ...counts, stopped: stopNote(error, at), error };
  }

  #isHalted(): boolean {
    return this.#halt.signal.aborted;
  }

  /** One of those who send at the same time. */
  async #work(): Promise<void> {
    try {
      let message: ReadyMessage | undefined;
      for (;;) {
        message ??= this.#supply.take();
        if (message === undefined && this.#supply.isEmpty) break;
        if (this.#isHalted()) {
          this.#isCutShort = true;
          return;
        }
        if (message === undefined) await this.#supply.more();
        else message = this.#supply.ended(message, (await this.#deliver(message)) ? 'arrived' : 'failed');
      }
      if (this.#supply.error === undefined) return;
      this.#isCutShort = true;
      this.#stop(this.#supply.error, 'source');
    } catch (error) {
      // What cannot be written down must not leave.
      this.#stop(error, 'journal');
    }
  }

  /** True where the message arrived for certain. @throws what the recorder throws: then it has not left */
  async #deliver(message: ReadyMessage): Promise<boolean> {
    const { now, recorder, target } = this.#deps;
    const waitMs = this.#rate.reserve(now());
    if (waitMs > 0 && !(await this.#turn(waitMs))) {
      this.#isCutShort = true;
      return false;
    }
    await recorder.leaving(message);
    // Meanwhile the run may have ended, or the service may have asked to wait.
    const heldMs = this.#throttle.heldMs(now());
    if (this.#isHalted() || (heldMs > 0 && !(await this.#turn(heldMs)))) return this.#withdrawn(message);
    for (let tries = 1; ; tries += 1) {
      const { generation } = this.#throttle;
      try {
        await target.send(message, this.#cut.signal);
      } catch (error) {
        if (isTooMany(error) && (await this.#isTriedAgain(error, generation, tries))) continue;
        return this.#failed(message, error);
      }
      this.#throttle.passed(generation);
      this.#unknownInARow = 0;
      this.#end(message, ACKNOWLEDGED);
      return true;
    }
  }

  /** Waits until the next request may leave; false where none may any more. */
  async #turn(ms: number): Promise<boolean> {
    const { now, wait } = this.#deps;
    for (let waitMs = ms; waitMs > 0; ) {
      if (this.#isHalted()) return false;
      try {
        await wait(waitMs, this.#halt.signal);
      } catch (error) {
        if (this.#isHalted()) return false;
        throw error;
      }
      // Who waited for its slot while the service asked to wait gets another one.
      waitMs = this.#throttle.heldMs(now()) > 0 ? this.#rate.reserve(now()) : 0;
    }
    return !this.#isHalted();
  }

  /** The service refused it for haste: waits as long as it wants, and says whether the message is to be sent again. */
  async #isTriedAgain({ details }: CloudError, generation: number, tries: number): Promise<boolean> {
    const at = this.#deps.now();
    // "0" says nothing about how long.
    const toldMs = details.retryAfterMs === 0 ? undefined : details.retryAfterMs;
    if (toldMs !== undefined && toldMs > MAX_TOLD_WAIT_MS) return false;
    this.#rate.notBefore(this.#throttle.limited(generation, toldMs, at));
    if (tries >= MAX_TRIES) return false;
    this.#meter.waits(this.#throttle.heldMs(at));
    const waitMs = this.#rate.reserve(at);
    return waitMs === 0 || this.#turn(waitMs);
  }

  #failed(message: ReadyMessage, error: unknown): false {
    const outcome = failedOutcome(error);
    this.#unknownInARow = outcome.kind === 'unknown' ? this.#unknownInARow + 1 : 0;
    this.#end(message, outcome);
    if (this.#isHalted()) this.#isCutShort ||= error instanceof CancelledError || isTooMany(error);
    else if (this.#isHopeless(error)) this.#stop(error);
    return false;
  }

  /** Whether nothing else is to be expected of the messages that follow. */
  #isHopeless(error: unknown): boolean {
    if (!isTooMany(error)) return hitsAll(error) || this.#unknownInARow >= this.#options.concurrency + UNKNOWN_IN_A_ROW;
    return (error.details.retryAfterMs ?? 0) > MAX_TOLD_WAIT_MS || this.#throttle.bursts >= MAX_TRIES;
  }

  #withdrawn(message: ReadyMessage): false {
    this.#isCutShort = true;
    this.#deps.recorder.ended(message, WITHDRAWN);
    return false;
  }

  #end(message: ReadyMessage, outcome: Exclude<MessageOutcome, { readonly kind: 'notSent' }>): void {
    this.#deps.recorder.ended(message, outcome);
    this.#meter.count(outcome.kind);
  }

  /** The first reason counts. */
  #stop(error: unknown, at?: 'journal' | 'source'): void {
    if (this.#isHalted()) return;
    this.#stopped = { error, at };
    this.#halt.abort();
    this.#supply.wake();
  }

  async #cancel(isOver: AbortSignal): Promise<void> {
    this.#halt.abort();
    this.#supply.wake();
    const { graceMs } = this.#options;
    try {
      if (graceMs > 0) await this.#deps.wait(graceMs, isOver);
      this.#cut.abort();
    } catch {
      // Everything was answered before.
    }
  }
}
