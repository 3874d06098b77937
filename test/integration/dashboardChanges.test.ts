import * as assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { COMMANDS } from '../../src/ids.ts';
import type { HostEvent } from '../../src/protocol/dashboard.ts';
import { houseOfTabs, tabAt } from './dashboardTabs.ts';
import { endHouses } from './house.ts';
import { EASY_QUEUE, find } from './treeFixture.ts';

suite('dashboards while something changes', () => {
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await endHouses();
  });

  test('a tab that is restored while the same is open closes, and the open one comes to the front', async () => {
    const { tabs, dashboards, tree, newTab } = await houseOfTabs();
    const { resource } = await find(tree, 'shop', EASY_QUEUE, 'orders');
    assert.ok(resource);
    const view = { range: { last: '1h' }, intervalSeconds: 10 };
    await dashboards.open(resource.ref);
    for (const restored of [newTab('restored'), newTab('restored twice')]) {
      const closed = new Promise<void>((resolve) => restored.onDidDispose(() => resolve()));
      await dashboards.restore(restored, { ref: resource.ref, view });
      await closed;
    }
    assert.ok(tabAt(tabs, 0).panel.active);
  });

  test('a tab that is closed while it is restored is left alone, and can be opened', async () => {
    const { tabs, dashboards, tree, newTab, errors } = await houseOfTabs();
    const { resource } = await find(tree, 'shop', EASY_QUEUE, 'orders');
    assert.ok(resource);
    const closing = newTab('restored');
    const restoring = dashboards.restore(closing, { ref: resource.ref, view: { range: { last: '1h' }, intervalSeconds: 10 } });
    closing.dispose();
    await restoring;
    await dashboards.open(resource.ref);
    assert.equal(tabs.length, 2);
    assert.deepEqual(errors, []);
  });

  test('a tab whose account is removed while it is restored says so', async () => {
    const { tabs, dashboards, tree, newTab, store } = await houseOfTabs();
    const { resource } = await find(tree, 'shop', EASY_QUEUE, 'orders');
    assert.ok(resource);
    await dashboards.openBoard();
    const restoring = dashboards.restore(newTab('restored'), { ref: resource.ref, view: { range: { last: '1h' }, intervalSeconds: 10 } });
    await Promise.all([restoring, store.remove('nhn-id')]);
    const tab = tabAt(tabs, 1);
    tab.say({ type: 'ready' });
    await tab.until(({ type }) => type === 'gone');
  });

  test('an account that was renamed reads nothing anew, one with other keys everything', async () => {
    const { run, tree, tabs, emulator, store } = await houseOfTabs();
    await run(COMMANDS.openDashboard, await find(tree, 'shop', EASY_QUEUE, 'orders'));
    const tab = tabAt(tabs, 0);
    tab.say({ type: 'setInterval', seconds: 0 });
    tab.say({ type: 'ready' });
    const parts = ['topic', 'partitions', 'groups'];
    const filled = (part: string) => (event: HostEvent): boolean => event.type === 'part' && event.part === part && event.data !== undefined && !event.isReading;
    for (const part of parts) await tab.until(filled(part));
    const [account, secrets] = [store.get('nhn-id'), await store.storedSecrets('nhn-id')];
    assert.ok(account && secrets);
    const requests = (): number => emulator.log.filter(({ operation }) => operation === 'getTopic').length;
    const before = requests();

    await store.update({ ...account, name: 'store' });
    await tab.until((event) => event.type === 'init' && event.where === 'EasyQueue KR1 · store');
    assert.equal(requests(), before);

    tab.events.length = 0;
    await store.update({ ...account, name: 'store' }, secrets);
    await tab.until(({ type }) => type === 'init');
    tab.events.length = 0;
    for (const part of parts) await tab.until((event) => event.type === 'part' && event.part === part && event.isReading);
    for (const part of parts) await tab.until(filled(part));
    assert.ok(requests() > before);
  });

  test('a request that is refused as one too many, and made again by itself, slows the page and says so', async () => {
    const { run, tree, tabs, emulator } = await houseOfTabs();
    emulator.faults.inject({ service: 'easyQueue', path: /partitions/, times: 1, effect: { kind: 'reply', status: 429, headers: { 'retry-after': '1' }, body: '{}' } });
    await run(COMMANDS.openDashboard, await find(tree, 'shop', EASY_QUEUE, 'orders'));
    const tab = tabAt(tabs, 0);
    tab.say({ type: 'ready' });
    const slowed = await tab.until((event) => event.type === 'live' && event.state === 'slowed');
    assert.ok(slowed.type === 'live' && slowed.note === 'Too many requests in a short time');
    await tab.until((event) => event.type === 'part' && event.part === 'partitions' && event.data !== undefined);
  });
});
