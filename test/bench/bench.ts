import { join } from 'node:path';

import { build } from 'esbuild';

import { startEmulator } from '../../src/emulator/emulator.ts';
import type { Credentials } from '../../src/emulator/emulator.ts';
import { exitOnSignals } from '../host/processes.ts';
import { cacheFolder, inProject, projectFolder } from '../host/project.ts';
import { runInExtensionHost } from '../host/window.ts';
import { chartRatios, lagTableRatios } from './charts.ts';
import { addActions } from './fullAccount.ts';
import { BENCH_WORLD, TOPICS } from './world.ts';
import type { BenchWorld } from './world.ts';

/**
 * Measures in a real extension host, with the emulator in a process of its own (this one), and the charts in Chromium. Prints ratios: the milliseconds
 * beside them are of this machine and this minute.
 */
exitOnSignals();
const emulator = await startEmulator({ extraTopics: TOPICS });
const functions = await startEmulator({ sampleData: 'none' });
addActions(functions);
const testsModule = join(cacheFolder, 'bench', 'inHost.cjs');
await build({
  entryPoints: [inProject('test/bench/inHost.ts')],
  outfile: testsModule,
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  // jsonc-parser's main file loads its parts in a way no bundler follows.
  mainFields: ['module', 'main'],
  external: ['vscode'],
  logLevel: 'warning',
});
const world: BenchWorld = {
  ...emulator.credentials,
  token: await tokenFor(emulator.credentials),
  functions: functions.credentials.naver,
};
const code = await runInExtensionHost(
  {
    extensionFolder: projectFolder,
    testsModule,
    onOutput: (text) => {
      if (/^(Code load|Ratios|\s*[\d.]+ (?:×|MB)|Error:)/u.test(text)) process.stdout.write(`${text}\n`);
    },
  },
  { env: { [BENCH_WORLD]: JSON.stringify(world) } },
);
await Promise.all([emulator.close(), functions.close()]);
for (const ratio of [...(await chartRatios()), ...(await lagTableRatios())]) process.stdout.write(`${ratio}\n`);
process.exitCode = code;

/** A token of the demo user, as easyqueue.md §1.2 says. */
async function tokenFor({ nhn: { token, userAccessKeyId, secretAccessKey } }: Credentials): Promise<string> {
  const response = await fetch(`${token}/oauth2/token/create`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${userAccessKeyId}:${secretAccessKey}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  const { access_token } = (await response.json()) as { readonly access_token: string };
  return access_token;
}
