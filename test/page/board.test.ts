import assert from 'node:assert/strict';
import { test } from 'node:test';

import { boardInit, boardParts, cardEvent, healthyCard } from './boardEvents.ts';
import { openPages } from './openPages.ts';
import { THEMES } from './stage.ts';

const open = openPages(() => [boardInit(), ...boardParts()]);

test('each pinned topic has a card that says how it stands, with every digit of its counts', async () => {
  const shown = await open();
  const card = shown.page.getByRole('region', { name: 'orders' });
  const text = (await card.innerText()).replaceAll(/\s+/g, ' ');
  for (const part of ['EasyQueue KR1 · shop-dev', 'DEV', 'ACTIVE', '9,007,199,254,740,993', 'billing', 'lag 1,204', 'Empty', 'Bytes in: ']) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  assert.equal(await shown.page.getByText('3 more groups').isVisible(), true);
  assert.equal(await shown.page.getByRole('region', { name: 'clicks' }).locator('.placeholder').isVisible(), true);
});

test('a card opens the topic it stands for', async () => {
  const shown = await open();
  await shown.page.getByRole('button', { name: 'Open: clicks' }).click();
  assert.deepEqual((await shown.calls()).slice(1), [{ type: 'open', part: 'card:3', key: 'card:3' }]);
});

test('a gap in the line is a gap, and a board of nothing says what would fill it', async () => {
  const shown = await open();
  const line = await shown.page.getByRole('region', { name: 'orders' }).locator('path').getAttribute('d');
  assert.equal(line?.match(/M/g)?.length, 2);
  await shown.send(boardInit([]));
  assert.equal(await shown.page.getByText(/^No topic is pinned yet/).isVisible(), true);
});

test('times follow the zone of the setting', async () => {
  const shown = await open();
  const stamp = shown.page.getByRole('region', { name: /^payments/ }).locator('.stamp');
  assert.equal(await stamp.innerText(), 'as of 14:03:22');
  await shown.send({ type: 'view', view: boardInit().view, timeZone: 'UTC' });
  assert.equal(await stamp.innerText(), 'as of 05:03:22');
});

test('a refresh moves nothing: cards keep their elements, the focus and the place on the page', async () => {
  const shown = await open({ height: 300 });
  await shown.page.getByRole('button', { name: 'Open: clicks' }).focus();
  const before = await shown.page.evaluate("globalThis.cards = [...document.querySelectorAll('.card')]; [scrollY, cards[0].getBoundingClientRect().height]");
  await shown.send(cardEvent(0, healthyCard('9007199254740999')));
  assert.deepEqual(await shown.page.evaluate('[scrollY, cards[0].getBoundingClientRect().height]'), before);
  assert.equal(await shown.page.evaluate("[...document.querySelectorAll('.card')].every((card, index) => card === cards[index])"), true);
  assert.equal(await shown.page.evaluate('document.activeElement.textContent'), 'Open');
});

test('axe finds nothing and the policy refuses nothing, in four themes, two widths and three languages', async () => {
  const cases = THEMES.flatMap((theme) => ([['en', 1200], ['en', 320], ['ko', 700], ['ja', 320]] as const).map(([locale, width]) => ({ theme, locale, width })));
  for (const each of cases) {
    const shown = await open(each);
    await shown.until("customElements.get('vscode-button') !== undefined");
    assert.deepEqual([...(await shown.axe()), ...(await shown.broken())], [], JSON.stringify(each));
    assert.equal(await shown.page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, `${JSON.stringify(each)} fits`);
    await shown.close();
  }
});

test('everything is reached with Tab, and what has the focus shows it', async () => {
  const shown = await open();
  await shown.until("customElements.get('vscode-button') !== undefined");
  const wanted = await shown.page.locator('select:visible, summary:visible, vscode-button:visible').count();
  const reached = new Set<string>();
  for (let press = 0; press < wanted; press += 1) {
    await shown.page.keyboard.press('Tab');
    reached.add(await shown.page.evaluate<string>(`(() => {
      const focused = document.activeElement;
      const inner = focused.shadowRoot?.activeElement ?? focused;
      const { outlineStyle, outlineWidth } = getComputedStyle(inner);
      return [...document.querySelectorAll('*')].indexOf(focused) + ' ' + (outlineStyle !== 'none' && outlineWidth !== '0px' ? 'seen' : 'unseen');
    })()`));
  }
  assert.equal(reached.size, wanted);
  assert.deepEqual([...reached].filter((each) => each.endsWith('unseen')), []);
});
