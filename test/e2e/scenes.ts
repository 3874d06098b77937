import { waitFor } from './wait.ts';
import type { ProductWindow } from './window.ts';

/** A picture of the product: what is done in a window with the demo accounts before it is taken. */
export interface Scene {
  /** The file's name without theme, language and ending. */
  readonly name: string;
  readonly prepare: (window: ProductWindow) => Promise<void>;
}

/** The pictures `npm run screenshots` takes, in this order, in one window for each theme and language. */
export const scenes: readonly Scene[] = [
  {
    name: 'accounts',
    prepare: async ({ workbench }) => {
      await workbench.openView('Cloud Streams');
      const tree = workbench.resources();
      // One account for each of the two clouds.
      await waitFor('both demo accounts', async () => (await tree.rows()).filter((row) => row.level === 1).length === 2);
      await tree.expandLevels(3);
      await workbench.editor.waitForText('orderId');
    },
  },
];
