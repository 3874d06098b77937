import type { Redactor } from '../host/redactor.ts';
import type { AccountStore } from './accountStore.ts';

/**
 * Whether a text holds a key of any account. The keys of all of them are read first: the redactor knows those alone that were read in
 * this window, and an account that was not used yet has a key all the same.
 */
export async function holdsSecret(text: string, store: Pick<AccountStore, 'list' | 'secrets'>, redactor: Redactor): Promise<boolean> {
  // An account whose keys cannot be read is none whose keys could be compared.
  await Promise.all(store.list().map(({ id }) => store.secrets(id).catch(() => undefined)));
  return redactor.redact(text) !== text;
}
