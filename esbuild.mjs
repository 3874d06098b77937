/**
 * Builds what is shipped: `out/extension.cjs` (loaded at activation), and two files that are loaded when they are first
 * needed: `out/undici.cjs` (the HTTP client is not tree-shakeable and takes 50 ms to load) and `out/emulator.cjs`.
 * esbuild splits only ESM, so each is an entry point of its own and the others require it by its file name.
 *
 * `--outdir DIR` builds elsewhere, `--meta` also writes `meta.json` there: the layer and size tests use both.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { build } from 'esbuild';

/** Modules that stand in a file of their own: how they are imported → the file. */
const LAZY = [
  { filter: /^undici$/, file: './undici.cjs' },
  { filter: /\/emulator\/emulator\.ts$/, file: './emulator.cjs' },
];

/** @type {import('esbuild').Plugin} */
const lazyFiles = {
  name: 'lazy-files',
  setup({ onResolve }) {
    for (const { filter, file } of LAZY) {
      onResolve({ filter }, ({ kind }) => (kind === 'entry-point' ? undefined : { path: file, external: true }));
    }
  },
};

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: true,
  keepNames: true,
  platform: 'node',
  format: 'cjs',
  // Node 22: the extension host of VS Code 1.103, the oldest this runs on.
  target: 'node22',
  mainFields: ['module', 'main'],
  // As require(): a dynamic import of a file beside the bundle, without the ESM loader.
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

const { values } = parseArgs({ options: { outdir: { type: 'string', default: 'out' }, meta: { type: 'boolean' } } });
const { outdir } = values;

const entries = [
  { in: 'src/extension.ts', out: 'extension.cjs', plugins: [lazyFiles], external: ['vscode'] },
  { in: 'undici', out: 'undici.cjs' },
  { in: 'src/emulator/emulator.ts', out: 'emulator.cjs' },
];

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
const results = await Promise.all(
  entries.map(({ in: entry, out, ...options }) =>
    build({ ...common, ...options, entryPoints: [entry], outfile: `${outdir}/${out}` }),
  ),
);
if (values.meta) await writeFile(`${outdir}/meta.json`, JSON.stringify(results.map(({ metafile }) => metafile)));
for (const { metafile } of results) {
  for (const [file, { bytes }] of Object.entries(metafile.outputs)) console.log(`${file}  ${(bytes / 1024).toFixed(1)} KB`);
}
