import type { TestEvent } from 'node:test/reporters';
import { writeCounts } from './counts.ts';

/** A reporter for `node --test` that prints nothing and writes the counts of the whole run for `npm test`. */
async function* countTests(events: AsyncIterable<TestEvent>): AsyncGenerator<string, void> {
  for await (const event of events) {
    // One summary comes for each file, and one without a file for all of them.
    if (event.type === 'test:summary' && event.data.file === undefined) {
      const { passed, tests, skipped, todo } = event.data.counts;
      writeCounts({ passed, failed: tests - passed - skipped - todo });
    }
  }
  yield '';
}

// The test runner takes a reporter as the default export of its module.
export { countTests as default };
