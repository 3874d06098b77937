/** A stretch of time, Unix milliseconds: from the first on, up to the second without it. */
export interface Slice {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How a range of time is cut. */
export interface SlicePlan extends Slice {
  /** Length of each slice, milliseconds. */
  readonly sliceMs: number;
  /** Newest first: that is the order they are read in. */
  readonly slices: readonly Slice[];
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Lengths that people count in. */
const STEPS_MS = [
  2 * SECOND_MS, 5 * SECOND_MS, 10 * SECOND_MS, 15 * SECOND_MS, 30 * SECOND_MS,
  MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS,
  HOUR_MS, 2 * HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS, DAY_MS,
] as const;

/** Slices a range is cut into, at most; one more where it begins and ends within one. */
const MAX_SLICES = 30;

/** What can be read: "the last month" (cloudfunctions.md §6.1), as long as all months but one are. */
const READABLE_MS = 30 * DAY_MS;

/** Slices of hours and days begin with those of Korea, as the consoles have them. */
const KOREA_MS = 9 * HOUR_MS;

/**
 * Cuts a range into slices whose bounds stay where they are while time goes on, so that what was read of one is right the next time, too.
 * It begins a little earlier than asked for, and no earlier than the service keeps activations; the last slice may not be over yet.
 */
export function planSlices({ fromMs, toMs }: Slice, nowMs: number): SlicePlan {
  const oldestMs = nowMs - READABLE_MS;
  const firstMs = Math.max(fromMs, oldestMs);
  const endMs = Math.min(toMs, nowMs);
  const sliceMs = STEPS_MS.find((step) => endMs - firstMs <= step * MAX_SLICES) ?? DAY_MS;
  const before = floorTo(firstMs, sliceMs);
  const startMs = before < oldestMs ? before + sliceMs : before;
  const slices: Slice[] = [];
  for (let at = startMs; at < endMs; at += sliceMs) slices.unshift({ fromMs: at, toMs: at + sliceMs });
  return { fromMs: startMs, toMs: slices[0]?.toMs ?? startMs, sliceMs, slices };
}

function floorTo(ms: number, stepMs: number): number {
  return Math.floor((ms + KOREA_MS) / stepMs) * stepMs - KOREA_MS;
}
