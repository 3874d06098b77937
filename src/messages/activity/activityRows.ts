import * as l10n from '@vscode/l10n';

import type { ACTIVITY_FLAGS, ACTIVITY_KINDS } from '../../ids.ts';
import type { Account } from '../../model/account.ts';
import { stageBadge, stageName } from '../../model/accountWords.ts';
import { type Formatter, oneLine } from '../../model/format.ts';
import { type DetailRow, detailsMarkdown } from '../../model/markdown.ts';
import type { ActivityEntry } from '../../sending/journal/journalStore.ts';
import {
  addressOf, type EntryOutcome, failureWords, runAccount, type RunEntry, runOutcome, runOutcomeWords, type WriteEntry, writeOutcome, writeOutcomeWords,
} from './activityWords.ts';
import type { Times } from './times.ts';
import { type TopicName, type WriteAct, writeWords } from './writeWords.ts';

/** A codicon, and the theme's colour it has. */
interface RowIcon {
  readonly name: string;
  readonly colour: string | undefined;
}

/** One row of the Activity view, as data. */
export interface ActivityRow {
  /** What commands get: the id of the run, or `write:` and the id of the write. */
  readonly id: string;
  readonly entry: ActivityEntry;
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon;
  /** Markdown whose values are escaped. */
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly contextValue: string;
  /** All that a filter looks at, in lower case. */
  readonly search: string;
}

/** What was done on one day, newest first. */
export interface ActivityDay {
  readonly id: string;
  readonly label: string;
  readonly rows: readonly ActivityRow[];
}

/** What rows are made with. */
export interface RowContext {
  readonly format: Formatter;
  readonly times: Times;
  readonly nowMs: number;
  readonly account: (id: string) => Account | undefined;
}

type Flag = (typeof ACTIVITY_FLAGS)[number];

const RUN_ICONS: Readonly<Record<EntryOutcome, RowIcon>> = {
  running: { name: 'loading~spin', colour: undefined },
  interrupted: { name: 'debug-pause', colour: 'charts.yellow' },
  good: { name: 'pass', colour: 'testing.iconPassed' },
  refused: { name: 'error', colour: 'testing.iconFailed' },
  unknown: { name: 'question', colour: 'charts.yellow' },
  notSent: { name: 'circle-slash', colour: 'testing.iconSkipped' },
};
const WRITE_ICONS: Readonly<Record<WriteAct, string>> = { create: 'add', change: 'edit', delete: 'trash', run: 'play', other: 'request-changes' };
/** Names of sources a tooltip lists. */
const MAX_SOURCES = 5;

/** The entries of the journal as rows, in their order. */
export function rowsOf(entries: readonly ActivityEntry[], context: RowContext): readonly ActivityRow[] {
  const sentTo = new Map<string, string>();
  for (const entry of entries) {
    if (entry.kind !== 'run') continue;
    const { accountId, topicId, topicName } = entry.header.job.target;
    sentTo.set(`${accountId}/${topicId}`, topicName);
  }
  const topicName: TopicName = (accountId, topicId) => sentTo.get(`${accountId}/${topicId}`);
  return entries.map((entry) => (entry.kind === 'run' ? runRow(entry, context) : writeRow(entry, topicName, context)));
}

/** The rows a filter lets through: each of its words is somewhere in them. */
export function matchingRows(rows: readonly ActivityRow[], filter: string): readonly ActivityRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return rows.filter(({ search }) => words.every((word) => search.includes(word)));
}

/** Rows by day. */
export function daysOf(rows: readonly ActivityRow[], { times, nowMs }: RowContext): readonly ActivityDay[] {
  return [...Map.groupBy(rows, ({ entry }) => times.dayKey(momentOf(entry)))].map(([key, ofDay]) => ({
    id: `day:${key}`,
    label: times.dayName(ofDay[0] === undefined ? nowMs : momentOf(ofDay[0].entry), nowMs),
    rows: ofDay,
  }));
}

function momentOf(entry: ActivityEntry): number {
  return entry.kind === 'run' ? entry.header.startedAtMs : entry.write.atMs;
}

function contextValue(kind: (typeof ACTIVITY_KINDS)[number], flags: Readonly<Record<Flag, boolean>>): string {
  return [kind, ...Object.entries(flags).filter(([, isSet]) => isSet).map(([flag]) => flag)].join(';');
}

function runRow(entry: RunEntry, { format, times, account }: RowContext): ActivityRow {
  const { header, status, counts } = entry;
  const { target } = header.job;
  const outcome = runOutcomeWords(entry, format);
  const { name, badge, stage } = runAccount(entry);
  const topic = oneLine(target.topicName);
  return {
    id: header.id,
    entry,
    label: topic,
    description: oneLine([...outcome, name, badge, times.time(header.startedAtMs)].join(' · ')),
    icon: RUN_ICONS[runOutcome(entry)],
    tooltip: detailsMarkdown(target.topicName, runDetails(entry, format, times)),
    spoken: oneLine(l10n.t('Send to topic {0}, {1}, account {2}, {3}, {4}', topic, outcome.join(', '), name, stage, times.spoken(header.startedAtMs))),
    contextValue: contextValue('run', {
      resumable: status === 'interrupted',
      rest: status === 'ended' && counts.refused + counts.notSent > 0,
      unknown: status !== 'running' && counts.unknown > 0,
      ended: status === 'ended',
      curl: account(target.accountId)?.provider === 'naver',
    }),
    search: [topic, ...outcome, name, badge, stage, ...header.job.sources.map((source) => source.name)].join('\n').toLowerCase(),
  };
}

function runDetails(entry: RunEntry, format: Formatter, times: Times): readonly DetailRow[] {
  const { header, summary } = entry;
  const { name, stage } = runAccount(entry);
  const { sources, environment } = header.job;
  const more = sources.length - MAX_SOURCES;
  const names = sources.slice(0, MAX_SOURCES).map((source) => source.name).join(', ');
  return [
    [l10n.t('Account'), `${name} · ${stage}`],
    [l10n.t('Started'), times.exact(header.startedAtMs)],
    [l10n.t('Ended'), summary === undefined ? undefined : times.exact(summary.endedAtMs)],
    [l10n.t('Duration'), summary === undefined ? undefined : format.duration(summary.endedAtMs - header.startedAtMs)],
    [l10n.t('Outcome'), runOutcomeWords(entry, format).join(' · ')],
    [l10n.t('Stopped'), failureWords(summary?.stopped, name)],
    [l10n.t('Messages'), format.count(header.count)],
    [l10n.t('Size'), bytesText(header.bytes, format)],
    [l10n.t('Order'), header.order === 'perKey' ? l10n.t('one after another for each key') : undefined],
    [l10n.t('Source'), more > 0 ? l10n.t('{0} and {1} more', names, format.count(more)) : names],
    [l10n.t('Variables environment'), environment],
    [l10n.t('Repeats'), header.repeats === undefined ? undefined : repeatsText(header.repeats.what)],
    ['SHA-256', header.fingerprint],
  ];
}

function repeatsText(what: 'rest' | 'unknown'): string {
  return what === 'rest' ? l10n.t('the rest of an earlier send') : l10n.t('the unknown messages of an earlier send');
}

function bytesText(bytes: number, format: Formatter): string {
  return bytes < 1024 ? format.bytes(bytes) : l10n.t('{0} ({1} bytes)', format.bytes(bytes), format.count(bytes));
}

function writeRow(entry: WriteEntry, topicName: TopicName, { format, times, nowMs, account }: RowContext): ActivityRow {
  const { id, write } = entry;
  const { act, title } = writeWords(write, topicName);
  const outcome = writeOutcome(entry, nowMs);
  const words = writeOutcomeWords(entry, nowMs);
  const now = account(write.accountId);
  const label = oneLine(title);
  const stages = now === undefined ? [] : [stageBadge(now.lane.stage)];
  const look = RUN_ICONS[outcome];
  return {
    id: `write:${id}`,
    entry,
    label,
    description: oneLine([words, write.accountName, ...stages, times.time(write.atMs)].join(' · ')),
    icon: outcome === 'running' ? look : { name: WRITE_ICONS[act], colour: look.colour },
    tooltip: detailsMarkdown(title, writeDetails(entry, words, format, times)),
    spoken: oneLine(l10n.t('Change: {0}, {1}, account {2}, {3}', label, words, write.accountName, times.spoken(write.atMs))),
    contextValue: contextValue('write', {
      resumable: false, rest: false, unknown: false, ended: false,
      curl: now !== undefined && (write.bytes === 0 || write.body !== undefined),
    }),
    search: [label, words, write.accountName, ...stages, ...(now === undefined ? [] : [stageName(now.lane.stage)]), write.method, write.target].join('\n').toLowerCase(),
  };
}

function writeDetails({ write, end }: WriteEntry, outcome: string, format: Formatter, times: Times): readonly DetailRow[] {
  const failed = end === undefined || end.kind === 'done' ? undefined : end;
  return [
    [l10n.t('Account'), write.accountName],
    [l10n.t('Time'), times.exact(write.atMs)],
    [l10n.t('Request'), addressOf(write)],
    [l10n.t('Outcome'), outcome],
    [l10n.t('HTTP status'), end?.status === undefined ? undefined : String(end.status)],
    [l10n.t('Problem'), failureWords(end, write.accountName)],
    [l10n.t('Code'), failed?.code],
    [l10n.t('Detail'), failed?.detail],
    [l10n.t('Body'), write.bytes === 0 ? undefined : write.body === undefined ? l10n.t('{0}, not kept', bytesText(write.bytes, format)) : bytesText(write.bytes, format)],
    ['SHA-256', write.hash],
  ];
}
