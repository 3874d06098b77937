import * as l10n from '@vscode/l10n';

import type { Prompts } from '../../host/prompts.ts';
import type { Account } from '../../model/account.ts';
import { type Formatter, oneLine } from '../../model/format.ts';
import { ProblemError } from '../../model/problem.ts';
import type { ResourceWrite } from '../../model/resourceWrite.ts';
import type { ActivityEntry, RunState } from '../../sending/journal/journalStore.ts';
import type { ReadyMessage } from '../../sending/message.ts';
import type { IndexRange, RunHeader } from '../../sending/recording.ts';

/** What scripts are made with. */
export interface CurlDeps {
  readonly readRun: (runId: string) => Promise<RunState | undefined>;
  /** A message of a run, kept or read again; `undefined` where it is neither: its document changed, or there is no such message. */
  readonly messageOf: (runId: string, index: number) => Promise<ReadyMessage | undefined>;
  readonly curlOfSend: (accountId: string, topicName: string, message: Pick<ReadyMessage, 'key' | 'value' | 'partition'>) => Promise<string>;
  /** `undefined` where the account has no such address any more, or the body was not kept. */
  readonly curlOfWrite: (write: ResourceWrite) => Promise<string | undefined>;
  readonly account: (id: string) => Account | undefined;
  readonly prompts: Prompts;
  readonly format: Formatter;
}

/** A script, and what is said when it is on the clipboard. */
export interface CopiedScript {
  readonly text: string;
  readonly what: string;
}

/**
 * A bash script that does once more what an entry stands for; of a run with several messages it asks which.
 * @throws ProblemError where there is none; CancelledError
 */
export function scriptOf(entry: ActivityEntry, title: string, deps: CurlDeps): Promise<CopiedScript> {
  return entry.kind === 'run' ? sendScript(entry.header, deps) : writeScript(entry.write, title, deps);
}

async function writeScript(write: ResourceWrite, title: string, deps: CurlDeps): Promise<CopiedScript> {
  checkAccount(write.accountId, deps);
  if (write.bytes > 0 && write.body === undefined) {
    throw problem(l10n.t('The body of this request was not kept.'), l10n.t('Turn on "Journal: Keep Payloads" to copy later requests.'));
  }
  const text = await deps.curlOfWrite(write);
  if (text === undefined) throw problem(l10n.t('Account "{0}" does not have the address {1} any more.', oneLine(write.accountName), write.origin));
  return { text, what: l10n.t('Copied: a cURL script for "{0}". It takes the keys from the environment.', title) };
}

async function sendScript(header: RunHeader, deps: CurlDeps): Promise<CopiedScript> {
  const { accountId, topicName } = header.job.target;
  checkAccount(accountId, deps);
  const index = onlyIndex(header) ?? (await askIndex(header, deps));
  const message = await deps.messageOf(header.id, index);
  if (message === undefined) {
    throw problem(
      l10n.t('Message {0} is not at hand.', deps.format.count(index + 1)),
      l10n.t('Its document changed since it was sent, or cannot be read, and it was not kept in the journal.'),
    );
  }
  return {
    text: await deps.curlOfSend(accountId, topicName, message),
    what: l10n.t('Copied: a cURL script that sends message {0} to topic "{1}". It takes the keys from the environment.', deps.format.count(index + 1), oneLine(topicName)),
  };
}

function checkAccount(accountId: string, { account }: CurlDeps): void {
  if (account(accountId) === undefined) throw problem(l10n.t('The account was removed meanwhile.'));
}

function problem(message: string, hint?: string): ProblemError {
  return new ProblemError({ message, ...(hint === undefined ? {} : { hint }), remedies: [] });
}

function rangesOf({ only, total }: RunHeader): readonly IndexRange[] {
  return only ?? [[0, total]];
}

/** The one message of a run, where it has one. */
function onlyIndex(header: RunHeader): number | undefined {
  const [first, ...others] = rangesOf(header);
  return first !== undefined && others.length === 0 && first[1] - first[0] === 1 ? first[0] : undefined;
}

/** Asks for a message by its number, which counts from 1; offers the first that did not arrive for certain. */
async function askIndex(header: RunHeader, { readRun, prompts, format }: CurlDeps): Promise<number> {
  const ranges = rangesOf(header);
  const state = await readRun(header.id);
  const [first = ranges[0]?.[0] ?? 0] = state?.outcomes.indexes('refused', 'unknown') ?? [];
  const indexOf = (text: string): number | undefined => {
    const index = /^\s*\d{1,15}\s*$/.test(text) ? Number(text) - 1 : -1;
    return ranges.some(([from, end]) => index >= from && index < end) ? index : undefined;
  };
  const typed = await prompts.input({
    title: l10n.t('Copy as cURL'),
    prompt: l10n.t('Number of the message, as the result counts them: from 1 to {0}', format.count(header.total)),
    value: String(first + 1),
    validate: (text) => (indexOf(text) === undefined
      ? { severity: 'error', message: l10n.t('This send has no message with that number.') }
      : undefined),
  });
  return indexOf(typed) ?? first;
}
