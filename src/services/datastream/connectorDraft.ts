import type { Connector, ConnectorSettings } from '../../model/dataStream.ts';
import type { CreateDraft } from '../createWizard.ts';
import { readFlushCount, readFlushMinutes, valueOf } from './answers.ts';
import { readLocation, readRole } from './checks.ts';
import type { FilePlace } from './connectorWords.ts';

/** The answers of the connector's wizard so far; texts as typed. */
export interface ConnectorDraft extends CreateDraft {
  consumerSpec: string;
  location: string;
  includeTopicInPath: boolean;
  dateFormat: string;
  roleNrn: string;
  /** Whether the role was chosen among those that are known: then it is not asked for again. */
  isRoleChosen: boolean;
  isLocationChosen: boolean;
  schemaType: string;
  flushMinutes: string;
  flushCount: string;
  description: string;
}

/** Small, a folder for the topic, no folders by date, texts (datastream.md §4.1). */
export function newConnectorDraft(): ConnectorDraft {
  return {
    isReviewed: false, trouble: undefined,
    consumerSpec: 'SMALL', location: '', includeTopicInPath: true, dateFormat: 'NONE', roleNrn: '', isRoleChosen: false, isLocationChosen: false,
    schemaType: 'STRING', flushMinutes: '', flushCount: '', description: '',
  };
}

/** What is sent; `OBJECT_STORAGE` is the only target there is. What was left empty is left to the service. */
export function settingsOf(draft: ConnectorDraft): ConnectorSettings {
  const flushIntervalMinutes = valueOf(readFlushMinutes(draft.flushMinutes), undefined);
  const flushCount = valueOf(readFlushCount(draft.flushCount), undefined);
  return {
    consumerSpec: draft.consumerSpec,
    exportType: 'OBJECT_STORAGE',
    location: valueOf(readLocation(draft.location), draft.location),
    includeTopicInPath: draft.includeTopicInPath,
    dateFormat: draft.dateFormat,
    roleNrn: valueOf(readRole(draft.roleNrn), draft.roleNrn),
    schemaType: draft.schemaType,
    ...(draft.description === '' ? {} : { description: draft.description }),
    ...(flushIntervalMinutes === undefined ? {} : { flushIntervalMinutes }),
    ...(flushCount === undefined ? {} : { flushCount }),
  };
}

/** Where the files of a draft go. */
export function placeOf(draft: ConnectorDraft, topicName: string): FilePlace {
  const { location, includeTopicInPath, dateFormat } = settingsOf(draft);
  return { location, includeTopicInPath, dateFormat, topicName };
}

/** A value used before, and for what. */
export interface Suggestion {
  readonly value: string;
  readonly usedFor: string;
}

/** Values that other connectors of the account have, each once, in the order of the connectors. */
export function suggestionsOf(known: readonly (readonly [topicName: string, connector: Connector])[], pick: (connector: Connector) => string | undefined): readonly Suggestion[] {
  const found = new Map<string, string>();
  for (const [usedFor, connector] of known) {
    const value = pick(connector) ?? '';
    if (value !== '' && !found.has(value)) found.set(value, usedFor);
  }
  return [...found].map(([value, usedFor]) => ({ value, usedFor }));
}
