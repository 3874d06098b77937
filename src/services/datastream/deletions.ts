import * as l10n from '@vscode/l10n';

import type { DataStreamClient } from '../../api/datastream/client.ts';
import type { Account } from '../../model/account.ts';
import { CancelledError, CloudError, ifThere, isGone, isOutcomeUnknown } from '../../model/cloudError.ts';
import { isLeaving } from '../../model/dataStream.ts';
import type { Connector, DataStreamTopic } from '../../model/dataStream.ts';
import type { Formatter } from '../../model/format.ts';
import { ProblemError } from '../../model/problem.ts';
import { lookAtEach } from '../deletion.ts';
import type { DeletionItem, ReportDeletion } from '../deletion.ts';
import { deleteAsked, type DeletionPorts } from '../deletionFlow.ts';
import { calledOffText, connectorsDeletedText, goneText, startedText, withoutConnectorText } from '../deletionWords.ts';

type Client = Pick<DataStreamClient, 'deleteTopic' | 'deleteConnector' | 'getTopic' | 'getConnector'>;

/** What deletions need. */
export interface DeletionDeps extends DeletionPorts {
  readonly format: Formatter;
  readonly client: (accountId: string) => Promise<Client>;
  readonly report: ReportDeletion;
}

/** A topic of an account: the topic itself, or that of a connector. Nothing else of a row counts: it may be minutes old. */
export interface TopicOf {
  readonly account: Account;
  readonly topic: Pick<DataStreamTopic, 'id' | 'name'>;
}

/** The connector of a topic is deleted first: the service refuses to delete a topic that has one, as far as is known (datastream.md §3.8). */
interface Item extends DeletionItem {
  readonly topicId: string;
  readonly connector: Connector | undefined;
}

/**
 * Reads what is lost, asks, and deletes topics with their connectors. Those that are gone or going already are left alone.
 * @throws CancelledError where the user does not want to; CloudError where it could not be read what would be lost
 */
export async function deleteTopics(topics: readonly TopicOf[], deps: DeletionDeps): Promise<void> {
  const withoutConnector = new Set<Item>();
  await deleteAsked<Item>({
    readingText: l10n.t('Reading what would be lost…'),
    look: (signal) => lookAtEach(topics, (one) => topicItem(one, deps, signal)),
    goneText: () => goneText(topics.map(({ topic }) => topic.name)),
    question: (only, count) => (only === undefined ? l10n.t('Delete {0} topics?', count) : l10n.t('Delete topic "{0}"?', only.name)),
    title: (only, count) => (only === undefined ? l10n.t('Deleting {0} topics…', count) : l10n.t('Deleting topic "{0}"…', only.name)),
    remove: async (item, signal) => {
      const client = await deps.client(item.account.id);
      if (item.connector !== undefined) {
        await deleteConnector(client, item, item.connector.id, signal);
        withoutConnector.add(item);
      }
      await deleteTopic(client, item.topicId, signal);
    },
    remarkOn: (item) => (withoutConnector.has(item) ? l10n.t('Its connector was deleted.') : undefined),
    summary: ({ done, failures, isCalledOff }) => (isCalledOff
      ? whatWasDone(done, [...withoutConnector].filter((item) => !done.includes(item) && !failures.some((failure) => failure.item === item)))
      : undefined),
    report: deps.report,
  }, deps);
}

function whatWasDone(topics: readonly Item[], connectors: readonly Item[]): string | undefined {
  const names = (items: readonly Item[], text: (names: readonly string[]) => string): string | undefined =>
    (items.length === 0 ? undefined : text(items.map(({ name }) => name)));
  return calledOffText(names(topics, startedText), names(connectors, connectorsDeletedText));
}

/** The topic with what is lost, as it is now; undefined where it is gone, or going. */
async function topicItem({ account, topic: { id } }: TopicOf, { client: clientOf, format }: DeletionDeps, signal: AbortSignal): Promise<Item | undefined> {
  const client = await clientOf(account.id);
  const [topic, connector] = await Promise.all([ifThere(client.getTopic(id, signal)), connectorOf(client, id, signal)]);
  if (topic === undefined || isLeaving(topic)) return undefined;
  const kept = topic.retentionMs === undefined ? undefined : format.duration(topic.retentionMs);
  const losses = [
    kept === undefined
      ? l10n.t('All its messages and the offsets of its consumer groups are lost.')
      : l10n.t('All messages of the last {0} and the offsets of its consumer groups are lost.', kept),
    l10n.t('Data Stream does not tell how many there are.'),
    ...(connector === undefined ? [] : [l10n.t('Its connector to {0} is deleted first.', placeOf(connector)), filesStay()]),
  ];
  return { name: topic.name, account, losses, topicId: id, connector };
}

/** Where a connector writes to. */
function placeOf({ location, locationWithTopicName = location }: Connector): string {
  return locationWithTopicName ?? 'Object Storage';
}

function filesStay(): string {
  return l10n.t('Files that are in Object Storage already stay.');
}

function connectorOf(client: Client, topicId: string, signal: AbortSignal): Promise<Connector | undefined> {
  return ifThere(client.getConnector(topicId, signal));
}

/** Where no answer came, or the state was in the way, the topic is asked what became of it: somebody else may be deleting it. */
async function deleteTopic(client: Client, topicId: string, signal: AbortSignal): Promise<void> {
  try {
    // What is gone already counts as deleted.
    await ifThere(client.deleteTopic(topicId, signal));
  } catch (error) {
    const isWorthAsking = isOutcomeUnknown(error) || (error instanceof CloudError && error.details.reason === 'state');
    if (error instanceof CancelledError || !isWorthAsking) throw error;
    if (!(await isBeingDeleted(client, topicId))) throw error;
  }
}

async function isBeingDeleted(client: Client, topicId: string): Promise<boolean> {
  try {
    return isLeaving(await client.getTopic(topicId));
  } catch (error) {
    return isGone(error);
  }
}

/**
 * Reads what the connectors are now, asks, and deletes them; the topics stay.
 * @throws CancelledError where the user does not want to; CloudError where they could not be read
 */
export async function deleteConnectors(topics: readonly TopicOf[], deps: DeletionDeps): Promise<void> {
  await deleteAsked<ConnectorItem>({
    readingText: l10n.t('Reading what would be lost…'),
    look: (signal) => lookAtEach(topics, (one) => connectorItem(one, deps, signal)),
    goneText: () => withoutConnectorText(topics.map(({ topic }) => topic.name)),
    question: (only, count) => (only === undefined ? l10n.t('Delete {0} connectors?', count) : l10n.t('Delete the connector of topic "{0}"?', only.name)),
    title: (only, count) => (only === undefined ? l10n.t('Deleting {0} connectors…', count) : l10n.t('Deleting the connector of topic "{0}"…', only.name)),
    remove: async (item, signal) => deleteConnector(await deps.client(item.account.id), item, item.connector.id, signal),
    summary: ({ done, isCalledOff }) => (isCalledOff ? whatWasDone([], done) : undefined),
    report: deps.report,
  }, deps);
}

type ConnectorItem = Item & { readonly connector: Connector };

async function connectorItem({ account, topic: { id, name } }: TopicOf, { client }: DeletionDeps, signal: AbortSignal): Promise<ConnectorItem | undefined> {
  const connector = await connectorOf(await client(account.id), id, signal);
  if (connector === undefined) return undefined;
  const losses = [l10n.t('New messages are not stored in {0} any more.', placeOf(connector)), filesStay()];
  return { name, account, losses, topicId: id, connector };
}

/**
 * Where it is said to be gone, or no answer came, the topic is asked: the question was about one connector, and another one is not deleted.
 * @throws ProblemError where the topic has another one now
 */
async function deleteConnector(client: Client, { topicId, name }: Item, connectorId: string, signal: AbortSignal): Promise<void> {
  try {
    await client.deleteConnector(topicId, connectorId, signal);
  } catch (error) {
    if (!isGone(error) && !isOutcomeUnknown(error)) throw error;
    const now = await connectorOf(client, topicId, signal).catch((looking: unknown) => {
      // The first failure says more: that the change may or may not have been made. What was called off is not looked up.
      throw looking instanceof CancelledError ? looking : error;
    });
    if (now?.id === connectorId) throw error;
    if (now !== undefined) throw replaced(name, error);
  }
}

function replaced(topicName: string, cause: unknown): ProblemError {
  const message = l10n.t('Topic "{0}" has another connector now.', topicName);
  return new ProblemError({ message, hint: l10n.t('Look at the new one first.'), remedies: [] }, cause);
}
