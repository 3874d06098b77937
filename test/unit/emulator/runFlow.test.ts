import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { dirname } from 'node:path';
import { test } from 'node:test';
import type { Client } from './helpers.ts';
import { contentOf, signedHeaders } from './helpers.ts';
import { Bench, startGate, textsOf, waitsAtGate } from './runHelpers.ts';
import type { Run } from './runHelpers.ts';

const p = '/ncf/api/v2';
const actions = `${p}/packages/-/actions`;
const triggers = `${p}/triggers`;

async function idsOf(client: Client, target: string): Promise<string[]> {
  const list = contentOf(await client.naver('GET', target))['activations'] as { activationId: string }[];
  return list.map(({ activationId }) => activationId);
}

async function errorOf(asked: ReturnType<Client['naver']>): Promise<readonly [number, string]> {
  const { status, json } = await asked;
  return [status, (json as { error: { errorCode: string } }).error.errorCode];
}

test('each component of a sequence gets the result of the one before, and keeps its own activation', async (context) => {
  const bench = await Bench.start(context);
  await bench.deploy('double', 'function main(args) { return { n: args.n * 2, seen: Object.keys(args).sort() }; }', { parameters: { own: 1 } });
  await bench.deploy('shown', 'function main(args) { return { args }; }');
  await bench.sequence('inner', ['double', 'double']);
  await bench.sequence('chain', ['inner', 'shown']);
  const run = await bench.run('chain', { n: 5, more: true });
  assert.deepEqual(run.response.result, { args: { n: 20, seen: ['n', 'own', 'seen'] } });
  const [inner = '', shown = ''] = run.logs;
  assert.equal((await bench.detail('shown', shown)).response.success, true);
  const [first = '', second = ''] = (await bench.detail('inner', inner)).logs;
  assert.deepEqual((await bench.detail('double', first)).response.result, { n: 10, seen: ['more', 'n', 'own'] });
  assert.deepEqual((await bench.detail('double', second)).response.result, { n: 20, seen: ['n', 'own', 'seen'] });
  assert.deepEqual((await idsOf(bench.client, `${p}/activations`)).toSorted(), [first, second, inner, shown, run.activationId].toSorted());
});

test('a sequence ends at the first component that fails, or is no longer there', async (context) => {
  const bench = await Bench.start(context);
  await bench.deploy('fine', 'function main(args) { return args; }');
  await bench.deploy('fails', 'function main() { return { error: "no" }; }');
  await bench.sequence('chain', ['fine', 'fails', 'fine']);
  const run = await bench.run('chain', { n: 1 });
  assert.deepEqual(run.response, { result: { error: 'no' }, status: 'application error', success: false });
  assert.equal(run.logs.length, 2);
  assert.equal((await bench.client.naver('DELETE', `${actions}/fails`)).status, 204);
  const shorter = await bench.run('chain');
  assert.deepEqual(shorter.response.result, { error: 'Sequence component does not exist.' });
  assert.equal(shorter.logs.length, 1);
});

test('a sequence cannot contain itself', async (context) => {
  const bench = await Bench.start(context);
  await bench.deploy('fine', 'function main(args) { return args; }');
  await bench.sequence('one', ['fine']);
  await bench.sequence('two', ['one']);
  for (const component of ['-/one', '-/two']) {
    const body = { exec: { kind: 'sequence', components: [component] } };
    assert.deepEqual(await errorOf(bench.client.naver('PUT', `${actions}/one?type=sequence`, body)), [400, '80307']);
  }
});

test('parameters of the run stand above those of trigger, action and package', async (context) => {
  const bench = await Bench.start(context);
  const { client } = bench;
  const all = (value: string, ...names: string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, value]));
  contentOf(await client.naver('PUT', `${p}/packages/pkg`, { parameters: all('package', 'a', 'b', 'c', 'd') }));
  const body = {
    exec: { kind: 'nodejs:22', binary: false, code: 'function main(args) { console.log(args.a); return args; }', main: 'main' },
    limits: { timeout: 20_000, memory: 128 },
    vpc: [{ vpcNo: 1, subnetNo: 2 }],
    parameters: all('action', 'b', 'c', 'd'),
  };
  contentOf(await client.naver('PUT', `${p}/packages/pkg/actions/echo`, body));
  const cron = { cronOption: '0 0 1 1 *', parameters: all('trigger', 'c', 'd') };
  contentOf(await client.naver('PUT', `${triggers}/mine?type=cron`, cron));
  contentOf(await client.naver('POST', `${triggers}/mine/link-action`, { action: 'echo', package: 'pkg' }));
  const fired = contentOf(await client.naver('POST', `${triggers}/mine`, { d: 'run' }));
  const shown = contentOf(await client.naver('GET', `${triggers}/mine/activations/${String(fired['activationId'])}`)) as unknown as Run;
  const line = JSON.parse(shown.logs[0] ?? '') as Record<string, unknown>;
  const activationId = String(line['activationId']);
  assert.deepEqual(line, { rule: 'mine_echo', action: 'pkg/echo', statusCode: 0, success: true, activationId });
  assert.deepEqual([shown.end, shown.response.result], [0, { c: 'trigger', d: 'run' }]);
  await bench.emulator.world.functions.idle();
  const detail = contentOf(await client.naver('GET', `${p}/packages/pkg/actions/echo/activations/${activationId}`)) as unknown as Run;
  assert.deepEqual(detail.response.result, { a: 'package', b: 'action', c: 'trigger', d: 'run' });
  assert.deepEqual(textsOf(detail.logs), ['package']);
});

test('a run longer than the wait answers its id, goes on, and is listed when it ended', async (context) => {
  const bench = await Bench.start(context);
  const { url, next, open } = await startGate(context);
  await bench.deploy('waits', waitsAtGate);
  const called = next();
  const run = await bench.run('waits', { url }, '?timeout=1');
  assert.deepEqual(Object.keys(run), ['activationId']);
  await called;
  const list = `${actions}/waits/activations`;
  assert.deepEqual(await idsOf(bench.client, list), []);
  assert.deepEqual(await errorOf(bench.client.naver('GET', `${list}/${run.activationId}`)), [404, '80322']);
  open();
  await bench.emulator.world.functions.idle();
  assert.deepEqual(await idsOf(bench.client, list), [run.activationId]);
  assert.deepEqual((await bench.detail('waits', run.activationId)).response.result, { waited: true });
});

test('the detail of a real run is missing for a while after its end', async (context) => {
  const bench = await Bench.start(context, { timings: { activationGapMs: 30_000 } });
  const { url, next, open } = await startGate(context);
  await bench.deploy('waits', waitsAtGate);
  const called = next();
  const { activationId } = await bench.run('waits', { url }, '?timeout=0');
  await called;
  bench.clock.now += 60_000;
  open();
  await bench.emulator.world.functions.idle();
  const list = `${actions}/waits/activations`;
  assert.deepEqual(await idsOf(bench.client, list), [activationId]);
  bench.clock.now += 29_999;
  assert.deepEqual(await errorOf(bench.client.naver('GET', `${list}/${activationId}`)), [404, '80322']);
  bench.clock.now += 1;
  assert.equal((await bench.detail('waits', activationId)).activationId, activationId);
});

test('a client that goes away does not stop its run', async (context) => {
  const bench = await Bench.start(context);
  const { url, next, open } = await startGate(context);
  await bench.deploy('waits', waitsAtGate);
  const called = next();
  const { naver } = bench.emulator.credentials;
  const target = `${actions}/waits`;
  const headers = signedHeaders('POST', target, String(bench.emulator.world.now()), naver.accessKeyId, naver.secretKey);
  const outgoing = httpRequest(`${naver.cloudFunctions}${target}`, { method: 'POST', headers, agent: false });
  outgoing.on('error', () => undefined);
  outgoing.end(JSON.stringify({ url }));
  await called;
  const record = bench.emulator.log.at(-1);
  assert.deepEqual([record?.operation, record?.status], ['postAction', 0]);
  const closed = new Promise((resolve) => outgoing.once('close', resolve));
  outgoing.destroy();
  await closed;
  open();
  await bench.emulator.world.functions.idle();
  const [id = ''] = await idsOf(bench.client, `${actions}/waits/activations`);
  assert.deepEqual((await bench.detail('waits', id)).response.result, { waited: true });
});

test('closing the emulator ends what runs and leaves no folder', { timeout: 60_000 }, async (context) => {
  const bench = await Bench.start(context);
  const { url, next } = await startGate(context);
  await bench.deploy('waits', waitsAtGate, { timeout: 300_000 });
  const called = next();
  await bench.run('waits', { url }, '?timeout=0');
  const { query } = await called;
  const [pid, cwd] = [Number(query.get('pid')), String(query.get('cwd'))];
  assert.equal(process.kill(pid, 0), true);
  assert.equal(existsSync(cwd), true);
  await bench.emulator.close();
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  assert.equal(existsSync(dirname(dirname(cwd))), false);
});

test('100 runs at a time are the most', async (context) => {
  const bench = await Bench.start(context);
  const { functions } = bench.emulator.world;
  await bench.deploy('fine', 'function main() { return {}; }');
  const slow = { description: '', parameters: {}, exec: { kind: 'go:1.19' }, rawHttp: false, customOptions: false };
  functions.addAction('vpc', { pkg: '-', name: 'slow', typicalMs: 600_000 }, 'basic', slow);
  for (let count = 0; count < 100; count += 1) await bench.run('slow', {}, '?timeout=0');
  assert.equal(functions.runCount, 100);
  assert.deepEqual(await errorOf(bench.client.naver('POST', `${actions}/fine`, {})), [429, '420']);
  await bench.deploy('page', 'function main() { return {}; }', { type: 'web' });
  assert.equal((await bench.client.raw('GET', '/web/-/page/http')).status, 429);
  contentOf(await bench.client.naver('PUT', `${triggers}/mine?type=cron`, { cronOption: '0 0 1 1 *' }));
  contentOf(await bench.client.naver('POST', `${triggers}/mine/link-action`, { action: 'fine' }));
  const { activationId } = contentOf(await bench.client.naver('POST', `${triggers}/mine`, {}));
  const fired = contentOf(await bench.client.naver('GET', `${triggers}/mine/activations/${String(activationId)}`)) as unknown as Run;
  const line = JSON.parse(fired.logs[0] ?? '') as Record<string, unknown>;
  assert.deepEqual([line['success'], line['activationId']], [false, undefined]);
  assert.match(String(line['error']), /Too many concurrent requests/);
});
