import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Client } from './helpers.ts';
import { contentOf, emulate, noon } from './helpers.ts';

const p = '/ncf/api/v2';
const validate = `${p}/packages/order-tools/actions/validate-order`;

async function errorOf(asked: Promise<Answer>): Promise<readonly [number, string]> {
  const { status, json } = await asked;
  return [status, (json as { error: { errorCode: string } }).error.errorCode];
}

async function page(client: Client, target: string): Promise<{ readonly ids: string[]; readonly totalCount: number }> {
  const content = contentOf(await client.naver('GET', target));
  const list = content['activations'] as { activationId: string }[];
  for (const item of list) assert.deepEqual(Object.keys(item), ['activationId', 'duration', 'status']);
  return { ids: list.map(({ activationId }) => activationId), totalCount: Number(content['totalCount']) };
}

test('without real runs an action echoes its parameters: run over action over package, large numbers whole', async (context) => {
  const { client } = await emulate(context, { runs: 'echo', timings: { activationGapMs: 0 } });
  const { exec, limits, vpc } = contentOf(await client.naver('GET', validate));
  await client.naver('PUT', validate, { exec, limits, vpc: [vpc], parameters: { currency: 'JPY', level: 1 } });
  const answer = await client.naver('POST', validate, '{"level":2,"big":9007199254740993}');
  assert.match(answer.text, /"result":\{"currency":"JPY","region":"KR","level":2,"big":9007199254740993\}/);
  const run = contentOf(answer);
  assert.equal(run['end'], Number(run['start']) + Number(run['duration']));
  assert.deepEqual([run['name'], run['logs']], ['validate-order', undefined]);
  const detail = contentOf(await client.naver('GET', `${validate}/activations/${String(run['activationId'])}`));
  assert.match(String((detail['logs'] as string[])[0]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z stdout: /);
  assert.deepEqual(detail['response'], run['response']);
});

test('the list shows a run at once, its detail after a while', async (context) => {
  const { client, clock } = await emulate(context, { runs: 'echo', timings: { activationGapMs: 1_500 } });
  const id = String(contentOf(await client.naver('POST', validate, {}))['activationId']);
  assert.equal((await page(client, `${validate}/activations?pageSize=1`)).ids[0], id);
  assert.equal((await page(client, `${p}/activations?pageSize=1`)).ids[0], id);
  assert.deepEqual(await errorOf(client.naver('GET', `${validate}/activations/${id}`)), [404, '80322']);
  clock.now += 1_500;
  assert.equal(contentOf(await client.naver('GET', `${validate}/activations/${id}`))['activationId'], id);
});

test('a run longer than the wait answers its id only, and ends later', async (context) => {
  const { client, clock } = await emulate(context, { runs: 'echo', timings: { activationGapMs: 0 } });
  const report = `${p}/packages/analytics/actions/daily-report`;
  const short = contentOf(await client.naver('POST', `${validate}?timeout=0`, {}));
  assert.deepEqual(Object.keys(short), ['activationId']);
  const long = contentOf(await client.naver('POST', report, {}));
  assert.deepEqual(Object.keys(long), ['activationId']);
  const detail = `${report}/activations/${String(long['activationId'])}`;
  assert.deepEqual(await errorOf(client.naver('GET', detail)), [404, '80322']);
  clock.now += 120_000;
  assert.ok(Number(contentOf(await client.naver('GET', detail))['duration']) > 60_000);
});

test('a failing run says so, and a run over its limit is killed', async (context) => {
  const { client } = await emulate(context, { runs: 'echo' });
  const failed = contentOf(await client.naver('POST', validate, { error: 'no amount' }))['response'];
  assert.deepEqual(failed, {
    result: { currency: 'KRW', region: 'KR', error: 'no amount' },
    status: 'application error',
    success: false,
  });
  const report = `${p}/packages/analytics/actions/daily-report`;
  const { exec, vpc } = contentOf(await client.naver('GET', report));
  await client.naver('PUT', report, { exec, vpc: [vpc], limits: { timeout: 1_000, memory: 128 } });
  const killed = contentOf(await client.naver('POST', report, {}));
  assert.equal(killed['duration'], 1_000);
  assert.equal((killed['response'] as { status: string }).status, 'action developer error');
});

test('a sequence logs the runs of its components', async (context) => {
  const { client } = await emulate(context, { runs: 'echo', timings: { activationGapMs: 0 } });
  const chain = `${p}/packages/order-tools/actions/accept-order`;
  const id = String(contentOf(await client.naver('POST', chain, { id: 1 }))['activationId']);
  const logs = contentOf(await client.naver('GET', `${chain}/activations/${id}`))['logs'] as string[];
  assert.equal(logs.length, 3);
  const first = await client.naver('GET', `${validate}/activations/${String(logs[0])}`);
  assert.equal(first.status, 200, first.text);
});

test('bad runs are refused with their codes', async (context) => {
  const { client } = await emulate(context);
  for (const body of ['', 'half {', '[1]', '"text"']) {
    assert.deepEqual(await errorOf(client.naver('POST', validate, body)), [400, '80316']);
  }
  assert.deepEqual(await errorOf(client.naver('POST', validate, { a: 'x'.repeat(1_048_577) })), [400, '80316']);
  for (const timeout of ['-1', '60001', 'x']) {
    assert.deepEqual(await errorOf(client.naver('POST', `${validate}?timeout=${timeout}`, {})), [400, '80000']);
  }
  assert.deepEqual(await errorOf(client.naver('POST', `${p}/packages/-/actions/none`, {})), [404, '80301']);
});

test('activations are paged, newest first, within the range of the last month', async (context) => {
  const { client } = await emulate(context);
  const base = `${validate}/activations`;
  const all = await page(client, `${base}?pageSize=1000`);
  assert.ok(all.totalCount >= 40 && all.ids.length === all.totalCount);
  const third = await page(client, `${base}?pageNo=3&pageSize=7`);
  assert.deepEqual(third.ids, all.ids.slice(14, 21));
  assert.equal((await page(client, base)).ids.length, 20);
  assert.deepEqual((await page(client, `${base}?pageNo=1000`)).ids, []);
  const half = noon - 5 * 86_400_000;
  const later = await page(client, `${base}?pageSize=1000&start=${half}`);
  const earlier = await page(client, `${base}?pageSize=1000&end=${half - 1}`);
  assert.deepEqual([...later.ids, ...earlier.ids], all.ids);
  const old = base.replace('/ncf', '');
  const local = new Date(half + 9 * 3_600_000).toISOString().slice(0, 19);
  assert.deepEqual((await page(client, `${old}?platform=vpc&pageSize=1000&start=${local}`)).ids, later.ids);
  for (const query of ['pageNo=0', 'pageSize=0', 'pageSize=x', 'start=2026-03-01T00:00:00', 'platform=x']) {
    const code = query === 'platform=x' ? '80302' : '80000';
    assert.deepEqual(await errorOf(client.naver('GET', `${base}?${query}`)), [400, code], query);
  }
  assert.deepEqual(await errorOf(client.naver('GET', `${old}?platform=vpc&start=${half}`)), [400, '80000']);
});
