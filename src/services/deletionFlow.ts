import type { Prompts } from '../host/prompts.ts';
import { CancelledError, ifThere, isOutcomeUnknown } from '../model/cloudError.ts';
import { confirmDeletion, deleteEach, reportFailures } from './deletion.ts';
import type { Deleted, DeletionItem, ReportDeletion } from './deletion.ts';
import type { WithProgress } from './writing.ts';

/** With what every deletion asks and tells. */
export interface DeletionPorts {
  readonly prompts: Prompts;
  /** For what is read before the question. */
  readonly reading: WithProgress;
  readonly progress: WithProgress;
  /** Says what was done. */
  readonly say: (message: string) => void;
}

/** How things of one kind are deleted; all texts are in the user's language. */
export interface DeletionFlow<I extends DeletionItem> {
  /** Shown while it is read what would be lost. */
  readonly readingText: string;
  /** What is there to be deleted, as it is now. @throws CloudError, CancelledError */
  readonly look: (signal: AbortSignal) => Promise<readonly I[]>;
  /** Said where nothing is. */
  readonly goneText: () => string;
  /** Names the one thing, or says how many. */
  readonly question: (only: I | undefined, count: number) => string;
  /** The same, while they are deleted. */
  readonly title: (only: I | undefined, count: number) => string;
  /** The questions are answered: the deletion begins. */
  readonly confirmed?: () => void;
  readonly remove: (item: I, signal: AbortSignal) => Promise<void>;
  /** Asked after a failure: what happened all the same. */
  readonly remarkOn?: (item: I) => string | undefined;
  /** What is said at the end; undefined where there is nothing to say, or the rows say it. */
  readonly summary: (deleted: Deleted<I>) => string | undefined;
  readonly report: ReportDeletion;
}

/**
 * Reads what would be lost, asks, and deletes one after another; where one fails the others go on. What is gone already is left alone.
 * @throws CancelledError where the user does not want to; what {@link DeletionFlow.look} throws
 */
export async function deleteAsked<I extends DeletionItem>(flow: DeletionFlow<I>, { prompts, reading, progress, say }: DeletionPorts): Promise<void> {
  const items = await reading(flow.readingText, flow.look);
  if (items.length === 0) {
    say(flow.goneText());
    return;
  }
  const only = items.length === 1 ? items[0] : undefined;
  await confirmDeletion(prompts, { question: flow.question(only, items.length), items });
  flow.confirmed?.();
  const deleted = await progress(flow.title(only, items.length), (signal) =>
    deleteEach(items, (item) => flow.remove(item, signal), flow.remarkOn));
  const text = flow.summary(deleted);
  if (text !== undefined) say(text);
  reportFailures(deleted.failures, items.length, flow.report);
}

/**
 * Deletes one thing; what is gone already counts as deleted. Where no answer came it is looked for: what is gone is deleted.
 * @param find reads it
 * @throws CancelledError, CloudError
 */
export async function deleteOrLook(remove: () => Promise<unknown>, find: () => Promise<unknown>): Promise<void> {
  try {
    await ifThere(remove());
  } catch (error) {
    if (error instanceof CancelledError || !isOutcomeUnknown(error)) throw error;
    const left = await ifThere(find()).catch((looking: unknown) => {
      // The first failure says more: that the change may or may not have been made.
      throw looking instanceof CancelledError ? looking : error;
    });
    if (left !== undefined) throw error;
  }
}
