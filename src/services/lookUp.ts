import * as l10n from '@vscode/l10n';

import { CancelledError, CloudError, isOutcomeUnknown } from '../model/cloudError.ts';
import type { WithProgress } from './writing.ts';

/** A creation that is asked for once, and looked for where nobody knows what became of it. */
export interface Creation<T> {
  readonly progress: WithProgress;
  /** Said while it is created: `Creating topic "orders"…` */
  readonly title: string;
  /** Asks the cloud for it; never repeated here. */
  readonly create: (signal: AbortSignal) => Promise<T>;
  /** Looks whether one of its name is there: before the request, and where no answer came. Not one that is being deleted, if there is another. */
  readonly find: (signal: AbortSignal) => Promise<T | undefined>;
  readonly idOf: (found: T) => string | undefined;
  readonly isLeaving: (found: T) => boolean;
  /** Says what was done. */
  readonly say: (message: string) => void;
  readonly texts: CreationTexts;
  /** The step to go back to where one of that name was there before. */
  readonly stepIfThere: string;
}

/** What the user is told where no answer came. Each takes why: `No answer came, …`, or `Cancelled, …` where the user ended it. */
export interface CreationTexts {
  /** It is there: `No answer came, but topic "orders" exists now.` */
  readonly exists: (isCalledOff: boolean) => string;
  /** It is not there: `No answer came, and topic "orders" does not exist.` */
  readonly missing: (error: unknown) => string;
  /** One of that name is there, which is not the one that was asked for. */
  readonly wasThere: string;
}

/** What became of a creation: the thing, or why there is none. */
export type Created<T> = { readonly thing: T } | NotCreated;

/** Why nothing was created. */
interface NotCreated {
  readonly missing: string;
  /** The step this is about; undefined for the last one. */
  readonly step?: string;
  /** The user ended it. */
  readonly isCalledOff: boolean;
}

/**
 * Creates something. Where no answer came it is looked up, for a second request could make a second one: if it is there, was not there
 * before and is not going, that is said and it counts as created; if not, the caller gets the sentence that says so.
 * Calling it off is no answer either.
 * @throws CloudError where it was refused, or where looking failed too; CancelledError where the looking was called off as well
 */
export async function createOrLookUp<T>(creation: Creation<T>): Promise<Created<T>> {
  const { progress, title, create, find, idOf, texts, say } = creation;
  const asked: { before: T | undefined }[] = [];
  try {
    const thing = await progress(title, async (signal) => {
      asked.push({ before: await existing(find, signal) });
      return create(signal);
    });
    return { thing };
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error;
    const isCalledOff = error instanceof CancelledError;
    const [request] = asked;
    if (request === undefined) return { missing: l10n.t('Nothing was sent.'), isCalledOff };
    const found = await progress(l10n.t('Checking what happened…'), find).catch(() => {
      // The first failure says more: that the change may or may not have been made.
      throw error;
    });
    if (found === undefined) return { missing: texts.missing(error), isCalledOff };
    const { before } = request;
    const id = idOf(found);
    const wasThere = before !== undefined && (id === undefined || id === idOf(before));
    if (wasThere) return { missing: texts.wasThere, step: creation.stepIfThere, isCalledOff };
    if (creation.isLeaving(found)) return { missing: texts.missing(error), isCalledOff };
    say(texts.exists(isCalledOff));
    return { thing: found };
  }
}

/** Where this fails nothing was asked for yet, whatever the failure says of itself. */
async function existing<T>(find: Creation<T>['find'], signal: AbortSignal): Promise<T | undefined> {
  try {
    return await find(signal);
  } catch (error) {
    if (error instanceof CloudError) throw new CloudError(error.kind, { ...error.details, mayHaveArrived: false });
    throw error;
  }
}
