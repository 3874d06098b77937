import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FunctionsClient } from '../../../src/api/functions/client.ts';
import { connect, json, naver, NAVER_SECRETS, serve } from './support.ts';
import { actionIn, fixture, functionsWorld, PLACES, triggerSpec, WIRE, type FunctionsWorld, type Place } from './functionsWorld.ts';

/** The 21 operations of the index (cloudfunctions.md §2), as the emulator names them. */
const OPERATIONS = [
  'listPackages', 'getPackage', 'putPackage', 'deletePackage',
  'listActions', 'getAction', 'putAction', 'postAction', 'deleteAction', 'listActionActivations', 'getActionActivation',
  'listTriggers', 'getTrigger', 'putTrigger', 'fireTrigger', 'deleteTrigger', 'linkAction', 'unlinkAction',
  'listTriggerActivations', 'getTriggerActivation', 'listActivations',
];

const PACKAGE = JSON.parse(fixture('put-package-request.json')) as { readonly description: string; readonly parameters: Record<string, unknown> };
const AT = { pkg: 'package001', name: 'myaction' } as const;

/** What one operation sent, and what it gave. */
class Wire {
  readonly #world: FunctionsWorld;
  readonly #place: Place;

  constructor(world: FunctionsWorld, place: Place) {
    this.#world = world;
    this.#place = place;
  }

  /** Does one operation and compares its only request. */
  async sends<T>(method: string, path: string, body: unknown, work: Promise<T>, query = ''): Promise<T> {
    const before = this.#world.seen.length;
    const result = await work;
    const [one, ...more] = this.#world.seen.slice(before);
    assert.deepEqual(more, []);
    const wire = WIRE[this.#place];
    const all = [wire.query, query].filter((part) => part !== '').join('&');
    assert.equal(`${one?.method} ${one?.target}`, `${method} ${wire.prefix}${path}${all === '' ? '' : `?${all}`}`);
    assert.equal(one?.body, body === undefined ? '' : JSON.stringify(body));
    assert.equal(one.headers['content-type'], 'application/json');
    return result;
  }
}

for (const place of PLACES) {
  test(`each of the 21 operations, as documented and as answered: ${place}`, async (t) => {
    const world = await functionsWorld(t, { place });
    const { client, emulator } = world;
    const wire = new Wire(world, place);
    const isNewer = place !== 'government';
    const P = '/packages/package001';
    const A = `${P}/actions/myaction`;
    const T = '/triggers/mytrigger_cron';

    // Packages (§4).
    await wire.sends('PUT', P, PACKAGE, client.putPackage({ name: 'package001', ...PACKAGE }));
    assert.deepEqual(await wire.sends('GET', '/packages', undefined, client.listPackages()), [{ name: 'package001', description: 'Create package' }]);
    const { resourceId, ...pkg } = await wire.sends('GET', P, undefined, client.getPackage('package001'));
    assert.ok(resourceId !== undefined);
    const platform = place === 'vpc' || place === 'financial' ? 'vpc' : 'classic';
    assert.deepEqual(pkg, { name: 'package001', ...PACKAGE, actions: [], platform });

    // Actions (§5).
    const spec = actionIn(place, { ...AT, parameters: { size: 'small' } });
    const { code, main } = spec;
    const common = {
      description: 'd',
      parameters: { size: 'small' },
      exec: { kind: 'nodejs:22', binary: false, code, main },
      limits: { timeout: 60_000, memory: 256 },
    };
    const sent = { ...common, ...(spec.vpc.length === 0 ? {} : { vpc: spec.vpc }), ...(isNewer ? {} : { web: false }) };
    await wire.sends('PUT', A, sent, client.putAction(spec), isNewer ? 'type=basic' : '');
    const row = { ...AT, description: 'd', runtime: 'nodejs:22', type: 'basic' };
    assert.deepEqual(await wire.sends('GET', `${P}/actions`, undefined, client.listActions('package001')), [row]);
    const { resourceId: id, ...action } = await wire.sends('GET', A, undefined, client.getAction('package001', 'myaction'));
    assert.ok(id !== undefined);
    assert.deepEqual(action, { ...spec, ...(isNewer ? {} : { isRawHttp: false, hasCustomOptions: false }) });
    const run = await wire.sends('POST', A, { size: 'large' }, client.runAction(AT, { size: 'large' }, 10_000), 'timeout=10000');
    const { ended } = run;
    assert.deepEqual([ended?.isSuccess, ended?.status, ended?.name], [true, 'success', 'myaction']);
    assert.equal((ended?.result as { readonly size?: string }).size, 'large');

    // Activations (§6).
    const page = 'pageNo=1&pageSize=5';
    const [first] = (await wire.sends('GET', `${A}/activations`, undefined, client.listActionActivations(AT.pkg, AT.name, { pageNo: 1, pageSize: 5 }), page)).activations;
    assert.deepEqual(first, { activationId: run.activationId, durationMs: ended?.durationMs, status: 'success' });
    const detail = await wire.sends('GET', `${A}/activations/${run.activationId}`, undefined, client.getActionActivation(AT.pkg, AT.name, run.activationId));
    assert.deepEqual({ ...detail, logs: [] }, ended);
    assert.equal((await wire.sends('GET', '/activations', undefined, client.listActivations())).totalCount, 1);

    // Triggers and their links (§7, §8).
    const cron = { description: 'd', parameters: {}, cronOption: '*/5 * * * *' };
    await wire.sends('PUT', T, isNewer ? cron : { trigger: cron }, client.putTrigger(triggerSpec('mytrigger_cron')), 'type=cron');
    assert.deepEqual(await wire.sends('GET', '/triggers', undefined, client.listTriggers()), [{ name: 'mytrigger_cron', type: 'cron' }]);
    await wire.sends('POST', `${T}/link-action`, { action: 'myaction', package: 'package001' }, client.linkAction('mytrigger_cron', AT));
    const trigger = await wire.sends('GET', T, undefined, client.getTrigger('mytrigger_cron'));
    assert.deepEqual([trigger.type, trigger.description, trigger.actions], ['cron', 'd', ['package001/myaction']]);
    assert.deepEqual(trigger.options, [{ key: isNewer ? 'cronOption' : 'cron', value: '*/5 * * * *' }]);
    const fired = await wire.sends('POST', T, {}, client.fireTrigger('mytrigger_cron', {}));
    const ids = (await wire.sends('GET', `${T}/activations`, undefined, client.listTriggerActivations('mytrigger_cron'))).activations;
    assert.deepEqual(ids.map(({ activationId }) => activationId), [fired]);
    const own = await wire.sends('GET', `${T}/activations/${fired}`, undefined, client.getTriggerActivation('mytrigger_cron', fired));
    assert.deepEqual([own.activationId, own.endMs, own.name], [fired, undefined, 'mytrigger_cron']);
    await wire.sends('DELETE', `${T}/link-action`, { action: 'myaction', package: 'package001' }, client.unlinkAction('mytrigger_cron', AT));
    await wire.sends('DELETE', T, undefined, client.deleteTrigger('mytrigger_cron'));
    await wire.sends('DELETE', A, undefined, client.deleteAction(AT));
    await wire.sends('DELETE', P, undefined, client.deletePackage('package001'));

    assert.deepEqual([await client.listPackages(), await client.listActions('-'), await client.listTriggers()], [[], [], []]);
    assert.deepEqual([...new Set(emulator.log.map(({ operation }) => operation))].toSorted(), OPERATIONS.toSorted());
  });
}

test('what the documents show is read, and what they send is sent', async (t) => {
  const answers: readonly (readonly [fixture: string, (client: FunctionsClient) => Promise<unknown>, expected: unknown])[] = [
    ['list-packages.json', (client) => client.listPackages(), [{ name: 'package001', description: 'Create package' }, { name: 'package000', description: '' }]],
    [
      'get-package.json',
      (client) => client.getPackage('package001'),
      { name: 'package001', ...PACKAGE, actions: [], platform: 'classic', resourceId: 'xS***' },
    ],
    [
      'list-actions.json',
      (client) => client.listActions('p'),
      [
        { name: 'myaction', pkg: 'p', description: 'My action', runtime: 'python:3.11', type: 'basic' },
        { name: 'mywebaction', pkg: 'p', description: 'My web action', runtime: 'python:3.11', type: 'web' },
      ],
    ],
    ['list-triggers.json', (client) => client.listTriggers(), [{ name: 'my_cron_trigger', type: 'cron' }]],
    [
      'get-trigger.json',
      (client) => client.getTrigger('mytrigger_cron'),
      {
        name: 'mytrigger_cron', type: 'cron', description: 'My Cron Trigger', actions: [], parameters: undefined,
        options: [{ key: 'cronOption', value: '* * * * *' }], resourceId: 'qyyec',
      },
    ],
    [
      'list-activations.json',
      (client) => client.listActivations(),
      { activations: [{ activationId: '18718fde21424114b18fde21428114c8', durationMs: 34, status: 'success' }], totalCount: 1 },
    ],
    ['fire-trigger.json', (client) => client.fireTrigger('t', {}), 'e251b49a25094dcd91b49a25093dcdb0'],
  ];
  for (const [name, ask, expected] of answers) {
    const { origin } = await serve(t, (_seen, response) => json(response, fixture(name)));
    assert.deepEqual(await ask(new FunctionsClient(connect(t, naver(origin), NAVER_SECRETS).connection, 'KR')), expected, name);
  }
  const { origin, seen } = await serve(t, (_seen, response) => { response.writeHead(204).end(); });
  const client = new FunctionsClient(connect(t, naver(origin, { zone: 'government' }), NAVER_SECRETS).connection, 'KR');
  await client.linkAction('t', { pkg: 'pckg', name: 'act-02' });
  await client.unlinkAction('t', { pkg: 'pckg', name: 'act-02' });
  for (const { body } of seen) assert.equal(body, fixture('link-action-request-v2.0.json'));
});

test('what tells no more than its name is read all the same', async (t) => {
  let answer = '{"content":{"name":"a"}}';
  const { origin } = await serve(t, (_seen, response) => json(response, answer));
  const client = new FunctionsClient(connect(t, naver(origin), NAVER_SECRETS).connection, 'KR');
  const trigger = await client.getTrigger('a');
  assert.deepEqual([trigger.name, trigger.type, trigger.options, trigger.actions, trigger.parameters], ['a', undefined, [], [], undefined]);
  const action = await client.getAction('-', 'a');
  assert.deepEqual([action.name, action.type, action.runtime, action.code, action.parameters, action.vpc], ['a', undefined, undefined, undefined, {}, []]);
  assert.deepEqual((await client.getPackage('a')).actions, []);
  answer = '{"content":{}}';
  assert.deepEqual([await client.listActions('-'), await client.listTriggers(), await client.listActivations()], [[], [], { activations: [], totalCount: undefined }]);
});

test('a write succeeded whatever its answer holds, but not when a page answered', async (t) => {
  let answer: readonly [status: number, body: string] = [200, ''];
  const { origin } = await serve(t, (_seen, response) => json(response, answer[1], answer[0]));
  const client = new FunctionsClient(connect(t, naver(origin), NAVER_SECRETS).connection, 'KR');
  const write = (): Promise<unknown> => Promise.all([
    client.putPackage({ name: 'p', description: '', parameters: {} }),
    client.putAction(actionIn('vpc')),
    client.putTrigger(triggerSpec()),
    client.linkAction('t', AT),
    client.unlinkAction('t', AT),
    client.deleteAction(AT),
  ]);
  for (answer of [[200, ''], [201, '{"content":{}}'], [200, 'OK'], [202, 'null'], [200, '{"content":{"name":7']] as const) await write();
  answer = [200, '<html>Sign in</html>'];
  await assert.rejects(write(), { kind: 'unexpectedResponse' });
});
