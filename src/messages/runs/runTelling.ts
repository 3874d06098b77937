import * as l10n from '@vscode/l10n';
import { commands } from 'vscode';

import { showInfo, showWarning } from '../../host/notifications.ts';
import { COMMANDS } from '../../ids.ts';
import { problemOf } from '../../model/problem.ts';
import type { MessagesOptions } from '../options.ts';
import { allSentText, changedWhileSentText, sentText, someSentText, unknownText } from './runWords.ts';
import type { EndedRun } from './runs.ts';

/** What telling of a run needs. */
export interface TellingDeps {
  readonly options: Pick<MessagesOptions, 'format' | 'report'>;
  /** Sends the one message of a run once more. */
  readonly sendAgain: (run: EndedRun) => void;
  /** Opens the result of a run. */
  readonly showResult: (runId: string) => void;
}

interface Action {
  readonly label: string;
  readonly run: () => void;
}

/** Says how the one message of a run ended. */
export function tellOne(run: EndedRun, deps: TellingDeps): void {
  const { header, summary, seen, plan, result, account } = run;
  const { format, report } = deps.options;
  const { target } = header.job;
  const { message } = seen;
  if (summary.acknowledged > 0 && message !== undefined) {
    const sent = { ...message, bytes: plan.part?.bytes ?? plan.facts.bytes };
    // All of the run once more is this message alone only where there is nothing else in its texts.
    const again = plan.part === undefined && header.total === 1 ? [{ label: l10n.t('Send Again'), run: () => deps.sendAgain(run) }] : [];
    showInfo(sentText(sent, target, seen.durationMs, format), ...again);
    return;
  }
  const error = result.error ?? seen.error;
  if (run.changed !== undefined) {
    showWarning(changedWhileSentText(run.changed, header.count, summary, format), showResult(run, deps));
  } else if (summary.unknown > 0) {
    showWarning(unknownText(target, error, problemOf(error, { accountName: account.name })), showLog(), showResult(run, deps));
  } else if (result.stopped === 'cancelled' && summary.refused === 0) {
    showInfo(l10n.t('Sending was cancelled. Nothing was sent.'));
  } else {
    report(error, account);
  }
}

/** Says how the messages of a run ended; where it was stopped, why, with what can be done about it. */
export function tellMany(run: EndedRun, deps: TellingDeps): void {
  const { header, summary, result, account, durationMs, left, changed } = run;
  const { format, report } = deps.options;
  const { target } = header.job;
  if (changed !== undefined) {
    showWarning(changedWhileSentText(changed, header.count, summary, format), showResult(run, deps));
    return;
  }
  if (summary.acknowledged === header.count) {
    // What was acknowledged before it was resumed took another time.
    showInfo(allSentText(left, target, durationMs, format), showResult(run, deps));
    return;
  }
  showWarning(someSentText(summary, target, format), showResult(run, deps));
  if (result.stopped !== undefined && result.stopped !== 'cancelled') report(result.error, account);
}

function showResult({ header }: EndedRun, deps: TellingDeps): Action {
  return { label: l10n.t('Show Result'), run: () => deps.showResult(header.id) };
}

function showLog(): Action {
  return { label: l10n.t('Show Log'), run: () => void commands.executeCommand(COMMANDS.showLog) };
}
