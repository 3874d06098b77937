import * as l10n from '@vscode/l10n';

import type { Stage } from '../../model/account.ts';
import { stageBadge, stageName } from '../../model/accountWords.ts';
import { CloudError } from '../../model/cloudError.ts';
import { type Formatter, isOne } from '../../model/format.ts';
import { problemOf, problemText } from '../../model/problem.ts';
import type { Place } from '../../sending/message.ts';
import type { FailureNote, IndexRange, StopReason } from '../../sending/recording.ts';
import type { SourceRef } from '../../sending/source.ts';
import { type Cell, visible } from './reportText.ts';

/** How many of something long are named. */
const MAX_NAMES = 8;

/** "1 byte", "34 bytes", "1.2 KiB (1,234 bytes)" */
export function bytesText(format: Formatter, bytes: number): string {
  if (isOne(bytes)) return l10n.t('{0} byte', format.count(bytes));
  const text = l10n.t('{0} bytes', format.count(bytes));
  return bytes < 1024 ? text : l10n.t('{0} ({1})', format.bytes(bytes), text);
}

/** "12,480 messages" */
export function messagesText(format: Formatter, count: number): string {
  return isOne(count) ? l10n.t('{0} message', format.count(count)) : l10n.t('{0} messages', format.count(count));
}

/** "Messages 501–1,000 of 1,001", "1 message" */
export function pageText({ before, count, total }: { readonly before: number; readonly count: number; readonly total: number }, format: Formatter): string {
  if (total === 1) return messagesText(format, total);
  return l10n.t('Messages {0}–{1} of {2}', format.count(before + 1), format.count(before + count), format.count(total));
}

/** Time in whole seconds; below ten of them with tenths, so that count and rate agree. */
export function timeSpent(ms: number, format: Formatter): string {
  if (ms >= 10_000) return format.duration(ms);
  return l10n.t('{0} s', new Intl.NumberFormat(format.locale, { maximumFractionDigits: 1 }).format(Math.floor(ms / 100) / 10));
}

/** "PROD · Production" */
export function stageText(stage: Stage): string {
  return `${stageBadge(stage)} · ${stageName(stage)}`;
}

/** A place in a source, leading there: `orders.json:12`, with its column where that matters. */
export function placeCell(source: SourceRef | undefined, place: Place, detail: 'line' | 'column' = 'line'): Cell {
  const where = detail === 'line' ? String(place.line) : `${place.line}:${place.column}`;
  if (source === undefined) return where;
  return { text: `${visible(source.name)}:${where}`, uri: source.uri, place };
}

/** The sources, each leading to where what is sent of it begins. */
export function sourceCells(sources: readonly SourceRef[], format: Formatter): readonly Cell[] {
  const cells = sources.slice(0, MAX_NAMES).flatMap((source, n): readonly Cell[] => {
    const { name, uri, range, only } = source;
    const cell: Cell = { text: visible(name), uri, place: range?.start ?? { line: 1, column: 1 } };
    const part = only === undefined ? rangeText(range) : l10n.t('message {0}', format.count(only + 1));
    return [...(n === 0 ? [] : [', ']), cell, ...(part === undefined ? [] : [` (${part})`])];
  });
  const more = sources.length - MAX_NAMES;
  return more > 0 ? [...cells, ', ', l10n.t('and {0} more', format.count(more))] : cells;
}

function rangeText(range: SourceRef['range']): string | undefined {
  if (range === undefined) return undefined;
  const { start, end } = range;
  return start.line === end.line ? l10n.t('line {0}', start.line) : l10n.t('lines {0}–{1}', start.line, end.line);
}

/** "1–11, 13, 20–9,999", as numbers of messages, which count from 1. */
export function rangesText(ranges: readonly IndexRange[], format: Formatter, max: number): string {
  const texts = ranges.slice(0, max).map(([from, end]) => (
    end - from === 1 ? format.count(end) : `${format.count(from + 1)}–${format.count(end)}`
  ));
  const more = ranges.length - texts.length;
  return [...texts, ...(more > 0 ? [l10n.t('and {0} more', format.count(more))] : [])].join(', ');
}

/** Why a message did not arrive for certain: the status, the service's code and what they mean. */
export function failureText(note: FailureNote): string {
  const { kind, status, code } = note;
  const words = kind === 'cancelled' ? l10n.t('Sending was cancelled before an answer came.') : problemOf(errorOf(kind, note))?.message ?? kind;
  return visible([status === undefined ? undefined : `HTTP ${status}`, code, words].filter((part) => part !== undefined && part !== '').join(' · '));
}

/** What stands at the line of a message that was refused. */
export function refusedText(index: number, note: FailureNote | undefined): string {
  return note === undefined ? l10n.t('Message {0} was refused.', index + 1) : l10n.t('Message {0} was refused: {1}', index + 1, failureText(note));
}

/** Why a run ended before its last message, and what to do. */
export function stopText(reason: StopReason, accountName: string): string {
  if (reason === 'cancelled' || reason.kind === 'cancelled') return l10n.t('Cancelled.');
  const brokenHere = placeText(reason);
  if (brokenHere !== undefined) return brokenHere;
  const problem = problemOf(errorOf(reason.kind, reason), { accountName });
  return visible([problem === undefined ? reason.kind : problemText(problem), problem?.detail].filter((part) => part !== undefined).join(' · '));
}

/** What broke on this machine and ended a run; `undefined` where it was the service, or the way to it. */
export function placeText({ at }: Pick<FailureNote, 'at'>): string | undefined {
  if (at === undefined) return undefined;
  return at === 'source' ? l10n.t('What is sent could not be read to its end, or is not what was planned.') : l10n.t('The journal could not be written.');
}

/** Whether it arrived is said by the outcome, so the words leave it out. */
function errorOf(kind: Exclude<FailureNote['kind'], 'cancelled'>, { status, code, detail }: FailureNote): CloudError {
  return new CloudError(kind, {
    operation: 'send',
    mayHaveArrived: false,
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
  });
}

/** A moment in the zone of this computer, which it names. */
export function timeText(ms: number, format: Formatter): string {
  return new Intl.DateTimeFormat(format.locale, {
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short',
  }).format(ms);
}
