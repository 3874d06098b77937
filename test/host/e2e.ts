import * as fs from 'node:fs';
import * as path from 'node:path';
import { obtainChromium } from './browser.ts';
import { nodeTestArguments } from './nodeTest.ts';
import { exitCode, exitOnSignals } from './processes.ts';
import { inProject } from './project.ts';
import { chosenVsCode, obtainServer } from './server.ts';

/** Longest time for one test with its window, in milliseconds. */
const LIMIT_MS = 5 * 60_000;

/** Runs test/e2e/*.e2e.ts one after the other, or those whose file name contains one of the words given. */
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
process.exitCode = await exitCode(
  process.execPath,
  nodeTestArguments(
    files.map((file) => path.join(folder, file)),
    ['--test-concurrency=1', `--test-timeout=${LIMIT_MS}`],
  ),
);
