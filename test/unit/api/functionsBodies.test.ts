import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { actionBody, textsIn } from '../../../src/api/functions/bodies.ts';
import { FunctionsClient } from '../../../src/api/functions/client.ts';
import type { ActionSpec, TriggerSource, TriggerSpec } from '../../../src/model/functions.ts';
import { actionIn, actionSpec, ECHO, functionsWorld, GITHUB, PLACES, TOKEN, triggerSpec, type FunctionsWorld } from './functionsWorld.ts';
import { connect, errorOf, json, naver, NAVER_SECRETS, serve } from './support.ts';

const LIMITS = { timeout: 60_000, memory: 256 };
const VPC = [{ vpcNo: 21_538, subnetNo: 45_007 }];
const EXEC = { kind: 'nodejs:22', binary: false, code: ECHO, main: 'main' };

/** Query and body of the only request that some work sends. */
async function sent({ seen }: Pick<FunctionsWorld, 'seen'>, work: Promise<unknown>): Promise<readonly [query: string, body: unknown]> {
  const before = seen.length;
  await work;
  assert.equal(seen.length, before + 1);
  const { target = '', body = '' } = seen[before] ?? {};
  return [target.split('?')[1] ?? '', JSON.parse(body)];
}

test('every type of action in v2.1 (cloudfunctions.md §5.3)', async (t) => {
  const world = await functionsWorld(t);
  const { client } = world;
  const put = (changes: Partial<ActionSpec>): ReturnType<typeof sent> => sent(world, client.putAction(actionSpec(changes)));
  const common = { description: 'd', parameters: {} };
  assert.deepEqual(await put({}), ['platform=vpc&type=basic', { ...common, exec: EXEC, limits: LIMITS, vpc: VPC }]);
  assert.deepEqual(
    await put({ name: 'page', type: 'web', isRawHttp: true, hasCustomOptions: false }),
    ['platform=vpc&type=web', { ...common, exec: EXEC, limits: LIMITS, vpc: VPC, 'raw-http': true, 'custom-options': false }],
  );
  const sequence = { runtime: 'sequence', code: undefined, isBinary: undefined, main: undefined, memoryMb: undefined, timeoutMs: undefined, vpc: [] };
  const exec = { kind: 'sequence', components: ['-/resize', '-/page'] };
  assert.deepEqual(await put({ ...sequence, name: 'chain', type: 'sequence', components: exec.components }), ['platform=vpc&type=sequence', { description: 'd', exec }]);
  assert.deepEqual(
    await put({ ...sequence, name: 'chained', type: 'sequence-web', components: exec.components, isRawHttp: false, hasCustomOptions: true, parameters: { a: 1 } }),
    ['platform=vpc&type=sequence-web', { description: 'd', parameters: { a: 1 }, exec, 'raw-http': false, 'custom-options': true }],
  );
  const image = { runtime: 'custom image', imageUri: 'registry/image:1', code: undefined, isBinary: undefined, main: undefined };
  assert.deepEqual(
    await put({ ...image, name: 'image' }),
    ['platform=vpc&type=basic', { ...common, exec: { kind: 'custom image', imageUri: 'registry/image:1' }, limits: LIMITS, vpc: VPC }],
  );
  const archive = Buffer.from('PK').toString('base64');
  assert.deepEqual(
    await put({ name: 'jar', runtime: 'java:21', code: archive, isBinary: true, main: 'com.example.Main' }),
    ['platform=vpc&type=basic', { ...common, exec: { kind: 'java:21', binary: true, code: archive, main: 'com.example.Main' }, limits: LIMITS, vpc: VPC }],
  );
});

test('actions in v2.0: a flag for the type, one VPC (cloudfunctions.md §5.4)', async (t) => {
  const world = await functionsWorld(t, { place: 'government' });
  const put = (changes: Partial<ActionSpec>): ReturnType<typeof sent> => sent(world, world.client.putAction(actionIn('government', changes)));
  const common = { description: 'd', parameters: {}, exec: EXEC, limits: LIMITS };
  assert.deepEqual(await put({}), ['', { ...common, web: false }]);
  // Flags that every action of v2.0 is told with are for web actions only.
  assert.deepEqual(await put({ isRawHttp: false, hasCustomOptions: false }), ['', { ...common, web: false }]);
  assert.deepEqual(
    await put({ name: 'page', type: 'web', isRawHttp: true, hasCustomOptions: true }),
    ['', { ...common, 'raw-http': true, 'custom-options': true, web: true }],
  );
  const none = { code: undefined, isBinary: undefined, main: undefined, memoryMb: undefined, timeoutMs: undefined };
  const exec = { kind: 'sequence', components: ['-/resize'] };
  const chain = { ...none, runtime: 'sequence', components: exec.components };
  assert.deepEqual(await put({ ...chain, name: 'chain', type: 'sequence' }), ['', { description: 'd', exec, web: false }]);
  assert.deepEqual(await put({ ...chain, name: 'chained', type: 'sequence-web' }), ['', { description: 'd', exec, web: true }]);
  // What was read on a VPC of v2.0 goes back as the object it was.
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '{}'));
  const other = new FunctionsClient(connect(t, naver(origin, { zone: 'government' }), NAVER_SECRETS).connection, 'KR');
  assert.deepEqual((await sent({ seen }, other.putAction(actionSpec())))[1], { ...common, vpc: VPC[0], web: false });
});

test('what is read of an action goes back as it was, and changes nothing', async (t) => {
  const world = await functionsWorld(t, { emulator: { sampleData: 'demo' } });
  for (const place of PLACES) {
    const client = world.in(place);
    const packages = ['-', ...(await client.listPackages()).map(({ name }) => name)];
    let count = 0;
    for (const pkg of packages) {
      for (const { name } of await client.listActions(pkg)) {
        const before = await client.rawAction(pkg, name);
        const { resourceId, ...spec } = await client.getAction(pkg, name);
        assert.ok(resourceId !== undefined);
        await client.putAction(spec);
        assert.equal(await client.rawAction(pkg, name), before, `${place} ${pkg}/${name}`);
        count += 1;
      }
    }
    assert.ok(count > 0 || place === 'financial', place);
  }
});

test('one change of an action leaves the rest as it was', async (t) => {
  const { client } = await functionsWorld(t);
  await client.putAction(actionSpec({ type: 'web', isRawHttp: true, hasCustomOptions: true, parameters: { big: 2n ** 60n }, main: 'start', memoryMb: 1_024, timeoutMs: 500 }));
  const before = await client.getAction('-', 'resize');
  await client.putAction({ ...before, code: `${ECHO}// changed\n` });
  assert.deepEqual(await client.getAction('-', 'resize'), { ...before, code: `${ECHO}// changed\n` });
});

test('a web action whose detail tells no type is still one, and nothing is made up of another (cloudfunctions.md §5.2)', async (t) => {
  const answers = {
    web: '{"content":{"name":"a","exec":{"kind":"nodejs:22","code":"","binary":false,"main":"main"},"custom-options":false,"raw-http":true,"vpc":{}}}',
    'sequence-web': '{"content":{"name":"a","exec":{"kind":"sequence","components":["-/b"]},"custom-options":true}}',
    unknown: '{"content":{"name":"a","exec":{"kind":"nodejs:22","code":""},"vpc":[{"vpcNo":1,"subnetNo":2}]}}',
  };
  let body = '';
  const { origin, seen } = await serve(t, (_seen, response) => json(response, body));
  const client = new FunctionsClient(connect(t, naver(origin), NAVER_SECRETS).connection, 'KR');
  const again = async (text: string): ReturnType<typeof sent> => {
    body = text;
    const read = await client.getAction('-', 'a');
    return sent({ seen }, client.putAction(read));
  };
  assert.deepEqual(await again(answers.web), [
    'platform=vpc&type=web',
    { description: '', parameters: {}, exec: { kind: 'nodejs:22', binary: false, code: '', main: 'main' }, 'raw-http': true, 'custom-options': false },
  ]);
  assert.deepEqual((await again(answers['sequence-web']))[0], 'platform=vpc&type=sequence-web');
  assert.deepEqual(await again(answers.unknown), [
    'platform=vpc',
    { description: '', parameters: {}, exec: { kind: 'nodejs:22', binary: false, code: '' }, vpc: [{ vpcNo: 1, subnetNo: 2 }] },
  ]);
});

const SOURCES: readonly (readonly [source: TriggerSource, body: object])[] = [
  [{ type: 'cron', cronOption: '0 10 * * 1' }, { cronOption: '0 10 * * 1' }],
  [
    { type: 'insight', rules: [{ prodKey: 'k', ruleGrpId: 'g', reminderTime: 30, enableNotiWhenEventClose: true }, { prodKey: 'l', ruleGrpId: 'h', reminderTime: undefined, enableNotiWhenEventClose: undefined }] },
    { insightLink: [{ prodKey: 'k', ruleGrpId: 'g', reminderTime: 30, enableNotiWhenEventClose: true }, { prodKey: 'l', ruleGrpId: 'h' }] },
  ],
  [{ type: 'object_storage', rules: [{ bucketName: 'b', eventRuleName: 'r' }] }, { objectStorageLink: [{ bucketName: 'b', eventRuleName: 'r' }] }],
  [
    { type: 'source_commit', webhooks: [{ repositoryName: 'r', webhookName: 'w', enable: false }] },
    { sourceCommitLink: [{ repositoryName: 'r', webhookName: 'w', enable: false }] },
  ],
  [{ type: 'secret_manager', secretName: 'db' }, { secretManagerLink: [{ secretName: 'db' }] }],
];

test('every type of trigger in v2.1 (cloudfunctions.md §7.3)', async (t) => {
  const world = await functionsWorld(t);
  const common = { description: 'd', parameters: {} };
  const put = (spec: TriggerSpec): ReturnType<typeof sent> => sent(world, world.client.putTrigger(spec));
  for (const [source, body] of SOURCES) {
    assert.deepEqual(await put(triggerSpec(source.type, source)), [`platform=vpc&type=${source.type}`, { ...common, ...body }]);
    assert.equal((await world.client.getTrigger(source.type)).type, source.type);
  }
  const github = { credential: { username: 'octo', accessToken: TOKEN, repository: 'Org/repo' }, events: ['push', 'pull_request'] };
  const created: object = { ...common, ...github, link: { productName: 'p', apiName: 'a', stageName: 's' } };
  assert.deepEqual(await put(triggerSpec('hub', GITHUB)), ['platform=vpc&type=github', created]);
  // The link is for the creation alone; parameters that the service did not tell are not made up.
  const again = { ...triggerSpec('hub', { ...GITHUB, link: undefined }), parameters: undefined };
  assert.deepEqual(await put(again), ['platform=vpc&type=github', { description: 'd', ...github }]);
});

test('triggers in v2.0 stand in a wrapper, their link beside it (cloudfunctions.md §7.4)', async (t) => {
  const world = await functionsWorld(t, { place: 'government' });
  const common = { description: 'd', parameters: {} };
  assert.deepEqual(await sent(world, world.client.putTrigger(triggerSpec())), ['type=cron', { trigger: { ...common, cronOption: '*/5 * * * *' } }]);
  const github = { credentials: { username: 'octo', accessToken: TOKEN, repository: 'Org/repo' }, events: ['push', 'pull_request'] };
  const created: object = { trigger: { ...common, ...github }, link: { productId: 'p', apiName: 'a', stageName: 's' } };
  assert.deepEqual(await sent(world, world.client.putTrigger(triggerSpec('hub', GITHUB))), ['type=github', created]);
});

test('texts in parameters are found at any depth', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const found: string[] = [];
    JSON.stringify(value, (_key, one: unknown) => {
      if (typeof one === 'string') found.push(one);
      return one;
    });
    assert.deepEqual(textsIn(value), found);
  }));
});

test('a sequence known by its type alone keeps its order; flags of a type of the future go back', () => {
  const body = (changes: Partial<ActionSpec>): unknown => actionBody(actionSpec(changes), { version: 'v2.1' }).body;
  const known = { runtime: undefined, code: undefined, isBinary: undefined, main: undefined, components: ['-/b', '-/a'] };
  for (const type of ['sequence', 'sequence-web']) {
    assert.partialDeepStrictEqual(body({ ...known, type }), { exec: { kind: 'sequence', components: ['-/b', '-/a'] } });
  }
  assert.partialDeepStrictEqual(body({ type: 'web-v3', isRawHttp: true, hasCustomOptions: false }), { 'raw-http': true, 'custom-options': false });
});

test('a refusal that repeats the code says nothing of it', async (t) => {
  const { emulator, client } = await functionsWorld(t);
  emulator.faults.inject({
    method: 'PUT',
    effect: { kind: 'reply', status: 400, body: JSON.stringify({ error: { errorCode: '80307', message: 'ACTION_BODY_INVALID_VALUE', details: 'exec.code: const KEY = "CANARY-SECRET-123";' } }), headers: { 'content-type': 'application/json' } },
  });
  const error = await errorOf(client.putAction(actionSpec({ code: 'const KEY = "CANARY-SECRET-123";' })));
  assert.doesNotMatch(JSON.stringify(error.details), /CANARY|SECRET/);
  assert.match(JSON.stringify(error.details), /exec\.code/);
});

test('large code may come slowly: reading an action outlasts the timeout of all else', async (t) => {
  let finish = (): void => undefined;
  const { origin } = await serve(t, ({ target }, response) => {
    if (!target.includes('/actions/')) return;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"content":{"name":"a",');
    finish = () => void response.end('"exec":{"kind":"nodejs:22","code":"x"}}}');
  });
  const { connection } = connect(t, naver(origin), NAVER_SECRETS, { timeoutMs: () => 50 });
  const client = new FunctionsClient(connection, 'KR');
  const action = client.getAction('-', 'a');
  // What was asked later is given up before it.
  assert.equal((await errorOf(client.getPackage('a'))).kind, 'timeout');
  finish();
  assert.equal((await action).code, 'x');
});

test('default parameters go back as they stood where they were not changed', async (t) => {
  const parameters = '{"ratio":1.0,"pi":3.14159265358979323846,"big":1e400,"id":9007199254740993}';
  const { origin, seen } = await serve(t, ({ method }, response) => {
    json(response, method === 'GET' ? `{"content":{"name":"a","type":"basic","parameters":${parameters},"exec":{"kind":"python:3.13","code":"x","binary":false}}}` : '{"content":{}}');
  });
  const { connection } = connect(t, naver(origin), NAVER_SECRETS);
  const client = new FunctionsClient(connection, 'KR');
  await client.putAction({ ...(await client.getAction('-', 'a')), code: 'y' });
  assert.ok(seen.at(-1)?.body.includes(`"parameters":${parameters}`));
});
