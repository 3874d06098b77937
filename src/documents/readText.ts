import { format } from 'jsonc-parser';

/** `JSON` with the method it has had since Node 21. */
const { rawJSON } = JSON as typeof JSON & { readonly rawJSON: (text: string) => unknown };

/** Anything of the model as JSON for people; 64-bit numbers keep every digit. */
export function viewText(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? rawJSON(String(part)) : part), 2) as string | undefined;
  return `${text ?? 'null'}\n`;
}

/**
 * A service's answer for people: with line breaks and indented where it is JSON, as it came where it is not. Nothing is
 * parsed and written again: numbers, escapes and doubled keys stand as the service wrote them.
 */
export function rawText(answer: string): string {
  if (!isJson(answer)) return answer;
  const edits = format(answer, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' });
  let text = '';
  let at = 0;
  for (const { offset, length, content } of edits.toSorted((a, b) => a.offset - b.offset)) {
    text += answer.slice(at, offset) + content;
    at = offset + length;
  }
  return `${(text + answer.slice(at)).trim()}\n`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
