import { Buffer } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

import { CloudError } from '../model/cloudError.ts';

const DECODERS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** UTF-8 as the web reads it: without a byte order mark, and what is none becomes U+FFFD. */
const utf8 = new TextDecoder();

function textOf(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}

/** The error for an answer that is larger than the operation reads. */
function tooLarge(maxBytes: number): CloudError {
  return new CloudError('unexpectedResponse', { reason: 'tooLarge', detail: `> ${maxBytes} B`, mayHaveArrived: true });
}

/** Collects a body and stops at a size, however much the server goes on sending. */
export class BodyReader {
  readonly #maxBytes: number;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws CloudError `unexpectedResponse` (`tooLarge`) */
  add(chunk: Uint8Array): void {
    this.#size += chunk.byteLength;
    if (this.#size > this.#maxBytes) throw tooLarge(this.#maxBytes);
    this.#chunks.push(chunk);
  }

  /**
   * The whole body as text. Only plain bodies are asked for, but a proxy may compress on its own account; the size holds
   * for what comes out, too.
   * @throws CloudError `unexpectedResponse`
   */
  text(encoding: string | undefined): string | Promise<string> {
    const name = encoding?.trim().toLowerCase() ?? '';
    const [only] = this.#chunks;
    const raw = this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks);
    if (name === '' || name === 'identity' || raw.byteLength === 0) return textOf(raw);
    return this.#decode(raw, name).then(textOf);
  }

  async #decode(raw: Uint8Array, name: string): Promise<Buffer> {
    const decode = Object.entries(DECODERS).find(([known]) => known === name)?.[1];
    if (decode === undefined) {
      throw new CloudError('unexpectedResponse', { reason: 'notJson', detail: name, mayHaveArrived: true });
    }
    try {
      return await decode(raw, { maxOutputLength: this.#maxBytes });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(this.#maxBytes);
      throw new CloudError('unexpectedResponse', { reason: 'notJson', detail: name, mayHaveArrived: true, cause: error });
    }
  }
}
