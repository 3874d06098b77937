import { type Account, type NaverAccount, permits } from '../model/account.ts';

/** Where a message goes. */
export interface SendTarget {
  readonly accountId: string;
  readonly topicId: string;
  /** Full name with the account's prefix. */
  readonly topicName: string;
}

/** Why an account cannot send; `undefined` from {@link whyNotSend} where it can. */
export type CannotSend =
  /** EasyQueue has no REST API for messages (easyqueue.md). */
  | 'noSendApi'
  /** Data Stream exists in the public zone only. */
  | 'zone'
  /** A main account's key cannot send (datastream.md §1). */
  | 'mainAccountKey'
  | 'readOnly';

/** Whether messages can be sent as this account, from what is known without a request. */
export function whyNotSend(account: Account): CannotSend | undefined {
  if (account.provider === 'nhn') return 'noSendApi';
  if (account.zone !== 'public') return 'zone';
  if (account.keyOwner === 'main') return 'mainAccountKey';
  if (!permits(account.lane.access, 'send')) return 'readOnly';
  return undefined;
}

/** Accounts whose topics are shown where a topic is chosen: those that can send and, marked, those that may not. */
export function accountsWithTopics(accounts: readonly Account[]): readonly NaverAccount[] {
  return accounts.filter((account): account is NaverAccount => account.provider === 'naver' && account.zone === 'public');
}

/** Whether two targets are the same topic of the same account. */
export function isSameTarget(a: SendTarget, b: SendTarget): boolean {
  return a.accountId === b.accountId && a.topicId === b.topicId;
}

/** The targets with one of them, or a new one, in front. */
export function putFirst(target: SendTarget, others: readonly SendTarget[]): readonly SendTarget[] {
  return [target, ...others.filter((other) => !isSameTarget(other, target))];
}

/** The target in something read from storage; `undefined` where it is none. */
export function readTarget(stored: unknown): SendTarget | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { accountId, topicId, topicName } = stored as Readonly<Record<string, unknown>>;
  if (typeof accountId !== 'string' || typeof topicId !== 'string' || typeof topicName !== 'string') return undefined;
  return { accountId, topicId, topicName };
}
