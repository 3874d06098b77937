import { DAY_MS, openDocument, write } from './documentTexts.ts';
import type { Scene } from './stage.ts';
import type { TreePath } from './tree.ts';
import { waitFor } from './wait.ts';

const DATA_STREAM: TreePath = ['Demo NAVER', 'Data Stream'];
const ORDERS: TreePath = [...DATA_STREAM, 'h4j6l-orders'];
const QUEUE: TreePath = ['Demo NHN', /^EasyQueue/u];
const RETURNS = 's3a://returns-bucket/raw';

/** The story of creating and changing, by wizard and by document. */
export const changeScenes: readonly Scene[] = [
  {
    name: 'topic-1-name',
    prepare: async (stage) => {
      const { workbench, say } = stage;
      const { quickInput } = workbench;
      await workbench.openView('Cloud Streams');
      await workbench.runCommand(`Cloud Streams: ${say('Try with a Demo Account')}`);
      const tree = workbench.resources();
      await tree.find(...QUEUE, 'payments');
      await tree.find(...ORDERS);
      await tree.loaded();
      await tree.inlineAction(say('Create Topic…'), ...DATA_STREAM);
      await quickInput.waitForMessage(/h4j6l-/u);
    },
  },
  {
    name: 'topic-2-bad-name',
    prepare: async ({ workbench: { quickInput }, say }) => {
      await quickInput.type('Returns_2');
      await quickInput.waitForMessage(say('A name holds only lower-case letters, digits and "-".'));
    },
  },
  {
    name: 'topic-3-partitions',
    prepare: async ({ workbench: { quickInput } }) => {
      await quickInput.answer('returns');
      await quickInput.waitForMessage(/16/u);
    },
  },
  {
    name: 'topic-4-retention',
    prepare: async ({ workbench: { quickInput } }) => {
      await quickInput.answer('3');
      await quickInput.waitForMessage(/15/u);
      await quickInput.type('7 d');
      await quickInput.waitForMessage(/604,800,000/u);
    },
  },
  {
    name: 'topic-5-review',
    prepare: async ({ workbench: { quickInput }, say }) => {
      await quickInput.accept();
      await quickInput.waitForMessage(/200/u);
      await quickInput.answer('Returns of the shop');
      await waitFor('the last step', async () => (await quickInput.rows())[0]?.label === say('Create'));
    },
  },
  {
    name: 'topic-6-creating',
    prepare: async ({ workbench, say }) => {
      await workbench.quickInput.pick(say('Create'));
      await workbench.quickInput.closed();
      await workbench.resources().waitUntil([...DATA_STREAM, 'h4j6l-returns'], ({ description }) => description.startsWith('CREATING'));
    },
  },
  {
    name: 'document',
    prepare: async (stage) => {
      const { workbench, say } = stage;
      await workbench.resources().waitUntil([...DATA_STREAM, 'h4j6l-returns'], ({ description }) => !description.startsWith('CREATING'));
      await openDocument(stage, say('Edit as Document'), [...DATA_STREAM, 'h4j6l-returns'], /returns/u);
      await workbench.editor.waitForText(/604800000\s*7/u);
    },
  },
  {
    name: 'document-problem',
    keepsPointer: true,
    prepare: async ({ workbench: { editor } }) => {
      await write(editor, { description: 'Returns of the shop', partitions: 2, retentionMs: 60 });
      await waitFor('the problem to be marked', async () => (await editor.squiggles()) > 0);
      await editor.hover('60');
    },
  },
  {
    name: 'document-plan',
    prepare: async ({ workbench }) => {
      await write(workbench.editor, { description: 'Returns of the shop', partitions: 6, retentionMs: 2 * DAY_MS });
      await workbench.editor.startSave();
      await workbench.dialog();
    },
  },
  {
    name: 'document-conflict',
    prepare: async ({ workbench, say, places }) => {
      const { editor } = workbench;
      await workbench.dialogButton(say('Apply'));
      await editor.waitUntilDirty(false);
      await write(editor, { description: 'Returns of the shop', partitions: 6, retentionMs: 5 * DAY_MS });
      const topic = places.demo.world.dataStream.byName('h4j6l-returns');
      if (topic !== undefined) topic.description = 'Returns, and what was exchanged';
      await editor.startSave();
      await workbench.dialog();
    },
  },
  {
    name: 'document-compare',
    prepare: async ({ workbench, say }) => {
      await workbench.dialogButton(say('Compare'));
      await workbench.editor.waitForText('exchanged');
    },
  },
  {
    name: 'document-kept-both',
    prepare: async ({ workbench, say }) => {
      const { editor } = workbench;
      await editor.closeTab();
      await editor.startSave();
      await workbench.dialog();
      await workbench.dialogButton(say('Keep Both'));
      await workbench.dialog();
      await workbench.dialogButton(say('Apply'));
      await editor.waitUntilDirty(false);
      await editor.waitForText('exchanged');
    },
  },
  {
    name: 'connector-1-location',
    prepare: async ({ workbench, say }) => {
      const { quickInput } = workbench;
      await workbench.clearNotifications();
      await workbench.resources().openContextMenu(...DATA_STREAM, 'h4j6l-returns');
      await workbench.menu(say('Create Connector…'));
      await quickInput.pick('MEDIUM');
      // Where other connectors are known, their places are offered first.
      const typed = new RegExp(`^${say('Bucket of Object Storage, and the path in it. The bucket has to exist.')}`, 'u');
      await waitFor('the question for the bucket', async () => {
        if (typed.test(await quickInput.message())) return true;
        const other = (await quickInput.rows()).find(({ label }) => label === say('Another location…'));
        if (other !== undefined) await quickInput.pick(other.label);
        return false;
      });
      await quickInput.type(RETURNS);
      await quickInput.waitForMessage(/returns-bucket\/raw\//u);
    },
  },
  {
    name: 'connector-2-folders',
    prepare: async ({ workbench: { quickInput }, say }) => {
      await quickInput.accept();
      await quickInput.pick(say('With a folder for the topic'));
      await waitFor('the folders', async () => (await quickInput.rows()).some(({ label }) => label === say('A folder each hour')));
    },
  },
  {
    name: 'connector-3-review',
    prepare: async ({ workbench: { quickInput }, say }) => {
      await quickInput.pick(say('A folder each day'));
      const isAtType = async (): Promise<boolean> => (await quickInput.rows()).some(({ label }) => label === 'AVRO');
      await waitFor('the message type', async () => {
        if (await isAtType()) return true;
        const other = (await quickInput.rows()).find(({ label }) => label === say('Another role…'));
        if (other !== undefined) await quickInput.pick(other.label);
        else if ((await quickInput.message()).includes('NCP_DATA_STREAM_SERVICE_ROLE')) await quickInput.answer('nrn:PUB:IAM::2874651:Role/5f1c7a30-36d4-11f0-a3f1-246e966ebeb4');
        return false;
      });
      await quickInput.pick('JSON');
      await quickInput.waitForMessage(/200/u);
      await quickInput.accept();
      await waitFor('the last step', async () => (await quickInput.rows())[0]?.label === say('Create'));
    },
  },
  {
    name: 'details',
    prepare: async ({ workbench, say, page }) => {
      await workbench.quickInput.cancel();
      await workbench.resources().openContextMenu(...QUEUE, 'orders');
      await workbench.menu(say('Show Details'));
      // Away from the row under the menu, before its tooltip comes.
      await page.mouse.move(700, 600);
      await workbench.editor.waitForText('messageCount');
    },
  },
  {
    name: 'copy-menu',
    keepsPointer: true,
    prepare: async ({ workbench, say }) => {
      await workbench.resources().openContextMenu(...ORDERS);
      await workbench.openSubmenu(say('Copy'));
    },
  },
  {
    name: 'kafka-settings',
    prepare: async ({ workbench, say, page }) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await workbench.resources().openContextMenu(...ORDERS);
      await workbench.submenu(say('Copy'), say('Copy Kafka Client Settings…'));
      await waitFor('the clients', async () => (await workbench.quickInput.rows()).some(({ label }) => label === 'Python'));
    },
  },
  {
    name: 'pins',
    prepare: async (stage) => {
      const { workbench, say } = stage;
      await workbench.quickInput.cancel();
      const tree = workbench.resources();
      for (const path of [ORDERS, [...QUEUE, 'payments']]) {
        await tree.openContextMenu(...path);
        await workbench.menu(say('Pin'));
        await tree.find(say('Pinned'), path.at(-1) ?? '');
      }
      await tree.expand(say('Recently Used'));
      await tree.loaded();
    },
  },
];
