import * as l10n from '@vscode/l10n';

import { type Account } from '../../../model/account.ts';
import { stageBadge, stageName } from '../../../model/accountWords.ts';
import { type Formatter, oneLine } from '../../../model/format.ts';
import { type ActivationDetail, DEFAULT_PACKAGE } from '../../../model/functions.ts';
import { writeJson } from '../../../model/json.ts';
import { linkedAction, linkedText } from '../triggers/linkedName.ts';
import { koreanClock } from './koreanClock.ts';
import { codePlaces, readLogLine, readRuleLine } from './logLines.ts';
import type { RunAddress } from './runAddress.ts';
import type { ActionFacts, RunRecord } from './runStore.ts';
import { statusLook } from './runWords.ts';
import { momentText } from './times.ts';
import { withoutUnshown } from './unshown.ts';

/** Where a stretch of a line leads: into the action's code, or to another activation. */
interface RunLink {
  /** Line of the document, from 0. */
  readonly row: number;
  /** UTF-16 code units on that line. */
  readonly start: number;
  readonly length: number;
  readonly target: { readonly line: number; readonly column: number } | RunAddress;
}

/** An activation as it is shown. */
export interface RunRendering {
  readonly text: string;
  readonly links: readonly RunLink[];
}

/** What an activation's document shows. */
export interface RunView {
  readonly record: RunRecord;
  /** Undefined where it is not here any more. */
  readonly account: Account | undefined;
  /** Undefined for a trigger, and until the action was read. */
  readonly facts: ActionFacts | undefined;
  /** Of the action's code, without the dot; undefined where that cannot be opened. */
  readonly extension: string | undefined;
  readonly format: Formatter;
}

/** JSON of more characters is cut: the editor shows no line that long, and the service's own bound is 1 MB (cloudfunctions.md §10.2). */
const MAX_RESULT = 2_000_000;
/** `JSON.rawJSON`, which Node has had since version 21. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

/** An activation as a document: how it ended, its result, its logs. */
export function runRendering(view: RunView): RunRendering {
  const { record: { detail, address }, format } = view;
  const writer = new Writer(view.extension);
  writer.line(titleOf(view));
  writer.line();
  writer.fields(headRows(view));
  writer.line();
  for (const note of notesOf(view)) writer.line(`! ${note}`);
  if (detail === undefined) return writer.done();
  if (notesOf(view).length > 0) writer.line();
  writer.line(`## ${l10n.t('Result')}`);
  writer.line();
  writer.body(resultText(detail.result));
  writer.line();
  if (address.pkg === undefined) writeStarted(writer, detail, address);
  else writeLogs(writer, view, detail, address, format);
  return writer.done();
}

function titleOf({ record: { detail, state, address }, format }: RunView): string {
  const outcome = detail === undefined ? (state === 'running' ? l10n.t('Running') : l10n.t('Not known')) : statusLook(detail.status).words;
  const time = detail?.durationMs === undefined || address.pkg === undefined ? undefined : format.duration(detail.durationMs);
  return `# ${[outcome, oneLine(address.name), time].filter((part) => part !== undefined).join(' · ')}`;
}

function packageText(pkg: string): string {
  return pkg === DEFAULT_PACKAGE ? l10n.t('- (no package)') : oneLine(pkg);
}

/** What is said while the service has not written an activation down (cloudfunctions.md §6.2). */
export function notThereText(): string {
  return l10n.t('The service has no record of this run yet. That takes up to a minute after it has ended.');
}

type Row = readonly [label: string, value: string | undefined];

function headRows({ record: { detail, address, source }, account, facts, format }: RunView): readonly Row[] {
  const { pkg, name, activationId, region } = address;
  const isTrigger = pkg === undefined;
  return [
    [isTrigger ? l10n.t('Trigger') : l10n.t('Action'), oneLine(name)],
    [l10n.t('Package'), isTrigger ? undefined : packageText(pkg)],
    [l10n.t('Account'), account === undefined ? undefined : oneLine(account.name)],
    [l10n.t('Stage'), account === undefined ? undefined : `${stageBadge(account.lane.stage)} · ${stageName(account.lane.stage)}`],
    [l10n.t('Region'), region],
    [l10n.t('Status'), detail?.status === undefined ? undefined : oneLine(detail.status)],
    [isTrigger ? l10n.t('Fired') : l10n.t('Started'), detail?.startMs === undefined ? undefined : momentText(detail.startMs, format)],
    [l10n.t('Duration'), detail?.durationMs === undefined || isTrigger ? undefined : format.duration(detail.durationMs)],
    [l10n.t('Time limit'), facts?.timeoutMs === undefined ? undefined : format.duration(facts.timeoutMs)],
    [l10n.t('Memory limit'), facts?.memoryMb === undefined ? undefined : l10n.t('{0} MB', format.count(facts.memoryMb))],
    [l10n.t('Runtime'), facts?.runtime === undefined ? undefined : oneLine(facts.runtime)],
    [l10n.t('Parameters'), source === undefined ? undefined : oneLine(source)],
    [l10n.t('Activation'), oneLine(activationId)],
  ];
}

function notesOf({ record: { detail, state, note }, facts }: RunView): readonly string[] {
  const isWeb = facts?.type === 'web' || facts?.type === 'sequence-web';
  return [
    ...(state === 'running' && note === undefined ? [detail === undefined ? notThereText() : ''] : []),
    ...(note === undefined ? [] : [oneLine(note)]),
    // cloudfunctions.md §5.5
    ...(isWeb ? [l10n.t('This is a web action: a run from here leaves out its HTTP handling. A call through API Gateway includes it.')] : []),
  ].filter((text) => text !== '');
}

function resultText(result: unknown): string {
  if (result === undefined) return l10n.t('None.');
  const text = jsonOf(result);
  return text.length <= MAX_RESULT ? text : `${text.slice(0, MAX_RESULT).toWellFormed()}…`;
}

/** Each level takes some of the stack: less where nothing is indented. */
function jsonOf(result: unknown): string {
  for (const write of [indented, writeJson]) {
    try {
      return write(result);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return l10n.t('It is nested too deeply to be shown here.');
}

function indented(result: unknown): string {
  return JSON.stringify(result, (_key, item: unknown) => (typeof item === 'bigint' ? rawJSON(String(item)) : item), 2);
}

function writeLogs(writer: Writer, { record: { state }, facts }: RunView, { logs }: ActivationDetail, address: RunAddress, format: Formatter): void {
  const components = facts?.components ?? [];
  if (components.length > 0 && logs.length > 0 && logs.every((line) => /^[0-9a-f]{32}$/.test(line))) {
    writeSteps(writer, logs, components, address, format);
    return;
  }
  writer.line(`## ${l10n.t('Logs, in Korean time')}`);
  writer.line();
  if (logs.length === 0) {
    writer.line(state === 'complete' ? l10n.t('It wrote nothing.') : l10n.t('Logs are not there yet. The service has them about 30 seconds after a run.'));
    return;
  }
  for (const line of logs) {
    const { atMs, stream, text } = readLogLine(line);
    const start = atMs === undefined || stream === undefined ? '' : `${koreanClock(atMs)}  ${stream.padEnd(6)}  `;
    writer.body(text, start);
  }
}

/** The logs of a sequence are the ids of what it ran (OpenWhisk); one that failed ends it. */
function writeSteps(writer: Writer, ids: readonly string[], components: readonly string[], address: RunAddress, format: Formatter): void {
  writer.line(`## ${l10n.t('Steps')}`);
  writer.line();
  components.forEach((component, n) => {
    const id = ids[n];
    const label = `${format.count(n + 1)}. ${oneLine(component)}  `;
    const action = linkedAction(component);
    if (id === undefined) writer.line(`${label}${l10n.t('not run')}`);
    else if (action === undefined) writer.line(`${label}${id}`);
    else writer.leading(label, id, { ...address, ...action, activationId: id });
  });
}

/** A trigger's log says what it started (cloudfunctions.md §6.3). */
function writeStarted(writer: Writer, { logs }: ActivationDetail, address: RunAddress): void {
  writer.line(`## ${l10n.t('Started actions')}`);
  writer.line();
  if (logs.length === 0) writer.line(l10n.t('None.'));
  for (const line of logs) {
    const rule = readRuleLine(line);
    if (rule === undefined) {
      writer.body(line);
      continue;
    }
    const { pkg, name, activationId, isSuccess, error } = rule;
    const label = `${oneLine(linkedText(rule))}  ${isSuccess ? l10n.t('started') : l10n.t('not started')}  `;
    if (activationId === undefined) writer.line(`${label}${error === undefined ? '' : oneLine(error)}`);
    else writer.leading(label, activationId, { ...address, pkg, name, activationId });
  }
}

/** Collects the lines of an activation's document and where they lead. */
class Writer {
  readonly #lines: string[] = [];
  readonly #links: RunLink[] = [];
  readonly #extension: string | undefined;

  constructor(extension: string | undefined) {
    this.#extension = extension;
  }

  /** One line; nothing in it may hold a line break. */
  line(text = ''): void {
    this.#lines.push(text);
  }

  fields(rows: readonly Row[]): void {
    const said = rows.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const]));
    const width = Math.max(0, ...said.map(([label]) => columnsOf(label)));
    for (const [label, value] of said) this.line(`${label}:${' '.repeat(width - columnsOf(label) + 2)}${value}`);
  }

  /** A line that ends with a link. */
  leading(label: string, text: string, target: RunAddress): void {
    this.#links.push({ row: this.#lines.length, start: label.length, length: text.length, target });
    this.line(`${label}${text}`);
  }

  /** A text of the function's own: its lines as they are, with places of its code as links. @param first stands before its first line */
  body(text: string, first = ''): void {
    withoutUnshown(text.replaceAll('\r\n', '\n')).split('\n').forEach((line, n) => {
      const before = n === 0 ? first : ' '.repeat(first.length);
      if (this.#extension !== undefined) {
        for (const { start, length, line: row, column } of codePlaces(line, this.#extension)) {
          this.#links.push({ row: this.#lines.length, start: before.length + start, length, target: { line: row, column } });
        }
      }
      this.line(`${before}${line}`);
    });
  }

  done(): RunRendering {
    return { text: `${this.#lines.join('\n').trimEnd()}\n`, links: this.#links };
  }
}

/** Characters that take two columns in a fixed font. */
const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/g;

function columnsOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}
