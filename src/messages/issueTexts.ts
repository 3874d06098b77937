import * as l10n from '@vscode/l10n';

import { type Formatter, isOne, oneLine } from '../model/format.ts';
import type { JsonProblemCode } from '../sending/reading/jsonProblem.ts';
import type { IssueReason } from '../sending/message.ts';
import type { VariablesReason } from '../sending/variables/variablesFile.ts';

/** How much of a name from a text is shown, in UTF-16 code units. */
const MAX_NAME = 60;

/** What is in the way of a message, and what to do about it, in one sentence or two, on one line; without the place. Names from texts are cut where they are long. */
export function issueText(reason: IssueReason, format: Formatter): string {
  switch (reason.kind) {
    case 'notJson':
      return l10n.t('This is not valid JSON: {0}.', jsonProblemText(reason.code));
    case 'empty':
      return l10n.t('There is nothing to send here.');
    case 'tooLarge':
      return l10n.t('The value has {0} bytes, and a message takes at most {1}.', format.count(reason.bytes), format.count(reason.maxBytes));
    case 'notUnicode':
      return l10n.t('Half of a surrogate pair cannot be sent as UTF-8. Write the whole character.');
    case 'notUtf8':
      return l10n.t('The file is not UTF-8 text. Save it as UTF-8.');
    case 'unreadable':
      return l10n.t('The file cannot be read: {0}', oneLine(reason.detail));
    case 'documentTooLarge':
      return l10n.t('The document is too large to be read at once. Write it as JSON Lines, which has no such bound.');
    case 'notAMessage':
      return l10n.t('A message is expected here: an object with "value".');
    case 'valueMissing':
      return l10n.t('The message has no "value".');
    case 'valueNull':
      return l10n.t('Data Stream cannot carry a message without a value. Write "null" in quotes to send that word.');
    case 'keyNotText':
      return l10n.t('The key has to be text in quotes. Leave it out to have one made up.');
    case 'partitionNotNumber':
      return l10n.t('The partition has to be a whole number from 0.');
    case 'noSuchPartition':
      return noSuchPartitionText(reason.partition, reason.last, format);
    case 'fieldNotCarried':
      return l10n.t('Data Stream cannot carry "{0}". Take it out to send the message without it.', named(reason.field));
    case 'unknownField':
      return l10n.t('"{0}" means nothing here. A message has "key", "value" and "partition".', named(reason.field));
    case 'duplicateField':
      return l10n.t('"{0}" stands here twice. Take one of them out.', named(reason.field));
    case 'topicNotText':
      return l10n.t('The topic has to be its full name in quotes.');
    case 'messagesNotAList':
      return l10n.t('"messages" has to be a list of messages.');
    case 'otherTopic':
      return l10n.t('The document is for topic "{0}", and the target is "{1}". Change one of them.', oneLine(reason.topic), oneLine(reason.target));
    case 'unknownVariable':
      return unknownVariableText(reason.name, reason.known);
    case 'badVariable':
      return l10n.t('{0} is not how this variable is written. It is written like this: {1}', named(reason.text), reason.usage);
    case 'variableNotClosed':
      return l10n.t('The variable does not end with {0} on this line. Write {1} before it where the braces are meant as they stand.', '}}', '\\');
    case 'envNotSet':
      return l10n.t('The environment variable {0} is not set.', named(reason.name));
    case 'envNotAllowed':
      return l10n.t('The environment variable {0} was not allowed to be read.', named(reason.name));
    case 'envIsSecret':
      return l10n.t('The environment variable {0} holds a key of an account, which is never sent in a message.', named(reason.name));
    case 'fileNotFound':
      return l10n.t('The file {0} was not found.', oneLine(reason.path));
    case 'fileOutside':
      return l10n.t('The file {0} is outside of the workspace and of the folder of the document, and is not read.', oneLine(reason.path));
  }
}

/** What is wrong with the file of variables, and what to do about it. */
export function variablesIssueText(reason: VariablesReason): string {
  switch (reason.kind) {
    case 'notJson':
      return l10n.t('This is not valid JSON: {0}.', jsonProblemText(reason.code));
    case 'notAnObject':
      return l10n.t('An object is expected here: names of environments, each with its variables.');
    case 'notAValue':
      return l10n.t('The variable "{0}" has to be text, a number, true or false.', named(reason.name));
    case 'badName':
      return l10n.t('"{0}" cannot be the name of a variable. A name begins with a letter and has only letters, digits, dots, hyphens and underscores.', named(reason.name));
    case 'nameTaken':
      return l10n.t('"{0}" means something already. Give the variable another name.', named(reason.name));
    case 'duplicateName':
      return l10n.t('"{0}" stands here twice. Take one of them out.', named(reason.name));
  }
}

function noSuchPartitionText(partition: number, last: number, format: Formatter): string {
  return isOne(last + 1)
    ? l10n.t('The topic has no partition {0}: it has partition 0 only.', format.count(partition))
    : l10n.t('The topic has no partition {0}: it has the partitions 0 to {1}.', format.count(partition), format.count(last));
}

function unknownVariableText(name: string, [likeliest]: readonly string[]): string {
  return likeliest === undefined
    ? l10n.t('There is no variable "{0}". Write {1} before the braces where they are meant as they stand.', named(name), '\\')
    : l10n.t('There is no variable "{0}". Did you mean "{1}"?', named(name), named(likeliest));
}

/** A name from a text, which may be anything: as one line, and not the whole screen. */
function named(name: string): string {
  const line = oneLine(name);
  return line.length <= MAX_NAME ? line : `${line.slice(0, MAX_NAME).toWellFormed()}…`;
}

/** What is wrong with a JSON text, in words. */
function jsonProblemText(code: JsonProblemCode): string {
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
