export { PRESETS } from '../model/timeRanges.ts';
export type { RangePreset } from '../model/timeRanges.ts';

/** Seconds between two reads that a page offers; 0 is by hand only. */
export const INTERVALS = [0, 5, 10, 30, 60, 300] as const;
