import * as fs from 'node:fs';
import { createServer } from 'node:net';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { installCompanion, installExtension } from './packaged.ts';
import { exitCode, exitOnSignals, findOnPath, removeFolder, temporaryFolder } from './processes.ts';
import { cacheFolder, inProject, projectFolder } from './project.ts';
import { serveInstalled, windowFolders } from './serve.ts';
import type { Language, WindowFolders } from './serve.ts';
import { chosenVsCode, obtainServer } from './server.ts';
import { quietSettings } from './settings.ts';

const usage = `npm start -- [--browser] [--port P] [--locale en|ko|ja]

Opens VS Code with Cloud Streams, its demo accounts and sample messages: the desktop "code" where there is one,
otherwise (or with --browser) a VS Code server for any browser. Ctrl+C ends it.
A port given keeps what was done in that window for the next time; without one each start is fresh.`;

interface StartOptions {
  readonly browser: boolean;
  readonly port: number;
  readonly language: Language;
}

function readOptions(): StartOptions {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      browser: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      locale: { type: 'string', default: 'en' },
    },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    process.exit();
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`The port is "${values.port}". Give a number from 0 (any free one) to 65535.\n\n${usage}`);
  }
  const language = (['en', 'ko', 'ja'] as const).find((each) => each === values.locale);
  if (language === undefined) {
    throw new Error(`The locale is "${values.locale}". Give one of en, ko, ja.\n\n${usage}`);
  }
  return { browser: values.browser || values.port !== '0', port, language };
}

/** Starts the server and says where it is, once the page of the workbench is really served. */
async function startServer(options: StartOptions): Promise<void> {
  await requireFreePort(options.port);
  const server = await obtainServer(chosenVsCode());
  const folders = windowFolders(
    options.port === 0 ? temporaryFolder('start') : path.join(cacheFolder, 'start', String(options.port)),
  );
  await layOut(folders);
  const { address, service } = await serveInstalled({
    server,
    folders,
    port: options.port,
    language: options.language,
    settings: { ...quietSettings('dark'), 'window.autoDetectColorScheme': true },
    env: {},
  });
  const window = `${address}?folder=${encodeURI(folders.workspace)}`;
  await requireWorkbench(window);
  process.stdout.write(`Ready: ${window}\n`);
  process.exitCode = await service.ended;
}

async function requireFreePort(port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', () => {
      reject(new Error(`Port ${port} is not free. End what uses it, or give another with --port.`));
    });
    probe.listen(port, '127.0.0.1', resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

/** Installs the product as built now and the companion; sample files a person has changed stay as they are. */
async function layOut(folders: WindowFolders): Promise<void> {
  removeFolder(folders.extensions);
  installExtension(folders.extensions);
  await installCompanion(folders.extensions);
  fs.cpSync(inProject('test/host/workspace'), folders.workspace, { recursive: true, force: false });
}

async function requireWorkbench(address: string): Promise<void> {
  const response = await fetch(address);
  const page = await response.text();
  if (response.status !== 200 || !page.includes('vscode-workbench-web-configuration')) {
    throw new Error(`The VS Code server answers ${String(response.status)} at ${address} instead of its window.`);
  }
}

/** Opens the desktop with a profile of its own; ends with its window. */
async function startDesktop(code: string, language: Language): Promise<void> {
  const folders = windowFolders(path.join(cacheFolder, 'start', 'desktop'));
  fs.cpSync(inProject('test/host/workspace'), folders.workspace, { recursive: true, force: false });
  const companion = await installCompanion(path.join(folders.home, 'companion'));
  process.stdout.write('Opening VS Code; this ends with its window.\n');
  process.exitCode = await exitCode(code, [
    ...['--new-window', '--wait', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
    ...['--locale', language],
    ...['--user-data-dir', folders.data],
    ...['--extensions-dir', folders.extensions],
    `--extensionDevelopmentPath=${projectFolder}`,
    `--extensionDevelopmentPath=${companion}`,
    folders.workspace,
  ]);
}

/** The desktop's program, where a window of it could be seen; as root it refuses to start. */
function findDesktop(): string | undefined {
  const hasScreen =
    process.platform !== 'linux' || (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']) !== undefined;
  return hasScreen && process.getuid?.() !== 0 ? findOnPath('code') : undefined;
}

exitOnSignals();
try {
  const options = readOptions();
  const desktop = options.browser ? undefined : findDesktop();
  await (desktop === undefined ? startServer(options) : startDesktop(desktop, options.language));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
