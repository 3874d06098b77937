import * as fs from 'node:fs';
import { runTests } from '@vscode/test-electron';
import { bundleIntegrationTests } from './integrationBundle.ts';
import { exitOnSignals, temporaryFolder } from './processes.ts';
import { inProject, projectFolder } from './project.ts';
import { windowFolders } from './serve.ts';

/** Runs the integration tests in the desktop VS Code, which is downloaded; VSCODE_VERSION=oldest takes 1.103. */
exitOnSignals();
const folders = windowFolders(temporaryFolder('electron'));
fs.cpSync(inProject('test/host/workspace'), folders.workspace, { recursive: true });
process.exitCode = await runTests({
  version: process.env['VSCODE_VERSION'] === 'oldest' ? '1.103.2' : 'stable',
  extensionDevelopmentPath: projectFolder,
  extensionTestsPath: await bundleIntegrationTests(),
  launchArgs: [
    folders.workspace,
    `--user-data-dir=${folders.data}`,
    `--extensions-dir=${folders.extensions}`,
    '--disable-workspace-trust',
    '--skip-welcome',
  ],
});
