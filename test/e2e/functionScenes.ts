import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { openDocument } from './documentTexts.ts';
import { FUNCTIONS, questionsOf as questions } from './functionQuestions.ts';
import { insist } from './insist.ts';
import type { Scene } from './stage.ts';
import type { TreePath } from './tree.ts';
import { waitFor } from './wait.ts';

const VALIDATE: TreePath = [...FUNCTIONS, 'order-tools', 'validate-order'];
const ORDERS = { 'an order': { id: 'A-20261121-0010', amount: 3 }, 'without an amount': { id: 'A-20261121-0011' } };

const CHANGED = `/** Checks an order before it is accepted. */
function main(args) {
  const { id, amount } = args;
  if (!id) return { error: 'An order needs an id.' };
  if (!(amount > 0)) throw new Error(\`order \${id} has no amount\`);
  console.log(\`order \${id} accepted\`);
  return { ...args, accepted: true };
}
exports.main = main;
`;

/** The story of Cloud Functions: packages, actions, their code and their runs. */
export const functionScenes: readonly Scene[] = [
  {
    name: 'function-rows',
    prepare: async ({ workbench, say, folders }) => {
      writeFileSync(path.join(folders.workspace, 'validate-order.params.json'), `${JSON.stringify(ORDERS, null, 2)}\n`);
      // Only then what a terminal shows can be read from the page.
      writeFileSync(path.join(folders.workspace, '.vscode/settings.json'), JSON.stringify({ 'terminal.integrated.gpuAcceleration': 'off' }));
      await workbench.openView('Cloud Streams');
      await workbench.runCommand(`Cloud Streams: ${say('Try with a Demo Account')}`);
      const tree = workbench.resources();
      await tree.find('Demo NHN', /^EasyQueue/u, 'payments');
      await tree.collapse('Demo NHN');
      await tree.collapse('Demo NAVER', 'Data Stream');
      await tree.expand(...VALIDATE, say('Activations'));
      await tree.loaded();
    },
  },
  {
    name: 'function-menu',
    keepsPointer: true,
    prepare: async ({ workbench }) => {
      await workbench.resources().openContextMenu(...VALIDATE);
      await workbench.menuItems();
    },
  },
  {
    name: 'function-empty-package',
    prepare: async ({ workbench, say, page, places }) => {
      await page.keyboard.press('Escape');
      places.demo.world.functions.addPackage('vpc', 'returns', 'Returns of the shop', {});
      const tree = workbench.resources();
      await tree.collapse(...FUNCTIONS, 'order-tools');
      await tree.openContextMenu(...FUNCTIONS);
      await workbench.menu(say('Refresh'));
      await tree.expand(...FUNCTIONS, 'returns');
      await tree.loaded();
    },
  },
  {
    name: 'function-1-source',
    prepare: async (stage) => {
      const { workbench, say } = stage;
      await insist(stage.page, {
        what: 'the wizard',
        press: async () => workbench.resources().inlineAction(say('Create Action…'), ...FUNCTIONS, 'returns'),
        hasCome: async () => (await workbench.quickInput.title()) === say('Create Action'),
      });
      await questions(stage).at('What is the action made from?');
    },
  },
  {
    name: 'function-2-template',
    prepare: async (stage) => {
      await stage.workbench.quickInput.pick(stage.say('Template'));
      await questions(stage).at('Choose a template');
    },
  },
  {
    name: 'function-3-vpc',
    prepare: async (stage) => {
      const { quickInput } = stage.workbench;
      const ask = questions(stage);
      await quickInput.pick('Node.js 22');
      await ask.take('Type of the action. It cannot be changed later.');
      await ask.type('Name of the action. It cannot be changed later.', 'refund');
      await ask.take('Main function: what is called in the code.');
      await ask.take('Memory of the action');
      await ask.take('Time limit, {0} to {1}: a run that takes longer is ended.');
      await ask.at('Where does the action run? The numbers are in the console, below VPC.');
      await ask.row(/21538/u);
    },
  },
  {
    name: 'function-4-review',
    prepare: async (stage) => {
      const ask = questions(stage);
      await stage.workbench.quickInput.pick(/21538/u);
      await ask.type('Description, at most {0} bytes. It can stay empty.', 'Pays an order back');
      await ask.type('Default parameters of the action, as JSON. They can stay empty.', '{"currency": "KRW", "limit": 100000}');
      await ask.review();
    },
  },
  {
    name: 'function-created',
    prepare: async ({ workbench, say }) => {
      await workbench.quickInput.pick(say('Create'));
      await workbench.editor.waitForTab('refund.js');
      await workbench.editor.waitForCodeLens(say('Run'));
    },
  },
  {
    name: 'function-code',
    prepare: async (stage) => {
      const { workbench, say } = stage;
      await workbench.clearNotifications();
      await openDocument(stage, say('Open Code'), VALIDATE, 'validate-order.js');
      await workbench.editor.waitForCodeLens(say('Run'));
      await workbench.editor.replaceAll(CHANGED);
      await workbench.editor.waitForCodeLens(new RegExp(`${say('Deploy')}$`, 'u'));
    },
  },
  {
    name: 'function-plan',
    prepare: async ({ workbench }) => {
      await workbench.editor.startSave();
      await workbench.dialog();
    },
  },
  {
    name: 'function-deployed',
    prepare: async ({ workbench, say }) => {
      await workbench.dialogButton(say('Deploy'));
      await workbench.editor.waitUntilDirty(false);
      await workbench.editor.waitForCodeLens(say('Undo Last Deploy'));
    },
  },
  {
    name: 'function-conflict',
    prepare: async ({ workbench, places }) => {
      const { editor } = workbench;
      await workbench.clearNotifications();
      await editor.replaceAll(CHANGED.replace('accepted: true', 'accepted: true, at: Date.now()'));
      await editor.waitUntilDirty(true);
      const action = places.demo.world.functions.scope('vpc').actions.get('order-tools/validate-order');
      if (action === undefined) throw new Error('There is no sample action.');
      action.spec = { ...action.spec, exec: { ...action.spec.exec, code: CHANGED.replace('An order needs an id.', 'No id.') } };
      await editor.startSave();
      await workbench.dialog();
    },
  },
  {
    name: 'function-parameters',
    prepare: async (stage) => {
      const { workbench, say } = stage;
      await workbench.dialogButton(say('Overwrite'));
      await workbench.dialog();
      await workbench.dialogButton(say('Deploy'));
      await workbench.editor.waitUntilDirty(false);
      await workbench.clearNotifications();
      await workbench.editor.codeLens(say('Run'));
      await questions(stage).row('without an amount');
    },
  },
  {
    name: 'function-typed-parameters',
    prepare: async (stage) => {
      const { quickInput } = stage.workbench;
      await quickInput.pick(stage.say('Type JSON…'));
      await questions(stage).at('Parameters as a JSON object');
      await quickInput.type('{"id": "A-20261121-0010", "amount": 3');
      await waitFor('what is wrong', async () => !(await quickInput.message()).startsWith(stage.say('Parameters as a JSON object')));
    },
  },
  {
    name: 'function-result',
    prepare: async ({ workbench, say }) => {
      await workbench.quickInput.answer('{"id": "A-20261121-0010", "amount": 3}');
      await workbench.editor.waitForTab(/^validate-order-.*\.log$/u);
      await workbench.editor.waitForText('order A-20261121-0010 accepted');
      await workbench.editor.waitForCodeLens(say('Run Again'));
    },
  },
  {
    name: 'function-failed',
    prepare: async (stage) => {
      const { workbench, say } = stage;
      const { editor } = workbench;
      await editor.openTab(/^validate-order\.js$/u);
      await editor.codeLens(say('Run'));
      await questions(stage).row('without an amount');
      await workbench.quickInput.pick('without an amount');
      await editor.waitForTab(/^validate-order-.*\.log$/u);
      await editor.waitForText(/has no amount[^]*has no amount/u);
    },
  },
  {
    name: 'function-watch',
    prepare: async (stage) => {
      const { workbench, say, page } = stage;
      await workbench.resources().openContextMenu(...VALIDATE);
      await workbench.menu(say('Watch Activations'));
      const terminal = page.locator('.terminal-wrapper.active .xterm-rows');
      await terminal.waitFor();
      await workbench.editor.codeLens(say('Run Again'));
      await workbench.editor.waitForText(/has no amount/u);
      await waitFor('the activation in the terminal', async () => (await terminal.innerText()).includes('has no amount'));
    },
  },
  {
    name: 'function-undo',
    prepare: async ({ workbench, say, page }) => {
      await page.keyboard.press('Control+j');
      await page.locator('.part.panel').waitFor({ state: 'hidden' });
      await workbench.editor.openTab(/^validate-order\.js$/u);
      await workbench.editor.codeLens(say('Undo Last Deploy'));
      await workbench.dialog();
    },
  },
  {
    name: 'function-settings',
    keepsPointer: true,
    prepare: async (stage) => {
      const { workbench, say } = stage;
      await workbench.dialogButton('Cancel');
      await workbench.resources().openContextMenu(...VALIDATE);
      await workbench.menu(say('Edit as Document'));
      await workbench.editor.waitForTab('validate-order.functions-action.json');
      await workbench.editor.hover('"timeoutMs"');
    },
  },
  {
    name: 'function-sequence',
    prepare: async (stage) => {
      const { workbench, say, page } = stage;
      await page.mouse.move(5, 5);
      await insist(page, {
        what: 'the wizard',
        press: async () => workbench.resources().inlineAction(say('Create Action…'), ...FUNCTIONS, 'returns'),
        hasCome: async () => (await workbench.quickInput.title()) === say('Create Action'),
      });
      const ask = questions(stage);
      await ask.pick('What is the action made from?', 'Sequence');
      for (const [index, name] of ['order-tools/validate-order', 'order-tools/price-order'].entries()) {
        await ask.row(name);
        await workbench.quickInput.type(name);
        await workbench.quickInput.pick(name);
        await ask.row(new RegExp(`^${String(index + 1)}\\. `, 'u'));
      }
      await ask.row('notify/send-mail');
    },
  },
];
