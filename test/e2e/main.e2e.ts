import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { startEmulator } from '../../src/emulator/emulator.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { exitOnSignals } from '../host/processes.ts';
import { inProject } from '../host/project.ts';
import { formsOf, leaksBelow, recordTokens } from './canary.ts';
import { waitFor } from './wait.ts';
import { openWindow, step } from './window.ts';

/** Where the emulator of this test is, for the extension in the window. */
function asEnvironment({ credentials }: Emulator): NodeJS.ProcessEnv {
  return { CLOUD_STREAMS_EMULATOR: JSON.stringify(credentials) };
}

/** Offsets of the partitions of a topic, added up. */
function endOf({ world }: Emulator, topic: string): bigint {
  const partitions = world.dataStream.byName(topic)?.log.partitions ?? [];
  return partitions.reduce((sum, partition) => sum + partition.endOffset(world.now()), 0n);
}

void test('a newcomer sees the demo accounts, and sends orders.json', async (context) => {
  exitOnSignals();
  const emulator = await startEmulator();
  const tokens = recordTokens(emulator);
  const window = await openWindow({ env: asEnvironment(emulator) });
  const { workbench, folders } = window;
  const topic = `${emulator.world.dataStream.prefix}orders`;
  try {
    await step(context, window, 'nothing is asked of the network before the view is opened', async () => {
      await workbench.editor.openFile('orders.json');
      assert.deepEqual(emulator.log, []);
    });

    await step(context, window, 'the welcome view offers a demo', async () => {
      await workbench.openView('Cloud Streams');
      assert.match(await workbench.welcome(), /Add Account/);
      await workbench.welcomeButton('Try with a Demo Account');
      const roots = await waitFor('two accounts', async () => {
        const rows = (await workbench.resources().rows()).filter(({ level }) => level === 1);
        return rows.length === 2 && rows;
      });
      assert.deepEqual(roots.map(({ label }) => label), ['Demo NAVER', 'Demo NHN']);
    });

    await step(context, window, 'the tree shows topics, connectors, actions, partitions and consumer groups', async () => {
      const tree = workbench.resources();
      const orders = await tree.find('Demo NAVER', 'Data Stream', topic);
      assert.match(orders.description, /6 partitions/);
      assert.match((await tree.find('Demo NAVER', 'Data Stream', topic, 'Connector')).description, /RUNNING/);
      const actions = await tree.children('Demo NAVER', /^Cloud Functions/, /no package/);
      assert.ok(actions.length > 0);
      await tree.children('Demo NAVER', /^Cloud Functions/, 'order-tools');
      // What was learnt below a row shows in it.
      await tree.waitUntil(['Demo NAVER', /^Cloud Functions/, 'order-tools'], ({ description }) => description === '4 actions');
      await tree.collapse('Demo NAVER');
      const partitions = await tree.children('Demo NHN', /^EasyQueue/, 'orders', 'Partitions');
      assert.equal(partitions.length, 5);
      const groups = await tree.children('Demo NHN', /^EasyQueue/, 'orders');
      assert.ok(groups.some(({ description }) => description.includes('lag')), groups.map(({ description }) => description).join(' | '));
    });

    await step(context, window, 'an offset above 2^53 is shown digit by digit', async () => {
      const tree = workbench.resources();
      await tree.collapse('Demo NHN', /^EasyQueue/, 'orders');
      const partitions = await tree.children('Demo NHN', /^EasyQueue/, 'ledger', 'Partitions');
      assert.ok(partitions.some(({ description }) => description.includes('9,007,199,254,740,993')), partitions.map(({ description }) => description).join(' | '));
      await tree.collapse('Demo NHN');
    });

    await step(context, window, 'the open document is sent byte for byte, and the offset moves', async () => {
      const before = endOf(emulator, topic);
      await workbench.editor.openFile('orders.json');
      await workbench.runCommand('Data Stream: Send to Topic…');
      await workbench.quickInput.pick(topic);
      await workbench.quickInput.waitForMessage(/Key of the message/);
      await workbench.quickInput.answer('order-7');
      await workbench.quickInput.waitForMessage(/[Pp]artition/);
      await workbench.quickInput.answer('2');
      const said = await workbench.notification(/sent to topic/);
      assert.match(said, /order-7/);
      assert.equal(endOf(emulator, topic), before + 1n);
      const stored = emulator.world.dataStream.byName(topic)?.log.partitions[2]?.messages.at(-1);
      assert.equal(stored?.value, readFileSync(inProject('test/host/workspace/orders.json'), 'utf8'));
      assert.equal(stored.key, 'order-7');
    });

    await step(context, window, 'a failure names the account and the key to check, and Retry works', async () => {
      const tree = workbench.resources();
      await tree.find('Demo NAVER', 'Data Stream', topic);
      emulator.world.naverRole = 'none';
      await workbench.viewAction('Refresh All');
      const problem = await tree.find('Demo NAVER', 'Data Stream', /Demo NAVER/);
      assert.match(problem.accessibleName, /Problem/);
      emulator.world.naverRole = 'manager';
      await tree.inlineAction('Retry', 'Demo NAVER', 'Data Stream', problem.label);
      await tree.find('Demo NAVER', 'Data Stream', topic);
    });

    await step(context, window, 'no secret stands anywhere but in the secret storage', async () => {
      await workbench.runCommand('Cloud Streams: Show Log');
      const { naver, nhn } = emulator.credentials;
      const keys = [naver.accessKeyId, naver.secretKey, nhn.userAccessKeyId, nhn.secretAccessKey];
      assert.ok(tokens.length > 0, 'no token was issued, so nothing was searched for');
      const texts = formsOf([...keys, ...tokens, `${nhn.userAccessKeyId}:${nhn.secretAccessKey}`]);
      const page = await window.page.content();
      assert.deepEqual(texts.filter((text) => page.includes(text)), []);
      assert.deepEqual(texts.filter((text) => window.console.join('\n').includes(text)), []);
      assert.ok(emulator.log.every(({ target }) => !texts.some((text) => target.includes(text))));
      // The search finds what is there: the log names the account whose rows could not be loaded.
      assert.notDeepEqual(leaksBelow(folders.data, ['Demo NAVER']), []);
      for (const folder of Object.values<string>({ ...folders })) assert.deepEqual(leaksBelow(folder, texts), []);
    });
  } finally {
    await window.close();
    await emulator.close();
  }
});
