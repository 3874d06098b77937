import * as l10n from '@vscode/l10n';

import type { NaverAccount } from '../model/account.ts';
import { stageBadge } from '../model/accountWords.ts';
import { CancelledError } from '../model/cloudError.ts';
import type { Formatter } from '../model/format.ts';
import type { Problem } from '../model/problem.ts';
import type { MessageValue } from '../sending/messageText.ts';
import type { SendTarget } from '../sending/target.ts';
import type { SendAnswers } from './sendWizard.ts';

/** One message, ready to go out. */
export interface Delivery extends SendAnswers {
  readonly account: NaverAccount;
  readonly message: MessageValue;
}

/** The question before a message goes to production. */
export function confirmation(delivery: Delivery, format: Formatter): { message: string; detail: string; verb: string } {
  const { account, target, message } = delivery;
  return {
    message: l10n.t('Send this message to topic "{0}" of account "{1}"?', target.topicName, account.name),
    detail: l10n.t('The account is {0}. {1} bytes. A message cannot be taken back.', stageBadge(account.lane.stage), format.count(message.bytes)),
    verb: l10n.t('Send'),
  };
}

/** What the user is told when the service took the message. */
export function sentText({ target, key, partition, message }: Delivery, durationMs: number, format: Formatter): string {
  const bytes = format.count(message.bytes);
  const time = format.count(Math.round(durationMs));
  return partition === undefined
    ? l10n.t('Message sent to topic "{0}": key "{1}", {2} bytes, {3} ms.', target.topicName, key, bytes, time)
    : l10n.t('Message sent to topic "{0}": key "{1}", partition {2}, {3} bytes, {4} ms.', target.topicName, key, partition, bytes, time);
}

/** What the user is told when nobody knows whether the message is on the topic. */
export function unknownText(target: SendTarget, error: unknown, problem: Problem | undefined): string {
  if (error instanceof CancelledError) {
    return l10n.t(
      'Sending was cancelled. The message may or may not be on topic "{0}". It is not sent again by itself.',
      target.topicName,
    );
  }
  const what = problem?.message ?? l10n.t('No answer came.');
  return l10n.t('{0} The message may or may not be on topic "{1}". It is not sent again by itself.', what, target.topicName);
}
