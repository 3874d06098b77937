import * as l10n from '@vscode/l10n';

import type { Prompts } from '../host/prompts.ts';
import type { Account, NaverAccount } from '../model/account.ts';
import type { Formatter } from '../model/format.ts';
import { accountsWithTopics, whyNotSend } from '../sending/target.ts';
import type { Delivery } from './delivery.ts';
import { messageFromText, UnsendableText } from './messageFromText.ts';
import { askWhereToSend, type SendAnswers } from './sendWizard.ts';
import type { TargetMemory } from './targetMemory.ts';
import { cannotSendText } from './texts.ts';
import type { NoText, TextSource } from './textSource.ts';
import { type ClientOf, TopicLists } from './topicLists.ts';

/** What preparing a send needs. */
export interface SendPreparation {
  readonly accounts: () => readonly Account[];
  readonly clientOf: ClientOf;
  readonly prompts: Prompts;
  readonly memory: TargetMemory;
  readonly format: Formatter;
  readonly newId: () => string;
}

/** Why nothing can be sent at all, before any question; `addAccount` says whether an account would help. */
export class CannotPrepare extends Error {
  override readonly name = 'CannotPrepare';
  readonly addAccount: boolean;

  constructor(message: string, addAccount: boolean) {
    super(message);
    this.addAccount = addAccount;
  }
}

/**
 * From the text of the active editor to one message ready to go out. Nothing leaves but the lists of topics.
 * @throws CannotPrepare, UnsendableText with what the user is told; CancelledError when a question was closed
 */
export async function prepareSend(source: TextSource | NoText, needs: SendPreparation): Promise<Delivery> {
  const text = textOf(source);
  const accounts = sendingAccounts(needs.accounts());
  const message = await messageFromText(text, needs.prompts, needs.format);
  const answers = await answersFor(text, accounts, needs);
  const account = accounts.find(({ id }) => id === answers.target.accountId);
  if (account === undefined) throw new CannotPrepare(l10n.t('The account was removed meanwhile.'), false);
  const reason = whyNotSend(account);
  if (reason !== undefined) throw new CannotPrepare(cannotSendText(reason, account.name), false);
  return { ...answers, account, message };
}

async function answersFor({ documentUri }: TextSource, accounts: readonly NaverAccount[], needs: SendPreparation): Promise<SendAnswers> {
  const { prompts, clientOf, memory, newId } = needs;
  const controller = new AbortController();
  const lists = new TopicLists(clientOf, controller.signal);
  try {
    return await askWhereToSend({ prompts, accounts, lists, recent: memory.recent(documentUri), newId });
  } finally {
    // An account that does not answer is asked no longer than somebody waits for it.
    controller.abort();
  }
}

function textOf(source: TextSource | NoText): TextSource {
  switch (source) {
    case 'noDocument':
      throw new UnsendableText(l10n.t('Open the document to send in a text editor, then run the command again.'));
    case 'severalSelections':
      throw new UnsendableText(l10n.t('Several parts of the text are selected, and one message is sent at a time. Select one part.'));
    default:
      return source;
  }
}

function sendingAccounts(all: readonly Account[]): readonly NaverAccount[] {
  const accounts = accountsWithTopics(all);
  if (accounts.length > 0) return accounts;
  if (all.length === 0) throw new CannotPrepare(l10n.t('There is no account to send with yet.'), true);
  // Said once for all of them: their topics are not offered anywhere in this command.
  const elsewhere = all.find(({ provider }) => provider === 'naver');
  const why = elsewhere === undefined ? cannotSendText('noSendApi', '') : cannotSendText('zone', elsewhere.name);
  throw new CannotPrepare(`${why} ${l10n.t('Add an account of NAVER Cloud’s public zone to send to Data Stream.')}`, true);
}
