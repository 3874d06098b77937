import type { Reading } from '../message.ts';
import type { PlanFacts } from '../planFacts.ts';
import { SourceChangedError } from '../source.ts';
import { Checks } from './checks.ts';

/**
 * What a plan promised, and nothing else: readings are passed on in blocks, each when it is known to be what the plan was made from. One
 * block is kept back, which is a thousand readings or some megabytes.
 * @param readings all of the job, from the first
 * @throws SourceChangedError before the first block that differs, and where there are more or fewer readings than in the plan; whatever
 * the reading throws
 */
export async function* verified(
  readings: AsyncIterable<readonly Reading[]>, { total, checks }: Pick<PlanFacts, 'total' | 'checks'>,
): AsyncGenerator<readonly Reading[]> {
  const found = new Checks();
  let block: Reading[] = [];
  let blocks = 0;
  let count = 0;
  const passOn = (check: string): readonly Reading[] => {
    if (check !== checks[blocks]) throw new SourceChangedError();
    const whole = block;
    block = [];
    blocks += 1;
    return whole;
  };
  for await (const batch of readings) {
    for (const reading of batch) {
      count += 1;
      if (count > total) throw new SourceChangedError();
      block.push(reading);
      const check = found.add(reading);
      if (check !== undefined) yield passOn(check);
    }
  }
  const last = found.last();
  if (count !== total || blocks + (last === undefined ? 0 : 1) !== checks.length) throw new SourceChangedError();
  if (last !== undefined) yield passOn(last);
}
