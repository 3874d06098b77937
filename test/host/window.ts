import * as path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser, obtainChromium } from './browser.ts';
import { temporaryFolder } from './processes.ts';
import { serveForTests, serveInstalled, windowFolders } from './serve.ts';
import type { Language, RunningServer, ServeOptions, WindowFolders } from './serve.ts';
import { chosenVsCode, obtainServer } from './server.ts';
import type { VsCodeServer } from './server.ts';
import { quietSettings } from './settings.ts';
import type { Theme } from './settings.ts';

/** What a window is opened with; everything has a default. */
export interface WindowOptions {
  /** Folder for all that belongs to the window; default: a new one, removed at the end. */
  readonly folder?: string;
  /** Fills the extensions folder before the server starts. */
  readonly install?: (extensionsFolder: string) => void | Promise<void>;
  /** Fills the workspace before the window opens. */
  readonly fill?: (workspaceFolder: string) => void;
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly language?: Language;
  readonly theme?: Theme;
  /** Size of the window in CSS pixels; default 1280 × 900. */
  readonly width?: number;
  readonly height?: number;
}

/** A VS Code window in a browser, with the server it belongs to. */
export interface VsCodeWindow {
  readonly page: Page;
  readonly folders: WindowFolders;
  readonly server: VsCodeServer;
  /** What the page wrote to its console, errors included. */
  readonly console: readonly string[];
  /** Closes browser and server, with every process they started. */
  close(): Promise<void>;
}

/** Opens a window in which the extensions of its extensions folder are installed. */
export async function openInstalledWindow(options: WindowOptions = {}): Promise<VsCodeWindow> {
  return open(options, serveInstalled, async (page, running, folders) => {
    await page.goto(`${running.address}?folder=${encodeURIComponent(folders.workspace)}`);
    await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
  });
}

/** What a test run inside the extension host reports. */
export interface TestRun {
  /** The folder of the extension under development. */
  readonly extensionFolder: string;
  /** The module whose `run()` is called in the extension host. */
  readonly testsModule: string;
  /** Receives what the run prints. */
  readonly onOutput: (text: string) => void;
}

/** Runs a test module inside a real extension host; returns 0 if its `run()` resolved, else another number. */
export async function runInExtensionHost(run: TestRun, options: WindowOptions = {}): Promise<number> {
  const finished = Promise.withResolvers<number>();
  const window = await open(options, serveForTests, async (page, running, folders) => {
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
      run.onOutput(args.map(String).join(' '));
    });
    await page.exposeFunction('codeAutomationExit', finished.resolve);
    await page.goto(testPage(running.address, folders, run));
  });
  window.page.on('close', () => {
    finished.reject(new Error('The window was closed before the tests ended.'));
  });
  window.page.on('crash', () => {
    finished.reject(new Error('The window crashed before the tests ended.'));
  });
  try {
    return await finished.promise;
  } finally {
    await window.close();
  }
}

function testPage(address: string, folders: WindowFolders, run: TestRun): string {
  const remote = (file: string): string => `vscode-remote://${new URL(address).host}${file}`;
  const payload = [
    ['extensionDevelopmentPath', remote(run.extensionFolder)],
    ['extensionTestsPath', remote(run.testsModule)],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ folder: folders.workspace, payload: JSON.stringify(payload) });
  return `${address}?${query.toString()}`;
}

type Serve = (options: ServeOptions) => Promise<RunningServer>;
type Enter = (page: Page, running: RunningServer, folders: WindowFolders) => Promise<void>;

async function open(options: WindowOptions, serve: Serve, enter: Enter): Promise<VsCodeWindow> {
  const [server, executable] = [await obtainServer(chosenVsCode()), await obtainChromium()];
  const folders = windowFolders(options.folder ?? temporaryFolder('window'));
  await options.install?.(folders.extensions);
  options.fill?.(folders.workspace);
  const theme = options.theme ?? 'dark';
  const running = await serve({
    server,
    folders,
    port: 0,
    language: options.language ?? 'en',
    settings: { ...quietSettings(theme), ...options.settings },
    env: { ...isolatedHome(folders.home), ...options.env },
  });
  let context: BrowserContext | undefined;
  try {
    context = await launchBrowser({
      executable,
      profileFolder: folders.profile,
      width: options.width ?? 1280,
      height: options.height ?? 900,
      colorScheme: theme === 'light' || theme === 'highContrastLight' ? 'light' : 'dark',
    });
    return await openPage(context, { server, folders, running, enter });
  } catch (error) {
    await context?.close();
    await running.service.end();
    throw error;
  }
}

interface Opened {
  readonly server: VsCodeServer;
  readonly folders: WindowFolders;
  readonly running: RunningServer;
  readonly enter: Enter;
}

async function openPage(context: BrowserContext, opened: Opened): Promise<VsCodeWindow> {
  const { server, folders, running, enter } = opened;
  const own = new URL(running.address).host;
  await context.route(
    (url) => url.host !== own && url.protocol.startsWith('http'),
    async (route) => route.abort(),
  );
  const page = context.pages()[0] ?? (await context.newPage());
  const console: string[] = [];
  page.on('console', (message) => console.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => console.push(`exception: ${error.stack ?? error.message}`));
  await enter(page, running, folders);
  return {
    page,
    folders,
    server,
    console,
    close: async () => {
      await context.close();
      await running.service.end();
    },
  };
}

/** Extensions see a home of their own, without the cloud keys of whoever runs the tests. */
function isolatedHome(home: string): NodeJS.ProcessEnv {
  return {
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local/share'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
    NCLOUD_ACCESS_KEY: undefined,
    NCLOUD_SECRET_KEY: undefined,
  };
}
