import { AccountWizard, naverAt } from './accountWizard.ts';
import type { TypedAccount } from './accountWizard.ts';
import type { Places } from './places.ts';
import type { Tree } from './tree.ts';
import { waitFor } from './wait.ts';
import type { ProductWindow } from './window.ts';
import type { Words } from './words.ts';

/** Where pictures are taken: a window whose demo accounts are those of `places.demo`, and the words of its language. */
export interface Stage extends ProductWindow {
  readonly places: Places;
  readonly say: Words;
}

/** A picture of the product: what is done before it is taken. It goes on where the scene before it ended. */
export interface Scene {
  /** The file's name without theme, language and ending. */
  readonly name: string;
  readonly prepare: (stage: Stage) => Promise<void>;
  /** Whether the pointer stays where it is, for what shows under it. */
  readonly keepsPointer?: boolean;
}

/** The secret of no account. */
export const WRONG_SECRET = 'not-the-secret-of-this-key';

/** The account wizard in the words of the window. */
export function wizard({ workbench, say }: Stage): AccountWizard {
  return new AccountWizard(workbench, say);
}

/** The account of production. */
export function prodAccount({ places }: Stage): TypedAccount {
  return naverAt(places.demo, 'acme-prod', { stage: 'Production', access: 'Read-only' });
}

/** Adds the demo accounts, and gives the tree. */
export async function withDemo({ workbench, say }: Stage): Promise<Tree> {
  await workbench.runCommand(`Cloud Streams: ${say('Try with a Demo Account')}`);
  const tree = workbench.resources();
  await tree.find('Demo NHN');
  await tree.collapse('acme-prod');
  return tree;
}

/** Collapses every row, and gives the tree. */
export async function collapsed({ workbench }: Stage): Promise<Tree> {
  const tree = workbench.resources();
  await waitFor('all rows to collapse', async () => {
    // An account just added opens by itself, perhaps after this.
    await workbench.viewAction('Collapse All');
    await tree.loaded();
    return (await tree.rows()).every(({ level }) => level === 1);
  });
  return tree;
}

/** Drags the edge of the side bar. */
export async function resizeSideBar({ page }: Stage, byPx: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('There is no side bar to resize.');
  const [edge, middle] = [box.x + box.width + 1, box.y + box.height / 2];
  await page.mouse.move(edge, middle);
  await page.mouse.down();
  await page.mouse.move(edge + byPx, middle, { steps: 5 });
  await page.mouse.up();
}
