import * as fs from 'node:fs';
import * as path from 'node:path';
import { obtainChromium } from './browser.ts';
import { COUNTS_FILE, readCounts, writeCounts } from './counts.ts';
import type { Counts } from './counts.ts';
import { nodeTestArguments } from './nodeTest.ts';
import { exitCode, exitOnSignals, temporaryFolder } from './processes.ts';
import { inProject } from './project.ts';
import { chosenVsCode, obtainServer } from './server.ts';

/** Longest time for one test with its window, in milliseconds. */
const LIMIT_MS = 5 * 60_000;

/**
 * Runs test/e2e/*.e2e.ts one after the other, or those whose file name contains one of the words given. A file that failed runs once
 * more; where that goes well the run says so and counts it as passed.
 */
exitOnSignals();
const words = process.argv.slice(2);
const folder = inProject('test/e2e');
const files = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith('.e2e.ts'))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
if (files.length === 0) {
  throw new Error(`No file in test/e2e matches ${words.join(', ')}.`);
}
// Made ready once here rather than by each test within its time limit.
const server = await obtainServer(chosenVsCode());
await obtainChromium();
process.stdout.write(`VS Code ${server.vscodeVersion}\n`);
const unsteady: string[] = [];
let [passed, failed] = [0, 0];
for (const file of files) {
  let counts = await runFile(file);
  if (counts.failed > 0) {
    // A browser, a server and two processes talk here, and a machine may stall any of them: a fresh window decides, aloud.
    process.stdout.write(`\n${file} failed. It gets a second window.\n`);
    counts = await runFile(file);
    if (counts.failed === 0) unsteady.push(file);
  }
  passed += counts.passed;
  failed += counts.failed;
}
if (unsteady.length > 0) process.stdout.write(`\nUnsteady, find out why: ${unsteady.join(', ')}\n`);
writeCounts({ passed, failed });
process.exitCode = failed === 0 ? 0 : 1;

/** Runs one file in a process and a window of its own. */
async function runFile(file: string): Promise<Counts> {
  const countsFile = path.join(temporaryFolder('e2e-counts'), 'counts.json');
  const program = nodeTestArguments([path.join(folder, file)], [`--test-timeout=${LIMIT_MS}`]);
  const code = await exitCode(process.execPath, program, { env: { ...process.env, [COUNTS_FILE]: countsFile } });
  const counts = readCounts(countsFile) ?? { passed: 0, failed: 1 };
  return code === 0 ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}
