import { Range, type TextDocument, window, workspace, WorkspaceEdit } from 'vscode';

import { sampleMessage } from '../sending/sampleMessage.ts';

/**
 * Opens a new JSON document with a sample message. No file is made: the document is an untitled one, which the editor
 * keeps over a restart and asks about when it is closed.
 *
 * @param id a new UUID
 * @param nowMs milliseconds since the epoch
 */
export async function openMessageDocument(topicName: string, id: string, nowMs: number): Promise<TextDocument> {
  const content = sampleMessage(topicName, id, nowMs);
  const document = await workspace.openTextDocument({ language: 'json', content });
  if (document.getText() !== content) await replaceText(document, content);
  await window.showTextDocument(document, { preview: false });
  return document;
}

/** The editor gives a closed document's name, and for a while its text, to the next one. */
async function replaceText(document: TextDocument, content: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), content);
  await workspace.applyEdit(edit);
}
