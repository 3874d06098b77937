import * as l10n from '@vscode/l10n';

import type { Account, Stage } from '../../model/account.ts';
import { accessName, stageBadge } from '../../model/accountWords.ts';
import { type Formatter, isOne } from '../../model/format.ts';
import type { ReadyMessage } from '../../sending/message.ts';
import type { SourceRef } from '../../sending/source.ts';
import { whyNotSend } from '../../sending/target.ts';
import { issueText } from '../issueTexts.ts';
import { goesElsewhere, type Plan } from '../plan.ts';
import { cannotSendText } from '../texts.ts';
import { countOf, type PlanPage } from './planPage.ts';
import { bodyOf, type Cell, type Rendering, ReportWriter, visible } from './reportText.ts';
import { bytesText, messagesText, pageText, placeCell, sourceCells, stageText } from './words.ts';

/** Problems that are listed; the rest is counted. */
const MAX_PROBLEMS = 200;
/** Partitions that are counted one by one. */
const MAX_PARTITIONS = 32;

/** What a plan shows. */
export interface PlanView {
  readonly plan: Plan;
  readonly page: PlanPage;
  /** The account as it is now; `undefined` where it was removed. */
  readonly account: Account | undefined;
  /** Sources that are not what they were when the plan was made. */
  readonly changed: readonly SourceRef[];
  readonly format: Formatter;
}

/** The plan as a document: what is sent where and how, what is in the way, and one page of the messages exactly as they go out. */
export function planRendering(view: PlanView): Rendering {
  const { plan, page, format } = view;
  const writer = new ReportWriter();
  writer.line('# ', planTitle(view));
  writer.line();
  if (page.number === 0) {
    writer.fields(headRows(view));
    writer.line();
    writeNotes(writer, view);
    writeProblems(writer, plan, format);
  }
  const { messages, before } = page;
  if (messages.length === 0) {
    writer.line('## ', l10n.t('Nothing in this plan can be sent.'));
    return writer.done();
  }
  writer.line('## ', pageText({ before, count: messages.length, total: countOf(plan) }, format));
  for (const message of messages) {
    writer.line();
    writeMessage(writer, message, plan, format);
  }
  return writer.done();
}

/** What the user is told where the account leads to another place than when the plan was made. */
function movedText(): string {
  return l10n.t('The account has another endpoint or zone than when this plan was made. Plan again to send there.');
}

/** What an editor shows that was left open when its plan was forgotten. */
export function gonePlanText(): Rendering {
  const writer = new ReportWriter();
  writer.line('# ', l10n.t('This plan is gone'));
  writer.line();
  writer.line(l10n.t('A plan is kept only while its window is open, and until it is sent.'));
  writer.line(l10n.t('To make it again, open the document with the messages and choose "Plan" above its first line.'));
  return writer.done();
}

function planTitle({ plan, account = plan.account, format }: PlanView): string {
  const { job } = plan;
  const count = countOf(plan);
  if (count === 0) return `${l10n.t('Plan: nothing to send to {0}', visible(job.target.topicName))} · ${visible(account.name)} · ${stageBadge(account.lane.stage)}`;
  const what = isOne(count)
    ? l10n.t('Plan: send {0} message to {1}', format.count(count), visible(job.target.topicName))
    : l10n.t('Plan: send {0} messages to {1}', format.count(count), visible(job.target.topicName));
  return `${what} · ${visible(account.name)} · ${stageBadge(account.lane.stage)}`;
}

function headRows(view: PlanView): readonly (readonly [string, ...Cell[]])[] {
  const { plan, format, account } = view;
  const { job, concurrency, ratePerSecond, order } = plan;
  const isMany = countOf(plan) > 1;
  return [
    [l10n.t('Topic'), visible(job.target.topicName)],
    [l10n.t('Account'), visible((account ?? plan.account).name)],
    [l10n.t('Stage'), stageWarning((account ?? plan.account).lane.stage)],
    [l10n.t('Access'), accessText(account)],
    ...endpointRows(account ?? plan.account),
    [l10n.t('Source'), ...sourceCells(job.sources, format)],
    [l10n.t('Messages'), messageCount(plan, format)],
    [l10n.t('Size'), sizeText(plan, format)],
    ...largestRows(plan, format),
    ...(plan.part === undefined && countOf(plan) > 0 ? [
      [l10n.t('Keys'), keysText(plan, format)] as const,
      [l10n.t('Partitions'), partitionsText(plan, format)] as const,
    ] : []),
    ...(isMany ? [[l10n.t('Order'), order === 'perKey'
      ? l10n.t('one after another for each key; where one does not arrive, the later ones of its key are not sent')
      : l10n.t('none: several are under way at a time')] as const] : []),
    ...(isMany ? [[l10n.t('Speed'), speedText(concurrency, ratePerSecond, format)] as const] : []),
    ...(job.environment === undefined ? [] : [[l10n.t('Variables'), l10n.t('environment {0}', visible(job.environment))] as const]),
  ];
}

/** Loud where a mistake is dear. */
function stageWarning(stage: Stage): string {
  return stage === 'prod' ? l10n.t('{0}. A message cannot be taken back.', stageText(stage)) : stageText(stage);
}

function accessText(account: Account | undefined): string {
  if (account === undefined) return l10n.t('The account was removed meanwhile.');
  const reason = whyNotSend(account);
  const access = accessName(account.lane.access);
  return reason === undefined ? access : `${access}. ${cannotSendText(reason, visible(account.name))}`;
}

/** Where messages go in place of the documented host. */
function endpointRows(account: Account): readonly (readonly [string, ...Cell[]])[] {
  const origin = account.provider === 'naver' ? account.endpoints?.messages : undefined;
  return origin === undefined ? [] : [[l10n.t('Custom endpoint'), visible(origin)]];
}

function messageCount({ facts, part }: Plan, format: Formatter): string {
  if (part !== undefined) {
    const [count, all] = [format.count(part.count), format.count(facts.count)];
    return part.repeats.what === 'unknown'
      ? l10n.t('{0} of {1}: those no answer came for. They may be on the topic already, and then they are there twice.', count, all)
      : l10n.t('{0} of {1}: the rest of a send that did not put all of them on the topic.', count, all);
  }
  if (facts.issueCount === 0) return format.count(facts.count);
  return isOne(facts.issueCount)
    ? l10n.t('{0} of {1} can be sent, {2} has a problem', format.count(facts.count), format.count(facts.total), format.count(facts.issueCount))
    : l10n.t('{0} of {1} can be sent, {2} have a problem', format.count(facts.count), format.count(facts.total), format.count(facts.issueCount));
}

function sizeText({ facts, part, limits }: Plan, format: Formatter): string {
  return l10n.t('{0}; one message may have {1}', bytesText(format, part?.bytes ?? facts.bytes), bytesText(format, limits.maxValueBytes));
}

function largestRows({ facts: { largest, count }, part, job }: Plan, format: Formatter): readonly (readonly [string, ...Cell[]])[] {
  if (largest === undefined || part !== undefined || count === 1) return [];
  return [[l10n.t('Largest'), placeCell(job.sources[largest.source], largest.place), `, ${bytesText(format, largest.bytes)}`]];
}

function keysText({ facts }: Plan, format: Formatter): string {
  const { count, generatedKeys, distinctKeys } = facts;
  const given = l10n.t('{0} given', format.count(count - generatedKeys));
  const different = distinctKeys === undefined ? l10n.t('too many different ones to count') : l10n.t('{0} different', format.count(distinctKeys));
  const madeUp = l10n.t('{0} made up', format.count(generatedKeys));
  if (generatedKeys === count) return madeUp;
  return generatedKeys === 0 ? `${given}, ${different}` : `${given}, ${different}; ${madeUp}`;
}

function partitionsText({ facts: { partitions, unassigned } }: Plan, format: Formatter): string {
  const named = [...partitions].slice(0, MAX_PARTITIONS).map(([partition, count]) => l10n.t('{0}: {1}', partition, messagesText(format, count)));
  const more = partitions.size - named.length;
  return [
    ...named,
    ...(more > 0 ? [l10n.t('and {0} more', format.count(more))] : []),
    ...(unassigned > 0 ? [l10n.t('Data Stream chooses: {0}', messagesText(format, unassigned))] : []),
  ].join(' · ');
}

function speedText(concurrency: number, ratePerSecond: number, format: Formatter): string {
  return ratePerSecond === 0
    ? l10n.t('up to {0} at a time', format.count(concurrency))
    : l10n.t('up to {0} at a time, at most {1} a second', format.count(concurrency), format.count(ratePerSecond));
}

function writeNotes(writer: ReportWriter, { plan, account, changed, format }: PlanView): void {
  const moved = account !== undefined && goesElsewhere(plan, account) ? [movedText()] : [];
  const notes = [...moved, ...changed.map(({ name }) => l10n.t('{0} was changed since this plan was made. Plan again to send what it holds now.', visible(name))), ...orderNotes(plan, format)];
  if (notes.length === 0) return;
  for (const note of notes) writer.line('! ', note);
  writer.line();
}

/** Data Stream puts a message without a partition anywhere, whatever its key (datastream.md §5). */
function orderNotes({ order, facts, limits }: Plan, format: Formatter): readonly string[] {
  if (order !== 'perKey' || facts.unassigned === 0 || limits.partitions === 1) return [];
  return [
    l10n.t('Data Stream chooses the partition of {0}, whatever the key, and keeps no order between partitions.', messagesText(format, facts.unassigned)),
    l10n.t('Name a partition in the messages to keep their order.'),
  ];
}

function writeProblems(writer: ReportWriter, { facts, job }: Plan, format: Formatter): void {
  const { issueCount, issues } = facts;
  if (issueCount === 0) return;
  writer.line('## ', isOne(issueCount) ? l10n.t('{0} problem', format.count(issueCount)) : l10n.t('{0} problems', format.count(issueCount)));
  writer.line();
  const shown = issues.slice(0, MAX_PROBLEMS);
  writer.table(shown.map(({ source, place, reason }) => [placeCell(job.sources[source], place, 'column'), visible(issueText(reason, format))]));
  if (issueCount > shown.length) writer.line(l10n.t('and {0} more', format.count(issueCount - shown.length)));
  writer.line();
}

function writeMessage(writer: ReportWriter, message: ReadyMessage, { job }: Plan, format: Formatter): void {
  const { index, source, place, key, isKeyGenerated, partition, bytes, value } = message;
  const { lines, hasCarriageReturns, hasControls } = bodyOf(value);
  const facts = [
    isKeyGenerated ? l10n.t('key "{0}", made up', visible(key)) : l10n.t('key "{0}"', visible(key)),
    ...(partition === undefined ? [] : [l10n.t('partition {0}', partition)]),
    bytesText(format, bytes),
  ];
  writer.line(`▸ ${format.count(index + 1)} · `, placeCell(job.sources[source], place), ` · ${facts.join(' · ')}`);
  if (hasCarriageReturns) writer.line(l10n.t('In this message ␍ stands for a carriage return.'));
  if (hasControls) writer.line(l10n.t('In this message signs such as ␀ and ␛ stand for control characters.'));
  for (const line of lines) writer.line(line);
}
