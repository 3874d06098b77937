import * as z from 'zod/mini';

import { INTERVALS, PRESETS, type RangePreset } from './ranges.ts';

const presetNames = Object.keys(PRESETS) as [RangePreset, ...RangePreset[]];
const unixMs = z.number().check(z.int(), z.nonnegative());

/** A range of time: the last so long, moving with the clock, or from one time to another. Unix milliseconds. */
export const timeRangeSchema = z.union([
  z.object({ last: z.enum(presetNames) }),
  z.object({ fromMs: unixMs, toMs: unixMs }),
]);

/** A range of time. */
export type TimeRange = z.infer<typeof timeRangeSchema>;

/** What a page is set to; kept by the editor over a reload, with the reference. */
export const dashboardViewSchema = z.object({
  range: timeRangeSchema,
  /** Seconds; one of {@link INTERVALS}. */
  intervalSeconds: z.literal([...INTERVALS]),
});

/** What a page is set to. */
export type DashboardView = z.infer<typeof dashboardViewSchema>;

/** Names of the setting's time zones: that of the machine, Korea's, UTC. */
export type TimeZone = 'local' | 'Asia/Seoul' | 'UTC';
