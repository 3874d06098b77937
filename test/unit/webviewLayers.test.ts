import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { importCycles } from '../support/importCycles.ts';

interface Metafile {
  readonly inputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string }[] }>>;
  readonly outputs: Readonly<Record<string, { readonly bytes: number; readonly inputs: Readonly<Record<string, unknown>> }>>;
}

let outdir = '';
let metafile: Metafile = { inputs: {}, outputs: {} };

before(() => {
  mkdirSync('.cache', { recursive: true });
  outdir = mkdtempSync(join('.cache', 'webview-'));
  const built = spawnSync(process.execPath, ['webview/build.mjs', '--outdir', outdir, '--meta'], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);
  metafile = JSON.parse(readFileSync(join(outdir, 'meta.json'), 'utf8')) as Metafile;
});

after(() => rmSync(outdir, { recursive: true, force: true }));

/** What our own files of the pages import: [file, path]. */
function imports(): (readonly [string, string])[] {
  return Object.entries(metafile.inputs)
    .filter(([file]) => !file.startsWith('node_modules/'))
    .flatMap(([file, { imports: found }]) => found.map(({ path }) => [file, path] as const));
}

function packageOf(path: string): string | undefined {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}

/** Files in a bundle. */
function filesOf(bundle: string): readonly string[] {
  const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`/${bundle}`));
  return Object.keys(output?.[1].inputs ?? {});
}

test('pages hold of our own code only webview, protocol and model', () => {
  const own = Object.keys(metafile.inputs).filter((file) => !file.startsWith('node_modules/'));
  assert.deepEqual(own.filter((file) => !/^(webview|src\/protocol|src\/model)\//.test(file)), []);
  assert.ok(own.includes('webview/main.ts'));
});

test('pages use only their packages: the toolkit in one file, uPlot below charts', () => {
  const wrong = imports().filter(([file, path]) => {
    switch (packageOf(path)) {
      case undefined:
      case '@vscode/l10n':
        return false;
      case '@vscode/webview-ui-toolkit':
        return file !== 'webview/controls.ts';
      case 'uplot':
        return !file.startsWith('webview/charts/') && file !== 'webview/dashboard.css';
      default:
        return true;
    }
  });
  assert.deepEqual(wrong, []);
});

test('the first paint waits neither for the toolkit nor for a checker of data', () => {
  const packages = new Set(filesOf('dashboard.js').map(packageOf));
  assert.equal(packages.has('@vscode/l10n'), true);
  assert.deepEqual(['@vscode/webview-ui-toolkit', '@microsoft/fast-element', 'zod'].filter((name) => packages.has(name)), []);
});

test('no file of the pages imports itself through others', () => {
  assert.deepEqual(importCycles(imports()), []);
});
