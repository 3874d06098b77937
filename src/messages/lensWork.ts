import { posix } from 'node:path';

import * as l10n from '@vscode/l10n';
import { CodeLens, type Command, Range, type TextDocument } from 'vscode';

import { COMMANDS } from '../ids.ts';
import type { Account } from '../model/account.ts';
import { stageBadge } from '../model/accountWords.ts';
import { facts, oneLine, withoutIcons } from '../model/format.ts';
import { type Outline, outlineOf } from '../sending/reading/outline.ts';
import { type SourceKind, sourceKind } from '../sending/reading/sourceKind.ts';
import type { LensContext } from './lenses.ts';
import type { Binding } from './targets/targetMemory.ts';

/** Where a document goes, and what can be done with it: on its first line, and on each message it lists. */
export function lensesOf(document: TextDocument, { mode, binding, accounts, mostLength }: LensContext): CodeLens[] {
  const text = document.getText().slice(0, mostLength);
  const kind = sourceKind(posix.basename(document.uri.path), document.languageId, text);
  if (mode === 'auto' && binding === undefined && !kind.isMessageDocument) return [];
  const outline = outlineOf(text, kind);
  const uri = document.uri.toString();
  const lens = (line: number, command: Command): CodeLens => new CodeLens(new Range(line, 0, line, 0), command);
  return [
    ...documentCommands(uri, outline, binding, accounts).map((command) => lens(0, command)),
    ...messageLines(kind, outline).map(([line, index]) => lens(line, { title: l10n.t('Send This Message'), command: COMMANDS.sendOne, arguments: [uri, index] })),
  ];
}

function documentCommands(uri: string, { topic }: Outline, binding: Binding | undefined, accounts: readonly Account[]): readonly Command[] {
  const plan = { title: l10n.t('Plan'), command: COMMANDS.plan, arguments: [uri] };
  const account = accounts.find(({ id }) => id === binding?.target.accountId);
  const change = { title: l10n.t('Change Target'), command: COMMANDS.changeTarget, arguments: [uri] };
  if (binding === undefined || account === undefined) {
    if (topic === undefined) return [{ title: l10n.t('Send to Topic…'), command: COMMANDS.send, arguments: [uri] }, plan];
    return [{ title: sendTitle(topic.name, undefined), command: COMMANDS.send, arguments: [uri] }, plan, change];
  }
  // A topic that the document names decides; of which account, is known only where it went there before.
  const isOther = topic !== undefined && topic.name !== binding.target.topicName;
  const title = isOther ? sendTitle(topic.name, undefined) : sendTitle(binding.target.topicName, account);
  return [{ title, command: COMMANDS.send, arguments: [uri] }, plan, change];
}

function sendTitle(topicName: string, account: Account | undefined): string {
  const name = withoutIcons(oneLine(topicName));
  const whose = account === undefined ? undefined : facts(withoutIcons(oneLine(account.name)), stageBadge(account.lane.stage));
  return l10n.t('Send to {0}', whose === undefined ? name : `${name} · ${whose}`);
}

/** Lines, from 0, of the messages of a list; where one message is all there is, the document's own lens sends it. */
function messageLines({ format, content }: SourceKind, { messages }: Outline): readonly (readonly [line: number, index: number])[] {
  if (format !== 'json' || content !== 'messages' || messages.length < 2) return [];
  return messages.map(({ index, place }) => [place.line - 1, index]);
}
