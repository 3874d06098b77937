import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import type { DocumentField, DocumentObject, DocumentType, DocumentValue } from '../../../src/documents/documentType.ts';
import { createFormatter } from '../../../src/model/format.ts';
import { dataStreamDocuments } from '../../../src/services/datastream/documents.ts';
import { easyQueueDocuments } from '../../../src/services/easyqueue/documents.ts';
import { functionsDocuments } from '../../../src/services/functions/documents.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';

interface Property extends Shape {
  readonly title: string;
  readonly description: string;
}

interface Shape {
  readonly type?: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly enum?: readonly DocumentValue[];
  readonly enumDescriptions?: readonly string[];
  readonly examples?: readonly DocumentValue[];
  readonly defaultSnippets?: readonly { readonly label: string; readonly body: DocumentValue }[];
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

interface Schema {
  readonly $schema: string;
  readonly title: string;
  readonly additionalProperties: boolean;
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, Property>>;
}

const format = createFormatter('en');
const unused = (): Promise<never> => Promise.reject(new Error('nothing is asked'));
const TYPES: readonly DocumentType[] = [
  ...dataStreamDocuments({ client: unused, format }),
  ...easyQueueDocuments({ client: unused, format }),
  ...functionsDocuments({ client: unused, format, now: () => 0, prompts: new ScriptedPrompts(), account: () => undefined, versionsFolder: '' }),
];

const CASES = [
  { file: 'dataStreamTopic', ending: '.datastream-topic.json' },
  { file: 'dataStreamConnector', ending: '.datastream-connector.json' },
  { file: 'easyQueueTopic', ending: '.easyqueue-topic.json' },
  { file: 'functionsPackage', ending: '.functions-package.json' },
  { file: 'functionsAction', ending: '.functions-action.json' },
  { file: 'functionsTrigger', ending: '.functions-trigger.json' },
];

for (const { file, ending } of CASES) {
  const schema = JSON.parse(readFileSync(new URL(`../../../media/schemas/${file}.schema.json`, import.meta.url), 'utf8')) as Schema;
  const fields = (await TYPES.find((type) => type.ending === ending)?.edit?.())?.fields ?? [];

  test(`${file} has exactly the fields of the document, and knows which may be left out`, () => {
    assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#');
    assert.equal(schema.additionalProperties, false);
    assert.deepEqual(Object.keys(schema.properties), fields.map(({ name }) => name));
    assert.deepEqual(schema.required, fields.filter(({ isOptional }) => isOptional !== true).map(({ name }) => name));
    for (const [name, { title, description }] of Object.entries(schema.properties)) assert.ok(title !== '' && description !== '', name);
  });

  test(`${file} takes what the document takes, to the last digit`, () => {
    for (const field of fields) {
      const property = schema.properties[field.name];
      assert.ok(property);
      for (const value of boundaries(property)) {
        assert.equal(takes(property, value), isRight(field, value), `${field.name}: ${JSON.stringify(value).slice(0, 90)}`);
      }
    }
  });

  test(`${file} suggests only what is taken, and says what each word means`, () => {
    for (const field of fields) {
      const { examples = [], defaultSnippets = [], enum: words = [], enumDescriptions = [] } = schema.properties[field.name] ?? {};
      assert.equal(enumDescriptions.length, words.length, field.name);
      for (const value of [...examples, ...words, ...defaultSnippets.map(({ body }) => body)]) {
        assert.ok(isRight(field, value), `${field.name}: ${JSON.stringify(value)}`);
      }
    }
  });
}

function isRight(field: DocumentField, value: DocumentValue): boolean {
  return field.check(value, undefined) === undefined;
}

/** Values on both sides of every border a property has. */
function boundaries(property: Shape): readonly DocumentValue[] {
  const { minimum = 1, maximum = 1_000_000, maxLength = 10, enum: words = [] } = property;
  const texts = property.pattern === undefined && property.minLength === undefined && words.length === 0
    ? ['', 'x'.repeat(maxLength), '한'.repeat(maxLength), '😀'.repeat(maxLength), 'x'.repeat(maxLength + 1)]
    : ['', ' ', 'SMALLER', 's3a://', 's3a:///x', 's3a://bucket', 's3a://bucket/a/b', 's3a://a//b', 'https://bucket', 'nrn:PUB:IAM::1:Role/a-b', 'a role'];
  const numbers = [minimum - 1, minimum, minimum + 0.5, maximum, ...(property.maximum === undefined ? [] : [maximum + 1]), -1];
  return [...numbers, true, false, null, ...texts, ...words, [], {}, ...lists(property), ...objects(property)];
}

/** Lists of one entry of each kind, and of an entry twice. */
function lists({ items, uniqueItems }: Shape): readonly DocumentValue[] {
  if (items === undefined) return [];
  const entries = boundaries(items);
  const [right] = entries.filter((entry) => takes(items, entry));
  return [...entries.map((entry) => [entry]), ...(right === undefined || uniqueItems !== true ? [] : [[right, right]])];
}

/** Objects with each member at its borders, without it, and with one too many. */
function objects({ anyOf = [], properties }: Shape): readonly DocumentValue[] {
  if (properties === undefined) return anyOf.flatMap(objects);
  const members = Object.entries(properties);
  const right = Object.fromEntries(members.flatMap(([name, shape]): [string, DocumentValue][] => {
    const value = boundaries(shape).find((one) => takes(shape, one));
    return value === undefined ? [] : [[name, value]];
  }));
  const without = members.map(([left]) => Object.fromEntries(Object.entries(right).filter(([name]) => name !== left)));
  const changed = members.flatMap(([name, shape]) => boundaries(shape).map((value) => ({ ...right, [name]: value })));
  return [right, { ...right, another: 1 }, ...without, ...changed];
}

/** The part of JSON Schema these schemas use. */
function takes(property: Shape, value: DocumentValue): boolean {
  const { anyOf } = property;
  if (anyOf !== undefined && !anyOf.some((shape) => takes(shape, value))) return false;
  const types = property.type === undefined ? undefined : [property.type].flat();
  if (types !== undefined && !types.some((type) => isOf(type, value))) return false;
  if (property.enum !== undefined && !property.enum.includes(value)) return false;
  if (typeof value === 'number') return value >= (property.minimum ?? -Infinity) && value <= (property.maximum ?? Infinity);
  if (typeof value === 'object' && value !== null) return isList(value) ? takesList(property, value) : takesObject(property, value);
  if (typeof value !== 'string') return true;
  const { length } = Array.from(value);
  const isLong = length >= (property.minLength ?? 0) && length <= (property.maxLength ?? Infinity);
  return isLong && (property.pattern === undefined || new RegExp(property.pattern, 'u').test(value));
}

function takesList({ items = {}, minItems = 0, uniqueItems }: Shape, list: readonly DocumentValue[]): boolean {
  const isUnique = uniqueItems !== true || new Set(list).size === list.length;
  return isUnique && list.length >= minItems && list.every((item) => takes(items, item));
}

function takesObject({ properties, required = [] }: Shape, value: DocumentObject): boolean {
  if (properties === undefined) return true;
  const hasAll = required.every((name) => value[name] !== undefined);
  return hasAll && Object.entries(value).every(([name, member]) => properties[name] !== undefined && takes(properties[name], member));
}

function isList(value: DocumentValue): value is readonly DocumentValue[] {
  return Array.isArray(value);
}

function isOf(type: string, value: DocumentValue): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    case 'array':
      return isList(value);
    case 'object':
      return typeof value === 'object' && value !== null && !isList(value);
    default:
      return typeof value === type;
  }
}
