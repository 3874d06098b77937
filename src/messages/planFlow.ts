import * as l10n from '@vscode/l10n';

import type { NaverAccount } from '../model/account.ts';
import { CancelledError } from '../model/cloudError.ts';
import type { JournalStore } from '../sending/journal/journalStore.ts';
import type { MessageIssue } from '../sending/message.ts';
import { openSource } from './sources/openSource.ts';
import type { MessagesOptions } from './options.ts';
import { goesElsewhere, type Plan } from './plan.ts';
import type { Planner } from './planner.ts';
import { Refusal } from './refusal.ts';
import type { Reports } from './report/reports.ts';
import type { Runs } from './runs/runs.ts';
import { prodQuestion, type Question, restQuestion } from './runs/runWords.ts';
import { readSendSettings } from './sendSettings.ts';
import { tellSingleIssue } from './singleIssue.ts';
import { sendingAccount } from './targets/targetChoice.ts';

/** Runs of the journal are looked through so far for those that repeat another. */
const MAX_LOOKED_AT = 2_000;

/** What plans need. */
export interface PlanFlowDeps {
  readonly options: MessagesOptions;
  readonly planner: Planner;
  readonly runs: Runs;
  readonly reports: Reports;
  readonly journal: () => Promise<JournalStore>;
  readonly reveal: (uri: string, issue: MessageIssue) => Promise<void>;
}

/** From a plan to a run: what goes out at once, what is shown first, and what is asked before it leaves. */
export class PlanFlow {
  readonly #deps: PlanFlowDeps;
  /** Plans that are being sent: a second click sends nothing. */
  readonly #underWay = new Set<string>();
  /** Runs of which a part is being sent again. */
  readonly #repeating = new Set<string>();

  constructor(deps: PlanFlowDeps) {
    this.#deps = deps;
  }

  /**
   * Sends messages at once, or shows them first where that is due. Where there is only one message and it cannot be sent, that is told.
   * @throws Refusal, CancelledError
   */
  async go(plan: Plan): Promise<void> {
    const { facts, sources } = plan;
    const { options, planner, reports, reveal } = this.#deps;
    const account = this.#accountOf(plan);
    const [issue] = facts.issues;
    const [source] = sources;
    if (facts.total === 1 && issue !== undefined && source !== undefined) {
      await tellSingleIssue(issue, source, { ...options, reveal });
      const { target } = plan.job;
      return this.go(await planner.plan({ sources: [{ ...source, format: 'text' }], target, account, draw: plan.job, inputs: planner.inputsOf(plan) }));
    }
    // An account may become production while something is asked.
    if (this.#isShownFirst(plan)) return reports.showPlan(plan);
    await this.#once(plan, async () => {
      await this.#askTwice(plan);
      if (this.#isShownFirst(plan)) await reports.showPlan(plan);
      else await this.#deps.runs.send(plan, this.#accountOf(plan));
    });
  }

  #isShownFirst(plan: Plan): boolean {
    const { facts, part } = plan;
    const hasIssues = part === undefined && facts.issueCount > 0;
    const isMany = (part?.count ?? facts.count) > readSendSettings().planAbove;
    return hasIssues || isMany || this.#accountOf(plan).lane.stage === 'prod';
  }

  /**
   * Sends a plan that is shown; on production, and where something cannot be sent, after a question.
   * @throws Refusal, CancelledError
   */
  async sendPlan(planId: string): Promise<void> {
    if (this.#underWay.has(planId)) return;
    const plan = this.#shown(planId);
    const count = plan.part?.count ?? plan.facts.count;
    if (count === 0) throw new Refusal(l10n.t('There is nothing to send: the plan says what is in the way.'));
    this.#underWay.add(planId);
    try {
      await this.#once(plan, async () => {
        await this.#agree(plan);
        await this.#deps.runs.send(plan, this.#accountOf(plan));
      });
    } finally {
      this.#underWay.delete(planId);
    }
  }

  /** Asks all that is due, until what was asked is how things are: a question may be open for hours. */
  async #agree(plan: Plan): Promise<void> {
    const { options } = this.#deps;
    const account = this.#accountOf(plan);
    await mustBeUnchanged(plan, account);
    await this.#askTwice(plan);
    const question = questionOf(plan, account, options);
    if (question !== undefined) await options.prompts.confirm(question);
    await mustBeUnchanged(plan, this.#accountOf(plan));
    if (this.#accountOf(plan).lane.stage !== account.lane.stage) await this.#agree(plan);
  }

  /** What was sent again already would be there twice; asked right before it leaves, for a plan may be older than that. */
  async #askTwice({ part }: Plan): Promise<void> {
    if (part === undefined) return;
    const { runId, what } = part.repeats;
    const { entries } = await (await this.#deps.journal()).entries(MAX_LOOKED_AT);
    const isRepeated = entries.some((entry) => entry.kind === 'run' && entry.header.repeats?.runId === runId && entry.header.repeats.what === what);
    if (!isRepeated) return;
    await this.#deps.options.prompts.confirm({
      message: l10n.t('These messages were sent again already. Send them once more?'),
      detail: l10n.t('What arrived then, the topic has twice afterwards.'),
      verb: l10n.t('Send Again'),
    });
  }

  /** Two plans of the same rest do not leave at the same time: the second would not know of the first. */
  async #once({ part }: Plan, send: () => Promise<void>): Promise<void> {
    if (part === undefined) return send();
    const key = `${part.repeats.what} ${part.repeats.runId}`;
    if (this.#repeating.has(key)) throw new Refusal(l10n.t('The messages are still being sent. Wait until that has ended.'));
    this.#repeating.add(key);
    try {
      await send();
    } finally {
      this.#repeating.delete(key);
    }
  }

  /**
   * Makes a plan anew from the texts as they are now, in place of the one that is shown.
   * @throws Refusal, CancelledError
   */
  async renew(planId: string): Promise<void> {
    const { planner, reports } = this.#deps;
    const plan = this.#shown(planId);
    const { job, part } = plan;
    const account = this.#accountOf(plan);
    const sources = await Promise.all(job.sources.map(openSource));
    // A part is a part of the messages that were: only the same ones can be sent again.
    const again = part === undefined ? {} : { draw: job, part, inputs: planner.inputsOf(plan) };
    const answers = planner.inputsOf(plan)?.answers;
    const renewed = await planner.plan({ sources, target: job.target, account, answers, id: planId, isShown: true, ...again });
    if (part !== undefined && renewed.facts.fingerprint !== plan.facts.fingerprint) throw new Refusal(changedText());
    // Sent or closed meanwhile, or renewed by somebody who was faster.
    if (reports.plan(planId) !== plan) throw new CancelledError();
    await reports.showPlan(renewed);
  }

  /** The account as it is now. */
  #accountOf({ job }: Plan): NaverAccount {
    return sendingAccount(this.#deps.options.accounts(), job.target.accountId);
  }

  #shown(planId: string): Plan {
    const plan = this.#deps.reports.plan(planId);
    if (plan === undefined) throw new Refusal(l10n.t('This plan is no longer there. Plan the messages again.'));
    return plan;
  }
}

/** What the user is told where messages cannot be made again as they were. */
export function changedText(): string {
  return l10n.t('The messages cannot be made again as they were: a text, a file or a variable is another now, or a key was typed. Nothing was sent.');
}

/** @throws Refusal where a file, or where the account leads, is not what the plan was made with */
async function mustBeUnchanged(plan: Plan, account: NaverAccount): Promise<void> {
  const { id, sources } = plan;
  if (goesElsewhere(plan, account)) {
    throw new Refusal(l10n.t('The account has another endpoint or zone than when the plan was made. Nothing was sent.'), { kind: 'renewPlan', planId: id });
  }
  const unchanged = await Promise.all(sources.map((source) => source.isUnchanged()));
  if (!unchanged.includes(false)) return;
  throw new Refusal(l10n.t('A file was changed since the plan was made. Nothing was sent.'), { kind: 'renewPlan', planId: id });
}

function questionOf({ facts, part, job }: Plan, account: NaverAccount, { format }: MessagesOptions): Question | undefined {
  const count = part?.count ?? facts.count;
  const bytes = part?.bytes ?? facts.bytes;
  if (part === undefined && facts.issueCount > 0) return restQuestion(count, facts.issueCount, bytes, job.target, account, format);
  return account.lane.stage === 'prod' ? prodQuestion(count, bytes, job.target, account, format) : undefined;
}
