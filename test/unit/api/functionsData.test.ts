import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FunctionsClient } from '../../../src/api/functions/client.ts';
import type { ResourceWrite, ResourceWriteEnd, WriteLog } from '../../../src/model/resourceWrite.ts';
import { ACTION, actionSpec, functionsWorld, GITHUB, TOKEN, TRIGGER, triggerSpec } from './functionsWorld.ts';
import { connect, errorOf, failure, isSigned, json, naver, NAVER_SECRETS, serve } from './support.ts';

const AT = { pkg: '-', name: 'resize' } as const;
const BIG = { order: 9_007_199_254_740_993n, deep: [{ least: -18_446_744_073_709_551_615n }], half: 0.5, text: '9007199254740993' };
const BIG_JSON = '{"order":9007199254740993,"deep":[{"least":-18446744073709551615}],"half":0.5,"text":"9007199254740993"}';

test('numbers in parameters lose no digit on either way', async (t) => {
  const { client, seen } = await functionsWorld(t);
  await client.putPackage({ name: 'tools', description: '', parameters: BIG });
  await client.putAction(actionSpec({ parameters: BIG }));
  await client.putTrigger({ ...triggerSpec(), parameters: BIG });
  await client.linkAction('nightly', AT);
  for (const { body } of seen.slice(0, 3)) assert.ok(body.includes(`"parameters":${BIG_JSON}`), body);
  assert.deepEqual((await client.getPackage('tools')).parameters, BIG);
  assert.deepEqual((await client.getAction('-', 'resize')).parameters, BIG);
  assert.deepEqual((await client.getTrigger('nightly')).parameters, BIG);
  assert.ok((await client.rawAction('-', 'resize')).includes(BIG_JSON));
  await client.runAction(AT, BIG, 0);
  assert.equal(seen.at(-1)?.body, BIG_JSON);
  await client.fireTrigger('nightly', BIG);
  assert.equal(seen.at(-1)?.body, BIG_JSON);
});

test('names of members that mean something to JavaScript are names like others', async (t) => {
  const { client } = await functionsWorld(t);
  const parameters = JSON.parse('{"__proto__":{"a":1},"constructor":2,"toString":null,"":3,"주문 🚚":4}') as Readonly<Record<string, unknown>>;
  await client.putAction(actionSpec({ parameters }));
  const read = (await client.getAction('-', 'resize')).parameters;
  assert.deepEqual(Object.entries(read).toSorted(), Object.entries(parameters).toSorted());
});

test('any name is one segment of the path, signed as it is sent', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '{"error":{"errorCode":"80301","message":"ACTION_NOT_FOUND"}}', 404));
  const client = new FunctionsClient(connect(t, naver(origin), NAVER_SECRETS).connection, 'KR');
  for (const name of ['a/b', '주문🚚', 'a?b#c', '%2F', "it's (one)", '$(x)', 'a b', '...', '-', '\u{d800}']) {
    for (const ask of [client.getAction(name, name), client.runAction({ pkg: name, name }, {}, 0), client.getTriggerActivation(name, name)]) {
      assert.equal((await errorOf(ask)).details.code, '80301');
    }
    const encoded = encodeURIComponent(name.toWellFormed()).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
    assert.deepEqual(seen.slice(-3).map(({ target }) => target), [
      `/ncf/api/v2/packages/${encoded}/actions/${encoded}?platform=vpc`,
      `/ncf/api/v2/packages/${encoded}/actions/${encoded}?platform=vpc&timeout=0`,
      `/ncf/api/v2/triggers/${encoded}/activations/${encoded}?platform=vpc`,
    ]);
  }
  assert.ok(seen.every(isSigned));
  const count = seen.length;
  // Servers and proxies resolve these: another resource would be reached.
  for (const name of ['', '.', '..']) {
    const asks: readonly (() => Promise<unknown>)[] = [
      () => client.deleteAction({ pkg: '-', name }), () => client.deletePackage(name), () => client.listActions(name),
    ];
    for (const ask of asks) assert.equal((await failure(Promise.resolve().then(ask), 'invalid')).reason, 'name');
  }
  assert.equal(seen.length, count);
});

test('lists of 500, in one request each', async (t) => {
  const { client, emulator, seen } = await functionsWorld(t);
  const { functions } = emulator.world;
  for (let index = 0; index < 500; index += 1) {
    functions.addPackage('vpc', `p${index}`, '설명'.repeat(100), {});
    functions.addAction('vpc', { pkg: 'p0', name: `a${index}` }, 'basic', ACTION);
    functions.addTrigger('vpc', `t${index}`, 'cron', TRIGGER);
  }
  const lists = [await client.listPackages(), await client.listActions('p0'), await client.listTriggers()];
  for (const list of lists) assert.equal(new Set(list.map(({ name }) => name)).size, 500);
  assert.equal((await client.getPackage('p0')).actions.length, 500);
  assert.equal(seen.length, 4);
});

test('more is read of actions than of anything else: 38 MB of code is more than 32 MB', async (t) => {
  const code = 'x'.repeat(38 * 1_048_576);
  const answer = `{"content":{"name":"resize","exec":{"kind":"nodejs:22","code":"${code}"}}}`;
  const { origin, seen } = await serve(t, (_seen, response) => json(response, answer));
  const client = new FunctionsClient(connect(t, naver(origin), NAVER_SECRETS).connection, 'KR');
  // The answer repeats it.
  await client.putAction(actionSpec());
  const read = await client.getAction('-', 'resize');
  assert.ok(read.code === code);
  assert.equal((await client.rawAction('-', 'resize')).length, answer.length);
  assert.equal((await failure(client.rawTrigger('t'), 'unexpectedResponse')).reason, 'tooLarge');
  assert.equal(seen.length, 4);
});

test('large code has the time that it needs to be sent', async (t) => {
  const { client, emulator } = await functionsWorld(t, { deps: { timeoutMs: () => 1 } });
  emulator.faults.inject({ effect: { kind: 'delay', ms: 50 } });
  await client.putAction(actionSpec({ code: '//'.repeat(1_048_576) }));
  emulator.faults.inject({ effect: { kind: 'hang' } });
  assert.equal((await errorOf(client.putAction(actionSpec()))).kind, 'timeout');
});

test('code keeps its line ends, its spaces and its marks', async (t) => {
  const { client } = await functionsWorld(t);
  for (const code of ['\r\n\r\r\n \t', '', '\uFEFFlet a;', 'a\u2028b\u0000c', '주문 🚚 \\u0041 "\'`${x}']) {
    await client.putAction(actionSpec({ code }));
    assert.equal((await client.getAction('-', 'resize')).code, code);
  }
});

/** Takes down what is written. */
class MemoryWrites implements WriteLog {
  readonly lines: (ResourceWrite | ResourceWriteEnd)[] = [];

  leaving(write: ResourceWrite): (end: ResourceWriteEnd) => void {
    this.lines.push({ ...write });
    return (end) => this.lines.push(end);
  }
}

test('a GitHub token is in no error, no log and no journal, whatever the server says of it', async (t) => {
  const writes = new MemoryWrites();
  const { client, emulator, bench, seen } = await functionsWorld(t, { deps: { writes } });
  const spec = triggerSpec('hub', GITHUB);
  // The answer gives the credential back (cloudfunctions.md §7.3).
  await client.putTrigger(spec);
  assert.ok(seen[0]?.body.includes(TOKEN));
  const errors: unknown[] = [];
  const base64 = Buffer.from(`octo:${TOKEN}`).toString('base64');
  for (const said of [TOKEN, `Bearer ${TOKEN}`, TOKEN.slice(0, 20), base64, TOKEN.split('').join('\u200B'), `<b>${TOKEN.slice(4)}</b>`]) {
    for (const [status, body] of [
      [400, JSON.stringify({ error: { errorCode: '80507', message: `Bad credential ${said}`, details: said } })],
      [500, JSON.stringify({ error: { errorCode: said, message: said } })],
      [502, `<html><body>${said}</body></html>`],
      [401, said],
    ] as const) {
      emulator.faults.inject({ effect: { kind: 'reply', status, body } });
      errors.push(await errorOf(client.putTrigger({ ...spec, name: 'hub' })));
    }
  }
  emulator.faults.inject({ effect: { kind: 'truncate', bytes: 400 } });
  errors.push(await errorOf(client.putTrigger({ ...spec, source: { ...GITHUB, link: undefined } })));
  const trigger = await client.getTrigger('hub');
  const left = JSON.stringify([writes.lines, bench.log.entries, emulator.log, trigger, errors.map((error) => [String(error), error])]);
  assert.doesNotMatch(left, /CANARY|ghp_|Q0FOQVJZ/);
  assert.equal(writes.lines.length, 2 * seen.filter(({ method }) => method === 'PUT').length);
  const [first] = writes.lines;
  assert.ok(first !== undefined && 'body' in first && first.body?.includes('"accessToken":"•••"') === true && first.body.includes('"username":"octo"'));
});

test('texts of parameters are repeated by no error and no log', async (t) => {
  const { client, emulator, bench } = await functionsWorld(t);
  const parameters = { webhook: { url: 'https://hooks.example.com/CANARY-0001' }, list: ['CANARY-password'] };
  const works = [
    () => client.putPackage({ name: 'tools', description: '', parameters }),
    () => client.putAction(actionSpec({ parameters })),
    () => client.putTrigger({ ...triggerSpec(), parameters }),
    () => client.runAction(AT, parameters, 0),
    () => client.fireTrigger('nightly', parameters),
  ];
  for (const work of works) {
    for (const said of ['bad value "https://hooks.example.com/CANARY-0001"', 'bad value CANARY-password']) {
      const body = JSON.stringify({ error: { errorCode: '80307', message: 'ACTION_BODY_INVALID_VALUE', details: said } });
      emulator.faults.inject({ effect: { kind: 'reply', status: 400, body } });
      const { message, details } = await errorOf(work());
      assert.doesNotMatch(message + JSON.stringify(details), /CANARY/);
      assert.match(details.detail ?? '', /^ACTION_BODY_INVALID_VALUE: bad value/);
    }
  }
  assert.doesNotMatch(JSON.stringify(bench.log.entries), /CANARY/);
});

test('what links are about is written down by the name of the trigger, and nothing that runs is', async (t) => {
  const writes = new MemoryWrites();
  const { client } = await functionsWorld(t, { deps: { writes } });
  await client.putAction(actionSpec());
  await client.putTrigger(triggerSpec());
  await client.linkAction('nightly', AT);
  await client.fireTrigger('nightly', {});
  await client.runAction(AT, {}, 0);
  await client.unlinkAction('nightly', AT);
  const lines = writes.lines.flatMap((line) => ('method' in line ? [[line.method, line.target.split('?')[0], line.name]] : []));
  assert.deepEqual(lines, [
    ['PUT', '/ncf/api/v2/packages/-/actions/resize', undefined],
    ['PUT', '/ncf/api/v2/triggers/nightly', undefined],
    ['POST', '/ncf/api/v2/triggers/nightly/link-action', 'nightly'],
    ['DELETE', '/ncf/api/v2/triggers/nightly/link-action', 'nightly'],
  ]);
});
