import assert from 'node:assert/strict';
import test from 'node:test';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { exitOnSignals } from '../host/processes.ts';
import { AccountWizard, nhnAt } from './accountWizard.ts';
import { openDocument } from './documentTexts.ts';
import { insist, isAsked } from './insist.ts';
import { NOTHING_OUTSIDE } from './places.ts';
import { waitFor } from './wait.ts';
import { openWindow, step } from './window.ts';
import { wordsOf } from './words.ts';

void test('a locked account of production, and several topics at once', async (context) => {
  exitOnSignals();
  const emulator = await startEmulator();
  const window = await openWindow({ settings: NOTHING_OUTSIDE });
  const { workbench, page } = window;
  const { quickInput, editor } = workbench;
  const tree = workbench.resources();
  const account = 'shop-prod';
  const queue = [account, /^EasyQueue/];
  const writes = (): readonly string[] =>
    emulator.log.filter(({ method, target }) => method !== 'GET' && !target.startsWith('/oauth2/')).map(({ method }) => method);
  const createTopic = async (name: string): Promise<void> => {
    await quickInput.waitForMessage(/^Name of the topic/);
    await quickInput.answer(name);
    for (const question of [/^Number of partitions/, /^How long messages are kept/, /^How much each partition keeps/, /^Largest message/, /^Description/]) {
      await quickInput.waitForMessage(question);
      await quickInput.accept();
    }
    await quickInput.pick('Create');
    await quickInput.closed();
    await tree.find(...queue, name);
  };
  const deleteFrom = async (topic: string): Promise<void> =>
    insist(page, {
      what: 'the question',
      press: async () => {
        await tree.openContextMenu(...queue, topic);
        await workbench.menu('Delete Topic…');
      },
      hasCome: async () => isAsked(page),
    });

  try {
    await step(context, window, 'a change of a locked account is refused before the first question', async () => {
      await workbench.openView('Cloud Streams');
      await new AccountWizard(workbench, wordsOf('en')).add(nhnAt(emulator, account, { stage: 'Production', access: 'Read-only' }));
      const row = await tree.find(account);
      assert.equal(row.description, 'NHN · PROD · Read-only');
      await tree.find(...queue, 'orders');
      assert.deepEqual(await tree.inlineActions(...queue), ['Filter List…']);
      await workbench.runCommand('EasyQueue: Create Topic…');
      await quickInput.pick(/^EasyQueue/);
      assert.match(await workbench.notification(/locked/), /"shop-prod" is locked against changes/);
      assert.deepEqual(writes(), []);
    });

    await step(context, window, 'it is unlocked by typing its name, and counts down on row and status bar', async () => {
      await workbench.notificationButton(/locked/, 'Unlock for 15 Minutes');
      await quickInput.open('Unlock Account "shop-prod"');
      await quickInput.answer('shop');
      await quickInput.waitForMessage('Type "shop-prod" to unlock it.');
      await quickInput.answer(account);
      await quickInput.closed();
      await tree.waitUntil([account], ({ description }) => /unlocked, 1[45] min left/.test(description));
      await waitFor('the countdown in the status bar', async () => (await workbench.statusBar()).some((text) => /shop-prod · PROD · unlocked, 1[45] min left/.test(text)));
      await waitFor('what can be written', async () => (await tree.inlineActions(...queue)).includes('Create Topic…'));
      await workbench.clearNotifications();
    });

    await step(context, window, 'a topic is created where the quota is told, and selected', async () => {
      await insist(page, {
        what: 'the wizard',
        press: async () => tree.inlineAction('Create Topic…', ...queue),
        hasCome: async () => (await quickInput.title()) === 'Create EasyQueue Topic',
      });
      await quickInput.waitForMessage(/8 of 10 topics are used/);
      await createTopic('returns');
      await waitFor('its row to be selected', async () => (await tree.selected()).join() === 'returns');
      assert.ok(emulator.world.easyQueue.topics().some(({ name }) => name.endsWith('returns')));
    });

    await step(context, window, 'several are deleted together, for their number typed', async () => {
      await tree.click(...queue, 'returns');
      await tree.selectToo(...queue, 'empty-topic');
      await deleteFrom('empty-topic');
      const { detail } = await workbench.dialog('Delete 2 topics?');
      assert.match(detail, /Account "shop-prod" · PROD/);
      assert.match(detail, /• returns: .*\n• empty-topic: /);
      await workbench.dialogButton('Delete');
      await quickInput.waitForMessage(/Type 2, the number of things to delete/);
      await quickInput.answer('1');
      await quickInput.waitForMessage('The number is 2.');
      await quickInput.answer('2');
      await quickInput.closed();
      await tree.waitUntilGone(...queue, 'returns');
      await tree.waitUntilGone(...queue, 'empty-topic');
      assert.deepEqual(writes(), ['POST', 'DELETE', 'DELETE']);
    });

    await step(context, window, 'one is deleted for its name typed, with what is lost in numbers', async () => {
      await deleteFrom('orders');
      const { message, detail } = await workbench.dialog(/^Delete topic "orders"\?/);
      assert.match(`${message} ${detail}`, /1\d,\d{3},\d{3} messages and the offsets of 3 consumer groups are lost/);
      await workbench.dialogButton('Delete');
      await quickInput.waitForMessage(/Type "orders" to delete it from account "shop-prod" \(PROD\)/);
      await quickInput.answer('order');
      await quickInput.waitForMessage('The name is "orders".');
      await quickInput.answer('orders');
      await quickInput.closed();
      await tree.waitUntilGone(...queue, 'orders');
    });

    await step(context, window, 'it is locked again, and an open document with it', async () => {
      await openDocument(window, 'Edit as Document', [...queue, 'audit'], 'audit.easyqueue-topic.json');
      await editor.waitForText('partitionCount');
      const text = await editor.text();
      await tree.inlineAction('Lock Again', account);
      await tree.waitUntil([account], ({ description }) => description === 'NHN · PROD · Read-only');
      await tree.click(account);
      await waitFor('the lock in the status bar', async () => (await workbench.statusBar()).some((each) => each.includes('shop-prod · PROD · Read-only')));
      const before = writes().length;
      assert.match(text, /"description": "감사 로그/u);
      await editor.replaceAll(text.replaceAll(/(\d)\s+\d+ (?:d|GiB|KiB)/gu, '$1').replace('감사 로그', 'locked'));
      await editor.waitUntilDirty(true);
      await editor.startSave();
      await workbench.notification(/"shop-prod" is locked/);
      assert.equal(await editor.isDirty(), true);
      assert.equal(writes().length, before);
    });
  } finally {
    await window.close();
    await emulator.close();
  }
});
