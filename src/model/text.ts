/** Longest text of a service that is shown or logged. */
const MAX_DETAIL_LENGTH = 500;

/** Only this much of a page is looked at: a title and a sentence stand at its start. */
const MAX_SOURCE_LENGTH = 8_192;

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&nbsp;': ' ',
};

/**
 * A service's words as plain text: tags, scripts and styles removed, white space and control characters made one space,
 * at most {@link MAX_DETAIL_LENGTH} characters. Messages of Cloud Functions hold HTML (cloudfunctions.md §1.4), and a
 * proxy answers with whole pages. `undefined` when nothing is left.
 */
export function plainText(text: string, maxLength = MAX_DETAIL_LENGTH): string | undefined {
  const plain = text
    .slice(0, MAX_SOURCE_LENGTH)
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<\/?[a-z!?][^<>]*(>|$)/gi, ' ')
    .replace(/&(?:amp|lt|gt|quot|apos|nbsp|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .toWellFormed()
    .trim();
  return plain === '' ? undefined : shortened(plain, maxLength);
}

/** A text of at most so many characters: a longer one ends with "…". */
export function shortened(text: string, maxLength = MAX_DETAIL_LENGTH): string {
  if (text.length <= maxLength) return text;
  const characters = Array.from(text);
  return characters.length <= maxLength ? text : `${characters.slice(0, maxLength - 1).join('')}…`;
}
