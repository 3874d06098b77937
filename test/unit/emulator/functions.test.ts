import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Client } from './helpers.ts';
import { contentOf, emulate } from './helpers.ts';

const p = '/ncf/api/v2';
const older = '/api/v2';
const packages = `${p}/packages`;
const actions = `${packages}/-/actions`;

const spec = {
  exec: { kind: 'nodejs:22', binary: false, code: 'x', main: 'main' },
  limits: { timeout: 60_000, memory: 256 },
  vpc: [{ vpcNo: 1, subnetNo: 2 }],
};

async function assertError(asked: Promise<Answer>, status: number, code: number): Promise<void> {
  const answer = await asked;
  const { error } = answer.json as { error: Record<string, unknown> };
  assert.deepEqual([answer.status, error['errorCode']], [status, String(code)], answer.text);
  assert.deepEqual(Object.keys(error), ['errorCode', 'message', 'details']);
}

async function created(client: Client, method: string, target: string, body: unknown): Promise<void> {
  const answer = await client.naver(method, target, body);
  assert.equal(answer.status, 200, answer.text);
}

test('a package is created, replaced, read and deleted once it is empty', async (context) => {
  const { client } = await emulate(context, { sampleData: 'none' });
  const path = `${packages}/pkg`;
  const put = contentOf(await client.naver('PUT', path, { description: 'd', parameters: { a: 1 } }));
  assert.deepEqual(Object.keys(put).toSorted(), ['description', 'name', 'namespace', 'parameters', 'resourceId']);
  await created(client, 'PUT', path, {});
  const got = contentOf(await client.naver('GET', path));
  assert.deepEqual([got['description'], got['parameters'], got['platform']], ['', {}, 'vpc']);
  await created(client, 'PUT', `${path}/actions/a`, spec);
  await assertError(client.naver('DELETE', path), 409, 80109);
  assert.equal((await client.naver('DELETE', `${path}/actions/a`)).status, 204);
  const deleted = await client.naver('DELETE', path);
  assert.deepEqual([deleted.status, deleted.text, deleted.headers['content-type']], [204, '', undefined]);
  await assertError(client.naver('GET', path), 404, 80101);
  await assertError(client.naver('DELETE', path), 404, 80101);
});

test('bad packages are refused with their codes', async (context) => {
  const { client } = await emulate(context);
  for (const name of ['-', '-a', 'a.b', 'x'.repeat(51), '%ED%95%9C']) {
    await assertError(client.naver('PUT', `${packages}/${name}`, {}), 400, 80100);
  }
  await assertError(client.naver('PUT', `${packages}/a`, { description: 5 }), 400, 80103);
  await assertError(client.naver('PUT', `${packages}/a`, { parameters: [] }), 400, 80103);
  await assertError(client.naver('PUT', `${packages}/a`, { description: '한'.repeat(1_001) }), 400, 80105);
  await assertError(client.naver('PUT', `${packages}/a?platform=VPC`, {}), 400, 80102);
  await assertError(client.naver('GET', `${packages}/order-tools?platform=classic`), 400, 80102);
  for (const body of ['', 'half {', '[]']) await assertError(client.naver('PUT', `${packages}/a`, body), 400, 80031);
  for (const name of ['greet', 'on-push'])
    await assertError(client.naver('PUT', `${packages}/${name}`, {}), 409, 80011);
});

test('each field of an action is checked', async (context) => {
  const { client } = await emulate(context, { sampleData: 'none' });
  const { exec, limits, vpc } = spec;
  const cases: readonly (readonly [number, Record<string, unknown>, string?])[] = [
    [80303, spec, 'type=cron'],
    [80302, spec, 'platform=cloud'],
    [80305, { ...spec, description: {} }],
    [80307, { ...spec, description: 'x'.repeat(3_001) }],
    [80305, { ...spec, parameters: 'a=b' }],
    [80306, { limits, vpc }],
    [80306, { exec, vpc }],
    [80306, { exec, limits }],
    [80305, { ...spec, vpc: vpc[0] }],
    [80306, { ...spec, vpc: [] }],
    [80307, { ...spec, vpc: [{ vpcNo: 0, subnetNo: 1 }] }],
    [80305, { ...spec, limits: { timeout: '60000', memory: 256 } }],
    [80307, { ...spec, limits: { timeout: 499, memory: 256 } }],
    [80307, { ...spec, limits: { timeout: 300_001, memory: 256 } }],
    [80307, { ...spec, limits: { timeout: 500, memory: 200 } }],
    [80306, { ...spec, exec: { ...exec, main: undefined } }],
    [80306, { ...spec, exec: { ...exec, binary: undefined } }],
    [80305, { ...spec, exec: { ...exec, binary: 'false' } }],
    [80307, { ...spec, exec: { ...exec, kind: 'cobol' } }],
    [80307, { ...spec, exec: { ...exec, kind: 'nodejs:16' } }],
    [80307, { ...spec, exec: { ...exec, kind: 'java:21' } }],
    [80307, { ...spec, exec: { ...exec, binary: true, code: 'not base64' } }],
    [80306, { ...spec, exec: { kind: 'custom image' } }],
    [80307, { ...spec, exec: { kind: 'custom image', imageUri: 'no-registry' } }],
    [80307, { ...spec, 'raw-http': true }],
    [80307, { ...spec }, 'platform=classic'],
    [80306, { exec: { kind: 'sequence' } }, 'type=sequence'],
    [80307, { exec: { kind: 'sequence', components: [] } }, 'type=sequence'],
    [80307, { exec: { kind: 'sequence', components: ['-/nothing'] } }, 'type=sequence'],
    [80305, { exec: { kind: 'sequence', components: [1] } }, 'type=sequence'],
  ];
  for (const [code, body, query] of cases) {
    await assertError(client.naver('PUT', `${actions}/a?${query ?? ''}`, body), 400, code);
  }
  await assertError(client.naver('PUT', `${actions}/-a`, spec), 400, 80300);
  await assertError(client.naver('PUT', `${packages}/none/actions/a`, spec), 404, 80101);
  await assertError(client.naver('GET', `${packages}/none/actions`), 404, 80101);
});

test('all four types of actions are made, keep their type, and are shown in both versions', async (context) => {
  const { client } = await emulate(context, { sampleData: 'none' });
  await created(client, 'PUT', `${actions}/one`, spec);
  await created(client, 'PUT', `${actions}/page?type=web`, { ...spec, 'raw-http': true });
  await created(client, 'PUT', `${actions}/chain?type=sequence`, { exec: { kind: 'sequence', components: ['-/one'] } });
  const sequence = { exec: { kind: 'sequence', components: ['-/one', '-/page'] } };
  await created(client, 'PUT', `${actions}/pages?type=sequence-web`, sequence);
  const image = { ...spec, exec: { kind: 'custom image', imageUri: 'registry/image' } };
  await created(client, 'PUT', `${actions}/boxed`, image);
  await assertError(client.naver('PUT', `${actions}/page`, spec), 400, 80304);
  await assertError(client.naver('PUT', `${actions}/one?type=web`, spec), 400, 80304);
  const list = contentOf(await client.naver('GET', actions))['actions'] as Record<string, unknown>[];
  assert.deepEqual(
    list.map(({ name, type, runtime }) => [name, type, runtime]),
    [
      ['boxed', 'basic', 'custom image'],
      ['pages', 'sequence-web', 'sequence'],
      ['chain', 'sequence', 'sequence'],
      ['page', 'web', 'nodejs:22'],
      ['one', 'basic', 'nodejs:22'],
    ],
  );
  const page = contentOf(await client.naver('GET', `${actions}/page`));
  assert.deepEqual(
    [page['type'], page['raw-http'], page['custom-options'], page['web']],
    ['web', true, false, undefined],
  );
  assert.deepEqual(page['vpc'], { vpcNo: 1, subnetNo: 2 });
  const boxed = contentOf(await client.naver('GET', `${actions}/boxed`));
  assert.deepEqual(boxed['exec'], { kind: 'custom image', imageUri: 'registry/image:latest' });
  const oldPath = `${older}/packages/-/actions`;
  const old = contentOf(await client.naver('GET', `${oldPath}?platform=vpc`))['actions'] as Record<string, unknown>[];
  assert.deepEqual(
    old.map(({ type, web }) => [type, web]),
    [false, true, false, true, false].map((web) => [undefined, web]),
  );
  await assertError(client.naver('GET', `${oldPath}/page`), 400, 80302);
  const shown = contentOf(await client.naver('GET', `${oldPath}/page?platform=vpc`));
  assert.deepEqual([shown['type'], shown['web'], typeof shown['path']], [undefined, true, 'string']);
});

test('v2.0 tells web by a field, keeps it when it is left out, and takes vpc as an object', async (context) => {
  const { client } = await emulate(context, { sampleData: 'none' });
  const { exec, limits } = spec;
  const path = `${older}/packages/-/actions/old`;
  await created(client, 'PUT', path, { exec, limits, web: true, 'custom-options': true });
  await created(client, 'PUT', path, { exec, limits });
  assert.equal(contentOf(await client.naver('GET', path))['web'], true);
  await assertError(client.naver('PUT', path, { exec, limits, web: false }), 400, 80304);
  const onVpc = `${older}/packages/-/actions/inside?platform=vpc`;
  await assertError(client.naver('PUT', onVpc, spec), 400, 80305);
  await created(client, 'PUT', onVpc, { exec, limits, vpc: { vpcNo: 1, subnetNo: 2 } });
  const sequence = { exec: { kind: 'sequence', components: ['-/old'] } };
  await created(client, 'PUT', `${older}/packages/-/actions/chain`, sequence);
});

test('an old runtime may stay but not be chosen, and a PUT replaces what it leaves out', async (context) => {
  const { client } = await emulate(context);
  const path = `${actions}/old-cleanup`;
  const before = contentOf(await client.naver('GET', path));
  const { exec, limits, vpc } = before;
  await created(client, 'PUT', path, { exec, limits, vpc: [vpc] });
  assert.equal(contentOf(await client.naver('GET', path))['description'], '');
  await created(client, 'PUT', path, { ...spec });
  await assertError(client.naver('PUT', path, { exec, limits, vpc: [vpc] }), 400, 80307);
});

test('500 of a kind are the most, both platforms together', async (context) => {
  const { emulator, client } = await emulate(context, { sampleData: 'none' });
  const { functions } = emulator.world;
  for (let index = 0; index < 500; index += 1) {
    functions.addPackage(index % 2 === 0 ? 'vpc' : 'classic', `p${index}`, '', {});
    functions.addAction('vpc', { pkg: '-', name: `a${index}` }, 'basic', {
      ...spec,
      description: '',
      parameters: {},
      rawHttp: false,
      customOptions: false,
      vpc: { vpcNo: 1, subnetNo: 2 },
    });
    functions.addTrigger('classic', `t${index}`, 'cron', { description: '', parameters: {}, options: [] });
  }
  await assertError(client.naver('PUT', `${packages}/more`, {}), 422, 80106);
  await assertError(client.naver('PUT', `${actions}/more`, spec), 422, 80308);
  await assertError(client.naver('PUT', `${p}/triggers/more?type=cron`, { cronOption: '* * * * *' }), 422, 80508);
  await created(client, 'PUT', `${packages}/p0`, {});
});

test('a viewer reads, nobody else without rights does anything', async (context) => {
  const { emulator, client } = await emulate(context);
  emulator.world.naverRole = 'viewer';
  assert.equal((await client.naver('GET', packages)).status, 200);
  for (const [method, target, body] of [
    ['PUT', `${packages}/a`, {}],
    ['POST', `${actions}/hello-web`, {}],
    ['DELETE', `${actions}/hello-web`, undefined],
  ] as const) {
    await assertError(client.naver(method, target, body), 403, 80002);
  }
  emulator.world.naverRole = 'none';
  for (const target of [packages, `${p}/triggers`, `${p}/activations`]) {
    await assertError(client.naver('GET', target), 403, 80002);
  }
});

test('a fresh VPC action cannot be deleted while its subnet is being connected', async (context) => {
  const { client, clock } = await emulate(context, { sampleData: 'none', timings: { subnetMs: 100 } });
  await created(client, 'PUT', `${actions}/a`, spec);
  await assertError(client.naver('DELETE', `${actions}/a`), 500, 81313);
  clock.now += 100;
  assert.equal((await client.naver('DELETE', `${actions}/a`)).status, 204);
});
