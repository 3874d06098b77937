/** What stands in place of a secret. */
const MASK = '•••';

/** Shorter values are no secrets, and hiding them would hide everything. */
const MIN_LENGTH = 4;

/**
 * Hides secrets by value. Every secret ever read is told to it; whatever it lets through holds none of them, plain or in one of
 * the encodings a request, a JSON document or a server's echo may give it.
 */
export class Redactor {
  readonly #needles = new Set<string>();
  #sorted: readonly string[] = [];

  /** Hides these values from now on. */
  register(...secrets: readonly string[]): void {
    const before = this.#needles.size;
    for (const secret of secrets) {
      if (secret.length < MIN_LENGTH) continue;
      for (const form of forms(secret)) this.#needles.add(form);
    }
    // The longest first: a short secret inside a long one must not leave the rest of it visible.
    if (this.#needles.size > before) this.#sorted = [...this.#needles].sort((a, b) => b.length - a.length);
  }

  /** The text without any registered secret. */
  redact(text: string): string {
    let clean = text;
    for (const needle of this.#sorted) {
      if (clean.includes(needle)) clean = clean.replaceAll(needle, MASK);
    }
    return clean;
  }
}

function forms(secret: string): readonly string[] {
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
    ...base64Forms(bytes),
  ].filter((form) => form.length >= MIN_LENGTH);
}

/** The value as base64 alone, and the part of it that any base64 text shows which holds the value somewhere inside. */
function base64Forms(bytes: Buffer): readonly string[] {
  const inside = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64').replace(/=+$/, '');
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor(((offset + bytes.length) * 8) / 6);
    return text.slice(first, last);
  });
  const all = [bytes.toString('base64'), ...inside];
  return [...all, ...all.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}
