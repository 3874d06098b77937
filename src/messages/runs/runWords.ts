import * as l10n from '@vscode/l10n';

import type { NaverAccount } from '../../model/account.ts';
import { stageBadge } from '../../model/accountWords.ts';
import { CancelledError } from '../../model/cloudError.ts';
import { type Formatter, isOne, oneLine } from '../../model/format.ts';
import type { Problem } from '../../model/problem.ts';
import type { ReadyMessage } from '../../sending/message.ts';
import type { Progress } from '../../sending/engine/progressMeter.ts';
import type { RunSummary } from '../../sending/recording.ts';
import type { SendTarget } from '../../sending/target.ts';

/** A question with its consequence and its button. */
export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly verb: string;
}

/** The question before messages go to production. */
export function prodQuestion(count: number, bytes: number, { topicName }: SendTarget, account: NaverAccount, format: Formatter): Question {
  return {
    message: isOne(count)
      ? l10n.t('Send this message to topic "{0}" of account "{1}"?', topicName, account.name)
      : l10n.t('Send {0} messages to topic "{1}" of account "{2}"?', format.count(count), topicName, account.name),
    detail: isOne(count)
      ? l10n.t('The account is {0}. {1} bytes. A message cannot be taken back.', stageBadge(account.lane.stage), format.count(bytes))
      : l10n.t('The account is {0}. {1} bytes. Messages cannot be taken back.', stageBadge(account.lane.stage), format.count(bytes)),
    verb: l10n.t('Send'),
  };
}

/** The question before the messages that can be sent leave without those that cannot. */
export function restQuestion(
  count: number, issues: number, bytes: number, { topicName }: SendTarget, account: NaverAccount, format: Formatter,
): Question {
  return {
    message: isOne(issues)
      ? l10n.t('1 message cannot be sent. Send the others to topic "{0}" of account "{1}"?', topicName, account.name)
      : l10n.t('{0} messages cannot be sent. Send the others to topic "{1}" of account "{2}"?', format.count(issues), topicName, account.name),
    detail: isOne(count)
      ? l10n.t('The account is {0}. 1 message, {1} bytes. A message cannot be taken back.', stageBadge(account.lane.stage), format.count(bytes))
      : l10n.t(
        'The account is {0}. {1} messages, {2} bytes. Messages cannot be taken back.', stageBadge(account.lane.stage), format.count(count), format.count(bytes),
      ),
    verb: isOne(count) ? l10n.t('Send 1 Message') : l10n.t('Send {0} Messages', format.count(count)),
  };
}

/** The question before messages leave again that may be on the topic. */
export function duplicateQuestion(count: number, { topicName }: SendTarget, format: Formatter): Question {
  return {
    message: isOne(count)
      ? l10n.t('Send 1 message again to topic "{0}"? It may be there already.', topicName)
      : l10n.t('Send {0} messages again to topic "{1}"? They may be there already.', format.count(count), topicName),
    detail: isOne(count)
      ? l10n.t('No answer came when it was sent. If it arrived, the topic has it twice afterwards.')
      : l10n.t('No answer came when they were sent. What arrived, the topic has twice afterwards.'),
    verb: l10n.t('Send Again'),
  };
}

/** What the notification is called while messages leave. */
export function runTitle(count: number, { topicName }: SendTarget, format: Formatter): string {
  return isOne(count)
    ? l10n.t('Sending to topic "{0}"…', topicName)
    : l10n.t('Sending {0} messages to topic "{1}"', format.count(count), topicName);
}

/** How far a run is, how fast, and how long it takes. */
export function progressText({ acknowledged, refused, unknown, perSecond, waitingMs }: Progress, count: number, format: Formatter): string {
  const done = acknowledged + refused + unknown;
  if (waitingMs !== undefined && waitingMs > 0) {
    return l10n.t('{0} of {1} · the service has too many requests, waiting {2}', format.count(done), format.count(count), format.duration(waitingMs));
  }
  if (perSecond <= 0) return l10n.t('{0} of {1}', format.count(done), format.count(count));
  const leftMs = Math.ceil((count - done) / perSecond) * 1_000;
  const rate = format.count(perSecond < 1 ? 1 : Math.round(perSecond));
  return l10n.t('{0} of {1} · {2} a second · {3} left', format.count(done), format.count(count), rate, format.duration(leftMs));
}

/** What the user is told when all messages arrived. */
export function allSentText(count: number, { topicName }: SendTarget, durationMs: number, format: Formatter): string {
  return isOne(count)
    ? l10n.t('1 message sent to topic "{0}" in {1}.', topicName, format.duration(durationMs))
    : l10n.t('{0} messages sent to topic "{1}" in {2}.', format.count(count), topicName, format.duration(durationMs));
}

/** What the user is told when some messages did not arrive for certain. */
export function someSentText({ acknowledged, refused, unknown, notSent }: RunSummary, { topicName }: SendTarget, format: Formatter): string {
  const [sent, no, maybe, left] = [acknowledged, refused, unknown, notSent].map((count) => format.count(count));
  return l10n.t('Topic "{0}": {1} acknowledged, {2} refused, {3} unknown, {4} not sent.', topicName, sent ?? '', no ?? '', maybe ?? '', left ?? '');
}

/** What the user is told when a source was changed while it was sent: nothing of the change went out. */
export function changedWhileSentText(source: string, count: number, { acknowledged, refused, unknown }: RunSummary, format: Formatter): string {
  const done = format.count(acknowledged + refused + unknown);
  return isOne(count)
    ? l10n.t('{0} changed while it was being sent, so nothing more was sent. {1} of 1 message had left.', oneLine(source), done)
    : l10n.t('{0} changed while it was being sent, so nothing more was sent. {1} of {2} messages had left.', oneLine(source), done, format.count(count));
}

/** What the user is told when the service took the one message. */
export function sentText(
  { key, partition, bytes }: Pick<ReadyMessage, 'key' | 'partition' | 'bytes'>, { topicName }: SendTarget, durationMs: number, format: Formatter,
): string {
  const size = format.count(bytes);
  const time = format.count(Math.round(durationMs));
  // A document's key may hold anything, line breaks and a megabyte included.
  const name = oneLine(key);
  return partition === undefined
    ? l10n.t('Message sent to topic "{0}": key "{1}", {2} bytes, {3} ms.', topicName, name, size, time)
    : l10n.t('Message sent to topic "{0}": key "{1}", partition {2}, {3} bytes, {4} ms.', topicName, name, partition, size, time);
}

/** What the user is told when nobody knows whether the one message is on the topic. */
export function unknownText({ topicName }: SendTarget, error: unknown, problem: Problem | undefined): string {
  if (error instanceof CancelledError) {
    return l10n.t('Sending was cancelled. The message may or may not be on topic "{0}". It is not sent again by itself.', topicName);
  }
  const what = problem?.message ?? l10n.t('No answer came.');
  return l10n.t('{0} The message may or may not be on topic "{1}". It is not sent again by itself.', what, topicName);
}
