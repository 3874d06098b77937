import type { FailureNote, IndexRange, MessageOutcome, RunHeader } from '../recording.ts';

/** What is known of one message of a run. `leaving`: it may have left, and how that ended is not written down yet. */
export type MessageState = 'notSent' | 'leaving' | 'acknowledged' | 'refused' | 'unknown';

/** As they are kept: a byte each. */
const STATES = ['notSent', 'leaving', 'acknowledged', 'refused', 'unknown'] as const satisfies readonly MessageState[];
const CODES: Readonly<Record<MessageState, number>> = { notSent: 0, leaving: 1, acknowledged: 2, refused: 3, unknown: 4 };

/** Reasons are kept for so many messages; the others are counted all the same. */
const MAX_NOTES = 10_000;

/** Messages that are given room together, so that a few of a million cost little. */
const CHUNK = 65_536;

interface Chunk {
  readonly states: Uint8Array;
  readonly sources: Uint32Array;
  readonly lines: Uint32Array;
}

/**
 * How each message of a run ended, in nine bytes a message. Numbers of what was read and cannot be sent belong to no message: they never
 * leave, and are among the indexes that are not sent, but not in their count.
 */
export class Outcomes {
  readonly #header: Pick<RunHeader, 'count' | 'total' | 'only'>;
  readonly #chunks = new Map<number, Chunk>();
  readonly #counts = STATES.map(() => 0);
  readonly #notes = new Map<number, FailureNote>();

  constructor(header: Pick<RunHeader, 'count' | 'total' | 'only'>) {
    this.#header = header;
  }

  stateOf(index: number): MessageState {
    return STATES[this.#code(index)] ?? 'notSent';
  }

  /** Source and line (from 1) of a message that left; undefined for one that did not. */
  placeOf(index: number): { readonly source: number; readonly line: number } | undefined {
    if (this.#code(index) === CODES.notSent) return undefined;
    const chunk = this.#chunks.get(Math.floor(index / CHUNK));
    return { source: chunk?.sources[index % CHUNK] ?? 0, line: chunk?.lines[index % CHUNK] ?? 0 };
  }

  /** Why a message was refused, or why nobody knows; of the first ten thousand, and of none whose window went away before it was known. */
  noteOf(index: number): FailureNote | undefined {
    return this.#notes.get(index);
  }

  /** How many messages are in a state; all states together make up the `count` of the header. */
  count(state: MessageState): number {
    if (state !== 'notSent') return this.#counts[CODES[state]] ?? 0;
    const known = this.#counts.reduce((sum, count) => sum + count, 0);
    return Math.max(0, this.#header.count - known);
  }

  /** The indexes in any of these states, the smallest first. */
  *indexes(...states: readonly MessageState[]): Generator<number, void> {
    for (const [from, end] of this.#runs(states)) {
      for (let index = from; index < end; index += 1) yield index;
    }
  }

  /** The same as ranges, as few as there can be. */
  ranges(...states: readonly MessageState[]): readonly IndexRange[] {
    const ranges: [number, number][] = [];
    for (const [from, end] of this.#runs(states)) {
      const last = ranges.at(-1);
      if (last?.[1] === from) last[1] = end;
      else ranges.push([from, end]);
    }
    return ranges;
  }

  /**
   * A message is about to leave. What is no index of this run, or has left before, is not taken; what was refused is certainly not there,
   * and may leave again.
   */
  leaving(index: number, source: number, line: number): void {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.#header.total) return;
    const before = this.#code(index);
    if (before !== CODES.notSent && before !== CODES.refused) return;
    this.#notes.delete(index);
    const chunk = this.#room(Math.floor(index / CHUNK));
    const at = index % CHUNK;
    chunk.sources[at] = source;
    chunk.lines[at] = line;
    this.#set(chunk, at, CODES.leaving);
  }

  /** A message that left ended, or did not leave after all. What did not leave, or has ended before, is not taken. */
  ended(index: number, kind: MessageOutcome['kind'], note?: FailureNote): void {
    const chunk = this.#chunks.get(Math.floor(index / CHUNK));
    if (chunk?.states[index % CHUNK] !== CODES.leaving) return;
    this.#set(chunk, index % CHUNK, CODES[kind]);
    if (note !== undefined && this.#notes.size < MAX_NOTES) this.#notes.set(index, note);
  }

  /** Whoever knew how they end is gone: what is leaving is unknown. */
  interrupted(): void {
    if (this.count('leaving') === 0) return;
    for (const chunk of this.#chunks.values()) {
      for (let at = chunk.states.indexOf(CODES.leaving); at >= 0; at = chunk.states.indexOf(CODES.leaving, at + 1)) {
        this.#set(chunk, at, CODES.unknown);
      }
    }
  }

  #code(index: number): number {
    return this.#chunks.get(Math.floor(index / CHUNK))?.states[index % CHUNK] ?? CODES.notSent;
  }

  #set(chunk: Chunk, at: number, code: number): void {
    const before = chunk.states[at] ?? CODES.notSent;
    if (before !== CODES.notSent) this.#counts[before] = (this.#counts[before] ?? 0) - 1;
    if (code !== CODES.notSent) this.#counts[code] = (this.#counts[code] ?? 0) + 1;
    chunk.states[at] = code;
  }

  #room(number: number): Chunk {
    const known = this.#chunks.get(number);
    if (known !== undefined) return known;
    const size = Math.min(CHUNK, this.#header.total - number * CHUNK);
    const chunk = { states: new Uint8Array(size), sources: new Uint32Array(size), lines: new Uint32Array(size) };
    this.#chunks.set(number, chunk);
    return chunk;
  }

  *#runs(states: readonly MessageState[]): Generator<IndexRange, void> {
    const wanted = STATES.map((state) => states.includes(state));
    for (const [from, end] of this.#header.only ?? [[0, this.#header.total] as const]) {
      for (let index = from; index < end; ) {
        const number = Math.floor(index / CHUNK);
        const stop = Math.min((number + 1) * CHUNK, end);
        yield* runsIn(this.#chunks.get(number)?.states, wanted, index, stop);
        index = stop;
      }
    }
  }
}

/** Runs of wanted states between two indexes of one chunk; a chunk that is not there holds nothing but what is not sent. */
function* runsIn(states: Uint8Array | undefined, wanted: readonly boolean[], from: number, end: number): Generator<IndexRange, void> {
  if (states === undefined) {
    if (wanted[CODES.notSent] === true) yield [from, end];
    return;
  }
  let start = -1;
  for (let index = from; index < end; index += 1) {
    const isWanted = wanted[states[index % CHUNK] ?? CODES.notSent] === true;
    if (isWanted && start < 0) start = index;
    if (isWanted || start < 0) continue;
    yield [start, index];
    start = -1;
  }
  if (start >= 0) yield [start, end];
}
