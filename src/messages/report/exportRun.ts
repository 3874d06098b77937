import { open, rename, rm } from 'node:fs/promises';

import { commands, l10n, Uri, window, workspace } from 'vscode';

import { showInfo, showWarning } from '../../host/notifications.ts';
import { withCancellableProgress } from '../../host/progress.ts';
import { CancelledError } from '../../model/cloudError.ts';
import { isOne, oneLine } from '../../model/format.ts';
import { exportLines } from './exportLines.ts';
import type { ReportsOptions } from './reportOptions.ts';

/** Lines are written together until they are this long, in UTF-16 code units. */
const CHUNK = 262_144;

/** What exporting needs. */
type ExportNeeds = Pick<ReportsOptions, 'again' | 'readRun' | 'payloads' | 'format' | 'askWhere'>;

/**
 * Writes a run as JSON Lines to a file the user chooses.
 * @throws CancelledError, and whatever the disk says
 */
export async function exportRun(runId: string, { again, readRun, payloads, format, askWhere = askInEditor }: ExportNeeds): Promise<void> {
  const state = await readRun(runId);
  if (state === undefined) {
    showWarning(l10n.t('The journal does not have this send any more.'));
    return;
  }
  const { header } = state;
  const uri = await askWhere(`${header.job.target.topicName.replaceAll(/[^\w-]/g, '_')}-${fileTime(header.startedAtMs)}.result.jsonl`);
  if (uri === undefined) throw new CancelledError();
  const count = await withCancellableProgress(l10n.t('Writing {0}…', nameOf(uri)), async (signal) => {
    const readings = await again(header, signal);
    const lines = exportLines(state, { readings, payloads: payloads(runId, header.only ?? [[0, header.total]]) });
    return writeLines(uri, lines, signal);
  });
  const written = isOne(count)
    ? l10n.t('{0} line was written to {1}.', format.count(count), nameOf(uri))
    : l10n.t('{0} lines were written to {1}.', format.count(count), nameOf(uri));
  showInfo(written, {
    label: l10n.t('Open'),
    // The editor itself says where a file is too large for it.
    run: () => void commands.executeCommand('vscode.open', uri),
  });
}

function askInEditor(name: string): Thenable<Uri | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
    filters: { 'JSON Lines': ['jsonl'] },
    saveLabel: l10n.t('Export'),
  });
}

/** Returns how many lines were written; a file is whole or not there. */
async function writeLines(uri: Uri, lines: AsyncIterable<string>, signal: AbortSignal): Promise<number> {
  if (uri.scheme !== 'file') return writeElsewhere(uri, lines, signal);
  const partial = `${uri.fsPath}.partial`;
  const file = await open(partial, 'w');
  let count = 0;
  try {
    let chunk = '';
    for await (const line of lines) {
      if (signal.aborted) throw new CancelledError();
      count += 1;
      chunk += line;
      if (chunk.length < CHUNK) continue;
      await file.write(chunk);
      chunk = '';
    }
    await file.write(chunk);
    await file.close();
    await rename(partial, uri.fsPath);
    return count;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
}

/** Through the editor, which takes a file at once. */
async function writeElsewhere(uri: Uri, lines: AsyncIterable<string>, signal: AbortSignal): Promise<number> {
  const all: string[] = [];
  for await (const line of lines) {
    if (signal.aborted) throw new CancelledError();
    all.push(line);
  }
  await workspace.fs.writeFile(uri, Buffer.from(all.join('')));
  return all.length;
}

function nameOf(uri: Uri): string {
  return oneLine(uri.path.slice(uri.path.lastIndexOf('/') + 1));
}

/** `2026-11-21T14-03-22`, in UTC. */
function fileTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replaceAll(':', '-');
}
