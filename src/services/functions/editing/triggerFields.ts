import * as l10n from '@vscode/l10n';

import type { DocumentField, DocumentValue, DocumentValues, FieldFinding } from '../../../documents/documentType.ts';
import { isList, valueJson } from '../../../documents/values.ts';
import { cronProblem, firingText, nextFirings } from '../../../model/cron.ts';
import { oneLine } from '../../../model/format.ts';
import type { Formatter } from '../../../model/format.ts';
import { TRIGGER_TYPES } from '../../../model/functions.ts';
import type { TriggerType } from '../../../model/functions.ts';
import { MAX_REMINDER, MIN_REMINDER } from '../triggers/checks.ts';
import { ALL_EVENTS, eventsProblem } from '../triggers/githubEvents.ts';
import { descriptionField, filled, flag, has, listOf, membersProblem, orNone, parametersField, text, wholeNumber } from './fieldChecks.ts';
import type { Member } from './fieldChecks.ts';

type Value = DocumentValue | undefined;

/** The field that says what starts a trigger, by its type (cloudfunctions.md §7.3). */
const SOURCE_FIELD: Readonly<Record<TriggerType, string>> = {
  cron: 'cronOption', github: 'events', insight: 'rules', object_storage: 'rules', source_commit: 'webhooks', secret_manager: 'secretName',
};

/** What can be changed of a trigger, in the order of its document. What only some types have may be left out. */
export function triggerFields(format: Formatter, now: () => number): readonly DocumentField[] {
  const next = (cron: string): string | undefined => {
    const [first] = nextFirings(cron, 1, now());
    return first === undefined ? undefined : firingText(first, format);
  };
  return [
    { name: 'type', label: () => l10n.t('Type'), check: typeProblem },
    descriptionField(),
    { ...parametersField(), isOptional: true, check: orNone(parametersField().check) },
    {
      name: 'cronOption',
      label: () => l10n.t('Schedule'),
      words: (value) => (typeof value === 'string' ? firingsText(value, format, now()) : undefined),
      change: (from, to) => scheduleChange(from, to, next),
      isOptional: true,
      check: orNone(text(cronProblem)),
    },
    source('events', () => l10n.t('Events'), eventListProblem),
    source('rules', () => l10n.t('Event rules'), listOf((rule) => (isInsightRule(rule) ? membersProblem(rule, insightMembers()) : membersProblem(rule, BUCKET_MEMBERS)))),
    source('webhooks', () => l10n.t('Webhooks'), listOf((webhook) => membersProblem(webhook, WEBHOOK_MEMBERS))),
    source('secretName', () => l10n.t('Secret'), filled),
  ];
}

/** The next times a schedule is due, for beside it; undefined where it is none. */
function firingsText(cron: string, format: Formatter, nowMs: number): string | undefined {
  const times = nextFirings(cron, 3, nowMs).map((ms) => firingText(ms, format));
  return times.length === 0 ? undefined : l10n.t('next: {0}', times.join(' · '));
}

function scheduleChange(from: Value, to: Value, next: (cron: string) => string | undefined): string | undefined {
  if (typeof to !== 'string') return undefined;
  const first = next(to);
  const line = typeof from === 'string'
    ? l10n.t('{0}: {1} → {2}', l10n.t('Schedule'), oneLine(from), oneLine(to))
    : untold(l10n.t('Schedule'), oneLine(to));
  return first === undefined ? line : l10n.t('{0}, next {1}', line, first);
}

/** Where the service did not tell what starts a trigger, the plan does not say that it was nothing. */
function source(name: string, label: () => string, problemOf: DocumentField['check']): DocumentField {
  const untoldBefore = (from: Value, to: Value): string | undefined =>
    ((from ?? undefined) === undefined && (to ?? undefined) !== undefined ? untold(label(), oneLine(valueJson(to ?? null))) : undefined);
  return { name, label, change: untoldBefore, isOptional: true, check: orNone(problemOf) };
}

function untold(label: string, value: string): string {
  return l10n.t('{0}: {1} (the service did not return what it was)', label, value);
}

function typeProblem(value: DocumentValue, opened: Value): string | undefined {
  if (opened !== undefined) return value === opened ? undefined : l10n.t('The type of a trigger cannot be changed.');
  return TRIGGER_TYPES.some((type) => type === value) ? undefined : l10n.t('Enter one of {0}.', TRIGGER_TYPES.join(', '));
}

/** What is wrong with the fields of a trigger together: its type says which there are. */
export function checkTrigger(values: DocumentValues): readonly FieldFinding[] {
  const type = TRIGGER_TYPES.find((one) => one === values['type']);
  if (type === undefined) return [{ field: 'type', message: l10n.t('Triggers of this type can only be changed in the NAVER Cloud console.') }];
  const own = SOURCE_FIELD[type];
  const foreign = Object.values(SOURCE_FIELD).filter((field, n, all) => field !== own && all.indexOf(field) === n && has(values, field));
  const findings = foreign.map((field) => ({ field, message: l10n.t('A trigger of type "{0}" has no "{1}".', type, field) }));
  // A Cloud Insight trigger may have no rule (cloudfunctions.md §7.3), but where the service does not tell them, a PUT without would lose those it has.
  const isMissing = !has(values, own);
  const untoldFinding = { field: 'type', message: l10n.t('"{0}" is missing, and the service does not return it. Enter what fires this trigger.', own) };
  return [...findings, ...(isMissing ? [untoldFinding] : []), ...rulesOfType(type, values['rules'])];
}

function rulesOfType(type: TriggerType, rules: Value): readonly FieldFinding[] {
  if (!isList(rules) || (type !== 'insight' && type !== 'object_storage')) return [];
  const isRight = rules.every((rule) => isInsightRule(rule) === (type === 'insight'));
  const members = type === 'insight' ? Object.keys(insightMembers()) : Object.keys(BUCKET_MEMBERS);
  return isRight ? [] : [{ field: 'rules', message: l10n.t('A rule of a "{0}" trigger takes {1}.', type, members.join(', ')) }];
}

function isInsightRule(rule: DocumentValue): boolean {
  return typeof rule === 'object' && rule !== null && ('prodKey' in rule || 'ruleGrpId' in rule);
}

function insightMembers(): Readonly<Record<string, Member>> {
  return {
    prodKey: { problemOf: filled },
    ruleGrpId: { problemOf: filled },
    reminderTime: { isOptional: true, problemOf: wholeNumber(MIN_REMINDER, MAX_REMINDER) },
    enableNotiWhenEventClose: { isOptional: true, problemOf: flag },
  };
}

const BUCKET_MEMBERS: Readonly<Record<string, Member>> = { bucketName: { problemOf: filled }, eventRuleName: { problemOf: filled } };

const WEBHOOK_MEMBERS: Readonly<Record<string, Member>> = {
  repositoryName: { problemOf: filled }, webhookName: { problemOf: filled }, enable: { isOptional: true, problemOf: flag },
};

/** Events the documents do not know are taken where the service told them. */
function eventListProblem(value: DocumentValue, opened: Value): string | undefined {
  const problem = listOf(filled)(value, opened);
  if (problem !== undefined || !isList(value)) return problem;
  const events = value.filter((event) => typeof event === 'string');
  if (new Set(events).size < events.length) return l10n.t('The same event is listed twice.');
  const told = isList(opened) ? opened : [];
  const news = events.filter((event) => !told.includes(event));
  return eventsProblem(news.length === 0 || events.includes(ALL_EVENTS) ? events : news);
}
