import { l10n, window } from 'vscode';

import type { PickItem } from '../../../host/prompts.ts';
import { oneLine } from '../../../model/format.ts';
import type { Activation, ActivationPage } from '../../../model/functions.ts';
import { ProblemError } from '../../../model/problem.ts';
import type { ActionTarget, FunctionsDeps } from '../context.ts';
import { placeIn } from '../places.ts';
import { CODE_KIND, isRegion } from '../resources.ts';
import { follow, lookOnce, readFacts } from './follow.ts';
import { showActivation } from './openActivation.ts';
import { readRunPath, type RunAddress } from './runAddress.ts';
import { runAction } from './runAction.ts';
import { statusLook } from './runWords.ts';
import { isAction, listActivations, type RunSubject } from './subject.ts';
import { watchActivations } from './watch.ts';

/** Activations that a quick pick offers. */
const MAX_OFFERED = 50;

/** Runs the action a lens is about. @param subject as a lens passes it; anything, for whoever can run a command may have written it */
export async function runCode(subject: unknown, deps: FunctionsDeps): Promise<void> {
  const target = targetOf(subject, deps);
  if (target !== undefined) await runAction(target, deps);
}

/** Undoes the last deploy of the action a lens is about. @throws CloudError, CancelledError, ProblemError */
export async function undoCode(subject: unknown, deps: FunctionsDeps): Promise<void> {
  const target = targetOf(subject, deps);
  if (target === undefined) return;
  const { undoDeploy } = await import('../editing/undoDeploy.ts');
  await undoDeploy(target, deps);
}

/** Offers the latest activations of the action a lens is about, and to watch for new ones. @throws CloudError, CancelledError */
export async function showActivations(subject: unknown, deps: FunctionsDeps): Promise<void> {
  const target = targetOf(subject, deps);
  if (target === undefined) return;
  const chosen = await deps.prompts.pick<Activation | 'watch'>({
    title: l10n.t('Activations of {0}', oneLine(target.name)),
    placeholder: l10n.t('Choose an activation to open'),
    items: async (show, signal) => {
      const watch: PickItem<Activation | 'watch'> = { label: l10n.t('Watch for New Ones'), icon: 'eye', value: 'watch', alwaysShow: true };
      show([watch]);
      show([watch, ...rowsOf(await latest(target, deps, signal), deps)]);
    },
  });
  if (chosen === 'watch') await watchActivations(target, deps);
  else await showActivation(target, chosen.activationId, 'ended', deps);
}

/**
 * Runs the action of an activation again, with the parameters it had where this window knows them.
 * @param address path of the activation's document; that of the document in front without one
 */
export async function runAgain(address: unknown, deps: FunctionsDeps): Promise<void> {
  const known = addressOf(address, deps);
  if (known === undefined) return;
  const subject = subjectOf(known, deps);
  if (isAction(subject)) await runAction(subject, deps, deps.runs.inputOf(known));
}

/** Reads an activation again. @param address as for {@link runAgain} @throws CloudError, CancelledError */
export async function refreshRun(address: unknown, deps: FunctionsDeps): Promise<void> {
  const known = addressOf(address, deps);
  if (known === undefined) return;
  const subject = subjectOf(known, deps);
  const [isThere] = await deps.reading(l10n.t('Reading an activation of {0}…', oneLine(subject.name)), (signal) =>
    Promise.all([lookOnce(subject, known, deps, signal), readFacts(subject, known, deps)]));
  if (isThere) return;
  const hasEnded = deps.runs.get(known)?.detail !== undefined;
  deps.runs.update(known, { state: hasEnded ? 'logs' : 'running', note: undefined }, deps.now());
  // Nobody waits for it: the document is filled when it is there.
  void follow(subject, known, hasEnded ? 'ended' : 'started', deps);
}

async function latest(target: ActionTarget, { client }: FunctionsDeps, signal: AbortSignal): Promise<ActivationPage> {
  return listActivations(await client(target.place.account.id, target.place.region), target, { pageSize: MAX_OFFERED }, signal);
}

function rowsOf({ activations }: ActivationPage, { format }: FunctionsDeps): readonly PickItem<Activation>[] {
  return activations.map((activation) => {
    const { activationId, status, durationMs } = activation;
    const look = statusLook(status);
    return {
      label: activationId,
      description: [look.words, durationMs === undefined ? undefined : format.duration(durationMs)].filter((part) => part !== undefined).join(' · '),
      icon: look.icon,
      value: activation,
    };
  });
}

/** A lens passes `{accountId, region, pkg, name}`, or the reference of a code document. */
function targetOf(subject: unknown, deps: FunctionsDeps): ActionTarget | undefined {
  if (typeof subject !== 'object' || subject === null) return undefined;
  const { accountId, kind, keys, ...plain } = subject as Readonly<Record<string, unknown>>;
  const [region, pkg, name] = kind === CODE_KIND && Array.isArray(keys) ? (keys as readonly unknown[]) : [plain['region'], plain['pkg'], plain['name']];
  if (typeof accountId !== 'string' || !isRegion(region) || typeof pkg !== 'string' || typeof name !== 'string' || pkg === '' || name === '') return undefined;
  const place = placeIn(deps.account(accountId), region);
  if (place === undefined) throw goneAccount(name);
  return { place, pkg, name };
}

function addressOf(address: unknown, { runs }: FunctionsDeps): RunAddress | undefined {
  if (typeof address === 'string') return readRunPath(address);
  const uri = window.activeTextEditor?.document.uri;
  return uri?.scheme === runs.scheme ? readRunPath(uri.path) : undefined;
}

function subjectOf({ accountId, region, pkg, name }: RunAddress, deps: FunctionsDeps): RunSubject {
  const place = placeIn(deps.account(accountId), region);
  if (place === undefined) throw goneAccount(name);
  return pkg === undefined ? { place, name } : { place, pkg, name };
}

function goneAccount(name: string): ProblemError {
  return new ProblemError({
    message: l10n.t('The account that "{0}" belongs to is not here any more.', oneLine(name)), hint: l10n.t('Add it again.'), remedies: [],
  });
}
