import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import type { Client, TestClock } from './helpers.ts';
import { contentOf, emulate } from './helpers.ts';

const p = '/ncf/api/v2';
const actions = `${p}/packages/-/actions`;
const triggers = `${p}/triggers`;

const spec = {
  exec: { kind: 'nodejs:22', binary: false, code: 'function main() {}', main: 'main' },
  limits: { timeout: 60_000, memory: 256 },
  vpc: [{ vpcNo: 1, subnetNo: 2 }],
};
const inSubnet = (subnetNo: number): unknown => ({ ...spec, vpc: [{ vpcNo: 1, subnetNo }] });
const cron = { cronOption: '* * * * *' };
const credential = { username: 'u', accessToken: 'ghp_example', repository: 'Org/repo' };
const github = { credential, events: ['push'], link: { productName: 'p', apiName: 'a', stageName: 's' } };
const stored = { objectStorageLink: [{ bucketName: 'b', eventRuleName: 'missing' }] };
const hooked = { sourceCommitLink: [{ repositoryName: 'r', webhookName: 'w' }] };
const secret = (secretName: string): unknown => ({ secretManagerLink: [{ secretName }] });
const nowhere = '0'.repeat(32);

interface World {
  readonly emulator: Emulator;
  readonly client: Client;
  readonly clock: TestClock;
}

type Case = readonly [code: number, status: number, method: string, target: string, body?: unknown, before?: (world: World) => unknown];

const unsubscribe = (service: 'apiGateway' | 'insight' | 'objectStorage' | 'secretManager' | 'sourceCommit') => ({ emulator }: World) =>
  emulator.world.functions.unsubscribed.add(service);
const fill = (kind: 'packages' | 'actions' | 'triggers') => ({ emulator }: World): void => {
  const { functions } = emulator.world;
  const common = { description: '', parameters: {} };
  for (let index = 0; index < 500; index += 1) {
    const name = `filler${index}`;
    if (kind === 'packages') functions.addPackage('vpc', name, '', {});
    else if (kind === 'triggers') functions.addTrigger('vpc', name, 'cron', { ...common, options: [] });
    else functions.addAction('vpc', { pkg: '-', name }, 'basic', { ...common, exec: { kind: 'go:1.19' }, rawHttp: false, customOptions: false });
  }
};

/** How a client, or something it does not see, causes each code of cloudfunctions.md §11. */
const cases: readonly Case[] = [
  [80000, 400, 'GET', `${p}/activations?pageNo=0`],
  [80100, 400, 'PUT', `${p}/packages/-a`, {}],
  [80102, 400, 'GET', `${p}/packages/order-tools?platform=classic`],
  [80103, 400, 'PUT', `${p}/packages/a`, { description: 5 }],
  [80105, 400, 'PUT', `${p}/packages/a`, { description: 'x'.repeat(3_001) }],
  [80300, 400, 'PUT', `${actions}/-a`, spec],
  [80302, 400, 'GET', `${actions}/hello-web?platform=classic`],
  [80303, 400, 'PUT', `${actions}/a?type=cron`, spec],
  [80304, 400, 'PUT', `${actions}/hello-web?type=basic`, spec],
  [80305, 400, 'PUT', `${actions}/a`, { ...spec, parameters: [] }],
  [80306, 400, 'PUT', `${actions}/a`, { ...spec, limits: undefined }],
  [80307, 400, 'PUT', `${actions}/a`, { ...spec, limits: { timeout: 1, memory: 1 } }],
  [80316, 400, 'POST', `${actions}/hello-web`, 'half {'],
  [80500, 400, 'PUT', `${triggers}/-a?type=cron`, cron],
  [80502, 400, 'GET', `${triggers}/on-push?platform=classic`],
  [80503, 400, 'PUT', `${triggers}/a?type=basic`, {}],
  [80504, 400, 'PUT', `${triggers}/on-push?type=cron`, cron],
  [80505, 400, 'PUT', `${triggers}/a?type=cron`, { cronOption: 5 }],
  [80506, 400, 'PUT', `${triggers}/a?type=cron`, {}],
  [80507, 400, 'PUT', `${triggers}/a?type=cron`, { cronOption: 'x' }],
  [80507, 400, 'PUT', `${triggers}/a?type=secret_manager`, { secretManagerLink: [{ secretName: 'a' }, { secretName: 'b' }] }],
  [80511, 400, 'POST', `${triggers}/on-push`, 'half {'],
  [80512, 400, 'POST', `${triggers}/on-secret`, {}],
  [80520, 400, 'POST', `${triggers}/on-push/link-action`, { action: 5 }],
  [80521, 400, 'POST', `${triggers}/on-push/link-action`, {}],
  [80700, 400, 'PUT', `${triggers}/a?type=github`, github, unsubscribe('apiGateway')],
  [80710, 400, 'PUT', `${triggers}/a?type=insight`, {}, unsubscribe('insight')],
  [80711, 400, 'PUT', `${triggers}/a?type=insight`, { insightLink: [{ prodKey: 'missing', ruleGrpId: 'r' }] }],
  [80730, 400, 'PUT', `${triggers}/a?type=object_storage`, stored, unsubscribe('objectStorage')],
  [80731, 400, 'PUT', `${triggers}/a?type=object_storage`, stored],
  [80740, 400, 'PUT', `${triggers}/a?type=source_commit`, { sourceCommitLink: [{ repositoryName: 'missing', webhookName: 'w' }] }],
  [80750, 400, 'PUT', `${triggers}/a?type=secret_manager`, secret('s'), unsubscribe('secretManager')],
  [80751, 400, 'PUT', `${triggers}/a?type=secret_manager`, secret('missing')],
  [80752, 400, 'PUT', `${triggers}/a?type=secret_manager`, secret('rotating')],
  [80005, 400, 'PUT', `${triggers}/a?type=source_commit`, hooked, unsubscribe('sourceCommit')],
  [80031, 400, 'PUT', `${p}/packages/a`, 'half {'],
  [80002, 403, 'DELETE', `${triggers}/on-push`, undefined, ({ emulator }) => { emulator.world.naverRole = 'viewer'; }],
  [80101, 404, 'GET', `${p}/packages/none`],
  [80301, 404, 'GET', `${actions}/none`],
  [80322, 404, 'GET', `${actions}/hello-web/activations/${nowhere}`],
  [80501, 404, 'GET', `${triggers}/none`],
  [80517, 404, 'GET', `${triggers}/on-push/activations/${nowhere}`],
  [80900, 404, 'DELETE', `${triggers}/on-push/link-action`, { action: 'hello-web' }],
  [80011, 409, 'PUT', `${p}/packages/on-push`, {}],
  [80109, 409, 'DELETE', `${p}/packages/order-tools`],
  [80901, 409, 'POST', `${triggers}/on-push/link-action`, { action: 'send-mail', package: 'notify' }],
  [80106, 422, 'PUT', `${p}/packages/a`, {}, fill('packages')],
  [80308, 422, 'PUT', `${actions}/a`, spec, fill('actions')],
  [80508, 422, 'PUT', `${triggers}/a?type=cron`, cron, fill('triggers')],
  [81311, 500, 'PUT', `${actions}/a`, inSubnet(404)],
  [81312, 500, 'PUT', `${actions}/a`, inSubnet(503)],
  [81311, 500, 'DELETE', `${actions}/hello-web`, undefined, ({ emulator }) => emulator.world.functions.subnets.set(45007, 'unreadable')],
  [81312, 500, 'DELETE', `${actions}/hello-web`, undefined, ({ emulator }) => emulator.world.functions.subnets.set(45007, 'unconnectable')],
  [81313, 500, 'DELETE', `${actions}/a`, undefined, ({ client }) => client.naver('PUT', `${actions}/a`, spec)],
  [81313, 500, 'PUT', `${actions}/a`, spec, ({ emulator }) => emulator.world.functions.subnets.set(2, 'connecting')],
  [81314, 500, 'PUT', `${actions}/b`, spec, async ({ client, clock }) => {
    contentOf(await client.naver('PUT', `${actions}/a`, spec));
    clock.now += 5_000;
    assert.equal((await client.naver('DELETE', `${actions}/a`)).status, 204);
  }],
  [81314, 500, 'DELETE', `${actions}/hello-web`, undefined, ({ emulator }) => emulator.world.functions.subnets.set(45007, 'disconnecting')],
];

/** Codes of §11 that another test causes: both link limits, a detail that is not there yet; 80104 has no cause, since no field is required. */
const elsewhere = [80324, 80519, 80518, 80104];

test('every code of the error table has a cause', async (context) => {
  for (const [code, status, method, target, body, before] of cases) {
    const world = await emulate(context, { timings: { subnetMs: 5_000 } });
    await before?.(world);
    const answer = await world.client.naver(method, target, body);
    const { error } = answer.json as { error: Record<string, unknown> };
    assert.deepEqual([answer.status, error['errorCode']], [status, String(code)], `${String(code)} ${answer.text}`);
    await world.emulator.close();
  }
  const documented = [
    80000, 80002, 80005, 80011, 80031, 80100, 80101, 80102, 80103, 80104, 80105, 80106, 80109, 80300, 80301, 80302, 80303, 80304, 80305,
    80306, 80307, 80308, 80316, 80322, 80324, 80500, 80501, 80502, 80503, 80504, 80505, 80506, 80507, 80508, 80511, 80512, 80517, 80518,
    80519, 80520, 80521, 80700, 80710, 80711, 80730, 80731, 80740, 80750, 80751, 80752, 80900, 80901, 81311, 81312, 81313, 81314,
  ];
  assert.deepEqual([...new Set([...cases.map(([code]) => code), ...elsewhere])].toSorted((left, right) => left - right), documented);
});

test('the detail of a firing is missing for a while, with the code seen in the cloud', async (context) => {
  const { client, clock } = await emulate(context, { runs: 'echo', timings: { activationGapMs: 30_000 } });
  const { activationId } = contentOf(await client.naver('POST', `${triggers}/on-push`, {}));
  const detail = `${triggers}/on-push/activations/${String(activationId)}`;
  const { status, json } = await client.naver('GET', detail);
  assert.deepEqual([status, (json as { error: { errorCode: string } }).error.errorCode], [404, '80518']);
  clock.now += 30_000;
  assert.equal(contentOf(await client.naver('GET', detail))['activationId'], activationId);
});

test('a subnet is free again once it was left for long enough', async (context) => {
  const { client, clock } = await emulate(context, { sampleData: 'none', timings: { subnetMs: 5_000 } });
  contentOf(await client.naver('PUT', `${actions}/a`, spec));
  contentOf(await client.naver('PUT', `${actions}/b`, spec));
  clock.now += 5_000;
  assert.equal((await client.naver('DELETE', `${actions}/a`)).status, 204);
  contentOf(await client.naver('PUT', `${actions}/c`, spec));
  clock.now += 5_000;
  for (const name of ['b', 'c']) assert.equal((await client.naver('DELETE', `${actions}/${name}`)).status, 204);
  assert.equal((await client.naver('PUT', `${actions}/d`, spec)).status, 500);
  clock.now += 5_000;
  contentOf(await client.naver('PUT', `${actions}/d`, spec));
});

test('a GitHub credential comes back with the answer to a write in both versions, and never again', async (context) => {
  const { client } = await emulate(context, { sampleData: 'none' });
  const newer = contentOf(await client.naver('PUT', `${triggers}/newer?type=github`, github));
  assert.deepEqual(newer['credential'], credential);
  const { events } = github;
  const link = { productId: 'p', apiName: 'a', stageName: 's' };
  const body = { trigger: { credentials: credential, events }, link };
  const older = contentOf(await client.naver('PUT', '/api/v2/triggers/older?type=github', body));
  assert.deepEqual(older['credentials'], credential);
  for (const target of [`${triggers}/newer`, '/api/v2/triggers/older', triggers]) {
    assert.equal((await client.naver('GET', target)).text.includes('ghp_example'), false);
  }
});
