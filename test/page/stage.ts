import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { build } from 'esbuild';
import type { BrowserContext, Page } from 'playwright-core';

import type { PageCall } from '../../src/protocol/calls.ts';
import type { HostEvent } from '../../src/protocol/dashboard.ts';
import { launchBrowser, obtainChromium } from '../host/browser.ts';
import { run } from '../host/processes.ts';
import { cacheFolder, inProject } from '../host/project.ts';
import { stageHtml } from './stageHtml.ts';
import { wired } from './stageWire.ts';

/** The themes whose variables were read from a real window. */
export const THEMES = ['dark', 'light', 'hcDark', 'hcLight'] as const;
export type Theme = (typeof THEMES)[number];

/** How a page is opened. */
export interface OpenOptions {
  readonly events: readonly HostEvent[];
  readonly theme?: Theme;
  /** Texts come from `l10n/`. */
  readonly locale?: 'en' | 'ko' | 'ja';
  /** Texts beside those, by their English literal. */
  readonly texts?: Readonly<Record<string, string>>;
  /** CSS pixels. */
  readonly width?: number;
  readonly height?: number;
  /** What the editor kept of the page. */
  readonly state?: unknown;
  /** Without `controls.js`: as it is before that is there. */
  readonly withoutControls?: true;
}

/** A page on the stage. */
export interface StagePage {
  readonly page: Page;
  /** All that the page asked for, oldest first. */
  calls(): Promise<readonly PageCall[]>;
  /** Hands in an event, and waits until the page has drawn it. */
  send(event: HostEvent): Promise<void>;
  /** What the page keeps. */
  state(): Promise<unknown>;
  /** What broke: errors of scripts and of the Content-Security-Policy. */
  broken(): Promise<readonly string[]>;
  /** What axe finds against WCAG 2.1 AA, a line each. */
  axe(): Promise<readonly string[]>;
  setTheme(theme: Theme): Promise<void>;
  /** Waits until an expression is true in the page; looks at each frame. */
  until(expression: string): Promise<void>;
  /** Runs a script in the page that may import files of `webview/` by their path from the project. */
  run(script: string): Promise<unknown>;
  screenshot(file: string): Promise<void>;
  close(): Promise<void>;
}

/** The pages of `webview/` in a Chromium, as a panel of the editor would show them, without the editor. */
export class Stage {
  readonly #folder: string;
  readonly #server: Server;
  readonly #browser: BrowserContext;

  private constructor(folder: string, server: Server, browser: BrowserContext) {
    this.#folder = folder;
    this.#server = server;
    this.#browser = browser;
  }

  /** Builds the pages, serves them on loopback, starts the browser. To be closed. */
  static async open(): Promise<Stage> {
    await mkdir(cacheFolder, { recursive: true });
    const folder = await mkdtemp(join(cacheFolder, 'stage-'));
    await run(process.execPath, [inProject('webview/build.mjs'), '--outdir', folder], { cwd: inProject() });
    const server = await serve(join(folder, 'webview'));
    const browser = await launchBrowser({
      executable: await obtainChromium(),
      profileFolder: join(folder, 'profile'),
      width: 1000,
      height: 800,
      colorScheme: 'dark',
    });
    return new Stage(folder, server, browser);
  }

  /** Opens a page, and hands in the events once it asked for them. */
  async openPage(options: OpenOptions): Promise<StagePage> {
    const page = await this.#browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.setViewportSize({ width: options.width ?? 1000, height: options.height ?? 800 });
    const setup = { theme: themeOf(options.theme ?? 'dark'), state: options.state };
    await page.addInitScript({ content: `globalThis.__stage = ${JSON.stringify(setup)};\n${readFileSync(inProject('test/page/inPage.js'), 'utf8')}` });
    const { port } = this.#server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${String(port)}/${options.withoutControls === true ? '?withoutControls' : ''}`);
    await page.evaluate('__stage.ready');
    const opened = onStage(page, errors);
    for (const event of options.events) await opened.send(localised(event, options));
    return opened;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.closeAllConnections();
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function onStage(page: Page, errors: readonly string[]): StagePage {
  return {
    page,
    calls: () => page.evaluate<PageCall[]>('__stage.calls'),
    send: async (event) => page.evaluate(`__stage.send(${JSON.stringify(wired(event))})`),
    state: () => page.evaluate('__stage.state'),
    broken: async () => [...errors, ...(await page.evaluate<string[]>('__stage.violations'))],
    axe: async () => {
      await page.evaluate(readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8'));
      return page.evaluate<string[]>('__stage.axe()');
    },
    setTheme: async (theme) => page.evaluate(`__stage.setTheme(${JSON.stringify(themeOf(theme))})`),
    // Not Playwright's own: it evaluates a text in the page, which the policy forbids.
    until: async (expression) => page.evaluate(`new Promise((resolve) => {
      const look = () => ((${expression}) ? resolve() : requestAnimationFrame(look));
      look();
    })`),
    run: async (script) => {
      const { outputFiles } = await build({
        stdin: { contents: script, resolveDir: inProject(), loader: 'ts' },
        bundle: true,
        format: 'iife',
        platform: 'browser',
        write: false,
      });
      return page.evaluate(outputFiles[0]?.text ?? '');
    },
    screenshot: async (file) => {
      await page.screenshot({ path: file, fullPage: true });
    },
    close: async () => page.close(),
  };
}

function themeOf(theme: Theme): unknown {
  return JSON.parse(readFileSync(inProject(`test/page/themes/${theme}.json`), 'utf8'));
}

function localised(event: HostEvent, { locale = 'en', texts = {} }: OpenOptions): HostEvent {
  if (event.type !== 'init' || locale === 'en') return event;
  const bundle = JSON.parse(readFileSync(inProject(`l10n/bundle.l10n.${locale}.json`), 'utf8')) as Readonly<Record<string, string>>;
  return { ...event, locale, texts: { ...bundle, ...texts } };
}

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };

/** The files as the editor serves them to a panel, and the panel's HTML. */
async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const name = /^\/(\w+\.(js|css))$/.exec(url.pathname);
    if (name?.[1] === undefined) {
      const origin = `http://${request.headers.host ?? ''}`;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(stageHtml(origin, !url.searchParams.has('withoutControls')));
      return;
    }
    readFile(join(folder, name[1])).then(
      (bytes) => response.writeHead(200, { 'content-type': TYPES[name[2] ?? ''] ?? '' }).end(bytes),
      // The page without its controls asks for a script that says nothing.
      () => response.writeHead(200, { 'content-type': 'text/javascript' }).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}
