import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { schemaName } from '../../src/documents/resourceUri.ts';
import { schemaText } from '../../src/documents/schemas.ts';
import { COMMANDS, CONTEXTS, NODE_FLAGS, NODE_KINDS, RESOURCE_SCHEME, RESOURCES_VIEW, SETTINGS } from '../../src/ids.ts';

const ROOT = new URL('../../', import.meta.url);

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly files: readonly string[];
  readonly activationEvents: readonly string[];
  readonly capabilities: Readonly<Record<'untrustedWorkspaces' | 'virtualWorkspaces', { readonly supported: boolean | string }>>;
  readonly contributes: {
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly when: string; readonly contents: string }[];
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly icon?: string;
      readonly enablement?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly submenus: readonly { readonly id: string; readonly label: string }[];
    readonly jsonValidation: readonly { readonly fileMatch: string; readonly url: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string; readonly default: number; readonly minimum: number; readonly maximum: number }>> };
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly svg: string }; readonly completionEvents: readonly string[] }[] }[];
  };
}

const source = readFileSync(new URL('package.json', ROOT), 'utf8');
const manifest = JSON.parse(source) as Manifest;
const { contributes } = manifest;
const allItems = Object.entries(contributes.menus).flatMap(([menu, items]) => items.map((item) => ({ menu, ...item })));
const menuItems = allItems.flatMap(({ command, ...item }) => (command === undefined ? [] : [{ ...item, command }]));
const submenuIds = contributes.submenus.map(({ id }) => id);
const commandIds = new Set<string>(Object.values(COMMANDS));

/** Every `when` clause and enablement of the manifest. */
const clauses = [
  ...allItems.flatMap(({ when }) => when ?? []),
  ...contributes.commands.flatMap(({ enablement }) => enablement ?? []),
  ...contributes.viewsWelcome.map(({ when }) => when),
];

function sorted(values: Iterable<string>): string[] {
  return [...values].sort();
}

function sortedUnique(values: Iterable<string>): string[] {
  return sorted(new Set(values));
}

function nls(language: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(new URL(`package.nls${language}.json`, ROOT), 'utf8')) as Record<string, string>;
}

describe('commands', () => {
  it('are the same in ids.ts and package.json', () => {
    assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(commandIds));
  });

  it('have a category the user knows and, where they show inline or in a title bar, an icon', () => {
    for (const { category } of contributes.commands) assert.match(category, /^(Cloud Streams|Data Stream|Cloud Functions|EasyQueue)$/);
    const shown = menuItems.filter(({ group }) => /^(inline|navigation)/.test(group ?? '')).map(({ command }) => command);
    const withIcon = new Set(contributes.commands.filter(({ icon }) => icon?.startsWith('$(') === true).map(({ command }) => command));
    assert.deepEqual(shown.filter((command) => !withIcon.has(command)), []);
  });

  it('are all reachable, from the palette or a menu', () => {
    const hidden = new Set(menuItems.filter(({ menu, when }) => menu === 'commandPalette' && when === 'false').map(({ command }) => command));
    const inMenus = new Set(menuItems.filter(({ menu }) => menu !== 'commandPalette').map(({ command }) => command));
    assert.deepEqual([...hidden].filter((command) => !inMenus.has(command)), []);
  });

  it('of menus exist, and are grouped', () => {
    for (const { menu, command, group } of menuItems) {
      assert.ok(commandIds.has(command), `${menu}: ${command}`);
      if (menu !== 'commandPalette') assert.ok(group !== undefined, `${menu}: ${command} has no group`);
    }
  });

  it('of submenus are shown somewhere', () => {
    assert.deepEqual(sortedUnique(allItems.flatMap(({ submenu }) => submenu ?? [])), sorted(submenuIds));
    assert.deepEqual(submenuIds.filter((id) => (contributes.menus[id] ?? []).length === 0), []);
  });

  it('in links and completion events exist', () => {
    const texts = [source, ...['', '.ko', '.ja'].map((language) => JSON.stringify(nls(language)))].join('\n');
    const used = [...texts.matchAll(/(?:command:|onCommand:)([\w.]+)/g)].map((match) => match[1] ?? '');
    assert.ok(used.length > 0);
    assert.deepEqual(used.filter((command) => !commandIds.has(command) && command !== `${RESOURCES_VIEW}.focus`), []);
  });
});

describe('views', () => {
  it('are the same in ids.ts and package.json', () => {
    const views = Object.values(contributes.views).flat();
    assert.deepEqual(views.map(({ id }) => id), [RESOURCES_VIEW]);
    assert.deepEqual(Object.keys(contributes.views), contributes.viewsContainers.activitybar.map(({ id }) => id));
    for (const { view } of contributes.viewsWelcome) assert.equal(view, RESOURCES_VIEW);
    const named = clauses.flatMap((clause) => [...clause.matchAll(/view == (\S+)/g)].map((match) => match[1] ?? ''));
    assert.deepEqual(sortedUnique(named), [RESOURCES_VIEW]);
  });

  it('have menus only for themselves', () => {
    for (const { menu, when } of menuItems.filter(({ menu: name }) => name.startsWith('view/'))) {
      assert.ok(when?.startsWith(`view == ${RESOURCES_VIEW}`), `${menu}: ${when ?? ''}`);
    }
  });
});

describe('context keys', () => {
  it('are the same in ids.ts and package.json', () => {
    const text = [...clauses, ...contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents))].join('\n');
    const used = [...text.matchAll(/cloudStreams\.[\w.]+/g)].map(([key]) => key).filter((key) => key !== RESOURCES_VIEW && !commandIds.has(key));
    assert.deepEqual(sortedUnique(used), sorted(Object.values(CONTEXTS)));
  });

  it('match only node kinds and flags that exist', () => {
    const words = new Set<string>([...NODE_KINDS, ...NODE_FLAGS]);
    const parts = new Set([...NODE_KINDS, ...NODE_FLAGS].flatMap((word) => word.split('.')));
    const values = contextValues();
    const expressions = clauses.flatMap((clause) => [...clause.matchAll(/viewItem =~ \/(.+?)\/(?= |\)|$)/g)].map((match) => match[1] ?? ''));
    assert.ok(expressions.length > 10);
    for (const expression of new Set(expressions)) {
      const pattern = new RegExp(expression);
      const matched = values.filter((value) => pattern.test(value));
      assert.ok(matched.length > 0, `${expression} matches no node`);
      assert.ok(matched.length < values.length, `${expression} matches every node`);
      for (const [word] of expression.matchAll(/[A-Za-z]{2,}/g)) assert.ok(parts.has(word), `${expression}: ${word} is no kind or flag`);
      // An expression must not end in the middle of a word.
      for (const word of words) assert.ok(!pattern.test(`${word}Suffix`), `${expression} also matches ${word}Suffix`);
    }
  });

  it('show at most two icons on a row', () => {
    const inline = menuItems.filter(({ group }) => group?.startsWith('inline') === true);
    for (const value of contextValues()) {
      const [kind, ...flags] = value.split(';');
      if (flags.some((flag) => ONLY_ON[flag]?.includes(kind ?? '') === false)) continue;
      if (flags.includes('locked') && (flags.includes('unlocked') || flags.includes('canWrite'))) continue;
      // Rows that stand for a problem or for more rows have no other flags.
      if (flags.length > 0 && ['problem', 'empty', 'loadMore'].includes(kind ?? '')) continue;
      const shown = inline.filter(({ when }) => rowClauseHolds(when ?? '', value)).map(({ command }) => command);
      assert.ok(shown.length <= 2, `${value}: ${shown.join(', ')}`);
    }
  });
});

/** Flags that only some rows have. */
const ONLY_ON: Readonly<Record<string, readonly string[]>> = {
  canSend: ['dataStream.topic'],
  edit: ['dataStream.topic', 'dataStream.connector', 'easyQueue.topic'],
  list: ['dataStream', 'cloudFunctions', 'cloudFunctions.triggers', 'easyQueue'],
  filtered: ['dataStream', 'cloudFunctions', 'cloudFunctions.triggers', 'easyQueue'],
  locked: ['account'],
  unlocked: ['account'],
};

/** Kinds alone and with each set of up to three flags. */
function contextValues(): readonly string[] {
  const sets = NODE_FLAGS.flatMap((a, i) => [
    [a],
    ...NODE_FLAGS.slice(i + 1).flatMap((b, j) => [[a, b], ...NODE_FLAGS.slice(i + j + 2).map((c) => [a, b, c])]),
  ]);
  return NODE_KINDS.flatMap((kind) => [kind, ...sets.map((flags) => [kind, ...flags].join(';'))]);
}

/** Evaluates the only form our row menus have: conjunctions of (negated) `viewItem` matches. */
function rowClauseHolds(clause: string, value: string): boolean {
  return [...clause.matchAll(/(!\()?viewItem =~ \/(.+?)\/(?= |\)|$)/g)].every(
    ([, negated, expression]) => new RegExp(expression ?? '').test(value) === (negated === undefined),
  );
}

describe('settings', () => {
  it('are the same in ids.ts and package.json', () => {
    assert.deepEqual(sorted(Object.keys(contributes.configuration.properties)), sorted(Object.values(SETTINGS)));
  });

  it('cannot be set by a workspace, and have a default in their range', () => {
    for (const [name, setting] of Object.entries(contributes.configuration.properties)) {
      assert.match(setting.scope, /^(application|machine)$/, name);
      assert.ok(setting.default >= setting.minimum && setting.default <= setting.maximum, name);
    }
  });
});

describe('texts', () => {
  it('of the manifest exist in every language, and no others', () => {
    const used = sortedUnique([...source.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? ''));
    for (const language of ['', '.ko', '.ja']) assert.deepEqual(sorted(Object.keys(nls(language))), used, `package.nls${language}.json`);
  });

  it('are translated, with the same links', () => {
    const english = nls('');
    for (const language of ['.ko', '.ja']) {
      for (const [key, text] of Object.entries(nls(language))) {
        assert.notEqual(text, english[key], `${language}: ${key}`);
        assert.deepEqual(linksOf(text), linksOf(english[key] ?? ''), `${language}: ${key}`);
      }
    }
  });
});

function linksOf(text: string): string[] {
  return sorted([...text.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? ''));
}

describe('start', () => {
  it('is left to views, commands and documents that are still open', () => {
    assert.deepEqual(manifest.activationEvents, [`onFileSystem:${RESOURCE_SCHEME}`]);
  });

  it('says what it supports', () => {
    assert.deepEqual(sorted(Object.keys(manifest.capabilities)), ['untrustedWorkspaces', 'virtualWorkspaces']);
  });
});

describe('schemas', () => {
  it('are there for the documents they match', () => {
    assert.equal(contributes.jsonValidation.length, 3);
    for (const { url } of contributes.jsonValidation) {
      const { protocol, host, pathname } = new URL(url);
      assert.deepEqual([protocol, host], [`${RESOURCE_SCHEME}:`, ''], url);
      assert.ok(schemaText(schemaName(pathname) ?? '', 'en') !== undefined, url);
    }
  });
});

describe('packaged files', () => {
  // Built, with names that hold a hash of what is in them, so that only the pattern can be listed here.
  const BUILT = 'out/*.cjs';

  it('are exactly these', () => {
    const packaged = sortedUnique([
      ...manifest.files.flatMap((pattern) => (pattern === BUILT ? [BUILT] : globSync(pattern, { cwd: ROOT }))),
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
      'media/walkthrough/account.svg',
      'media/walkthrough/browse.svg',
      'media/walkthrough/send.svg',
      BUILT,
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
