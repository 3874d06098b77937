import type { InputNote } from '../host/prompts.ts';

/** What became of a text somebody typed: the value to keep, perhaps with a remark, or why it cannot be used. */
export type Checked = { readonly value: string; readonly note: InputNote | undefined } | { readonly value: undefined; readonly note: InputNote };

/** The text can be used. */
export function accepted(value: string, note?: InputNote): Checked {
  return { value, note };
}

/** The text cannot be used. @param message why not */
export function refused(message: string): Checked {
  return { value: undefined, note: { severity: 'error', message } };
}
