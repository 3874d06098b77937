import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';

import { schemaText } from '../../../src/documents/schemas.ts';

const FOLDER = new URL('../../../media/schemas/', import.meta.url);
const NAMES = globSync('*.schema.json', { cwd: FOLDER }).map((file) => basename(file, '.schema.json'));

/** Where people read: a property may be called the same, and is an object then. */
const READ = /^(title|(markdown)?description|label|(markdown)?enumDescriptions|(pattern)?errorMessage)$/i;
/** The same in every language. */
const UNTRANSLATED = /^(\d+ [KG]iB|[\d,]+ MB|year=\S+|JSON|VPC|Raw HTTP)$/;

test('every text of every schema is translated, and no other', () => {
  assert.equal(NAMES.length, 9);
  const texts = new Set<string>();
  for (const name of NAMES) {
    JSON.parse(readFileSync(new URL(`${name}.schema.json`, FOLDER), 'utf8'), (key, value: unknown) => {
      if (READ.test(key)) for (const text of [value].flat()) if (typeof text === 'string' && !UNTRANSLATED.test(text)) texts.add(text);
      return value;
    });
  }
  for (const language of ['ko', 'ja']) {
    const translations = JSON.parse(readFileSync(new URL(`texts.${language}.json`, FOLDER), 'utf8')) as Readonly<Record<string, string>>;
    assert.deepEqual(Object.keys(translations).sort(), [...texts].sort(), language);
    for (const [text, translation] of Object.entries(translations)) assert.ok(translation !== '' && translation !== text, `${language}: ${text}`);
  }
});

test('a schema is served in the language of the editor, and in English where there is none', () => {
  for (const name of NAMES) {
    const english = JSON.parse(readFileSync(new URL(`${name}.schema.json`, FOLDER), 'utf8')) as unknown;
    for (const language of ['en', 'de', 'en-US']) assert.deepEqual(JSON.parse(schemaText(name, language) ?? ''), english);
  }
  const korean = JSON.parse(schemaText('dataStreamTopic', 'ko') ?? '') as Schema;
  assert.equal(korean.title, 'Data Stream 토픽');
  assert.deepEqual(korean.properties['retentionMs']?.defaultSnippets, [
    { label: '1시간', body: 3_600_000 }, { label: '1일', body: 86_400_000 }, { label: '3일', body: 259_200_000 },
    { label: '7일', body: 604_800_000 }, { label: '15일', body: 1_296_000_000 },
  ]);
  assert.equal(korean.properties['description']?.description, '토픽의 용도입니다. 최대 200자이며 비워 둘 수 있습니다.');
  const japanese = JSON.parse(schemaText('dataStreamConnector', 'ja-JP') ?? '') as Schema;
  assert.equal(japanese.properties['dateFormat']?.enumDescriptions?.[0], '日付ごとのフォルダなし');
  assert.equal(schemaText('other', 'en'), undefined);
});

interface Schema {
  readonly title: string;
  readonly properties: Readonly<Record<string, { readonly description: string; readonly enumDescriptions?: readonly string[]; readonly defaultSnippets?: unknown }>>;
}
