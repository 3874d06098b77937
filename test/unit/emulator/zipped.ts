import { crc32, deflateRawSync } from 'node:zlib';

/** How an entry of a test's archive differs from a plain deflated file. */
export interface ZipEntry {
  readonly path: string;
  readonly text: string;
  readonly isStored?: boolean;
  /** Unix mode, for symbolic links. */
  readonly mode?: number;
  readonly isEncrypted?: boolean;
  /** In place of the right checksum. */
  readonly crc?: number;
  /** In place of the right unpacked size. */
  readonly size?: number;
}

/** A ZIP archive, written from PKWARE's APPNOTE and independent of the product's own. */
export function zipped(entries: readonly ZipEntry[], comment = ''): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { isStored = false, isEncrypted = false } = entry;
    const name = Buffer.from(entry.path);
    const plain = Buffer.from(entry.text);
    const data = isStored ? plain : deflateRawSync(plain);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(isEncrypted ? 1 : 0, 2);
    common.writeUInt16LE(isStored ? 0 : 8, 4);
    common.writeUInt32LE(entry.crc ?? crc32(plain), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(entry.size ?? plain.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, tail, name]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(Buffer.byteLength(comment), 16);
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06'), end, Buffer.from(comment)]);
}
