import { l10n } from 'vscode';

import { nodeCommand } from '../../commands/command.ts';
import type { Command } from '../../commands/command.ts';
import { COMMANDS } from '../../ids.ts';
import type { ServiceDeps } from '../deps.ts';
import { DataStreamTopicNode } from './nodes.ts';

/** The ids of the commands on Data Stream's rows. */
export type DataStreamCommandId = (typeof COMMANDS)['newMessage'];

/** The commands on Data Stream's rows. */
export function dataStreamCommands(deps: ServiceDeps): Readonly<Record<DataStreamCommandId, Command>> {
  return {
    [COMMANDS.newMessage]: nodeCommand(
      DataStreamTopicNode,
      (node) => deps.openNewMessage({ accountId: node.accountId, topicId: node.topic.id, topicName: node.topic.name }),
      { ask: () => l10n.t('Choose the topic the message is for'), through: ['account', 'dataStream'] },
    ),
  };
}
