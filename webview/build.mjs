/**
 * Builds the pages of the panels, for the browser, into `out/webview/`: `dashboard.js` with `dashboard.css`, and `controls.js`.
 * By itself, `--outdir DIR` builds elsewhere, and `--meta` also writes `meta.json` there: the tests of the pages need nothing of the
 * extension.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

import { build } from 'esbuild';

/** The bundles, not written yet. */
export function buildWebview(outdir) {
  return build({
    entryPoints: [
      { in: 'webview/main.ts', out: 'dashboard' },
      { in: 'webview/dashboard.css', out: 'dashboard' },
      { in: 'webview/controls.ts', out: 'controls' },
    ],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    // What draws the panels of VS Code 1.103, the oldest this runs on.
    target: 'chrome138',
    outdir: `${outdir}/webview`,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    write: false,
  });
}

/** Writes them, and prints their sizes. */
export async function writeWebview({ outputFiles }, outdir) {
  await mkdir(`${outdir}/webview`, { recursive: true });
  for (const { path, contents } of outputFiles) {
    const file = `${outdir}/webview/${basename(path)}`;
    await writeFile(file, contents);
    console.log(`${file}  ${(contents.length / 1024).toFixed(1)} KB`);
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { outdir: { type: 'string', default: 'out' }, meta: { type: 'boolean' } } });
  const built = await buildWebview(values.outdir);
  await writeWebview(built, values.outdir);
  if (values.meta) await writeFile(`${values.outdir}/meta.json`, JSON.stringify(built.metafile));
}
