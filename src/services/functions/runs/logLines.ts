import type { ActionName } from '../../../model/functions.ts';
import { linkedAction } from '../triggers/linkedName.ts';

/** A line of an activation's log (cloudfunctions.md §6.2). */
export interface LogLine {
  /** Unix milliseconds; undefined where the line tells no time. */
  readonly atMs: number | undefined;
  /** `stdout`, `stderr`, or a word of the service; undefined where the line is not in OpenWhisk's form. */
  readonly stream: string | undefined;
  readonly text: string;
}

/** What a trigger did with one of its links, as OpenWhisk notes it down (cloudfunctions.md §6.3). */
export interface RuleLine extends ActionName {
  readonly isSuccess: boolean;
  /** Of the action's activation; undefined where none was started, or it is none. */
  readonly activationId: string | undefined;
  readonly error: string | undefined;
}

/** A place in code that a line names. Both count from 1. */
export interface CodePlace {
  /** UTF-16 code units in the line. */
  readonly start: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

const LOG_LINE = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z) +(\w{1,20}): ?(.*)$/s;

/** Of OpenWhisk, 32 hexadecimal digits. It leads to a document, and stands in its address. */
const ID = /^[\w-]{1,64}$/;

/** Reads one line; one in no known form is all text. */
export function readLogLine(line: string): LogLine {
  const [, time, stream, text] = LOG_LINE.exec(line) ?? [];
  const atMs = time === undefined ? Number.NaN : Date.parse(time);
  if (stream === undefined || text === undefined || Number.isNaN(atMs)) return { atMs: undefined, stream: undefined, text: line };
  return { atMs, stream, text };
}

/** Reads a line of a trigger's log; undefined where it is none of a link. */
export function readRuleLine(line: string): RuleLine | undefined {
  const start = line.indexOf('{');
  if (start < 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line.slice(start));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('action' in value) || typeof value.action !== 'string') return undefined;
  const action = linkedAction(value.action);
  if (action === undefined) return undefined;
  return {
    ...action,
    isSuccess: 'success' in value && value.success === true,
    activationId: 'activationId' in value && typeof value.activationId === 'string' && ID.test(value.activationId) ? value.activationId : undefined,
    error: 'error' in value && typeof value.error === 'string' ? value.error : undefined,
  };
}

/** Files of the runtimes and of libraries: no line of them is in the action's code. */
const FOREIGN = /node_modules\/|site-packages\/|\/lib\/python[\d.]*\/|\/vendor\/|(?:^|\/)nodejsAction\/|(?:^|\/)exec__\.py$|^node:/;

/** `…/index.js:3:5`, `<anonymous>:3:5`, `/action/main.go:12`. Each begins where a word does: a line without any takes linear time. */
const FRAME = /(?<![^\s():<>"'])((?:[^\s():<>"']|<anonymous>)+):(\d{1,7})(?::(\d{1,7}))?(?!\d)/g;
/** `File "…/__main__.py", line 2` (Python). */
const PYTHON_FRAME = /File "([^"]{1,300})", line (\d{1,7})/g;
/** `in /action/index.php on line 3`, `/action/index.php(3)` (PHP). */
const PHP_FRAME = /(?<![^\s()"'])([^\s()"']{1,300}\.php)(?: on line |\()(\d{1,7})/g;
/** Lines longer than this are no stack trace. */
const MAX_LINE = 2_000;

/**
 * Places of the action's code that a line of a stack trace names.
 * @param extension of the code's file, without the dot, e.g. `js`
 */
export function codePlaces(line: string, extension: string): readonly CodePlace[] {
  if (line.length > MAX_LINE) return [];
  const pattern = extension === 'py' ? PYTHON_FRAME : extension === 'php' ? PHP_FRAME : FRAME;
  return [...line.matchAll(pattern)].flatMap(({ 0: text, 1: file = '', 2: row = '', 3: column, index }): CodePlace[] => {
    if (!isOwn(file, extension)) return [];
    return [{ start: index, length: text.length, line: Math.max(1, Number(row)), column: Math.max(1, Number(column ?? 1)) }];
  });
}

function isOwn(file: string, extension: string): boolean {
  const path = file.replaceAll('\\', '/');
  if (FOREIGN.test(path)) return false;
  if (path === '<anonymous>' || path === '<string>' || path === 'exec' || path === '<stdin>') return true;
  const isModule = extension === 'js' && /\.[cm]js$/.test(path);
  return isModule || path.endsWith(`.${extension}`);
}
