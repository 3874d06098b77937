import { isWithin } from '../indexRanges.ts';
import { headerIn } from './journalFormat.ts';
import { eachLine, readLines } from './journalLines.ts';
import { isCount, readHeader, readJsonLine, readNote, readSummary } from './journalRead.ts';
import type { ReadyMessage } from '../message.ts';
import { Outcomes } from './outcomes.ts';
import type { IndexRange, MessageOutcome, RunHeader, RunSummary } from '../recording.ts';

/** All that the journal of a run says. */
export interface Fold {
  readonly header: RunHeader;
  readonly outcomes: Outcomes;
  /** Where its last line says that it ended. */
  readonly summary: RunSummary | undefined;
  /** Bytes of whole lines: what comes after was being written when its window went away. */
  readonly end: number;
}

/**
 * Reads the journal of a run; undefined where the file is none, or is gone.
 * @throws NodeJS.ErrnoException where it cannot be read
 */
export async function foldRun(path: string): Promise<Fold | undefined> {
  let fold: Folding | undefined;
  let end = 0;
  for await (const lines of readLines(path)) {
    let { bytes } = lines;
    if (fold === undefined) {
      const length = bytes.indexOf('\n');
      const header = readHeader(headerIn(readJsonLine(bytes.toString('utf8', 0, length))));
      if (header === undefined) return undefined;
      fold = { header, outcomes: new Outcomes(header), summary: undefined };
      bytes = bytes.subarray(length + 1);
    }
    foldLines(bytes, fold);
    ({ end } = lines);
  }
  return fold === undefined ? undefined : { ...fold, end };
}

interface Folding {
  readonly header: RunHeader;
  readonly outcomes: Outcomes;
  summary: RunSummary | undefined;
}

const ASCII = { zero: 0x30, nine: 0x39, comma: 0x2c, quote: 0x22, close: 0x5d, leaving: 0x73, acknowledged: 0x61, refused: 0x72, notSent: 0x6e } as const;

/** Length of `"`, 22 characters of hash, and `"]`. */
const HASH_LENGTH = 25;

/** The two kinds of lines that make up nearly all of a journal are read from their bytes; a million of them should take no time. */
function foldLines(bytes: Buffer, fold: Folding): void {
  const numbers = [0, 0, 0, 0];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(0x0a, start);
    const kind = bytes[start + 2];
    if (kind === ASCII.acknowledged && readNumbers(bytes, start, numbers, 1) === end - 1 && bytes[end - 1] === ASCII.close) {
      fold.outcomes.ended(numbers[0] ?? 0, 'acknowledged');
    } else if (kind === ASCII.leaving && readNumbers(bytes, start, numbers, 4) === end - HASH_LENGTH && isHashEnd(bytes, end)) {
      fold.outcomes.leaving(numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0);
    } else {
      foldLine(readJsonLine(bytes.toString('utf8', start, end)), fold);
    }
    start = end + 1;
  }
}

/** Reads what follows `["x",` as numbers with commas between and, but for a single one, behind them; gives where they end, or -1. */
function readNumbers(bytes: Buffer, start: number, numbers: number[], count: number): number {
  if (bytes[start + 1] !== ASCII.quote || bytes[start + 3] !== ASCII.quote || bytes[start + 4] !== ASCII.comma) return -1;
  let at = start + 5;
  for (let which = 0; which < count; which += 1) {
    const first = at;
    let number = 0;
    for (let digit = bytes[at] ?? 0; digit >= ASCII.zero && digit <= ASCII.nine; digit = bytes[at] ?? 0) {
      number = number * 10 + (digit - ASCII.zero);
      at += 1;
    }
    if (at === first || at - first > 10) return -1;
    numbers[which] = number;
    if (count > 1) {
      if (bytes[at] !== ASCII.comma) return -1;
      at += 1;
    }
  }
  return at;
}

function isHashEnd(bytes: Buffer, end: number): boolean {
  return bytes[end - 1] === ASCII.close && bytes[end - 2] === ASCII.quote && bytes[end - HASH_LENGTH] === ASCII.quote;
}

const ENDINGS = { a: 'acknowledged', r: 'refused', u: 'unknown', n: 'notSent' } as const satisfies Record<string, MessageOutcome['kind']>;

/** Any line; one that is not ours says nothing. */
function foldLine(line: unknown, fold: Folding): void {
  if (!Array.isArray(line)) return;
  const [kind, first, second, third] = line as readonly unknown[];
  switch (kind) {
    case 's':
      if (isCount(first) && isCount(second) && isCount(third)) fold.outcomes.leaving(first, second, third);
      return;
    case 'a':
    case 'r':
    case 'u':
    case 'n':
      if (isCount(first)) fold.outcomes.ended(first, ENDINGS[kind], readNote(second));
      return;
    case 'resumed':
      fold.outcomes.interrupted();
      return;
    case 'end':
      fold.summary = readSummary(first);
  }
}

/** Together in one batch. */
const BATCH = { messages: 500, bytes: 4_194_304 } as const;

/**
 * The messages a journal keeps, of those in `only`, in the order they left first; each once, also where it was refused and left again.
 * @throws NodeJS.ErrnoException
 */
export async function* keptMessages(path: string, only: readonly IndexRange[]): AsyncGenerator<readonly ReadyMessage[], void> {
  let batch: ReadyMessage[] = [];
  let bytes = 0;
  /** Those that may come again. */
  const mayReturn = new Set<number>();
  for await (const lines of readLines(path)) {
    for (const line of eachLine(lines.bytes)) {
      if (line[2] === ASCII.refused || line[2] === ASCII.notSent) mayReturn.add(indexIn(line));
      const message = line[2] === ASCII.leaving ? readPayload(readJsonLine(line.toString('utf8'))) : undefined;
      if (message === undefined || mayReturn.has(message.index) || !isWithin(only, message.index)) continue;
      batch.push(message);
      bytes += message.bytes;
      if (batch.length < BATCH.messages && bytes < BATCH.bytes) continue;
      yield batch;
      batch = [];
      bytes = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

function indexIn(line: Buffer): number {
  const parsed = readJsonLine(line.toString('utf8'));
  return Array.isArray(parsed) && isCount(parsed[1]) ? parsed[1] : -1;
}

function readPayload(line: unknown): ReadyMessage | undefined {
  if (!Array.isArray(line) || line.length !== 11) return undefined;
  const [, index, source, row, bytes, , key, value, partition, isGenerated, column] = line as readonly unknown[];
  if (!isCount(index) || !isCount(source) || !isCount(row) || !isCount(bytes) || !isCount(column)) return undefined;
  if (typeof key !== 'string' || typeof value !== 'string' || !(partition === null || isCount(partition))) return undefined;
  return {
    index,
    source,
    place: { line: row, column },
    key,
    isKeyGenerated: isGenerated === 1,
    value,
    bytes,
    partition: partition ?? undefined,
  };
}
