import type { IssueReason } from '../message.ts';
import type { Wanted } from './answers.ts';
import { momentOf } from './moment.ts';
import { integerOf, randomHex, uuidOf } from './randomness.ts';
import type { Scope } from './scope.ts';
import { likelyNames } from './suggestions.ts';

interface BuiltIn {
  /** How it is written, for those who wrote it otherwise. */
  readonly usage: string;
  /** Its text, or `undefined` where it does not take these arguments. */
  readonly make: (words: readonly string[], scope: Scope) => string | undefined;
}

/** Up to 20 digits: every 64-bit number, signed or not. */
const WHOLE = /^-?\d{1,20}$/;

/** JSON's own (RFC 8259 §6). */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** How a variable that is a bare number is written: it is all of a string of a JSON value. */
const NUMBER_USAGE = '"{{number counter}}"';

const BUILT_INS: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ['uuid', { usage: '{{uuid}}', make: (words, scope) => (words.length === 0 ? uuidOf(draw('uuid', scope)) : undefined) }],
  ['now', { usage: '{{now}}, {{now -15m}}, {{now +09:00}}, {{now epoch}}', make: (words, { job }) => momentOf(words, job.nowMs) }],
  ['counter', { usage: '{{counter}}, {{counter 1000}}', make: counter }],
  ['randomInt', { usage: '{{randomInt 1 100}}', make: randomInt }],
]);

/** Words that cannot be names of variables in the workspace's file. */
export const TAKEN_NAMES: ReadonlySet<string> = new Set([...BUILT_INS.keys(), 'number', 'env', 'file']);

/**
 * What a variable stands for.
 * @param written what stands between the braces
 */
export function textOfVariable(written: string, scope: Scope): string | IssueReason {
  const text = written.trim();
  if (text.startsWith('env:')) return answer({ wanted: 'env', name: text.slice(4).trim(), sourceUri: scope.sourceUri }, '{{env:NAME}}', scope);
  if (text.startsWith('file:')) return answer({ wanted: 'file', name: text.slice(5).trim(), sourceUri: scope.sourceUri }, '{{file:path.json}}', scope);
  const [name = '', ...words] = text.split(/\s+/);
  const builtIn = BUILT_INS.get(name);
  if (builtIn !== undefined) return builtIn.make(words, scope) ?? bad(text, builtIn.usage);
  if (name === 'number') return bad(text, NUMBER_USAGE);
  const { variables, answers } = scope;
  const likely = (): readonly string[] => likelyNames(name, [...TAKEN_NAMES, ...variables.keys()]);
  return variables.get(text) ?? { kind: 'unknownVariable', name, known: answers.likelyOf(name, likely) };
}

/** What `{{number …}}` stands for, given what stands behind that word: the text of a JSON number. */
export function numberOfVariable(written: string, scope: Scope): string | IssueReason {
  const text = textOfVariable(written, scope);
  if (typeof text !== 'string' || NUMBER.test(text)) return text;
  return bad(`number ${written.trim()}`, NUMBER_USAGE);
}

function answer(wanted: Wanted, usage: string, { answers }: Scope): string | IssueReason {
  return wanted.name === '' ? bad(`${wanted.wanted}:`, usage) : answers.of(wanted);
}

function bad(text: string, usage: string): IssueReason {
  return { kind: 'badVariable', text: `{{${text}}}`, usage };
}

function counter(words: readonly string[], { index }: Scope): string | undefined {
  const [first = '1', ...others] = words;
  return others.length === 0 && WHOLE.test(first) ? String(BigInt(first) + BigInt(index)) : undefined;
}

function randomInt(words: readonly string[], scope: Scope): string | undefined {
  const [low = '', high = '', ...others] = words;
  if (others.length > 0 || !WHOLE.test(low) || !WHOLE.test(high) || BigInt(low) > BigInt(high)) return undefined;
  return String(integerOf(draw('int', scope), BigInt(low), BigInt(high)));
}

function draw(what: string, scope: Scope): string {
  return randomHex(scope.job.seed, what, scope.index, scope.nextDraw());
}
