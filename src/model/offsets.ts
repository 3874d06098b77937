import type { Partition } from './easyQueue.ts';

/** Where a bar begins and ends on a scale from 0 to 1; `from` is never beyond `to`. */
export interface OffsetBar {
  readonly from: number;
  readonly to: number;
}

/**
 * The offsets of each partition as a bar, in the order given, on one scale for all: 0 is the smallest start offset, 1 the largest end
 * offset. An empty partition is a bar without length at its place; `undefined` where start or end is not known.
 * Computed in whole numbers and exact to 1e-15, also where offsets of 64 bits lie close together.
 */
export function offsetBars(partitions: readonly Partition[]): readonly (OffsetBar | undefined)[] {
  const spans = partitions.map(spanOf);
  const known = spans.filter((span) => span !== undefined);
  const [first] = known;
  if (first === undefined) return spans.map(() => undefined);
  const min = known.reduce((least, { start }) => (start < least ? start : least), first.start);
  const max = known.reduce((most, { end }) => (end > most ? end : most), first.end);
  const at = (offset: bigint): number => ratio(offset - min, max - min);
  return spans.map((span) => (span === undefined ? undefined : { from: at(span.start), to: at(span.end) }));
}

/**
 * What each partition holds of all messages of the topic, 0 to 1, in the order given. `undefined` for all of them where the topic holds
 * nothing, or where one partition does not say how much it holds: then the whole is not known.
 */
export function shares(partitions: readonly Partition[]): readonly (number | undefined)[] {
  const counts = partitions.map(partitionCount);
  const known = counts.filter((count) => count !== undefined);
  const total = known.reduce((sum, count) => sum + count, 0n);
  if (known.length < counts.length || total === 0n) return counts.map(() => undefined);
  return known.map((count) => ratio(count, total));
}

/** Messages in a partition: what the service says, else the distance from its start to its end; never negative. */
function partitionCount(partition: Partition): bigint | undefined {
  const told = partition.messageCount;
  if (told !== undefined) return told < 0n ? 0n : told;
  const span = spanOf(partition);
  return span === undefined ? undefined : span.end - span.start;
}

/**
 * Messages that came to each partition between two samples, in the order of the later one. `undefined` where the partition was not in the
 * sample before, where an end offset is not known, and where it went backwards: the topic was made anew.
 */
export function cameSince(before: readonly Partition[], now: readonly Partition[]): readonly (bigint | undefined)[] {
  const ends = new Map(before.map(({ partition, endOffset }) => [partition, endOffset]));
  return now.map(({ partition, endOffset }) => {
    const end = ends.get(partition);
    return end === undefined || endOffset === undefined || endOffset < end ? undefined : endOffset - end;
  });
}

interface Span {
  readonly start: bigint;
  readonly end: bigint;
}

/** A start beyond the end, as a reset in between the two reads can show it, is an empty partition. */
function spanOf({ startOffset: start, endOffset: end }: Partition): Span | undefined {
  if (start === undefined || end === undefined) return undefined;
  return { start, end: end > start ? end : start };
}

const BITS = 50n;
const ONE = 2 ** Number(BITS);

/** Part of the whole, 0 to 1: divided as whole numbers, so that nothing is lost before the result is small. */
function ratio(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part << BITS) / whole) / ONE;
}
