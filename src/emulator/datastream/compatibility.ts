import { isObject, tryParse } from '../json.ts';

/** Kinds of schemas a topic can have (datastream.md §9). */
export type SchemaType = 'AVRO' | 'JSON' | 'PROTOBUF';

/** Whether a text is a schema of that kind, as far as its outermost form goes. */
export function isSchema(type: SchemaType, text: string): boolean {
  if (type === 'PROTOBUF') return /\bmessage\s+\w+\s*\{/.test(text);
  const value = tryParse(text);
  return type === 'AVRO' ? isObject(value) || typeof value === 'string' || Array.isArray(value) : isObject(value);
}

/**
 * BACKWARD: data written with the old schema can be read with the new one. Looks at the fields of the outermost
 * record, object or message.
 */
export function isBackwardCompatible(type: SchemaType, before: string | undefined, after: string): boolean {
  if (before === undefined) return true;
  switch (type) {
    case 'AVRO':
      return isAvroCompatible(tryParse(before), tryParse(after));
    case 'JSON':
      return isJsonCompatible(tryParse(before), tryParse(after));
    case 'PROTOBUF':
      return isProtobufCompatible(before, after);
    default:
      return type satisfies never;
  }
}

/** A field that the old records lack needs a default, and a field of both keeps its type. */
function isAvroCompatible(before: unknown, after: unknown): boolean {
  const old = avroFields(before);
  for (const [name, field] of avroFields(after)) {
    const previous = old.get(name);
    if (previous === undefined ? !('default' in field) : !sameJson(previous['type'], field['type'])) return false;
  }
  return true;
}

function avroFields(schema: unknown): Map<string, Readonly<Record<string, unknown>>> {
  const fields: unknown = isObject(schema) ? schema['fields'] : undefined;
  const list = Array.isArray(fields) ? fields.filter(isObject) : [];
  return new Map(list.map((field) => [String(field['name']), field]));
}

/** Nothing may be required that was not, and a property of both keeps its type. */
function isJsonCompatible(before: unknown, after: unknown): boolean {
  if (!isObject(before) || !isObject(after)) return true;
  const required = new Set(textList(before['required']));
  if (textList(after['required']).some((name) => !required.has(name))) return false;
  const old = isObject(before['properties']) ? before['properties'] : {};
  const properties = isObject(after['properties']) ? after['properties'] : {};
  return Object.entries(properties).every(([name, property]) => {
    const previous = old[name];
    return !isObject(previous) || !isObject(property) || sameJson(previous['type'], property['type']);
  });
}

/** A field number keeps its type. */
function isProtobufCompatible(before: string, after: string): boolean {
  const old = protobufFields(before);
  return [...protobufFields(after)].every(([number, type]) => (old.get(number) ?? type) === type);
}

function protobufFields(text: string): Map<string, string> {
  const fields = text.matchAll(/\b([\w.]+)\s+\w+\s*=\s*(\d+)\s*[;[]/g);
  return new Map(Array.from(fields, (match) => [match[2] ?? '', match[1] ?? '']));
}

function textList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function sameJson(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
