import * as z from 'zod/mini';

import type { ResourceRef } from '../model/resource.ts';
import { dashboardViewSchema } from '../protocol/view.ts';
import type { DashboardView } from '../protocol/view.ts';

const text = z.string().check(z.maxLength(2_000));

/** What a page kept in the editor; what is the page's own stands beside it. Nothing of it is trusted. */
const pageStateSchema = z.object({
  /** Absent on the board. */
  ref: z.optional(z.object({ accountId: text, kind: text, keys: z.array(text).check(z.maxLength(20)), name: text })),
  view: dashboardViewSchema,
});

/** What the editor kept of a page over a reload. */
export interface PageState {
  readonly ref: ResourceRef | undefined;
  readonly view: DashboardView;
}

/** What a page kept; undefined where it kept nothing that could be its own. */
export function readPageState(state: unknown): PageState | undefined {
  const read = pageStateSchema.safeParse(state);
  return read.success ? { ref: read.data.ref, view: read.data.view } : undefined;
}
