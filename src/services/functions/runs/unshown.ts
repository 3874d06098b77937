/** Characters that a line cannot hold, or that turn it around; tab and line feed are none. */
const UNSHOWN = /[\0-\x08\x0B-\x1F\x7F-\x9F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g;

/** A text that a function or the service wrote, with what would move the cursor, break a line or turn it around as something that is seen. */
export function withoutUnshown(text: string): string {
  return text.replace(UNSHOWN, pictureOf);
}

/** Unicode has pictures for the control characters, from U+2400 on; other marks stand as their escape. */
function pictureOf(mark: string): string {
  const code = mark.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : `\\u${code.toString(16).padStart(4, '0')}`;
}
