import type { ActivationQuery } from '../../../api/functions/client.ts';
import { CancelledError, CloudError } from '../../../model/cloudError.ts';
import type { Activation, ActivationPage } from '../../../model/functions.ts';
import { isStop, moreUrgent } from './sliceFailures.ts';
import type { Slice, SlicePlan } from './slicePlan.ts';

/** What was read of one slice. */
export interface SliceReading extends Slice {
  /** As the service counts them. */
  readonly total: number;
  /** The newest first; bounded. */
  readonly activations: readonly Activation[];
  /** When it was asked for, Unix milliseconds. */
  readonly askedMs: number;
}

/** What reading slices needs. */
export interface SlicePorts {
  /** @throws CloudError, CancelledError */
  readonly list: (query: ActivationQuery, signal: AbortSignal) => Promise<ActivationPage>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What the end of a slice is asked as: the API tells times in milliseconds, or in whole seconds (cloudfunctions.md §6.1). */
  readonly clock: 'milliseconds' | 'seconds';
}

/** Requests at a time. */
const MAX_AT_ONCE = 3;
/** Activations that are looked at in one slice, and requests for them; the others are counted. */
const MAX_ROWS = 500;
const MAX_PAGES = 5;
/** Rows that a request asks for: how many the service gives is not documented (cloudfunctions.md §6.1), so less is asked for where it refuses. */
const PAGE_SIZES = [500, 100, 20] as const;
/** An activation is listed when it has ended, and some time after that. */
const SETTLE_MS = 120_000;
/** What began earlier comes late and seldom: slices before the two newest are asked for again no more often, milliseconds. */
const AGAIN_MS = 60_000;
/** Slices that are kept: those of several ranges. */
const MAX_KEPT = 200;

/**
 * Reads activations by slices of time, for the list tells no times (cloudfunctions.md §6.1): each slice is asked for by itself. What is over
 * is kept, so the next time only the newest two are asked for, and once a minute those before them in which something may still run.
 */
export class SliceReader {
  readonly #ports: SlicePorts;
  readonly #kept = new Map<number, Map<number, SliceReading>>();
  #sizeStep = 0;

  constructor(ports: SlicePorts) {
    this.#ports = ports;
  }

  /** What is known of a plan, newest first. */
  known({ sliceMs, slices }: SlicePlan): readonly SliceReading[] {
    const kept = this.#kept.get(sliceMs);
    return slices.flatMap(({ fromMs }) => kept?.get(fromMs) ?? []);
  }

  /**
   * Reads all that is missing or may have changed, newest first. One that fails leaves the others, unless it says to ask no more.
   * @param runMs how long a run may take, milliseconds: it belongs to the slice in which it began. What was read while it was thought to be
   * shorter is asked for again
   * @param onSlice called after each
   * @throws CloudError what failed, when all others were read; CancelledError
   */
  async read(plan: SlicePlan, runMs: number, signal: AbortSignal, onSlice: () => void): Promise<void> {
    const kept = this.#kept.get(plan.sliceMs);
    const nowMs = this.#ports.now();
    const waiting = plan.slices.filter((slice) => isDue(slice, kept?.get(slice.fromMs), runMs, nowMs));
    const failures: CloudError[] = [];
    const work = async (): Promise<void> => {
      for (let slice = waiting.shift(); slice !== undefined; slice = waiting.shift()) {
        try {
          this.#keep(plan.sliceMs, await this.#readSlice(slice, signal));
        } catch (error) {
          const isFailure = error instanceof CloudError;
          if (isFailure) failures.push(error);
          if (!isFailure || isStop(failures)) waiting.length = 0;
          if (!isFailure) throw error;
          continue;
        }
        onSlice();
      }
    };
    await Promise.all(Array.from({ length: MAX_AT_ONCE }, work));
    if (signal.aborted) throw new CancelledError();
    const failure = failures.reduce<CloudError | undefined>(moreUrgent, undefined);
    if (failure !== undefined) throw failure;
  }

  async #readSlice(slice: Slice, signal: AbortSignal): Promise<SliceReading> {
    const { now, clock } = this.#ports;
    const askedMs = now();
    // Both ends belong to what is asked for: the last moment of a slice is not the first of the next. Now is the service's own.
    const endMs = clock === 'milliseconds' ? slice.toMs - 1 : slice.toMs;
    const time = { startMs: slice.fromMs, ...(slice.toMs > askedMs ? {} : { endMs }) };
    const found = new Map<string, Activation>();
    let total: number | undefined;
    let firstRows = 0;
    for (let pageNo = 1; pageNo <= MAX_PAGES; pageNo += 1) {
      const { activations, totalCount } = await this.#page({ pageNo, ...time }, signal);
      const before = found.size;
      // Rows move down while pages are read: what stood at the end of one stands on the next again.
      for (const activation of activations) found.set(activation.activationId, activation);
      total = totalCount ?? total;
      if (pageNo === 1) firstRows = activations.length;
      const isLast = found.size === before || (total === undefined ? activations.length < firstRows : found.size >= total);
      if (isLast || found.size >= MAX_ROWS) break;
    }
    return {
      ...slice,
      total: Math.max(total ?? 0, found.size),
      activations: [...found.values()].slice(0, MAX_ROWS),
      askedMs,
    };
  }

  async #page(query: ActivationQuery, signal: AbortSignal): Promise<ActivationPage> {
    for (let step = this.#sizeStep; ; step += 1) {
      const pageSize = PAGE_SIZES[step];
      if (pageSize === undefined) throw new RangeError('no page size left');
      try {
        const page = await this.#ports.list({ ...query, pageSize }, signal);
        this.#sizeStep = Math.max(this.#sizeStep, step);
        return page;
      } catch (error) {
        const isTooLarge = error instanceof CloudError && error.kind === 'invalid' && step + 1 < PAGE_SIZES.length;
        if (!isTooLarge) throw error;
      }
    }
  }

  #keep(sliceMs: number, reading: SliceReading): void {
    const kept = this.#kept.get(sliceMs) ?? new Map<number, SliceReading>();
    this.#kept.set(sliceMs, kept);
    kept.delete(reading.fromMs);
    kept.set(reading.fromMs, reading);
    const count = [...this.#kept.values()].reduce((sum, { size }) => sum + size, 0);
    if (count > MAX_KEPT) this.#dropOldest(sliceMs);
  }

  /** Of another range where there is one. */
  #dropOldest(sliceMs: number): void {
    const others = [...this.#kept].find(([step, { size }]) => step !== sliceMs && size > 0);
    const kept = others?.[1] ?? this.#kept.get(sliceMs);
    const oldest = kept?.keys().next().value;
    if (oldest !== undefined) kept?.delete(oldest);
  }
}

/** Whether a slice is to be asked for: it never was, it is one of the newest two, or something may have come to it a while ago. */
function isDue({ fromMs, toMs }: Slice, known: SliceReading | undefined, runMs: number, nowMs: number): boolean {
  if (known === undefined) return true;
  // Whatever began in it had ended by then, and was listed.
  if (known.askedMs >= toMs + runMs + SETTLE_MS) return false;
  const isNew = nowMs < toMs + (toMs - fromMs);
  // A clock that was set back must not keep it from being asked for.
  return isNew || Math.abs(nowMs - known.askedMs) >= AGAIN_MS;
}
