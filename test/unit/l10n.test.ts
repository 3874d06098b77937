import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';

import { getL10nJson } from '@vscode/l10n-dev';

const ROOT = new URL('../../', import.meta.url);

type Texts = ReadonlyMap<string, string>;

/** Texts that are the same in another language: names, and texts made of nothing but names, numbers and units. */
const NAMES = new Set([
  'API', 'API Gateway', 'Basic', 'Classic', 'Cloud', 'Cloud Functions', 'Cloud Streams', 'Cron', 'DELETED', 'Data Stream', 'EasyQueue', 'GitHub', 'HTTP', 'ID',
  'Insight', 'Kafka', 'NAVER Cloud', 'NHN Cloud', 'NRN', 'Object Storage', 'Raw HTTP', 'raw HTTP', 'Secret Access Key', 'Secret Key', 'Secret Manager', 'SourceCommit', 'URL', 'VPC', 'Web',
]);

/** The bundle as the exporter writes it now, from every source file. */
let exported: Texts = new Map();

before(async () => {
  const files = globSync(['src/**/*.ts', 'webview/**/*.ts'], { cwd: ROOT });
  const json = await getL10nJson(files.map((file) => ({ extension: '.ts', contents: readFileSync(new URL(file, ROOT), 'utf8') })));
  exported = new Map(Object.entries(json).map(([key, value]) => [key, typeof value === 'string' ? value : value.message]));
});

function bundle(language: string): Texts {
  const json = JSON.parse(readFileSync(new URL(`l10n/bundle.l10n${language}.json`, ROOT), 'utf8')) as Record<string, string>;
  return new Map(Object.entries(json));
}

function manifestTexts(language: string): Texts {
  return new Map(Object.entries(JSON.parse(readFileSync(new URL(`package.nls${language}.json`, ROOT), 'utf8')) as Record<string, string>));
}

function missing(wanted: Texts, given: Texts): readonly string[] {
  return [...wanted.keys()].filter((key) => !given.has(key));
}

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{\d+\}/g)].map(([placeholder]) => placeholder).sort();
}

describe('texts', () => {
  it('are found in the sources', () => {
    assert.ok(exported.size > 50);
  });

  for (const language of ['', '.ko', '.ja']) {
    it(`of bundle.l10n${language}.json are exactly those of the sources ("npm run l10n" exports them)`, () => {
      const texts = bundle(language);
      assert.deepEqual(missing(exported, texts), [], 'missing');
      assert.deepEqual(missing(texts, exported), [], 'superfluous');
    });
  }

  for (const language of ['.ko', '.ja']) {
    it(`of bundle.l10n${language}.json have the same placeholders`, () => {
      for (const [english, text] of bundle(language)) assert.deepEqual(placeholders(text), placeholders(english), english);
    });

    it(`of bundle.l10n${language}.json are translated`, () => {
      const same = [...bundle(language)].filter(([english, text]) => text === english && !isLanguageless(english));
      assert.deepEqual(same, []);
    });

    it(`of bundle.l10n${language}.json are complete sentences where the English ones are`, () => {
      const ends = (text: string): string => (/[.?!。？！]$/.test(text) ? 'sentence' : /(…|\.\.\.)$/.test(text) ? 'ellipsis' : 'label');
      for (const [english, text] of bundle(language)) assert.equal(ends(text), ends(english), english);
    });
  }

  it('in Korean have both forms of a particle after a name, whose last sound is not known', () => {
    const wrong = [...bundle('.ko').values(), ...manifestTexts('.ko').values()].filter((text) => /"\{\d+\}"(을|를|이|가|은|는|과|와|로|으로)(?![가-힣(])/u.test(text));
    assert.deepEqual(wrong, []);
  });

  it('speak politely', () => {
    const korean = [...bundle('.ko').values(), ...manifestTexts('.ko').values()].flatMap((text) => text.split(/(?<=[.?])\s/));
    assert.deepEqual(korean.filter((sentence) => /(?<![니시])다\.$/u.test(sentence)), []);
    const japanese = [...bundle('.ja').values(), ...manifestTexts('.ja').values()].flatMap((text) => text.split(/(?<=。)/));
    assert.deepEqual(japanese.filter((sentence) => /[ぁ-ん]。$/u.test(sentence) && !/(です|ます|ません|した|ください)。$/u.test(sentence)), []);
  });
});

/** Numbers, units, placeholders and names need no translation. */
function isLanguageless(text: string): boolean {
  return NAMES.has(text) || !/[A-Za-z]{3}/.test(text.replaceAll(/\{\d+\}/g, ''));
}
