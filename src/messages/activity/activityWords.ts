import * as l10n from '@vscode/l10n';

import { stageBadge, stageName } from '../../model/accountWords.ts';
import { CloudError, type CloudErrorKind } from '../../model/cloudError.ts';
import type { Formatter } from '../../model/format.ts';
import { problemOf, problemText } from '../../model/problem.ts';
import type { ResourceWrite, ResourceWriteEnd } from '../../model/resourceWrite.ts';
import type { ActivityEntry } from '../../sending/journal/journalStore.ts';
import type { StopReason } from '../../sending/recording.ts';
import { placeText } from '../report/words.ts';

/** A run of the journal. */
export type RunEntry = Extract<ActivityEntry, { kind: 'run' }>;
/** A resource write of the journal. */
export type WriteEntry = Extract<ActivityEntry, { kind: 'write' }>;

/** How something ended, for its icon. */
export type EntryOutcome = 'running' | 'interrupted' | 'good' | 'refused' | 'unknown' | 'notSent';

/** No request is waited for any longer (the largest timeout is ten minutes): a write without an end is unknown then. */
const LONGEST_WAIT_MS = 900_000;

/** How a run ended, or how it is going. */
export function runOutcome({ status, counts }: RunEntry): EntryOutcome {
  if (status !== 'ended') return status;
  if (counts.refused > 0) return 'refused';
  if (counts.unknown > 0) return 'unknown';
  return counts.notSent > 0 ? 'notSent' : 'good';
}

/** The same in words, the most useful first. */
export function runOutcomeWords({ header, status, counts }: RunEntry, format: Formatter): readonly string[] {
  const count = (value: number): string => format.count(value);
  const { acknowledged, refused, unknown, notSent } = counts;
  const rest = [
    ...(refused > 0 ? [l10n.t('{0} refused', count(refused))] : []),
    ...(unknown > 0 ? [l10n.t('{0} unknown', count(unknown))] : []),
  ];
  switch (status) {
    case 'running':
      return [acknowledged > 0 ? l10n.t('sending… {0} of {1}', count(acknowledged), count(header.count)) : l10n.t('sending…')];
    case 'interrupted':
      return [l10n.t('interrupted'), l10n.t('{0} left', count(notSent)), ...rest];
    case 'ended':
      if (acknowledged === header.count) return [l10n.t('{0} sent', count(acknowledged))];
      return [l10n.t('{0} of {1}', count(acknowledged), count(header.count)), ...rest, ...(notSent > 0 ? [l10n.t('{0} not sent', count(notSent))] : [])];
  }
}

/** How a write ended. */
export function writeOutcome({ write, end }: WriteEntry, nowMs: number): EntryOutcome {
  if (end === undefined) return nowMs - write.atMs < LONGEST_WAIT_MS ? 'running' : 'unknown';
  return end.kind === 'done' ? 'good' : end.kind;
}

/** The same in words. */
export function writeOutcomeWords(entry: WriteEntry, nowMs: number): string {
  const outcome = writeOutcome(entry, nowMs);
  if (outcome === 'running') return l10n.t('under way');
  if (outcome === 'good') return l10n.t('done');
  const status = entry.end?.status;
  if (outcome === 'unknown') return status === undefined ? l10n.t('unknown') : l10n.t('unknown, HTTP {0}', String(status));
  return status === undefined ? l10n.t('refused') : l10n.t('refused, HTTP {0}', String(status));
}

/** Why something failed, in the words every view has for it; `undefined` for what did not fail. */
export function failureWords(failure: ResourceWriteEnd | StopReason | undefined, accountName: string): string | undefined {
  if (failure === undefined) return undefined;
  if (failure === 'cancelled') return l10n.t('Cancelled.');
  const brokenHere = 'at' in failure ? placeText(failure) : undefined;
  if (brokenHere !== undefined) return brokenHere;
  if (!('error' in failure)) return failure.kind === 'done' ? undefined : noted(failure.kind, failure, accountName);
  return noted(failure.error, failure, accountName);
}

function noted(
  kind: CloudErrorKind | 'cancelled', { status, code, detail }: { readonly status?: number; readonly code?: string; readonly detail?: string }, accountName: string,
): string {
  if (kind === 'cancelled') return l10n.t('Cancelled.');
  const details = { ...(status === undefined ? {} : { status }), ...(code === undefined ? {} : { code }), ...(detail === undefined ? {} : { detail }) };
  const problem = problemOf(new CloudError(kind, details), { accountName });
  return problem === undefined ? kind : problemText(problem);
}

/** Name and stage of the account of a run, as it was then. */
export function runAccount({ header: { account } }: RunEntry): { readonly name: string; readonly badge: string; readonly stage: string } {
  return { name: account.name, badge: stageBadge(account.stage), stage: stageName(account.stage) };
}

/** Where a write went. */
export function addressOf({ method, origin, target }: ResourceWrite): string {
  return `${method} ${origin}${target}`;
}
