import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import test from 'node:test';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { exitOnSignals } from '../host/processes.ts';
import { Arrivals, PRODUCE } from './arrivals.ts';
import { insist } from './insist.ts';
import { demoAt, NOTHING_OUTSIDE } from './places.ts';
import { waitFor } from './wait.ts';
import { openWindow, step } from './window.ts';
import type { ProductWindow } from './window.ts';

const VISITS = 4_000;

/** The process that has a run under way, by the lock that it holds. */
function senderOf({ folders }: ProductWindow): number | undefined {
  const files = readdirSync(path.join(folders.data, 'User', 'globalStorage'), { recursive: true, encoding: 'utf8' });
  const [, pid] = files.flatMap((file) => /\.(\d+)\.[^./]+\.lock$/u.exec(file) ?? []);
  return pid === undefined ? undefined : Number(pid);
}

void test('the journal outlives its window', async (context) => {
  exitOnSignals();
  const emulator = await startEmulator({ keptMessages: 2 * VISITS });
  const window = await openWindow({ env: demoAt(emulator), settings: NOTHING_OUTSIDE });
  const { workbench, folders, page } = window;
  const { editor, quickInput } = workbench;
  const tree = workbench.resources();
  const activity = workbench.activity();
  const topic = `${emulator.world.dataStream.prefix}orders`;
  const arrivals = new Arrivals(emulator, topic);
  const row = ['Today', topic];
  writeFileSync(path.join(folders.workspace, 'visits.jsonl'), Array.from({ length: VISITS }, (_, n) => `{"n":${String(n)}}\n`).join(''));

  try {
    await step(context, window, 'a send whose process is killed is shown as interrupted', async () => {
      await workbench.runCommand('Cloud Streams: Try with a Demo Account');
      await tree.find('Demo NAVER', 'Data Stream', topic);
      await tree.collapse('Demo NAVER');
      await workbench.openActivity();
      await editor.openFile('visits.jsonl');
      await workbench.runCommand('Data Stream: Send');
      await quickInput.pick(topic);
      await editor.waitForTab(/send-plan/);
      emulator.faults.inject({ path: PRODUCE, times: VISITS, effect: { kind: 'delay', ms: 50 } });
      await editor.codeLens('Send 4,000 Messages to DEV');
      await waitFor('some hundred messages', () => Promise.resolve(arrivals.peek().length > 500));
      const pid = senderOf(window);
      assert.ok(pid !== undefined);
      process.kill(pid, 'SIGKILL');
      emulator.faults.clear();
      const interrupted = await activity.waitUntil(row, ({ description }) => description.startsWith('interrupted'));
      assert.match(interrupted.description, /^interrupted · 3,[0-4]\d\d left · \d+ unknown · Demo NAVER · DEV · /);
      assert.match(interrupted.accessibleName, /^Send to topic h4j6l-orders, interrupted, /);
    });

    await step(context, window, 'Resume sends exactly the rest', async () => {
      const before = arrivals.peek().length;
      assert.ok(before < VISITS);
      const { description } = await activity.find(...row);
      const [, left = '', unknown = ''] = /([\d,]+) left · (\d+) unknown/.exec(description) ?? [];
      await activity.inlineAction('Resume', ...row);
      await workbench.notification(/acknowledged/);
      await activity.waitUntil(row, (now) => now.description.startsWith(`${(VISITS - Number(unknown)).toLocaleString('en')} of 4,000 · ${unknown} unknown`));
      const arrived = arrivals.take();
      assert.equal(arrived.length - before, Number(left.replace(',', '')));
      const values = new Set(arrived.map(({ value }) => value));
      assert.equal(values.size, arrived.length, 'a message is there twice');
      // What is missing is among those nobody knew of.
      assert.ok(VISITS - values.size <= Number(unknown));
      await workbench.clearNotifications();
    });

    await step(context, window, 'changes of resources are listed, too', async () => {
      await insist(page, {
        what: 'the wizard',
        press: async () => tree.inlineAction('Create Topic…', 'Demo NHN', /^EasyQueue/),
        hasCome: async () => (await quickInput.title()) === 'Create EasyQueue Topic',
      });
      await quickInput.waitForMessage(/^Name of the topic/);
      await quickInput.answer('returns');
      for (const question of [/^Number of partitions/, /^How long messages are kept/, /^How much each partition keeps/, /^Largest message/, /^Description/]) {
        await quickInput.waitForMessage(question);
        await quickInput.accept();
      }
      await quickInput.pick('Create');
      const change = await activity.waitUntil(['Today', /^Create topic/], ({ description }) => description.startsWith('done'));
      assert.match(change.accessibleName, /^Change: Create topic.*, done, account Demo NHN, /);
    });

    await step(context, window, 'the list is filtered, and cleared of its filter', async () => {
      await workbench.viewAction('Filter Activity…', 'activity');
      await quickInput.answer('nhn create');
      await activity.waitUntilGone(...row);
      await activity.find('Today', /^Create topic/);
      await workbench.viewAction('Clear Activity Filter', 'activity');
      await activity.find(...row);
    });

    await step(context, window, 'by keys alone, from the view to a message in its document', async () => {
      await workbench.runCommand('Cloud Streams: Focus on Activity View');
      await page.keyboard.press('Home');
      await waitFor('the day', async () => (await activity.focusedName()).startsWith('Today'));
      await waitFor('the send', async () => {
        if ((await activity.focusedName()).startsWith('Send to topic')) return true;
        await page.keyboard.press('ArrowDown');
        return false;
      });
      await page.keyboard.press('Enter');
      await editor.waitForTab(/send-result/);
      await editor.waitForText(/^# Result: 3,\d\d\d of 4,000 acknowledged/u);
    });

    await step(context, window, 'after a reload the view lists what was sent, and opens the same result', async () => {
      const text = await editor.wholeText();
      await window.reload();
      // The editor writes down which tabs are open from time to time: this one may be older than that, or not.
      await activity.click(...row);
      await editor.waitForTab(/send-result/);
      await editor.waitForText(/^# Result: 3,\d\d\d of 4,000 acknowledged/u);
      assert.equal(await editor.wholeText(), text);
      await editor.waitForCodeLens('Send Unknown Again…');
      await activity.find('Today', /^Create topic/);
    });
  } finally {
    await window.close();
    await emulator.close();
  }
});
