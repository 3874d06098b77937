import * as z from 'zod/mini';

import { INTERVALS } from './ranges.ts';
import { timeRangeSchema } from './view.ts';

const unixMs = z.number().check(z.int(), z.nonnegative());
const partName = z.string().check(z.maxLength(200));

/**
 * All that a page asks of the host, which validates it: a page is nothing that is trusted.
 * Sizes are bounded: what is longer was not made by our page.
 */
export const pageCallSchema = z.discriminatedUnion('type', [
  /** The page listens; answered with `init` and all parts known. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('setRange'), range: timeRangeSchema }),
  z.object({ type: z.literal('setInterval'), seconds: z.literal([...INTERVALS]) }),
  /** This page's range on all open dashboards. */
  z.object({ type: z.literal('rangeEverywhere') }),
  /** Read everything now. */
  z.object({ type: z.literal('refresh') }),
  /** How wide charts are drawn, and which part of the range is zoomed into; the series come again, reduced to that. */
  z.object({
    type: z.literal('zoom'),
    widthPx: z.number().check(z.int(), z.minimum(50), z.maximum(16_384)),
    window: z.optional(z.object({ fromMs: unixMs, toMs: unixMs })),
  }),
  /** All of a part's data onto the clipboard as CSV: times in ISO 8601, numbers in full. */
  z.object({ type: z.literal('copyCsv'), part: partName }),
  /** A chart as a PNG: the host asks where to. */
  z.object({ type: z.literal('savePng'), part: partName, base64: z.string().check(z.maxLength(20_000_000)) }),
  /** Opens what a row or card stands for: a group, an activation, a topic of the board. */
  z.object({ type: z.literal('open'), part: partName, key: z.string().check(z.maxLength(2_000)) }),
  z.object({ type: z.literal('offer'), offer: z.enum(['run', 'send', 'document']) }),
  /** A button of a problem. */
  z.object({ type: z.literal('remedy'), part: partName, remedy: z.string().check(z.maxLength(100)) }),
]);

/** What a page asks of the host. */
export type PageCall = z.infer<typeof pageCallSchema>;
