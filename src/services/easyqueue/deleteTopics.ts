import * as l10n from '@vscode/l10n';

import type { EasyQueueClient } from '../../api/easyqueue/client.ts';
import type { Account } from '../../model/account.ts';
import { CancelledError, CloudError, ifThere, isGone, isOutcomeUnknown } from '../../model/cloudError.ts';
import type { ConsumerGroup, EasyQueueTopic } from '../../model/easyQueue.ts';
import { isLeaving, shortName } from '../../model/easyQueue.ts';
import { isOne } from '../../model/format.ts';
import type { Formatter } from '../../model/format.ts';
import { ProblemError } from '../../model/problem.ts';
import { lookAtEach } from '../deletion.ts';
import type { DeletionItem, ReportDeletion } from '../deletion.ts';
import { deleteAsked, type DeletionPorts } from '../deletionFlow.ts';
import { calledOffText, goneText, startedText } from '../deletionWords.ts';
import { messagesText } from '../words.ts';

/** A topic that is to go. */
export interface TopicToDelete {
  readonly account: Account;
  readonly appKey: string;
  readonly fullName: string;
  readonly client: Pick<EasyQueueClient, 'getTopic' | 'listConsumerGroups' | 'deleteTopic'>;
}

/** What deleting topics needs. */
export interface TopicDeletion extends DeletionPorts {
  readonly format: Formatter;
  /** Says what was not done, and why. */
  readonly report: ReportDeletion;
  /** The questions are answered: the deletion begins. */
  readonly confirmed: () => void;
}

/** The id is what the question was about: a name may be given anew. */
type Item = DeletionItem & TopicToDelete & Pick<EasyQueueTopic, 'id'>;

/**
 * Deletes topics: reads what would be lost with each, asks, and starts the deletion of one after another. What is gone or going already
 * counts as done; where one fails the others go on.
 * @throws CancelledError where the user did not want to; CloudError where it could not be read what would be lost
 */
export async function deleteTopics(topics: readonly TopicToDelete[], deletion: TopicDeletion): Promise<void> {
  const { format, report, confirmed } = deletion;
  await deleteAsked<Item>({
    readingText: l10n.t('Reading what would be lost…'),
    look: (signal) => lookAtEach(topics, (topic) => itemOf(topic, format, signal)),
    goneText: () => goneText(topics.map(({ fullName, appKey }) => shortName(fullName, appKey))),
    question: (only, count) => (only === undefined ? l10n.t('Delete {0} topics?', format.count(count)) : l10n.t('Delete topic "{0}"?', only.name)),
    title: (only, count) => (only === undefined ? l10n.t('Deleting {0} topics…', format.count(count)) : l10n.t('Deleting topic "{0}"…', only.name)),
    confirmed,
    remove,
    summary: ({ done, isCalledOff }) => {
      // Called off: what was started goes on in the cloud.
      const started = done.length === 0 ? undefined : startedText(done.map(({ name }) => name));
      return isCalledOff ? calledOffText(started) : started;
    },
    report,
  }, deletion);
}

/** The topic with what is lost; undefined where it is gone, or going. */
async function itemOf(topic: TopicToDelete, format: Formatter, signal: AbortSignal): Promise<Item | undefined> {
  const { client, fullName, appKey } = topic;
  const found = await ifThere(Promise.all([client.getTopic(fullName, signal), groupsOf(topic, signal)]));
  if (found === undefined) return undefined;
  const [now, groups] = found;
  if (isLeaving(now)) return undefined;
  return { ...topic, id: now.id, name: shortName(fullName, appKey), losses: lossesOf(now, groups, appKey, format) };
}

/** Undefined where they cannot be read: that is said, and need not stop anybody from deleting. */
async function groupsOf({ client, fullName }: TopicToDelete, signal: AbortSignal): Promise<readonly ConsumerGroup[] | undefined> {
  try {
    return await client.listConsumerGroups(fullName, signal);
  } catch (error) {
    if (error instanceof CancelledError || isGone(error)) throw error;
    return undefined;
  }
}

/** What is lost with a topic, a sentence each. */
export function lossesOf(topic: EasyQueueTopic, groups: readonly ConsumerGroup[] | undefined, appKey: string, format: Formatter): readonly string[] {
  const groupCount = groups?.length ?? topic.consumerGroupCount;
  if (topic.messageCount === 0n && groupCount === 0) return [l10n.t('It holds no message, and no consumer group reads it.')];
  return [
    lostText(topic.messageCount, groupCount, format),
    groups === undefined ? l10n.t('Its consumer groups could not be read: clients may be connected.') : connectedText(groups, appKey, format),
  ].filter((text) => text !== undefined);
}

/** "12,480,112 messages and the offsets of 2 consumer groups are lost." */
function lostText(messageCount: bigint | undefined, groupCount: number | undefined, format: Formatter): string | undefined {
  const messages = messageCount === undefined ? undefined : messagesText(format, messageCount);
  const groups = groupCount === undefined || groupCount === 0 ? undefined : groupsText(groupCount, format);
  if (groups === undefined) {
    if (messages === undefined || messageCount === undefined) return undefined;
    return isOne(messageCount) ? l10n.t('{0} is lost.', messages) : l10n.t('{0} are lost.', messages);
  }
  return messages === undefined ? l10n.t('The offsets of {0} are lost.', groups) : l10n.t('{0} and the offsets of {1} are lost.', messages, groups);
}

function groupsText(count: number, format: Formatter): string {
  return isOne(count) ? l10n.t('{0} consumer group', format.count(count)) : l10n.t('{0} consumer groups', format.count(count));
}

/** Consumers that are connected now will fail: whoever deletes should know. */
function connectedText(groups: readonly ConsumerGroup[], appKey: string, format: Formatter): string | undefined {
  const connected = groups.filter(({ members }) => members.length > 0).map(({ groupId }) => shortName(groupId, appKey));
  if (connected.length === 0) return undefined;
  const names = connected.join(', ');
  if (groups.length === 1) return l10n.t('Members of the group are connected now: {0}.', names);
  return isOne(connected.length)
    ? l10n.t('One of the groups has members connected now: {0}.', names)
    : l10n.t('{0} of the groups have members connected now: {1}.', format.count(connected.length), names);
}

/** Starts the deletion. Where the service refuses, or nobody knows what it did, the topic is looked at once more. */
async function remove(item: Item, signal: AbortSignal): Promise<void> {
  const { client, fullName } = item;
  if (!(await isStillThere(item, signal))) return;
  try {
    // What is gone already counts as deleted.
    await ifThere(client.deleteTopic(fullName, signal));
  } catch (error) {
    const isState = error instanceof CloudError && error.details.reason === 'state';
    if ((isState || isOutcomeUnknown(error)) && (await isGoing(client, fullName))) return;
    throw error;
  }
}

/** Looks once more, for the question may have been open for hours. @throws ProblemError where the name belongs to another topic now */
async function isStillThere({ client, fullName, id, name }: Item, signal: AbortSignal): Promise<boolean> {
  const now = await ifThere(client.getTopic(fullName, signal));
  if (now === undefined) return false;
  if (id === undefined || now.id === undefined || now.id === id) return !isLeaving(now);
  throw new ProblemError({
    message: l10n.t('Topic "{0}" was deleted and created again in the meantime.', name), hint: l10n.t('Look at the new one first.'), remedies: [],
  });
}

async function isGoing(client: TopicToDelete['client'], fullName: string): Promise<boolean> {
  try {
    return isLeaving(await client.getTopic(fullName));
  } catch (error) {
    return isGone(error);
  }
}
