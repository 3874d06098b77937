import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from './helpers.ts';
import { contentOf, emulate } from './helpers.ts';
import type { Run } from './runHelpers.ts';

const packages = '/ncf/api/v2/packages';

async function run(client: Client, path: string, parameters: unknown, query = ''): Promise<Run> {
  return contentOf(await client.naver('POST', `${packages}/${path}${query}`, parameters)) as unknown as Run;
}

test('the sample actions really run', async (context) => {
  const { emulator, client } = await emulate(context, { timings: { activationGapMs: 0 } });
  const order = { id: 7, amount: 3, items: [{ price: 1_000, count: 3 }] };
  const defaults = { currency: 'KRW', region: 'KR' };
  const checked = await run(client, 'order-tools/actions/validate-order', order);
  assert.deepEqual(checked.response.result, { ...defaults, ...order, accepted: true });
  const empty = await run(client, 'order-tools/actions/validate-order', {});
  assert.deepEqual(empty.response, {
    result: { error: 'An order needs an id and an amount.' },
    status: 'application error',
    success: false,
  });
  const mailed = await run(client, 'notify/actions/send-mail', { to: 'you@shop.example' });
  assert.deepEqual(mailed.response.result, { sent: true });
  const hello = await client.raw('GET', '/web/-/hello-web/http?name=you');
  assert.deepEqual([hello.headers['content-type'], hello.text], ['text/html', '<h1>Hello, you</h1>']);
  assert.equal((await client.raw('GET', '/web/civil/form/http')).status, 200);
  const old = await run(client, '-/actions/old-cleanup', {});
  assert.deepEqual(old.response.result, { sent: false });
  if ((await emulator.world.functions.runtimes?.languageOf('python:3.13')) === undefined) return;
  const priced = await run(client, 'order-tools/actions/price-order', order);
  assert.deepEqual(priced.response.result, { ...defaults, ...order, total: 3_000 });
  const accepted = await run(client, 'order-tools/actions/accept-order', order);
  assert.deepEqual(accepted.response.result, { ...defaults, ...order, accepted: true, total: 3_000 });
  const report = await run(client, 'analytics/actions/daily-report', {}, '?timeout=0');
  assert.deepEqual(Object.keys(report), ['activationId']);
});

/** Every activation of a list, in full. */
async function details(client: Client, path: string): Promise<readonly Run[]> {
  const list = contentOf(await client.naver('GET', `${path}?pageSize=1000`))['activations'] as { activationId: string }[];
  const found: Run[] = [];
  for (const { activationId } of list) found.push(contentOf(await client.naver('GET', `${path}/${activationId}`)) as unknown as Run);
  return found;
}

test('the sample history holds together: sequences and firings name runs that are there', async (context) => {
  const { client } = await emulate(context);
  const sequences = await details(client, `${packages}/order-tools/actions/accept-order/activations`);
  const components = ['validate-order', 'price-order', 'store-order'].map((name) => `${packages}/order-tools/actions/${name}/activations`);
  for (const { logs, response, duration } of sequences.slice(0, 20)) {
    const runs: Run[] = [];
    for (const [index, id] of logs.entries()) {
      runs.push(contentOf(await client.naver('GET', `${String(components[index])}/${id}`)) as unknown as Run);
    }
    assert.equal(runs.reduce((sum, run) => sum + run.duration, 0), duration);
    assert.deepEqual(runs.at(-1)?.response, response);
    assert.ok(logs.length === 3 || !response.success);
  }
  const firings = await details(client, '/ncf/api/v2/triggers/on-push/activations');
  assert.equal(firings.length, 24);
  for (const { start, logs } of firings) {
    const lines = logs.map((line) => JSON.parse(line) as { action: string; activationId: string });
    assert.deepEqual(lines.map(({ action }) => action), ['notify/send-mail', '-/old-cleanup']);
    for (const { action, activationId } of lines) {
      const [pkg = '', name = ''] = action.split('/');
      const run = contentOf(await client.naver('GET', `${packages}/${pkg}/actions/${name}/activations/${activationId}`)) as unknown as Run;
      assert.equal(run.start, start);
    }
  }
});
