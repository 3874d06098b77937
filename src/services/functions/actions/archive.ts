import { crc32, inflateRawSync } from 'node:zlib';

import * as l10n from '@vscode/l10n';

import { ProblemError } from '../../../model/problem.ts';

/** A file of an archive. */
export interface ArchiveEntry {
  /** Relative, with `/` between its folders. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Files of one archive: more is no action somebody wrote. */
export const MAX_ENTRIES = 20_000;
/** All files of an archive together, unpacked; bytes. An archive of 38 MB that grows beyond it was made to. */
export const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_RECORD = 0x06054b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
/** A comment may follow the end record. */
const MAX_COMMENT_BYTES = 0xffff;
const STORED = 0;
const DEFLATED = 8;
/** Stands in for a size or a place that only ZIP64 can hold. */
const ZIP64 = 0xffffffff;
/** `-rw-r--r--` of a plain file, as Unix archives keep it: without it some tools unpack files nobody can read. */
const PLAIN_FILE = 0o100644 << 16;
const UNIX = 3;
const PROTOTYPE = '__proto__';

/** Makes an archive. The same files give the same bytes, in whatever order, time zone or year. @throws ProblemError where a name cannot be packed */
export async function zipEntries(entries: readonly ArchiveEntry[]): Promise<Uint8Array> {
  const { zipSync } = await import('fflate');
  // The library keeps files by name in an object, where this is no name.
  if (entries.some(({ path }) => path === PROTOTYPE)) throw refused(l10n.t('A file named "{0}" cannot be packed: rename it, or leave it out.', PROTOTYPE));
  // The format keeps local time: this is the same wherever it is made, and the earliest there is.
  const mtime = new Date(1980, 0, 1);
  const sorted = entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const files = Object.fromEntries(sorted.map(({ path, bytes }) => [path, bytes]));
  return zipSync(files, { mtime, level: 6, os: UNIX, attrs: PLAIN_FILE });
}

/** Whether bytes begin as an archive does (jar files are some, too). */
export function isArchive(bytes: Uint8Array): boolean {
  // An archive without a file begins with its end.
  return bytes.length >= END_BYTES && bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));
}

/**
 * Files of an archive, in its order; folders are left out.
 * @throws ProblemError where it is damaged, encrypted, in ZIP64, too large, or names a file outside of its folder
 */
export function unzipEntries(archive: Uint8Array): readonly ArchiveEntry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const heads = readDirectory(archive, view);
  const total = heads.reduce((sum, { size }) => sum + size, 0);
  if (heads.length > MAX_ENTRIES || total > MAX_UNPACKED_BYTES) {
    throw refused(l10n.t('The archive is too large to unpack here: {0} files, {1} MB.', heads.length, Math.ceil(total / 1024 / 1024)));
  }
  const seen = new Set<string>();
  return heads.filter(({ path }) => !path.endsWith('/')).map((head) => {
    if (!isInside(head.path)) throw refused(l10n.t('The archive has a file outside of its folder: "{0}".', head.path.slice(0, 200)));
    if (seen.has(head.path)) throw refused(l10n.t('The archive has the file "{0}" twice.', head.path.slice(0, 200)));
    seen.add(head.path);
    return { path: head.path, bytes: contentOf(head, archive, view) };
  });
}

/** Whether a relative path stays in its folder, on any system. */
export function isInside(path: string): boolean {
  if (path === '' || /[\0\\:]/.test(path)) return false;
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

/** What the directory of an archive says of one file. */
interface Head {
  readonly path: string;
  readonly method: number;
  readonly packedSize: number;
  readonly size: number;
  readonly crc: number;
  readonly place: number;
}

function readDirectory(archive: Uint8Array, view: DataView): readonly Head[] {
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === ZIP64) throw zip64();
  const heads: Head[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_BYTES > archive.length || view.getUint32(at, true) !== CENTRAL_HEADER) throw damaged();
    const nameLength = view.getUint16(at + 28, true);
    const path = new TextDecoder().decode(archive.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength));
    heads.push(readHead(view, at, path));
    at += CENTRAL_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return heads;
}

function readHead(view: DataView, at: number, path: string): Head {
  const isEncrypted = (view.getUint16(at + 8, true) & 1) !== 0;
  if (isEncrypted) throw refused(l10n.t('The archive is encrypted: "{0}" cannot be read without its password.', path.slice(0, 200)));
  const [packedSize, size, place] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true), view.getUint32(at + 42, true)];
  if (packedSize === ZIP64 || size === ZIP64 || place === ZIP64) throw zip64();
  return { path, method: view.getUint16(at + 10, true), packedSize, size, crc: view.getUint32(at + 16, true), place };
}

/** Where the end record begins: the last one there is. */
function endOf(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = view.byteLength - END_BYTES; at >= first; at -= 1) {
    if (view.getUint32(at, true) === END_RECORD) return at;
  }
  throw damaged();
}

function contentOf({ path, method, packedSize, size, crc, place }: Head, archive: Uint8Array, view: DataView): Uint8Array {
  if (place + LOCAL_BYTES > archive.length || view.getUint32(place, true) !== LOCAL_HEADER) throw damaged();
  const start = place + LOCAL_BYTES + view.getUint16(place + 26, true) + view.getUint16(place + 28, true);
  if (start + packedSize > archive.length) throw damaged();
  const packed = archive.subarray(start, start + packedSize);
  if (method !== STORED && method !== DEFLATED) throw refused(l10n.t('"{0}" in the archive is packed in a way that cannot be unpacked here.', path.slice(0, 200)));
  const bytes = method === STORED ? packed : inflated(packed, size);
  if (bytes.length !== size || crc32(bytes) !== crc) throw damaged();
  return bytes;
}

function inflated(packed: Uint8Array, size: number): Uint8Array {
  try {
    // No more than it says of itself: what grows beyond it is damaged, or a trap.
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw damaged();
  }
}

function damaged(): ProblemError {
  return refused(l10n.t('The file is damaged, or is not an archive.'));
}

function zip64(): ProblemError {
  return refused(l10n.t('The archive is in the ZIP64 format, which is for larger files than an action can have.'));
}

function refused(message: string): ProblemError {
  return new ProblemError({ message, remedies: [] });
}
