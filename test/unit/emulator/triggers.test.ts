import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDue, parseCron } from '../../../src/emulator/functions/cron.ts';
import type { Answer } from './helpers.ts';
import { contentOf, emulate, noon } from './helpers.ts';

const p = '/ncf/api/v2';
const triggers = `${p}/triggers`;

async function assertError(asked: Promise<Answer>, status: number, code: number): Promise<void> {
  const answer = await asked;
  const { error } = answer.json as { error: Record<string, unknown> };
  assert.deepEqual([answer.status, error['errorCode']], [status, String(code)], answer.text);
}

const credential = { username: 'u', accessToken: 'ghp_example', repository: 'Org/repo' };
const github = { credential, events: ['push'], link: { productName: 'p', apiName: 'a', stageName: 's' } };

test('all six types of triggers are made and shown', async (context) => {
  const { client } = await emulate(context, { sampleData: 'none' });
  const bodies: Record<string, unknown> = {
    cron: { cronOption: '*/5 * * * *', description: 'd' },
    github,
    insight: { insightLink: [{ prodKey: 'k', ruleGrpId: 'r', reminderTime: 5 }] },
    object_storage: { objectStorageLink: [{ bucketName: 'b', eventRuleName: 'e' }] },
    source_commit: { sourceCommitLink: [{ repositoryName: 'r', webhookName: 'w', enable: false }] },
    secret_manager: { secretManagerLink: [{ secretName: 's' }] },
  };
  for (const [type, body] of Object.entries(bodies)) {
    const put = contentOf(await client.naver('PUT', `${triggers}/my-${type}?type=${type}`, body));
    assert.equal(put['type'], type);
    assert.deepEqual(put['credential'], type === 'github' ? credential : undefined);
    const got = contentOf(await client.naver('GET', `${triggers}/my-${type}`));
    assert.equal(Array.isArray(got['execOption']), true);
    assert.equal(JSON.stringify(got).includes('ghp_example'), false);
  }
  const list = contentOf(await client.naver('GET', triggers))['triggers'] as { name: string; type: string }[];
  assert.deepEqual(list.map(({ type }) => type).toReversed(), Object.keys(bodies));
  const cron = contentOf(await client.naver('GET', `${triggers}/my-cron`));
  assert.deepEqual(cron['execOption'], [{ key: 'cronOption', value: '*/5 * * * *' }]);
});

test('each field of a trigger is checked', async (context) => {
  const { emulator, client } = await emulate(context);
  const cases: readonly (readonly [number, string, unknown])[] = [
    [80503, '', {}],
    [80503, 'type=basic', {}],
    [80506, 'type=cron', {}],
    [80505, 'type=cron', { cronOption: 5 }],
    [80507, 'type=cron', { cronOption: '* * * *' }],
    [80507, 'type=cron', { cronOption: '60 * * * *' }],
    [80505, 'type=cron', { cronOption: '* * * * *', parameters: [] }],
    [80507, 'type=cron', { cronOption: '* * * * *', description: 'x'.repeat(3_001) }],
    [80506, 'type=github', { ...github, credential: { username: 'u' } }],
    [80506, 'type=github', { ...github, link: undefined }],
    [80505, 'type=github', { ...github, events: 'push' }],
    [80507, 'type=github', { ...github, events: ['jump'] }],
    [80507, 'type=insight', { insightLink: [{ prodKey: 'k', ruleGrpId: 'r', reminderTime: 4 }] }],
    [80711, 'type=insight', { insightLink: [{ prodKey: 'missing', ruleGrpId: 'r' }] }],
    [80506, 'type=object_storage', {}],
    [80731, 'type=object_storage', { objectStorageLink: [{ bucketName: 'b', eventRuleName: 'missing' }] }],
    [80740, 'type=source_commit', { sourceCommitLink: [{ repositoryName: 'r', webhookName: 'missing' }] }],
    [80751, 'type=secret_manager', { secretManagerLink: [{ secretName: 'missing' }] }],
    [80752, 'type=secret_manager', { secretManagerLink: [{ secretName: 'rotating-one' }] }],
    [80502, 'type=cron&platform=other', {}],
  ];
  for (const [code, query, body] of cases) {
    await assertError(client.naver('PUT', `${triggers}/mine?${query}`, body), 400, code);
  }
  for (const service of ['apiGateway', 'insight', 'objectStorage', 'secretManager'] as const) {
    emulator.world.functions.unsubscribed.add(service);
  }
  await assertError(client.naver('PUT', `${triggers}/mine?type=github`, github), 400, 80700);
  await assertError(client.naver('PUT', `${triggers}/mine?type=insight`, {}), 400, 80710);
  await assertError(client.naver('PUT', `${triggers}/mine?type=object_storage`, {}), 400, 80730);
  await assertError(client.naver('PUT', `${triggers}/mine?type=secret_manager`, {}), 400, 80750);
  await assertError(client.naver('PUT', `${triggers}/-a?type=cron`, {}), 400, 80500);
  await assertError(client.naver('PUT', `${triggers}/greet?type=cron`, { cronOption: '* * * * *' }), 409, 80011);
  await assertError(client.naver('PUT', `${triggers}/on-push?type=cron`, { cronOption: '* * * * *' }), 400, 80504);
  await assertError(client.naver('PUT', `${triggers}/on-push?type=github`, github), 400, 80507);
  await assertError(client.naver('GET', `${triggers}/none`), 404, 80501);
  await assertError(client.naver('DELETE', `${triggers}/none`), 404, 80501);
});

test('v2.0 wraps the body, uses older names and has no secret_manager', async (context) => {
  const { client } = await emulate(context, { sampleData: 'none' });
  const older = '/api/v2/triggers';
  await assertError(client.naver('PUT', `${older}/c?type=cron`, { cronOption: '* * * * *' }), 400, 80506);
  assert.equal(
    (await client.naver('PUT', `${older}/c?type=cron`, { trigger: { cronOption: '* * * * *' } })).status,
    200,
  );
  const shown = contentOf(await client.naver('GET', `${older}/c`));
  assert.deepEqual(shown['execOption'], { key: 'ncf_triggerOptions', value: [{ key: 'cron', value: '* * * * *' }] });
  const { events } = github;
  const body = { trigger: { credentials: credential, events }, link: { productId: 'p', apiName: 'a', stageName: 's' } };
  assert.equal((await client.naver('PUT', `${older}/g?type=github`, body)).status, 200);
  await assertError(client.naver('PUT', `${older}/s?type=secret_manager`, { trigger: {} }), 400, 80503);
});

test('actions are linked and unlinked, and then the trigger fires', async (context) => {
  const { client } = await emulate(context, { timings: { activationGapMs: 0 } });
  const path = `${triggers}/on-secret`;
  const link = `${path}/link-action`;
  await assertError(client.naver('POST', path, {}), 400, 80512);
  await assertError(client.naver('POST', path, 'half {'), 400, 80511);
  await assertError(client.naver('POST', link, ''), 400, 80520);
  await assertError(client.naver('POST', link, { action: 5 }), 400, 80520);
  await assertError(client.naver('POST', link, {}), 400, 80521);
  await assertError(client.naver('POST', link, { action: 'none' }), 404, 80301);
  await assertError(client.naver('DELETE', link, { action: 'hello-web' }), 404, 80900);
  await assertError(client.naver('POST', '/api/v2/triggers/every-morning/link-action', { action: 'form' }), 400, 80521);
  const linked = contentOf(await client.naver('POST', link, { action: 'send-mail', package: 'notify' }));
  assert.deepEqual(Object.keys(linked), ['action', 'trigger', 'namespace', 'status']);
  await assertError(client.naver('POST', link, { action: 'send-mail', package: 'notify' }), 409, 80901);
  // The odd example of the v2.1 page: package repeated in the action's name.
  contentOf(await client.naver('POST', link, { action: 'notify/greet', package: '-' }));
  contentOf(await client.naver('POST', link, { action: 'hello-web' }));
  assert.deepEqual(contentOf(await client.naver('GET', path))['actions'], [
    'notify/send-mail',
    'notify/greet',
    'hello-web',
  ]);
  const { activationId } = contentOf(await client.naver('POST', path, { to: 'a' }));
  const fired = contentOf(await client.naver('GET', `${path}/activations/${String(activationId)}`));
  assert.deepEqual([fired['end'], (fired['logs'] as unknown[]).length], [0, 3]);
  await assertError(client.naver('GET', `${path}/activations/${'0'.repeat(32)}`), 404, 80517);
  assert.equal((await client.naver('DELETE', link, { action: 'send-mail', package: 'notify' })).status, 204);
  assert.equal((await client.naver('DELETE', path)).status, 204);
});

test("a trigger's parameters stand above the action's and below those of the firing", async (context) => {
  const { client, clock } = await emulate(context, { runs: 'echo', timings: { activationGapMs: 0 } });
  const action = `${p}/packages/notify/actions/send-mail`;
  const { exec, limits, vpc } = contentOf(await client.naver('GET', action));
  await client.naver('PUT', action, { exec, limits, vpc: [vpc], parameters: { a: 'action', b: 'action', c: 'action' } });
  const parameters = { b: 'trigger', c: 'trigger' };
  await client.naver('PUT', `${triggers}/mine?type=cron`, { cronOption: '0 0 1 1 *', parameters });
  contentOf(await client.naver('POST', `${triggers}/mine/link-action`, { action: 'send-mail', package: 'notify' }));
  const { activationId } = contentOf(await client.naver('POST', `${triggers}/mine`, { c: 'firing' }));
  const fired = contentOf(await client.naver('GET', `${triggers}/mine/activations/${String(activationId)}`));
  const run = JSON.parse((fired['logs'] as string[])[0] ?? '') as { activationId: string };
  const detail = `${action}/activations/${run.activationId}`;
  clock.now += 60_000;
  const { result } = contentOf(await client.naver('GET', detail))['response'] as { result: unknown };
  assert.deepEqual(result, { sender: 'no-reply@shop.example', a: 'action', b: 'trigger', c: 'firing' });
});

test('a trigger has at most ten links, and so has an action', async (context) => {
  const { emulator, client } = await emulate(context, { sampleData: 'none' });
  const { functions } = emulator.world;
  const action = { description: '', parameters: {}, exec: { kind: 'nodejs:22' }, rawHttp: false, customOptions: false };
  const trigger = { description: '', parameters: {}, options: [] };
  for (let index = 0; index <= 10; index += 1) {
    functions.addAction('vpc', { pkg: '-', name: `a${index}` }, 'basic', action);
    functions.addTrigger('vpc', `t${index}`, 'cron', trigger);
  }
  for (let index = 0; index < 10; index += 1) {
    contentOf(await client.naver('POST', `${triggers}/t0/link-action`, { action: `a${index}` }));
    if (index > 0) contentOf(await client.naver('POST', `${triggers}/t${index}/link-action`, { action: 'a0' }));
  }
  await assertError(client.naver('POST', `${triggers}/t0/link-action`, { action: 'a10' }), 422, 80519);
  await assertError(client.naver('POST', `${triggers}/t10/link-action`, { action: 'a0' }), 422, 80324);
});

test('cron triggers fire by the clock, at Korean time', async (context) => {
  const { client, clock } = await emulate(context);
  const total = async (path: string): Promise<unknown> => contentOf(await client.naver('GET', path))['totalCount'];
  const own = `${triggers}/every-five-minutes/activations`;
  const runs = `${p}/packages/analytics/actions/count-sessions/activations`;
  const [firings, before] = [Number(await total(own)), Number(await total(runs))];
  clock.now += 16 * 60_000;
  assert.deepEqual([await total(own), await total(runs)], [firings + 3, before + 3]);
});

test('cron texts are read as UNIX reads them', () => {
  const due = (text: string, time: string): boolean => {
    const schedule = parseCron(text);
    assert.ok(schedule, text);
    return isDue(schedule, Date.parse(time));
  };
  assert.equal(due('0 10 * * 1', '2026-03-02T10:00:00+09:00'), true);
  assert.equal(due('0 10 * * 1', '2026-03-03T10:00:00+09:00'), false);
  assert.equal(due('0 12 * * 7', '2026-03-01T12:00:00+09:00'), true);
  assert.equal(due('0 12 13 * 1', new Date(noon).toISOString()), true);
  assert.equal(due('0 12 13 * *', new Date(noon).toISOString()), false);
  assert.equal(due('10-20/5,40 * * * *', '2026-03-02T10:15:00+09:00'), true);
  assert.equal(due('10-20/5,40 * * * *', '2026-03-02T10:16:00+09:00'), false);
  for (const bad of [
    '',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '*/0 * * * *',
    '5-1 * * * *',
    'MON * * * *',
    'a * * * *',
    '1,,2 * * * *',
  ]) {
    assert.equal(parseCron(bad), undefined, bad);
  }
});
