import * as l10n from '@vscode/l10n';

/** How often Cloud Insight reminds, minutes (cloudfunctions.md §7.3). */
export const MIN_REMINDER = 5;
/** Twelve hours. */
export const MAX_REMINDER = 720;

/** What is wrong with a name of something elsewhere: a bucket, a rule, a product. Its own rules are not ours to know. */
export function filledProblem(text: string): string | undefined {
  return text.trim() === '' ? l10n.t('Enter a text.') : undefined;
}

/** What is wrong with a repository of GitHub: `name` or `Org/name` (cloudfunctions.md §7.3). */
export function repositoryProblem(text: string): string | undefined {
  return /^[\w.-]+(?:\/[\w.-]+)?$/.test(text.trim()) ? undefined : l10n.t('Write the repository as {0} or {1}, without an address.', 'name', 'Org/name');
}

/**
 * What is wrong with an access token.
 * @param hasOne whether one was typed before, which an empty text keeps
 */
export function tokenProblem(text: string, hasOne: boolean): string | undefined {
  const token = text.trim();
  if (token === '') return hasOne ? undefined : l10n.t('Enter the token.');
  return /^[\x21-\x7e]+$/.test(token) ? undefined : l10n.t('A token has letters, digits and signs without blanks.');
}

/** What is wrong with a reminder; empty is none. */
export function reminderProblem(text: string): string | undefined {
  const typed = plain(text);
  if (typed === '') return undefined;
  const minutes = /^\d{1,4}$/.test(typed) ? Number(typed) : Number.NaN;
  return minutes >= MIN_REMINDER && minutes <= MAX_REMINDER ? undefined : l10n.t('Enter {0} to {1} minutes, or nothing.', MIN_REMINDER, MAX_REMINDER);
}

/** Minutes of a text that passed {@link reminderProblem}. */
export function reminderOf(text: string): number | undefined {
  const typed = plain(text);
  return typed === '' ? undefined : Number(typed);
}

/** What is wrong with a time of day. */
export function timeProblem(text: string): string | undefined {
  return timeOf(text) === undefined ? l10n.t('Enter a time such as {0}.', '09:30') : undefined;
}

/** Hour and minute of a text that passed {@link timeProblem}. */
export function timeOf(text: string): { readonly hour: number; readonly minute: number } | undefined {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(plain(text));
  return match === null ? undefined : { hour: Number(match[1]), minute: Number(match[2]) };
}

/** Digits as wide as a letter of Korean or Japanese are digits. */
function plain(text: string): string {
  return text.normalize('NFKC').trim();
}
