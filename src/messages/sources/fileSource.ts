import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';

import * as l10n from '@vscode/l10n';

import { CancelledError } from '../../model/cloudError.ts';
import type { Place } from '../../sending/message.ts';
import { type MessageSource, SourceError, type SourceRef } from '../../sending/source.ts';

const CHUNK_BYTES = 256 * 1_024;
const BYTE_ORDER_MARK = '\uFEFF';
/** Opening never waits, not for a pipe that took the place of a file either. */
export const READ_AT_ONCE = constants.O_RDONLY | constants.O_NONBLOCK;
/** Where a text begins that is all of its document. */
export const START: Place = { line: 1, column: 1 };

/**
 * A file of this machine, read piece by piece as UTF-8. It never throws: a file that is not there fails when it is read, and so does one
 * that is another by then, before a piece of that is passed on.
 * @param path where it is
 */
export async function fileSource(ref: SourceRef, path: string): Promise<MessageSource> {
  const opened = await stampOf(path).catch(() => undefined);
  return {
    ...ref,
    start: START,
    read: (signal) => readFile(path, signal, opened),
    isUnchanged: async () => opened !== undefined && (await stampOf(path).catch(() => undefined)) === opened,
  };
}

/**
 * A text of which nothing is asked any more: what is typed afterwards is in no message.
 * @param start where it begins in its document
 */
export function textSource(ref: SourceRef, text: string, start: Place = START): MessageSource {
  const whole = text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
  return { ...ref, start, read: () => once(whole), isUnchanged: () => Promise.resolve(true) };
}

/** A source that cannot be read, for a reason that is known already. */
export function unreadableSource(ref: SourceRef, reason: SourceError['reason']): MessageSource {
  return { ...ref, start: START, read: () => failing(new SourceError(reason)), isUnchanged: () => Promise.resolve(false) };
}

/**
 * Bytes as text.
 * @throws SourceError where they are no UTF-8
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SourceError({ kind: 'notUtf8' });
  }
}

async function* readFile(path: string, signal: AbortSignal, opened: string | undefined): AsyncGenerator<string> {
  // It also drops the byte order mark.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    await mustBe(path, opened);
    const file = await open(path, READ_AT_ONCE);
    const chunks: AsyncIterable<Buffer> = file.createReadStream({ highWaterMark: CHUNK_BYTES, signal });
    for await (const chunk of chunks) {
      // Asked after the piece was read and before it leaves: what was written meanwhile may be in it.
      await mustBe(path, opened);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    throw failureOf(error, signal);
  }
}

/** @throws SourceError where it is no longer the file with this stamp; NodeJS.ErrnoException where it is gone */
async function mustBe(path: string, opened: string | undefined): Promise<void> {
  if ((await stampOf(path)) !== opened) throw new SourceError({ kind: 'unreadable', detail: l10n.t('It changed while it was read.') });
}

function failureOf(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return new CancelledError();
  if (error instanceof SourceError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return new SourceError({ kind: 'notUtf8' });
  if (code === 'ENOENT') return new SourceError({ kind: 'unreadable', detail: l10n.t('It is no longer there.') });
  return new SourceError({ kind: 'unreadable', detail: code === '' ? l10n.t('It cannot be read.') : code });
}

/**
 * What tells whether a file was written since, or another one took its place.
 * @throws SourceError for what is no file: to open a pipe would wait for whoever writes into it
 * @throws NodeJS.ErrnoException where it is not there
 */
async function stampOf(path: string): Promise<string> {
  const found = await stat(path, { bigint: true });
  if (!found.isFile()) throw new SourceError({ kind: 'unreadable', detail: l10n.t('It cannot be read.') });
  const { mtimeNs, ctimeNs, ino, size } = found;
  return `${mtimeNs} ${ctimeNs} ${ino} ${size}`;
}

async function* once(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

async function* failing(error: Error): AsyncGenerator<string> {
  yield await Promise.reject<string>(error);
}
