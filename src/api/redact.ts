import { Buffer } from 'node:buffer';

/** What stands in place of a secret. */
export const MASK = '•••';

/** Shorter values are ordinary words, and hiding them would hide everything. */
const MIN_LENGTH = 4;

/** A text without these values, should a server have echoed one. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    // No spelling is shorter than the secret: most texts are too short to hold one, and nothing has to be spelled for them.
    .filter((secret) => secret.length <= text.length)
    .flatMap(spellings)
    .toSorted((a, b) => b.length - a.length)
    .reduce((safe, secret) => safe.replaceAll(secret, MASK), text);
}

/** The ways a value may come back in a text: as it is, or as a request, a JSON document or a server's echo may write it. */
export function spellings(secret: string): readonly string[] {
  if (secret.length < MIN_LENGTH) return [];
  const bytes = Buffer.from(secret, 'utf8');
  const urlEncoded = encodeURIComponent(secret.toWellFormed());
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    urlEncoded,
    urlEncoded.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
    urlEncoded.replaceAll('%20', '+'),
    new URLSearchParams({ '': secret }).toString().slice(1),
    json,
    json.replaceAll('/', '\\/'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64Spellings(bytes),
  ].filter((spelling) => spelling.length >= MIN_LENGTH);
}

/** The value as base64 alone, and the part of it that any base64 text shows which holds the value somewhere inside. */
function base64Spellings(bytes: Buffer): readonly string[] {
  const inside = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64').replace(/=+$/, '');
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor(((offset + bytes.length) * 8) / 6);
    return text.slice(first, last);
  });
  const all = [bytes.toString('base64'), ...inside];
  return [...all, ...all.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}
