import * as l10n from '@vscode/l10n';
import { commands, Position, Range, Uri, window, workspace } from 'vscode';

import { showWarning } from '../host/notifications.ts';
import { COMMANDS } from '../ids.ts';
import { CancelledError } from '../model/cloudError.ts';
import type { JournalStore } from '../sending/journal/journalStore.ts';
import { isIssue, type MessageIssue, type Reading, type ReadyMessage } from '../sending/message.ts';
import type { RunHeader } from '../sending/recording.ts';
import { type SendTarget, whyNotSend } from '../sending/target.ts';
import { chooseWorkspaceEnvironment } from './sources/environmentChoice.ts';
import { sendFiles } from './filesFlow.ts';
import { openMessageDocument } from './newMessage.ts';
import type { MessagesOptions } from './options.ts';
import type { Plan } from './plan.ts';
import { PlanFlow } from './planFlow.ts';
import { Planner } from './planner.ts';
import { Refusal, type RefusalAction } from './refusal.ts';
import type { Reports } from './report/reports.ts';
import { planAgain } from './runs/planAgain.ts';
import { type Repeated, RunFlow } from './runs/runFlow.ts';
import { type EndedRun, Runs } from './runs/runs.ts';
import { tellMany, tellOne } from './runs/runTelling.ts';
import { SendFlow, type SendFlowDeps, type SendWay } from './sendFlow.ts';
import type { NoText, TakenText } from './sources/takeText.ts';
import { sendingAccount } from './targets/targetChoice.ts';
import type { TargetMemory } from './targets/targetMemory.ts';
import { cannotSendText } from './texts.ts';

/** What the work needs of the light part. */
export interface WorkDeps {
  readonly options: MessagesOptions;
  readonly memory: TargetMemory;
  readonly reports: Reports;
  readonly journal: () => Promise<JournalStore>;
}

/** Everything about sending that is only needed when something is sent. */
export class MessageWork {
  readonly #deps: WorkDeps;
  readonly #planner: Planner;
  readonly #flow: SendFlowDeps;
  readonly #sending: SendFlow;
  readonly #plans: PlanFlow;
  readonly #runs: RunFlow;
  readonly #underWay = new Set<string>();

  constructor(deps: WorkDeps) {
    const { options, memory, reports, journal } = deps;
    this.#deps = deps;
    const planner = new Planner(options, () => workspace.isTrusted);
    const runs = new Runs({
      options, planner, journal,
      onBegin: (plan, runId) => this.#began(plan, runId),
      onProgress: (runId) => reports.changed(runId),
      onEnd: (run) => this.#ended(run),
    });
    this.#planner = planner;
    this.#plans = new PlanFlow({ options, planner, runs, reports, reveal, journal });
    this.#flow = { options, planner, runs, reports, reveal, journal, memory, plans: this.#plans };
    this.#sending = new SendFlow(this.#flow);
    this.#runs = new RunFlow({ options, planner, runs, journal, plans: this.#plans });
  }

  /** A second click while the same text is on its way changes nothing. */
  async send(taken: TakenText | NoText, way: SendWay): Promise<void> {
    const key = JSON.stringify(typeof taken === 'string' ? [taken] : [taken.uri, taken.version, taken.range, way]);
    if (this.#underWay.has(key)) return;
    this.#underWay.add(key);
    try {
      await telling(() => this.#sending.send(taken, way));
    } finally {
      this.#underWay.delete(key);
    }
  }

  changeTarget(taken: TakenText | NoText): Promise<void> {
    return telling(() => this.#sending.changeTarget(taken));
  }

  sendFiles(uris: readonly Uri[]): Promise<void> {
    return telling(() => sendFiles(uris, this.#flow));
  }

  /** Asks for the environment of the workspace's variables; a plan that is shown is made anew with it. */
  chooseEnvironment(planId: string | undefined): Promise<void> {
    const { options, reports } = this.#deps;
    return telling(async () => {
      const plan = planId === undefined ? undefined : reports.plan(planId);
      const document = plan?.job.sources[0]?.uri ?? window.activeTextEditor?.document.uri.toString();
      await chooseWorkspaceEnvironment(document === undefined ? undefined : Uri.parse(document), options);
      if (plan !== undefined) await this.#plans.renew(plan.id);
    });
  }

  sendPlan(planId: string): Promise<void> {
    return telling(() => this.#plans.sendPlan(planId));
  }

  renewPlan(planId: string): Promise<void> {
    return telling(() => this.#plans.renew(planId));
  }

  again(runId: string, what: Repeated): Promise<void> {
    return telling(() => this.#runs.again(runId, what));
  }

  /** Plans what a run sent, from its texts as they are now. */
  planRun(runId: string): Promise<void> {
    return telling(async () => planAgain(runId, { ...this.#deps, planner: this.#planner }));
  }

  resume(runId: string): Promise<void> {
    return telling(() => this.#runs.resume(runId));
  }

  readings(plan: Plan, signal: AbortSignal): AsyncIterable<readonly Reading[]> {
    return this.#planner.readings(plan, signal);
  }

  readAgain(header: RunHeader, signal: AbortSignal): Promise<AsyncIterable<readonly Reading[]> | undefined> {
    return this.#runs.readings(header, signal);
  }

  /** A message of a run, from the journal where it keeps them, else read again; `undefined` where it is neither. */
  async messageOf(runId: string, index: number): Promise<ReadyMessage | undefined> {
    const journal = await this.#deps.journal();
    for await (const [kept] of journal.payloads(runId, [[index, index + 1]])) {
      if (kept !== undefined) return kept;
    }
    const state = await journal.readRun(runId);
    const readings = state && (await this.#runs.readings(state.header, new AbortController().signal));
    for await (const batch of readings ?? []) {
      const found = batch.find((reading) => reading.index === index);
      if (found !== undefined) return isIssue(found) ? undefined : found;
    }
    return undefined;
  }

  /** Opens a new message document that goes to this topic unless told otherwise. */
  async openNewMessage(target: SendTarget): Promise<void> {
    const { options, memory } = this.#deps;
    const account = options.accounts().find(({ id }) => id === target.accountId);
    const reason = account === undefined ? undefined : whyNotSend(account);
    if (account !== undefined && reason !== undefined) {
      showWarning(cannotSendText(reason, account.name));
      return;
    }
    const document = await openMessageDocument(target.topicName, options.newId(), options.now());
    memory.bindUntitled(document.uri.toString(), target);
  }

  #began(plan: Plan, runId: string): void {
    const { reports } = this.#deps;
    // Nobody waits for the plan to close and for old marks to go.
    this.#quietly(async () => {
      await reports.dropPlan(plan.id);
      await this.#mark(runId);
    });
  }

  async #ended(run: EndedRun): Promise<void> {
    const { options, reports } = this.#deps;
    const { header: { id, count }, summary, isResumed } = run;
    const deps = {
      options,
      sendAgain: () => this.#quietly(() => telling(() => this.#sendAgain(run))),
      showResult: () => this.#quietly(() => reports.showResult(id)),
    };
    if (count === 1 && !isResumed) tellOne(run, deps);
    else tellMany(run, deps);
    await this.#mark(id);
    reports.changed(id);
    // In place of the one message's document it would be in the way.
    if (count > 1 && summary.acknowledged < count) await reports.showResult(id, { preserveFocus: true });
  }

  /** The same text to the same place; a key that was made up is made up anew. */
  async #sendAgain({ plan }: EndedRun): Promise<void> {
    const { options } = this.#deps;
    const { sources, job: { target } } = plan;
    const account = sendingAccount(options.accounts(), target.accountId);
    const answers = this.#planner.inputsOf(plan)?.answers;
    await this.#plans.go(await this.#planner.plan({ sources, target, account, answers, ...(account.lane.stage === 'prod' ? { isShown: true } : {}) }));
  }

  async #mark(runId: string): Promise<void> {
    const state = await (await this.#deps.journal()).readRun(runId);
    if (state !== undefined) this.#deps.reports.mark(state);
  }

  /** For what nobody waits for. */
  #quietly(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      if (!(error instanceof CancelledError)) this.#deps.options.log.error('After a send something failed', error);
    });
  }
}

/** Runs work, and says why nothing was sent where that is no failure. */
async function telling(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    showWarning(error.message, ...error.actions.map((action) => ({ label: labelOf(action), run: () => void perform(action) })));
  }
}

function labelOf({ kind }: RefusalAction): string {
  switch (kind) {
    case 'addAccount':
      return l10n.t('Add Account');
    case 'copyKafkaCode':
      return l10n.t('Copy Kafka Client Code');
    case 'renewPlan':
      return l10n.t('Plan Again');
    case 'resumeRun':
      return l10n.t('Resume');
    case 'unlock':
      return l10n.t('Unlock for 15 Minutes');
    case 'chooseEnvironment':
      return l10n.t('Choose an Environment');
    case 'changeTarget':
      return l10n.t('Change Target');
    case 'openFile':
      return l10n.t('Open File');
  }
}

function perform(action: RefusalAction): Thenable<unknown> {
  switch (action.kind) {
    case 'addAccount':
      return commands.executeCommand(COMMANDS.addAccount);
    case 'copyKafkaCode':
      return commands.executeCommand(COMMANDS.copyKafkaCode);
    case 'renewPlan':
      return commands.executeCommand(COMMANDS.renewPlan, action.planId);
    case 'resumeRun':
      return commands.executeCommand(COMMANDS.resumeRun, action.runId);
    case 'unlock':
      return commands.executeCommand(COMMANDS.unlockAccount);
    case 'chooseEnvironment':
      return commands.executeCommand(COMMANDS.chooseEnvironment);
    case 'changeTarget':
      return commands.executeCommand(COMMANDS.changeTarget, action.uri);
    case 'openFile':
      return showPlace(action.uri, action.line, action.column, 0);
  }
}

/** Shows and selects what is in the way. */
async function reveal(uri: string, { place, length }: MessageIssue): Promise<void> {
  await showPlace(uri, place.line, place.column, length);
}

/** Places as people count: from 1. */
function showPlace(uri: string, line: number, column: number, length: number): Thenable<unknown> {
  const start = new Position(line - 1, column - 1);
  return window.showTextDocument(Uri.parse(uri), { selection: new Range(start, start.translate(0, length)) });
}
