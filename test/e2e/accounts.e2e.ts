import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import test from 'node:test';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { exitOnSignals } from '../host/processes.ts';
import { AccountWizard, naverAt, nhnAt, PROMPTS } from './accountWizard.ts';
import { closedOrigin, NOTHING_OUTSIDE, startSilence } from './places.ts';
import { insist } from './insist.ts';
import { waitFor } from './wait.ts';
import { openWindow, step } from './window.ts';
import { wordsOf } from './words.ts';

const CONFIGURE = ['[DEFAULT]', 'ncloud_access_key_id = IMPORTEDKEY000000001', 'ncloud_secret_access_key = importedSecret0000000000000001', 'this line says nothing'];

void test('accounts, typed as a person types them', async (context) => {
  exitOnSignals();
  const emulator = await startEmulator();
  const silence = await startSilence();
  const window = await openWindow({ settings: NOTHING_OUTSIDE });
  const { workbench, page, folders } = window;
  const { quickInput } = workbench;
  const tree = workbench.resources();
  const wizard = new AccountWizard(workbench, wordsOf('en'));
  const acme = naverAt(emulator, 'acme');

  const paste = async (text: string): Promise<void> => {
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+v');
  };
  const lines = async (): Promise<readonly string[]> =>
    (await quickInput.rows()).map(({ label, description, detail }) => [label, description, detail].filter((part) => part !== '').join(' | '));
  const chooseInMenu = async (account: string, command: string): Promise<void> => {
    await tree.openContextMenu(account);
    await workbench.menu(command);
  };

  try {
    await step(context, window, 'Back keeps what was typed, a pasted key may end in a line break', async () => {
      await workbench.openView('Cloud Streams');
      await workbench.welcomeButton('Add Account');
      await wizard.choose('NAVER Cloud');
      await wizard.type('Name of the account, as the tree shows it', acme.name);
      await wizard.atPrompt(PROMPTS.naver.keyId);
      await paste(`${acme.keyId}\n`);
      await quickInput.accept();
      await wizard.atPrompt(PROMPTS.naver.secret);
      assert.equal(await quickInput.isPassword(), true);
      await quickInput.type('half a sec');
      await quickInput.waitForMessage(/cannot hold spaces/);
      await quickInput.back();
      await wizard.atPrompt(PROMPTS.naver.keyId);
      assert.equal(await quickInput.value(), acme.keyId);
      await quickInput.back();
      await wizard.atPrompt('Name of the account, as the tree shows it');
      assert.equal(await quickInput.value(), acme.name);
      await quickInput.accept();
      await wizard.atPrompt(PROMPTS.naver.keyId);
      await quickInput.accept();
      await waitFor('what was typed of the secret', async () => (await quickInput.value()) === 'half a sec');
    });

    await step(context, window, 'a wrong secret is told by name, corrected from there, and saved', async () => {
      // What was typed before is refused as it stands, so its message stands in the prompt's place.
      await quickInput.answer('not-the-secret');
      for (const question of ['Whose key is it?', 'Which zone is the account in?', 'In which regions is Cloud Functions used?', 'On which platform are the functions?']) {
        await wizard.atQuestion(question);
        await quickInput.accept();
      }
      await wizard.fillLane({});
      await wizard.useEndpoints(acme.endpoints);
      await wizard.tested();
      assert.match((await lines())[0] ?? '', /^Data Stream \| Signature refused\. \| Check the .*secret key of account "acme"/i);
      assert.deepEqual(await tree.rows(), []);
      // Enter leads to the answer the failure is about.
      await quickInput.accept();
      await wizard.fillKeys(acme);
      await wizard.tested();
      assert.match((await lines())[0] ?? '', /^Save \| Everything answers/);
      await quickInput.accept();
      await quickInput.closed();
      assert.match((await tree.find('acme', 'Data Stream', 'h4j6l-orders')).description, /6 partitions/);
    });

    await step(context, window, 'an NHN account: an app key with a space is refused, its topics are shown', async () => {
      const shop = nhnAt(emulator, 'shop');
      await wizard.open();
      await wizard.choose('NHN Cloud');
      await wizard.type('Name of the account, as the tree shows it', 'acme');
      await quickInput.waitForMessage(/already named "acme"/);
      await quickInput.answer(shop.name);
      await wizard.fillKeys(shop);
      await wizard.type('App key of EasyQueue, from "URL & Appkey" in its console', `${shop.appKey.slice(0, 8)} ${shop.appKey.slice(8)}`);
      await quickInput.waitForMessage(/cannot hold spaces/);
      await quickInput.answer(` ${shop.appKey} `);
      await wizard.type('Label of this app key, as the tree shows it', shop.label);
      await quickInput.pick('KR1');
      await wizard.choose('Done');
      await wizard.fillLane(shop);
      await wizard.useEndpoints(shop.endpoints);
      await wizard.tested();
      assert.match((await lines())[1] ?? '', /^EasyQueue · KR1 · shop \| 8 topics/);
      await wizard.save();
      await tree.find('shop', 'EasyQueue · KR1 · shop', 'orders');
    });

    await step(context, window, 'renaming keeps what is expanded, and the keys', async () => {
      await tree.find('acme', 'Data Stream', 'h4j6l-orders', 'Connector');
      await chooseInMenu('acme', 'Edit Account…');
      await wizard.tested();
      await wizard.choose('Name');
      await wizard.type('Name of the account, as the tree shows it', 'acme-dev');
      await wizard.tested();
      await wizard.save();
      await waitFor('the new name', async () => (await tree.outline()).includes('acme-dev'));
      assert.ok((await tree.outline()).includes('      Connector'), (await tree.outline()).join('\n'));
      await chooseInMenu('acme-dev', 'Test Connection');
      await wizard.tested();
      assert.match((await lines()).join('\n'), /Everything answers/);
      await quickInput.cancel();
    });

    await step(context, window, 'a copy keeps the keys; production starts read-only and shows its lock', async () => {
      await chooseInMenu('acme-dev', 'Duplicate Account…');
      await wizard.atPrompt('Name of the account, as the tree shows it');
      assert.equal(await quickInput.value(), 'acme-dev copy');
      await quickInput.answer('acme-prod');
      await wizard.tested();
      await wizard.choose('Stage', { byTyping: true });
      await wizard.choose('Production');
      await wizard.atQuestion('What may be done with this account from here?');
      await quickInput.accept();
      await wizard.tested();
      await wizard.save();
      const row = await tree.find('acme-prod');
      assert.match(row.description, /NAVER · PROD · Read-only/);
      assert.match(row.accessibleName, /acme-prod.*Production.*Read-only/);
      await insist(window.page, {
        what: 'the stage in the status bar',
        // A row that is drawn again in the moment of the click is selected on the screen, and the extension is not told.
        press: async () => {
          await tree.click('acme-dev', 'Data Stream', 'h4j6l-orders', 'Kafka endpoint');
          await tree.click('acme-prod');
        },
        hasCome: async () => (await workbench.statusBar()).some((text) => text.includes('acme-prod · PROD · Read-only')),
      });
    });

    await step(context, window, 'read-only accounts and main accounts are refused before anything leaves', async () => {
      await wizard.add(naverAt(emulator, 'acme-main', { isMain: true }));
      await workbench.editor.openFile('orders.json');
      for (const [account, why] of [['acme-prod', /"acme-prod" is read-only/], ['acme-main', /"acme-main" .*main account/]] as const) {
        await workbench.runCommand('Data Stream: Send to Topic…');
        await quickInput.pick(account);
        await workbench.notification(why);
        await quickInput.cancel();
        const topic = await tree.find(account, 'Data Stream', 'h4j6l-orders');
        // A main account may change topics, but send nothing.
        const actions = account === 'acme-main' ? ['Open Dashboard', 'Edit as Document'] : ['Open Dashboard'];
        assert.deepEqual(await tree.inlineActions(account, 'Data Stream', topic.label), actions);
      }
      assert.deepEqual(emulator.log.filter(({ method }) => method !== 'GET').filter(({ target }) => !target.startsWith('/oauth2/')), []);
      await workbench.clearNotifications();
    });

    await step(context, window, 'an account that never answers delays no other', async () => {
      await wizard.open();
      await wizard.fill(naverAt(emulator, 'silent'));
      await wizard.useEndpoints([silence.origin, silence.origin, silence.origin]);
      await wizard.choose('Save without waiting');
      await tree.find('silent');
      await workbench.viewAction('Collapse All');
      await tree.find('acme-dev', 'Data Stream', 'h4j6l-orders');
      await tree.find('shop', 'EasyQueue · KR1 · shop', 'orders');
      await workbench.viewAction('Collapse All');
      assert.deepEqual((await tree.children('silent', 'Data Stream')).map(({ label }) => label), ['Loading…']);
    });

    await step(context, window, 'an account whose host is not there says so, and what to do', async () => {
      const closed = await closedOrigin();
      await wizard.add(naverAt(emulator, 'offline', { endpoints: [closed, closed, closed] }));
      const problem = await tree.find('offline', 'Data Stream', /^No connection/);
      assert.equal(problem.label, `No connection to ${new URL(closed).host} could be made.`);
      assert.match(problem.accessibleName, /^Problem: .*Check the network connection/);
      assert.deepEqual(await tree.inlineActions('offline', 'Data Stream', problem.label), ['Edit Account…', 'Retry']);
    });

    await step(context, window, 'removing asks first, and takes the account away', async () => {
      await chooseInMenu('acme-prod', 'Remove Account…');
      assert.equal((await workbench.dialog()).message, 'Remove account "acme-prod"?');
      await workbench.dialogButton('Cancel');
      await tree.find('acme-prod');
      await chooseInMenu('acme-prod', 'Remove Account…');
      await workbench.dialog();
      await workbench.dialogButton('Remove');
      await tree.waitUntilGone('acme-prod');
    });

    await step(context, window, 'accounts of the NAVER Cloud CLI are imported once', async () => {
      fs.mkdirSync(path.join(folders.home, '.ncloud'));
      fs.writeFileSync(path.join(folders.home, '.ncloud', 'configure'), CONFIGURE.join('\r\n'));
      await workbench.runCommand('Cloud Streams: Import Accounts…');
      await quickInput.open('Import Accounts');
      assert.match(await quickInput.placeholder(), /These lines .* could not be read: 4/);
      const [found] = await quickInput.rows();
      assert.equal(found?.label, 'ncloud');
      assert.doesNotMatch(JSON.stringify(found), /IMPORTEDKEY000000001/);
      await quickInput.accept();
      await wizard.atQuestion('Whose key is it?');
      await quickInput.accept();
      await wizard.fillLane({});
      assert.match(await workbench.notification(/Imported/), /ncloud/);
      // Its hosts are the documented ones, which this window cannot reach.
      await workbench.viewAction('Collapse All');
      const [problem] = await tree.children('ncloud', 'Data Stream');
      assert.match(problem?.label ?? '', /proxy did not connect to datastream\.apigw\.ntruss\.com/);
      await workbench.runCommand('Cloud Streams: Import Accounts…');
      await workbench.notification(/Nothing to import.*Already there as "ncloud"/);
    });
  } finally {
    await window.close();
    await silence.close();
    await emulator.close();
  }
});
