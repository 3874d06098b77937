import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { ALONE_FIELDS, ENVELOPE_FIELDS, LISTED_FIELDS } from '../../../src/sending/reading/messageFields.ts';
import { sourceKind } from '../../../src/sending/reading/sourceKind.ts';
import { readVariablesFile } from '../../../src/sending/variables/variablesFile.ts';
import { messagesOf, readAll, readContext, textSource } from './reading.ts';

interface Shape {
  readonly required: readonly string[];
  readonly additionalProperties: boolean;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Field {
  readonly type: readonly string[];
  readonly pattern: string;
}

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: string | readonly string[];
}

const message = media('schemas/message.schema.json') as Shape;
const messages = media('schemas/messages.schema.json') as { readonly definitions: Readonly<Record<string, Shape & Field>> };
const variables = media('schemas/messagesVariables.schema.json') as { readonly definitions: { readonly variables: { readonly propertyNames: { readonly pattern: string } } } };
const snippets = media('snippets/messages.json') as Readonly<Record<string, Snippet>>;
const lineSnippets = media('snippets/messageLines.json') as Readonly<Record<string, Snippet>>;

describe('the schemas of messages', () => {
  it('have exactly the fields that are read', () => {
    const { envelope, message: listed, loneMessage } = messages.definitions;
    for (const [shape, fields, required] of [[message, ALONE_FIELDS, 'value'], [loneMessage, ALONE_FIELDS, 'value'], [listed, LISTED_FIELDS, 'value'], [envelope, ENVELOPE_FIELDS, 'messages']] as const) {
      assert.deepEqual(new Set(Object.keys(shape?.properties ?? {})), fields);
      assert.deepEqual([shape?.required, shape?.additionalProperties], [[required], false]);
    }
  });

  it('say the same of a field wherever it stands', () => {
    for (const [name, field] of Object.entries(message.properties)) {
      assert.deepEqual(messages.definitions[name.replace('$', '')], field, name);
    }
  });

  it('take the values and partitions that are taken', async () => {
    const { value, partition } = message.properties as Readonly<Record<string, Field>>;
    for (const json of ['"a"', '{}', '[]', '1.5', 'true', 'null']) {
      const [reading] = await readAll([textSource(`{"value":${json}}`, { content: 'messages' })]);
      assert.equal(reading !== undefined && 'value' in reading, value?.type.includes(typeOf(JSON.parse(json))), json);
    }
    for (const written of ['{{number randomInt 0 2}}', '{{ number counter}}', '1', '{{counter}}', '']) {
      const [reading] = await readAll([textSource(`{"value":1,"partition":"${written}"}`, { content: 'messages' })]);
      assert.equal(reading !== undefined && 'value' in reading, new RegExp(partition?.pattern ?? '', 'u').test(written), written);
    }
  });

  it('take the names of variables that are taken', () => {
    const pattern = new RegExp(variables.definitions.variables.propertyNames.pattern, 'u');
    for (const name of ['shop', '_a.b-c1', '빈', 'uuid', 'uuids', 'env', 'number', 'a b', '1a', '', 'a:b', '-a']) {
      assert.equal(pattern.test(name), !('issue' in readVariablesFile(JSON.stringify({ dev: { [name]: 1 } }))), name);
    }
  });
});

describe('the snippets', () => {
  const context = readContext({ job: { ...readContext().job, target: { accountId: 'a', topicId: 't', topicName: 'topic' } } });

  it('are messages as they stand', async () => {
    for (const [name, snippet] of Object.entries(snippets)) {
      assert.match(snippet.prefix, /^message/);
      assert.equal((await messagesOf(expanded(snippet), { content: 'messages' }, context)).length, 1, name);
    }
    const envelope = snippets['Messages for a Topic'];
    assert.ok(envelope !== undefined && sourceKind('a.json', 'json', expanded(envelope)).isMessageDocument);
  });

  it('are lines where lines are written', async () => {
    for (const [name, snippet] of Object.entries(lineSnippets)) {
      assert.match(snippet.prefix, /^message/);
      assert.equal((await messagesOf(expanded(snippet), { format: 'jsonLines', content: 'messages' }, context)).length, 1, name);
    }
  });
});

/** What the editor inserts of a snippet, with nothing typed into it. */
function expanded({ body }: Snippet): string {
  return [body].flat().join('\n').replace(/\$\{\d+:((?:\\.|[^\\}])*)\}|\$\d/g, (_, text?: string) => text ?? '').replaceAll(/\\([$}\\])/g, '$1');
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function media(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../media/${path}`, import.meta.url), 'utf8'));
}
