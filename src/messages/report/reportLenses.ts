import * as l10n from '@vscode/l10n';

import { COMMANDS, type CommandId } from '../../ids.ts';
import type { Account } from '../../model/account.ts';
import { stageBadge } from '../../model/accountWords.ts';
import { type Formatter, isOne, oneLine, withoutIcons } from '../../model/format.ts';
import type { RunState } from '../../sending/journal/journalStore.ts';
import { whyNotSend } from '../../sending/target.ts';
import { goesElsewhere } from '../plan.ts';
import { countOf } from './planPage.ts';
import type { PlanView } from './planText.ts';
import type { ResultOrder } from './resultPage.ts';

/** What can be done with a report, as a lens on its first line; `both` stand on its last line, too. */
export interface ReportLens {
  readonly title: string;
  readonly command: CommandId;
  readonly args: readonly unknown[];
  readonly lines: 'first' | 'both';
}

/** Which page of a report is shown. */
export interface PagePlace {
  /** From 0. */
  readonly number: number;
  readonly isLast: boolean;
}

/** What is known of a plan that is shown. */
type PlanLensView = Omit<PlanView, 'page'> & { readonly page: PagePlace };

/** A page after any other: the last one is shown. */
const LAST_PAGE = Number.MAX_SAFE_INTEGER;

/**
 * What can be done with a plan now; what cannot is left out.
 * @param key names the report for {@link COMMANDS.turnPage}
 */
export function planLenses({ plan, account, page, changed, format }: PlanLensView, key: string): readonly ReportLens[] {
  const { id, facts, job, part } = plan;
  const count = countOf(plan);
  const canSend = count > 0 && changed.length === 0 && account !== undefined && whyNotSend(account) === undefined && !goesElsewhere(plan, account);
  // A part keeps the environment of the send it is a part of.
  const isAboutVariables = part === undefined && (job.environment !== undefined || facts.issues.some(({ reason }) => reason.kind === 'unknownVariable'));
  return [
    ...(canSend ? [lens(sendTitle(count, account, format), COMMANDS.sendPlan, id)] : []),
    ...(account === undefined ? [] : [lens(l10n.t('Plan Again'), COMMANDS.renewPlan, id)]),
    ...(isAboutVariables ? [lens(environmentTitle(job.environment), COMMANDS.chooseEnvironment, id)] : []),
    ...pageLenses(page, key),
  ];
}

/** What can be done with a result now. */
export function resultLenses(state: RunState, account: Account | undefined, page: PagePlace & { readonly order: ResultOrder }, key: string): readonly ReportLens[] {
  const { header: { id, count }, status, outcomes } = state;
  const unknown = outcomes.count('unknown');
  const isLeft = count > outcomes.count('acknowledged') + unknown;
  const canSend = account !== undefined && whyNotSend(account) === undefined && status !== 'running';
  return [
    ...(canSend && isLeft && status === 'interrupted' ? [lens(l10n.t('Resume'), COMMANDS.resumeRun, id)] : []),
    ...(canSend && isLeft && status === 'ended' ? [lens(l10n.t('Send the Rest Again'), COMMANDS.sendRest, id)] : []),
    ...(canSend && unknown > 0 ? [lens(l10n.t('Send Unknown Again…'), COMMANDS.sendUnknown, id)] : []),
    lens(l10n.t('Export as JSON Lines…'), COMMANDS.exportRun, id),
    page.order === 'outcome' ? lens(l10n.t('Sort by Line'), COMMANDS.sortRun, key, 'line') : lens(l10n.t('Sort by Outcome'), COMMANDS.sortRun, key, 'outcome'),
    ...pageLenses(page, key),
  ];
}

function lens(title: string, command: CommandId, ...args: readonly unknown[]): ReportLens {
  return { title, command, args, lines: 'first' };
}

function sendTitle(count: number, { lane }: Account, format: Formatter): string {
  const stage = stageBadge(lane.stage);
  return isOne(count) ? l10n.t('Send {0} Message to {1}', format.count(count), stage) : l10n.t('Send {0} Messages to {1}', format.count(count), stage);
}

function environmentTitle(environment: string | undefined): string {
  return environment === undefined ? l10n.t('Choose an Environment') : l10n.t('Environment: {0}', withoutIcons(oneLine(environment)));
}

function pageLenses({ number, isLast }: PagePlace, key: string): readonly ReportLens[] {
  const turn = (title: string, page: number): ReportLens => ({ title, command: COMMANDS.turnPage, args: [key, page], lines: 'both' });
  return [
    ...(number > 1 ? [turn(l10n.t('First Page'), 0)] : []),
    ...(number > 0 ? [turn(l10n.t('Previous Page'), number - 1)] : []),
    ...(isLast ? [] : [turn(l10n.t('Next Page'), number + 1), turn(l10n.t('Last Page'), LAST_PAGE)]),
  ];
}
