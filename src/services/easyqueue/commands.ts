import { l10n } from 'vscode';

import { nodeCommand, nodesCommand } from '../../commands/command.ts';
import type { Command, RunContext } from '../../commands/command.ts';
import { withCancellableProgress } from '../../host/progress.ts';
import { COMMANDS } from '../../ids.ts';
import type { TreeNode } from '../../tree/treeNode.ts';
import type { ServiceDeps } from '../deps.ts';
import { reading } from '../reading.ts';
import { tellingDeletions, tellingFailures } from '../telling.ts';
import { requireWrite } from '../writing.ts';
import type { EasyQueueContext } from './context.ts';
import { EasyQueueNode } from './nodes.ts';
import { EasyQueueTopicNode } from './topicNode.ts';

/** The ids of the commands on EasyQueue's rows. */
export type EasyQueueCommandId = (typeof COMMANDS)['createEasyQueueTopic' | 'deleteEasyQueueTopic'];

/** What the commands need. */
export type EasyQueueCommandDeps = EasyQueueContext & Pick<ServiceDeps, 'prompts' | 'reveal' | 'say' | 'log'>;

/** The commands on EasyQueue's rows. */
export function easyQueueCommands(deps: EasyQueueCommandDeps): Readonly<Record<EasyQueueCommandId, Command>> {
  return {
    [COMMANDS.createEasyQueueTopic]: nodeCommand(EasyQueueNode, (node) => create(node, deps), {
      ask: () => l10n.t('Choose where the topic is created'),
      through: ['account'],
    }),
    [COMMANDS.deleteEasyQueueTopic]: nodesCommand(EasyQueueTopicNode, (nodes, context) => remove(nodes, deps, context), {
      ask: () => l10n.t('Choose the topic to delete'),
      through: ['account', 'easyQueue'],
      refresh: 'parent',
      isNoUse: true,
    }),
  };
}

async function create(node: EasyQueueNode, deps: EasyQueueCommandDeps): Promise<void> {
  const account = node.account ?? node.place.account;
  requireWrite(account);
  const { appKey } = node.place;
  const { prompts, format, say, reveal } = deps;
  const [{ createTopic }, client] = await Promise.all([import('./createTopic.ts'), deps.client(account.id, appKey)]);
  const asked: string[] = [];
  let isIt: (row: TreeNode) => boolean = () => false;
  try {
    const { fullName } = await createTopic({
      prompts, format, say, client, account, appKey, reading,
      onFailure: tellingFailures(node, 'Creating an EasyQueue topic', deps),
      known: node.knownTopics,
      progress: (title, work) => {
        asked.push(title);
        return withCancellableProgress(title, work);
      },
    });
    isIt = node.isRowOf(fullName);
  } finally {
    // Also where it was called off: the cloud may have made it all the same.
    if (asked.length > 0) await reveal(node, isIt);
  }
}

async function remove(nodes: readonly EasyQueueTopicNode[], deps: EasyQueueCommandDeps, { busy }: RunContext): Promise<void> {
  requireWrite(...nodes.map(({ account, place }) => account ?? place.account));
  const { prompts, format, say } = deps;
  const { deleteTopics } = await import('./deleteTopics.ts');
  const topics = await Promise.all(nodes.map(async ({ account, place, topic: { fullName } }) => ({
    account: account ?? place.account,
    appKey: place.appKey.appKey,
    fullName,
    client: await deps.client(place.account.id, place.appKey),
  })));
  await deleteTopics(topics, {
    prompts, format, say,
    report: tellingDeletions(nodes),
    progress: withCancellableProgress,
    reading,
    confirmed: () => busy(l10n.t('Deleting…')),
  });
}
