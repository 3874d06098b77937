import { l10n } from 'vscode';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/**
 * How long an account stays unlocked: in minutes, and in seconds in the last one.
 * @param leftMs milliseconds
 */
export function unlockedText(leftMs: number): string {
  return leftMs > MINUTE_MS
    ? l10n.t('unlocked, {0} min left', Math.ceil(leftMs / MINUTE_MS))
    : l10n.t('unlocked, {0} s left', Math.ceil(leftMs / SECOND_MS));
}

/** The same for a screen reader: it says no second, which would have passed before it is said. */
export function unlockedWords(leftMs: number): string {
  const minutes = Math.ceil(leftMs / MINUTE_MS);
  return minutes <= 1 ? l10n.t('unlocked for less than a minute') : l10n.t('unlocked for {0} minutes', minutes);
}
