import { createHash, type Hash } from 'node:crypto';

import { isIssue, type Reading } from '../message.ts';

/** A check ends with so many readings, or as soon as they hold so many bytes: whoever compares keeps no more than that back. */
const MAX_READINGS = 1_000;
const MAX_BYTES = 8 * 1024 * 1024;
const CHECK_BYTES = 16;

/**
 * What readings are known by, in their order: one fingerprint for all, and on the way a check for each thousand, which stands for
 * everything up to there. Their numbers are part of it, so that an issue in the place of a message, or the other way round, is seen.
 */
export class Checks {
  readonly #hash: Hash = createHash('sha256');
  #readings = 0;
  #bytes = 0;

  /** Takes the next one in; returns the check where one ends with it. */
  add(reading: Reading): string | undefined {
    if (!isIssue(reading)) {
      const { index, key, value, bytes, partition } = reading;
      const keyBytes = Buffer.byteLength(key);
      // With lengths, so that nothing can pass from one part to the next unseen; with the number, because a journal knows messages by it.
      this.#hash.update(`${index} ${partition ?? '-'} ${keyBytes} ${bytes}\n${key}${value}`);
      this.#bytes += keyBytes + bytes;
    }
    this.#readings += 1;
    return this.#readings === MAX_READINGS || this.#bytes >= MAX_BYTES ? this.#check() : undefined;
  }

  /** The check of what came after the last one; `undefined` where nothing did. */
  last(): string | undefined {
    return this.#readings === 0 ? undefined : this.#check();
  }

  /** SHA-256 in hex over key, partition and value of all messages. Nothing can be added afterwards. */
  fingerprint(): string {
    return this.#hash.digest('hex');
  }

  #check(): string {
    this.#readings = 0;
    this.#bytes = 0;
    return this.#hash.copy().digest().toString('base64url', 0, CHECK_BYTES);
  }
}
