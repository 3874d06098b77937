import * as l10n from '@vscode/l10n';

import { withHeading } from '../../host/prompts.ts';
import type { PickItem, PickOptions } from '../../host/prompts.ts';
import type { NaverAccount } from '../../model/account.ts';
import { stageBadge } from '../../model/accountWords.ts';
import { CancelledError } from '../../model/cloudError.ts';
import type { DataStreamTopic } from '../../model/dataStream.ts';
import { facts, oneLine } from '../../model/format.ts';
import { problemOf } from '../../model/problem.ts';
import { isSameTarget, type SendTarget, whyNotSend } from '../../sending/target.ts';
import { cannotSendText, cannotTakeText } from '../texts.ts';
import type { TopicList, TopicLists } from './topicLists.ts';

/** What the pick of a target is made from. */
export interface TargetChoice {
  /** Accounts with Data Stream, those that may not send included: they are shown with the reason. */
  readonly accounts: readonly NaverAccount[];
  readonly lists: TopicLists;
  /** Targets used before, the most likely first: the first one is active at once. */
  readonly recent: readonly SendTarget[];
}

/**
 * One question for account and topic. All accounts load at once, and each shows as soon as it is there; targets used
 * before are there from the start. Nothing is asked of an account that may not send.
 */
export function targetPick(choice: TargetChoice): PickOptions<SendTarget> {
  const arrived = new Map<string, TopicList>();
  const able = choice.accounts.filter((account) => whyNotSend(account) === undefined);
  const items = (): readonly PickItem<SendTarget>[] => rows(choice, arrived);
  return {
    placeholder: l10n.t('Topic the message goes to'),
    items: async (show) => {
      show(items());
      await Promise.all(
        able.map(async (account) => {
          arrived.set(account.id, await choice.lists.of(account.id));
          show(items());
        }),
      );
    },
  };
}

function rows(choice: TargetChoice, arrived: ReadonlyMap<string, TopicList>): readonly PickItem<SendTarget>[] {
  const recent = recentRows(choice, arrived);
  const isRecent = (target: SendTarget): boolean => recent.some((row) => isSameTarget(row.value, target));
  const available: PickItem<SendTarget>[] = [];
  const unavailable: PickItem<SendTarget>[] = [];
  for (const account of choice.accounts) {
    const list = arrived.get(account.id);
    const reason = whyNotSend(account);
    if (reason !== undefined) unavailable.push(accountRow(account, cannotSendText(reason, account.name)));
    else if (list === undefined) continue;
    else if ('error' in list) unavailable.push(...failureRows(account, list.error));
    else if (list.topics.length === 0) unavailable.push(accountRow(account, l10n.t('No topic yet.')));
    else available.push(...withHeading(topicRows(account, list.topics, isRecent), heading(account)));
  }
  return [
    ...withHeading(recent, l10n.t('Recent')),
    ...available,
    ...withHeading(unavailable, l10n.t('Not available')),
  ];
}

function recentRows(choice: TargetChoice, arrived: ReadonlyMap<string, TopicList>): readonly PickItem<SendTarget>[] {
  return choice.recent.flatMap((target): readonly PickItem<SendTarget>[] => {
    const account = choice.accounts.find(({ id }) => id === target.accountId);
    if (account === undefined || whyNotSend(account) !== undefined) return [];
    const list = arrived.get(account.id);
    // A key may be allowed to send and not to list: a target used before stays where its list fails.
    if (list === undefined || 'error' in list) return [topicRow(account, target, undefined)];
    const topic = list.topics.find(({ id }) => id === target.topicId);
    return topic === undefined ? [] : [topicRow(account, target, topic)];
  });
}

function topicRows(
  account: NaverAccount,
  topics: readonly DataStreamTopic[],
  isRecent: (target: SendTarget) => boolean,
): readonly PickItem<SendTarget>[] {
  return topics.flatMap((topic) => {
    const target = { accountId: account.id, topicId: topic.id, topicName: topic.name };
    return isRecent(target) ? [] : [topicRow(account, target, topic)];
  });
}

function topicRow(account: NaverAccount, target: SendTarget, topic: DataStreamTopic | undefined): PickItem<SendTarget> {
  const partitions = topic?.partitions;
  return {
    label: oneLine(topic?.name ?? target.topicName),
    description: facts(oneLine(account.name), stageBadge(account.lane.stage), partitions === undefined ? undefined : partitionsText(partitions)),
    icon: 'layers',
    value: target,
    unavailable: topic === undefined ? undefined : cannotTakeText(topic),
  };
}

function partitionsText(count: number): string {
  return count === 1 ? l10n.t('1 partition') : l10n.t('{0} partitions', count);
}

function failureRows(account: NaverAccount, error: unknown): readonly PickItem<SendTarget>[] {
  if (error instanceof CancelledError) return [];
  const problem = problemOf(error, { accountName: account.name });
  return problem === undefined ? [] : [accountRow(account, facts(problem.message, problem.hint))];
}

function accountRow(account: NaverAccount, unavailable: string): PickItem<SendTarget> {
  // Never chosen: the row is there to be read.
  const value = { accountId: account.id, topicId: '', topicName: '' };
  return { label: oneLine(account.name), description: stageBadge(account.lane.stage), icon: 'circle-slash', value, unavailable };
}

function heading(account: NaverAccount): string {
  return facts(oneLine(account.name), stageBadge(account.lane.stage));
}
