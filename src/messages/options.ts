import type { Memento } from 'vscode';

import type { Subscription } from '../host/emitter.ts';
import type { Prompts } from '../host/prompts.ts';
import type { Account } from '../model/account.ts';
import type { Formatter } from '../model/format.ts';
import type { ResourceWrite } from '../model/resourceWrite.ts';
import type { MessageTarget } from '../sending/messageTarget.ts';
import type { SendTarget } from '../sending/target.ts';
import type { ClientOf } from './targets/topicLists.ts';

/** What sending needs from the rest of the house. */
export interface MessagesOptions {
  /** All accounts, as they count now. */
  readonly accounts: () => readonly Account[];
  /** Tells that accounts or their lanes changed. */
  readonly onDidChangeAccounts: (listener: () => void) => Subscription;
  readonly clientOf: ClientOf;
  /**
   * Where messages for a topic go; no request is made.
   * @throws CloudError where the account cannot be used
   */
  readonly targetOf: (target: SendTarget) => Promise<MessageTarget>;
  readonly prompts: Prompts;
  /** State of the workspace: remembers targets, never a message. */
  readonly state: Memento;
  readonly format: Formatter;
  /** Never the same twice, and not to be guessed: random variables are drawn from it. */
  readonly newId: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds of a clock that does not jump. */
  readonly ticks: () => number;
  /** @throws CancelledError as soon as the signal ends */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to and without 1. */
  readonly random: () => number;
  /** Shows what failed, with remedies; silent for a cancellation. */
  readonly report: (error: unknown, account: Account) => void;
  readonly log: { info(message: string): void; warn(message: string): void; error(message: string, error?: unknown): void };
  /** Folder of the journal, on this machine; made when it is first needed. */
  readonly journalFolder: string;
  /** This process, which names the owner of a run under way. */
  readonly processId: number;
  readonly hostName: string;
  /** Whether a process of this machine still runs. */
  readonly isAlive: (processId: number) => boolean;
  /** The environment that `{{env:NAME}}` reads. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a text holds a key of an account, of one that this window never used, too. */
  readonly isSecret: (value: string) => Promise<boolean>;
  /** Puts a text on the clipboard and says in the status bar what it is. */
  readonly copy: (text: string, what: string) => Promise<void>;
  /** A bash script that does a change once more; `undefined` where the account has no such address any more, or the body was not kept. */
  readonly curlOfWrite: (write: ResourceWrite) => Promise<string | undefined>;
  /** Scheme of plans and results; another than the product's where both run in one window. */
  readonly reportScheme?: string;
}
