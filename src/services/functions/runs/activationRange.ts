import * as l10n from '@vscode/l10n';

import type { InputNote, PickItem, Prompts } from '../../../host/prompts.ts';
import type { ActivationRange, FunctionsContext } from '../context.ts';
import { readKoreanTime } from './koreanClock.ts';
import { koreanMinute } from './times.ts';

/** What choosing a time needs. */
export type RangeDeps = Pick<FunctionsContext, 'activationRanges' | 'activations' | 'format' | 'now'> & { readonly prompts: Prompts };

/** The list it is chosen for. */
export interface RangedList {
  readonly id: string;
  readonly range: ActivationRange | undefined;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The service keeps them for a month (cloudfunctions.md §6.1). */
const PRESETS_MS = [HOUR_MS, 6 * HOUR_MS, DAY_MS, 7 * DAY_MS, 30 * DAY_MS] as const;
const MONTH_MS = 31 * DAY_MS;

/** Chooses of which time a list shows activations; kept until the window closes. The caller loads the list anew. @throws CancelledError */
export async function chooseRange(list: RangedList, deps: RangeDeps): Promise<void> {
  const range = await askRange(list.range, deps);
  // What was loaded is of another time: paging begins anew.
  deps.activations.forget(list.id);
  if (range === undefined) deps.activationRanges.forget(list.id);
  else deps.activationRanges.set(list.id, range);
}

async function askRange(current: ActivationRange | undefined, { prompts, format, now }: RangeDeps): Promise<ActivationRange | undefined> {
  const presets = PRESETS_MS.map((lastMs): PickItem<number | 'all' | 'own'> => ({ label: l10n.t('Last {0}', format.duration(lastMs)), icon: 'history', value: lastMs }));
  const chosen = await prompts.pick<number | 'all' | 'own'>({
    placeholder: l10n.t('Show activations of which time?'),
    items: [
      { label: l10n.t('All Activations (Last Month)'), icon: 'calendar', value: 'all' },
      ...presets,
      { label: l10n.t('Choose start and end…'), icon: 'edit', value: 'own' },
    ],
    active: activeOf(current),
  });
  if (chosen === 'all') return undefined;
  if (chosen !== 'own') return { from: { lastMs: chosen } };
  return askOwn(prompts, now());
}

async function askOwn(prompts: Prompts, nowMs: number): Promise<ActivationRange> {
  const dayAgo = koreanMinute(nowMs - DAY_MS);
  const since = await prompts.input({
    prompt: l10n.t('From when? In Korean time, e.g. {0}', dayAgo),
    value: dayAgo,
    validate: (text) => error(sinceProblem(readKoreanTime(text), nowMs)),
  });
  const sinceMs = readKoreanTime(since) ?? nowMs - DAY_MS;
  const until = await prompts.input({
    prompt: l10n.t('Until when? Korean time; leave it empty for until now'),
    value: '',
    validate: (text) => error(text.trim() === '' ? undefined : untilProblem(readKoreanTime(text), sinceMs)),
  });
  const untilMs = readKoreanTime(until);
  return { from: { sinceMs }, ...(untilMs === undefined ? {} : { untilMs }) };
}

function sinceProblem(ms: number | undefined, nowMs: number): string | undefined {
  if (ms === undefined) return noTime();
  if (ms > nowMs) return l10n.t('Enter a time that is not in the future.');
  return ms < nowMs - MONTH_MS ? l10n.t('The service keeps activations for a month.') : undefined;
}

function untilProblem(ms: number | undefined, sinceMs: number): string | undefined {
  if (ms === undefined) return noTime();
  return ms <= sinceMs ? l10n.t('The end has to be later than the start.') : undefined;
}

function noTime(): string {
  return l10n.t('Enter a time such as {0}.', '2026-01-31 09:30');
}

function error(message: string | undefined): InputNote | undefined {
  return message === undefined ? undefined : { severity: 'error', message };
}

function activeOf(range: ActivationRange | undefined): number | 'all' | 'own' {
  if (range === undefined) return 'all';
  return 'lastMs' in range.from ? range.from.lastMs : 'own';
}
