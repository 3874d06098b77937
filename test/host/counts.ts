import * as fs from 'node:fs';
import { isRecord } from './json.ts';

/** How many tests of a run passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Environment variable with the file a test run writes its counts to; unset, nothing is written. */
export const COUNTS_FILE = 'TEST_COUNTS_FILE';

/** Writes the counts of a run to the file named by the environment, if one is named. */
export function writeCounts(counts: Counts): void {
  const file = process.env[COUNTS_FILE];
  if (file !== undefined) {
    fs.writeFileSync(file, JSON.stringify(counts));
  }
}

/** Reads what `writeCounts` wrote; `undefined` where a run ended before it could count. */
export function readCounts(file: string): Counts | undefined {
  if (!fs.existsSync(file)) {
    return undefined;
  }
  const json: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  const { passed, failed } = isRecord(json) ? json : {};
  return typeof passed === 'number' && typeof failed === 'number' ? { passed, failed } : undefined;
}
