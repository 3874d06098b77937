import { DashboardPage } from './dashboardPage.ts';
import { FUNCTIONS } from './functionQuestions.ts';
import { insist } from './insist.ts';
import type { PageElement } from './pageElement.ts';
import type { Scene, Stage } from './stage.ts';
import type { TreePath } from './tree.ts';
import { waitFor } from './wait.ts';

const QUEUE: TreePath = ['Demo NHN', /^EasyQueue/u];

/** Opens the dashboard of a row and waits for its charts and tables. */
async function open({ workbench, page, say }: Stage, row: TreePath, name: string): Promise<DashboardPage> {
  await insist(page, {
    what: `the dashboard of ${name}`,
    press: async () => workbench.resources().inlineAction(say('Open Dashboard'), ...row),
    hasCome: async () => (await workbench.editor.activeTab()).startsWith(`${name} · `),
  });
  const dashboard = new DashboardPage(page);
  await settled(dashboard, name);
  return dashboard;
}

/** The page's button; the command of that name has other words in Japanese. */
function refresh({ say }: Pick<Stage, 'say'>): RegExp {
  return new RegExp(`^(${say('Refresh')}|更新)$`, 'u');
}

/** Nothing is a placeholder any more. */
async function settled(dashboard: DashboardPage, name: string | RegExp): Promise<void> {
  const frame = await dashboard.frame(name);
  await waitFor('all parts to be read', async () => (await frame.locator('[aria-busy="true"]').count()) === 0);
}

async function show(stage: Stage, row: TreePath, name: string): Promise<void> {
  await open(stage, row, name);
}

async function scroll(dashboard: DashboardPage, name: string, to: string): Promise<void> {
  const frame = await dashboard.frame(name);
  await frame.getByRole('heading', { name: to, exact: true }).first().evaluate((element: PageElement) => {
    element.scrollIntoView();
  });
}

/** The story of the dashboards. */
export const dashboardScenes: readonly Scene[] = [
  {
    name: 'dashboard-topic',
    prepare: async (stage) => {
      const { workbench, say } = stage;
      await workbench.openView('Cloud Streams');
      await workbench.runCommand(`Cloud Streams: ${say('Try with a Demo Account')}`);
      const tree = workbench.resources();
      await tree.find(...QUEUE, 'payments');
      await tree.loaded();
      await tree.collapse('Demo NAVER', 'Data Stream');
      await open(stage, [...QUEUE, 'orders'], 'orders');
    },
  },
  {
    name: 'dashboard-charts',
    prepare: async ({ page, say }) => scroll(new DashboardPage(page), 'orders', say('Bytes in')),
  },
  {
    name: 'dashboard-twin',
    prepare: async ({ page, say }) => {
      const dashboard = new DashboardPage(page);
      await dashboard.press('orders', new RegExp(`^${say('Show as table')}`, 'u'));
      await scroll(dashboard, 'orders', say('Bytes in'));
    },
  },
  {
    name: 'dashboard-heat-map',
    prepare: async (stage) => {
      const dashboard = await open(stage, [...QUEUE, 'clickstream'], 'clickstream');
      const frame = await dashboard.frame('clickstream');
      await frame.getByRole('application', { name: stage.say('Lag by partition') }).evaluate((element: PageElement) => {
        element.scrollIntoView({ block: 'center' });
      });
    },
  },
  {
    name: 'dashboard-group',
    prepare: async (stage) => {
      const dashboard = await open(stage, [...QUEUE, 'payments'], 'payments');
      await dashboard.press('payments', 'payments-settlement');
      await settled(dashboard, 'payments-settlement');
    },
  },
  { name: 'dashboard-empty', prepare: async (stage) => show(stage, [...QUEUE, 'empty-topic'], 'empty-topic') },
  { name: 'dashboard-large-offsets', prepare: async (stage) => show(stage, [...QUEUE, 'ledger'], 'ledger') },
  {
    name: 'dashboard-data-stream',
    prepare: async (stage) => {
      await stage.workbench.resources().collapse('Demo NHN');
      await open(stage, ['Demo NAVER', 'Data Stream', 'h4j6l-orders'], 'h4j6l-orders');
    },
  },
  { name: 'dashboard-action', prepare: async (stage) => show(stage, [...FUNCTIONS, 'order-tools', 'validate-order'], 'validate-order') },
  {
    name: 'dashboard-board',
    prepare: async ({ workbench, page, say }) => {
      const tree = workbench.resources();
      for (const row of [[...QUEUE, 'orders'], [...QUEUE, 'payments'], [...QUEUE, 'dead-letters'], ['Demo NAVER', 'Data Stream', 'h4j6l-orders']] as readonly TreePath[]) {
        await tree.openContextMenu(...row);
        await workbench.menu(say('Pin'));
      }
      await workbench.runCommand(`Cloud Streams: ${say('Open Dashboard of Pinned Topics')}`);
      const dashboard = new DashboardPage(page);
      await dashboard.says(/./u, 'dead-letters');
      await settled(dashboard, /./u);
    },
  },
  {
    name: 'dashboard-problem',
    prepare: async (stage) => {
      const dashboard = await open(stage, [...QUEUE, 'orders'], 'orders');
      stage.places.demo.faults.inject({ service: 'easyQueue', times: 500, effect: { kind: 'close', when: 'before' } });
      await dashboard.press('orders', refresh(stage));
      const frame = await dashboard.frame('orders');
      await frame.locator('.problem:visible').first().waitFor();
    },
  },
  {
    name: 'dashboard-narrow',
    prepare: async ({ workbench, page, places, say }) => {
      places.demo.faults.clear();
      await new DashboardPage(page).press('orders', refresh({ say }));
      await workbench.runCommand('View: Split Editor Right');
      await page.setViewportSize({ width: 1_000, height: 800 });
      await settled(new DashboardPage(page), 'orders');
    },
  },
];
