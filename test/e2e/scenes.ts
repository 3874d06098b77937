import { naverAt, nhnAt } from './accountWizard.ts';
import { collapsed, withDemo, resizeSideBar, wizard, WRONG_SECRET } from './stage.ts';
import type { Scene } from './stage.ts';
import type { TreePath } from './tree.ts';
import { waitFor } from './wait.ts';
import { wizardScenes } from './wizardScenes.ts';

const ORDERS: TreePath = ['Demo NAVER', 'Data Stream', 'h4j6l-orders'];
const QUEUE: TreePath = ['Demo NHN', /^EasyQueue/u];

/** The story of accounts, trees and messages. */
export const scenes: readonly Scene[] = [
  {
    name: 'welcome',
    prepare: async ({ workbench }) => {
      await workbench.openView('Cloud Streams');
      await workbench.welcome();
    },
  },
  ...wizardScenes,
  {
    name: 'accounts',
    prepare: async (stage) => {
      const tree = await withDemo(stage);
      await stage.workbench.editor.openFile('orders.json');
      await tree.expandLevels(3);
    },
  },
  {
    name: 'naver',
    prepare: async (stage) => {
      const tree = await collapsed(stage);
      await tree.find(...ORDERS, stage.say('Connector'));
      await tree.expand('Demo NAVER', /^Cloud Functions/u, stage.say('- (no package)'));
      await tree.expand('Demo NAVER', /^Cloud Functions/u, 'order-tools');
      const triggers: TreePath = ['Demo NAVER', /^Cloud Functions/u, stage.say('Triggers')];
      const [first] = await tree.children(...triggers);
      await tree.expand(...triggers, first?.label ?? '');
    },
  },
  {
    name: 'nhn',
    prepare: async (stage) => {
      const tree = await collapsed(stage);
      await tree.expand(...QUEUE, 'orders', stage.say('Partitions'));
      for (const group of (await tree.children(...QUEUE, 'orders')).slice(1)) {
        const members = await tree.children(...QUEUE, 'orders', group.label);
        const [member] = members;
        if (member?.isExpanded === false) await tree.expand(...QUEUE, 'orders', group.label, member.label);
      }
    },
  },
  {
    name: 'tooltip',
    keepsPointer: true,
    prepare: async ({ workbench }) => {
      await workbench.resources().tooltip(...QUEUE, 'orders');
    },
  },
  {
    name: 'menu',
    prepare: async ({ workbench, page }) => {
      await page.mouse.move(700, 500);
      await workbench.resources().openContextMenu('Demo NHN');
      await workbench.menuItems();
    },
  },
  {
    name: 'test-connection',
    prepare: async (stage) => {
      await stage.workbench.menu(stage.say('Test Connection'));
      await wizard(stage).tested();
    },
  },
  {
    name: 'problems',
    prepare: async (stage) => {
      const { page, places } = stage;
      const { demo, closed, loginPage } = places;
      await page.keyboard.press('Escape');
      const at = wizard(stage);
      await at.add(naverAt(demo, 'wrong-secret', { secret: WRONG_SECRET }));
      await at.add(nhnAt(demo, 'wrong-nhn-secret', { secret: WRONG_SECRET }));
      await at.add(naverAt(demo, 'offline', { endpoints: [closed, closed, closed] }));
      await at.add(naverAt(demo, 'behind-a-login', { endpoints: [loginPage.origin, loginPage.origin, loginPage.origin] }));
      await at.add(nhnAt(demo, 'wrong-app-key', { appKey: 'NoSuchAppKey0000' }));
      const tree = await collapsed(stage);
      for (const account of ['wrong-secret', 'offline', 'behind-a-login']) {
        await tree.expand(account, 'Data Stream');
        await tree.expand(account, /^Cloud Functions/u);
      }
      for (const account of ['wrong-nhn-secret', 'wrong-app-key']) await tree.expand(account, /^EasyQueue/u);
      await tree.loaded();
    },
  },
  {
    name: 'problem-tooltip',
    keepsPointer: true,
    prepare: async ({ workbench }) => {
      await workbench.resources().tooltip('behind-a-login', 'Data Stream', /./u);
    },
  },
  {
    name: 'test-connection-failed',
    prepare: async (stage) => {
      const { workbench, say, page } = stage;
      await page.mouse.move(700, 500);
      await workbench.resources().openContextMenu('offline');
      await workbench.menu(say('Test Connection'));
      await wizard(stage).tested();
    },
  },
  {
    name: 'empty',
    prepare: async (stage) => {
      const { page, places, workbench } = stage;
      await page.keyboard.press('Escape');
      const at = wizard(stage);
      await at.add(naverAt(places.empty, 'new-team'));
      await at.add(nhnAt(places.empty, 'new-shop'));
      const tree = await collapsed(stage);
      await tree.expand('new-team', 'Data Stream');
      await tree.expand('new-team', /^Cloud Functions/u, stage.say('- (no package)'));
      await tree.expand('new-team', /^Cloud Functions/u, stage.say('Triggers'));
      await tree.expand('new-shop', /^EasyQueue/u);
      await tree.loaded();
      await workbench.clearNotifications();
    },
  },
  {
    name: 'long-list',
    prepare: async (stage) => {
      await wizard(stage).add(nhnAt(stage.places.large, 'big-shop'));
      const tree = await collapsed(stage);
      await tree.find('big-shop', /^EasyQueue/u, /./u);
      await stage.page.keyboard.press('End');
      await tree.loaded();
    },
  },
  {
    name: 'filter',
    prepare: async (stage) => {
      const { workbench, say, page } = stage;
      await page.keyboard.press('Home');
      await workbench.resources().inlineAction(say('Filter List…'), 'big-shop', /^EasyQueue/u);
      await workbench.quickInput.type('order*');
      await workbench.quickInput.waitForMessage(/1,000/u);
    },
  },
  {
    name: 'long-list-filtered',
    prepare: async ({ workbench }) => {
      await workbench.quickInput.accept();
      await workbench.resources().waitUntil(['big-shop', /^EasyQueue/u], ({ description }) => description.includes('order*'));
      await workbench.resources().loaded();
    },
  },
  {
    name: 'send-1-topic',
    prepare: async (stage) => {
      const { workbench, say } = stage;
      await collapsed(stage);
      await workbench.editor.openFile('orders.json');
      await workbench.editor.titleAction(say('Send'));
      await workbench.quickInput.open(say('Send to Topic'));
      // It is tried more than once before it is given up.
      await waitFor('the account without a network', async () => (await workbench.quickInput.rows()).some(({ label }) => label === 'offline'));
    },
  },
  {
    name: 'send-2-key',
    prepare: async ({ workbench, say }) => {
      await workbench.quickInput.type('Demo NAVER');
      await workbench.quickInput.pick('h4j6l-orders');
      await workbench.quickInput.waitForMessage(new RegExp(say('Key of the message'), 'u'));
    },
  },
  {
    name: 'send-3-partition',
    prepare: async ({ workbench }) => {
      await workbench.quickInput.accept();
      await workbench.quickInput.waitForMessage(/0/u);
      await workbench.quickInput.type('9');
      await workbench.quickInput.waitForMessage(/h4j6l-orders/u);
    },
  },
  {
    name: 'send-4-sent',
    prepare: async ({ workbench }) => {
      await workbench.quickInput.answer('2');
      await workbench.notification(/h4j6l-orders/u);
    },
  },
  {
    name: 'narrow',
    prepare: async (stage) => {
      await stage.workbench.clearNotifications();
      await withDemo(stage);
      await collapsed(stage);
      const tree = stage.workbench.resources();
      await tree.expand('wrong-secret', 'Data Stream');
      await tree.expand('acme-prod', 'Data Stream');
      await tree.loaded();
      await resizeSideBar(stage, -130);
    },
  },
  {
    name: 'zoomed',
    prepare: async (stage) => {
      // What a window of 1280 × 800 lays out at 200 %.
      await stage.page.setViewportSize({ width: 640, height: 400 });
      await stage.workbench.resources().loaded();
    },
  },
];
