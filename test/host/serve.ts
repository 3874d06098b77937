import * as fs from 'node:fs';
import * as path from 'node:path';
import { startService } from './processes.ts';
import type { Service } from './processes.ts';
import type { VsCodeServer } from './server.ts';

/** The display languages the product speaks. */
export type Language = 'en' | 'ko' | 'ja';

/** The folders a VS Code window lives in. */
export interface WindowFolders {
  /** Settings, logs and state of the editor. */
  readonly data: string;
  /** Installed extensions. */
  readonly extensions: string;
  /** State of the browser: extensions' global state, and secrets as the editor keeps them. */
  readonly profile: string;
  /** The opened folder. */
  readonly workspace: string;
  /** The user's home as extensions see it. */
  readonly home: string;
}

/** The folders of a window below one common folder; they are created. */
export function windowFolders(folder: string): WindowFolders {
  const folders = {
    data: path.join(folder, 'data'),
    extensions: path.join(folder, 'extensions'),
    profile: path.join(folder, 'profile'),
    workspace: path.join(folder, 'workspace'),
    home: path.join(folder, 'home'),
  };
  Object.values(folders).forEach((each) => fs.mkdirSync(each, { recursive: true }));
  return folders;
}

/** How a server is started. */
export interface ServeOptions {
  readonly server: VsCodeServer;
  readonly folders: WindowFolders;
  /** 0 takes a free one. */
  readonly port: number;
  readonly language: Language;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Variables added to the environment of the server and so of the extension host; `undefined` removes one. */
  readonly env: NodeJS.ProcessEnv;
}

/** A VS Code server that answers. */
export interface RunningServer {
  /** Base address, such as "http://127.0.0.1:40213/". */
  readonly address: string;
  readonly service: Service;
}

/**
 * Starts the server with its front end: installed extensions are loaded, the editor's settings and secrets outlive
 * a reload of the page. This is what a person and the e2e tests open.
 */
export async function serveInstalled(options: ServeOptions): Promise<RunningServer> {
  const { folders, server } = options;
  writeSettings(path.join(folders.data, 'User'), options.settings);
  writeLanguagePack(folders.data, options.language);
  fs.writeFileSync(path.join(folders.data, 'config.yaml'), '');
  return start(options, /HTTP server listening on (http:\S+)/u, [
    path.join(server.folder, 'out/node/entry.js'),
    ...['--bind-addr', `127.0.0.1:${String(options.port)}`],
    ...['--auth', 'none'],
    ...['--config', path.join(folders.data, 'config.yaml')],
    ...['--user-data-dir', folders.data],
    ...['--extensions-dir', folders.extensions],
    ...['--locale', options.language],
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-workspace-trust',
    '--disable-getting-started-override',
    '--disable-proxy',
    folders.workspace,
  ]);
}

/**
 * Starts the bare server, whose page takes an extension under development and its tests.
 * Secrets live there as long as the page: the bare server answers 405 to the workbench's request for a key.
 */
export async function serveForTests(options: ServeOptions): Promise<RunningServer> {
  const { folders, server } = options;
  writeSettings(path.join(folders.data, 'data/User'), options.settings);
  writeLanguagePack(path.join(folders.data, 'data'), options.language);
  const running = await start(options, /Extension host agent listening on (\d+)/u, [
    path.join(server.folder, 'lib/vscode/out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(options.port)],
    ...['--server-data-dir', folders.data],
    ...['--extensions-dir', folders.extensions],
    ...['--locale', options.language],
    ...['--telemetry-level', 'off'],
    '--without-connection-token',
    '--accept-server-license-terms',
    '--enable-smoke-test-driver',
  ]);
  return { ...running, address: `http://127.0.0.1:${running.address}/` };
}

async function start(options: ServeOptions, ready: RegExp, args: readonly string[]): Promise<RunningServer> {
  const service = startService(options.server.node, args, {
    cwd: options.folders.home,
    env: serverEnvironment(options),
    logFile: path.join(options.folders.data, 'server.log'),
  });
  return { address: await service.waitForLine(ready), service };
}

/** No marketplace is offered, so that nothing is looked for outside; what an outer VS Code or npm says about itself is left out. */
function serverEnvironment(options: ServeOptions): NodeJS.ProcessEnv {
  const outer = /^(npm_|VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_TEST_CONTEXT$|PORT$|PASSWORD$|CODE_SERVER)/iu;
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name))),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...options.env,
  };
  return env;
}

function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): void {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'settings.json');
  if (!fs.existsSync(file)) {
    fs.writeFileSync(file, JSON.stringify(settings, null, 2));
  }
}

/**
 * Makes a display language known to the server. The editor's own texts stay English, those of extensions are in the
 * language: the pack is empty, as language packs come from a marketplace only.
 */
function writeLanguagePack(userData: string, language: Language): void {
  if (language === 'en') {
    return;
  }
  fs.mkdirSync(userData, { recursive: true });
  const translations = path.join(userData, `language-${language}.json`);
  fs.writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const pack = { hash: `empty-${language}`, label: language, extensions: [{ extensionIdentifier: { id: `cloud-streams.language-${language}` }, version: '1.0.0' }], translations: { vscode: translations } };
  fs.writeFileSync(path.join(userData, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}
