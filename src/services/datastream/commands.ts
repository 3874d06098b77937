import { l10n } from 'vscode';

import { nodeCommand, nodesCommand } from '../../commands/command.ts';
import type { Command, RunContext } from '../../commands/command.ts';
import { COMMANDS } from '../../ids.ts';
import { CloudError } from '../../model/cloudError.ts';
import type { ServiceDeps } from '../deps.ts';
import { reading } from '../reading.ts';
import { accountOf, listsOf, nothing, thenShow } from '../showing.ts';
import { tellingDeletions, tellingFailures } from '../telling.ts';
import { requireWrite } from '../writing.ts';
import { DataStreamNode, DataStreamTopicNode } from './nodes.ts';
import type { DataStreamContext } from './nodes.ts';
import { topicStatusLook } from './status.ts';
import { ConnectorNode } from './topicRows.ts';

/** The ids of the commands on Data Stream's rows. */
export type DataStreamCommandId = (typeof COMMANDS)[
  'newMessage' | 'createDataStreamTopic' | 'deleteDataStreamTopic' | 'createConnector' | 'deleteConnector'
];

/** What the commands need. */
export type DataStreamCommandDeps = ServiceDeps & DataStreamContext;

/** The commands on Data Stream's rows. */
export function dataStreamCommands(deps: DataStreamCommandDeps): Readonly<Record<DataStreamCommandId, Command>> {
  const topics = ['account', 'dataStream'] as const;
  const connectors = ['account', 'dataStream', 'dataStream.topic'] as const;
  return {
    [COMMANDS.newMessage]: nodeCommand(
      DataStreamTopicNode,
      (node) => deps.openNewMessage({ accountId: node.accountId, topicId: node.topic.id, topicName: node.topic.name }),
      { ask: () => l10n.t('Choose the topic the message is for'), through: topics },
    ),
    [COMMANDS.createDataStreamTopic]: nodeCommand(
      DataStreamNode,
      (node) => createTopicBelow(node, deps),
      { ask: () => l10n.t('Choose the account the topic is for'), through: ['account'] },
    ),
    [COMMANDS.deleteDataStreamTopic]: nodesCommand(
      DataStreamTopicNode,
      (nodes, context) => deleteTopicRows(nodes, deps, context),
      { ask: () => l10n.t('Choose the topic to delete'), through: topics, isNoUse: true },
    ),
    [COMMANDS.createConnector]: nodeCommand(
      DataStreamTopicNode,
      (node) => createConnectorBelow(node, deps),
      { ask: () => l10n.t('Choose the topic the connector is for'), through: topics },
    ),
    [COMMANDS.deleteConnector]: nodesCommand(
      ConnectorNode,
      (nodes, context) => deleteConnectorRows(nodes, deps, context),
      { ask: () => l10n.t('Choose the connector to delete'), through: connectors, isNoUse: true },
    ),
  };
}

async function createTopicBelow(node: DataStreamNode, deps: DataStreamCommandDeps): Promise<void> {
  const account = accountOf(node);
  requireWrite(account);
  const client = await deps.client(account.id);
  const [{ createTopic }, prefix, topics] = await reading(l10n.t('Reading the topics of the account…'), (signal) =>
    Promise.all([import('./createTopic.ts'), client.getTopicPrefix(signal), client.listTopics({}, signal)]));
  const { prompts, format, say } = deps;
  await thenShow(deps, [node], async (progress) => {
    const onFailure = tellingFailures(node, 'Creating a Data Stream topic', deps);
    const topic = await createTopic({ prompts, format, account, client, prefix, topics, say, progress, onFailure });
    return (row) => row instanceof DataStreamTopicNode && row.topic.id === topic.id;
  });
}

async function createConnectorBelow(node: DataStreamTopicNode, deps: DataStreamCommandDeps): Promise<void> {
  const account = accountOf(node);
  requireWrite(account);
  const client = await deps.client(account.id);
  const [{ createConnector }, topic, existing] = await reading(l10n.t('Reading the topic…'), (signal) => Promise.all([
    import('./createConnector.ts'), client.getTopic(node.topic.id, signal), client.getConnector(node.topic.id, signal),
  ]));
  // Before the questions rather than after them.
  if (existing !== undefined) throw new CloudError('conflict', { reason: 'connectorExists', operation: 'write', mayHaveArrived: false });
  if (topicStatusLook(topic.status).isSettling) throw new CloudError('conflict', { reason: 'state', operation: 'write', mayHaveArrived: false });
  const { prompts, format, now, say } = deps;
  const known = deps.connectors.below(node.parent?.id ?? node.id);
  await thenShow(deps, [node], async (progress) => {
    const onFailure = tellingFailures(node, 'Creating a connector', deps);
    await createConnector({ prompts, format, account, client, topic, known, now, say, progress, onFailure });
    return (row) => row instanceof ConnectorNode;
  });
}

async function deleteTopicRows(nodes: readonly DataStreamTopicNode[], deps: DataStreamCommandDeps, { busy }: RunContext): Promise<void> {
  const topics = nodes.map((node) => ({ account: accountOf(node), topic: node.topic }));
  requireWrite(...topics.map(({ account }) => account));
  const { deleteTopics } = await import('./deletions.ts');
  await thenShow(deps, listsOf(nodes), async (progress) => {
    await deleteTopics(topics, { ...deps, progress, reading, report: tellingDeletions(nodes) });
    return nothing;
  }, () => busy(l10n.t('Deleting…')));
}

async function deleteConnectorRows(nodes: readonly ConnectorNode[], deps: DataStreamCommandDeps, { busy }: RunContext): Promise<void> {
  const topics = nodes.map((node) => ({ account: accountOf(node), topic: node.topic }));
  requireWrite(...topics.map(({ account }) => account));
  const { deleteConnectors } = await import('./deletions.ts');
  await thenShow(deps, listsOf(nodes), async (progress) => {
    await deleteConnectors(topics, { ...deps, progress, reading, report: tellingDeletions(nodes) });
    return nothing;
  }, () => busy(l10n.t('Deleting…')));
}
