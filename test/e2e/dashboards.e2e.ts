import assert from 'node:assert/strict';
import test from 'node:test';
import type { Locator } from 'playwright-core';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { exitOnSignals } from '../host/processes.ts';
import { DashboardPage, waitForKeptState } from './dashboardPage.ts';
import { FUNCTIONS } from './functionQuestions.ts';
import { insist } from './insist.ts';
import { demoAt } from './places.ts';
import type { TreePath } from './tree.ts';
import { waitFor } from './wait.ts';
import { openWindow, step } from './window.ts';

const QUEUE: TreePath = ['Demo NHN', /^EasyQueue/u];
const ORDERS: TreePath = [...QUEUE, 'orders'];
const EMPTY: TreePath = [...QUEUE, 'empty-topic'];

void test('dashboards: bars and lines move, live while visible', async (context) => {
  exitOnSignals();
  const emulator = await startEmulator({ timings: { activationGapMs: 300 } });
  const window = await openWindow({ env: demoAt(emulator), height: 1_000 });
  const { workbench, page } = window;
  const tree = workbench.resources();
  const dashboard = new DashboardPage(page);
  const open = async (row: TreePath, name: string): Promise<void> => insist(page, {
    what: `the dashboard of ${name}`,
    press: async () => tree.inlineAction('Open Dashboard', ...row),
    hasCome: async () => (await workbench.editor.activeTab()) === `${name} · Dashboard`,
  });
  /** How often something of EasyQueue was read. */
  const reads = (path: RegExp): number => emulator.log.filter(({ method, target }) => method === 'GET' && path.test(target)).length;

  try {
    await step(context, window, 'a topic opens from its row: offset bars, groups, five charts', async () => {
      await workbench.openView('Cloud Streams');
      await workbench.welcomeButton('Try with a Demo Account');
      await tree.find(...ORDERS);
      await tree.loaded();
      await open(ORDERS, 'orders');
      const partitions = await dashboard.table('orders', 'Partitions');
      assert.deepEqual(partitions.map(([partition]) => partition), ['0', '1', '2', '3', '4']);
      const groups = await dashboard.table('orders', 'Consumer groups');
      assert.deepEqual(groups.map(([group]) => group).toSorted(), ['orders-api', 'orders-billing', 'orders-export']);
      for (const title of ['Bytes in', 'Bytes out', 'Messages', 'Lag by group', 'Log size by partition']) await dashboard.says('orders', title);
      await waitFor('five charts', async () => (await (await dashboard.frame('orders')).locator('figure canvas').count()) >= 5);
      assert.deepEqual(await dashboard.violations('orders'), []);
    });

    await step(context, window, 'what is sent moves the bars, and offsets beyond 2^53 are shown in full', async () => {
      await open(EMPTY, 'empty-topic');
      const before = await dashboard.table('empty-topic', 'Partitions');
      assert.equal(before[0]?.[3], '0');
      const topic = emulator.world.easyQueue.get('empty-topic');
      for (let count = 0; count < 1_204; count += 1) topic.log.partitions[0]?.append(Date.now(), '', 'hello');
      await dashboard.press('empty-topic', 'Refresh');
      await waitFor('the bar to move', async () => (await dashboard.table('empty-topic', 'Partitions'))[0]?.[3] === '1,204');
      await open([...QUEUE, 'ledger'], 'ledger');
      await dashboard.says('ledger', '9,007,199,254,740,993');
    });

    await step(context, window, 'nothing is read for a dashboard nobody sees, and all of it as soon as it is seen', async () => {
      const hidden = reads(/orders\/partitions/u);
      await open(EMPTY, 'empty-topic');
      const visible = reads(/empty-topic\/partitions/u);
      await waitFor('the visible one to be read twice', () => Promise.resolve(reads(/empty-topic\/partitions/u) >= visible + 2));
      assert.equal(reads(/orders\/partitions/u), hidden);
      await open(ORDERS, 'orders');
      await waitFor('the other one to be read', () => Promise.resolve(reads(/orders\/partitions/u) > hidden));
    });

    await step(context, window, 'another range is asked for, and kept over a reload of the window', async () => {
      const rangeOf = async (): Promise<Locator> => (await dashboard.frame('orders')).locator('select:has(option[value="24h"])');
      const before = reads(/statistics/u);
      await (await rangeOf()).selectOption('24h');
      await waitFor('the statistics of that range', () => Promise.resolve(reads(/statistics/u) >= before + 5));
      await waitForKeptState(page, '24h');
      await window.reload();
      await tree.loaded();
      // The editor brings its tabs back, perhaps with another one in front, and fills each when it is looked at.
      await page.locator('.tabs-container .tab', { hasText: 'orders · Dashboard' }).click();
      await dashboard.says('orders', 'Bytes in');
      await waitFor('the range', async () => (await (await rangeOf()).inputValue()) === '24h');
      assert.equal((await dashboard.table('orders', 'Partitions')).length, 5);
    });

    await step(context, window, 'a chart by keys alone: values are said, and stand in a table', async () => {
      const frame = await dashboard.frame('orders');
      const chart = frame.locator('figure', { hasText: 'Bytes in' }).first();
      await chart.locator('[tabindex="0"]').first().focus();
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      await waitFor('the value line', async () => (await chart.innerText()).includes('KiB/s'));
      await chart.getByRole('button', { name: /^Show as table/u }).click();
      await waitFor('its table', async () => (await chart.locator('table tbody tr').count()) > 10);
      await chart.getByRole('button', { name: /^Copy CSV/u }).click();
      await waitFor('the CSV', async () => /^time,/iu.test(await workbench.clipboard()));
      assert.match(await workbench.clipboard(), /\d{4}-\d\d-\d\dT\d\d:\d\d/u);
    });

    await step(context, window, 'too many requests slow it down, which is said, and nothing that was there is lost', async () => {
      emulator.faults.inject({ path: /orders\/partitions/u, times: 50, effect: { kind: 'reply', status: 429, headers: { 'retry-after': '2' }, body: '{}' } });
      await dashboard.press('orders', 'Refresh');
      await dashboard.says('orders', /less often|[Tt]oo many/u);
      assert.equal((await dashboard.table('orders', 'Partitions')).length, 5);
      emulator.faults.clear();
    });

    await step(context, window, 'a consumer group opens from its topic: members, lag, rates, states', async () => {
      await dashboard.press('orders', 'orders-billing');
      await waitFor('its tab', async () => (await workbench.editor.activeTab()) === 'orders-billing · Dashboard');
      assert.equal((await dashboard.table('orders-billing', 'Members')).length, 5);
      await dashboard.says('orders-billing', /Stable/u);
      assert.deepEqual(await dashboard.violations('orders-billing'), []);
    });

    await step(context, window, 'dragging over a chart zooms all of them, and the range becomes that of the page', async () => {
      const frame = await dashboard.frame('orders-billing');
      const before = reads(/statistics/u);
      const plot = await frame.locator('figure .u-over').first().boundingBox();
      assert.ok(plot);
      await page.mouse.move(plot.x + plot.width * 0.3, plot.y + plot.height / 2);
      await page.mouse.down();
      await page.mouse.move(plot.x + plot.width * 0.6, plot.y + plot.height / 2, { steps: 5 });
      await page.mouse.up();
      await dashboard.press('orders-billing', /^Use zoomed range:/u);
      await waitFor('the statistics of that range', () => Promise.resolve(reads(/statistics/u) > before));
      const asked = emulator.log.findLast(({ target }) => target.includes('statistics'));
      const { searchParams } = new URL(asked?.target ?? '', 'http://emulator');
      const minutes = (Date.parse(searchParams.get('endDateTime') ?? '') - Date.parse(searchParams.get('startDateTime') ?? '')) / 60_000;
      assert.ok(minutes >= 10 && minutes <= 30, `${String(minutes)} minutes of the hour were asked for`);
    });

    await step(context, window, 'an action is run from its dashboard, and its activation is listed there', async () => {
      const action: TreePath = [...FUNCTIONS, 'order-tools', 'price-order'];
      await open(action, 'price-order');
      const before = await dashboard.table('price-order', 'Newest activations');
      await dashboard.press('price-order', 'Run');
      await workbench.quickInput.pick('Without Parameters');
      await waitFor('the run', async () => (await workbench.editor.activeTab()).endsWith('.log'));
      await open(action, 'price-order');
      await waitFor('its activation', async () => {
        await dashboard.press('price-order', 'Refresh');
        return (await dashboard.table('price-order', 'Newest activations'))[0]?.[0] !== before[0]?.[0];
      });
      assert.deepEqual(await dashboard.violations('price-order'), []);
    });

    await step(context, window, 'a topic of Data Stream says what it is, and what its API does not tell', async () => {
      await open(['Demo NAVER', 'Data Stream', 'h4j6l-orders'], 'h4j6l-orders');
      await dashboard.says('h4j6l-orders', 'RUNNING');
      await dashboard.says('h4j6l-orders', /the API of Data Stream does not/u);
      assert.deepEqual(await dashboard.violations('h4j6l-orders'), []);
    });

    await step(context, window, 'pinned topics side by side', async () => {
      for (const row of [ORDERS, [...QUEUE, 'payments'], ['Demo NAVER', 'Data Stream', 'h4j6l-orders']] as readonly TreePath[]) {
        await tree.openContextMenu(...row);
        await workbench.menu('Pin');
      }
      await workbench.runCommand('Cloud Streams: Open Dashboard of Pinned Topics');
      for (const name of ['orders', 'payments', 'h4j6l-orders']) await dashboard.says(/[Pp]inned/u, name);
      assert.deepEqual(await dashboard.violations(/[Pp]inned/u), []);
    });

    await step(context, window, 'no page broke its content security policy', () => {
      assert.deepEqual(window.console.filter((line) => /Content Security Policy|Refused to/u.test(line) && /nonce|script-src|style-src|connect-src/u.test(line)), []);
      return Promise.resolve();
    });
  } finally {
    await window.close();
    await emulator.close();
  }
});
