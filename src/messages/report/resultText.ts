import * as l10n from '@vscode/l10n';

import { stageBadge } from '../../model/accountWords.ts';
import { type Formatter, isOne } from '../../model/format.ts';
import { lengthOf } from '../../sending/indexRanges.ts';
import type { RunState } from '../../sending/journal/journalStore.ts';
import type { MessageState } from '../../sending/journal/outcomes.ts';
import type { FailureNote } from '../../sending/recording.ts';
import { type Cell, type Rendering, ReportWriter, visible } from './reportText.ts';
import { type ResultPage, SINGLE_STATES } from './resultPage.ts';
import { bytesText, failureText, pageText, placeCell, rangesText, sourceCells, stageText, stopText, timeSpent, timeText } from './words.ts';

/** Ranges of one outcome that are listed; sorted by line, each message is. */
const MAX_RANGES = 1_000;

/** What a result shows. */
export interface ResultView {
  readonly state: RunState;
  readonly page: ResultPage;
  readonly format: Formatter;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/** The result of a run as a document: what became of its messages all together, and of each of them. */
export function resultRendering({ state, page, format, nowMs }: ResultView): Rendering {
  const writer = new ReportWriter();
  writer.line('# ', resultTitle(state, format));
  writer.line();
  if (page.number === 0) {
    writer.fields(headRows(state, format, nowMs));
    writer.line();
    writeNotes(writer, state, format);
  }
  if (page.order === 'line') writeByLine(writer, state, page, format);
  else writeByOutcome(writer, state, page, format);
  return writer.done();
}

/** What an editor shows whose run is not in the journal any more. */
export function goneResultText(): Rendering {
  const writer = new ReportWriter();
  writer.line('# ', l10n.t('This result is gone'));
  writer.line();
  writer.line(l10n.t('The journal does not have it any more: it was cleared, or made room for newer ones.'));
  return writer.done();
}

/** Nobody knows of them, and a send is never repeated by itself where it could put a message there twice. */
function noAnswerNotes(count: number, format: Formatter): readonly string[] {
  if (count === 0) return [];
  return isOne(count)
    ? [l10n.t('No answer came for 1 message. It may or may not be on the topic.'), l10n.t('It is never sent again by itself.')]
    : [l10n.t('No answer came for {0} messages. They may or may not be on the topic.', format.count(count)), l10n.t('They are never sent again by themselves.')];
}

function resultTitle({ header, status, outcomes }: RunState, format: Formatter): string {
  const done = format.count(outcomes.count('acknowledged'));
  const all = format.count(header.count);
  const where = `${visible(header.job.target.topicName)} · ${visible(header.account.name)} · ${stageBadge(header.account.stage)}`;
  switch (status) {
    case 'running':
      return l10n.t('Sending: {0} of {1} acknowledged so far · {2}', done, all, where);
    case 'interrupted':
      return l10n.t('Interrupted: {0} of {1} acknowledged · {2}', done, all, where);
    case 'ended':
      return l10n.t('Result: {0} of {1} acknowledged · {2}', done, all, where);
  }
}

function headRows({ header, status, outcomes, summary }: RunState, format: Formatter, nowMs: number): readonly (readonly [string, ...Cell[]])[] {
  const { job, account, startedAtMs, bytes, repeats } = header;
  const count = (state: MessageState): string => format.count(outcomes.count(state));
  const endedAtMs = summary?.endedAtMs ?? (status === 'running' ? nowMs : undefined);
  const underWay = outcomes.count('leaving');
  return [
    [l10n.t('Acknowledged'), count('acknowledged')],
    [l10n.t('Refused'), count('refused')],
    [l10n.t('Unknown'), count('unknown')],
    [l10n.t('Not sent'), count('notSent')],
    ...(underWay > 0 ? [[l10n.t('Under way'), format.count(underWay)] as const] : []),
    ...(summary?.stopped === undefined ? [] : [[l10n.t('Stopped'), stopText(summary.stopped, account.name)] as const]),
    [l10n.t('Topic'), visible(job.target.topicName)],
    [l10n.t('Account'), visible(account.name)],
    [l10n.t('Stage'), stageText(account.stage)],
    [l10n.t('Source'), ...sourceCells(job.sources, format)],
    [l10n.t('Size'), bytesText(format, bytes)],
    [l10n.t('Started'), timeText(startedAtMs, format)],
    ...(endedAtMs === undefined ? [] : [[l10n.t('Duration'), durationText(endedAtMs - startedAtMs, outcomes.count('acknowledged'), format)] as const]),
    ...(repeats === undefined ? [] : [[l10n.t('Repeats'), repeats.what === 'unknown'
      ? l10n.t('the messages of an earlier send that no answer came for')
      : l10n.t('the rest of an earlier send')] as const]),
  ];
}

function durationText(ms: number, acknowledged: number, format: Formatter): string {
  const time = timeSpent(ms, format);
  if (ms <= 0 || acknowledged === 0) return time;
  const rate = Math.round((acknowledged * 1_000) / ms);
  return isOne(rate) ? l10n.t('{0}, {1} message/s', time, format.count(rate)) : l10n.t('{0}, {1} messages/s', time, format.count(rate));
}

function writeNotes(writer: ReportWriter, { status, outcomes }: RunState, format: Formatter): void {
  const interrupted = status === 'interrupted' ? [l10n.t('The window went away while messages were being sent. Nothing was sent after that.')] : [];
  const notes = [...noAnswerNotes(outcomes.count('unknown'), format), ...interrupted];
  if (notes.length === 0) return;
  for (const note of notes) writer.line('! ', note);
  writer.line();
}

function writeByLine(writer: ReportWriter, state: RunState, page: ResultPage, format: Formatter): void {
  const { before, indexes, total } = page;
  writer.line('## ', pageText({ before, count: indexes.length, total }, format));
  writer.line();
  writeRows(writer, indexes, state, format, 'told');
}

function writeByOutcome(writer: ReportWriter, state: RunState, page: ResultPage, format: Formatter): void {
  const { outcomes } = state;
  for (const wanted of SINGLE_STATES) {
    const indexes = page.indexes.filter((index) => outcomes.stateOf(index) === wanted);
    if (indexes.length === 0) continue;
    writeHeading(writer, wanted, outcomes.count(wanted), format);
    writeRows(writer, indexes, state, format, 'known');
    writer.line();
  }
  if (!page.isLast) return;
  for (const wanted of ['notSent', 'acknowledged'] as const) {
    const ranges = outcomes.ranges(wanted);
    const count = outcomes.count(wanted);
    if (count === 0) continue;
    writeHeading(writer, wanted, count, format);
    writer.line(rangesText(ranges, format, MAX_RANGES));
    const problems = lengthOf(ranges) - count;
    if (wanted === 'notSent' && problems > 0) {
      writer.line(isOne(problems)
        ? l10n.t('{0} of these numbers has a problem and could not be sent.', format.count(problems))
        : l10n.t('{0} of these numbers have a problem and could not be sent.', format.count(problems)));
    }
    writer.line();
  }
}

function writeHeading(writer: ReportWriter, state: MessageState, count: number, format: Formatter): void {
  writer.line('## ', l10n.t('{0}: {1}', outcomeWord(state), format.count(count)));
  writer.line();
}

/** @param outcome whether a heading has said it already */
function writeRows(writer: ReportWriter, indexes: readonly number[], { header, outcomes }: RunState, format: Formatter, outcome: 'known' | 'told'): void {
  const width = Math.max(0, ...indexes.map((index) => format.count(index + 1).length));
  writer.table(indexes.map((index): readonly Cell[] => {
    const place = outcomes.placeOf(index);
    const now = outcomes.stateOf(index);
    const state = outcome === 'told' ? [outcomeWord(now)] : [];
    const why = reasonText(now, outcomes.noteOf(index));
    const where = place === undefined ? '' : placeCell(header.job.sources[place.source], { line: place.line, column: 1 });
    return [format.count(index + 1).padStart(width), where, ...state, ...(why === undefined ? [] : [why])];
  }));
}

/** Why a message ended so; what nothing was noted of was under way when its window went away. */
function reasonText(state: MessageState, note: FailureNote | undefined): string | undefined {
  if (note !== undefined) return failureText(note);
  return state === 'unknown' ? l10n.t('The window went away before an answer came.') : undefined;
}

/** A state of a message in a word. */
function outcomeWord(state: MessageState): string {
  switch (state) {
    case 'acknowledged':
      return l10n.t('Acknowledged');
    case 'refused':
      return l10n.t('Refused');
    case 'unknown':
      return l10n.t('Unknown');
    case 'leaving':
      return l10n.t('Under way');
    case 'notSent':
      return l10n.t('Not sent');
  }
}
