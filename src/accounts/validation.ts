import * as l10n from '@vscode/l10n';

import type { InputNote } from '../host/prompts.ts';
import { accepted, refused } from './checked.ts';
import type { Checked } from './checked.ts';
import { envReference } from './secrets.ts';

/** Longest account name, in characters. */
export const MAX_NAME_LENGTH = 60;

/** Length of a service app key (easyqueue.md §1.6, "Type sizes"). */
const APP_KEY_LENGTH = 16;

/** An account's name: trimmed, at most 60 characters, and no other account's. */
export function checkName(text: string, others: readonly string[]): Checked {
  const value = text.trim().normalize('NFC');
  if (value === '') return refused(l10n.t('Enter a name.'));
  if (hasControl(value)) return refused(l10n.t('A name cannot hold line breaks or control characters.'));
  if (Array.from(value).length > MAX_NAME_LENGTH) return refused(l10n.t('A name can have at most {0} characters.', MAX_NAME_LENGTH));
  const folded = value.toLowerCase();
  if (others.some((other) => other.trim().normalize('NFC').toLowerCase() === folded)) {
    return refused(l10n.t('Another account is already named "{0}".', value));
  }
  return accepted(value);
}

/**
 * An access key id or a secret key, or `${env:NAME}` in its place. Spaces and line breaks around it come from copying and are left
 * out, which is said. No message repeats any part of the key.
 */
export function checkKey(text: string): Checked {
  const value = text.trim();
  if (value === '') return refused(l10n.t('Enter the key.'));
  if (value.startsWith('${')) {
    if (envReference(value) !== undefined) return accepted(value, info(l10n.t('The key is read from the environment variable when it is used.')));
    return refused(l10n.t('Write a reference to an environment variable as {0}.', '${env:NAME}'));
  }
  if (/\s/u.test(value)) return refused(l10n.t('A key cannot hold spaces or line breaks. Copy it again.'));
  if (hasControl(value)) return refused(l10n.t('A key cannot hold control characters. Copy it again.'));
  if (!/^[\x21-\x7e]+$/.test(value)) return refused(l10n.t('A key holds only ASCII characters. Copy it again.'));
  return value === text ? accepted(value) : accepted(value, info(l10n.t('The spaces around the key are left out.')));
}

/** An EasyQueue app key. An odd length or letter is a warning only: the documents tell the length and nothing else. */
export function checkAppKey(text: string, others: readonly string[] = []): Checked {
  const value = text.trim();
  if (value === '') return refused(l10n.t('Enter the app key.'));
  if (/\s/u.test(value)) return refused(l10n.t('An app key cannot hold spaces. Copy it again from "URL & Appkey" in the EasyQueue console.'));
  if (hasControl(value) || !/^[\x21-\x7e]+$/.test(value)) return refused(l10n.t('An app key holds only ASCII letters and digits.'));
  if (/[/%?#.]/.test(value)) return refused(l10n.t('An app key holds only ASCII letters and digits.'));
  if (others.includes(value)) return refused(l10n.t('This app key is already in the list.'));
  if (!/^[A-Za-z0-9]+$/.test(value)) return accepted(value, warning(l10n.t('App keys usually hold only letters and digits. Check that it is complete.')));
  if (value.length !== APP_KEY_LENGTH) {
    return accepted(value, warning(l10n.t('App keys usually have {0} characters, this one has {1}. Check that it is complete.', APP_KEY_LENGTH, value.length)));
  }
  return value === text ? accepted(value) : accepted(value, info(l10n.t('The spaces around the key are left out.')));
}

/** An app key's label: what the tree shows in its place. */
export function checkLabel(text: string, others: readonly string[]): Checked {
  const value = text.trim().normalize('NFC');
  if (value === '') return refused(l10n.t('Enter a label.'));
  if (hasControl(value)) return refused(l10n.t('A label cannot hold line breaks or control characters.'));
  if (Array.from(value).length > MAX_NAME_LENGTH) return refused(l10n.t('A label can have at most {0} characters.', MAX_NAME_LENGTH));
  if (others.includes(value)) return refused(l10n.t('Another app key already has this label.'));
  return accepted(value);
}

function hasControl(text: string): boolean {
  return /\p{Cc}|\p{Zl}|\p{Zp}/u.test(text);
}

function warning(message: string): InputNote {
  return { severity: 'warning', message };
}

function info(message: string): InputNote {
  return { severity: 'info', message };
}
