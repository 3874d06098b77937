import * as fs from 'node:fs';
import * as path from 'node:path';
import type Mocha from 'mocha';
import { writeCounts } from '../host/counts.ts';

/**
 * Called by VS Code inside the extension host: runs every test file bundled beside this one and prints a line for each
 * test. Throws if a test failed or there is none, which makes the exit code of the run.
 */
export async function run(): Promise<void> {
  // Imported rather than required: what require() gives for it differs between the Node.js of older and newer hosts.
  const { default: Runner } = await import('mocha');
  const mocha = new Runner({ ui: 'tdd', timeout: 60_000, reporter: Runner.reporters.Base });
  const files = fs.globSync('**/*.test.cjs', { cwd: __dirname });
  files.toSorted().forEach((file) => mocha.addFile(path.join(__dirname, file)));
  const counts = await new Promise<{ passed: number; failed: number }>((resolve) => {
    let [passed, failed] = [0, 0];
    const runner = mocha.run(() => {
      resolve({ passed, failed });
    });
    runner.on('pass', (test) => {
      passed += 1;
      console.log(`✔ ${name(test)} (${test.duration ?? 0} ms)`);
    });
    runner.on('fail', (test, error: unknown) => {
      failed += 1;
      console.log(`✖ ${name(test)}\n${indented(error instanceof Error ? (error.stack ?? error.message) : String(error))}`);
    });
    runner.on('pending', (test) => {
      console.log(`- ${name(test)} (skipped)`);
    });
  });
  writeCounts(counts);
  console.log(`${counts.passed} passed, ${counts.failed} failed in the extension host`);
  if (counts.failed > 0 || counts.passed === 0) {
    throw new Error(`${counts.failed} of ${counts.passed + counts.failed} tests failed.`);
  }
}

function name(test: Mocha.Test): string {
  return test.titlePath().join(' › ');
}

function indented(text: string): string {
  return text.replaceAll(/^/gmu, '    ');
}
