import { indexesOf, isWithin, lengthOf } from '../../sending/indexRanges.ts';
import type { RunState } from '../../sending/journal/journalStore.ts';
import { isIssue, type Reading, type ReadyMessage } from '../../sending/message.ts';
import type { IndexRange } from '../../sending/recording.ts';

/** The messages of a run, where they can still be had. */
export interface RunMessages {
  /** Of its sources, where they are what they were: all messages, in their order. */
  readonly readings: AsyncIterable<readonly Reading[]> | undefined;
  /** Of the journal: what it kept, in any order. */
  readonly payloads: AsyncIterable<readonly ReadyMessage[]>;
}

/**
 * A run as JSON Lines, an object for each message: `number`, `source`, `line`, `outcome`, where there is something to say `error`, `status`,
 * `code` and `detail`, and where the message can still be had `key`, `partition` and `value`. Each piece is one line with its break.
 */
export async function* exportLines(state: RunState, { readings, payloads }: RunMessages): AsyncGenerator<string> {
  const ranges: readonly IndexRange[] = state.header.only ?? [[0, state.header.total]];
  if (readings !== undefined) {
    for await (const batch of readings) {
      // What cannot be sent is no message of the run.
      for (const reading of batch) if (!isIssue(reading) && isWithin(ranges, reading.index)) yield lineOf(state, reading.index, reading);
    }
    return;
  }
  const written = new Uint8Array(state.header.total);
  for await (const batch of payloads) {
    for (const message of batch) {
      if (written[message.index] !== 0 || !isWithin(ranges, message.index)) continue;
      written[message.index] = 1;
      yield lineOf(state, message.index, message);
    }
  }
  for (const index of indexesOf(ranges, 0, lengthOf(ranges))) {
    if (written[index] === 0) yield lineOf(state, index, undefined);
  }
}

function lineOf({ header, outcomes }: RunState, index: number, message: ReadyMessage | undefined): string {
  const place = message === undefined ? outcomes.placeOf(index) : { source: message.source, line: message.place.line };
  const note = outcomes.noteOf(index);
  return `${JSON.stringify({
    number: index + 1,
    source: place === undefined ? undefined : header.job.sources[place.source]?.name,
    line: place?.line,
    outcome: outcomes.stateOf(index),
    error: note?.kind,
    status: note?.status,
    code: note?.code,
    detail: note?.detail,
    key: message?.key,
    partition: message?.partition,
    value: message?.value,
  })}\n`;
}
