import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import { stageBadge } from '../../../model/accountWords.ts';
import { CancelledError, isOutcomeUnknown } from '../../../model/cloudError.ts';
import { extensionOf } from '../../../model/functionRuntimes.ts';
import type { ActionDetail } from '../../../model/functions.ts';
import { ProblemError } from '../../../model/problem.ts';
import type { ActionTarget, FunctionsDeps } from '../context.ts';
import { actionResource, codeRef } from '../resources.ts';
import { momentText } from '../runs/times.ts';
import { requireWrite } from '../../writing.ts';
import { execChangeLines } from './execChange.ts';
import { keepOrRefuse } from './keeping.ts';
import { execOf, isSameExec, Versions } from './versions.ts';
import type { KeptExec, Version } from './versions.ts';
import { readWholeAction } from './wholeAction.ts';

/** An earlier version, and what it runs. */
interface Earlier {
  readonly version: Version;
  readonly exec: KeptExec;
}

/** What the user agreed to. */
interface Undoing {
  readonly client: FunctionsClient;
  /** The action as it was when that was asked. */
  readonly seen: ActionDetail;
  readonly exec: KeptExec;
}

/**
 * Brings back what an action ran before it was deployed last from this machine; its settings, limits and parameters stay as they are now.
 * What runs now is kept, too, so that this can be undone the same way.
 * @throws CloudError, CancelledError; ProblemError where no version is kept, where it was changed elsewhere meanwhile, or where nobody knows what became of it
 */
export async function undoDeploy(target: ActionTarget, deps: FunctionsDeps): Promise<void> {
  const { place: { account, region }, pkg, name } = target;
  requireWrite(account);
  const versions = new Versions(deps.versionsFolder, deps.now);
  const kept = await versions.list(target);
  if (kept.length === 0) throw noneKept(target);
  const client = await deps.client(account.id, region);
  const seen = await deps.reading(l10n.t('Reading "{0}"…', name), (signal) => readWholeAction(client, { pkg, name }, signal));
  const others = await versionsOtherThan(seen, kept, versions);
  const exec = await choose(target, seen, others, deps);
  await bringBack(target, { client, seen, exec }, deps);
  const code = codeRef(target, extensionOf(exec.runtime), target.place);
  deps.changed([actionResource(pkg, name, target.place).ref, code]);
  if (exec.code !== undefined && exec.isBinary !== true) await deps.openDocument(code, 'edit');
}

/** Those that run something else, the newest first. */
async function versionsOtherThan(seen: ActionDetail, kept: readonly Version[], versions: Versions): Promise<readonly Earlier[]> {
  const read = await Promise.all(kept.map(async (version): Promise<readonly Earlier[]> => {
    const exec = await versions.read(version);
    // One of an action that was deleted since, and had this one's name, is none of its versions.
    return exec === undefined || exec.resourceId !== seen.resourceId || isSameExec(exec, seen) ? [] : [{ version, exec }];
  }));
  return read.flat();
}

/** @throws CancelledError where a question is closed; ProblemError where nothing else is kept */
async function choose(target: ActionTarget, seen: ActionDetail, others: readonly Earlier[], deps: FunctionsDeps): Promise<KeptExec> {
  const { prompts, format } = deps;
  const { account } = target.place;
  let [earlier] = others;
  if (earlier === undefined) throw noneKept(target);
  for (;;) {
    const { version, exec } = earlier;
    const answer = await prompts.choose<'undo' | 'other'>({
      message: l10n.t('Undo the last deploy of action "{0}" of account "{1}" ({2})?', target.name, account.name, stageBadge(account.lane.stage)),
      detail: [
        l10n.t('It goes back to the version it ran until {0}.', momentText(version.keptAtMs, format)), '', ...execChangeLines(seen, exec, format), '',
        l10n.t('Parameters, limits and all other settings stay as they are now. What runs now is kept on this machine.'),
      ].join('\n'),
      choices: [
        { label: l10n.t('Undo Deploy'), value: 'undo' },
        ...(others.length > 1 ? [{ label: l10n.t('Choose Another Version…'), value: 'other' as const }] : []),
      ],
    });
    if (answer === 'undo') return exec;
    earlier = await prompts.pick({
      title: l10n.t('Versions of "{0}" on this machine', target.name),
      placeholder: l10n.t('Choose the version to run again'),
      items: others.map((one) => ({
        label: momentText(one.version.keptAtMs, format), description: one.exec.runtime, detail: execChangeLines(seen, one.exec, format).join(' · '), value: one,
      })),
      active: earlier,
    });
  }
}

/** Looks once more, keeps what is there, and replaces it, once. */
async function bringBack(target: ActionTarget, { client, seen, exec }: Undoing, deps: FunctionsDeps): Promise<void> {
  const { pkg, name, place: { account } } = target;
  const attempt = { isSent: false };
  try {
    await deps.progress(l10n.t('Undoing the last deploy of "{0}"…', name), async (signal) => {
      const now = await readWholeAction(client, { pkg, name }, signal);
      if (now.resourceId !== seen.resourceId || !isSameExec(now, seen)) {
        throw new ProblemError({
          message: l10n.t('Action "{0}" was changed elsewhere while you were confirming. Nothing was sent.', name), hint: l10n.t('Try again to see what is there now.'), remedies: [],
        }, undefined, account.id);
      }
      await keepOrRefuse(target, now, deps);
      attempt.isSent = !signal.aborted;
      await client.putAction({ ...now, ...execOf(exec) }, signal);
    });
    deps.say(l10n.t('The last deploy of action "{0}" was undone.', name));
  } catch (error) {
    if (!attempt.isSent || !isOutcomeUnknown(error)) throw error;
    await lookAgain(target, { client, seen, exec }, error, deps);
  }
}

/** Where no answer came, what is there says what became of it. @throws what was thrown, where it was not done as far as is known */
async function lookAgain({ pkg, name, place: { account } }: ActionTarget, { client, exec }: Undoing, error: unknown, deps: FunctionsDeps): Promise<void> {
  const found = await deps.reading(l10n.t('Checking what happened…'), (signal) => client.getAction(pkg, name, signal)).catch(() => undefined);
  if (found !== undefined && isSameExec(found, exec)) {
    deps.say(l10n.t('No answer came, but the last deploy of action "{0}" was undone.', name));
    return;
  }
  if (!(error instanceof CancelledError)) throw error;
  throw new ProblemError({
    message: found === undefined
      ? l10n.t('Cancelled before an answer came. The last deploy of action "{0}" may or may not have been undone.', name)
      : l10n.t('Cancelled, and the last deploy of action "{0}" was not undone.', name),
    remedies: [],
  }, error, account.id);
}

function noneKept({ name, place: { account } }: ActionTarget): ProblemError {
  return new ProblemError({
    message: l10n.t('No other version of action "{0}" is kept on this machine.', name),
    hint: l10n.t('Versions are kept of what you deploy from here: the last ten of each action.'),
    remedies: [],
  }, undefined, account.id);
}
