import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../api/functions/client.ts';
import { CancelledError, CloudError, ifThere } from '../../model/cloudError.ts';
import type { ActionSpec } from '../../model/functions.ts';
import type { Words } from '../../model/problemWords.ts';
import { createOrLookUp } from '../lookUp.ts';
import type { Created, CreationTexts } from '../lookUp.ts';
import type { FunctionsDeps } from './context.ts';

/** Something that a PUT creates where nothing of its name is there. */
export interface PutCreation {
  /** Named in the user's language, within a sentence: `package "orders"`. */
  readonly thing: string;
  readonly name: string;
  /** Names in use, for the question: one that turns out to be is added. */
  readonly taken: Set<string>;
  /** Said while it is created, and when it was. */
  readonly creating: string;
  readonly created: string;
  readonly put: (signal: AbortSignal) => Promise<void>;
  /** Reads what has the name. */
  readonly read: (signal: AbortSignal) => Promise<unknown>;
}

/** Whether something has a name here. What has it on the other platform is replaced by nothing, and whether it stands in the way the service decides. */
async function isThere(reading: Promise<unknown>): Promise<boolean> {
  try {
    return (await ifThere(reading)) !== undefined;
  } catch (error) {
    if (error instanceof CloudError && error.details.reason === 'platform') return false;
    throw error;
  }
}

/**
 * Creates by a PUT, which would replace what has the name (cloudfunctions.md §3): so it is looked for right before. Where no answer comes
 * it is looked for again, and nothing is sent twice.
 * @throws CloudError `conflict` where the name is in use, and what the service refuses
 */
export async function createByPut(
  { thing, name, taken, creating, created, put, read }: PutCreation, { progress, say }: Pick<FunctionsDeps, 'progress' | 'say'>,
): Promise<Created<true>> {
  let isTaken = false;
  const work = createOrLookUp<true>({
    progress,
    title: creating,
    create: async (signal) => {
      if (isTaken) throw new CloudError('conflict', { reason: 'duplicateName', operation: 'write', mayHaveArrived: false, explain: nameTaken });
      await put(signal);
      say(created);
      return true;
    },
    find: async (signal) => {
      isTaken = await isThere(read(signal));
      return isTaken ? true : undefined;
    },
    idOf: () => undefined,
    isLeaving: () => false,
    say,
    texts: creationTexts(thing),
    stepIfThere: 'name',
  });
  return work.catch((error: unknown) => {
    if (error instanceof CloudError && error.details.reason === 'duplicateName') taken.add(name);
    throw error;
  });
}

function nameTaken(): Words {
  return { message: l10n.t('The name is taken already.'), hint: l10n.t('Creating it would replace what has this name already. Choose another name.'), remedies: [] };
}

/** What is said where no answer to a creation came. @param thing named in the user's language, within a sentence: `package "orders"` */
function creationTexts(thing: string): CreationTexts {
  return {
    exists: (isCalledOff) => (isCalledOff ? l10n.t('Cancelled, but {0} exists now.', thing) : l10n.t('No answer came, but {0} exists now.', thing)),
    missing: (error) => (error instanceof CancelledError
      ? l10n.t('There is no {0} so far.', thing)
      : l10n.t('No answer came, and there is no {0}.', thing)),
    wasThere: l10n.t('There is {0}, but it was there before.', thing),
  };
}

/** Creates an action by {@link createByPut}. @throws as that does */
export async function createActionByPut(
  spec: ActionSpec, taken: Set<string>, client: Pick<FunctionsClient, 'getAction' | 'putAction'>, deps: Pick<FunctionsDeps, 'progress' | 'say'>,
): Promise<Created<ActionSpec>> {
  const { pkg, name } = spec;
  const created = await createByPut({
    thing: l10n.t('action "{0}"', name),
    name,
    taken,
    creating: l10n.t('Creating action "{0}"…', name),
    created: l10n.t('Action "{0}" was created.', name),
    put: (signal) => client.putAction(spec, signal),
    read: (signal) => client.getAction(pkg, name, signal),
  }, deps);
  return 'thing' in created ? { thing: spec } : created;
}
