import { l10n } from 'vscode';

import { withPatience } from '../host/patience.ts';
import type { Prompts } from '../host/prompts.ts';
import { COMMANDS } from '../ids.ts';
import type { NodeKind } from '../ids.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { Pins } from '../tree/pins.ts';
import { ReferenceNode } from '../tree/referenceNodes.ts';
import type { Resource } from '../tree/resource.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import { resourceCommand } from './command.ts';
import type { Command, NodeCommand, NodeCommandOptions } from './command.ts';

/** What the commands on resources of any service need. */
export interface ResourceCommandDeps {
  /** Opens a resource as a document. @throws CancelledError where the signal ended it before */
  readonly open: (ref: ResourceRef, mode: 'edit' | 'view' | 'raw', signal: AbortSignal) => Promise<void>;
  readonly pins: Pins;
  readonly prompts: Prompts;
  /** Draws a row again: it is pinned now, or no longer. */
  readonly repaint: (node: TreeNode) => void;
  /** Puts a text on the clipboard and says in the status bar what it is. */
  readonly copy: (text: string, what: string) => Promise<void>;
  /** Opens an address outside the editor. */
  readonly openExternal: (address: string) => Promise<void>;
}

type ResourceCommandId = (typeof COMMANDS)[
  'editResource' | 'viewResource' | 'viewRawResource' | 'copyName' | 'copyId' | 'copyEndpoint' | 'copyCurl' | 'copyKafkaSettings' |
  'copyKafkaCode' | 'openConsole' | 'pin' | 'unpin'
];

/** Rows that lead to resources with one request for a list. What is deeper is offered where it is loaded, pinned or recently used. */
const LISTS: readonly NodeKind[] = ['account', 'dataStream', 'cloudFunctions', 'cloudFunctions.package', 'cloudFunctions.triggers', 'easyQueue'];
/** Rows that lead to topics. */
const TOPIC_LISTS: readonly NodeKind[] = ['account', 'dataStream', 'easyQueue'];
/** With the connector of each topic of Data Stream, which has few. */
const ALL: readonly NodeKind[] = [...LISTS, 'dataStream.topic'];

/** Open, copy, pin: the same for whatever a row stands for. */
export function resourceCommands(deps: ResourceCommandDeps): Readonly<Record<ResourceCommandId, Command>> {
  const { copy, openExternal } = deps;
  const open = (ref: ResourceRef, mode: 'edit' | 'view' | 'raw'): Promise<void> =>
    withPatience(l10n.t('Reading "{0}"…', ref.name), (signal) => deps.open(ref, mode, signal));
  const on = (
    holds: (resource: Resource) => boolean, run: (resource: Resource) => Promise<void>, options: NodeCommandOptions,
  ): NodeCommand => resourceCommand(holds, run, { offers: standsForItself, ...options });

  return {
    [COMMANDS.editResource]: on(({ opens }) => opens === 'edit', ({ ref }) => open(ref, 'edit'), {
      ask: () => l10n.t('Choose what to edit'), through: ALL,
    }),
    [COMMANDS.viewResource]: on(({ opens }) => opens !== undefined, ({ ref }) => open(ref, 'view'), {
      ask: () => l10n.t('Choose what to look at'), through: ALL,
    }),
    [COMMANDS.viewRawResource]: on(({ opens }) => opens !== undefined, ({ ref }) => open(ref, 'raw'), {
      ask: () => l10n.t('Choose whose raw response to show'), through: ALL,
    }),
    [COMMANDS.copyName]: on(() => true, ({ ref }) => copy(ref.name, l10n.t('Name copied: {0}', ref.name)), {
      ask: () => l10n.t('Choose what to copy the name of'), through: ALL,
    }),
    [COMMANDS.copyId]: on(({ id }) => id !== undefined, ({ id = '' }) => copy(id, l10n.t('ID copied: {0}', id)), {
      ask: () => l10n.t('Choose what to copy the ID of'), through: ALL,
    }),
    [COMMANDS.copyEndpoint]: on(
      ({ endpoint }) => endpoint !== undefined,
      ({ endpoint = '' }) => copy(endpoint, l10n.t('Kafka endpoint copied: {0}', endpoint)),
      { ask: () => l10n.t('Choose the topic to copy the Kafka endpoint of'), through: TOPIC_LISTS },
    ),
    [COMMANDS.copyCurl]: on(({ curl }) => curl !== undefined, async ({ ref, curl }) => {
      const script = await curl?.();
      if (script !== undefined) await copy(script, l10n.t('Copied: a cURL script that reads "{0}". It takes the keys from the environment.', ref.name));
    }, { ask: () => l10n.t('Choose what the cURL script reads'), through: ALL }),
    [COMMANDS.copyKafkaSettings]: on(({ kafka }) => kafka !== undefined, (resource) => copyKafkaSettings(resource, deps), {
      ask: () => l10n.t('Choose the topic to connect a Kafka client to'), through: TOPIC_LISTS,
    }),
    [COMMANDS.copyKafkaCode]: on(({ kafka }) => kafka !== undefined, (resource) => copyKafkaCode(resource, deps), {
      ask: () => l10n.t('Choose the topic a Kafka client sends to'), through: TOPIC_LISTS,
    }),
    [COMMANDS.openConsole]: on(({ console: address }) => address !== undefined, ({ console: address = '' }) => openExternal(address), {
      ask: () => l10n.t('Choose what to open in the console'), through: ALL,
    }),
    [COMMANDS.pin]: pin(deps),
    [COMMANDS.unpin]: unpin(deps),
  };
}

/** Whether a row is the thing itself: a topic's endpoint has a row of its own, and a list to choose from needs one of the two. */
function standsForItself({ kind, resource }: TreeNode): boolean {
  return resource?.ref.kind === kind;
}

/** Pins what rows stand for. */
function pin({ pins, repaint }: ResourceCommandDeps): NodeCommand {
  const runAll = async (nodes: readonly TreeNode[]): Promise<void> => {
    for (const node of nodes) {
      if (node.resource !== undefined) await pins.pin(node.resource.ref);
      repaint(node);
    }
  };
  return {
    type: 'node',
    matches: ({ resource }) => resource !== undefined,
    run: (node) => runAll([node]),
    runAll,
    options: {
      ask: () => l10n.t('Choose what to pin'),
      through: ALL,
      offers: (node) => standsForItself(node) && node.resource !== undefined && !pins.isPinned(node.resource.ref),
      isNoUse: true,
    },
  };
}

/** Takes pins away, from the rows themselves or from their references, whether or not anything is behind those any more. */
function unpin({ pins, repaint }: ResourceCommandDeps): NodeCommand {
  const refOf = (node: TreeNode): ResourceRef | undefined => (node instanceof ReferenceNode ? node.ref : node.resource?.ref);
  const runAll = async (nodes: readonly TreeNode[]): Promise<void> => {
    for (const node of nodes) {
      const ref = refOf(node);
      if (ref !== undefined) await pins.unpin(ref);
      const row = node instanceof ReferenceNode ? node.target : node;
      if (row !== undefined) repaint(row);
    }
  };
  return {
    type: 'node',
    matches: (node) => {
      const ref = refOf(node);
      return ref !== undefined && pins.isPinned(ref);
    },
    run: (node) => runAll([node]),
    runAll,
    options: {
      ask: () => l10n.t('Choose what to unpin'),
      through: ['pins'],
      offers: (node) => node instanceof ReferenceNode,
      takesReferences: true,
      isNoUse: true,
    },
  };
}

async function copyKafkaSettings({ ref, kafka }: Resource, { copy, prompts }: ResourceCommandDeps): Promise<void> {
  if (kafka === undefined) return;
  const items = [
    { label: 'Java', description: 'kafka-clients', value: 'java' as const },
    { label: 'librdkafka', description: 'C, C++, Go, .NET, PHP', value: 'librdkafka' as const },
    { label: 'Python', description: 'confluent-kafka', value: 'python' as const },
    { label: 'Node.js', description: '@confluentinc/kafka-javascript', value: 'node' as const },
  ];
  const value = await prompts.pick({
    title: l10n.t('Kafka Client Settings: {0}', ref.name),
    placeholder: l10n.t('Which client? Keys are left as placeholders.'),
    items,
  });
  const { kafkaSettings } = await import('../model/kafkaSettings.ts');
  const label = items.find((item) => item.value === value)?.label ?? '';
  await copy(kafkaSettings(kafka, value), l10n.t('Kafka client settings for {0} copied: {1}', label, ref.name));
}

async function copyKafkaCode({ ref, kafka }: Resource, { copy, prompts }: ResourceCommandDeps): Promise<void> {
  if (kafka === undefined) return;
  const items = [
    { label: 'Java', description: 'kafka-clients', value: 'java' as const },
    { label: 'Python', description: 'confluent-kafka', value: 'python' as const },
    { label: 'Node.js', description: '@confluentinc/kafka-javascript', value: 'node' as const },
    { label: 'kcat', description: l10n.t('librdkafka on the command line'), value: 'kcat' as const },
  ];
  const value = await prompts.pick({
    title: l10n.t('Kafka Client Code: {0}', ref.name),
    // PLAIN is Data Stream, which takes messages in both ways; EasyQueue took its REST API for messages back (easyqueue.md §4).
    placeholder: kafka.mechanism === 'PLAIN'
      ? l10n.t('In which language? The code sends one message; it takes the keys from the environment.')
      : l10n.t('EasyQueue has no REST API for messages: Kafka clients send them. In which language?'),
    items,
  });
  const { kafkaCode } = await import('../model/kafkaCode.ts');
  const label = items.find((item) => item.value === value)?.label ?? '';
  await copy(kafkaCode(kafka, value), l10n.t('Code for {0} that sends a message copied: {1}', label, ref.name));
}
