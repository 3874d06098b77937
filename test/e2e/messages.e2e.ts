import assert from 'node:assert/strict';
import test from 'node:test';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { exitOnSignals } from '../host/processes.ts';
import { Arrivals } from './arrivals.ts';
import { demoAt } from './places.ts';
import { waitFor } from './wait.ts';
import { openWindow, step } from './window.ts';

void test('messages from what is open, and the keyboard alone', async (context) => {
  exitOnSignals();
  const emulator = await startEmulator();
  const window = await openWindow({ env: demoAt(emulator) });
  const { workbench, page } = window;
  const { editor, quickInput } = workbench;
  const tree = workbench.resources();
  const topic = `${emulator.world.dataStream.prefix}orders`;

  /** Values on a partition that no producer of the demo writes values to, oldest first. */
  const valuesOn = (partition: number): readonly unknown[] =>
    (emulator.world.dataStream.byName(topic)?.log.partitions[partition]?.messages ?? []).map(({ value }) => value);
  const sendTo = async (partition: number): Promise<void> => {
    await quickInput.pick(topic);
    await quickInput.waitForMessage(/Key of the message/);
    await quickInput.accept();
    await quickInput.waitForMessage(/Partition, counted from 0/);
    await quickInput.answer(String(partition));
    await workbench.notification(new RegExp(`sent to topic.*partition ${String(partition)}`, 'u'));
    await workbench.clearNotifications();
  };

  try {
    await step(context, window, 'what is selected is sent, and nothing else', async () => {
      await workbench.runCommand('Cloud Streams: Try with a Demo Account');
      await tree.find('Demo NAVER', 'Data Stream', topic);
      await editor.openFile('orders.json');
      await editor.selectLines(5, 5);
      await workbench.runCommand('Data Stream: Send to Topic…');
      // A part of a document need not be JSON by itself: here it ends in a comma.
      assert.match((await workbench.dialog()).message, /not valid JSON/);
      await workbench.dialogButton('Send as Text');
      await sendTo(1);
      assert.equal(valuesOn(1).at(-1), '    { "sku": "tea-green-100g", "quantity": 2, "price": 8900 },');
    });

    await step(context, window, 'changes that are not saved are sent, to where the document went before', async () => {
      const arrivals = new Arrivals(emulator, topic);
      await editor.waitForCodeLens(`Send to ${topic} · Demo NAVER · DEV`);
      await editor.replaceAll('{"id": 9007199254740993, "id": 2}');
      await waitFor('the change to be unsaved', async () => editor.isDirty());
      // It goes where the document went before, without a question.
      await editor.titleAction('Send');
      await workbench.notification(/^Message sent to topic/);
      await workbench.clearNotifications();
      assert.deepEqual(arrivals.take().map(({ value }) => value), ['{"id": 9007199254740993, "id": 2}']);
    });

    await step(context, window, 'JSON that is wrong is told by line and column, and nothing leaves', async () => {
      const before = emulator.log.length;
      await editor.replaceAll('{\n  "id": 1,\n  "total" 3\n}');
      await workbench.runCommand('Data Stream: Send to Topic…');
      assert.match((await workbench.dialog()).message, /Line 3, column 11: .*a colon is expected/);
      await workbench.dialogButton('Go to Problem');
      await waitFor('the cursor at the problem', async () => (await workbench.statusBar()).some((text) => text.includes('Ln 3, ')));
      assert.deepEqual(emulator.log.slice(before).filter(({ method }) => method !== 'GET'), []);
    });

    await step(context, window, 'a new message document knows its topic, and is sent by keys alone', async () => {
      await tree.inlineAction('Send Message…', 'Demo NAVER', 'Data Stream', topic);
      await editor.waitForTab(/Untitled/);
      // Lines are put in their place one by one.
      const text = await waitFor('the new message', async () => {
        const shown = (await editor.text()).trim();
        JSON.parse(shown);
        return shown;
      });
      await page.keyboard.press('F1');
      await quickInput.type('>Data Stream: Send to Topic…');
      await waitFor('the command', async () => (await quickInput.rows())[0]?.label === 'Data Stream: Send to Topic…');
      await page.keyboard.press('Enter');
      // The topic it was opened for is the one that is active.
      await quickInput.open('Send to Topic');
      await waitFor('the topics', async () => (await quickInput.rows()).some(({ label }) => label === topic));
      await page.keyboard.press('Enter');
      await quickInput.waitForMessage(/Key of the message/);
      await page.keyboard.type('by-keys');
      await page.keyboard.press('Enter');
      await quickInput.waitForMessage(/Partition, counted from 0/);
      await page.keyboard.type('3');
      await page.keyboard.press('Enter');
      assert.match(await workbench.notification(/sent to topic/), new RegExp(`${topic}.*"by-keys".*partition 3`, 'u'));
      const last = emulator.world.dataStream.byName(topic)?.log.partitions[3]?.messages.at(-1);
      assert.equal(last?.key, 'by-keys');
      assert.equal(last.value.trim(), text);
    });

    await step(context, window, 'the tree by keys alone', async () => {
      await workbench.runCommand('Cloud Streams: Focus on Resources View');
      await page.keyboard.press('Home');
      const isFocused = async (label: RegExp): Promise<boolean> => label.test(await tree.focusedName());
      await waitFor('the first account', async () => isFocused(/^Account Demo NAVER/));
      await page.keyboard.press('ArrowDown');
      await waitFor('its first service', async () => isFocused(/^Data Stream/));
      await page.keyboard.press('ArrowDown');
      await waitFor('its first topic', async () => isFocused(new RegExp(`^Topic ${topic}`, 'u')));
      await page.keyboard.press('ArrowRight');
      await waitFor('the connector', async () => (await tree.outline()).includes('      Connector'));
      await page.keyboard.press('ArrowDown');
      await waitFor('the connector', async () => isFocused(/^Connector, running/));
    });

    await step(context, window, 'every row has a name that says what it is and whose', async () => {
      const names = new Set<string>();
      const read = async (): Promise<void> => {
        await tree.loaded();
        for (const { accessibleName } of await tree.rows()) names.add(accessibleName);
      };
      await tree.expand('Demo NAVER', /^Cloud Functions/, 'order-tools');
      const trigger = ['Demo NAVER', /^Cloud Functions/, 'Triggers', 'every-five-minutes'];
      await tree.expand(...trigger);
      await tree.waitUntil(trigger, ({ accessibleName }) => accessibleName.includes('linked action'));
      await read();
      await tree.collapse('Demo NAVER');
      await tree.expand('Demo NHN', /^EasyQueue/, 'orders', 'Partitions');
      const [member] = await tree.children('Demo NHN', /^EasyQueue/, 'orders', 'orders-api');
      await tree.expand('Demo NHN', /^EasyQueue/, 'orders', 'orders-api', member?.label ?? '');
      await read();
      const expected = [
        /^Account Demo NAVER, NAVER Cloud, Development, Full access$/,
        /^Data Stream, 2 of 3 topics, account Demo NAVER/,
        /^Topic h4j6l-orders, ready, 6 partitions, /,
        /^Connector, running, s3a:/,
        /^Kafka endpoint, /,
        /^Package order-tools, 4 actions, /,
        /^Action validate-order, nodejs:22 · basic, /,
        /^Trigger every-five-minutes, cron, .*1 linked action, /,
        /^Linked action analytics\/count-sessions, /,
        /^EasyQueue · KR1 · demo, 8 topics, account Demo NHN, Development$/,
        /^Topic dead-letters, has a warning, 2 partitions, /,
        /^Partition 0, offsets [\d,]+ to [\d,]+, [\d,]+ messages, /,
        /^Consumer group orders-api, Stable, all consumers work, lag [\d,]+/,
        /^Member orders-api-1-[0-9a-f]{8}, 2 partitions · lag [\d,]+, /,
        /^Partition 0, lag [\d,]+ · committed [\d,]+ · end [\d,]+, account Demo NHN, Development$/,
      ];
      assert.deepEqual(expected.filter((name) => ![...names].some((each) => name.test(each))), [], [...names].join('\n'));
      const whose = /account Demo N(?:AVER|HN), Development$|^Account Demo |^Recently Used$/;
      assert.deepEqual([...names].filter((name) => !whose.test(name) || /undefined|\{\d\}|\[object|\$\(/.test(name)), []);
    });
  } finally {
    await window.close();
    await emulator.close();
  }
});
