import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const ROOT = new URL('../../', import.meta.url);

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly files: readonly string[];
  readonly contributes: {
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly icon: string }[]>>;
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly svg: string } }[] }[];
    readonly languages: readonly { readonly configuration: string }[];
    readonly grammars: readonly { readonly path: string }[];
    readonly snippets: readonly { readonly path: string }[];
  };
}

const manifest = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as Manifest;
const { contributes } = manifest;

function sortedUnique(values: Iterable<string>): string[] {
  return [...new Set(values)].sort();
}

describe('packaged files', () => {
  // Built, some with names that hold a hash of what is in them, so that only the pattern can be listed here.
  const isBuilt = (pattern: string): boolean => pattern.startsWith('out/');

  it('are exactly these', () => {
    const packaged = sortedUnique([
      ...manifest.files.flatMap((pattern) => (isBuilt(pattern) ? [pattern] : globSync(pattern, { cwd: ROOT }))),
    ]);
    assert.deepEqual(packaged, [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'l10n/bundle.l10n.ja.json',
      'l10n/bundle.l10n.json',
      'l10n/bundle.l10n.ko.json',
      'media/activity-bar.svg',
      'media/icon.png',
      'media/report.language-configuration.json',
      'media/report.tmLanguage.json',
      'media/snippets/messageLines.json',
      'media/snippets/messages.json',
      'media/walkthrough/account.svg',
      'media/walkthrough/browse.svg',
      'media/walkthrough/send.svg',
      'out/*.cjs',
      'out/webview/controls.js',
      'out/webview/dashboard.css',
      'out/webview/dashboard.js',
      'package.nls.ja.json',
      'package.nls.json',
      'package.nls.ko.json',
    ]);
  });

  it('include every file the manifest names', () => {
    const named = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...Object.values(contributes.views).flatMap((views) => views.map(({ icon }) => icon)),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
      ...contributes.languages.map(({ configuration }) => configuration),
      ...[...contributes.grammars, ...contributes.snippets].map(({ path }) => path),
    ];
    for (const file of named) {
      assert.ok(existsSync(new URL(file, ROOT)), file);
      assert.ok(manifest.files.some((pattern) => globSync(pattern, { cwd: ROOT }).includes(file)), `${file} is not packaged`);
    }
    assert.equal(manifest.main, './out/extension.cjs');
  });

  it('have an icon of at least 128 pixels', () => {
    const png = readFileSync(new URL(manifest.icon, ROOT));
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    assert.ok(png.readUInt32BE(16) >= 128 && png.readUInt32BE(20) >= 128);
  });
});
