import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { LiveEvent } from '../../src/protocol/dashboard.ts';
import { READ_MS, boardInit, boardParts, cardEvent, healthyCard } from './boardEvents.ts';
import { openPages } from './openPages.ts';

const open = openPages(() => [boardInit(), ...boardParts()]);

function live(more: Partial<LiveEvent>): LiveEvent {
  return { type: 'live', state: 'live', ...more };
}

test('the first call is ready, and what is shown is kept with what was kept before', async () => {
  const ref = { accountId: 'a', kind: 'easyQueue.topic', keys: ['KR1', 'orders'], name: 'orders' };
  const init = { ...boardInit(), ref };
  const shown = await open({ events: [init], state: { ref, view: {}, ui: { 'groups.sort': 'x' } } });
  assert.deepEqual(await shown.calls(), [{ type: 'ready' }]);
  assert.deepEqual(await shown.state(), { page: 'board', ref, view: init.view, ui: { 'groups.sort': 'x' } });
  const view = { range: { last: '7d' }, intervalSeconds: 60 } as const;
  await shown.send({ type: 'view', view, timeZone: 'UTC' });
  assert.deepEqual(await shown.state(), { page: 'board', ref, view, ui: { 'groups.sort': 'x' } });
  assert.equal(await shown.page.getByLabel('Range', { exact: true }).inputValue(), '7d');
  assert.equal(await shown.page.getByLabel('Refresh interval').inputValue(), '60');
});

test('the place on the page is kept, and found again until somebody scrolls', async () => {
  const shown = await open({ height: 300 });
  await shown.page.mouse.wheel(0, 150);
  await shown.until('__stage.state.ui.scroll === 150');
  const again = await open({ height: 300, state: await shown.state() });
  assert.equal(await again.page.evaluate('scrollY'), 150);
  await again.page.mouse.wheel(0, -100);
  await again.until('scrollY === 50');
  await again.send(cardEvent(0, healthyCard()));
  assert.equal(await again.page.evaluate('scrollY'), 50);
  const higher = await open({ height: 300, state: { ui: { scroll: 100_000 } } });
  await higher.page.mouse.wheel(0, -10_000);
  await higher.until('scrollY === 0');
  await higher.send(cardEvent(0, healthyCard()));
  assert.equal(await higher.page.evaluate('scrollY'), 0);
});

test('range, interval, refresh and "everywhere" are asked of the host', async () => {
  const shown = await open();
  await shown.page.getByLabel('Range', { exact: true }).selectOption('30d');
  await shown.page.getByLabel('Refresh interval').selectOption('manual');
  await shown.page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await shown.page.getByRole('button', { name: /^Apply range everywhere/ }).click();
  assert.deepEqual((await shown.calls()).slice(1), [
    { type: 'setRange', range: { last: '30d' } },
    { type: 'setInterval', seconds: 0 },
    { type: 'refresh' },
    { type: 'rangeEverywhere' },
  ]);
});

test('a page without a range offers none', async () => {
  const shown = await open({ events: [{ ...boardInit(), hasRange: false }] });
  assert.equal(await shown.page.getByLabel('Range', { exact: true }).count(), 0);
  assert.equal(await shown.page.getByRole('button', { name: /^This range/ }).count(), 0);
});

test('a range from one time to another is read on the clock of the setting, and refused in words', async () => {
  const shown = await open();
  await shown.page.clock.setFixedTime(READ_MS);
  await shown.page.getByLabel('Range', { exact: true }).selectOption('Custom range…');
  const [from, to] = [shown.page.getByLabel('From', { exact: true }), shown.page.getByLabel('To', { exact: true })];
  assert.equal(await to.inputValue(), '2026-11-22T14:03');
  await from.fill('2026-11-22T15:00');
  await from.press('Enter');
  assert.equal(await shown.page.getByRole('alert').textContent(), 'The end has to be later than the start.');
  assert.equal(await from.getAttribute('aria-invalid'), 'true');
  await from.fill('2026-06-01T00:00');
  await shown.page.getByRole('button', { name: 'Apply', exact: true }).click();
  assert.match((await shown.page.getByRole('alert').textContent()) ?? '', /^Choose a later start: data is kept for 90 d/);
  await from.fill('2026-10-01T00:00');
  await shown.page.getByRole('button', { name: 'Apply', exact: true }).click();
  assert.match((await shown.page.getByRole('alert').textContent()) ?? '', /^Choose a range of at most 30 d/);
  await from.fill('2026-11-20T09:00');
  await shown.page.getByRole('button', { name: 'Apply', exact: true }).click();
  assert.equal(await shown.page.getByRole('alert').textContent(), '');
  const range = { fromMs: Date.UTC(2026, 10, 20), toMs: Date.UTC(2026, 10, 22, 5, 3) };
  assert.deepEqual((await shown.calls()).slice(1), [{ type: 'setRange', range }]);

  await shown.send({ type: 'view', view: { range, intervalSeconds: 10 }, timeZone: 'UTC' });
  assert.equal(await from.inputValue(), '2026-11-20T00:00');
  await shown.send({ type: 'view', view: { range: { last: '1h' }, intervalSeconds: 10 }, timeZone: 'UTC' });
  assert.equal(await from.isVisible(), false);
});

test('Escape gives a range up, and the list shows what the page does', async () => {
  const shown = await open();
  const list = shown.page.getByLabel('Range', { exact: true });
  const from = shown.page.getByLabel('From', { exact: true });
  await list.selectOption('Custom range…');
  await from.press('Escape');
  assert.equal(await from.isVisible(), false);
  assert.equal(await list.inputValue(), '1h');
  assert.equal(await shown.page.evaluate('document.activeElement.tagName'), 'SELECT');

  const range = { fromMs: Date.UTC(2026, 10, 20), toMs: Date.UTC(2026, 10, 22, 5, 3) };
  await shown.send({ type: 'view', view: { range, intervalSeconds: 10 }, timeZone: 'UTC' });
  await from.fill('2027-01-01T00:00');
  await from.press('Enter');
  await from.press('Escape');
  assert.deepEqual([await from.inputValue(), await shown.page.getByRole('alert').textContent(), await from.getAttribute('aria-invalid')], ['2026-11-20T00:00', '', null]);
  assert.deepEqual((await shown.calls()).slice(1), []);
});

test('a range that is refused again is said again', async () => {
  const shown = await open();
  await shown.page.getByLabel('Range', { exact: true }).selectOption('Custom range…');
  const from = shown.page.getByLabel('From', { exact: true });
  await from.fill('2027-01-01T00:00');
  await from.press('Enter');
  await shown.page.evaluate("globalThis.said = 0; new MutationObserver(() => { said += 1; }).observe(document.querySelector('[role=alert]'), { childList: true, characterData: true, subtree: true })");
  await from.press('Enter');
  await shown.until('said > 0');
  assert.match((await shown.page.getByRole('alert').textContent()) ?? '', /^The end has to be later than the start\.\u00A0?$/);
});

test('a day is the last 24 hours, and more are days', async () => {
  const shown = await open();
  const names = await shown.page.getByLabel('Range', { exact: true }).locator('option').allInnerTexts();
  assert.deepEqual(names.slice(3), ['last 6 h', 'last 12 h', 'last 24 h', 'last 3 d', 'last 7 d', 'last 30 d', 'Custom range…']);
});

test('how live it is stands in words, and a change of it is said', async () => {
  const shown = await open();
  const line = shown.page.locator('.live');
  assert.equal(await line.innerText(), 'updated 14:03:22 KST');
  await shown.send(live({ state: 'slowed', note: 'too many requests', nextMs: READ_MS + 60_000 }));
  assert.equal(await line.innerText(), 'updated 14:03:22 KST\nrefreshing less often: too many requests · next at 14:04:22');
  assert.equal(await shown.page.locator('[aria-live=polite]').textContent(), 'refreshing less often: too many requests · next at 14:04:22');
  await shown.send(live({ state: 'held', note: 'the keys were refused' }));
  assert.equal(await line.locator('.state').innerText(), 'paused: the keys were refused');
  await shown.send(live({ state: 'off' }));
  assert.equal(await line.locator('.state').innerText(), 'manual refresh only');
  await shown.send(live({}));
  assert.equal(await line.innerText(), 'updated 14:03:22 KST');
  assert.equal(await shown.page.locator('[aria-live=polite]').textContent(), 'The page is live again.');
  await shown.send({ type: 'view', view: { range: { last: '1h' }, intervalSeconds: 10 }, timeZone: 'UTC' });
  assert.equal(await line.innerText(), 'updated 05:03:22 UTC');
});

test('a problem stands above what was there, offers its remedies, and goes with the next success', async () => {
  const shown = await open({ events: [boardInit(), cardEvent(0, healthyCard())] });
  const card = shown.page.getByRole('region', { name: 'orders' });
  await shown.send({
    type: 'part',
    part: 'card:0',
    problem: { message: 'Signature refused.', hint: 'Check the secret key.', detail: 'HTTP 401', remedies: ['editAccount'] },
    isReading: false,
    readMs: READ_MS,
  });
  assert.equal(await card.locator('.problem p').first().innerText(), 'Signature refused. Check the secret key.');
  assert.equal(await card.getByText('9,007,199,254,740,993').isVisible(), true);
  assert.equal(await card.locator('.stamp').innerText(), 'as of 14:03:22');
  const remedy = card.getByRole('button', { name: 'Edit Account' });
  await remedy.focus();
  await shown.page.keyboard.press('Enter');
  assert.deepEqual((await shown.calls()).slice(1), [{ type: 'remedy', part: 'card:0', remedy: 'editAccount' }]);
  await shown.send(cardEvent(0, healthyCard('9007199254740999')));
  assert.equal(await card.locator('.problem').isVisible(), false);
  assert.equal(await card.getByText('9,007,199,254,740,999').isVisible(), true);
});

test('what is said is shown and spoken, and what is gone stops the page', async () => {
  const shown = await open();
  await shown.send({ type: 'said', text: 'Copied: 360 rows' });
  assert.equal(await shown.page.getByText('Copied: 360 rows').isVisible(), true);
  await shown.send({ type: 'gone', text: 'Account "shop-dev" was removed.' });
  await shown.send(cardEvent(0, healthyCard()));
  await shown.send(live({ state: 'held', note: 'the keys were refused' }));
  assert.equal(await shown.page.getByRole('alert').innerText(), 'Account "shop-dev" was removed.');
  assert.doesNotMatch((await shown.page.locator('[aria-live=polite]').textContent()) ?? '', /the keys were refused/);
  assert.equal(await shown.page.getByRole('button').count(), 0);
  assert.deepEqual(await shown.broken(), []);
});

test('it is drawn, and obeys the mouse, before the controls are there', async () => {
  const shown = await open({ withoutControls: true });
  assert.equal(await shown.page.evaluate("customElements.get('vscode-button') === undefined"), true);
  await shown.page.locator('vscode-button', { hasText: 'Refresh' }).click();
  assert.deepEqual((await shown.calls()).slice(1), [{ type: 'refresh' }]);
});

test('texts are Korean and Japanese where the editor is, and numbers as written there', async () => {
  for (const [locale, text] of [['ko', '새로 고침'], ['ja', '更新']] as const) {
    const shown = await open({ locale });
    assert.equal(await shown.page.evaluate('document.documentElement.lang'), locale);
    assert.equal(await shown.page.getByRole('button', { name: text, exact: true }).isVisible(), true);
  }
});
