import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FAILED, part, topic, topicEvents } from './naverEvents.ts';
import { openPages, textOf } from './openPages.ts';
import { THEMES } from './stage.ts';

const open = openPages(() => topicEvents());

test('the head of a topic; that it has no offsets is said, and nothing empty is drawn for them', async () => {
  const shown = await open();
  const text = await textOf(shown, 'Topic');
  for (const words of ['CREATED ready', 'Partitions 6', 'Retention 7 d', 'Created 2026-10-12 14:48:07 KST', 'Updated 2026-10-13 14:48:07 KST', '6 partitions. Their offsets']) {
    assert.ok(text.includes(words), `${words} in ${text}`);
  }
  assert.equal(await shown.page.locator('figure, canvas, table').count(), 0);
});

test('a failed connector shows why, and what mends each documented cause', async () => {
  const shown = await open();
  const text = await textOf(shown, 'Connector');
  assert.match(text, /FAILED The bucket was deleted .*three causes: .*The bucket was deleted\. Create it again\. .*The bucket is locked\. Use another\. .*delete it and create it again/);
  await shown.send(part('connector', { ...FAILED, state: 'RUNNING', stateWords: 'running', tone: 'good', causes: [] }));
  assert.doesNotMatch(await textOf(shown, 'Connector'), /causes|delete it/);
  await shown.send(part('connector', { state: undefined, stateWords: 'No connector.', tone: 'quiet', causes: [], more: [] }));
  assert.equal((await textOf(shown, 'Connector')).includes('No connector.'), true);
});

test('endpoint and settings of the chosen client are copied by the host, and the choice is kept', async () => {
  const shown = await open();
  await shown.page.getByRole('button', { name: 'Copy Kafka endpoint' }).click();
  await shown.page.getByRole('combobox', { name: 'Kafka client' }).selectOption('Python');
  assert.match(await shown.page.getByRole('region', { name: 'Kafka Client Settings: Python' }).innerText(), /^# Python/);
  await shown.page.getByRole('button', { name: 'Copy settings' }).click();
  await shown.send(part('topic', topic({ retentionMs: 3_600_000 })));
  await shown.page.getByRole('button', { name: 'Copy settings' }).press('Enter');
  const copied = (key: string) => ({ type: 'open', part: 'topic', key });
  assert.deepEqual((await shown.calls()).slice(1), [copied('endpoint'), copied('settings:Python'), copied('settings:Python')]);
  assert.match(JSON.stringify(await shown.state()), /"client":"Python"/);
});

test('while a topic is being created there is no endpoint, and nothing to copy', async () => {
  const shown = await open();
  await shown.send(part('topic', topic({ status: 'CREATING', statusWords: 'being created', tone: 'busy', endpoint: undefined, clients: [] })));
  assert.match(await textOf(shown, 'Topic'), /There is no Kafka endpoint yet/);
  assert.equal(await shown.page.getByRole('button', { name: /Copy/ }).count(), 0);
});

test('axe finds nothing and the policy refuses nothing, in four themes, two widths and three languages', async () => {
  const cases = THEMES.flatMap((theme) => ([['en', 1200], ['ko', 320], ['ja', 320]] as const).map(([locale, width]) => ({ theme, locale, width })));
  for (const each of cases) {
    const shown = await open(each);
    await shown.page.waitForFunction("customElements.get('vscode-button') !== undefined");
    assert.deepEqual([...(await shown.axe()), ...(await shown.broken())], [], JSON.stringify(each));
    assert.equal(await shown.page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, `${JSON.stringify(each)} fits`);
  }
});
