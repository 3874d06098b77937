import { l10n, window } from 'vscode';

import { withoutIcons } from '../model/format.ts';
import type { Problem, Remedy } from '../model/problem.ts';

/** How long a word in the status bar stays, milliseconds. */
const STATUS_MS = 5_000;

/** A button of a notification. */
export interface NotificationAction {
  readonly label: string;
  readonly run: () => void;
}

/** What the buttons below a problem do; a remedy without a handler gets no button. */
export type RemedyHandlers = Readonly<Partial<Record<Remedy, () => void>>>;

/**
 * Says that something failed, with the remedies as buttons. Only in answer to a command: what fails by itself shows in its row.
 * Returns at once; the notification lives on.
 */
export function showProblem(problem: Problem, remedies: RemedyHandlers = {}): void {
  const actions = problem.remedies.flatMap((remedy): NotificationAction[] => {
    const run = remedies[remedy];
    return run === undefined ? [] : [{ label: remedyLabel(remedy), run }];
  });
  const text = problem.hint === undefined ? problem.message : `${problem.message} ${problem.hint}`;
  const labels = actions.map(({ label }) => label);
  // What an account's own lane holds back is no defect.
  const show = problem.remedies.includes('unlock') ? window.showWarningMessage : window.showErrorMessage;
  perform(show(withoutLinks(text), ...labels), actions);
}

/** Says what a command did. Returns at once. */
export function showInfo(message: string, ...actions: readonly NotificationAction[]): void {
  perform(window.showInformationMessage(withoutLinks(message), ...actions.map(({ label }) => label)), actions);
}

/** Says what a command did and what the user should know about it. Returns at once. */
export function showWarning(message: string, ...actions: readonly NotificationAction[]): void {
  perform(window.showWarningMessage(withoutLinks(message), ...actions.map(({ label }) => label)), actions);
}

/**
 * The editor makes `[text](command:…)` of a notification or a prompt a link that runs the command, and some of our texts hold a name
 * or the words of a service, which may say anything.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/** The text of a remedy's button, the same wherever a problem shows. */
function remedyLabel(remedy: Remedy): string {
  switch (remedy) {
    case 'retry':
      return l10n.t('Retry');
    case 'editAccount':
      return l10n.t('Edit Account');
    case 'testAccount':
      return l10n.t('Test Connection');
    case 'unlock':
      return l10n.t('Unlock for 15 Minutes');
    case 'showLog':
      return l10n.t('Show Log');
    case 'openProxySettings':
      return l10n.t('Open Proxy Settings');
  }
}

function perform(chosen: Thenable<string | undefined>, actions: readonly NotificationAction[]): void {
  // Nobody waits for a notification: it may stay open for hours.
  void chosen.then((label) => actions.find((action) => action.label === label)?.run());
}

/** Says a small thing in the status bar, for a few seconds. */
export function showStatus(message: string): void {
  window.setStatusBarMessage(withoutIcons(message), STATUS_MS);
}
