import * as fs from 'node:fs';
import { chromium } from 'playwright-core';
import type { BrowserContext } from 'playwright-core';
import { installDebianPackages } from './debian.ts';
import { findOnPath, run } from './processes.ts';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Finds a Chromium: the environment variable CHROMIUM, the PATH, the usual places of macOS;
 * on Debian as root it is installed where missing. Throws, saying what to do, where there is none.
 */
export async function obtainChromium(): Promise<string> {
  const named = process.env['CHROMIUM'];
  if (named !== undefined) {
    if (!fs.existsSync(named)) {
      throw new Error(`CHROMIUM is "${named}", where no file is. Set it to the path of a Chromium or Chrome program.`);
    }
    return named;
  }
  const found = findChromium();
  if (found !== undefined) {
    return found;
  }
  await installDebianPackages(['chromium', 'fonts-noto-cjk'], 'Driving the VS Code window (or set CHROMIUM to a Chrome)');
  const installed = findChromium();
  if (installed === undefined) {
    throw new Error('The package "chromium" is installed but its program is not on the PATH. Set CHROMIUM to its path.');
  }
  return installed;
}

function findChromium(): string | undefined {
  return programs.map(findOnPath).find((file) => file !== undefined) ?? applications.find((file) => fs.existsSync(file));
}

/** Makes sure that Korean and Japanese text has glyphs in pictures; does nothing where fonts cannot be asked about. */
export async function requireKoreanFonts(): Promise<void> {
  if (findOnPath('fc-list') !== undefined && (await run('fc-list', [':lang=ko', 'family'])).trim() === '') {
    await installDebianPackages(['fonts-noto-cjk'], 'Korean and Japanese text in pictures');
  }
}

/** How a browser is started. */
export interface BrowserOptions {
  readonly executable: string;
  /** Folder for the browser's own data; a window opened again with the same folder finds its state there. */
  readonly profileFolder: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

/** Starts a Chromium with a profile of its own that speaks to nobody but the pages it is given. */
export async function launchBrowser(options: BrowserOptions): Promise<BrowserContext> {
  return chromium.launchPersistentContext(options.profileFolder, {
    executablePath: options.executable,
    headless: true,
    viewport: { width: options.width, height: options.height },
    colorScheme: options.colorScheme,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}
