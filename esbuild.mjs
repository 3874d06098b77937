/**
 * Builds what is shipped into `out/`: `extension.cjs`, loaded at activation, and what stands behind an `import()` in files of
 * its own, loaded when it is first needed: undici (half a megabyte, 50 ms), the emulator, the wizards.
 *
 * esbuild splits only ESM, and the editor wants CommonJS; so the bundle is made as ESM, and each of its files is then
 * turned into CommonJS by itself. Code that two files need stands in a third, once: `instanceof` holds everywhere. Of those
 * third files, the ones that `extension.cjs` needs at once are put into it: the host takes milliseconds to find each file.
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

/** The files loaded with the extension: not what stands behind an `import()`. */
const atStart = new Set([`${outdir}/extension.cjs`]);
for (const file of atStart) {
  for (const { path, kind } of metafile.outputs[file].imports) {
    if (kind === 'import-statement' && path in metafile.outputs) atStart.add(path);
  }
}
const inlined = new Set([...atStart].map((file) => basename(file)).filter((file) => file !== 'extension.cjs'));

const codes = new Map();
for (const { path, text } of outputFiles) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target,
    minify: true,
    // As require(): a file beside this one, without the ESM loader.
    supported: { 'dynamic-import': false },
  });
  codes.set(basename(path), code);
}

/** The code with what it requires of inlined files taken from where they are now. */
function linked(name, use) {
  return codes.get(name).replace(/\brequire\("\.\/([\w-]+\.cjs)"\)/g, (call, file) => (inlined.has(file) ? `${use}("${file}")` : call));
}

const parts = [...inlined].map((file) => `"${file}":(module,exports)=>{${linked(file, '__part')}}`);
codes.set(
  'extension.cjs',
  [
    '"use strict";',
    `const __parts={${parts.join(',')}},__loaded={};`,
    'function __part(name){if(!__loaded[name]){const module=__loaded[name]={exports:{}};__parts[name](module,module.exports)}return __loaded[name].exports}',
    linked('extension.cjs', '__part'),
    'module.exports.__part=__part;',
  ].join('\n'),
);

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
for (const name of codes.keys()) {
  if (inlined.has(name)) continue;
  const code = name === 'extension.cjs' ? codes.get(name) : linked(name, 'require("./extension.cjs").__part');
  await writeFile(`${outdir}/${name}`, code);
  console.log(`${outdir}/${name}  ${(code.length / 1024).toFixed(1)} KB`);
}
if (values.meta) await writeFile(`${outdir}/meta.json`, JSON.stringify(metafile));
