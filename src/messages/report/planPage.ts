import { isWithin } from '../../sending/indexRanges.ts';
import { isIssue, type Reading, type ReadyMessage } from '../../sending/message.ts';
import type { IndexRange } from '../../sending/recording.ts';
import type { Plan } from '../plan.ts';

/** What one page of a plan holds at most; a message is never cut, so the last one may go over the bytes. */
const MAX_MESSAGES = 500;
const MAX_BYTES = 1_048_576;

/** Some messages of a plan, one after the other. */
export interface PlanPage {
  /** From 0. */
  readonly number: number;
  /** How many messages the pages before it hold. */
  readonly before: number;
  readonly messages: readonly ReadyMessage[];
  readonly isLast: boolean;
}

/**
 * Reads messages up to and with a page; where there are fewer pages, the last one. Nothing is kept but one page.
 * @param only the indexes that are sent, in ascending order; all of them without it
 * @throws whatever the reading throws
 */
export async function readPlanPage(readings: AsyncIterable<readonly Reading[]>, number: number, only: readonly IndexRange[] | undefined): Promise<PlanPage> {
  let page = { number: 0, before: 0, messages: [] as ReadyMessage[] };
  let bytes = 0;
  for await (const batch of readings) {
    for (const reading of batch) {
      if (isIssue(reading) || (only !== undefined && !isWithin(only, reading.index))) continue;
      const isFull = page.messages.length === MAX_MESSAGES || bytes + reading.bytes > MAX_BYTES;
      if (isFull && page.messages.length > 0) {
        if (page.number === number) return { ...page, isLast: false };
        page = { number: page.number + 1, before: page.before + page.messages.length, messages: [] };
        bytes = 0;
      }
      page.messages.push(reading);
      bytes += reading.bytes;
    }
  }
  return { ...page, isLast: true };
}

/** How many messages a plan sends. */
export function countOf({ facts, part }: Plan): number {
  return part?.count ?? facts.count;
}
