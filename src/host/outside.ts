import { env, Uri } from 'vscode';

import { showStatus } from './notifications.ts';

/** Puts a text on the clipboard and says in the status bar what it is. */
export async function copyText(text: string, what: string): Promise<void> {
  await env.clipboard.writeText(text);
  showStatus(what);
}

/** Opens an address in the browser; the editor may ask first. */
export async function openOutside(address: string): Promise<void> {
  await env.openExternal(Uri.parse(address, true));
}
