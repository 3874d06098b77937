import assert from 'node:assert/strict';
import test from 'node:test';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { exitOnSignals } from '../host/processes.ts';
import { FUNCTIONS, FunctionQuestions } from './functionQuestions.ts';
import { insist, isAsked } from './insist.ts';
import { demoAt } from './places.ts';
import type { TreePath } from './tree.ts';
import { waitFor } from './wait.ts';
import { openWindow, step } from './window.ts';
import { wordsOf } from './words.ts';

const PACKAGE: TreePath = [...FUNCTIONS, 'returns'];
const ACTION: TreePath = [...PACKAGE, 'refund'];
const TRIGGERS: TreePath = [...FUNCTIONS, 'Triggers'];
const TRIGGER: TreePath = [...TRIGGERS, 'every-morning'];

const code = (sign: string): string => `/** Pays an order back. */
function main({ id, amount = 0, currency }) {
  console.log('${sign} refund of', id);
  return { id, paid: amount, currency, by: '${sign}' };
}
exports.main = main;
`;

void test('a function from its package to its end: code, runs, and a trigger', async (context) => {
  exitOnSignals();
  const emulator = await startEmulator({ timings: { activationGapMs: 300 } });
  const window = await openWindow({ env: demoAt(emulator) });
  const { workbench, page } = window;
  const { editor, quickInput } = workbench;
  const tree = workbench.resources();
  const ask = new FunctionQuestions(workbench, wordsOf('en'));
  const scope = (): ReturnType<typeof emulator.world.functions.scope> => emulator.world.functions.scope('vpc');
  const action = (): NonNullable<ReturnType<ReturnType<typeof scope>['actions']['get']>> => {
    const found = scope().actions.get('returns/refund');
    assert.ok(found, 'There is no action returns/refund.');
    return found;
  };
  const cloudCode = (): string | undefined => action().spec.exec.code;
  /** What was asked of Cloud Functions but for reading. */
  const writes = (): readonly string[] => emulator.log
    .filter(({ method, target }) => method !== 'GET' && target.startsWith('/ncf/'))
    .map(({ method, target }) => `${method} ${target.replace(/^\/ncf\/api\/v2\//u, '').replace(/\?.*$/u, '')}`);
  const menu = async (row: TreePath, name: string, hasCome: () => Promise<boolean>): Promise<void> => insist(page, {
    what: name,
    press: async () => {
      await tree.openContextMenu(...row);
      await workbench.menu(name);
    },
    hasCome,
  });
  /** A save that comes while the one before is being called off is lost. */
  const save = async (): Promise<void> => insist(page, { what: 'the question', press: async () => editor.startSave(), hasCome: async () => isAsked(page) });
  const press = async (row: TreePath, name: string, title: string): Promise<void> => insist(page, {
    what: name,
    press: async () => tree.inlineAction(name, ...row),
    hasCome: async () => (await quickInput.title()) === title,
  });

  try {
    await step(context, window, 'a package is created, and what its name would replace is left alone', async () => {
      await workbench.openView('Cloud Streams');
      await workbench.welcomeButton('Try with a Demo Account');
      await tree.find('Demo NHN', /^EasyQueue/u, 'payments');
      await tree.collapse('Demo NHN');
      await tree.collapse('Demo NAVER', 'Data Stream');
      await tree.find(...FUNCTIONS, 'order-tools');
      await tree.loaded();
      await menu(FUNCTIONS, 'Create Package…', async () => (await quickInput.title()) === 'Create Package');
      await quickInput.waitForMessage(/^Name of the package\. 3 of 500 are used\./u);
      await quickInput.type('order-tools');
      await quickInput.waitForMessage(/order-tools/u);
      await quickInput.accept();
      await quickInput.answer('returns');
      await ask.type('Description, at most {0} bytes. It can stay empty.', 'Returns of the shop');
      await ask.type('Default parameters of all its actions, as JSON. They can stay empty.', '{"currency": "KRW"}');
      await ask.review();
      assert.deepEqual(writes(), []);
      await quickInput.pick('Create');
      await quickInput.closed();
      await tree.find(...PACKAGE);
      await waitFor('its row to be selected', async () => (await tree.selected()).includes('returns'));
      assert.deepEqual(scope().packages.get('returns')?.parameters, { currency: 'KRW' });
      assert.deepEqual(writes(), ['PUT packages/returns']);
    });

    await step(context, window, 'an action is created from a template, and its code opens', async () => {
      await press(PACKAGE, 'Create Action…', 'Create Action');
      await ask.pick('What is the action made from?', 'Template');
      await ask.at('Choose a template');
      await quickInput.pick('Node.js 22');
      await ask.take('Type of the action. It cannot be changed later.');
      await ask.type('Name of the action. It cannot be changed later.', 'refund');
      await ask.take('Main function: what is called in the code.');
      await ask.at('Memory of the action');
      await quickInput.pick('256 MB');
      await ask.take('Time limit, {0} to {1}: a run that takes longer is ended.');
      await ask.at('Where does the action run? The numbers are in the console, below VPC.');
      await quickInput.pick('VPC 21538, subnet 45007');
      await ask.take('Description, at most {0} bytes. It can stay empty.');
      await ask.take('Default parameters of the action, as JSON. They can stay empty.');
      await ask.review();
      await quickInput.pick('Create');
      await editor.waitForTab('refund.js');
      await editor.waitForText('greeting');
      await editor.waitForCodeLens('Run');
      assert.equal(await editor.isDirty(), false);
      assert.equal(await editor.wholeText(), cloudCode());
      assert.deepEqual(writes().slice(1), ['PUT packages/returns/actions/refund']);
      await tree.waitUntil(ACTION, ({ description }) => description === 'nodejs:22 · basic');
      await workbench.clearNotifications();
    });

    await step(context, window, 'saving shows the plan and deploys, and nothing but the code changes', async () => {
      const before = action().spec;
      await editor.replaceAll(code('first'));
      await editor.waitUntilDirty(true);
      await save();
      const plan = await workbench.dialog('Change code of action "refund" of account "Demo NAVER" (DEV)?');
      assert.match(plan.detail, /^Code: \d+ lines added, \d+ removed \(\d+ B → \d+ B\)/u);
      await workbench.dialogButton('Cancel');
      assert.equal(await editor.isDirty(), true);
      assert.equal(cloudCode(), before.exec.code);
      await save();
      await workbench.dialog();
      await workbench.dialogButton('Deploy');
      await editor.waitUntilDirty(false);
      assert.deepEqual(action().spec, { ...before, exec: { ...before.exec, code: code('first') } });
      await editor.waitForCodeLens('Undo Last Deploy');
    });

    await step(context, window, 'code that was changed elsewhere is compared first, and not overwritten', async () => {
      await editor.replaceAll(code('second'));
      await editor.waitUntilDirty(true);
      const { spec } = action();
      action().spec = { ...spec, exec: { ...spec.exec, code: code('colleague') } };
      const sent = writes().length;
      await save();
      const question = await workbench.dialog('Code of action "refund" was changed elsewhere since it was opened.');
      assert.match(question.detail, /Changed elsewhere:\nCode: 2 lines added, 2 removed .*\n\nChanged by you:\nCode: 2 lines added, 2 removed/u);
      assert.deepEqual((await workbench.dialogButtons()).toSorted(), ['Cancel', 'Compare', 'Overwrite', 'Take Theirs']);
      await workbench.dialogButton('Compare');
      await editor.waitForText('colleague refund of');
      await editor.closeTab();
      await editor.waitForTab('refund.js');
      await save();
      await workbench.dialog(/was changed elsewhere/u);
      await workbench.dialogButton('Take Theirs');
      await editor.waitUntilDirty(false);
      await editor.waitForText('colleague refund of');
      assert.equal(cloudCode(), code('colleague'));
      assert.equal(writes().length, sent);
    });

    await step(context, window, 'it runs with typed parameters, and its result opens with its logs', async () => {
      await editor.replaceAll(code('second'));
      await editor.waitUntilDirty(true);
      await workbench.clearNotifications();
      await editor.codeLens(/^Run$/u);
      await workbench.dialog('The code of action "refund" has changes that are not deployed.');
      await workbench.dialogButton('Deploy and Run');
      await workbench.dialog(/^Change code/u);
      await workbench.dialogButton('Deploy');
      await editor.waitUntilDirty(false);
      assert.equal(cloudCode(), code('second'));
      await ask.pick('Parameters for "{0}"', 'Type JSON…');
      await ask.at('Parameters as a JSON object');
      await quickInput.type('{"id": "A-1", "amount": 9007199254740993');
      await quickInput.waitForMessage(/^(?!Parameters as a JSON object)/u);
      await quickInput.answer('{"id": "A-1", "amount": 3}');
      await editor.waitForTab(/^refund-[0-9a-f]{8}\.log$/u);
      await editor.waitForText(/^# Succeeded · refund · /u);
      await editor.waitForText(/"paid": 3,\s+"currency": "KRW",\s+"by": "second"/u);
      await editor.waitForText(/stdout {2}second refund of A-1/u);
      await editor.waitForText(/Memory limit: {2}256 MB/u);
      assert.equal(action().activations.length, 1);
    });

    await step(context, window, 'a cron trigger shows its next five times, and is linked to the action', async () => {
      await press(TRIGGERS, 'Create Trigger…', 'Create Trigger');
      await ask.take('What fires the trigger? Its type cannot be changed later.');
      await ask.type('Name of the trigger. {0} of {1} are used.', 'every-morning');
      await ask.pick('When does it fire? Times are Korean.', 'Every day at…');
      await ask.type('At what time, in Korea?', '09:30');
      await quickInput.waitForMessage(/Next times in Korea: ([^·]*09:30[^·]*·){4}[^·]*09:30/u);
      await quickInput.type('30 25 * * *');
      await quickInput.waitForMessage(/^(?!.*Next times)/u);
      await quickInput.type('*/20 9 * * *');
      await quickInput.waitForMessage(/^Next times in Korea: .*09:00.*09:20.*09:40/u);
      await quickInput.accept();
      await ask.take('Description, at most {0} bytes. It can stay empty.');
      await ask.type('Parameters its actions get, as JSON. They come before those of action and package, and can stay empty.', '{"id": "B-2"}');
      await ask.review();
      await quickInput.pick('Create');
      await quickInput.open('Link Actions to Trigger "every-morning"');
      await ask.tick('returns/refund');
      // Of more than three notifications within 800 ms the editor shows the first three: what is linked is looked for where it is.
      await waitFor('the link', async () => Promise.resolve(scope().triggers.get('every-morning')?.links.has('returns/refund') === true));
      assert.equal(scope().triggers.get('every-morning')?.links.size, 1);
      const [linked, activations] = await tree.children(...TRIGGER);
      assert.deepEqual([linked?.label, activations?.label], ['returns/refund', 'Activations']);
      assert.match((await tree.find(...TRIGGER)).description, /09:[024]0/u);
      await workbench.clearNotifications();
    });

    await step(context, window, 'fired, its activation leads to that of the action', async () => {
      await insist(page, {
        what: 'the question for parameters',
        press: async () => tree.inlineAction('Fire Trigger…', ...TRIGGER),
        hasCome: async () => (await quickInput.placeholder()) === 'Parameters for "every-morning"',
      });
      await ask.pick('Parameters for "{0}"', 'Without Parameters');
      await workbench.notificationButton(/Trigger "every-morning" was fired\./u, 'Open Activation');
      await editor.waitForTab(/^every-morning-[0-9a-f]{8}\.log$/u);
      await editor.waitForText(/returns\/refund {2}started {2}[0-9a-f]{32}/u);
      const id = action().activations.at(-1)?.activationId ?? '';
      await editor.followLink(id);
      await editor.waitForTab(`refund-${id.slice(0, 8)}.log`);
      await editor.waitForText(/"id": "B-2",\s+"paid": 0,\s+"currency": "KRW"/u);
      await editor.waitForText(/stdout {2}second refund of B-2/u);
      assert.equal(action().activations.length, 2);
    });

    await step(context, window, 'undoing the last deploy brings the code before back', async () => {
      await editor.openTab(/^refund\.js$/u);
      await workbench.clearNotifications();
      const { spec } = action();
      await editor.codeLens('Undo Last Deploy');
      const question = await workbench.dialog('Undo the last deploy of action "refund" of account "Demo NAVER" (DEV)?');
      assert.match(question.detail, /Code: 2 lines added, 2 removed/u);
      await workbench.dialogButton('Undo Deploy');
      await workbench.notification('The last deploy of action "refund" was undone.');
      assert.deepEqual(action().spec, { ...spec, exec: { ...spec.exec, code: code('colleague') } });
      await editor.waitForText('colleague refund of');
      assert.equal(await editor.isDirty(), false);
    });

    await step(context, window, 'trigger, action and package are deleted', async () => {
      await menu(ACTION, 'Delete Action…', async () => isAsked(page));
      assert.match((await workbench.dialog(/^Delete action "refund"\?/u)).detail, /every-morning/u);
      await workbench.dialogButton('Cancel');
      for (const [row, name, question] of [
        [TRIGGER, 'Delete Trigger…', /^Delete trigger "every-morning"\?/u],
        [ACTION, 'Delete Action…', /^Delete action "refund"\?/u],
        [PACKAGE, 'Delete Package…', /^Delete package "returns"\?/u],
      ] as const) {
        await menu(row, name, async () => isAsked(page));
        await workbench.dialog(question);
        await workbench.dialogButton('Delete');
        await tree.waitUntilGone(...row);
      }
      assert.equal(scope().triggers.has('every-morning'), false);
      assert.equal(scope().actions.has('returns/refund'), false);
      assert.equal(scope().packages.has('returns'), false);
    });
  } finally {
    await window.close();
    await emulator.close();
  }
});
