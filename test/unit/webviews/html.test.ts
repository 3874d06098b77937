import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { contentSecurityPolicy, pageHtml } from '../../../src/webviews/html.ts';
import { readPageState } from '../../../src/webviews/pageState.ts';

describe('the frame of a page', () => {
  const html = pageHtml({
    cspSource: 'https://files.example', nonce: 'abc', locale: 'ko"><script>',
    files: { dashboard: 'https://files.example/dashboard.js?a&b', controls: 'https://files.example/controls.js', style: 'https://files.example/dashboard.css' },
  });

  it('lets the page load our files alone, and reach nobody', () => {
    assert.equal(contentSecurityPolicy({ cspSource: 'https://files.example', nonce: 'abc' }), [
      "default-src 'none'", 'img-src https://files.example data:', 'font-src https://files.example',
      "style-src https://files.example 'nonce-abc'", "script-src 'nonce-abc'", "form-action 'none'", "base-uri 'none'",
    ].join('; '));
    assert.ok(!html.includes('unsafe'));
  });

  it('runs two scripts with the nonce and none of its own, and what is put in stays within its quotation marks', () => {
    assert.deepEqual([...html.matchAll(/<script nonce="abc" src="[^"]+" (\w+)><\/script>/g)].map(([, when]) => when), ['defer', 'async']);
    assert.equal([...html.matchAll(/<script/g)].length, 2);
    assert.ok(html.includes('dashboard.js?a&amp;b'));
  });
});

describe('what a page kept', () => {
  const ref = { accountId: 'a', kind: 'easyQueue.topic', keys: ['KR1', 'key', 'orders'], name: 'orders' };
  const view = { range: { last: '6h' }, intervalSeconds: 30 };

  it('names its thing and its settings; the board names none', () => {
    assert.deepEqual(readPageState({ page: 'easyQueueTopic', ref, view, ui: { any: 'thing' } }), { ref, view });
    assert.deepEqual(readPageState({ page: 'board', view }), { ref: undefined, view });
  });

  it('is not trusted', () => {
    for (const state of [undefined, null, 'x', {}, { ref }, { ref: { ...ref, keys: [1] }, view }, { ref, view: { ...view, intervalSeconds: 1 } }, { view: { range: { last: '2h' }, intervalSeconds: 5 } }]) {
      assert.equal(readPageState(state), undefined, JSON.stringify(state));
    }
  });
});
