import { JsonTokens } from '../reading/jsonTokens.ts';
import type { IssueReason } from '../message.ts';
import type { Flaw } from '../reading/places.ts';
import { numberOfVariable, textOfVariable } from './builtIns.ts';
import type { Scope } from './scope.ts';

/** A text with its variables resolved, or what is in the way; offsets count from the start of the text that was given. */
export type Resolved = string | Flaw<IssueReason>;

const OPEN = '{{';
const CLOSE = '}}';

/** Longer than any name or path: braces so far from each other are not a variable's. */
const MAX_LENGTH = 5000;

/** How a text is written that variables stand in. */
interface Writing {
  /** Before `{{`, it says that these are braces and nothing else. */
  readonly escape: string;
  readonly read: (written: string) => string;
  readonly write: (text: string) => string;
}

const PLAIN: Writing = { escape: '\\', read: (written) => written, write: (text) => text };
const IN_JSON: Writing = {
  escape: '\\\\',
  read: (written) => JSON.parse(`"${written}"`) as string,
  write: (text) => JSON.stringify(text).slice(1, -1),
};

/** Whether a text can have variables at all: one that cannot is never looked at again. */
export function mayHaveVariables(text: string): boolean {
  return text.includes(OPEN);
}

/** Resolves the variables of a text that is no JSON. */
export function resolveText(text: string, scope: Scope): Resolved {
  return resolveStretch(text, PLAIN, scope);
}

/**
 * Resolves the variables in the strings of a JSON text, names of properties included; all else stays as it stands. What is inserted is
 * escaped, so that the text stays JSON.
 */
export function resolveJson(json: string, scope: Scope): Resolved {
  const tokens = new JsonTokens(json);
  let resolved = '';
  let copied = 0;
  while (!tokens.is('')) {
    const { start, end, mark } = tokens;
    tokens.next();
    if (mark !== '"' || !mayHaveVariables(json.slice(start, end))) continue;
    const isName = tokens.is(':');
    const text = resolveToken(json.slice(start, end), isName ? undefined : bareNumber, scope);
    if (typeof text !== 'string') return { ...text, offset: start + text.offset };
    resolved += json.slice(copied, start) + text;
    if (resolved.length > scope.maxLength) return tooLarge(resolved, { offset: start, length: end - start }, scope);
    copied = end;
  }
  return resolved + json.slice(copied);
}

function resolveToken(token: string, bare: typeof bareNumber | undefined, scope: Scope): Resolved {
  const number = bare?.(token, scope);
  if (number !== undefined) return number;
  const text = resolveStretch(token.slice(1, -1), IN_JSON, scope);
  return typeof text === 'string' ? `"${text}"` : { ...text, offset: text.offset + 1 };
}

/** `"{{number …}}"` as a number without quotes; `undefined` where the string is something else. */
function bareNumber(token: string, scope: Scope): Resolved | undefined {
  if (!token.startsWith(`"${OPEN}`) || token.indexOf(CLOSE) !== token.length - CLOSE.length - 1) return undefined;
  const written = IN_JSON.read(token.slice(OPEN.length + 1, -CLOSE.length - 1)).trim();
  if (!/^number\s/.test(written)) return undefined;
  const text = numberOfVariable(written.slice('number'.length), scope);
  return typeof text === 'string' ? text : { offset: 1, length: token.length - 2, reason: text };
}

function resolveStretch(text: string, writing: Writing, scope: Scope): Resolved {
  const { escape } = writing;
  let resolved = '';
  let from = 0;
  for (let open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
    if (open >= escape.length && text.startsWith(escape, open - escape.length)) {
      resolved += text.slice(from, open - escape.length) + OPEN;
      from = open + OPEN.length;
      continue;
    }
    const close = text.indexOf(CLOSE, open + OPEN.length);
    const written = text.slice(open + OPEN.length, Math.max(close, 0));
    if (close < 0 || written.length > MAX_LENGTH || /\{\{|[\r\n]/.test(written)) return { offset: open, length: OPEN.length, reason: { kind: 'variableNotClosed' } };
    const value = textOfVariable(writing.read(written), scope);
    if (typeof value !== 'string') return { offset: open, length: close + CLOSE.length - open, reason: value };
    resolved += text.slice(from, open) + writing.write(value);
    from = close + CLOSE.length;
    if (resolved.length > scope.maxLength) return tooLarge(resolved, { offset: open, length: from - open }, scope);
  }
  return resolved + text.slice(from);
}

/** What is inserted again and again would fill the memory: it is told as soon as it is certain. */
function tooLarge(resolved: string, at: Omit<Flaw<IssueReason>, 'reason'>, { maxValueBytes }: Scope): Flaw<IssueReason> {
  return { ...at, reason: { kind: 'tooLarge', bytes: Buffer.byteLength(resolved), maxBytes: maxValueBytes } };
}
