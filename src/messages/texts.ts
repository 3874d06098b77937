import * as l10n from '@vscode/l10n';

import { isLeaving } from '../model/dataStream.ts';
import type { DataStreamTopic } from '../model/dataStream.ts';
import type { JsonProblemCode } from '../sending/jsonProblem.ts';
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

/** What is wrong with a JSON text, in words. */
export function jsonProblemText(code: JsonProblemCode): string {
  switch (code) {
    case 'PropertyNameExpected':
      return l10n.t('a property name in double quotes is expected');
    case 'ValueExpected':
      return l10n.t('a value is expected');
    case 'ColonExpected':
      return l10n.t('a colon is expected');
    case 'CommaExpected':
      return l10n.t('a comma is expected');
    case 'CloseBraceExpected':
      return l10n.t('a closing brace is expected');
    case 'CloseBracketExpected':
      return l10n.t('a closing bracket is expected');
    case 'EndOfFileExpected':
      return l10n.t('the text goes on after the end of the value');
    case 'InvalidCommentToken':
    case 'UnexpectedEndOfComment':
      return l10n.t('comments are not JSON');
    case 'UnexpectedEndOfString':
      return l10n.t('the string does not end');
    case 'InvalidNumberFormat':
    case 'UnexpectedEndOfNumber':
      return l10n.t('this is not a number');
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
      return l10n.t('the string has an escape JSON does not know');
    case 'InvalidCharacter':
      return l10n.t('the string has a control character that is not escaped');
    case 'InvalidSymbol':
    case 'NotJson':
    case '<unknown ParseErrorCode>':
      return l10n.t('this is not JSON');
  }
}
