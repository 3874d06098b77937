import * as l10n from '@vscode/l10n';

import type { DataStreamClient } from '../../api/datastream/client.ts';
import type { Prompts } from '../../host/prompts.ts';
import type { Account } from '../../model/account.ts';
import { stageBadge } from '../../model/accountWords.ts';
import type { Connector, DataStreamTopic } from '../../model/dataStream.ts';
import type { Formatter } from '../../model/format.ts';
import { createOrLookUp } from '../lookUp.ts';
import { connectorTexts } from '../lookUpWords.ts';
import { REVIEW, runCreateWizard } from '../createWizard.ts';
import type { Answer, ReportFailure } from '../createWizard.ts';
import type { WithProgress } from '../writing.ts';
import { newConnectorDraft, placeOf, settingsOf, suggestionsOf } from './connectorDraft.ts';
import type { ConnectorDraft } from './connectorDraft.ts';
import { connectorSteps } from './connectorSteps.ts';
import type { ConnectorQuestions } from './connectorPlaceSteps.ts';
import { consumerSpecWords, dateFormatWords, examplePath } from './connectorWords.ts';
import { connectorFieldOf } from './refusals.ts';

/** What creating a connector needs. */
export interface ConnectorCreation {
  readonly prompts: Prompts;
  readonly format: Formatter;
  readonly account: Account;
  readonly client: Pick<DataStreamClient, 'createConnector' | 'getConnector'>;
  readonly topic: Pick<DataStreamTopic, 'id' | 'name'>;
  /** Connectors of the account that were seen already, by the name of their topic. */
  readonly known: readonly (readonly [topicName: string, connector: Connector])[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly progress: WithProgress;
  readonly say: (message: string) => void;
  readonly onFailure: ReportFailure;
}

/**
 * Asks for the connector of a topic and creates it.
 * @throws CancelledError where the user closed it
 */
export async function createConnector(creation: ConnectorCreation): Promise<Connector> {
  const { prompts, account, topic, known, now, client, progress, say, onFailure } = creation;
  const questions: ConnectorQuestions = {
    topicName: topic.name,
    now,
    locations: suggestionsOf(known, ({ location }) => location),
    roles: suggestionsOf(known, ({ roleNrn }) => roleNrn),
  };
  return runCreateWizard<ConnectorDraft, Connector>({
    prompts,
    title: l10n.t('Create Connector of Topic "{0}"', topic.name),
    accountName: account.name,
    steps: connectorSteps(questions),
    answers: (draft) => answersOf(draft, creation, questions),
    question: () => l10n.t('Create the connector of topic "{0}" in account "{1}" ({2})?', topic.name, account.name, stageBadge(account.lane.stage)),
    onFailure,
    create: (draft) => createOrLookUp({
      progress,
      title: l10n.t('Creating the connector of topic "{0}"…', topic.name),
      create: (signal) => client.createConnector(topic.id, settingsOf(draft), signal),
      find: (signal) => client.getConnector(topic.id, signal),
      idOf: ({ id }) => id,
      isLeaving: () => false,
      say,
      texts: connectorTexts(topic.name),
      stepIfThere: REVIEW,
    }),
    stepOf: connectorFieldOf,
  }, newConnectorDraft());
}

function answersOf(draft: ConnectorDraft, { topic, now, format }: ConnectorCreation, { locations, roles }: ConnectorQuestions): readonly Answer[] {
  const { consumerSpec, location, includeTopicInPath, dateFormat, roleNrn, schemaType, flushIntervalMinutes, flushCount, description } = settingsOf(draft);
  const leftOpen = l10n.t('the service decides');
  return [
    { label: l10n.t('Consumer size'), text: [consumerSpec, consumerSpecWords(consumerSpec)].join(' · '), step: 'consumerSpec' },
    { label: l10n.t('Location'), text: location, step: locations.length > 0 ? 'locations' : 'location' },
    { label: l10n.t('Folder for the topic'), text: includeTopicInPath ? l10n.t('yes') : l10n.t('no'), step: 'includeTopicInPath' },
    { label: l10n.t('Folders by'), text: [dateFormatWords(dateFormat), examplePath(placeOf(draft, topic.name), now())].join(' · '), step: 'dateFormat' },
    { label: l10n.t('Role'), text: roleNrn, step: roles.length > 0 ? 'roles' : 'roleNrn' },
    { label: l10n.t('Message type'), text: schemaType ?? '', step: 'schemaType' },
    {
      label: l10n.t('New file after'),
      text: flushIntervalMinutes === undefined ? leftOpen : format.duration(flushIntervalMinutes * 60_000),
      step: 'flushMinutes',
    },
    { label: l10n.t('Messages per file'), text: flushCount === undefined ? leftOpen : format.count(flushCount), step: 'flushCount' },
    { label: l10n.t('Description'), text: description ?? l10n.t('none'), step: 'description' },
  ];
}
