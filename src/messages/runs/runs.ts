import { withCancellableProgress } from '../../host/progress.ts';
import type { NaverAccount } from '../../model/account.ts';
import { type EngineResult, sendMessages } from '../../sending/engine/engine.ts';
import { inKeyOrder } from '../../sending/journal/inKeyOrder.ts';
import type { JournalStore, RunState, RunWriter } from '../../sending/journal/journalStore.ts';
import type { Outcomes } from '../../sending/journal/outcomes.ts';
import type { Reading } from '../../sending/message.ts';
import { verified } from '../../sending/reading/verified.ts';
import { SourceChangedError } from '../../sending/source.ts';
import type { IndexRange, RunHeader, RunSummary } from '../../sending/recording.ts';
import type { MessagesOptions } from '../options.ts';
import type { Plan } from '../plan.ts';
import type { Planner } from '../planner.ts';
import { messagesIn } from '../sources/reader.ts';
import { progressText, runTitle } from './runWords.ts';
import { type WatchedTarget, watchTarget } from './watchedTarget.ts';

/** After a cancellation, answers to what is under way are waited for so long. */
const GRACE_MS = 5_000;
/** Plans of runs that are kept, so that their rest can be sent although a text changed. */
const MAX_KEPT = 10;

/** What runs need. */
export interface RunsDeps {
  readonly options: MessagesOptions;
  readonly planner: Planner;
  readonly journal: () => Promise<JournalStore>;
  /** Told when a run began, and while it is under way. */
  readonly onBegin: (plan: Plan, runId: string) => void;
  readonly onProgress: (runId: string) => void;
  /** Told when a run is over, before `send` and `resume` return. */
  readonly onEnd: (run: EndedRun) => Promise<void>;
}

/** A run that is over, with all that is told of it. */
export interface EndedRun {
  readonly plan: Plan;
  readonly header: RunHeader;
  readonly account: NaverAccount;
  readonly summary: RunSummary;
  readonly result: EngineResult;
  readonly seen: WatchedTarget['seen'];
  readonly durationMs: number;
  /** Whether a part of it was sent before. */
  readonly isResumed: boolean;
  /** Messages that had not arrived when it began, or was resumed. */
  readonly left: number;
  /** What people call the source that was changed while it was sent, where that ended the run. */
  readonly changed: string | undefined;
}

/** What messages go through on their way. */
interface UnderWay {
  readonly writer: RunWriter;
  readonly target: WatchedTarget;
  readonly only: readonly IndexRange[] | undefined;
  readonly left: number;
  readonly before: Outcomes | undefined;
}

/** Sends what plans hold: every message is in the journal before it leaves. */
export class Runs {
  readonly #deps: RunsDeps;
  readonly #kept = new Map<string, Plan>();

  constructor(deps: RunsDeps) {
    this.#deps = deps;
  }

  /** The plan a run of this window was made from, where it is still kept. */
  planOf(runId: string): Plan | undefined {
    return this.#kept.get(runId);
  }

  /**
   * Sends a plan, and tells how that went.
   * @param account as it is now
   * @throws JournalError where nothing can be written down, and so nothing leaves
   */
  async send(plan: Plan, account: NaverAccount): Promise<void> {
    const { options, journal } = this.#deps;
    const target = watchTarget(await options.targetOf(plan.job.target), options.ticks);
    const header = headerOf(plan, account, options.newId(), options.now());
    const writer = await (await journal()).begin(header);
    this.#keep(header.id, plan);
    await this.#run({ plan, header, account, writer, target, only: plan.part?.only, before: undefined });
  }

  /**
   * Sends what is left of a run that was interrupted: what was neither acknowledged nor is unknown, and so is certainly not on the topic.
   * @param plan the run's messages, known to be the same
   * @throws RunBusyError where another window does it; JournalError
   */
  async resume({ header }: RunState, plan: Plan, account: NaverAccount): Promise<void> {
    const { options, journal } = this.#deps;
    const target = watchTarget(await options.targetOf(header.job.target), options.ticks);
    const { state, writer } = await (await journal()).resume(header.id);
    this.#keep(header.id, plan);
    await this.#run({ plan, header, account, writer, target, only: state.outcomes.ranges('refused', 'notSent'), before: state.outcomes });
  }

  async #run(run: {
    readonly plan: Plan;
    readonly header: RunHeader;
    readonly account: NaverAccount;
    readonly writer: RunWriter;
    readonly target: WatchedTarget;
    readonly only: readonly IndexRange[] | undefined;
    /** What became of its messages before it was interrupted. */
    readonly before: Outcomes | undefined;
  }): Promise<void> {
    const { plan, header, account, writer, target, only, before } = run;
    const { options } = this.#deps;
    this.#deps.onBegin(plan, header.id);
    const startedAt = options.ticks();
    const counts = writer.counts();
    // What was refused before it was interrupted leaves once more.
    const left = counts.notSent + counts.refused;
    const result = await this.#underWay(plan, header, { writer, target, only, left, before });
    const summary: RunSummary = {
      endedAtMs: options.now(), ...writer.counts(), ...(result.stopped === undefined ? {} : { stopped: result.stopped }),
    };
    try {
      await writer.finish(summary);
    } finally {
      // Whatever becomes of the journal: the messages are on the topic, and that is told.
      const changed = result.error instanceof SourceChangedError ? await nameOfChanged(plan) : undefined;
      await this.#deps.onEnd({
        plan, header, account, summary, result, left, changed,
        isResumed: before !== undefined,
        seen: target.seen,
        durationMs: options.ticks() - startedAt,
      });
    }
  }

  async #underWay(
    plan: Plan, { id, order, job }: RunHeader, { writer, target, only, left, before }: UnderWay,
  ): Promise<EngineResult> {
    const { options, planner, onProgress } = this.#deps;
    const { format, ticks, wait, random } = options;
    const { concurrency, ratePerSecond, facts } = plan;
    const readAgain = (signal: AbortSignal): AsyncIterable<readonly Reading[]> => {
      const readings = verified(planner.readings(plan, signal), facts);
      return before === undefined || order === 'parallel' ? readings : inKeyOrder(readings, before);
    };
    return withCancellableProgress(runTitle(left, job.target, format), (signal, report) =>
      sendMessages(messagesIn(readAgain(signal), only), { concurrency, ratePerSecond, order, graceMs: GRACE_MS }, {
        target, wait, random,
        recorder: writer,
        now: ticks,
        onProgress: (progress) => {
          const done = progress.acknowledged + progress.refused + progress.unknown;
          if (left <= 1) return;
          report({ message: progressText(progress, left, format), fraction: done / left });
          onProgress(id);
        },
      }, signal));
  }

  #keep(runId: string, plan: Plan): void {
    this.#kept.delete(runId);
    this.#kept.set(runId, plan);
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MAX_KEPT) return;
      this.#kept.delete(oldest);
    }
  }
}

/** The first source that is another now; the first of all where none says so, for it may be as it was again. */
async function nameOfChanged({ sources }: Plan): Promise<string> {
  const unchanged = await Promise.all(sources.map((source) => source.isUnchanged()));
  return (sources[unchanged.indexOf(false)] ?? sources[0])?.name ?? '';
}

function headerOf({ job, order, facts, part }: Plan, { name, lane }: NaverAccount, id: string, startedAtMs: number): RunHeader {
  return {
    id, startedAtMs, job, order,
    account: { name, stage: lane.stage },
    count: part?.count ?? facts.count,
    total: facts.total,
    bytes: part?.bytes ?? facts.bytes,
    fingerprint: facts.fingerprint,
    ...(part === undefined ? {} : { only: part.only, repeats: part.repeats }),
  };
}
