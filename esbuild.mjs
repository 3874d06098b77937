/**
 * Builds what is shipped into `out/`: `extension.cjs`, loaded at activation, and what stands behind an `import()` in files of
 * its own, loaded when it is first needed: undici (half a megabyte, 50 ms), the emulator, the wizards.
 *
 * esbuild splits only ESM, and the editor wants CommonJS; so the bundle is made as ESM, and each of its files is then
 * turned into CommonJS by itself. Code that two files need stands in a third, once: `instanceof` holds everywhere.
 *
 * `--outdir DIR` builds elsewhere, `--meta` also writes `meta.json` there: the layer and size tests use both.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

import { build, transform } from 'esbuild';

const { values } = parseArgs({ options: { outdir: { type: 'string', default: 'out' }, meta: { type: 'boolean' } } });
const { outdir } = values;

/** Node 22: the extension host of VS Code 1.103, the oldest this runs on. */
const target = 'node22';

const { metafile, outputFiles } = await build({
  entryPoints: ['src/extension.ts'],
  bundle: true,
  minify: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target,
  external: ['vscode'],
  mainFields: ['module', 'main'],
  outdir,
  outExtension: { '.js': '.cjs' },
  chunkNames: '[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  write: false,
});

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
for (const { path, text } of outputFiles) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target,
    minify: true,
    // As require(): a file beside this one, without the ESM loader.
    supported: { 'dynamic-import': false },
  });
  await writeFile(`${outdir}/${basename(path)}`, code);
  console.log(`${outdir}/${basename(path)}  ${(code.length / 1024).toFixed(1)} KB`);
}
if (values.meta) await writeFile(`${outdir}/meta.json`, JSON.stringify(metafile));
