/**
 * Builds what is shipped into `out/`: `extension.cjs`, loaded at activation, and what stands behind an `import()` in files of
 * its own, loaded when it is first needed: undici (half a megabyte, 50 ms), the emulator, the wizards.
 *
 * esbuild splits only ESM, and the editor wants CommonJS; so the bundle is made as ESM, and each of its files is then
 * turned into CommonJS by itself. Code that two files need stands in a third, once: `instanceof` holds everywhere. Of those
 * third files, the ones that `extension.cjs` needs at once are bundled into it in a second pass: the host takes milliseconds to find each
 * file, and the wrappers of fifty small modules weigh more than some of them.
 *
 * The pages of the panels are a bundle for the browser, in `out/webview/`: `dashboard.js` with its style, and the controls in a file of
 * their own, which the first paint does not wait for.
 *
 * `--outdir DIR` builds elsewhere, `--meta` also writes `meta.json` there: the layer and size tests use both.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

import { build, transform } from 'esbuild';

import { buildWebview, writeWebview } from './webview/build.mjs';

const { values } = parseArgs({ options: { outdir: { type: 'string', default: 'out' }, meta: { type: 'boolean' } } });
const { outdir } = values;

const webview = await buildWebview(outdir);

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
const inlined = new Map(outputFiles.filter(({ path }) => atStart.has(`${outdir}/${basename(path)}`)).map(({ path, text }) => [basename(path), text]));
inlined.delete('extension.cjs');

/** `extension.cjs` with all it needs at once, and a way for the other files to what is inside it. */
const entry = [
  ...[...inlined.keys()].map((name, index) => `import * as part${index} from './${name}';`),
  "export * from './extension.cjs';",
  `const parts = { ${[...inlined.keys()].map((name, index) => `'${name}': part${index}`).join(', ')} };`,
  'export const __part = (name) => parts[name];',
].join('\n');

const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
const asCommonJs = {
  format: 'cjs',
  platform: 'node',
  target,
  minify: true,
  // As require(): a file beside this one, without the ESM loader.
  supported: { 'dynamic-import': false },
};
const whole = await build({
  ...asCommonJs,
  stdin: { contents: entry, loader: 'js' },
  bundle: true,
  legalComments: 'none',
  logLevel: 'warning',
  write: false,
  plugins: [{
    name: 'files of the first pass',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, kind }) => {
        const name = basename(path);
        const isInside = kind === 'import-statement' && path.startsWith('./') && (name === 'extension.cjs' || inlined.has(name));
        return isInside ? { path: name, namespace: 'pass' } : { path, external: true };
      });
      onLoad({ filter: /.*/, namespace: 'pass' }, ({ path }) => ({ contents: texts.get(path), loader: 'js' }));
    },
  }],
});

/** The code with what it requires of inlined files taken from where they are now. */
function linked(code) {
  return code.replace(/\brequire\("\.\/([\w-]+\.cjs)"\)/g, (call, file) => (inlined.has(file) ? `require("./extension.cjs").__part("${file}")` : call));
}

const codes = new Map([['extension.cjs', whole.outputFiles[0].text]]);
for (const [name, text] of texts) {
  if (name !== 'extension.cjs' && !inlined.has(name)) codes.set(name, linked((await transform(text, asCommonJs)).code));
}

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
for (const [name, code] of codes) {
  await writeFile(`${outdir}/${name}`, code);
  console.log(`${outdir}/${name}  ${(code.length / 1024).toFixed(1)} KB`);
}
await writeWebview(webview, outdir);
if (values.meta) {
  const inputs = { ...webview.metafile.inputs, ...metafile.inputs };
  await writeFile(`${outdir}/meta.json`, JSON.stringify({ ...metafile, inputs }));
}
