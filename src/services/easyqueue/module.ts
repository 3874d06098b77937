import type { Account, AppKey } from '../../model/account.ts';
import { LagHistory } from '../../model/lag.ts';
import { NodeMemory } from '../../tree/treeMemory.ts';
import { runProbes } from '../check.ts';
import type { Probe } from '../check.ts';
import type { ServiceDeps } from '../deps.ts';
import type { Service } from '../service.ts';
import { topicsText } from '../words.ts';
import { easyQueueCommands } from './commands.ts';
import type { EasyQueueCommandDeps, EasyQueueCommandId } from './commands.ts';
import type { EasyQueueHouse } from './context.ts';
import { easyQueueDashboards } from './dashboards/dashboards.ts';
import { easyQueueDocuments } from './documents.ts';
import { findRow } from './find.ts';
import { EasyQueueNode, titleOf } from './nodes.ts';

/** NHN Cloud EasyQueue: one row for each app key of the account. */
export function createEasyQueue(deps: ServiceDeps & EasyQueueHouse): Service<EasyQueueCommandId> {
  const { memory } = deps;
  const context: EasyQueueCommandDeps & EasyQueueHouse = {
    ...deps,
    topics: memory.keep(new NodeMemory()),
    topicLags: memory.keep(new NodeMemory()),
    lagHistory: memory.keep(new LagHistory()),
    client: async (accountId: string, appKey: AppKey) => {
      const { EasyQueueClient } = await import('../../api/easyqueue/client.ts');
      return new EasyQueueClient(await deps.connections.of(accountId), appKey);
    },
  };
  return {
    roots: (account, parent) => appKeysOf(account).map((appKey) => new EasyQueueNode(parent, { account, appKey }, context)),
    check: (account, secrets, signal) =>
      runProbes(deps.connections, account, secrets, appKeysOf(account).map((appKey) => probe(appKey, deps, signal))),
    find: (ref, account, root, signal) => findRow(ref, appKeysOf(account), (appKey) => new EasyQueueNode(root, { account, appKey }, context), signal),
    documents: easyQueueDocuments(context),
    dashboards: easyQueueDashboards(context),
    commands: easyQueueCommands(context),
  };
}

function appKeysOf(account: Account): readonly AppKey[] {
  return account.provider === 'nhn' ? account.appKeys : [];
}

function probe(appKey: AppKey, { format }: ServiceDeps, signal: AbortSignal): Probe {
  return {
    target: titleOf(appKey),
    read: async (connection) => {
      const { EasyQueueClient } = await import('../../api/easyqueue/client.ts');
      const { topics, totalCount } = await new EasyQueueClient(connection, appKey).listTopics({ limit: 1 }, signal);
      return topicsText(format, totalCount ?? topics.length);
    },
  };
}
