import type { DocumentObject, DocumentValue, DocumentValues } from '../../../documents/documentType.ts';
import type { TriggerDetail } from '../../../model/functions.ts';
import { parseJson } from '../../../model/json.ts';

type Options = TriggerDetail['options'];

/** Names of the members of one entry of a list, by the trigger's type (cloudfunctions.md §7.3). */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  insight: ['prodKey', 'ruleGrpId', 'reminderTime', 'enableNotiWhenEventClose'],
  object_storage: ['bucketName', 'eventRuleName'],
  source_commit: ['repositoryName', 'webhookName', 'enable'],
  secret_manager: ['secretName'],
};

/**
 * What starts a trigger, as far as the service tells it: for most types no document shows how (cloudfunctions.md §7.2), so lists are read
 * whole (`bucketName`, `eventRuleName`, again and again), as JSON under the name a PUT has for them, and under any other.
 */
export function sourceValues({ type, options }: Pick<TriggerDetail, 'type' | 'options'>): DocumentValues {
  switch (type) {
    case 'cron':
      return named('cronOption', options.find(({ key }) => key === 'cronOption' || key === 'cron')?.value);
    case 'github':
      return named('events', eventsIn(options));
    case 'insight':
    case 'object_storage':
      return named('rules', entriesIn(options, MEMBERS[type] ?? []));
    case 'source_commit':
      return named('webhooks', entriesIn(options, MEMBERS[type] ?? []));
    case 'secret_manager':
      return named('secretName', entriesIn(options, ['secretName'])?.[0]?.['secretName']);
    case undefined:
    default:
      return {};
  }
}

function named(name: string, value: DocumentValue | undefined): DocumentValues {
  return value === undefined ? {} : { [name]: value };
}

/** A list as JSON, or names with commas between them. */
function eventsIn(options: Options): readonly string[] | undefined {
  const text = options.find(({ key }) => key === 'events')?.value;
  if (text === undefined) return undefined;
  const value = jsonIn(text);
  const names = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : text.split(',');
  const events = names.map((one) => one.trim()).filter((one) => one !== '');
  return events.length === 0 ? undefined : events;
}

function entriesIn(options: Options, members: readonly string[]): readonly DocumentObject[] | undefined {
  const entries = [...flatEntries(options, members), ...options.flatMap(({ value }) => jsonEntries(jsonIn(value), members))];
  // Names that are told column by column, or not all of them, do not say what belongs together: then nothing was told.
  const isWhole = entries.every((entry) => members.slice(0, 2).every((name) => Object.hasOwn(entry, name)));
  return entries.length === 0 || !isWhole ? undefined : entries;
}

/** `bucketName`, `eventRuleName`, `bucketName`, …: the next entry begins where a name comes again. */
function flatEntries(options: Options, members: readonly string[]): readonly DocumentObject[] {
  const entries: Record<string, DocumentValue>[] = [];
  for (const { key, value } of options) {
    if (!members.includes(key)) continue;
    const last = entries.at(-1);
    const entry = last === undefined || Object.hasOwn(last, key) ? {} : last;
    if (entry !== last) entries.push(entry);
    entry[key] = typed(key, value);
  }
  return entries;
}

function jsonEntries(value: unknown, members: readonly string[]): readonly DocumentObject[] {
  if (Array.isArray(value)) return value.flatMap((one) => jsonEntries(one, members));
  if (typeof value !== 'object' || value === null) return [];
  const known = Object.entries(value).flatMap(([name, member]: [string, unknown]): [string, DocumentValue][] =>
    members.includes(name) && isScalar(member) ? [[name, typeof member === 'string' ? typed(name, member) : member]] : []);
  return known.length === 0 ? [] : [Object.fromEntries(known)];
}

/** Options are texts, also where they are numbers and flags (cloudfunctions.md §7.2). */
function typed(name: string, value: string): DocumentValue {
  if (name === 'reminderTime' && /^\d{1,6}$/.test(value)) return Number(value);
  if ((name === 'enable' || name === 'enableNotiWhenEventClose') && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function jsonIn(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
