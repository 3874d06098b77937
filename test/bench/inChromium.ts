import { mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { build } from 'esbuild';

import { launchBrowser, obtainChromium } from '../host/browser.ts';
import { cacheFolder, inProject } from '../host/project.ts';

/**
 * Runs a file of this folder in a page of Chromium that has the style of our pages and the colours of a theme.
 * @param expression what is evaluated once it ran; a promise is waited for
 */
export async function inChromium<T>(file: string, expression: string): Promise<T> {
  const profileFolder = await mkdtemp(join(cacheFolder, 'bench-'));
  const browser = await launchBrowser({ executable: await obtainChromium(), profileFolder, width: 1_000, height: 700, colorScheme: 'dark' });
  try {
    const page = await browser.newPage();
    await page.setContent(`<!doctype html><title>Bench</title><style>${await style()} .bench { inline-size: 900px; block-size: 216px; }</style><body class="vscode-dark"></body>`);
    await page.addScriptTag({ content: await script(file) });
    return await page.evaluate<T>(expression);
  } finally {
    await browser.close();
    await rm(profileFolder, { recursive: true, force: true });
  }
}

async function script(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [inProject('test/bench', file)],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'chrome138',
    write: false,
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}

/** The pages' style, and the colours of a theme. */
async function style(): Promise<string> {
  const { outputFiles } = await build({ entryPoints: [inProject('webview/dashboard.css')], bundle: true, minify: true, write: false, logLevel: 'warning' });
  const { variables } = JSON.parse(readFileSync(inProject('test/page/themes/dark.json'), 'utf8')) as { readonly variables: Readonly<Record<string, string>> };
  const colours = Object.entries(variables).map(([name, value]) => `${name}: ${value};`);
  return `:root { ${colours.join(' ')} } ${outputFiles[0]?.text ?? ''}`;
}
