import { mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { build } from 'esbuild';

import { launchBrowser, obtainChromium } from '../host/browser.ts';
import { cacheFolder, inProject } from '../host/project.ts';
import { line } from './compare.ts';

/** How often each side draws. */
const ROUNDS = 5;

const WORDS = {
  paint: 'First paint of 43,200 points × 20 lines, reduced and drawn',
  zoom: 'Zoom into a fifth of them, until something is seen',
  finer: 'Zoom into a fifth of them, until the finer data is drawn',
} as const;

/** One comparison as the page reports it; milliseconds are medians. */
interface Measured {
  readonly what: 'paint' | 'zoom' | 'finer';
  readonly against: string;
  readonly oursMs: number;
  readonly bareMs: number;
}

/**
 * Draws 43,200 points of 20 lines in Chromium, and zooms into a fifth of them: our charts, with all that is around them and the reduction the host
 * does before, against bare uPlot with all points, Chart.js and ECharts.
 * @returns a line for each comparison, the ratio first
 */
export async function chartRatios(): Promise<readonly string[]> {
  const profileFolder = await mkdtemp(join(cacheFolder, 'charts-'));
  const browser = await launchBrowser({ executable: await obtainChromium(), profileFolder, width: 1_000, height: 700, colorScheme: 'dark' });
  try {
    const page = await browser.newPage();
    await page.setContent(`<!doctype html><title>Charts</title><style>${await style()} .bench { inline-size: 900px; block-size: 216px; }</style><body class="vscode-dark"></body>`);
    await page.addScriptTag({ content: await script() });
    const measured = await page.evaluate<readonly Measured[]>(`benchCharts(${ROUNDS})`);
    return measured.map(({ what, against, oursMs, bareMs }) => line({ name: nameOf(what, against), oursMs, bareMs }));
  } finally {
    await browser.close();
    await rm(profileFolder, { recursive: true, force: true });
  }
}

function nameOf(what: Measured['what'], against: string): string {
  return `${WORDS[what]}, against ${against === 'uPlot' ? 'bare uPlot with all points' : against}`;
}

async function script(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [inProject('test/bench/chartsInPage.js')],
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
