import { commands, l10n, type Memento } from 'vscode';

import { showInfo, showWarning } from '../host/notifications.ts';
import { withCancellableProgress } from '../host/progress.ts';
import type { Prompts } from '../host/prompts.ts';
import { COMMANDS } from '../ids.ts';
import type { Account } from '../model/account.ts';
import { CancelledError } from '../model/cloudError.ts';
import type { Formatter } from '../model/format.ts';
import { problemOf } from '../model/problem.ts';
import { outcomeOf } from '../sending/outcome.ts';
import { type SendTarget, whyNotSend } from '../sending/target.ts';
import { confirmation, type Delivery, sentText, unknownText } from './delivery.ts';
import { UnsendableText } from './messageFromText.ts';
import { openMessageDocument } from './newMessage.ts';
import { CannotPrepare, prepareSend } from './sendDocument.ts';
import type { TargetMemory } from './targetMemory.ts';
import { cannotSendText } from './texts.ts';
import type { NoText, TextSource } from './textSource.ts';
import type { ClientOf } from './topicLists.ts';

/** What sending needs from the rest of the house. */
export interface SenderOptions {
  readonly accounts: () => readonly Account[];
  readonly clientOf: ClientOf;
  readonly prompts: Prompts;
  /** State of the workspace: remembers targets, never a message. */
  readonly state: Memento;
  readonly format: Formatter;
  readonly newId: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Shows what failed, with remedies; silent for a cancellation. */
  readonly report: (error: unknown, account: Account) => void;
}

/** Prepares, sends and tells how it went. */
export class Sender {
  readonly #options: SenderOptions;
  readonly #memory: TargetMemory;

  constructor(options: SenderOptions, memory: TargetMemory) {
    this.#options = options;
    this.#memory = memory;
  }

  /** Opens a new message document that "Send to Topic…" sends to this topic unless told otherwise. */
  async openNewMessage(target: SendTarget): Promise<void> {
    const account = this.#options.accounts().find(({ id }) => id === target.accountId);
    const reason = account === undefined ? undefined : whyNotSend(account);
    if (account !== undefined && reason !== undefined) {
      showWarning(cannotSendText(reason, account.name));
      return;
    }
    const document = await openMessageDocument(target.topicName, this.#options.newId(), this.#options.now());
    this.#memory.bindUntitled(document.uri.toString(), target);
  }

  /** Sends a text that was read from an editor, after asking where to. */
  async sendText(source: TextSource | NoText): Promise<void> {
    try {
      const delivery = await prepareSend(source, { ...this.#options, memory: this.#memory });
      if (typeof source === 'object') await this.#deliver(delivery, source);
    } catch (error) {
      if (error instanceof CannotPrepare && error.addAccount) {
        showWarning(error.message, { label: l10n.t('Add Account'), run: () => void commands.executeCommand(COMMANDS.addAccount) });
      } else if (error instanceof CannotPrepare || error instanceof UnsendableText) {
        showWarning(error.message);
      } else {
        throw error;
      }
    }
  }

  /** Sends once, whatever comes: what happens then is told to the user, never thrown. */
  async #deliver(delivery: Delivery, source: TextSource): Promise<void> {
    const { account, target } = delivery;
    const { format, prompts, report } = this.#options;
    if (account.lane.stage === 'prod') await prompts.confirm(confirmation(delivery, format));
    let durationMs: number;
    try {
      durationMs = await this.#send(delivery);
    } catch (error) {
      if (outcomeOf(error) === 'refused') report(error, account);
      else showWarning(unknownText(target, error, problemOf(error, { accountName: account.name })), this.#showLog());
      return;
    }
    // Said first: the message is on the topic, whatever becomes of the memory.
    showInfo(sentText(delivery, durationMs, format), {
      label: l10n.t('Send Again'),
      run: () => void this.#sendAgain(delivery, source),
    });
    await this.#memory.sent(source.documentUri, source.isUntitled, target);
  }

  /** Returns how long the service took, in ms. */
  #send({ target, key, message, partition }: Delivery): Promise<number> {
    const { clientOf, now } = this.#options;
    return withCancellableProgress(l10n.t('Sending to topic "{0}"…', target.topicName), async (signal) => {
      const outgoing = { topic: target.topicName, key, value: message.value };
      const client = await clientOf(target.accountId);
      const startedAt = now();
      await client.send(partition === undefined ? outgoing : { ...outgoing, partition }, signal);
      return now() - startedAt;
    });
  }

  /** The same value to the same place; a key that was made up is made up anew. */
  async #sendAgain(delivery: Delivery, source: TextSource): Promise<void> {
    const { accounts, newId, report } = this.#options;
    const { id } = delivery.account;
    const account = accounts().find((candidate) => candidate.id === id);
    if (account?.provider !== 'naver') {
      showWarning(l10n.t('The account was removed meanwhile.'));
      return;
    }
    const key = delivery.isKeyGenerated ? newId() : delivery.key;
    try {
      await this.#deliver({ ...delivery, account, key }, source);
    } catch (error) {
      if (!(error instanceof CancelledError)) report(error, account);
    }
  }

  #showLog(): { readonly label: string; readonly run: () => void } {
    return { label: l10n.t('Show Log'), run: () => void commands.executeCommand(COMMANDS.showLog) };
  }
}
