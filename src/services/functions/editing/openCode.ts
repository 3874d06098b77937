import { commands, l10n } from 'vscode';

import { ARCHIVE_SCHEME } from '../../../ids.ts';
import { extensionOf } from '../../../model/functionRuntimes.ts';
import { IMAGE_RUNTIME } from '../../../model/functions.ts';
import type { ActionDetail } from '../../../model/functions.ts';
import { ProblemError } from '../../../model/problem.ts';
import type { ActionTarget, FunctionsDeps } from '../context.ts';
import { actionResource, codeRef } from '../resources.ts';
import { archiveUri } from './archiveAddress.ts';
import { archiveEntries } from './archiveEntries.ts';
import { isSequence } from './wholeAction.ts';

/**
 * Opens the code of an action: text to be edited and deployed, a file of an archive to be read. What has no code of its own says so, and
 * offers what it has.
 * @param scheme of files in archives
 * @throws CloudError where it cannot be read; CancelledError where the user closed a question
 */
export async function openCode(target: ActionTarget, deps: FunctionsDeps, scheme = ARCHIVE_SCHEME): Promise<void> {
  const { place, pkg, name } = target;
  const detail = await deps.reading(l10n.t('Reading "{0}"…', name), async (signal) =>
    (await deps.client(place.account.id, place.region)).getAction(pkg, name, signal));
  if (isSequence(detail)) {
    await offerSettings(target, l10n.t('Action "{0}" is a sequence: it has no code of its own.', name), componentsText(detail), deps);
  } else if (detail.runtime === IMAGE_RUNTIME) {
    await offerSettings(target, l10n.t('Action "{0}" is a container image: its code is not in Cloud Functions.', name), detail.imageUri ?? '', deps);
  } else if (detail.isBinary === true) {
    await openArchive(target, detail, deps, scheme);
  } else {
    await deps.openDocument(codeRef(target, extensionOf(detail.runtime), place), 'edit');
  }
}

async function offerSettings({ place, pkg, name }: ActionTarget, message: string, detail: string, { prompts, openDocument }: FunctionsDeps): Promise<void> {
  await prompts.confirm({ message, detail, verb: l10n.t('Edit Settings') });
  await openDocument(actionResource(pkg, name, place).ref, 'edit');
}

function componentsText({ components }: ActionDetail): string {
  return l10n.t('It runs: {0}', components.join(' → '));
}

/** One file of an archive, read-only: an archive is replaced as a whole. */
async function openArchive(target: ActionTarget, detail: ActionDetail, { prompts, format }: FunctionsDeps, scheme: string): Promise<void> {
  const entries = await archiveEntries(detail);
  if (entries.length === 0) {
    throw new ProblemError({
      message: l10n.t('The archive of action "{0}" is empty.', target.name), hint: l10n.t('Deploy a folder to replace it.'), remedies: [],
    }, undefined, target.place.account.id);
  }
  const path = await prompts.pick({
    title: l10n.t('Archive of "{0}"', target.name),
    placeholder: l10n.t('Choose a file to read. To change the archive, deploy a folder.'),
    items: entries.map((entry) => ({ label: entry.path, description: format.bytes(entry.bytes.length), icon: 'file', value: entry.path })),
  });
  await commands.executeCommand('vscode.open', archiveUri(target, path, scheme));
}
