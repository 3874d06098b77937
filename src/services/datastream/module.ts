import { l10n } from 'vscode';

import type { Account } from '../../model/account.ts';
import { NodeMemory } from '../../tree/treeMemory.ts';
import { runProbes } from '../check.ts';
import type { Probe } from '../check.ts';
import type { ServiceDeps } from '../deps.ts';
import type { Service } from '../service.ts';
import { topicsText } from '../words.ts';
import { dataStreamCommands } from './commands.ts';
import type { DataStreamCommandId } from './commands.ts';
import { DataStreamNode } from './nodes.ts';
import type { DataStreamContext } from './nodes.ts';

/** NAVER Cloud Data Stream. It exists in the public zone only (datastream.md §1). */
export function createDataStream(deps: ServiceDeps): Service<DataStreamCommandId> {
  const context: DataStreamContext = {
    ...deps,
    states: deps.memory.keep(new NodeMemory()),
    client: async (accountId: string) => {
      const { DataStreamClient } = await import('../../api/datastream/client.ts');
      return new DataStreamClient(await deps.connections.of(accountId));
    },
  };
  return {
    roots: (account, parent) => (hasDataStream(account) ? [new DataStreamNode(parent, account, context)] : []),
    check: (account, secrets, signal) =>
      runProbes(deps.connections, account, secrets, hasDataStream(account) ? [probe(deps, signal)] : []),
    commands: dataStreamCommands(deps),
  };
}

function hasDataStream(account: Account): boolean {
  return account.provider === 'naver' && account.zone === 'public';
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
