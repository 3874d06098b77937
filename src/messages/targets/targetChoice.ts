import * as l10n from '@vscode/l10n';

import type { Prompts } from '../../host/prompts.ts';
import type { Account, NaverAccount } from '../../model/account.ts';
import { stageBadge } from '../../model/accountWords.ts';
import { CancelledError } from '../../model/cloudError.ts';
import { facts, oneLine } from '../../model/format.ts';
import { accountsWithTopics, type SendTarget, whyNotSend } from '../../sending/target.ts';
import { Refusal } from '../refusal.ts';
import { askWhereToSend, type SendAnswers } from './sendWizard.ts';
import { cannotSendText } from '../texts.ts';
import { type ClientOf, TopicLists } from './topicLists.ts';

/** What choosing a target needs. */
export interface TargetDeps {
  readonly accounts: () => readonly Account[];
  readonly clientOf: ClientOf;
  readonly prompts: Prompts;
}

/**
 * Accounts whose topics can be chosen.
 * @throws Refusal where there is none
 */
export function sendingAccounts(all: readonly Account[]): readonly NaverAccount[] {
  const accounts = accountsWithTopics(all);
  if (accounts.length > 0) return accounts;
  if (all.length === 0) throw new Refusal(l10n.t('There is no account to send with yet.'), { kind: 'addAccount' });
  // Said once for all of them: their topics are not offered anywhere in this command.
  const elsewhere = all.find(({ provider }) => provider === 'naver');
  const why = elsewhere === undefined ? cannotSendText('noSendApi', '') : cannotSendText('zone', elsewhere.name);
  const message = `${why} ${l10n.t('Add an account of NAVER Cloud’s public zone to send to Data Stream.')}`;
  if (elsewhere === undefined) throw new Refusal(message, { kind: 'copyKafkaCode' }, { kind: 'addAccount' });
  throw new Refusal(message, { kind: 'addAccount' });
}

/**
 * The account of a target, as it is now.
 * @throws Refusal where it is gone, or may not send
 */
export function sendingAccount(all: readonly Account[], accountId: string): NaverAccount {
  const account = all.find(({ id }) => id === accountId);
  if (account === undefined) throw new Refusal(l10n.t('The account was removed meanwhile.'));
  const reason = whyNotSend(account);
  if (reason === 'noSendApi') throw new Refusal(cannotSendText(reason, account.name), { kind: 'copyKafkaCode' });
  if (reason === 'readOnly') throw new Refusal(cannotSendText(reason, account.name), { kind: 'unlock' });
  if (reason !== undefined || account.provider !== 'naver') throw new Refusal(cannotSendText(reason ?? 'noSendApi', account.name));
  return account;
}

/**
 * Asks where to, and for key and partition where one message with a proposed key goes out.
 * @throws Refusal, CancelledError
 */
export async function askTarget(deps: TargetDeps, recent: readonly SendTarget[], proposedKey: string | undefined): Promise<SendAnswers> {
  const { prompts, clientOf } = deps;
  const accounts = sendingAccounts(deps.accounts());
  const controller = new AbortController();
  const lists = new TopicLists(clientOf, controller.signal);
  try {
    return await askWhereToSend({ prompts, accounts, lists, recent, proposedKey });
  } finally {
    // An account that does not answer is asked no longer than somebody waits for it.
    controller.abort();
  }
}

/**
 * The topic with a name that a document gives: in the account it is bound to where that has it, else in any that can send. Asks where
 * several have it, and where it would be another account than before.
 * @param bound where the document went before
 * @throws Refusal where none has it; CancelledError
 * @throws CloudError where the topics that matter cannot be listed: whether one has it is not known then
 */
export async function topicByName(deps: TargetDeps, name: string, bound: SendTarget | undefined, signal: AbortSignal): Promise<SendTarget> {
  if (bound?.topicName === name) return bound;
  const able = sendingAccounts(deps.accounts()).filter((account) => whyNotSend(account) === undefined);
  const lists = new TopicLists(deps.clientOf, signal);
  const failures: unknown[] = [];
  const inAccount = async (account: NaverAccount): Promise<readonly SendTarget[]> => {
    const list = await lists.of(account.id);
    if ('topics' in list) return list.topics.filter((topic) => topic.name === name).map((topic) => ({ accountId: account.id, topicId: topic.id, topicName: name }));
    failures.push(list.error);
    return [];
  };
  const own = able.find(({ id }) => id === bound?.accountId);
  const [inOwn] = own === undefined ? [] : await inAccount(own);
  if (inOwn !== undefined) return inOwn;
  // Another account that has such a topic is no substitute for one that could not be asked.
  if (failures.length > 0) throw signal.aborted ? new CancelledError() : failures[0];
  const found = (await Promise.all(able.map(inAccount))).flat();
  if (signal.aborted) throw new CancelledError();
  const [first, ...others] = found;
  if (first === undefined && failures.length > 0) throw failures[0];
  if (first === undefined) {
    throw new Refusal(l10n.t('No account that can send has topic "{0}", which the document names. Change the name, or add its account.', oneLine(name)));
  }
  const title = oneLine(name);
  if (others.length > 0) return chooseAccount(deps, found, l10n.t('Several accounts have topic "{0}". Which one?', title));
  return bound === undefined ? first : chooseAccount(deps, found, l10n.t('The document went to another account before. Whose topic "{0}"?', title));
}

async function chooseAccount({ accounts, prompts }: TargetDeps, targets: readonly SendTarget[], placeholder: string): Promise<SendTarget> {
  const all = accounts();
  return prompts.pick({
    title: l10n.t('Send to Topic'),
    placeholder,
    items: targets.map((target) => {
      const account = all.find(({ id }) => id === target.accountId);
      return { label: oneLine(account?.name ?? ''), description: facts(account && stageBadge(account.lane.stage)), icon: 'account', value: target };
    }),
  });
}
