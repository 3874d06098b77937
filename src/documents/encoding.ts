const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A text as bytes. One with more than ASCII begins with a byte order mark: the editor reads a file in the encoding of the user's
 * settings (EUC-KR, Shift JIS) unless the file itself says that it is UTF-8.
 */
export function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(/^[\0-\x7f]*$/.test(text) ? text : `${BYTE_ORDER_MARK}${text}`);
}

/** The text of bytes; undefined where they are not UTF-8. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
