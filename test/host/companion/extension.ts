import * as vscode from 'vscode';

/** Remembers that the demo accounts were added, so that one removed by hand stays removed. */
const DEMO_ADDED = 'demoAdded';

/** The file of the sample workspace a newcomer sends first. */
const SAMPLE_FILE = 'orders.messages.json';

/**
 * Shows the product as a newcomer should see it first: with the demo accounts, the view open and a message file beside it.
 * It uses the product's own commands only.
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  if (context.globalState.get<boolean>(DEMO_ADDED) !== true) {
    await vscode.commands.executeCommand('cloudStreams.demo.add');
    await context.globalState.update(DEMO_ADDED, true);
  }
  await vscode.commands.executeCommand('cloudStreams.resources.focus');
  await openSample();
}

async function openSample(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder !== undefined) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, SAMPLE_FILE));
    // Code lenses are not asked for where an editor loses the keyboard at once: so it never gets it.
    await vscode.window.showTextDocument(document, { preview: false, preserveFocus: true });
  }
}
