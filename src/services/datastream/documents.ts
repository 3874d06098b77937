import * as l10n from '@vscode/l10n';

import type { DataStreamClient } from '../../api/datastream/client.ts';
import type { DocumentType } from '../../documents/documentType.ts';
import type { Formatter } from '../../model/format.ts';
import { topicIdOf } from './documentValues.ts';

/** What documents of Data Stream need. */
export interface DocumentContext {
  readonly client: (accountId: string) => Promise<DataStreamClient>;
  readonly format: Formatter;
}

/** Topics and their connectors, which can be changed. */
export function dataStreamDocuments(context: DocumentContext): readonly DocumentType[] {
  const { client } = context;
  return [
    {
      kind: 'dataStream.topic',
      ending: '.datastream-topic.json',
      title: ({ name }) => l10n.t('Topic "{0}"', name),
      view: async (ref, signal) => (await client(ref.accountId)).getTopic(topicIdOf(ref), signal),
      raw: async (ref, signal) => (await client(ref.accountId)).rawTopic(topicIdOf(ref), signal),
      edit: async () => (await import('./topicEditing.ts')).topicEditing(context),
    },
    {
      kind: 'dataStream.connector',
      ending: '.datastream-connector.json',
      title: ({ name }) => l10n.t('Connector of topic "{0}"', name),
      view: async (ref, signal) => (await import('./connectorEditing.ts')).readConnector(ref, context, signal),
      raw: async (ref, signal) => (await client(ref.accountId)).rawConnector(topicIdOf(ref), signal),
      edit: async () => (await import('./connectorEditing.ts')).connectorEditing(context),
    },
  ];
}
