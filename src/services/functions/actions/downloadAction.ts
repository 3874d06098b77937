import * as l10n from '@vscode/l10n';

import { viewText } from '../../../documents/readText.ts';
import { CancelledError } from '../../../model/cloudError.ts';
import { extensionOf } from '../../../model/functionRuntimes.ts';
import type { ActionDetail } from '../../../model/functions.ts';
import { ProblemError } from '../../../model/problem.ts';
import type { ActionTarget, FunctionsDeps } from '../context.ts';
import { unzipEntries } from './archive.ts';
import type { ArchiveEntry } from './archive.ts';
import { listed } from './linkedTriggers.ts';
import type { LocalFiles } from './localFiles.ts';
import { remember } from './remember.ts';

/** What downloading needs. */
export type DownloadDeps = Pick<FunctionsDeps, 'client' | 'prompts' | 'progress' | 'reading' | 'say' | 'state' | 'runs'>;

/**
 * Writes an action into a folder that is asked for: its code as a file, or unpacked into a folder, and its settings beside. Nothing is
 * overwritten without asking, and what was written is bound to the action.
 * @throws CancelledError; ProblemError where the archive cannot be unpacked or a file cannot be written
 */
export async function downloadAction(target: ActionTarget, deps: FunctionsDeps): Promise<void> {
  const { editorFiles } = await import('./editorFiles.ts');
  await downloadTo(target, deps, editorFiles(deps.pickLocal));
}

/** The same with files of wherever. */
export async function downloadTo(target: ActionTarget, deps: DownloadDeps, files: LocalFiles): Promise<void> {
  const { place: { account, region }, pkg, name } = target;
  const { prompts, progress, reading, say } = deps;
  const client = await deps.client(account.id, region);
  const detail = await reading(l10n.t('Reading the action…'), (signal) => client.getAction(pkg, name, signal));
  const entries = entriesOf(detail);
  const folder = await files.pick('folder', l10n.t('Folder for Action "{0}"', name), l10n.t('Download'));
  const there: string[] = [];
  for (const { path } of entries) {
    if (await files.exists(files.below(folder, path))) there.push(path);
  }
  if (there.length > 0) {
    await prompts.confirm({
      message: there.length === 1 ? l10n.t('Overwrite "{0}"?', there.join()) : l10n.t('Overwrite {0} files?', there.length),
      detail: there.length === 1 ? l10n.t('The folder has this file already.') : l10n.t('The folder has these files already: {0}', listed(there)),
      verb: l10n.t('Overwrite'),
    });
  }
  await progress(l10n.t('Downloading action "{0}"…', name), async (signal) => {
    for (const { path, bytes } of entries) {
      if (signal.aborted) throw new CancelledError();
      await files.write(files.below(folder, path), bytes);
    }
  });
  const code = codePath(detail);
  if (code !== undefined) await remember(files.below(folder, code), target, detail, deps);
  say(downloadedText(detail, entries.length));
  if (code !== undefined && detail.isBinary !== true) await files.open(files.below(folder, code));
}

/** Default parameters may be secrets: whoever shares the folder should know. */
function downloadedText({ name, parameters }: ActionDetail, count: number): string {
  if (Object.keys(parameters).length === 0) {
    return count === 1 ? l10n.t('Action "{0}" was downloaded: 1 file.', name) : l10n.t('Action "{0}" was downloaded: {1} files.', name, count);
  }
  return count === 1
    ? l10n.t('Action "{0}" was downloaded: 1 file. "{1}" holds its default parameters.', name, settingsName(name))
    : l10n.t('Action "{0}" was downloaded: {1} files. "{2}" holds its default parameters.', name, count, settingsName(name));
}

function settingsName(name: string): string {
  return `${fileName(name)}.action.json`;
}

/** The file with its code, or the folder it is unpacked into; undefined where it has none. */
function codePath({ name, runtime, code, isBinary }: ActionDetail): string | undefined {
  if (code === undefined) return undefined;
  return isBinary === true ? fileName(name) : `${fileName(name)}.${extensionOf(runtime)}`;
}

function entriesOf(detail: ActionDetail): readonly ArchiveEntry[] {
  const settings = { path: settingsName(detail.name), bytes: new TextEncoder().encode(settingsText(detail)) };
  const path = codePath(detail);
  if (path === undefined || detail.code === undefined) return [settings];
  if (detail.isBinary !== true) return [{ path, bytes: new TextEncoder().encode(detail.code) }, settings];
  return [...unzipEntries(Buffer.from(detail.code, 'base64')).map((entry) => ({ ...entry, path: `${path}/${entry.path}` })), settings];
}

/** A name as it may stand on any disk. @throws ProblemError where it leads elsewhere */
function fileName(name: string): string {
  if (/^[A-Za-z0-9_-]+$/.test(name)) return name;
  throw new ProblemError({ message: l10n.t('"{0}" cannot be used as a file name.', name), remedies: [] });
}

/** What there is to an action beside its code, in the words of its settings document. */
function settingsText(detail: ActionDetail): string {
  const { name, pkg, description, runtime, type, main, parameters, memoryMb, timeoutMs, vpc, isRawHttp, hasCustomOptions, components, imageUri } = detail;
  const lists = { ...(vpc.length === 0 ? {} : { vpc }), ...(components.length === 0 ? {} : { components }) };
  return viewText({ name, package: pkg, description, runtime, type, main, imageUri, memoryMb, timeoutMs, isRawHttp, hasCustomOptions, ...lists, parameters });
}
