import assert from 'node:assert/strict';
import test from 'node:test';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { exitOnSignals } from '../host/processes.ts';
import { DAY_MS, HOUR_MS, openDocument, write } from './documentTexts.ts';
import { insist, isAsked } from './insist.ts';
import { demoAt } from './places.ts';
import { waitFor } from './wait.ts';
import { openWindow, step } from './window.ts';

const DATA_STREAM = ['Demo NAVER', 'Data Stream'];

void test('a topic from its creation to its end, by wizard and by document', async (context) => {
  exitOnSignals();
  const emulator = await startEmulator();
  const window = await openWindow({ env: demoAt(emulator) });
  const { workbench, page } = window;
  const { editor, quickInput } = workbench;
  const tree = workbench.resources();
  const { dataStream, now } = emulator.world;
  const name = `${dataStream.prefix}returns`;
  const row = [...DATA_STREAM, name];
  const tab = `${name}.datastream-topic.json`;
  const topic = (): NonNullable<ReturnType<typeof dataStream.byName>> => {
    const found = dataStream.byName(name);
    assert.ok(found, `There is no topic ${name}.`);
    return found;
  };
  const writes = (): readonly string[] => emulator.log.filter(({ method, target }) => method !== 'GET' && !target.startsWith('/oauth2/')).map(({ method }) => method);

  try {
    await step(context, window, 'the wizard knows quota and prefix, refuses a bad name, and Back keeps what was typed', async () => {
      await workbench.openView('Cloud Streams');
      await workbench.welcomeButton('Try with a Demo Account');
      await tree.find(...DATA_STREAM, `${dataStream.prefix}orders`);
      await tree.find('Demo NHN', /^EasyQueue/, 'payments');
      await tree.loaded();
      await insist(page, {
        what: 'the wizard',
        press: async () => tree.inlineAction('Create Topic…', ...DATA_STREAM),
        hasCome: async () => (await quickInput.title()) === 'Create Data Stream Topic',
      });
      await quickInput.waitForMessage(/prefix "h4j6l-".*2 of 3 topics are used/);
      await quickInput.type('Returns_2');
      await quickInput.waitForMessage(/only lower-case letters, digits and "-"/);
      await quickInput.type('orders');
      await quickInput.waitForMessage(/"h4j6l-orders" exists already/);
      await quickInput.type('returns');
      await quickInput.waitForMessage('The full name is "h4j6l-returns".');
      await quickInput.accept();
      await quickInput.waitForMessage(/^Number of partitions, 1 to 16/);
      await quickInput.type('3');
      await quickInput.waitForMessage('Up to 3 MB/s in and 6 MB/s out');
      await quickInput.back();
      await quickInput.waitForMessage(/^Name of the topic/);
      assert.equal(await quickInput.value(), 'returns');
      await quickInput.accept();
      await quickInput.waitForMessage(/^Number of partitions/);
      assert.equal(await quickInput.value(), '3');
      await quickInput.accept();
      await quickInput.waitForMessage(/^How long messages are kept, 1 h to 15 d/);
      await quickInput.type('40 d');
      await quickInput.waitForMessage('Messages are kept from 1 h to 15 d.');
      await quickInput.type('7 d');
      await quickInput.waitForMessage('= 604,800,000 ms');
      await quickInput.accept();
      await quickInput.waitForMessage(/^Description/);
      await quickInput.answer('Returns of the shop');
      await waitFor('the last step', async () => (await quickInput.rows())[0]?.label === 'Create');
      assert.deepEqual((await quickInput.rows()).slice(1).map(({ label, description }) => `${label}: ${description}`), [
        'Name: h4j6l-returns', 'Partitions: 3', 'Retention: 7 d = 604,800,000 ms', 'Description: Returns of the shop',
      ]);
      assert.deepEqual(writes(), []);
    });

    await step(context, window, 'it is followed from CREATING to ready, with its row selected', async () => {
      await quickInput.pick('Create');
      await quickInput.closed();
      await tree.waitUntil(row, ({ description }) => description.startsWith('CREATING'));
      await tree.waitUntil(row, ({ description }) => description === '3 partitions · 7 d');
      assert.deepEqual(await tree.selected(), [name]);
      assert.deepEqual(writes(), ['POST']);
      assert.match((await tree.find(...DATA_STREAM)).description, /3 of 3 topics/);
    });

    await step(context, window, 'its document explains itself, and marks what is out of range', async () => {
      await openDocument(window, 'Edit as Document', row, tab);
      await editor.waitForText(/"retentionMs": 604800000\s*7 d/);
      // It moves the lines down when it comes.
      await page.locator('.codelens-decoration', { hasText: 'Demo NAVER · DEV' }).waitFor();
      assert.match(await editor.hover('"retentionMs"'), /How long messages are kept, in milliseconds/);
      await editor.replaceAll('{\n  "description": "Returns of the shop",\n  "partitions": 3,\n  "retentionMs": \n}\n');
      await editor.selectLines(4, 4);
      await page.keyboard.press('End');
      const offered = await editor.completions();
      assert.ok(offered.some((each) => each.startsWith('7 days')), offered.join(' | '));
      await page.keyboard.press('Escape');
      await write(editor, { description: 'Returns of the shop', partitions: 2, retentionMs: 60 });
      await waitFor('both values to be marked', async () => (await editor.squiggles()) >= 2);
      await editor.startSave();
      await workbench.notification(/Line 3: Partitions can only be added: there are 3 already\./);
      assert.deepEqual(writes(), ['POST']);
      await workbench.clearNotifications();
    });

    await step(context, window, 'saving shows the plan, and applying it changes cloud and row', async () => {
      await write(editor, { description: 'Returns of the shop', partitions: 6, retentionMs: 3 * DAY_MS });
      await editor.startSave();
      const plan = await workbench.dialog('Change topic "h4j6l-returns" of account "Demo NAVER" (DEV)?');
      assert.match(plan.detail, /^Partitions: 3 → 6\n↳ .*\nRetention: 7 d → 3 d \(259200000\)\n↳ Messages older than 3 d are deleted\.$/);
      await workbench.dialogButton('Cancel');
      assert.equal(await editor.isDirty(), true);
      assert.deepEqual(await workbench.notifications(), []);
      await editor.startSave();
      await workbench.dialog();
      await workbench.dialogButton('Apply');
      await editor.waitUntilDirty(false);
      await tree.waitUntil(row, ({ description }) => description === '6 partitions · 3 d');
      assert.equal(topic().retentionMs, 3 * DAY_MS);
      assert.equal(topic().log.partitions.length, 6);
    });

    await step(context, window, 'a change made elsewhere meanwhile is compared, and both are kept', async () => {
      await write(editor, { description: 'Returns of the shop', partitions: 6, retentionMs: 5 * DAY_MS });
      topic().description = 'Changed by a colleague';
      await editor.startSave();
      const question = await workbench.dialog('Topic "h4j6l-returns" was changed elsewhere since it was opened.');
      assert.match(question.detail, /Changed elsewhere:\nDescription: "Returns of the shop" → "Changed by a colleague"/);
      assert.match(question.detail, /Changed by you:\nRetention: 3 d → 5 d/);
      await workbench.dialogButton('Compare');
      await editor.waitForTab('Topic "h4j6l-returns": in the cloud ↔ yours');
      await editor.waitForText('Changed by a colleague');
      await editor.closeTab();
      await editor.waitForTab(tab);
      await editor.startSave();
      await workbench.dialog(/was changed elsewhere/);
      await workbench.dialogButton('Keep Both');
      assert.match((await workbench.dialog(/^Change topic/)).detail, /^Retention: 3 d → 5 d \(432000000\)/);
      await workbench.dialogButton('Apply');
      await editor.waitUntilDirty(false);
      assert.equal(topic().description, 'Changed by a colleague');
      assert.equal(topic().retentionMs, 5 * DAY_MS);
      await editor.waitForText('Changed by a colleague');
    });

    await step(context, window, 'where both changed the same, overwriting is a choice', async () => {
      await write(editor, { description: 'Changed by a colleague', partitions: 6, retentionMs: 2 * HOUR_MS });
      topic().retentionMs = HOUR_MS;
      await editor.startSave();
      await workbench.dialog(/was changed elsewhere/);
      assert.deepEqual((await workbench.dialogButtons()).toSorted(), ['Cancel', 'Compare', 'Overwrite', 'Take Theirs']);
      await workbench.dialogButton('Overwrite');
      await workbench.dialog(/^Change topic/);
      await workbench.dialogButton('Apply');
      await editor.waitUntilDirty(false);
      assert.equal(topic().retentionMs, 2 * HOUR_MS);
    });

    await step(context, window, 'unsaved changes survive a reload, and know that the topic changed', async () => {
      await write(editor, { description: 'Written before the reload', partitions: 6, retentionMs: 2 * HOUR_MS });
      await window.reloadWithUnsaved('Written before the reload');
      // The editor keeps its tabs with a delay: one that was just closed may be back, before this one.
      await editor.openTab(/returns\.datastream-topic\.json/);
      await editor.waitForText('Written before the reload');
      await editor.waitUntilDirty(true);
      topic().retentionMs = 4 * HOUR_MS;
      await editor.startSave();
      assert.match((await workbench.dialog(/was changed elsewhere/)).detail, /Retention: 2 h → 4 h[^]*Changed by you:\nDescription: "Changed by a colleague" → "Written before the reload"/);
      await workbench.dialogButton('Keep Both');
      await workbench.dialog(/^Change topic/);
      await workbench.dialogButton('Apply');
      await editor.waitUntilDirty(false);
      assert.deepEqual([topic().description, topic().retentionMs], ['Written before the reload', 4 * HOUR_MS]);
    });

    await step(context, window, 'deleting names what is lost', async () => {
      await workbench.openView('Cloud Streams');
      await insist(page, {
        what: 'the question',
        press: async () => {
          await tree.openContextMenu(...row);
          await workbench.menu('Delete Topic…');
        },
        hasCome: async () => isAsked(page),
      });
      const question = await workbench.dialog(/^Delete topic "h4j6l-returns"\?/);
      assert.match(`${question.message} ${question.detail}`, /All messages of the last 4 h and the offsets of its consumer groups are lost/);
      assert.match(question.detail, /Account "Demo NAVER" · DEV/);
      await workbench.dialogButton('Delete');
      await tree.waitUntilGone(...row);
      assert.equal(dataStream.byName(name), undefined);
    });

    await step(context, window, 'a document whose topic is gone says so', async () => {
      const orders = dataStream.byName(`${dataStream.prefix}audit`);
      assert.ok(orders);
      await openDocument(window, 'Edit as Document', [...DATA_STREAM, orders.name], `${orders.name}.datastream-topic.json`);
      await editor.waitForText('retentionMs');
      await write(editor, { description: 'too late', partitions: 2, retentionMs: 15 * DAY_MS });
      orders.goneAt = now() - 1;
      await editor.startSave();
      await workbench.notification(/Topic "h4j6l-audit" was deleted elsewhere\./);
      assert.equal(await editor.isDirty(), true);
      await editor.waitForText('too late');
    });
  } finally {
    await window.close();
    await emulator.close();
  }
});
