import * as l10n from '@vscode/l10n';

import { isLeaving } from '../model/dataStream.ts';
import type { DataStreamTopic } from '../model/dataStream.ts';
import type { CannotSend } from '../sending/target.ts';

/** Why an account cannot send, and what to do about it. */
export function cannotSendText(reason: CannotSend, accountName: string): string {
  switch (reason) {
    case 'noSendApi':
      return l10n.t('EasyQueue has no API for sending: messages reach its topics through Kafka clients.');
    case 'zone':
      return l10n.t('Data Stream exists in the public zone only. Account "{0}" is in another zone.', accountName);
    case 'mainAccountKey':
      return l10n.t('Account "{0}" has the key of a main account, which cannot send messages. Use the key of a sub account.', accountName);
    case 'readOnly':
      return l10n.t('Account "{0}" is read-only. Unlock it to send messages.', accountName);
  }
}

/** Why a topic takes no messages now; `undefined` where it does, or where its status is a word we do not know. */
export function cannotTakeText(topic: DataStreamTopic): string | undefined {
  const { name, status } = topic;
  if (status === 'CREATING') return l10n.t('Topic "{0}" is still being created.', name);
  if (isLeaving(topic)) return l10n.t('Topic "{0}" is being deleted.', name);
  return undefined;
}
