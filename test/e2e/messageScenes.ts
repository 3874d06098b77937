import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { naverAt } from './accountWizard.ts';
import { PRODUCE, sends } from './arrivals.ts';
import { collapsed, wizard } from './stage.ts';
import type { Scene, Stage } from './stage.ts';
import type { TreePath } from './tree.ts';
import { waitFor } from './wait.ts';

const TOPIC = 'h4j6l-orders';
const PROD = 'acme-prod';
const QUEUE: TreePath = ['Demo NHN', /^EasyQueue/u];
const VISITS = 1_204;

const BROKEN = {
  topic: TOPIC,
  messages: [
    { key: 'A-20261121-0010', value: { event: 'order.created', shop: '{{shop}}' } },
    { key: 'A-20261121-0010', value: { event: 'order.paid', at: '{{nows +09:00}}' } },
    { key: 'A-20261121-0011', headers: { trace: 'b7ad6b7169203331' }, value: { event: 'order.created' } },
    { key: 'A-20261121-0012', partition: 9, value: { event: 'order.created' } },
  ],
};

/** The story of messages: from a document to its plan, its result and the journal. */
export const messageScenes: readonly Scene[] = [
  {
    name: 'message-lens',
    prepare: async ({ workbench, say, folders }) => {
      const visits = Array.from({ length: VISITS }, (_, n) => `{"visitor":"v-${String(n % 97)}","page":"/tea/${String(n % 7)}","ms":${String((n * 37) % 2_000)}}\n`);
      writeFileSync(path.join(folders.workspace, 'visits.jsonl'), visits.join(''));
      writeFileSync(path.join(folders.workspace, 'broken.messages.json'), `${JSON.stringify(BROKEN, null, 2)}\n`);
      await workbench.runCommand(`Cloud Streams: ${say('Try with a Demo Account')}`);
      const tree = workbench.resources();
      await tree.find('Demo NAVER', 'Data Stream', TOPIC);
      await tree.find('Demo NHN');
      await tree.loaded();
      await workbench.editor.openFile('orders.messages.json');
      await workbench.editor.waitForCodeLens(say('Send to {0}', TOPIC));
    },
  },
  {
    name: 'message-plan',
    prepare: async ({ workbench: { editor }, say }) => {
      await editor.codeLens(new RegExp(`^${say('Plan')}$`, 'u'));
      await editor.waitForTab(/send-plan/u);
      await editor.waitForCodeLens(say('Send {0} Messages to {1}', '3', 'DEV'));
    },
  },
  {
    name: 'message-sent',
    prepare: async ({ workbench, say }) => {
      await workbench.editor.codeLens(say('Send {0} Messages to {1}', '3', 'DEV'));
      await waitFor('the notification', async () => (await workbench.notifications()).some((text) => text.includes(TOPIC)));
      await workbench.editor.waitForCodeLens(new RegExp('Demo NAVER', 'u'));
    },
  },
  {
    name: 'message-result',
    prepare: async ({ workbench, say }) => {
      await workbench.notificationButton(/./u, say('Show Result'));
      await workbench.editor.waitForTab(/send-result/u);
      await workbench.editor.waitForCodeLens(say('Export as JSON Lines…'));
      await workbench.clearNotifications();
    },
  },
  {
    name: 'message-problems',
    prepare: async ({ workbench: { editor }, say }) => {
      await editor.openFile('broken.messages.json');
      await editor.codeLens(new RegExp(`^${say('Plan')}$`, 'u'));
      await editor.waitForTab(/send-plan/u);
      await editor.waitForText(/broken\.messages\.json:\d+:\d+/u);
      await editor.waitForCodeLens(say('Plan Again'));
    },
  },
  {
    name: 'message-files',
    prepare: async ({ workbench, page, say }) => {
      await workbench.editor.closeTab();
      await workbench.editor.openFile('visits.jsonl');
      await workbench.openView(EXPLORER);
      await workbench.explorer().openContextMenu('visits.jsonl');
      await workbench.menuItems();
      await page.locator(`.monaco-menu:visible .action-label[aria-label="${say('Send Files to Topic…')}"]`).hover();
    },
  },
  {
    name: 'message-plan-many',
    prepare: async ({ workbench, say }) => {
      await workbench.menu(say('Send Files to Topic…'));
      await workbench.quickInput.pick(TOPIC);
      await workbench.editor.waitForTab(/send-plan/u);
      await workbench.editor.waitForCodeLens(say('Next Page'));
    },
  },
  {
    name: 'message-progress',
    prepare: async ({ workbench, places: { demo }, say }) => {
      const { faults } = demo;
      faults.inject({ path: PRODUCE, skip: 100, times: 3, effect: { kind: 'reply', status: 400, body: '{"status":400,"detail":"The topic takes no messages at the moment"}' } });
      faults.inject({ path: PRODUCE, skip: 150, times: 2, effect: { kind: 'close', when: 'after' } });
      faults.inject({ path: PRODUCE, times: VISITS, effect: { kind: 'delay', ms: 300 } });
      await workbench.editor.codeLens(say('Send {0} Messages to {1}', '1,204', 'DEV'));
      await waitFor('some hundred messages', () => Promise.resolve(sends(demo) > 250));
      // "1,204" is no hundred messages.
      await waitFor('the progress', async () => (await workbench.notifications()).some((text) => /(?<![\d,])[23]\d\d(?!\d)/u.test(text)));
    },
  },
  {
    name: 'message-stopped',
    prepare: async ({ workbench, places: { demo } }) => {
      await workbench.notificationButton(/1,204/u, 'Cancel');
      await workbench.editor.waitForTab(/send-result/u);
      await workbench.editor.waitForText('HTTP 400');
      demo.faults.clear();
      await workbench.clearNotifications();
    },
  },
  {
    name: 'message-refused',
    prepare: async ({ workbench: { editor } }) => {
      const [, line = ''] = /(visits\.jsonl:\d+) +HTTP 400/u.exec(await editor.text()) ?? [];
      await editor.followLink(line);
      await editor.waitForTab('visits.jsonl');
      await waitFor('the marks', async () => (await editor.squiggles()) > 0);
    },
  },
  {
    name: 'activity',
    prepare: async (stage) => {
      const { workbench } = stage;
      await workbench.openView('Cloud Streams');
      await collapsed(stage);
      await workbench.openActivity();
      await workbench.activity().find(/./u, TOPIC);
    },
  },
  {
    name: 'message-plan-prod',
    prepare: async (stage) => {
      const { workbench, places, say } = stage;
      await wizard(stage).add(naverAt(places.demo, PROD, { stage: 'Production', access: 'Full access' }));
      await collapsed(stage);
      await workbench.editor.openFile('orders.json');
      await workbench.runCommand(`Data Stream: ${say('Send to Topic…')}`);
      await workbench.quickInput.type(PROD);
      await workbench.quickInput.pick(TOPIC);
      await answerAll(stage);
      await workbench.editor.waitForTab(/send-plan/u);
      await workbench.editor.waitForCodeLens(say('Send {0} Message to {1}', '1', 'PROD'));
    },
  },
  {
    name: 'message-prod-question',
    prepare: async ({ workbench, say }) => {
      await workbench.editor.codeLens(say('Send {0} Message to {1}', '1', 'PROD'));
      await workbench.dialog();
    },
  },
  {
    name: 'kafka-code',
    prepare: async ({ workbench, say }) => {
      await workbench.dialogButton('Cancel');
      await workbench.resources().openContextMenu(...QUEUE, 'orders');
      await workbench.submenu(say('Copy'), say('Copy as Kafka Client Code…'));
      await waitFor('the languages', async () => (await workbench.quickInput.rows()).some(({ label }) => label === 'kcat'));
    },
  },
];

/** The editor's own view, which has its English name in every language the pictures have. */
const EXPLORER = 'Explorer';

/** Takes what is proposed for key and partition. */
async function answerAll({ workbench: { quickInput }, say }: Stage): Promise<void> {
  for (const question of ['Key of the message', 'Partition, counted from 0']) {
    await waitFor(`the question "${question}"`, async () => (await quickInput.message()).startsWith(say(question)));
    await quickInput.accept();
  }
}
