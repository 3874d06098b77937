import { crc32, inflateRawSync } from 'node:zlib';

/** One file of an archive. */
interface ArchiveFile {
  /** Relative, with `/`; never leaves the folder it is put into. */
  readonly path: string;
  readonly data: Buffer;
}

/** The archive cannot be unpacked; the message says why. */
export class ArchiveError extends Error {}

/** More than this unpacked is refused: 38 MB of code can hold gigabytes of zeros. */
const maxUnpackedBytes = 512 * 1_048_576;

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const symbolicLink = 0o120000;

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * The files of a ZIP archive, stored or deflated (PKWARE APPNOTE 6.3). Folders and symbolic links are left out.
 * @throws ArchiveError when it is not such an archive, is damaged, encrypted or too large, or when a name would leave the folder.
 */
export function unzip(archive: Buffer): readonly ArchiveFile[] {
  try {
    return read(archive);
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    throw new ArchiveError('The archive is damaged.');
  }
}

function read(archive: Buffer): readonly ArchiveFile[] {
  const files: ArchiveFile[] = [];
  let left = maxUnpackedBytes;
  for (const entry of entriesOf(archive)) {
    left -= entry.size;
    if (left < 0) throw new ArchiveError('The archive unpacks to more than 512 MB.');
    files.push({ path: entry.path, data: unpack(archive, entry) });
  }
  return files;
}

/** The central directory, found from the end: a comment of up to 64 KB may follow it. */
function entriesOf(archive: Buffer): readonly Entry[] {
  const end = archive.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end === -1 || archive.readUInt32LE(end) !== endMark) throw new ArchiveError('It is not a ZIP archive.');
  const count = archive.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(at) !== entryMark) throw new ArchiveError('The archive is damaged.');
    const nameLength = archive.readUInt16LE(at + 28);
    const path = archive.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
    if ((archive.readUInt16LE(at + 8) & 1) === 1) throw new ArchiveError('The archive is encrypted.');
    const isLink = ((archive.readUInt32LE(at + 38) >>> 16) & 0o170000) === symbolicLink;
    if (!staysInside(path)) throw new ArchiveError(`The name ${JSON.stringify(path)} leaves the folder.`);
    if (!path.endsWith('/') && !isLink) entries.push(entryAt(archive, at, path));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function entryAt(archive: Buffer, at: number, path: string): Entry {
  return {
    path,
    method: archive.readUInt16LE(at + 10),
    crc: archive.readUInt32LE(at + 16),
    packed: archive.readUInt32LE(at + 20),
    size: archive.readUInt32LE(at + 24),
    offset: archive.readUInt32LE(at + 42),
  };
}

function staysInside(path: string): boolean {
  if (path === '' || path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.includes('\0')) return false;
  return !path.split('/').includes('..');
}

function unpack(archive: Buffer, { method, crc, packed, size, offset }: Entry): Buffer {
  if (archive.readUInt32LE(offset) !== localMark) throw new ArchiveError('The archive is damaged.');
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const data = archive.subarray(start, start + packed);
  if (method !== 0 && method !== 8) throw new ArchiveError('The archive is packed by a method other than deflate.');
  // The size comes from the archive: whatever unpacks to more is damaged, or means harm.
  const unpacked = method === 0 ? data : inflateRawSync(data, { maxOutputLength: Math.max(1, size) });
  if (unpacked.length !== size || crc32(unpacked) !== crc) throw new ArchiveError('The archive is damaged.');
  return unpacked;
}
