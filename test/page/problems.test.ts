import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { HostEvent, PartEvent, ShownProblem } from '../../src/protocol/dashboard.ts';
import { init, NOW_MS, part, PARTITIONS, TOPIC } from './easyQueueData.ts';
import { openPages } from './openPages.ts';
import type { StagePage } from './stage.ts';

const openPage = openPages(() => []);

function open(...events: readonly HostEvent[]): Promise<StagePage> {
  return openPage({ events: [init('easyQueueTopic', 'orders'), ...events] });
}

const LIMITED: ShownProblem = { message: 'Too many requests.', hint: 'It is read again later.', remedies: ['retry', 'showLog'] };

function failed(name: string, problem = LIMITED): PartEvent {
  return { type: 'part', part: name, problem, isReading: false };
}

function waiting(name: string, isReading = false): PartEvent {
  return { type: 'part', part: name, problem: null, isReading };
}

/** What is said to those who listen, from now on. */
async function listen(shown: StagePage): Promise<() => Promise<readonly string[]>> {
  await shown.page.evaluate(`globalThis.heard = [];
    new MutationObserver(() => heard.push(document.querySelector('[aria-live=polite]').textContent.replaceAll('\\u00A0', ' ').trim()))
      .observe(document.querySelector('[aria-live=polite]'), { childList: true, characterData: true, subtree: true })`);
  return () => shown.page.evaluate<readonly string[]>('heard');
}

test('what was never read and is not on its way says so while the page is slowed or paused', async () => {
  const shown = await open(waiting('partitions'), waiting('groups', true), part('topic', TOPIC));
  const said = (name: string) => shown.page.getByRole('region', { name, exact: true }).getByText('Not read yet.');
  assert.equal(await said('Partitions').isVisible(), false);
  for (const state of ['slowed', 'held'] as const) {
    await shown.send({ type: 'live', state, note: 'too many requests' });
    assert.deepEqual([await said('Partitions').isVisible(), await said('Consumer groups').isVisible(), await said('Topic').isVisible()], [true, false, false], state);
    assert.equal(await shown.page.getByRole('region', { name: 'Partitions', exact: true }).locator('.bars').isVisible(), false);
    assert.deepEqual(await shown.axe(), []);
  }
  await shown.send(waiting('partitions', true));
  assert.equal(await said('Partitions').isVisible(), false);
  await shown.send(waiting('partitions'));
  await shown.send({ type: 'live', state: 'live' });
  assert.equal(await said('Partitions').isVisible(), false);
});

test('a retry that succeeds leaves the focus at its part, and says so', async () => {
  const shown = await open(failed('partitions'), failed('groups', { ...LIMITED, message: 'No connection.' }));
  const retry = shown.page.getByRole('button', { name: 'Retry: Partitions' });
  await retry.focus();
  await shown.send(failed('partitions', { ...LIMITED, hint: 'It is read again at 14:05.' }));
  assert.equal(await shown.page.evaluate('document.activeElement.getAttribute("aria-label")'), 'Retry: Partitions');
  await shown.send(part('partitions', PARTITIONS));
  assert.equal(await shown.page.evaluate('document.activeElement.textContent'), 'Partitions');
  assert.equal(await shown.page.locator('[aria-live=polite]').textContent(), 'Partitions: read again');
  await shown.send(part('groups', []));
  assert.equal(await shown.page.evaluate('document.activeElement.textContent'), 'Partitions');
});

test('a problem of several parts is said once, whoever comes first', async () => {
  const shown = await open();
  const heard = await listen(shown);
  for (const name of ['partitions', 'groups', 'bytesIn']) await shown.send(failed(name));
  await shown.until('heard.length > 0');
  await shown.send({ type: 'live', state: 'slowed', note: 'Too many requests' });
  await shown.send(failed('messages'));
  await shown.send(failed('logSize', { ...LIMITED, message: 'No connection.' }));
  await shown.until('heard.some((text) => text.includes("No connection."))');
  const texts = await heard();
  assert.equal(texts.filter((text) => text.includes('Too many requests')).length, 1, texts.join(' | '));
  assert.ok(texts.includes('Log size by partition: No connection. It is read again later.'), texts.join(' | '));
  assert.equal(await shown.page.locator('.problem[role]').count(), 0);
  const other = await open();
  const heardThere = await listen(other);
  await other.send({ type: 'live', state: 'slowed', note: 'Too many requests' });
  await other.send(failed('groups'));
  await other.send(failed('messages', { ...LIMITED, message: 'No connection.' }));
  await other.until('heard.some((text) => text.includes("No connection."))');
  assert.deepEqual(await heardThere(), ['refreshing less often: Too many requests', 'Messages: No connection. It is read again later.']);
});

test('a refresh that was pressed says when it is done, once', async () => {
  const shown = await open(part('topic', TOPIC), part('partitions', PARTITIONS));
  const heard = await listen(shown);
  const later = (ms: number) => ({ readMs: NOW_MS + ms });
  await shown.send(part('topic', TOPIC, later(10_000)));
  await shown.page.getByRole('button', { name: 'Refresh', exact: true }).click();
  for (const name of ['topic', 'partitions']) await shown.send(waiting(name, true));
  await shown.send(part('topic', TOPIC, later(20_000)));
  assert.deepEqual(await heard(), []);
  await shown.send(part('partitions', PARTITIONS, later(21_000)));
  await shown.send(part('topic', TOPIC, later(30_000)));
  assert.deepEqual(await heard(), ['Updated 14:03:43 KST']);
});

test('a refresh that fails says nothing of being done', async () => {
  const shown = await open(part('topic', TOPIC));
  await shown.page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await shown.send(waiting('topic', true));
  await shown.send(failed('topic'));
  await shown.until("document.querySelector('[aria-live=polite]').textContent !== ''");
  await shown.send(part('topic', TOPIC, { readMs: NOW_MS + 60_000 }));
  assert.equal(await shown.page.locator('[aria-live=polite]').textContent(), 'Topic: Too many requests. It is read again later.');
});
