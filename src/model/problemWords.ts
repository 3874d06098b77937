import * as l10n from '@vscode/l10n';

import type { CloudErrorDetails, CloudErrorReason } from './cloudError.ts';

/** What a button under a problem does. */
type Remedy = 'retry' | 'unlock' | 'editAccount' | 'testAccount' | 'showLog' | 'openProxySettings';

/** The parts of a problem that depend on the kind of error. */
export interface Words {
  /** What happened, to what: one sentence. */
  readonly message: string;
  /** What to do: one sentence. */
  readonly hint?: string;
  /** Most useful first. */
  readonly remedies: readonly Remedy[];
}

/** What the failed work was about. */
export interface ProblemSubject {
  readonly accountName?: string;
  /** Names the thing, e.g. `Topic "orders"`, in the user's language. */
  readonly what?: string;
}

/** Finds the words for one kind of error. */
export type Explain = (details: CloudErrorDetails, subject: ProblemSubject) => Words;

/** Words by the finer cause; what is not listed takes the general ones. */
export type ByReason = Readonly<Partial<Record<CloudErrorReason, Explain>>>;

/** Looks into a table of finer causes first. */
export function explainBy(table: ByReason, otherwise: Explain): Explain {
  return (details, subject) => {
    const explain = details.reason === undefined ? undefined : table[details.reason];
    return (explain ?? otherwise)(details, subject);
  };
}

/** A service's own words make the best sentence there is. */
export function said(detail: string | undefined, otherwise: string): string {
  return detail === undefined ? otherwise : l10n.t('The service says: {0}', detail);
}

/** What runs in Cloud Functions is sent to (cloudfunctions.md §2). */
const RUNS = /\/api\/v2\/(packages|triggers)\//;

/** The hint for a send or a write that nobody knows the outcome of. */
export function uncertain({ operation, mayHaveArrived, target = '' }: CloudErrorDetails): string | undefined {
  if (operation === undefined || operation === 'read' || mayHaveArrived === false) return undefined;
  if (operation !== 'send') return l10n.t('The change may or may not have been made. Refresh to see.');
  return RUNS.test(target)
    ? l10n.t('It may or may not have run: look at the activations.')
    : l10n.t('The message may or may not be on the topic.');
}
