import { isWithin } from '../indexRanges.ts';
import { isIssue, type MessageIssue, type Reading, type ReadyMessage } from '../message.ts';
import type { PlanFacts } from '../planFacts.ts';
import type { IndexRange } from '../recording.ts';
import { Checks } from './checks.ts';

/** How many problems are kept, and within which bounds different keys are counted. */
const MAX_ISSUES = 1_000;
const MAX_KEYS = 100_000;
const MAX_KEY_UNITS = 8_000_000;

/** What a scan looks at beside all messages. */
export interface ScanOptions {
  /** The part that is counted by itself, in ascending order. */
  readonly only?: readonly IndexRange[];
  /** Told how much was read so far, batch by batch. */
  readonly onProgress?: (read: number) => void;
}

/** What {@link scanMessages} finds. */
export interface ScanResult {
  /** Of everything that was read. */
  readonly facts: PlanFacts;
  /** Of what can be sent in `only`; `undefined` without it. */
  readonly part?: { readonly count: number; readonly bytes: number };
}

/**
 * Reads all messages once and keeps none of them: what a plan says of them together, and the fingerprint they are known by later. A
 * million messages cost a few megabytes for their keys.
 * @throws whatever the reading throws; CancelledError where its signal ended it
 */
export async function scanMessages(readings: AsyncIterable<readonly Reading[]>, options: ScanOptions = {}): Promise<ScanResult> {
  const { only, onProgress } = options;
  const scan = new Scan(only);
  for await (const batch of readings) {
    for (const reading of batch) scan.add(reading);
    onProgress?.(scan.total);
  }
  const facts = scan.facts();
  return only === undefined ? { facts } : { facts, part: scan.part };
}

class Scan {
  readonly part = { count: 0, bytes: 0 };
  total = 0;
  readonly #only: readonly IndexRange[];
  readonly #found = new Checks();
  readonly #checks: string[] = [];
  readonly #issues: MessageIssue[] = [];
  readonly #keys = new KeyCount();
  readonly #partitions = new Map<number, number>();
  #count = 0;
  #bytes = 0;
  #largest: PlanFacts['largest'];
  #generatedKeys = 0;
  #unassigned = 0;

  constructor(only: readonly IndexRange[] = []) {
    this.#only = only;
  }

  add(reading: Reading): void {
    this.total += 1;
    this.#keep(this.#found.add(reading));
    if (!isIssue(reading)) this.#addMessage(reading);
    else if (this.#issues.length < MAX_ISSUES) this.#issues.push(reading);
  }

  /** Of all that was added; nothing can be added afterwards. */
  facts(): PlanFacts {
    this.#keep(this.#found.last());
    return {
      count: this.#count,
      total: this.total,
      issueCount: this.total - this.#count,
      issues: this.#issues,
      bytes: this.#bytes,
      largest: this.#largest,
      generatedKeys: this.#generatedKeys,
      distinctKeys: this.#keys.count,
      partitions: new Map([...this.#partitions].toSorted(([a], [b]) => a - b)),
      unassigned: this.#unassigned,
      fingerprint: this.#found.fingerprint(),
      checks: this.#checks,
    };
  }

  #keep(check: string | undefined): void {
    if (check !== undefined) this.#checks.push(check);
  }

  #addMessage(message: ReadyMessage): void {
    const { index, source, place, key, isKeyGenerated, bytes, partition } = message;
    this.#count += 1;
    this.#bytes += bytes;
    if (this.#largest === undefined || bytes > this.#largest.bytes) this.#largest = { bytes, source, place };
    if (isKeyGenerated) this.#generatedKeys += 1;
    else this.#keys.add(key);
    if (partition === undefined) this.#unassigned += 1;
    else this.#partitions.set(partition, (this.#partitions.get(partition) ?? 0) + 1);
    if (isWithin(this.#only, index)) {
      this.part.count += 1;
      this.part.bytes += bytes;
    }
  }
}

/** Counts different keys, as long as they can be remembered. */
class KeyCount {
  readonly #seen = new Set<string>();
  #units = 0;
  #isOver = false;

  /** `undefined` where there are too many. */
  get count(): number | undefined {
    return this.#isOver ? undefined : this.#seen.size;
  }

  add(key: string): void {
    if (this.#isOver || this.#seen.has(key)) return;
    // A copy: as a slice, a key would keep the whole text in memory that it was read from.
    this.#seen.add(Buffer.from(key, 'utf16le').toString('utf16le'));
    this.#units += key.length;
    if (this.#seen.size <= MAX_KEYS && this.#units <= MAX_KEY_UNITS) return;
    this.#isOver = true;
    this.#seen.clear();
  }
}
