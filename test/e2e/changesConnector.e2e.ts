import assert from 'node:assert/strict';
import test from 'node:test';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { exitOnSignals } from '../host/processes.ts';
import { DAY_MS, openDocument, write } from './documentTexts.ts';
import { insist, isAsked } from './insist.ts';
import { demoAt } from './places.ts';
import type { TreePath } from './tree.ts';
import { waitFor } from './wait.ts';
import { openWindow, step } from './window.ts';

const ROLE = 'nrn:PUB:IAM::2874651:Role/0f1c7a30-36d4-11f0-a3f1-246e966ebeb4';

void test('a connector from its creation to its end; what is pinned and copied', async (context) => {
  exitOnSignals();
  const emulator = await startEmulator();
  const { dataStream, now } = emulator.world;
  const name = `${dataStream.prefix}returns`;
  const topic = dataStream.add({ name, description: '', partitions: 1, retentionMs: DAY_MS, createdAt: now(), creatingMs: 0 });
  const window = await openWindow({ env: demoAt(emulator) });
  const { workbench, page } = window;
  const { editor, quickInput } = workbench;
  const tree = workbench.resources();
  const topicRow = ['Demo NAVER', 'Data Stream', name];
  const row = [...topicRow, 'Connector'];
  const tab = `${name}.datastream-connector.json`;
  const settings = (): NonNullable<(typeof topic)['connector']>['settings'] => {
    assert.ok(topic.connector, 'There is no connector.');
    return topic.connector.settings;
  };
  const placeholderIs = async (text: string): Promise<void> => {
    await waitFor(`the question "${text}"`, async () => (await quickInput.placeholder()) === text);
  };
  const chooseFor = async (path: TreePath, command: string, hasCome: () => Promise<boolean>): Promise<void> =>
    insist(page, {
      what: command,
      press: async () => {
        await tree.openContextMenu(...path);
        await workbench.menu(command);
      },
      hasCome,
    });
  const copied = async (command: string, start: RegExp): Promise<string> => {
    await insist(page, {
      what: command,
      press: async () => {
        await tree.openContextMenu(...topicRow);
        await workbench.submenu('Copy', command);
      },
      hasCome: async () => start.test(await workbench.clipboard()),
    });
    return workbench.clipboard();
  };

  try {
    await step(context, window, 'the wizard shows where messages will lie', async () => {
      await workbench.openView('Cloud Streams');
      await workbench.welcomeButton('Try with a Demo Account');
      await tree.find(...topicRow);
      await tree.find('Demo NHN', /^EasyQueue/, 'payments');
      await tree.loaded();
      await chooseFor(topicRow, 'Create Connector…', async () => (await quickInput.title()) === 'Create Connector of Topic "h4j6l-returns"');
      await placeholderIs('How much does the connector have to carry?');
      await quickInput.pick('MEDIUM');
      await quickInput.waitForMessage(/^Bucket of Object Storage/);
      await quickInput.type('https://bucket');
      await quickInput.waitForMessage(/A location is in Object Storage/);
      await quickInput.type('returns-bucket/raw');
      await quickInput.waitForMessage(/^A message sent now would go to s3a:\/\/returns-bucket\/raw\//);
      await quickInput.accept();
      await placeholderIs('Is there a folder with the name of the topic?');
      await quickInput.pick('With a folder for the topic');
      await placeholderIs('Are there folders by date?');
      await quickInput.pick('A folder each day');
      await quickInput.waitForMessage(/^NRN of the role/);
      await quickInput.answer('no role');
      await quickInput.waitForMessage(/An NRN/);
      await quickInput.answer(ROLE);
      await placeholderIs('How are the values of the messages written?');
      await quickInput.pick('JSON');
      await quickInput.waitForMessage(/^Description/);
      await quickInput.answer('Archive of returns');
      await quickInput.pick('Create');
      await quickInput.closed();
      await tree.waitUntil(row, ({ description }) => description === 'RUNNING → s3a://returns-bucket/raw/h4j6l-returns');
      assert.equal(settings().consumerSpec, 'MEDIUM');
      assert.equal(settings().roleNrn, ROLE);
    });

    await step(context, window, 'its document is applied, and a change made elsewhere is not lost', async () => {
      await openDocument(window, 'Edit as Document', row, tab);
      await editor.waitForText('roleNrn');
      await editor.waitForText(/"flushIntervalMinutes": \d+\s*\d+ min/);
      const values = {
        description: 'Archive of returns', consumerSpec: 'MEDIUM', location: 's3a://returns-bucket/raw', includeTopicInPath: true, dateFormat: 'HOUR',
        roleNrn: ROLE, flushIntervalMinutes: settings().flushInterval, flushCount: settings().flushCount, schemaType: 'JSON',
      };
      await write(editor, values);
      await editor.startSave();
      assert.match((await workbench.dialog(/^Change connector of topic "h4j6l-returns"/)).detail, /^Folders by: A folder each day → A folder each hour \(HOUR\)\n↳ Files that are stored already stay where they are\.$/u);
      await workbench.dialogButton('Apply');
      await editor.waitUntilDirty(false);
      assert.equal(settings().dateFormat, 'HOUR');
      await write(editor, { ...values, consumerSpec: 'SMALL' });
      assert.ok(topic.connector);
      topic.connector.settings = { ...settings(), flushCount: 7_000 };
      await editor.startSave();
      assert.match((await workbench.dialog(/was changed elsewhere/)).detail, /Messages per file: .* → 7000/);
      await workbench.dialogButton('Keep Both');
      await workbench.dialog(/^Change connector/);
      await workbench.dialogButton('Apply');
      await editor.waitUntilDirty(false);
      assert.deepEqual([settings().consumerSpec, settings().flushCount], ['SMALL', 7_000]);
    });

    await step(context, window, 'deleting it says what stays', async () => {
      await chooseFor(row, 'Delete Connector…', async () => isAsked(page));
      const { message, detail } = await workbench.dialog(/^Delete the connector of topic "h4j6l-returns"\?/);
      assert.match(`${message} ${detail}`, /New messages are not stored in s3a:.*already stay/);
      await workbench.dialogButton('Delete');
      await waitFor('the connector to go', () => Promise.resolve(topic.connector === undefined));
      await tree.waitUntilGone(...row);
    });

    await step(context, window, 'a pin stands on top, leads to the row, and goes again', async () => {
      await chooseFor(topicRow, 'Pin', async () => (await tree.rows())[0]?.label === 'Pinned');
      const pinned = await tree.find('Pinned', name);
      assert.equal((await tree.find('Pinned')).index, 0);
      assert.match(pinned.description, /^Demo NAVER · DEV/);
      await tree.collapse('Demo NAVER', 'Data Stream');
      await tree.click('Pinned', name);
      await waitFor('the row it stands for to be selected', async () => {
        const real = (await tree.rows()).find(({ label, level, index }) => label === name && level === 3 && index > pinned.index);
        return real !== undefined && (await tree.selected()).join() === name;
      });
      await chooseFor(['Pinned', name], 'Unpin', async () => (await tree.rows())[0]?.label !== 'Pinned');
      await tree.waitUntilGone('Pinned');
    });

    await step(context, window, 'name, cURL script and Kafka settings land on the clipboard, without a secret', async () => {
      assert.equal(await copied('Copy Name', /^h4j6l/), name);
      const script = await copied('Copy as cURL', /^#!/);
      assert.match(script, new RegExp(`/topics/${topic.topicId}`, 'u'));
      await insist(page, {
        what: 'the clients',
        press: async () => {
          await tree.openContextMenu(...topicRow);
          await workbench.submenu('Copy', 'Copy Kafka Client Settings…');
        },
        hasCome: async () => (await quickInput.title()) === `Kafka Client Settings: ${name}`,
      });
      await quickInput.pick('Python');
      const kafka = await waitFor('the settings', async () => {
        const text = await workbench.clipboard();
        return text.includes('bootstrap.servers') && text;
      });
      assert.match(kafka, /cluster-1\.datastream\.naverncp\.com:30010/);
      const { naver } = emulator.credentials;
      for (const text of [script, kafka]) assert.ok(![naver.secretKey, naver.accessKeyId].some((secret) => text.includes(secret)));
    });
  } finally {
    await window.close();
    await emulator.close();
  }
});
