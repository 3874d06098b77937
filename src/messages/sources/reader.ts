import { isWithin } from '../../sending/indexRanges.ts';
import type { SendJob } from '../../sending/job.ts';
import { isIssue, type Reading, type ReadyMessage } from '../../sending/message.ts';
import type { TargetLimits } from '../../sending/messageTarget.ts';
import { readMessages } from '../../sending/reading/readMessages.ts';
import type { IndexRange } from '../../sending/recording.ts';
import type { MessageSource } from '../../sending/source.ts';
import { type ReadInputs, withAnswers } from './readInputs.ts';

/** What messages are read from. */
export interface ReadRequest {
  readonly job: SendJob;
  readonly sources: readonly MessageSource[];
  readonly limits: TargetLimits;
  readonly inputs: ReadInputs;
}

/** Everything that is read, with what was typed for it. The same request gives the same messages as long as its sources stay. */
export function readAll({ job, sources, limits, inputs }: ReadRequest, signal: AbortSignal): AsyncIterable<readonly Reading[]> {
  const { variables, env, file, answers } = inputs;
  const readings = readMessages(sources, { job, limits, variables, env, file }, signal);
  return answers === undefined ? readings : withAnswers(readings, answers);
}

/** The messages that can be sent, of those in some ranges; of all without them. */
export async function* messagesIn(
  readings: AsyncIterable<readonly Reading[]>, only: readonly IndexRange[] | undefined,
): AsyncGenerator<readonly ReadyMessage[]> {
  for await (const batch of readings) {
    const messages = batch.filter((reading): reading is ReadyMessage => !isIssue(reading) && (only === undefined || isWithin(only, reading.index)));
    if (messages.length > 0) yield messages;
  }
}
