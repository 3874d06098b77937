import { isIssue, type Reading } from '../message.ts';
import type { Outcomes } from './outcomes.ts';

/**
 * What is left of a run whose keys keep their order: without the messages behind one of the same key of which nobody knows whether it
 * arrived. They stay behind, as they did when the run was first sent.
 * @param readings all of the job, in their order
 * @param outcomes of the run that is gone on with; what was leaving when it was interrupted is unknown in them
 */
export async function* inKeyOrder(
  readings: AsyncIterable<readonly Reading[]>, outcomes: Pick<Outcomes, 'stateOf'>,
): AsyncGenerator<readonly Reading[]> {
  const held = new Set<string>();
  for await (const batch of readings) {
    yield batch.filter((reading) => {
      if (isIssue(reading)) return true;
      if (held.has(reading.key)) return false;
      // A copy: as a slice, a key would keep the whole text in memory that it was read from.
      if (outcomes.stateOf(reading.index) === 'unknown') held.add(Buffer.from(reading.key, 'utf16le').toString('utf16le'));
      return true;
    });
  }
}
