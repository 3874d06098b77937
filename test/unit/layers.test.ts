import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { importCycles } from '../support/importCycles.ts';

interface Metafile {
  readonly inputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string; readonly external?: boolean }[] }>>;
  readonly outputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string; readonly kind: string }[] }>>;
}

/** Which first folder below `src` may import which; the lint rules read the same file. */
const ALLOWED = JSON.parse(readFileSync(new URL('layers.json', import.meta.url), 'utf8')) as Readonly<Record<string, readonly string[]>>;

/** Packages a pure layer may use; every other layer may also use the editor. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  model: ['zod', '@vscode/l10n'],
  protocol: ['zod'],
  api: ['zod', '@vscode/l10n', 'undici'],
  sending: ['jsonc-parser', '@vscode/l10n'],
  emulator: [],
};

const cache = '.cache';
let outdir = '';
let metafile: Metafile = { inputs: {}, outputs: {} };

before(() => {
  mkdirSync(cache, { recursive: true });
  outdir = mkdtempSync(join(cache, 'layers-'));
  const built = spawnSync(process.execPath, ['esbuild.mjs', '--outdir', outdir, '--meta'], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);
  metafile = JSON.parse(readFileSync(join(outdir, 'meta.json'), 'utf8')) as Metafile;
});

after(() => rmSync(outdir, { recursive: true, force: true }));

/** Every import of our own sources: [file, what it imports]. */
function imports(): (readonly [string, string])[] {
  return Object.entries(metafile.inputs)
    .filter(([file]) => file.startsWith('src/'))
    .flatMap(([file, { imports: found }]) => found.map(({ path }) => [file, path] as const));
}

function layerOf(file: string): string {
  return file.split('/')[1]?.replace(/\.ts$/, '') ?? '';
}

test('a layer imports only the layers it may', () => {
  const wrong = imports().filter(([file, path]) => {
    const [from, to] = [layerOf(file), layerOf(path)];
    return path.startsWith('src/') && from !== to && from !== 'extension' && !(ALLOWED[from]?.includes(to) ?? false);
  });
  assert.deepEqual(wrong, []);
});

test('services do not know each other', () => {
  const service = (file: string): string | undefined => /^src\/services\/([^/]+)\//.exec(file)?.[1];
  const wrong = imports().filter(([file, path]) => {
    const [from, to] = [service(file), service(path)];
    return from !== undefined && to !== undefined && from !== to;
  });
  assert.deepEqual(wrong, []);
});

test('a pure layer uses only its packages, and never the editor', () => {
  const packageOf = (path: string): string => /^(?:.*node_modules\/)((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path;
  const wrong = imports().filter(([file, path]) => {
    const allowed = PACKAGES[layerOf(file)];
    if (allowed === undefined || path.startsWith('src/') || path.startsWith('node:')) return false;
    return !allowed.includes(packageOf(path));
  });
  assert.deepEqual(wrong, []);
});

test('no file imports itself through others', () => {
  assert.deepEqual(importCycles(imports()), []);
});

test('the main bundle stays within 200 KB, with undici and the emulator in files of their own', () => {
  const sizes = readdirSync(outdir)
    .filter((file) => file.endsWith('.cjs'))
    .map((file) => [file.replace(/-[A-Z0-9]{8}\.cjs$/, '.cjs'), statSync(join(outdir, file)).size] as const);
  const names = sizes.map(([name]) => name);
  assert.ok(['extension.cjs', 'undici.cjs', 'emulator.cjs'].every((name) => names.includes(name)), names.join(', '));
  const bytes = statSync(join(outdir, 'extension.cjs')).size;
  assert.ok(bytes <= 200 * 1024, `extension.cjs has ${bytes} bytes`);
});

test('what is packaged stays within 1 MB, compressed', () => {
  const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly files: readonly string[] };
  const packaged = globSync(files.map((pattern) => pattern.replace(/^out\//, `${outdir}/`)));
  const bytes = packaged.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
  assert.ok(packaged.length > 10 && bytes <= 1024 * 1024, `${packaged.length} files, ${bytes} bytes`);
});
