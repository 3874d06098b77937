import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import test from 'node:test';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { exitOnSignals } from '../host/processes.ts';
import { Arrivals, PRODUCE } from './arrivals.ts';
import { demoAt, NOTHING_OUTSIDE } from './places.ts';
import { waitFor } from './wait.ts';
import { openWindow, step } from './window.ts';

const VISITS = 3_000;
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);
const lines = (count: number): string => numbers(count).map((n) => `{"visitor":"v-${String(n % 97)}","n":${String(n)}}\n`).join('');

void test('thousands of messages, and what becomes of each', async (context) => {
  exitOnSignals();
  const emulator = await startEmulator({ keptMessages: 2 * VISITS });
  const window = await openWindow({ env: demoAt(emulator), settings: NOTHING_OUTSIDE });
  const { workbench, folders, page } = window;
  const { editor, quickInput } = workbench;
  const topic = `${emulator.world.dataStream.prefix}orders`;
  const arrivals = new Arrivals(emulator, topic);
  const numbersOf = (values: readonly { readonly value: string }[]): readonly number[] =>
    values.map(({ value }) => (JSON.parse(value) as { readonly n: number }).n).toSorted((a, b) => a - b);
  writeFileSync(path.join(folders.workspace, 'visits.jsonl'), lines(VISITS));
  writeFileSync(path.join(folders.workspace, 'mixed.jsonl'), lines(12));

  try {
    await step(context, window, 'a file from the Explorer is planned, and cancelled in the middle', async () => {
      await workbench.runCommand('Cloud Streams: Try with a Demo Account');
      await workbench.resources().find('Demo NAVER', 'Data Stream', topic);
      await workbench.openView('Explorer');
      await workbench.explorer().openContextMenu('visits.jsonl');
      await workbench.menu('Send Files to Topic…');
      await quickInput.pick(topic);
      await editor.waitForTab(/send-plan/);
      await editor.waitForText(/^# Plan: send 3,000 messages to h4j6l-orders/u);
      assert.deepEqual(arrivals.peek(), []);
      emulator.faults.inject({ path: PRODUCE, times: VISITS, effect: { kind: 'delay', ms: 60 } });
      await editor.codeLens('Send 3,000 Messages to DEV');
      await workbench.notification(/^Sending 3,000 messages to topic "h4j6l-orders".*of 3,000 · \d+ a second · \d+ s left/u);
      await waitFor('some hundred messages', () => Promise.resolve(arrivals.peek().length > 300));
      await workbench.notificationButton(/Sending 3,000/, 'Cancel');
      await editor.waitForTab(/send-result/);
      await editor.waitForText(/^Stopped: +Cancelled\.$/mu);
      emulator.faults.clear();
      const text = await editor.wholeText();
      const count = arrivals.peek().length;
      assert.ok(count < VISITS);
      assert.match(text, new RegExp(`^Acknowledged: +${count.toLocaleString('en')}\nRefused: +0\nUnknown: +0\nNot sent: +${(VISITS - count).toLocaleString('en')}$`, 'mu'));
      await workbench.clearNotifications();
    });

    await step(context, window, 'the rest is sent, and every line is there exactly once', async () => {
      const left = (VISITS - arrivals.peek().length).toLocaleString('en');
      await editor.codeLens('Send the Rest Again');
      await editor.waitForTab(/send-plan/);
      await editor.waitForText(new RegExp(`^Messages: +${left} of 3,000: the rest of a send`, 'mu'));
      await editor.codeLens(`Send ${left} Messages to DEV`);
      await workbench.notification(new RegExp(`^${left} messages sent to topic`, 'u'));
      assert.deepEqual(numbersOf(arrivals.take()), numbers(VISITS));
      await workbench.clearNotifications();
    });

    await step(context, window, 'too many requests are waited for; what is refused is marked at its line', async () => {
      const { faults } = emulator;
      faults.inject({ path: PRODUCE, times: 4, effect: { kind: 'reply', status: 429, headers: { 'retry-after': '1' }, body: '{"status":429,"detail":"Too many requests"}' } });
      faults.inject({ path: PRODUCE, times: 2, effect: { kind: 'reply', status: 400, body: '{"status":400,"detail":"Not today"}' } });
      faults.inject({ path: PRODUCE, effect: { kind: 'close', when: 'after' } });
      await editor.openFile('mixed.jsonl');
      await editor.focus();
      await page.keyboard.press('Control+Alt+Enter');
      await quickInput.pick(topic);
      await editor.waitForTab(/send-plan/);
      await editor.codeLens('Send 12 Messages to DEV');
      await editor.waitForTab(/send-result/);
      await editor.waitForText(/^# Result: 9 of 12 acknowledged/u);
      await workbench.notification('Topic "h4j6l-orders": 9 acknowledged, 2 refused, 1 unknown, 0 not sent.');
      const text = await editor.wholeText();
      assert.match(text, /^## Refused: 2\n\n *\d+ +mixed\.jsonl:\d+ +HTTP 400 .*\n *\d+ +mixed\.jsonl:\d+ +HTTP 400 /mu);
      assert.match(text, /^## Unknown: 1\n\n *\d+ +mixed\.jsonl:\d+ /mu);
      assert.match(text, /never sent again by itself/);
      await editor.openTab(/mixed\.jsonl/);
      await waitFor('two marks', async () => (await editor.squiggles()) === 2);
    });

    await step(context, window, 'what is refused goes again by one click, what is unknown after a question', async () => {
      await editor.openTab(/send-result/);
      await editor.codeLens('Send the Rest Again');
      await editor.waitForTab(/send-plan/);
      await editor.codeLens('Send 2 Messages to DEV');
      await workbench.notification(/^2 messages sent to topic/);
      // The one without an answer had arrived.
      assert.deepEqual(numbersOf(arrivals.take()), numbers(12));
      await editor.openTab(/send-result/);
      await editor.codeLens('Send Unknown Again…');
      const { detail } = await workbench.dialog('Send 1 message again to topic "h4j6l-orders"? It may be there already.');
      assert.match(detail, /the topic has it twice afterwards/);
      await workbench.dialogButton('Cancel');
      assert.deepEqual(arrivals.take(), []);
    });
  } finally {
    await window.close();
    await emulator.close();
  }
});
