import { indexesOf, lengthOf } from '../../sending/indexRanges.ts';
import type { RunState } from '../../sending/journal/journalStore.ts';
import type { MessageState } from '../../sending/journal/outcomes.ts';

/** `outcome`: what did not arrive for certain first, and the rest as ranges; `line`: a row for each message, as the sources have them. */
export type ResultOrder = 'outcome' | 'line';

/** Rows of one page. */
const MAX_ROWS = 500;

/** States that have a row of their own where the result is sorted by outcome, in this order. */
export const SINGLE_STATES = ['refused', 'unknown', 'leaving'] as const satisfies readonly MessageState[];

/** Some of the messages of a run. */
export interface ResultPage {
  readonly order: ResultOrder;
  /** From 0. */
  readonly number: number;
  /** Rows on the pages before, and on all of them. */
  readonly before: number;
  readonly total: number;
  /** Indexes of the messages, in the order of the page. */
  readonly indexes: readonly number[];
  readonly isLast: boolean;
}

/** A page of a result; where there are fewer pages, the last one. */
export function resultPage({ header, outcomes }: RunState, order: ResultOrder, wanted: number): ResultPage {
  const ranges = order === 'line'
    ? header.only ?? [[0, header.total] as const]
    : SINGLE_STATES.flatMap((state) => outcomes.ranges(state));
  const total = lengthOf(ranges);
  const last = Math.max(0, Math.ceil(total / MAX_ROWS) - 1);
  const number = Math.min(wanted, last);
  const before = number * MAX_ROWS;
  return { order, number, before, total, indexes: [...indexesOf(ranges, before, before + MAX_ROWS)], isLast: number === last };
}
