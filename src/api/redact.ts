import { Buffer } from 'node:buffer';

/** Shorter values are ordinary words; hiding them would hide the message. */
const MIN_SECRET_LENGTH = 4;
const HIDDEN = '•••';

/** The ways a value may come back in a text: as it is, URL-encoded, base64, and inside a JSON string. */
function spellings(secret: string): readonly string[] {
  return [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    Buffer.from(secret, 'utf8').toString('base64'),
    JSON.stringify(secret).slice(1, -1),
  ];
}

/** A text without these values, should a server have echoed one. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .flatMap(spellings)
    .toSorted((a, b) => b.length - a.length)
    .reduce((safe, secret) => safe.replaceAll(secret, HIDDEN), text);
}
