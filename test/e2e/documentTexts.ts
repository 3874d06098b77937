import type { Editor } from './editor.ts';
import { insist } from './insist.ts';
import type { TreePath } from './tree.ts';
import { isText } from './wait.ts';
import type { ProductWindow } from './window.ts';

/** One day and one hour in milliseconds. */
export const [DAY_MS, HOUR_MS] = [86_400_000, 3_600_000];

/** Replaces the whole document by this JSON, and waits until the editor knows that it is not saved. */
export async function write(editor: Editor, values: object): Promise<void> {
  await editor.replaceAll(`${JSON.stringify(values, null, 2)}\n`);
  await editor.waitUntilDirty(true);
}

/** Opens what a row stands for as a document, by the row's button. */
export async function openDocument({ workbench, page }: ProductWindow, button: string, row: TreePath, tab: string | RegExp): Promise<void> {
  await insist(page, {
    what: `the document ${tab}`,
    press: async () => {
      await workbench.resources().openContextMenu(...row);
      await workbench.menu(button);
    },
    hasCome: async () => isText(await workbench.editor.activeTab(), tab),
  });
  await workbench.editor.waitForTab(tab);
}
