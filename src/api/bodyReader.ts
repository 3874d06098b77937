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
  async text(encoding: string | undefined): Promise<string> {
    const raw = Buffer.concat(this.#chunks);
    return new TextDecoder().decode(raw.byteLength === 0 ? raw : await this.#decode(raw, encoding));
  }

  async #decode(raw: Buffer, encoding: string | undefined): Promise<Buffer> {
    const name = encoding?.trim().toLowerCase() ?? 'identity';
    if (name === '' || name === 'identity') return raw;
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
