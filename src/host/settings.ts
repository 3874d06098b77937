import { workspace } from 'vscode';
import type { Disposable } from 'vscode';

/**
 * A number from the settings, kept within its bounds: settings are text that anybody may have written.
 * @param id full id, as in `SETTINGS`
 */
export function readNumber(id: string, { fallback, min, max }: { readonly fallback: number; readonly min: number; readonly max: number }): number {
  const value = workspace.getConfiguration().get<unknown>(id);
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : fallback;
}

/**
 * One of several words from the settings; any other text counts as the fallback.
 * @param id full id, as in `SETTINGS`
 */
export function readChoice<T extends string>(id: string, choices: readonly T[], fallback: T): T {
  const value = workspace.getConfiguration().get<unknown>(id);
  return choices.find((choice) => choice === value) ?? fallback;
}

/**
 * Whether a setting is switched on; anything that is neither counts as the fallback.
 * @param id full id, as in `SETTINGS`
 */
export function readSwitch(id: string, { fallback }: { readonly fallback: boolean }): boolean {
  const value = workspace.getConfiguration().get<unknown>(id);
  return typeof value === 'boolean' ? value : fallback;
}

/** Tells when one of our settings changed. */
export function onDidChangeSettings(listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('cloudStreams')) listener();
  });
}
