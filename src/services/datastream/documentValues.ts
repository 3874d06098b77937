import type { DocumentValue, DocumentValues } from '../../documents/documentType.ts';
import type { ResourceRef } from '../../model/resource.ts';

/** The topic a reference is about: of a topic and of its connector alike. */
export function topicIdOf({ keys }: ResourceRef): string {
  return keys[0] ?? '';
}

/** A field, where there is a value. */
export function known(name: string, value: DocumentValue | undefined): DocumentValues {
  return value === undefined || value === null ? {} : { [name]: value };
}

/** A text among the values. */
export function textIn(values: DocumentValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** A number among the values. */
export function numberIn(values: DocumentValues, name: string): number | undefined {
  const value = values[name];
  return typeof value === 'number' ? value : undefined;
}
