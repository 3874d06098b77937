import { open, type FileHandle } from 'node:fs/promises';

/** Read at a time. */
const BLOCK_BYTES = 1_048_576;

/**
 * No line of ours is longer: a value of a mebibyte, each byte of it an escape, stays below, and a run whose header would not is not begun.
 * What is longer is skipped, whatever it is.
 */
export const MAX_LINE_BYTES = 67_108_864;

const LINE_FEED = 0x0a;

/** Some whole lines of a file: each ends with its line break. */
export interface Lines {
  /** Good until the next lines are asked for. */
  readonly bytes: Buffer;
  /** Where they end in the file. */
  readonly end: number;
}

/**
 * The lines of a file in their order, many at a time; a last line without its line break is none. Lines that are skipped count for where
 * the others end.
 * @throws NodeJS.ErrnoException
 */
export async function* readLines(path: string): AsyncGenerator<Lines, void> {
  const file = await open(path, 'r');
  try {
    yield* linesOf(file);
  } finally {
    await file.close();
  }
}

async function* linesOf(file: FileHandle): AsyncGenerator<Lines, void> {
  let buffer = Buffer.allocUnsafe(BLOCK_BYTES);
  let held = 0;
  let position = 0;
  let isSkipping = false;
  for (;;) {
    if (held === buffer.length) {
      isSkipping ||= buffer.length >= MAX_LINE_BYTES;
      if (isSkipping) held = 0;
      else buffer = Buffer.concat([buffer], buffer.length * 2);
    }
    const { bytesRead } = await file.read(buffer, held, buffer.length - held, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    const filled = held + bytesRead;
    // Nothing before what came now holds a line break.
    const last = buffer.subarray(held, filled).lastIndexOf(LINE_FEED);
    const whole = last < 0 ? 0 : held + last + 1;
    if (whole > 0) {
      const start = isSkipping ? buffer.indexOf(LINE_FEED) + 1 : 0;
      isSkipping = false;
      yield { bytes: buffer.subarray(start, whole), end: position - (filled - whole) };
    }
    buffer.copyWithin(0, whole, filled);
    held = filled - whole;
  }
}

/** The lines in some bytes, without their breaks. */
export function* eachLine(bytes: Buffer): Generator<Buffer, void> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, start);
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}

/** The first line of a file; undefined where there is none. @throws NodeJS.ErrnoException */
export async function firstLine(path: string): Promise<string | undefined> {
  for await (const { bytes } of readLines(path)) {
    return bytes.toString('utf8', 0, bytes.indexOf(LINE_FEED));
  }
  return undefined;
}

/** Longest last line that is looked for from the end. */
const TAIL_BYTES = 8_192;

/** The last line of a file that ends with a line break; undefined where it does not, or the line is a long one. @throws NodeJS.ErrnoException */
export async function lastLine(path: string, size: number): Promise<string | undefined> {
  const file = await open(path, 'r');
  try {
    const length = Math.min(size, TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    if (bytesRead === 0 || buffer[bytesRead - 1] !== LINE_FEED) return undefined;
    const start = bytesRead < 2 ? -1 : buffer.lastIndexOf(LINE_FEED, bytesRead - 2);
    return start < 0 && size > length ? undefined : buffer.toString('utf8', start + 1, bytesRead - 1);
  } finally {
    await file.close();
  }
}
