import * as path from 'node:path';
import { COUNTS_FILE, readCounts } from './counts.ts';
import type { Counts } from './counts.ts';
import { exitCode, exitOnSignals, temporaryFolder } from './processes.ts';
import { inProject, projectFolder } from './project.ts';

/** One part of `npm test`. */
interface Stage {
  readonly title: string;
  /** Programs with their arguments; all are run. */
  readonly programs: readonly (readonly string[])[];
  /** 'one' counts the whole stage as one check; 'tests' takes the counts its run wrote. */
  readonly counting: 'one' | 'tests';
}

const node = process.execPath;
const bin = (name: string): string => inProject('node_modules/.bin', name);
/** TypeScript 7 by its path: version 6, which the lint rules need, links a `tsc` of its own. */
const tsc = inProject('node_modules/typescript-native/bin/tsc');

const stages: readonly Stage[] = [
  { title: 'Build', programs: [[node, 'esbuild.mjs']], counting: 'one' },
  { title: 'Types', programs: ['.', 'webview'].map((folder) => [node, tsc, '-p', folder]), counting: 'one' },
  { title: 'Lint', programs: [[bin('eslint'), '.'], [bin('knip')]], counting: 'one' },
  { title: 'Unit tests', programs: [[node, 'test/host/unit.ts']], counting: 'tests' },
  { title: 'Page tests', programs: [[node, 'test/host/unit.ts', 'test/page/**/*.test.ts']], counting: 'tests' },
  { title: 'Integration tests', programs: [[node, 'test/host/integration.ts']], counting: 'tests' },
  { title: 'End-to-end tests', programs: [[node, 'test/host/e2e.ts']], counting: 'tests' },
];

async function runStage(stage: Stage, countsFile: string): Promise<Counts> {
  const started = Date.now();
  process.stdout.write(`\n=== ${stage.title} ===\n`);
  // Our own Node.js first: the programs in node_modules/.bin take the one on the PATH.
  const env = {
    ...process.env,
    PATH: `${path.dirname(node)}${path.delimiter}${process.env['PATH'] ?? ''}`,
    [COUNTS_FILE]: countsFile,
  };
  const codes: number[] = [];
  for (const [program = '', ...args] of stage.programs) {
    codes.push(await exitCode(program, args, { cwd: projectFolder, env }));
  }
  const counts = resultOf(stage, codes.every((code) => code === 0), readCounts(countsFile));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`--- ${stage.title}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)\n`);
  return counts;
}

/** A run that failed without a failed test, or ended before it could count, is one failure. */
function resultOf(stage: Stage, succeeded: boolean, counts: Counts | undefined): Counts {
  if (stage.counting === 'one') {
    return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  }
  if (counts === undefined) {
    return { passed: 0, failed: 1 };
  }
  return succeeded ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}

exitOnSignals();
const folder = temporaryFolder('counts');
let [passed, failed] = [0, 0];
for (const [index, stage] of stages.entries()) {
  const counts = await runStage(stage, path.join(folder, `${index}.json`));
  passed += counts.passed;
  failed += counts.failed;
}
process.exitCode = failed === 0 ? 0 : 1;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
