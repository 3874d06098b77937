import * as fs from 'node:fs';
import * as path from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { installCompanion, installExtension } from '../host/packaged.ts';
import { exitOnSignals } from '../host/processes.ts';
import { cacheFolder, inProject } from '../host/project.ts';
import { openInstalledWindow } from '../host/window.ts';
import type { VsCodeWindow, WindowOptions } from '../host/window.ts';
import { waitFor } from './wait.ts';
import { Workbench } from './workbench.ts';

/** A window with the product installed. */
export interface ProductWindow extends VsCodeWindow {
  readonly workbench: Workbench;
  /** Reloads the page, as closing and opening the window does. */
  reload(): Promise<void>;
  /** Reloads the page, once the editor has kept an unsaved document with this text. */
  reloadWithUnsaved(text: string): Promise<void>;
  /** Writes a picture of the window to a file. The pointer is moved out of the way, unless it is to stay for what shows under it. */
  screenshot(file: string, options?: { readonly keepsPointer?: boolean }): Promise<void>;
}

/** What a product window is opened with. */
export interface ProductWindowOptions extends WindowOptions {
  /** Whether the companion adds the demo accounts, opens `orders.messages.json` and shows the view, as in `npm start`. */
  readonly companion?: boolean;
}

/** Opens a window with the extension as packaged and the sample workspace. */
export async function openWindow(options: ProductWindowOptions = {}): Promise<ProductWindow> {
  const window = await openInstalledWindow({
    fill: (workspace) => {
      fs.cpSync(inProject('test/host/workspace'), workspace, { recursive: true });
    },
    install: async (extensions) => {
      installExtension(extensions);
      if (options.companion === true) {
        await installCompanion(extensions);
      }
    },
    ...options,
  });
  const { page } = window;
  const reload = async (): Promise<void> => {
    await page.reload();
    await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
  };
  return {
    ...window,
    workbench: new Workbench(page, window.folders.workspace),
    reload,
    reloadWithUnsaved: async (text) => {
      await waitFor('the editor to keep what is unsaved', () => Promise.resolve(isKept(window.folders.data, text)));
      await reload();
    },
    screenshot: async (file, { keepsPointer = false } = {}) => {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      if (!keepsPointer) {
        // Into the status bar, where nothing is said about what is under the pointer; what is still said goes when it moves again.
        const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
        const hover = page.locator('.monaco-hover:visible, .workbench-hover:visible');
        await waitFor('the pointer to say nothing', async () => {
          await page.mouse.move(width / 2, height / 2);
          await page.mouse.move(width / 2, height - 2, { steps: 5 });
          return (await hover.count()) === 0;
        });
      }
      await page.screenshot({ path: file, animations: 'disabled' });
    },
  };
}

/** Whether the editor has written an unsaved document with this text aside. */
function isKept(data: string, text: string): boolean {
  const folder = path.join(data, 'User', 'Backups');
  if (!fs.existsSync(folder)) return false;
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.some((file) => fs.readFileSync(path.join(file.parentPath, file.name), 'utf8').includes(text));
}

/** The body of an end-to-end test. */
export type E2eBody = (window: ProductWindow, context: TestContext) => Promise<void>;

/**
 * Defines an end-to-end test with a window of its own. Where it fails, a picture of the window and what the page
 * said stay in `.cache/failures`, under the test's name.
 */
export function e2e(name: string, body: E2eBody, options: ProductWindowOptions = {}): void {
  void test(name, async (context) => {
    exitOnSignals();
    const window = await openWindow(options);
    try {
      await keepPicture(window, name, async () => body(window, context));
    } finally {
      await window.close();
    }
  });
}

/** Runs a part of a test under its own name, with a picture of its own where it fails. Later parts run all the same. */
export async function step(
  context: TestContext,
  window: ProductWindow,
  name: string,
  body: () => Promise<void>,
): Promise<void> {
  await context.test(name, async () => keepPicture(window, `${context.name} - ${name}`, body));
}

async function keepPicture(window: ProductWindow, name: string, body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    await keepEvidence(window, name);
    // A question left open would stand in the way of the parts that follow.
    await window.page.keyboard.press('Escape');
    // A machine that is gone by the time somebody looks keeps no pictures: the log's end goes with the error.
    if (error instanceof Error) error.message += `\n${logEnd(window)}`;
    throw error;
  }
}

/** The last lines the extension logged, and what the extension host complained of. */
function logEnd(window: ProductWindow): string {
  const folder = path.join(window.folders.data, 'logs');
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const linesOf = (ending: string): readonly string[] =>
    files.filter((file) => file.endsWith(ending)).flatMap((file) => fs.readFileSync(path.join(folder, file), 'utf8').trim().split('\n'));
  const complaints = linesOf('remoteexthost.log').filter((line) => / \[(warning|error)\] /.test(line));
  return ['The log ends with:', ...linesOf('Cloud Streams.log').slice(-15), ...complaints.slice(-5)].join('\n  ');
}

/** Keeps a picture of the window, what the page said and the editor's logs in `.cache/failures`. */
export async function keepEvidence(window: ProductWindow, name: string): Promise<void> {
  const file = path.join(cacheFolder, 'failures', name.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-').slice(0, 120));
  await window.screenshot(`${file}.png`, { keepsPointer: true });
  fs.writeFileSync(`${file}.page.log`, window.console.join('\n'));
  fs.cpSync(path.join(window.folders.data, 'logs'), `${file}.logs`, { recursive: true });
}
