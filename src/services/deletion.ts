import * as l10n from '@vscode/l10n';

import type { Prompts } from '../host/prompts.ts';
import type { Account } from '../model/account.ts';
import { stageBadge } from '../model/accountWords.ts';
import { CancelledError, CloudError } from '../model/cloudError.ts';
import { ProblemError, problemOf } from '../model/problem.ts';
import type { Problem } from '../model/problem.ts';

/** One thing that is about to be deleted. */
export interface DeletionItem {
  /** Its own name: what is typed on production. */
  readonly name: string;
  readonly account: Account;
  /** What is lost with it, a sentence each, the biggest first: `12,480,112 messages and the offsets of 2 consumer groups are lost.` */
  readonly losses: readonly string[];
}

/** What is asked before anything is deleted. */
export interface Deletion {
  /** Names the one thing, or says how many: `Delete topic "orders"?`, `Delete 3 topics?` */
  readonly question: string;
  /** At least one. */
  readonly items: readonly DeletionItem[];
}

/** Things that a question lists; of the rest it says how many there are. */
const MOST_LISTED = 8;

/**
 * Asks, in a modal that names everything with its account, its stage and what is lost. Where one of the accounts is production, the name
 * is typed afterwards; for several things how many they are, so that nobody types for one thing and deletes ten.
 * @throws CancelledError where the user does not want to
 */
export async function confirmDeletion(prompts: Prompts, deletion: Deletion): Promise<void> {
  await prompts.confirm({ ...modalTexts(deletion), verb: l10n.t('Delete') });
  const endangered = deletion.items.find(({ account }) => account.lane.stage === 'prod');
  if (endangered !== undefined) await typeToConfirm(prompts, deletion, endangered.account);
}

function modalTexts({ question, items }: Deletion): { readonly message: string; readonly detail: string } {
  const [first] = items;
  const places = [...new Set(items.map(({ account }) => placeOf(account)))];
  if (items.length === 1 && first !== undefined) {
    const [biggest, ...others] = first.losses;
    return { message: biggest === undefined ? question : `${question} ${biggest}`, detail: [...others, ...places].join('\n') };
  }
  const hasOnePlace = places.length === 1;
  const lines = items.slice(0, MOST_LISTED).map(({ name, account, losses }) => {
    const label = hasOnePlace ? name : `${name} (${placeOf(account)})`;
    return losses.length === 0 ? `• ${label}` : `• ${label}: ${losses.join(' ')}`;
  });
  const more = items.length - lines.length;
  return {
    message: question,
    detail: [...(hasOnePlace ? places : []), ...lines, ...(more > 0 ? [l10n.t('and {0} more', more)] : [])].join('\n'),
  };
}

function placeOf({ name, lane }: Account): string {
  return l10n.t('Account "{0}" · {1}', name, stageBadge(lane.stage));
}

async function typeToConfirm(prompts: Prompts, { question, items }: Deletion, { name: account, lane }: Account): Promise<void> {
  const [only] = items;
  const badge = stageBadge(lane.stage);
  const isOne = items.length === 1 && only !== undefined;
  const wanted = isOne ? only.name : String(items.length);
  await prompts.input({
    title: question,
    prompt: isOne
      ? l10n.t('Type "{0}" to delete it from account "{1}" ({2}).', wanted, account, badge)
      : l10n.t('Type {0}, the number of things to delete. Account "{1}" is {2}.', wanted, account, badge),
    placeholder: wanted,
    validate: (text) => (text.trim() === wanted
      ? undefined
      : {
          severity: 'error',
          message: isOne ? l10n.t('The name is "{0}".', wanted) : l10n.t('The number is {0}.', wanted),
        }),
  });
}

/** One deletion that failed. */
export interface DeletionFailure {
  readonly item: DeletionItem;
  readonly error: unknown;
  /** What happened all the same, a sentence: `Its connector was deleted.` */
  readonly remark?: string | undefined;
}

/** What became of several deletions. */
export interface Deleted<I extends DeletionItem> {
  readonly done: readonly I[];
  readonly failures: readonly DeletionFailure[];
  /** The user ended it: what is in neither list stays, but for the one under way, of which nobody knows. */
  readonly isCalledOff: boolean;
}

/**
 * Deletes one after another; where one fails the others go on. Ends as soon as it is called off. Never throws.
 * @param remarkOn asked after a failure: what happened all the same
 */
export async function deleteEach<I extends DeletionItem>(
  items: readonly I[], remove: (item: I) => Promise<void>, remarkOn: (item: I) => string | undefined = () => undefined,
): Promise<Deleted<I>> {
  const done: I[] = [];
  const failures: DeletionFailure[] = [];
  for (const item of items) {
    try {
      await remove(item);
      done.push(item);
    } catch (error) {
      if (error instanceof CancelledError) return { done, failures, isCalledOff: true };
      failures.push({ item, error, remark: remarkOn(item) });
    }
  }
  return { done, failures, isCalledOff: false };
}

/** How many things are looked at together. */
const AT_ONCE = 4;

/** Looks at many things, a few at a time; what is gone, or going, is left out. @throws what looking at one of them throws */
export async function lookAtEach<T, I>(things: readonly T[], look: (thing: T) => Promise<I | undefined>): Promise<readonly I[]> {
  const items: I[] = [];
  for (let at = 0; at < things.length; at += AT_ONCE) {
    const found = await Promise.all(things.slice(at, at + AT_ONCE).map(look));
    items.push(...found.filter((item) => item !== undefined));
  }
  return items;
}

/** Says that something was not deleted; the account is the one that all of it belongs to, undefined where there are several. */
export type ReportDeletion = (problem: Problem, account: Account | undefined) => void;

/**
 * Tells which deletions failed, and why each.
 * @throws the first failure that is a mistake of ours, once the others are told: it has to be logged
 */
export function reportFailures(failures: readonly DeletionFailure[], total: number, report: ReportDeletion): void {
  const mistakes = failures.filter(({ error }) => !(error instanceof CloudError || error instanceof ProblemError));
  const told = failures.filter((failure) => !mistakes.includes(failure));
  const accounts = new Map(told.map(({ item: { account } }) => [account.id, account]));
  const account = accounts.size === 1 ? told[0]?.item.account : undefined;
  const problem = deletionProblem(told, total);
  if (problem !== undefined) {
    // A button is about one account; without it only the log is nobody's.
    report(account === undefined ? { ...problem, remedies: problem.remedies.filter((remedy) => remedy === 'showLog') } : problem, account);
  }
  const [mistake] = mistakes;
  if (mistake !== undefined) throw mistake.error;
}

function deletionProblem(failures: readonly DeletionFailure[], total: number): Problem | undefined {
  const problems = failures.flatMap(({ item: { name, account }, error, remark }) => {
    const problem = problemOf(error, { what: name, accountName: account.name });
    return problem === undefined ? [] : [{ ...problem, message: remark === undefined ? problem.message : `${problem.message} ${remark}` }];
  });
  const [first] = problems;
  if (first === undefined) return undefined;
  if (total === 1) return { ...first, message: l10n.t('Not deleted: {0}', first.message) };
  const reasons = problems.slice(0, MOST_LISTED).map(({ message, hint }) => (hint === undefined ? message : `${message} ${hint}`));
  const more = problems.length - reasons.length;
  return {
    message: [l10n.t('{0} of {1} were not deleted.', problems.length, total), ...reasons, ...(more > 0 ? [l10n.t('and {0} more', more)] : [])].join('\n'),
    remedies: first.remedies,
  };
}
