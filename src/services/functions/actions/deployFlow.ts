import * as l10n from '@vscode/l10n';

import { stageBadge } from '../../../model/accountWords.ts';
import { CancelledError, ifThere } from '../../../model/cloudError.ts';
import type { Formatter } from '../../../model/format.ts';
import { extensionOf, runtimeOf } from '../../../model/functionRuntimes.ts';
import type { ActionDetail } from '../../../model/functions.ts';
import { ProblemError } from '../../../model/problem.ts';
import { requireWrite } from '../../writing.ts';
import type { ActionTarget, FunctionsDeps } from '../context.ts';
import { codeChangeText } from '../editing/lineChange.ts';
import { readWholeAction } from '../editing/wholeAction.ts';
import { actionResource, codeRef } from '../resources.ts';
import { isSameAction } from '../triggers/linkedName.ts';
import { createAction } from './createAction.ts';
import type { ActionCreationDeps } from './createAction.ts';
import { bindingOf } from './deployBinding.ts';
import { askDestination, boundTarget, whyNoCode } from './deployTarget.ts';
import { fingerprint } from './fingerprint.ts';
import { codeOf } from './localCode.ts';
import type { LocalFile, LocalFolder, NewCode } from './localCode.ts';
import type { LocalFiles } from './localFiles.ts';
import { remember } from './remember.ts';
import { replaceCode } from './replaceCode.ts';
import { guessRuntime } from './sourceSteps.ts';

/** What deploying needs. */
export type DeployDeps = ActionCreationDeps & Pick<FunctionsDeps, 'account' | 'accounts' | 'changed' | 'versionsFolder' | 'now'> & { readonly files: LocalFiles };

/** Bytes of an archive, of its length as Base64. */
const BASE64_RATIO = 3 / 4;

/**
 * Deploys a file or a folder to the action it went to last, or to one that is asked for.
 * @throws CancelledError where the user does not want to; ProblemError, CloudError where nothing could be deployed
 */
export async function deployLocal(uri: string, deps: DeployDeps): Promise<void> {
  const { state, files, reading } = deps;
  const local = await reading(l10n.t('Reading the files…'), (signal) => files.read(uri, signal));
  const binding = bindingOf(uri, state);
  const bound = boundTarget(binding, deps);
  if (bound !== undefined && (await deployCode(local, bound, binding?.seen, deps)) === 'done') return;
  await deployElsewhere(local, deps);
}

/** Asks for an action until one is deployed to. */
async function deployElsewhere(local: LocalFile | LocalFolder, deps: DeployDeps): Promise<void> {
  for (;;) {
    const destination = await askDestination(local.name, deps);
    if (destination.kind === 'new') {
      requireWrite(destination.place.account);
      const { place, pkg, name } = await createAction(destination.place, undefined, deps, deps.files, local);
      deps.changed([actionResource(pkg, name, place).ref]);
      return;
    }
    if ((await deployCode(local, destination.target, undefined, deps)) === 'done') return;
  }
}

/** Asks for a file or a folder, and deploys it to an action. */
export async function deployChosen(target: ActionTarget, deps: DeployDeps): Promise<void> {
  const { prompts, files, reading, state } = deps;
  const what = await prompts.pick<'file' | 'folder'>({
    placeholder: l10n.t('What is deployed to action "{0}"?', target.name),
    items: [
      { label: l10n.t('File'), icon: 'file-code', detail: l10n.t('Source code, or a built archive (.zip, .jar)'), value: 'file' },
      { label: l10n.t('Folder'), icon: 'folder', detail: l10n.t('Packed as an archive, without what ".ncloudignore" or ".gitignore" names'), value: 'folder' },
    ],
  });
  const uri = await files.pick(what, l10n.t('Code of Action "{0}"', target.name), l10n.t('Choose'));
  const local = await reading(l10n.t('Reading the files…'), (signal) => files.read(uri, signal));
  const binding = bindingOf(uri, state);
  const bound = boundTarget(binding, deps);
  const isBound = bound?.place.account.id === target.place.account.id && bound.place.region === target.place.region && isSameAction(bound, target);
  if ((await deployCode(local, target, isBound ? binding?.seen : undefined, deps)) === 'elsewhere') await deployElsewhere(local, deps);
}

/**
 * Reads what is there, asks, and replaces the code alone: all else goes back as it was read.
 * @param seen fingerprint of what was deployed from here last
 * @returns `elsewhere` where the user wants another action
 */
async function deployCode(local: LocalFile | LocalFolder, target: ActionTarget, seen: string | undefined, deps: DeployDeps): Promise<'done' | 'elsewhere'> {
  const { place: { account, region }, pkg, name } = target;
  const { format, reading, say } = deps;
  requireWrite(account);
  const client = await deps.client(account.id, region);
  let known = seen;
  let current = await reading(l10n.t('Reading the action…'), (signal) => ifThere(readWholeAction(client, target, signal)));
  for (;;) {
    if (current === undefined) return askElsewhere(target, deps);
    const why = whyNoCode(current);
    if (why !== undefined) throw new ProblemError({ message: why, remedies: [] });
    const code = await codeOf(local, current.runtime, format);
    const next = { ...current, code: code.code, isBinary: code.isBinary };
    if (fingerprint(next) === fingerprint(current)) {
      await remember(local.uri, target, next, deps);
      say(l10n.t('Action "{0}" has this code already: nothing was sent.', name));
      return 'done';
    }
    if (known !== undefined && known !== fingerprint(current)) await askOverwrite(target, current, deps);
    if ((await confirm(local, code, current, target, deps)) === 'elsewhere') return 'elsewhere';
    const replaced = await replaceCode(target, { from: local.name, asked: current, next }, deps);
    if (replaced.kind !== 'moved') {
      await remember(local.uri, target, next, deps);
      deps.changed([codeRef(target, extensionOf(current.runtime), target.place), actionResource(pkg, name, target.place).ref]);
      say(replaced.kind === 'sent'
        ? l10n.t('"{0}" was deployed to action "{1}".', local.name, name)
        : l10n.t('No answer came, but "{0}" was deployed to action "{1}".', local.name, name));
      return 'done';
    }
    // Somebody else changed it while the question was open.
    known = fingerprint(current);
    current = replaced.now;
  }
}

async function confirm(
  local: LocalFile | LocalFolder, code: NewCode, current: ActionDetail, { place: { account }, name }: ActionTarget, { prompts, format }: DeployDeps,
): Promise<'deploy' | 'elsewhere'> {
  return prompts.choose<'deploy' | 'elsewhere'>({
    message: l10n.t('Deploy "{0}" to action "{1}" of account "{2}" ({3})?', local.name, name, account.name, stageBadge(account.lane.stage)),
    detail: [changeText(code, current, format), ...languageRemark(local, current), ...code.remarks, staysText(current, format), l10n.t('The previous code is kept on this machine: "Undo Last Deploy" brings it back.')].join('\n'),
    choices: [{ label: l10n.t('Deploy'), value: 'deploy' }, { label: l10n.t('Another Action…'), value: 'elsewhere' }],
  });
}

function changeText(next: NewCode, { code = '', isBinary }: ActionDetail, format: Formatter): string {
  const wasArchive = isBinary === true;
  if (!wasArchive && !next.isBinary) return l10n.t('Code: {0}', codeChangeText(code, next.code, format));
  const before = format.bytes(wasArchive ? code.length * BASE64_RATIO : Buffer.byteLength(code));
  if (wasArchive && next.isBinary) return l10n.t('Archive: {0} → {1}, {2}', before, format.bytes(next.size), next.from);
  return next.isBinary
    ? l10n.t('The code ({0} of text) is replaced by an archive of {1}: {2}', before, format.bytes(next.size), next.from)
    : l10n.t('The archive ({0}) is replaced by {1} of text: {2}', before, format.bytes(next.size), next.from);
}

/** A file of another language than the action's is hardly meant. */
function languageRemark(local: LocalFile | LocalFolder, { runtime }: ActionDetail): readonly string[] {
  const [looks, is] = [runtimeOf(guessRuntime(local)), runtimeOf(runtime)];
  if (looks === undefined || is === undefined || looks.extension === is.extension) return [];
  return [l10n.t('"{0}" looks like {1}, but the action runs {2}.', local.name, looks.language, is.language)];
}

function staysText({ runtime, main, memoryMb, timeoutMs }: ActionDetail, format: Formatter): string {
  const parts = [
    runtime, main, memoryMb === undefined ? undefined : l10n.t('{0} MB', format.count(memoryMb)), timeoutMs === undefined ? undefined : format.duration(timeoutMs),
  ].filter((part) => part !== undefined);
  return l10n.t('All else stays as it is: {0}', parts.join(' · '));
}

/** @throws CancelledError where the user wants to look first */
async function askOverwrite(target: ActionTarget, { runtime, isBinary }: ActionDetail, { prompts, openDocument }: DeployDeps): Promise<void> {
  const answer = await prompts.choose<'look' | 'overwrite'>({
    message: l10n.t('Action "{0}" was changed elsewhere since it was deployed from here.', target.name),
    detail: l10n.t('Deploying replaces the code that is there now.'),
    // Enter takes the first: one that loses nothing.
    choices: [...(isBinary === true ? [] : [{ label: l10n.t('View It First'), value: 'look' as const }]), { label: l10n.t('Overwrite'), value: 'overwrite' }],
  });
  if (answer === 'overwrite') return;
  await openDocument(codeRef(target, extensionOf(runtime), target.place), 'edit');
  throw new CancelledError();
}

async function askElsewhere({ name, place: { account } }: ActionTarget, { prompts }: DeployDeps): Promise<'elsewhere'> {
  await prompts.confirm({ message: l10n.t('Account "{0}" has no action "{1}" any more.', account.name, name), verb: l10n.t('Another Action…') });
  return 'elsewhere';
}
