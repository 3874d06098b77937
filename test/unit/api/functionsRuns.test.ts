import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FunctionsClient } from '../../../src/api/functions/client.ts';
import type { FaultEffect } from '../../../src/emulator/faults.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { actionSpec, functionsWorld, triggerSpec } from './functionsWorld.ts';
import { connect, errorOf, failure, json, naver, NAVER_SECRETS, serve, until } from './support.ts';

/** Says so, and gives back what it is given somewhat later. */
const SLOW = 'function main(args) {\n  console.log("working");\n  return new Promise((done) => setTimeout(done, 30, args));\n}\n';

const AT = { pkg: '-', name: 'resize' } as const;
const ID = '18718fde21424114b18fde21428114c8';

/** The record of a run as the documents show it (cloudfunctions.md §5.5). */
function record(response: object): object {
  return { activationId: ID, duration: 34, start: 1_700_000_000_000, end: 1_700_000_000_034, name: 'resize', namespace: 'n', response, subject: 'n' };
}

test('an answer to a run in each of its shapes, whatever its status (cloudfunctions.md §1.4, §5.5)', async (t) => {
  const { client, emulator, seen } = await functionsWorld(t);
  const ok = { result: { payload: 'p' }, status: 'success', success: true };
  const thrown = { result: { error: 'no such order' }, status: 'application error', success: false };
  const ended = { activationId: ID, durationMs: 34, name: 'resize', startMs: 1_700_000_000_000, endMs: 1_700_000_000_034, logs: [] };
  const success = { activationId: ID, ended: { ...ended, status: 'success', result: ok.result, isSuccess: true } };
  const broken = { activationId: ID, ended: { ...ended, status: 'application error', result: thrown.result, isSuccess: false } };
  const waiting = { activationId: ID, ended: undefined };
  const least = { activationId: ID, ended: { ...ended, durationMs: undefined, name: undefined, startMs: undefined, endMs: undefined, status: undefined, result: undefined, isSuccess: undefined } };
  const answers: readonly (readonly [status: number, body: unknown, expected: unknown])[] = [
    [200, { content: record(ok) }, success],
    [200, { content: { ...record(ok), duration: '34', start: '1700000000000' } }, success],
    [200, { content: record(thrown) }, broken],
    [502, { content: record(thrown) }, broken],
    [502, record(thrown), broken],
    [200, { content: { activationId: ID } }, waiting],
    [202, { content: { activationId: ID } }, waiting],
    [202, { activationId: ID }, waiting],
    [504, { content: { activationId: ID } }, waiting],
    [200, { content: { activationId: ID, response: null, end: 0 } }, waiting],
    [200, { content: { activationId: ID, response: {} } }, least],
    [200, { content: { ...record({ ...ok, status: 'brand new' }), logs: ['not shown'] } }, { activationId: ID, ended: { ...success.ended, status: 'brand new' } }],
  ];
  for (const [status, body, expected] of answers) {
    emulator.faults.inject({ effect: { kind: 'reply', status, body: JSON.stringify(body) } });
    assert.deepEqual(await client.runAction(AT, {}, 1_000), expected, `${status} ${JSON.stringify(body)}`);
  }
  assert.equal(seen.length, answers.length);
});

test('what a function returns may be any JSON, and loses no digit', async (t) => {
  const { client, emulator } = await functionsWorld(t);
  const answer = (result: string): string => `{"content":{"activationId":"${ID}","response":{"result":${result},"success":true}}}`;
  const results: readonly (readonly [text: string, value: unknown])[] = [
    ['{"id":9007199254740993,"list":[-18446744073709551615,0.5]}', { id: 9_007_199_254_740_993n, list: [-18_446_744_073_709_551_615n, 0.5] }],
    ['"text"', 'text'],
    ['[1,2]', [1, 2]],
    ['null', null],
    ['{}', {}],
  ];
  for (const [text, value] of results) {
    emulator.faults.inject({ effect: { kind: 'reply', status: 200, body: answer(text) } });
    assert.deepEqual((await client.runAction(AT, {}, 0)).ended?.result, value);
  }
});

test('what is no record is a failure, and says what is known of the run', async (t) => {
  const { client, emulator } = await functionsWorld(t);
  const answers: readonly (readonly [FaultEffect, kind: Parameters<typeof failure>[1], mayHaveArrived: boolean, path?: string])[] = [
    [{ kind: 'reply', status: 200, body: '{"content":{}}' }, 'unexpectedResponse', true, 'activationId'],
    [{ kind: 'reply', status: 200, body: `{"content":{"activationId":"${ID}","response":{"success":7}}}` }, 'unexpectedResponse', true, 'response.success'],
    [{ kind: 'reply', status: 200 }, 'unexpectedResponse', true],
    [{ kind: 'reply', status: 204 }, 'unexpectedResponse', true],
    [{ kind: 'reply', status: 502, body: '{"error":"The action did not produce a valid response.","code":"abc"}' }, 'unavailable', true],
    [{ kind: 'reply', status: 500, body: '{"content":{"activationId":""}}' }, 'unavailable', true],
    [{ kind: 'reply', status: 429, body: '{"error":{"errorCode":"420","message":"Rate Limited"}}' }, 'rateLimited', false],
    [{ kind: 'reply', status: 200, body: '<html>Sign in' }, 'unexpectedResponse', true],
    [{ kind: 'html' }, 'unavailable', true],
    [{ kind: 'truncate', bytes: 20 }, 'network', true],
    [{ kind: 'close', when: 'after' }, 'network', true],
  ];
  await client.putAction(actionSpec());
  for (const [effect, kind, mayHaveArrived, path] of answers) {
    emulator.faults.inject({ method: 'POST', effect });
    const details = await failure(client.runAction(AT, {}, 1_000), kind);
    assert.deepEqual([details.mayHaveArrived, details.path ?? ''], [mayHaveArrived, path ?? ''], JSON.stringify(effect));
  }
});

/** Whatever runs, or changes something. */
const NEVER_REPEATED: Readonly<Record<string, (client: FunctionsClient) => Promise<unknown>>> = {
  runAction: (client) => client.runAction(AT, {}, 0),
  fireTrigger: (client) => client.fireTrigger('nightly', {}),
  putPackage: (client) => client.putPackage({ name: 'p', description: '', parameters: {} }),
  putAction: (client) => client.putAction(actionSpec()),
  putTrigger: (client) => client.putTrigger(triggerSpec()),
  deletePackage: (client) => client.deletePackage('p'),
  deleteAction: (client) => client.deleteAction(AT),
  deleteTrigger: (client) => client.deleteTrigger('nightly'),
  linkAction: (client) => client.linkAction('nightly', AT),
  unlinkAction: (client) => client.unlinkAction('nightly', AT),
};

const READS: Readonly<Record<string, (client: FunctionsClient) => Promise<unknown>>> = {
  listPackages: (client) => client.listPackages(),
  getPackage: (client) => client.getPackage('p'),
  rawPackage: (client) => client.rawPackage('p'),
  listActions: (client) => client.listActions('-'),
  getAction: (client) => client.getAction('-', 'resize'),
  rawAction: (client) => client.rawAction('-', 'resize'),
  listTriggers: (client) => client.listTriggers(),
  getTrigger: (client) => client.getTrigger('nightly'),
  rawTrigger: (client) => client.rawTrigger('nightly'),
  listActivations: (client) => client.listActivations(),
  listActionActivations: (client) => client.listActionActivations('-', 'resize'),
  getActionActivation: (client) => client.getActionActivation('-', 'resize', ID),
  listTriggerActivations: (client) => client.listTriggerActivations('nightly'),
  getTriggerActivation: (client) => client.getTriggerActivation('nightly', ID),
};

test('nothing that runs or changes anything is repeated, whatever happens to its answer', async (t) => {
  const { client, emulator, seen } = await functionsWorld(t);
  const effects: readonly FaultEffect[] = [
    { kind: 'reply', status: 500 },
    { kind: 'reply', status: 503, headers: { 'Retry-After': '0' } },
    { kind: 'reply', status: 429, headers: { 'Retry-After': '0' } },
    { kind: 'reply', status: 500, body: '{"error":{"errorCode":"81314","message":"NAT_RETURN_FAIL","details":"Subnet being disconnected"}}' },
    { kind: 'reply', status: 400, body: '{"error":{"errorCode":"80031","message":"<strong>Try again in a few minutes.</strong><br>","details":""}}' },
    { kind: 'close', when: 'before' },
    { kind: 'garbage' },
    { kind: 'html' },
  ];
  for (const [name, work] of Object.entries(NEVER_REPEATED)) {
    for (const effect of effects) {
      emulator.faults.inject({ effect });
      const before = seen.length;
      await errorOf(work(client));
      assert.equal(seen.length, before + 1, `${name} ${JSON.stringify(effect)}`);
    }
  }
});

test('every read is repeated after what may pass, and never after a refusal', async (t) => {
  const { client, emulator, seen, bench } = await functionsWorld(t);
  const asked = async (work: (one: FunctionsClient) => Promise<unknown>, status: number, body: string): Promise<number> => {
    const before = seen.length;
    const remove = emulator.faults.inject({ times: 9, effect: { kind: 'reply', status, body } });
    await errorOf(work(client));
    remove();
    return seen.length - before;
  };
  for (const [name, work] of Object.entries(READS)) {
    assert.deepEqual([await asked(work, 500, ''), await asked(work, 404, '{"error":{"errorCode":"80301","message":"ACTION_NOT_FOUND"}}')], [3, 1], name);
  }
  assert.ok(bench.waits.every((ms) => ms > 0));
});

test('a redirect is refused by each operation, and nothing goes where it points to', async (t) => {
  const thief = await serve(t, (_seen, response) => json(response, '{"content":[]}'));
  const { client, emulator, seen } = await functionsWorld(t);
  for (const [name, work] of Object.entries({ ...READS, ...NEVER_REPEATED })) {
    emulator.faults.inject({ effect: { kind: 'reply', status: 307, headers: { Location: `${thief.origin}/login` } } });
    const before = seen.length;
    const details = await failure(work(client), 'network');
    assert.deepEqual([details.reason, seen.length - before], ['redirect', 1], name);
  }
  assert.equal(thief.seen.length, 0);
});

test('a run is waited for as long as the service waits for it, anything else as long as the account says', async (t) => {
  const patience = { timeoutMs: 10_000 };
  const { client, emulator } = await functionsWorld(t, { deps: { timeoutMs: () => patience.timeoutMs } });
  await client.putAction(actionSpec());
  patience.timeoutMs = 1;
  emulator.faults.inject({ method: 'POST', effect: { kind: 'delay', ms: 50 } });
  assert.equal((await client.runAction(AT, { a: 1 }, 60_000)).ended?.isSuccess, true);
  emulator.faults.inject({ times: 9, effect: { kind: 'hang' } });
  const details = await failure(client.deleteAction(AT), 'timeout');
  assert.equal(details.mayHaveArrived, true);
});

test('a run that is called off is waited for no more, and goes on', async (t) => {
  const { client, emulator } = await functionsWorld(t);
  await client.putAction(actionSpec({ code: SLOW }));
  const controller = new AbortController();
  const called = assert.rejects(client.runAction(AT, {}, 60_000, controller.signal), CancelledError);
  await until(() => emulator.log.some(({ operation }) => operation === 'postAction'));
  controller.abort();
  await called;
  await eventually(async () => ((await client.listActionActivations('-', 'resize')).totalCount === 1 ? true : undefined));
});

test('a wait of nothing gives the id, and the rest is in the detail', async (t) => {
  const { client } = await functionsWorld(t);
  await client.putAction(actionSpec({ code: SLOW }));
  const { activationId, ended } = await client.runAction(AT, { a: 1 }, 0);
  assert.equal(ended, undefined);
  const detail = await eventually(() => client.getActionActivation('-', 'resize', activationId).catch((error: unknown) => {
    // Until it is there (cloudfunctions.md §6.2).
    assert.ok(error instanceof CloudError && error.details.code === '80322');
    return undefined;
  }));
  assert.deepEqual([detail.isSuccess, detail.result], [true, { a: 1 }]);
  assert.match(detail.logs.join('\n'), /^\d{4}-\d\d-\d\dT[\d:.]+Z stdout: working$/m);
});

/** Asks again until there is an answer; fails where there never is. */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    assert.ok(Date.now() < deadline, 'waited in vain');
  }
}

test('codes that no request of a client causes come through as they are', async (t) => {
  const { client, emulator } = await functionsWorld(t);
  const cases: readonly (readonly [status: number, code: number, message: string, detail: string])[] = [
    [400, 80104, 'PACKAGE_BODY_MISSING_FIELD', 'PACKAGE_BODY_MISSING_FIELD: Missing required fields in the request body'],
    [400, 80031, '<strong>Please try again in a few minutes.</strong><br>Thank you', 'Please try again in a few minutes. Thank you'],
  ];
  for (const [status, errorCode, message, detail] of cases) {
    const details = detail.split(': ')[1] ?? '';
    const body = JSON.stringify({ error: { errorCode: String(errorCode), message, details } });
    emulator.faults.inject({ effect: { kind: 'reply', status, body } });
    const error = await errorOf(client.putAction(actionSpec()));
    assert.deepEqual([error.details.code, error.details.status, error.details.detail], [String(errorCode), status, detail]);
  }
});

test('a locked lane holds everything back before it leaves', async (t) => {
  const { connection } = connect(t, naver('http://127.0.0.1:1', { lane: { stage: 'prod', access: 'read-only' } }), NAVER_SECRETS);
  for (const [name, work] of Object.entries(NEVER_REPEATED)) {
    const details = await failure(work(new FunctionsClient(connection, 'KR')), 'locked');
    assert.deepEqual([details.reason, details.mayHaveArrived], ['lane', false], name);
  }
});
