import * as l10n from '@vscode/l10n';

import type { NaverAccount } from '../../model/account.ts';
import type { Reading } from '../../sending/message.ts';
import { RunOverError } from '../../sending/journal/journalErrors.ts';
import type { JournalStore, RunState } from '../../sending/journal/journalStore.ts';
import { lengthOf } from '../../sending/indexRanges.ts';
import type { RunHeader } from '../../sending/recording.ts';
import { openSource } from '../sources/openSource.ts';
import type { MessagesOptions } from '../options.ts';
import type { Plan } from '../plan.ts';
import { changedText, type PlanFlow } from '../planFlow.ts';
import type { Planner, PlanRequest } from '../planner.ts';
import { Refusal } from '../refusal.ts';
import type { Runs } from './runs.ts';
import { duplicateQuestion, prodQuestion } from './runWords.ts';
import { sendingAccount } from '../targets/targetChoice.ts';

/** What is sent of a run once more: what certainly is not on the topic, or what may be. */
export type Repeated = NonNullable<RunHeader['repeats']>['what'];

/** What repeating runs needs. */
export interface RunFlowDeps {
  readonly options: MessagesOptions;
  readonly planner: Planner;
  readonly plans: PlanFlow;
  readonly runs: Runs;
  readonly journal: () => Promise<JournalStore>;
}

/** Goes on with runs of the journal: what was interrupted, what is left, what is unknown. */
export class RunFlow {
  readonly #deps: RunFlowDeps;
  /** What is under way: a second click changes nothing. */
  readonly #underWay = new Set<string>();

  constructor(deps: RunFlowDeps) {
    this.#deps = deps;
  }

  /**
   * Sends what of an interrupted run was neither acknowledged nor is unknown.
   * @throws Refusal, ProblemError, CancelledError
   */
  resume(runId: string): Promise<void> {
    return this.#once(`resume ${runId}`, async () => {
      const { options, runs } = this.#deps;
      const state = await this.#run(runId);
      if (state.status === 'ended') throw new RunOverError('ended');
      const { header, outcomes } = state;
      const account = (): NaverAccount => sendingAccount(options.accounts(), header.job.target.accountId);
      account();
      const plan = await this.#sameMessages(header);
      const count = outcomes.count('refused') + outcomes.count('notSent');
      // As it is after all was read: it may have become production meanwhile.
      if (account().lane.stage === 'prod' && count > 0) {
        const only = outcomes.ranges('refused', 'notSent');
        const bytes = (await this.#planOf(header, { only, repeats: { runId, what: 'rest' } })).part?.bytes ?? 0;
        await options.prompts.confirm(prodQuestion(count, bytes, header.job.target, account(), options.format));
      }
      await runs.resume(state, plan, account());
    });
  }

  /**
   * Sends again what a run refused or never sent, or what is unknown: that only after a question, for it may be on the topic.
   * @throws Refusal, ProblemError, CancelledError
   */
  again(runId: string, what: Repeated): Promise<void> {
    return this.#once(`${what} ${runId}`, async () => {
      const { options, plans } = this.#deps;
      const { header, status, outcomes } = await this.#run(runId);
      if (status === 'running') throw new Refusal(l10n.t('The messages are still being sent. Wait until that has ended.'));
      // Resumed later, it would send the same messages once more.
      if (status === 'interrupted' && what === 'rest') {
        throw new Refusal(l10n.t('This run was interrupted. Resume it first.'), { kind: 'resumeRun', runId });
      }
      const { target } = header.job;
      sendingAccount(options.accounts(), target.accountId);
      const only = what === 'rest' ? outcomes.ranges('refused', 'notSent') : outcomes.ranges('unknown');
      const count = what === 'rest' ? outcomes.count('refused') + outcomes.count('notSent') : lengthOf(only);
      if (count === 0) throw new Refusal(l10n.t('Nothing of this run is left to send.'));
      if (what === 'unknown') await options.prompts.confirm(duplicateQuestion(count, target, options.format));
      const plan = await this.#planOf(header, { only, repeats: { runId, what } });
      await plans.go(plan);
    });
  }

  /** The messages of a run as they went out; `undefined` where they cannot be made again. */
  async readings(header: RunHeader, signal: AbortSignal): Promise<AsyncIterable<readonly Reading[]> | undefined> {
    try {
      return this.#deps.planner.readings(await this.#sameMessages(header), signal);
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  async #run(runId: string): Promise<RunState> {
    const state = await (await this.#deps.journal()).readRun(runId);
    if (state === undefined) throw new RunOverError('gone');
    return state;
  }

  /** All messages of a run, the same as then. */
  #sameMessages(header: RunHeader): Promise<Plan> {
    return this.#planOf(header, undefined);
  }

  /** @throws Refusal where they are not the same any more */
  async #planOf(header: RunHeader, part: PlanRequest['part']): Promise<Plan> {
    const { options, planner, runs } = this.#deps;
    const account = options.accounts().find(({ id }) => id === header.job.target.accountId);
    if (account?.provider !== 'naver') throw new Refusal(l10n.t('The account was removed meanwhile.'));
    const kept = runs.planOf(header.id);
    const isKept = kept !== undefined && (await Promise.all(kept.sources.map((source) => source.isUnchanged()))).every(Boolean);
    const plan = await planner.plan({
      sources: isKept ? kept.sources : await Promise.all(header.job.sources.map(openSource)),
      inputs: kept === undefined ? undefined : planner.inputsOf(kept),
      target: header.job.target, account,
      draw: header.job,
      order: header.order,
      ...(part === undefined ? {} : { part }),
    });
    if (plan.facts.fingerprint !== header.fingerprint || plan.facts.total !== header.total) throw new Refusal(changedText());
    return plan;
  }

  async #once(key: string, work: () => Promise<void>): Promise<void> {
    if (this.#underWay.has(key)) return;
    this.#underWay.add(key);
    try {
      await work();
    } finally {
      this.#underWay.delete(key);
    }
  }
}
