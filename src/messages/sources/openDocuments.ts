import { posix } from 'node:path';

import { type TextDocument, type Uri, workspace } from 'vscode';

/** An editor's document with this address, where there is one. */
export function openDocument(uri: Uri): TextDocument | undefined {
  const address = uri.toString();
  return workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === address);
}

/** What people call a document: its path in the workspace, or its name. */
export function nameOf(uri: Uri): string {
  const path = workspace.asRelativePath(uri);
  return path === uri.fsPath || path === uri.toString() ? posix.basename(uri.path) : path;
}
