import { l10n, Uri, window, workspace } from 'vscode';

import { oneLine } from '../model/format.ts';

/**
 * Writes a picture where the user says.
 * @param name proposed, with its ending
 * @returns the name it got; undefined where the question was closed
 * @throws whatever the file system says
 */
export async function saveFile(name: string, bytes: Uint8Array): Promise<string | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
    filters: { PNG: ['png'] },
    saveLabel: l10n.t('Save'),
  });
  if (uri === undefined) return undefined;
  await workspace.fs.writeFile(uri, bytes);
  return oneLine(uri.path.slice(uri.path.lastIndexOf('/') + 1));
}
