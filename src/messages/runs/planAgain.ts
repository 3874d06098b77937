import { RunOverError } from '../../sending/journal/journalErrors.ts';
import type { JournalStore } from '../../sending/journal/journalStore.ts';
import type { MessagesOptions } from '../options.ts';
import type { Planner } from '../planner.ts';
import type { Reports } from '../report/reports.ts';
import { openSource } from '../sources/openSource.ts';
import { sendingAccount } from '../targets/targetChoice.ts';

/** What planning a run once more needs. */
export interface PlanAgainDeps {
  readonly options: MessagesOptions;
  readonly planner: Planner;
  readonly reports: Pick<Reports, 'showPlan'>;
  readonly journal: () => Promise<JournalStore>;
}

/**
 * Shows a plan of all that the sources of a run hold now, to where the run went. Nothing is sent.
 * @throws Refusal, RunOverError, CancelledError
 */
export async function planAgain(runId: string, { options, planner, reports, journal }: PlanAgainDeps): Promise<void> {
  const state = await (await journal()).readRun(runId);
  if (state === undefined) throw new RunOverError('gone');
  const { order, job: { target, sources: refs } } = state.header;
  const account = sendingAccount(options.accounts(), target.accountId);
  const sources = await Promise.all(refs.map(openSource));
  await reports.showPlan(await planner.plan({ sources, target, account, order, isShown: true }));
}
