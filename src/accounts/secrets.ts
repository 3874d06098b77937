import type { AccountSecrets } from '../model/account.ts';

/** A secret that stands in an environment variable. */
const ENV_REFERENCE = /^\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** Reads an entry of SecretStorage. Anything but what this extension writes gives undefined: the keys are asked for again. */
export function parseSecrets(text: string | undefined): AccountSecrets | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('keyId' in value) || !('secret' in value)) return undefined;
    const { keyId, secret } = value;
    return typeof keyId === 'string' && typeof secret === 'string' ? { keyId, secret } : undefined;
  } catch {
    // The error of JSON.parse quotes the text.
    return undefined;
  }
}

/** A key as it may be shown: its first and last letters where enough stay hidden. */
export function maskKey(key: string): string {
  return key.length >= 16 ? `${key.slice(0, 4)}…${key.slice(-2)}` : '…';
}

/** The variable that a stored secret stands for; undefined for a secret itself. */
export function envReference(text: string): string | undefined {
  return ENV_REFERENCE.exec(text)?.[1];
}
