import { nhnAt } from './accountWizard.ts';
import { DAY_MS, write } from './documentTexts.ts';
import { collapsed, wizard } from './stage.ts';
import type { Scene, Stage } from './stage.ts';
import type { TreePath } from './tree.ts';
import { waitFor } from './wait.ts';

const QUEUE: TreePath = ['Demo NHN', /^EasyQueue/u];
const PROD = 'shop-prod';
const PROD_QUEUE: TreePath = [PROD, /^EasyQueue/u];

/** Deleting, and an account of production with its lock, after the scenes of creating and changing. */
export const laneScenes: readonly Scene[] = [
  {
    name: 'delete-topic',
    prepare: async ({ workbench, say }) => {
      const tree = workbench.resources();
      await tree.openContextMenu(...QUEUE, 'orders');
      await workbench.menu(say('Delete Topic…'));
      await workbench.dialog();
    },
  },
  {
    name: 'locked',
    prepare: async (stage) => {
      const { workbench, say, places } = stage;
      await workbench.dialogButton('Cancel');
      await wizard(stage).add(nhnAt(places.demo, PROD, { stage: 'Production', access: 'Read-only' }));
      const tree = await collapsed(stage);
      await tree.find(...PROD_QUEUE, 'orders');
      await tree.loaded();
      await workbench.runCommand(`EasyQueue: ${say('Create Topic…')}`);
      await chooseProd(stage);
      await waitFor('the refusal', async () => (await workbench.notifications()).length > 0);
    },
  },
  {
    name: 'unlock',
    prepare: async ({ workbench, say }) => {
      await workbench.notificationButton(/./u, say('Unlock for 15 Minutes'));
      await workbench.quickInput.open(say('Unlock Account "{0}"', PROD));
      await workbench.quickInput.type('shop');
      await workbench.quickInput.waitForMessage(say('Type "{0}" to unlock it.', PROD));
    },
  },
  {
    name: 'unlocked',
    prepare: async ({ workbench, say }) => {
      await workbench.quickInput.answer(PROD);
      await workbench.quickInput.closed();
      const tree = workbench.resources();
      await tree.waitUntil([PROD], ({ description }) => description !== `NHN · PROD · ${say('Read-only')}`);
      await tree.click(PROD);
      await workbench.clearNotifications();
    },
  },
  {
    name: 'delete-several',
    prepare: async ({ workbench, say }) => {
      const tree = workbench.resources();
      await tree.click(...PROD_QUEUE, 'orders');
      await tree.selectToo(...PROD_QUEUE, 'payments');
      await tree.selectToo(...PROD_QUEUE, 'empty-topic');
      await tree.openContextMenu(...PROD_QUEUE, 'payments');
      await workbench.menu(say('Delete Topic…'));
      await workbench.dialog();
    },
  },
  {
    name: 'delete-typed',
    prepare: async ({ workbench, say }) => {
      await workbench.dialogButton(say('Delete'));
      await workbench.quickInput.type('2');
      await workbench.quickInput.waitForMessage(say('The number is {0}.', '3'));
    },
  },
  {
    name: 'deleted-elsewhere',
    prepare: async ({ workbench, places }) => {
      const { editor } = workbench;
      await workbench.quickInput.cancel();
      await editor.openTab(/returns/u);
      await write(editor, { description: 'too late', partitions: 6, retentionMs: DAY_MS });
      const topic = places.demo.world.dataStream.byName('h4j6l-returns');
      if (topic !== undefined) topic.goneAt = places.demo.world.now() - 1;
      await editor.startSave();
      await waitFor('the notification', async () => (await workbench.notifications()).length > 0);
    },
  },
];

/** The palette asks which of the accounts is meant. */
async function chooseProd({ workbench: { quickInput } }: Stage): Promise<void> {
  const row = await waitFor('the account', async () => (await quickInput.rows()).find(({ description }) => description.startsWith(PROD)));
  await quickInput.type(PROD);
  await quickInput.pick(row.label);
}
