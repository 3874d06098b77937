import * as l10n from '@vscode/l10n';

import type { DocumentField, DocumentValue, DocumentValues, EditableType, Snapshot } from '../../documents/documentType.ts';
import { CloudError } from '../../model/cloudError.ts';
import type { Connector, ConnectorSettings } from '../../model/dataStream.ts';
import type { ResourceRef } from '../../model/resource.ts';
import { descriptionProblem, flushCountProblem, flushMinutesProblem, readLocation, readRole } from './checks.ts';
import type { Read } from './checks.ts';
import { CONSUMER_SPECS, consumerSpecWords, DATE_FORMATS, dateFormatWords, SCHEMA_TYPES } from './connectorWords.ts';
import type { DocumentContext } from './documents.ts';
import { known, numberIn, textIn, topicIdOf } from './documentValues.ts';
import { connectorFieldOf } from './refusals.ts';

/** How the connector of a topic is changed: all that a change replaces (datastream.md §4.1), but the one kind of target there is. */
export function connectorEditing(context: DocumentContext): EditableType {
  const { client, format } = context;
  return {
    fields: connectorFields((minutes) => format.duration(minutes * 60_000)),
    read: async (ref, signal) => snapshotOf(await readConnector(ref, context, signal)),
    update: async (ref, { state }, values, signal) => {
      const before = state as Connector;
      const settings = settingsOf(values, before);
      return snapshotOf(await (await client(ref.accountId)).updateConnector(topicIdOf(ref), before.id, settings, signal));
    },
    fieldOf: connectorFieldOf,
  };
}

/** The connector of a topic. @throws CloudError `notFound` where it has none */
export async function readConnector(ref: ResourceRef, { client }: DocumentContext, signal?: AbortSignal): Promise<Connector> {
  const connector = await (await client(ref.accountId)).getConnector(topicIdOf(ref), signal);
  if (connector === undefined) throw new CloudError('notFound', { reason: 'connectorGone', mayHaveArrived: false });
  return connector;
}

function snapshotOf(connector: Connector): Snapshot {
  const { description, consumerSpec, location, includeTopicInPath, dateFormat, roleNrn, flushIntervalMinutes, flushCount, schemaType } = connector;
  return {
    values: {
      ...known('description', description), ...known('consumerSpec', consumerSpec), ...known('location', location),
      ...known('includeTopicInPath', includeTopicInPath), ...known('dateFormat', dateFormat), ...known('roleNrn', roleNrn),
      ...known('flushIntervalMinutes', flushIntervalMinutes), ...known('flushCount', flushCount), ...known('schemaType', schemaType),
    },
    state: connector,
  };
}

/** The optional ones are left out where they are not in the document. */
function settingsOf(values: DocumentValues, before: Connector): ConnectorSettings {
  const includeTopicInPath = values['includeTopicInPath'];
  return {
    description: textIn(values, 'description'),
    consumerSpec: textIn(values, 'consumerSpec') ?? before.consumerSpec ?? '',
    exportType: before.exportType ?? 'OBJECT_STORAGE',
    location: textIn(values, 'location') ?? before.location ?? '',
    includeTopicInPath: typeof includeTopicInPath === 'boolean' ? includeTopicInPath : before.includeTopicInPath === true,
    dateFormat: textIn(values, 'dateFormat') ?? before.dateFormat ?? '',
    roleNrn: textIn(values, 'roleNrn') ?? before.roleNrn ?? '',
    flushIntervalMinutes: numberIn(values, 'flushIntervalMinutes'),
    flushCount: numberIn(values, 'flushCount'),
    schemaType: textIn(values, 'schemaType'),
  };
}

function connectorFields(minutesText: (minutes: number) => string): readonly DocumentField[] {
  return [
    { name: 'description', label: () => l10n.t('Description'), isOptional: true, check: orNone(text(descriptionProblem)) },
    { name: 'consumerSpec', label: () => l10n.t('Consumer size'), words: ofText(consumerSpecWords), check: oneOf(CONSUMER_SPECS) },
    { name: 'location', label: () => l10n.t('Location'), check: text((value) => locationProblem(value)), loses: filesStay },
    {
      name: 'includeTopicInPath',
      label: () => l10n.t('Folder for the topic'),
      words: (value) => (value === true ? l10n.t('yes') : l10n.t('no')),
      check: (value) => (typeof value === 'boolean' ? undefined : l10n.t('Enter true or false.')),
      loses: filesStay,
    },
    { name: 'dateFormat', label: () => l10n.t('Folders by'), words: ofText(dateFormatWords), check: oneOf(DATE_FORMATS), loses: filesStay },
    { name: 'roleNrn', label: () => l10n.t('Role'), check: text((value) => problemIn(readRole(value))) },
    {
      name: 'flushIntervalMinutes',
      label: () => l10n.t('New file after'),
      words: (value) => (typeof value === 'number' ? minutesText(value) : undefined),
      isOptional: true,
      check: orNone(number(flushMinutesProblem)),
    },
    { name: 'flushCount', label: () => l10n.t('Messages per file'), isOptional: true, check: orNone(number(flushCountProblem)) },
    { name: 'schemaType', label: () => l10n.t('Message type'), isOptional: true, check: orNone(oneOf(SCHEMA_TYPES)) },
  ];
}

/** Nothing is lost, but a search in one place does not find all any more. */
function filesStay(): string {
  return l10n.t('Files that are stored already stay where they are.');
}

type Check = DocumentField['check'];

/** What the cloud told once is right, whatever the documents say; so is nothing at all, where a field is optional. */
function orNone(check: Check): Check {
  return (value, opened) => (value === null ? undefined : check(value, opened));
}

function text(problemOf: (value: string) => string | undefined): Check {
  return (value, opened) => {
    if (value === opened) return undefined;
    return typeof value === 'string' ? problemOf(value) : l10n.t('Enter a text in quotation marks.');
  };
}

function number(problemOf: (value: number) => string | undefined): Check {
  return (value, opened) => {
    if (value === opened) return undefined;
    return typeof value === 'number' ? problemOf(value) : l10n.t('Enter a whole number.');
  };
}

function oneOf(words: readonly string[]): Check {
  return (value, opened) => (value === opened || (typeof value === 'string' && words.includes(value)) ? undefined : l10n.t('Enter one of {0}.', words.join(', ')));
}

function ofText(words: (value: string) => string | undefined): (value: DocumentValue) => string | undefined {
  return (value) => (typeof value === 'string' ? words(value) : undefined);
}

/** In a document the location stands as the service has it, with its scheme. */
function locationProblem(value: string): string | undefined {
  const read = readLocation(value);
  if ('problem' in read) return read.problem;
  return value === read.value ? undefined : l10n.t('Write it as "{0}".', read.value);
}

function problemIn(read: Read<unknown>): string | undefined {
  return 'problem' in read ? read.problem : undefined;
}
