import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import test from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { exitOnSignals } from '../host/processes.ts';
import { AccountWizard, naverAt } from './accountWizard.ts';
import { Arrivals, sends } from './arrivals.ts';
import { demoAt } from './places.ts';
import { waitFor } from './wait.ts';
import { openWindow, step } from './window.ts';
import { wordsOf } from './words.ts';

/** The second message has a variable nobody knows, the third a field that Data Stream cannot carry. */
const BROKEN = `{
  "topic": "h4j6l-orders",
  "messages": [
    { "key": "good", "value": { "n": 1 } },
    { "key": "k1", "value": { "at": "{{nwo +1d}}" } },
    { "key": "k2", "headers": { "trace": "1" }, "value": 2 },
    { "key": "k3", "value": { "n": 3 } }
  ]
}
`;

void test('message documents, their plans and what leaves', async (context) => {
  exitOnSignals();
  const emulator = await startEmulator();
  const window = await openWindow({ env: demoAt(emulator) });
  const { workbench, folders } = window;
  const { editor, quickInput } = workbench;
  const tree = workbench.resources();
  const topic = `${emulator.world.dataStream.prefix}orders`;
  const arrivals = new Arrivals(emulator, topic);
  const plan = async (): Promise<string> => {
    await editor.codeLens(/^Plan$/);
    await editor.waitForTab(/send-plan/);
    // Lenses come after the text, and move it down.
    await editor.waitForCodeLens('Plan Again');
    return editor.wholeText();
  };

  try {
    await step(context, window, 'the plan shows exactly what would leave', async () => {
      await workbench.runCommand('Cloud Streams: Try with a Demo Account');
      await tree.find('Demo NAVER', 'Data Stream', topic);
      await editor.openFile('orders.messages.json');
      await editor.waitForCodeLens(`Send to ${topic}`);
      const lenses = [`Send to ${topic}`, 'Plan', 'Change Target', ...Array<string>(3).fill('Send This Message')];
      await waitFor('its lenses', async () => isDeepStrictEqual(await editor.codeLenses(), lenses));
      const text = await plan();
      assert.match(text, new RegExp(`^# Plan: send 3 messages to ${topic} · Demo NAVER · DEV\n`, 'u'));
      assert.match(text, /orders\.messages\.json:13 · key "A-20261121-0009" · partition 0 · \d+ bytes/);
      assert.match(text, /"shop": "seoul-1", "total": 29800\.00 \}/);
      assert.match(text, /"transaction": 9007199254740993 \}/);
      assert.doesNotMatch(text, /\{\{/);
      assert.equal(sends(emulator), 0);
    });

    await step(context, window, 'Send puts on the topic what the plan said, byte for byte', async () => {
      const bodies = (await editor.wholeText()).split('\n').filter((line) => line.startsWith('│ ')).map((line) => line.slice(2));
      await editor.codeLens('Send 3 Messages to DEV');
      await workbench.notification(/^3 messages sent to topic "h4j6l-orders" in /);
      const arrived = arrivals.take();
      assert.deepEqual(arrived.map(({ value }) => value).toSorted(), bodies.toSorted());
      assert.deepEqual(arrived.find(({ key }) => key === 'A-20261121-0009')?.partition, 0);
      await editor.waitForTab('orders.messages.json');
      await editor.waitForCodeLens(`Send to ${topic} · Demo NAVER · DEV`);
      await workbench.notificationButton(/3 messages sent/, 'Show Result');
      await editor.waitForTab(/send-result$/);
      await editor.waitForText(/Result: 3 of 3 acknowledged/);
      await editor.closeTab();
      await workbench.clearNotifications();
    });

    await step(context, window, 'the lens of a message sends that one alone', async () => {
      await editor.waitForTab('orders.messages.json');
      await editor.codeLens('Send This Message', 1);
      await workbench.notification(/^Message sent to topic "h4j6l-orders": key "A-20261121-0008"/);
      const arrived = arrivals.take();
      assert.equal(arrived.length, 1);
      assert.match(arrived[0]?.value ?? '', /"transaction": 9007199254740993 \}$/);
      await workbench.clearNotifications();
    });

    await step(context, window, 'an environment is chosen, and changed on the plan', async () => {
      await workbench.runCommand('Data Stream: Choose Variables Environment…');
      await quickInput.pick('dev');
      await quickInput.closed();
      assert.match(await plan(), /"shop": "seoul-dev"/);
      await editor.codeLens('Environment: dev');
      await quickInput.pick('No environment');
      await editor.waitForText(/"shop": "seoul-1"/);
      await editor.closeTab();
    });

    await step(context, window, 'what cannot be sent is told at its place, and nothing leaves', async () => {
      writeFileSync(path.join(folders.workspace, 'broken.messages.json'), BROKEN);
      await editor.openFile('broken.messages.json');
      await editor.waitForCodeLens(/^Plan$/);
      const text = await plan();
      assert.match(text, /broken\.messages\.json:5:\d+ .*There is no variable "nwo"\. Did you mean "now"\?/);
      assert.match(text, /broken\.messages\.json:6:\d+ .*Data Stream cannot carry "headers"/);
      assert.match(text, /2 of 4 can be sent, 2 have a problem/);
      await editor.followLink('broken.messages.json:6:');
      await editor.waitForTab('broken.messages.json');
      await waitFor('the cursor at the problem', async () => (await workbench.statusBar()).some((each) => each.includes('Ln 6, Col ')));
      await editor.codeLens('Send This Message', 1);
      assert.match((await workbench.dialog()).message, /^Line 5, column \d+: There is no variable "nwo"/);
      await workbench.dialogButton('Go to Problem');
      await waitFor('the cursor at the problem', async () => (await workbench.statusBar()).some((each) => each.includes('Ln 5, Col ')));
      assert.deepEqual(arrivals.take(), []);
    });

    await step(context, window, 'production always shows a plan, and asks with topic, account and number', async () => {
      const before = sends(emulator);
      await new AccountWizard(workbench, wordsOf('en')).add(naverAt(emulator, 'acme-prod', { stage: 'Production', access: 'Full access' }));
      await editor.openFile('orders.json');
      await workbench.runCommand('Data Stream: Send to Topic…');
      await quickInput.type('acme-prod');
      await quickInput.pick(topic);
      await quickInput.waitForMessage(/Key of the message/);
      await quickInput.answer('A-7');
      await quickInput.waitForMessage(/Partition, counted from 0/);
      await quickInput.accept();
      await editor.waitForTab(/send-plan/);
      await editor.waitForText(/^# Plan: send 1 message to h4j6l-orders · acme-prod · PROD$/mu);
      await editor.codeLens('Send 1 Message to PROD');
      const { detail } = await workbench.dialog('Send this message to topic "h4j6l-orders" of account "acme-prod"?');
      assert.match(detail, /^The account is PROD\. \d+ bytes\. A message cannot be taken back\.$/);
      assert.equal(sends(emulator), before);
      await workbench.dialogButton('Send');
      await workbench.notification(/^Message sent to topic "h4j6l-orders": key "A-7"/);
      assert.deepEqual(arrivals.take().map(({ key }) => key), ['A-7']);
      await workbench.clearNotifications();
    });

    await step(context, window, 'an account that was made read-only is refused before anything leaves', async () => {
      const before = emulator.log.length;
      await tree.openContextMenu('acme-prod');
      await workbench.menu('Edit Account…');
      const wizard = new AccountWizard(workbench, wordsOf('en'));
      await wizard.tested();
      await wizard.choose('Access', { byTyping: true });
      await wizard.choose('Read-only');
      await wizard.tested();
      await wizard.save();
      await editor.waitForTab('orders.json');
      await editor.waitForCodeLens(`Send to ${topic} · acme-prod · PROD`);
      const asked = emulator.log.length;
      await editor.codeLens(`Send to ${topic}`);
      await workbench.notificationButton('Account "acme-prod" is read-only. Unlock it to send messages.', 'Unlock for 15 Minutes');
      await quickInput.pick('acme-prod');
      await quickInput.open('Unlock Account "acme-prod"');
      await quickInput.cancel();
      assert.ok(asked >= before);
      assert.deepEqual(emulator.log.slice(asked).filter(({ method }) => method !== 'GET'), []);
      assert.deepEqual(arrivals.take(), []);
    });
  } finally {
    await window.close();
    await emulator.close();
  }
});
