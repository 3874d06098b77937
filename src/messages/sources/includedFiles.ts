import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';

import { decodeText, READ_AT_ONCE } from './fileSource.ts';
import type { FileAnswer } from './readInputs.ts';

/** Largest file that a message takes in: no message is larger. */
const MAX_BYTES = 1_048_576;

/**
 * The text of a file that a message names, where it is in the folder it may come from: its real place counts, so no link leads out.
 * @param path as the document has it, relative to the document's folder
 * @param documentFolder absolute
 * @param root the workspace's folder the document is in, or the document's own
 */
export async function includedFile(path: string, documentFolder: string, root: string): Promise<FileAnswer> {
  // No path has a zero byte, and the file system would throw for it.
  if (path.includes('\0')) return { issue: 'fileNotFound' };
  const wanted = resolve(documentFolder, path);
  if (!isWithin(wanted, root)) return { issue: 'fileOutside' };
  let real: string;
  try {
    real = await realpath(wanted);
    if (!isWithin(real, await realpath(root))) return { issue: 'fileOutside' };
  } catch {
    return { issue: 'fileNotFound' };
  }
  return readBounded(real);
}

async function readBounded(path: string): Promise<FileAnswer> {
  try {
    // Asked before it is opened: a pipe would wait for whoever writes into it.
    if (!(await stat(path)).isFile()) return { issue: 'fileNotFound' };
    const file = await open(path, READ_AT_ONCE);
    try {
      if (!(await file.stat()).isFile()) return { issue: 'fileNotFound' };
      const bytes = await readAtMost(file, MAX_BYTES + 1);
      return bytes.length > MAX_BYTES ? { issue: 'fileNotFound' } : { text: decodeText(bytes) };
    } finally {
      await file.close();
    }
  } catch {
    return { issue: 'fileNotFound' };
  }
}

/** The beginning of a file; a file system may give less at a time than it is asked for. */
async function readAtMost(file: FileHandle, most: number): Promise<Buffer> {
  const buffer = Buffer.alloc(most);
  let length = 0;
  while (length < most) {
    const { bytesRead } = await file.read(buffer, length, most - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** Whether a path is below a folder; both absolute. */
export function isWithin(path: string, folder: string): boolean {
  const from = relative(folder, path);
  return from !== '' && from !== '..' && !from.startsWith(`..${sep}`) && !isAbsolute(from);
}
