import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { schemaName } from '../../src/documents/resourceUri.ts';
import { schemaText } from '../../src/documents/schemas.ts';
import {
  ACTIVITY_FLAGS, ACTIVITY_KINDS, ACTIVITY_SCHEME, ACTIVITY_VIEW, ARCHIVE_SCHEME, COMMANDS, CONTEXTS, DASHBOARD_VIEW, NODE_FLAGS, NODE_KINDS, REPORT_LANGUAGE, REPORT_SCHEME, RESOURCE_SCHEME,
  RESOURCES_VIEW, RUN_SCHEME, SETTINGS,
} from '../../src/ids.ts';

const ROOT = new URL('../../', import.meta.url);

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: Readonly<Record<'untrustedWorkspaces' | 'virtualWorkspaces', { readonly supported: boolean | string }>>;
  readonly contributes: {
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
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
    readonly languages: readonly { readonly id: string }[];
    readonly grammars: readonly { readonly language: string }[];
    readonly snippets: readonly { readonly language: string }[];
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly walkthroughs: readonly { readonly steps: readonly { readonly completionEvents: readonly string[] }[] }[];
  };
}

interface Setting {
  readonly scope: string;
  readonly type: string;
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
}

const source = readFileSync(new URL('package.json', ROOT), 'utf8');
const manifest = JSON.parse(source) as Manifest;
const { contributes } = manifest;
const allItems = Object.entries(contributes.menus).flatMap(([menu, items]) => items.map((item) => ({ menu, ...item })));
const menuItems = allItems.flatMap(({ command, ...item }) => (command === undefined ? [] : [{ ...item, command }]));
const submenuIds = contributes.submenus.map(({ id }) => id);
const VIEWS: readonly string[] = [RESOURCES_VIEW, ACTIVITY_VIEW];
/** What only a lens of a document can name the thing for. */
const ON_LENSES: readonly string[] = [
  COMMANDS.sendOne, COMMANDS.turnPage, COMMANDS.sortRun,
  COMMANDS.runCode, COMMANDS.deployCode, COMMANDS.undoCode, COMMANDS.showActivations, COMMANDS.runAgain, COMMANDS.refreshRun,
];
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

  it('are all reachable, from the palette, a menu or a lens', () => {
    const hidden = new Set(menuItems.filter(({ menu, when }) => menu === 'commandPalette' && when === 'false').map(({ command }) => command));
    const inMenus = new Set(menuItems.filter(({ menu }) => menu !== 'commandPalette').map(({ command }) => command));
    assert.deepEqual([...hidden].filter((command) => !inMenus.has(command) && !ON_LENSES.includes(command)), []);
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
    assert.deepEqual(views.map(({ id }) => id), VIEWS);
    assert.deepEqual(Object.keys(contributes.views), contributes.viewsContainers.activitybar.map(({ id }) => id));
    for (const { view } of contributes.viewsWelcome) assert.ok(VIEWS.includes(view), view);
    const named = clauses.flatMap((clause) => [...clause.matchAll(/view == (\S+)/g)].map((match) => match[1] ?? ''));
    assert.deepEqual(sortedUnique(named), sorted(VIEWS));
  });

  it('have menus only for themselves', () => {
    for (const { menu, when } of menuItems.filter(({ menu: name }) => name.startsWith('view/'))) {
      assert.ok(VIEWS.some((view) => when?.startsWith(`view == ${view}`) === true), `${menu}: ${when ?? ''}`);
    }
  });
});

describe('context keys', () => {
  it('are the same in ids.ts and package.json', () => {
    const text = [...clauses, ...contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents))].join('\n');
    const used = [...text.matchAll(/cloudStreams\.[\w.]+/g)].map(([key]) => key).filter((key) => !VIEWS.includes(key) && !commandIds.has(key));
    assert.deepEqual(sortedUnique(used), sorted(Object.values(CONTEXTS)));
  });

  it('match only node kinds and flags that exist', () => {
    rowsMatch(RESOURCES_VIEW, [...NODE_KINDS, ...NODE_FLAGS], contextValues());
    rowsMatch(ACTIVITY_VIEW, [...ACTIVITY_KINDS, ...ACTIVITY_FLAGS], activityValues());
  });

  it('send no document of ours', () => {
    const keys = contributes.keybindings.map((item) => ({ menu: 'keybinding', ...item }));
    const ofEditors = [...menuItems.filter(({ menu }) => menu.startsWith('editor/')), ...keys].filter(({ command }) => command.startsWith('cloudStreams.message.'));
    assert.equal(ofEditors.length, 5);
    for (const { menu, command, when = '' } of ofEditors) {
      const [, pattern = ''] = /resourceScheme =~ \/(.+)\/(?= |$)/.exec(when) ?? [];
      const of = (scheme: string): boolean => new RegExp(pattern).test(scheme);
      assert.deepEqual([RESOURCE_SCHEME, REPORT_SCHEME, ACTIVITY_SCHEME, RUN_SCHEME, ARCHIVE_SCHEME, 'file', 'untitled'].map(of), [false, false, false, false, false, true, true], `${menu}: ${command}`);
    }
  });

  it('show at most two icons on a row', () => {
    const inline = menuItems.filter(({ group, when }) => group?.startsWith('inline') === true && when?.startsWith(`view == ${RESOURCES_VIEW} `) === true);
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
  canRun: ['cloudFunctions.action', 'cloudFunctions.trigger', 'cloudFunctions.linkedAction'],
  edit: ['dataStream.topic', 'dataStream.connector', 'easyQueue.topic', 'cloudFunctions.package', 'cloudFunctions.action', 'cloudFunctions.trigger'],
  list: ['dataStream', 'cloudFunctions', 'cloudFunctions.package', 'cloudFunctions.triggers', 'easyQueue'],
  filtered: ['dataStream', 'cloudFunctions', 'cloudFunctions.package', 'cloudFunctions.triggers', 'easyQueue'],
  code: ['cloudFunctions.action', 'cloudFunctions.linkedAction'],
  dashboard: ['dataStream.topic', 'easyQueue.topic', 'easyQueue.group', 'cloudFunctions.action'],
  locked: ['account'],
  unlocked: ['account'],
};

/** Every `viewItem` expression of a view matches rows of it, and words that are whole. */
function rowsMatch(view: string, words: readonly string[], values: readonly string[]): void {
  const parts = new Set(words.flatMap((word) => word.split('.')));
  const own = clauses.filter((clause) => clause.startsWith(`view == ${view} `));
  const expressions = own.flatMap((clause) => [...clause.matchAll(/viewItem =~ \/(.+?)\/(?= |\)|$)/g)].map((match) => match[1] ?? ''));
  assert.ok(expressions.length > 5);
  for (const expression of new Set(expressions)) {
    const pattern = new RegExp(expression);
    const matched = values.filter((value) => pattern.test(value));
    assert.ok(matched.length > 0, `${expression} matches no row`);
    assert.ok(matched.length < values.length, `${expression} matches every row`);
    for (const [word] of expression.matchAll(/[A-Za-z]{2,}/g)) assert.ok(parts.has(word), `${expression}: ${word} is no kind or flag`);
    // An expression must not end in the middle of a word.
    for (const word of words) assert.ok(!pattern.test(`${word}Suffix`), `${expression} also matches ${word}Suffix`);
  }
}

/** Kinds of activity alone and with each flag. */
function activityValues(): readonly string[] {
  return ACTIVITY_KINDS.flatMap((kind) => [kind, ...ACTIVITY_FLAGS.map((flag) => `${kind};${flag}`)]);
}

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
    for (const [name, { scope, type, minimum = 0, maximum = 0, ...setting }] of Object.entries(contributes.configuration.properties)) {
      assert.match(scope, /^(application|machine)$/, name);
      if (setting.enum !== undefined) assert.ok(setting.enum.includes(setting.default), name);
      else if (type === 'integer') assert.ok(Number(setting.default) >= minimum && Number(setting.default) <= maximum, name);
      else assert.deepEqual([type, typeof setting.default], ['boolean', 'boolean'], name);
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
    // JSON documents show where they are sent.
    const files = [RESOURCE_SCHEME, REPORT_SCHEME, ACTIVITY_SCHEME, ARCHIVE_SCHEME, RUN_SCHEME].map((scheme) => `onFileSystem:${scheme}`);
    assert.deepEqual(manifest.activationEvents, [...files, 'onLanguage:json', 'onLanguage:jsonl', `onWebviewPanel:${DASHBOARD_VIEW}`]);
  });

  it('says what it supports', () => {
    assert.deepEqual(sorted(Object.keys(manifest.capabilities)), ['untrustedWorkspaces', 'virtualWorkspaces']);
  });
});

describe('languages', () => {
  it('are those of the documents we show, and of those that get snippets', () => {
    assert.deepEqual(contributes.languages.map(({ id }) => id), [REPORT_LANGUAGE]);
    assert.deepEqual(contributes.grammars.map(({ language }) => language), [REPORT_LANGUAGE]);
    assert.deepEqual(sortedUnique(contributes.snippets.map(({ language }) => language)), ['json', 'jsonc', 'jsonl']);
  });
});

describe('schemas', () => {
  it('are there for the documents they match', () => {
    assert.equal(contributes.jsonValidation.length, 9);
    for (const { url } of contributes.jsonValidation) {
      const { protocol, host, pathname } = new URL(url);
      assert.deepEqual([protocol, host], [`${RESOURCE_SCHEME}:`, ''], url);
      assert.ok(schemaText(schemaName(pathname) ?? '', 'en') !== undefined, url);
    }
  });
});
