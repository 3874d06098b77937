import * as fs from 'node:fs';
import { COUNTS_FILE } from './counts.ts';
import { bundleIntegrationTests } from './integrationBundle.ts';
import { exitOnSignals } from './processes.ts';
import { inProject, projectFolder } from './project.ts';
import { chosenVsCode, obtainServer } from './server.ts';
import { runInExtensionHost } from './window.ts';

/** How long all tests in the extension host may take before the run is given up, in milliseconds. */
const LIMIT_MS = 10 * 60_000;

exitOnSignals();
const server = await obtainServer(chosenVsCode());
process.stdout.write(`VS Code ${server.vscodeVersion}\n`);
const testsModule = await bundleIntegrationTests();
const limit = setTimeout(() => {
  process.stderr.write(`The tests did not end within ${LIMIT_MS / 60_000} minutes.\n`);
  process.exit(1);
}, LIMIT_MS);

// The window says much of its own; that is of interest only where the run ends without a result.
const isTestLine = (text: string): boolean => /^(✔|✖|- |\d+ passed, )/u.test(text);
const other: string[] = [];
const results: string[] = [];

const code = await runInExtensionHost(
  {
    extensionFolder: projectFolder,
    testsModule,
    onOutput: (text) => {
      if (isTestLine(text)) {
        process.stdout.write(`${text}\n`);
        results.push(...(/^\d+ passed, /u.exec(text) ?? []));
      } else {
        other.push(text);
      }
    },
  },
  {
    env: { [COUNTS_FILE]: process.env[COUNTS_FILE] },
    fill: (workspace) => {
      fs.cpSync(inProject('test/host/workspace'), workspace, { recursive: true });
    },
  },
);
clearTimeout(limit);
if (code !== 0 && results.length === 0) {
  process.stdout.write(`What the window said:\n${other.join('\n')}\n`);
}
process.exitCode = code;
