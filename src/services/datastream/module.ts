import { l10n } from 'vscode';

import type { Account } from '../../model/account.ts';
import { CloudError } from '../../model/cloudError.ts';
import type { ResourceRef } from '../../model/resource.ts';
import { NodeMemory } from '../../tree/treeMemory.ts';
import type { TreeNode } from '../../tree/treeNode.ts';
import { runProbes } from '../check.ts';
import type { Probe } from '../check.ts';
import type { ServiceDeps } from '../deps.ts';
import type { Service } from '../service.ts';
import { topicsText } from '../words.ts';
import { dataStreamCommands } from './commands.ts';
import type { DataStreamCommandId } from './commands.ts';
import type { DataStreamHouse } from './context.ts';
import { dataStreamDashboards } from './dashboards/dashboards.ts';
import { dataStreamDocuments } from './documents.ts';
import { topicIdOf } from './documentValues.ts';
import { DataStreamNode, DataStreamTopicNode } from './nodes.ts';
import type { DataStreamContext } from './nodes.ts';
import { SeenConnectors } from './seenConnectors.ts';
import { ConnectorNode } from './topicRows.ts';

/** NAVER Cloud Data Stream. It exists in the public zone only (datastream.md §1). */
export function createDataStream(deps: ServiceDeps & DataStreamHouse): Service<DataStreamCommandId> {
  const context: DataStreamContext & ServiceDeps & DataStreamHouse = {
    ...deps,
    states: deps.memory.keep(new NodeMemory()),
    connectors: deps.memory.keep(new SeenConnectors()),
    client: async (accountId: string) => {
      const { DataStreamClient } = await import('../../api/datastream/client.ts');
      return new DataStreamClient(await deps.connections.of(accountId));
    },
  };
  return {
    roots: (account, parent) => (hasDataStream(account) ? [new DataStreamNode(parent, account, context)] : []),
    check: (account, secrets, signal) =>
      runProbes(deps.connections, account, secrets, hasDataStream(account) ? [probe(deps, signal)] : []),
    find: (ref, account, root, signal) => (hasDataStream(account) ? findRow(ref, account, root, context, signal) : Promise.resolve(undefined)),
    documents: dataStreamDocuments(context),
    dashboards: dataStreamDashboards(context),
    commands: dataStreamCommands(context),
  };
}

function hasDataStream(account: Account): boolean {
  return account.provider === 'naver' && account.zone === 'public';
}

/** The row as it is in the tree, below rows like those of the tree. */
async function findRow(
  ref: ResourceRef, account: Account, root: TreeNode, context: DataStreamContext, signal: AbortSignal,
): Promise<TreeNode | undefined> {
  if (ref.kind !== 'dataStream.topic' && ref.kind !== 'dataStream.connector') return undefined;
  const client = await context.client(account.id);
  const topicId = topicIdOf(ref);
  const list = new DataStreamNode(root, account, context);
  if (ref.kind === 'dataStream.topic') return new DataStreamTopicNode(list, account, await client.getTopic(topicId, signal), context);
  const [topic, connector] = await Promise.all([client.getTopic(topicId, signal), client.getConnector(topicId, signal)]);
  if (connector === undefined) throw new CloudError('notFound', { reason: 'connectorGone', mayHaveArrived: false });
  return new ConnectorNode(new DataStreamTopicNode(list, account, topic, context), account.id, topic, connector, context);
}

function probe({ format }: ServiceDeps, signal: AbortSignal): Probe {
  return {
    target: 'Data Stream',
    read: async (connection) => {
      const { DataStreamClient } = await import('../../api/datastream/client.ts');
      const client = new DataStreamClient(connection);
      const [topics, prefix] = await Promise.all([client.listTopics({}, signal), client.getTopicPrefix(signal)]);
      return l10n.t('{0}, names start with {1}', topicsText(format, topics.length), prefix);
    },
  };
}
