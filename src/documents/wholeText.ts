const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A text as the editor holds it once it was opened: without a byte order mark, and with the line end most of its lines have. A carriage
 * return alone counts for the ones with two characters.
 */
export function asInEditor(text: string): string {
  const content = withoutMark(text);
  let [short, long, odd] = [0, 0, 0];
  for (const [end] of content.matchAll(/\r\n|\n|\r/g)) {
    if (end === '\n') short += 1;
    else long += 1;
    if (end === '\r') odd += 1;
  }
  const isUniform = odd === 0 && (short === 0 || long === 0);
  return isUniform ? content : content.replaceAll(/\r\n|\n|\r/g, long > short ? '\r\n' : '\n');
}

/**
 * What a text of the editor is for a service: what was opened, byte for byte, where nothing was changed but by opening it, and never
 * without the byte order mark that was there.
 */
export function asOpened(text: string, opened: string | undefined): string {
  if (opened === undefined || text === opened) return text;
  // The editor keeps a mark it found within the text to itself, and writes it again.
  const isMarked = opened.startsWith(BYTE_ORDER_MARK);
  const content = isMarked ? withoutMark(text) : text;
  if (content === asInEditor(opened)) return opened;
  return isMarked ? `${BYTE_ORDER_MARK}${content}` : text;
}

/** Whether two texts differ in nothing but white space, as where the editor lays one out anew while it saves it. */
export function isSameButSpace(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => text.replaceAll(/\s+/g, ''));
  return one === other;
}

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
