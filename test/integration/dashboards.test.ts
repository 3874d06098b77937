import * as assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { COMMANDS } from '../../src/ids.ts';
import { given, houseOfTabs, tabAt } from './dashboardTabs.ts';
import { endHouses } from './house.ts';
import { EASY_QUEUE, find } from './treeFixture.ts';

suite('dashboards', () => {
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await endHouses();
  });

  test('one tab a thing: named after it, filled from the service, and brought to the front the second time', async () => {
    const { run, tree, tabs, problems } = await houseOfTabs();
    const [orders, payments] = await Promise.all(['orders', 'payments'].map((name) => find(tree, 'shop', EASY_QUEUE, name)));
    await run(COMMANDS.openDashboard, ...given(orders));
    await run(COMMANDS.openDashboard, ...given(payments));
    await run(COMMANDS.openDashboard, ...given(orders));
    assert.deepEqual(tabs.map(({ panel }) => panel.title), ['orders · Dashboard', 'payments · Dashboard']);
    const tab = tabAt(tabs, 0);
    assert.ok(tab.panel.visible);
    tab.say({ type: 'ready' });
    const init = await tab.until(({ type }) => type === 'init');
    assert.ok(init.type === 'init' && init.page === 'easyQueueTopic' && init.stage === 'DEV' && init.where === 'EasyQueue KR1 · shop');
    for (const part of ['topic', 'partitions', 'groups']) await tab.until((event) => event.type === 'part' && event.part === part && event.data !== undefined);
    assert.deepEqual(problems, []);
  });

  test('a second click while it opens makes no second tab', async () => {
    const { tree, tabs, dashboards } = await houseOfTabs();
    const { resource } = await find(tree, 'shop', EASY_QUEUE, 'orders');
    assert.ok(resource);
    await Promise.all([dashboards.open(resource.ref), dashboards.open(resource.ref)]);
    assert.equal(tabs.length, 1);
  });

  test('every kind of row that has one opens one, and one that has none says so', async () => {
    const { run, tree, tabs, dashboards, problems, services } = await houseOfTabs();
    await run(COMMANDS.openDashboard, await find(tree, 'acme', 'Data Stream', 'h4j6l-orders'));
    const [action] = await tree.rows(await find(tree, 'acme', 'Cloud Functions · KR', 'order-tools'));
    await run(COMMANDS.openDashboard, ...given(action));
    assert.deepEqual(problems, []);
    assert.equal(tabs.length, 2);
    assert.deepEqual(services.list.flatMap(({ dashboards: types }) => types.map(({ kind }) => kind)), ['dataStream.topic', 'cloudFunctions.action', 'easyQueue.topic', 'easyQueue.group']);
    await assert.rejects(dashboards.open({ accountId: 'nhn-id', kind: 'nothing', keys: [], name: 'x' }));
  });

  test('what no page of ours says is left alone, and noted without its content', async () => {
    const { run, tree, tabs, warned } = await houseOfTabs();
    await run(COMMANDS.openDashboard, await find(tree, 'shop', EASY_QUEUE, 'orders'));
    const tab = tabAt(tabs, 0);
    const garbage = [undefined, 'canary', { type: 'canary' }, { type: 'setRange', range: { last: 'canary' } }, { type: 'open', part: 'x', key: 5 }];
    for (const message of garbage) tab.say(message);
    assert.equal(warned.length, garbage.length);
    assert.ok(!warned.join().includes('canary'));
  });

  test('is restored as it was, or tells that its account is gone, or closes where nothing is known of it', async () => {
    const { tabs, dashboards, tree, newTab, store } = await houseOfTabs();
    const { resource } = await find(tree, 'shop', EASY_QUEUE, 'orders');
    assert.ok(resource);
    const view = { range: { last: '7d' }, intervalSeconds: 60 };
    await dashboards.restore(newTab('restored'), { page: 'easyQueueTopic', ref: resource.ref, view, ui: {} });
    const tab = tabAt(tabs, 0);
    assert.equal(tab.panel.title, 'orders · Dashboard');
    tab.say({ type: 'ready' });
    const init = await tab.until(({ type }) => type === 'init');
    assert.ok(init.type === 'init');
    assert.deepEqual(init.view, view);

    await dashboards.restore(newTab('of nobody'), { ref: { ...resource.ref, accountId: 'no-such-account' }, view });
    const orphan = tabAt(tabs, 1);
    orphan.say({ type: 'ready' });
    const gone = await orphan.until(({ type }) => type === 'gone');
    assert.ok(gone.type === 'gone' && gone.text === 'The account of this dashboard was removed.');

    const closed: string[] = [];
    for (const [n, state] of [undefined, { ref: resource.ref }, { ref: { ...resource.ref, kind: 'nothing' }, view }].entries()) {
      const panel = newTab(`unknown ${n}`);
      panel.onDidDispose(() => closed.push(`unknown ${n}`));
      await dashboards.restore(panel, state);
    }
    assert.equal(closed.length, 3);

    await store.remove('nhn-id');
    await tab.until(({ type }) => type === 'gone');
  });

  test('the pinned topics stand side by side, follow the pins, and open', async () => {
    const { run, tree, tabs, pins, nextTab } = await houseOfTabs();
    const orders = await find(tree, 'shop', EASY_QUEUE, 'orders');
    const stream = await find(tree, 'acme', 'Data Stream', 'h4j6l-orders');
    for (const { resource } of [orders, stream]) if (resource !== undefined) await pins.pin(resource.ref);
    await run(COMMANDS.openBoard);
    await run(COMMANDS.openBoard);
    assert.equal(tabs.length, 1);
    const board = tabAt(tabs, 0);
    board.say({ type: 'ready' });
    for (const part of ['card:0', 'card:1']) await board.until((event) => event.type === 'part' && event.part === part && event.data !== undefined);
    assert.ok(orders.resource);
    await pins.unpin(orders.resource.ref);
    await board.until((event) => event.type === 'init' && event.cards?.length === 1);
    const opened = nextTab();
    board.say({ type: 'open', part: 'card:0', key: 'card:0' });
    assert.equal(await opened, 'h4j6l-orders · Dashboard');
  });

  test('no secret is in anything that a page is told', async () => {
    const { run, tree, tabs, emulator, pins } = await houseOfTabs();
    const rows = [await find(tree, 'shop', EASY_QUEUE, 'orders'), await find(tree, 'acme', 'Data Stream', 'h4j6l-orders')];
    const { naver, nhn } = emulator.credentials;
    for (const row of rows) {
      if (row.resource !== undefined) await pins.pin(row.resource.ref);
      await run(COMMANDS.openDashboard, row);
      const tab = tabs.at(-1);
      tab?.say({ type: 'ready' });
      await tab?.until((event) => event.type === 'part' && event.data !== undefined);
    }
    await run(COMMANDS.openBoard);
    tabs.at(-1)?.say({ type: 'ready' });
    await tabs.at(-1)?.until((event) => event.type === 'part' && event.data !== undefined);
    const text = tabs.map(({ events, panel }) => JSON.stringify(events) + panel.webview.html).join('\n');
    assert.ok(text.includes('orders'));
    for (const secret of [naver.accessKeyId, naver.secretKey, nhn.userAccessKeyId, nhn.secretAccessKey]) assert.ok(!text.includes(secret));
  });

  test('reads nothing while another tab is in front of it', async () => {
    const { run, tree, tabs, emulator } = await houseOfTabs();
    await run(COMMANDS.openDashboard, await find(tree, 'shop', EASY_QUEUE, 'orders'));
    const tab = tabAt(tabs, 0);
    tab.say({ type: 'ready' });
    await tab.until((event) => event.type === 'part' && event.part === 'groups' && event.data !== undefined);
    const hidden = new Promise<void>((resolve) => {
      tab.panel.onDidChangeViewState(({ webviewPanel }) => {
        if (!webviewPanel.visible) resolve();
      });
    });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'in front' }));
    await hidden;
    const before = emulator.log.length;
    tab.say({ type: 'refresh' });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(emulator.log.length, before);
    const events = tab.events.length;
    tab.panel.reveal();
    tab.say({ type: 'ready' });
    await tab.until((event) => event.type === 'init');
    assert.ok(tab.events.length > events);
  });
});
