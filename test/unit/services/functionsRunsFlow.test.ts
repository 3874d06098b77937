import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import type { FaultEffect } from '../../../src/emulator/faults.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { follow, learnFacts, lookOnce } from '../../../src/services/functions/runs/follow.ts';
import { runAddress, type RunAddress, subjectKey } from '../../../src/services/functions/runs/runAddress.ts';
import { runFlow } from '../../../src/services/functions/runs/runFlow.ts';
import { type RunInput, RunStore } from '../../../src/services/functions/runs/runStore.ts';
import { failure } from '../api/support.ts';
import { addAction, runsWorld } from './functionsRunsWorld.ts';

const INPUT: RunInput = { parameters: { n: 9007199254740993n }, source: 'typed' };
const HELLO = "function main(args) { console.log('hello'); console.error('oops'); return { n: args.n }; }";

function places(waitMs = 60_000, ask: () => Promise<RunInput> = () => Promise.resolve(INPUT)) {
  const shown: RunAddress[] = [];
  const show = (address: RunAddress): Promise<void> => {
    shown.push(address);
    return Promise.resolve();
  };
  return { waitMs, ask, show, shown };
}

test('a run shows its result at once, and its logs when the service has them', async (t) => {
  const world = await runsWorld(t);
  const target = await addAction(world, 'hello', HELLO);
  const where = places();
  const states: (string | undefined)[] = [];
  world.runs.onDidChange((address) => states.push(world.runs.get(address)?.state));
  const { following } = await runFlow(target, world.deps, where);
  const [address] = where.shown;
  assert.ok(address);
  const early = world.runs.get(address);
  assert.equal(early?.detail?.status, 'success');
  assert.deepEqual(early.detail.logs, []);
  await following;
  const late = world.runs.get(address);
  assert.equal(late?.state, 'complete');
  assert.deepEqual(late.detail?.logs.map((line) => line.replace(/^\S+ /, '')), ['stdout: hello', 'stderr: oops']);
  assert.equal(late.source, 'typed');
  assert.equal(world.runs.inputOf(address), INPUT);
  assert.partialDeepStrictEqual(world.runs.factsOf(subjectKey(target)), { memoryMb: 128, timeoutMs: 10_000, isText: true, runtime: 'nodejs:22' });
  assert.equal(states[0], 'logs');
  assert.ok(world.waits.length > 1 && world.waits.every((ms) => ms >= 2_000 && ms <= 5_000));
  assert.deepEqual(world.titles, ['Running hello…']);
});

test('a run that fails is a result, not a failure of the command', async (t) => {
  const world = await runsWorld(t);
  const target = await addAction(world, 'broken', "function main() { throw new Error('no'); }");
  const where = places();
  await (await runFlow(target, world.deps, where)).following;
  const [address] = where.shown;
  assert.ok(address);
  const record = world.runs.get(address);
  assert.notEqual(record?.detail?.status, 'success');
  assert.equal(record?.state, 'complete');
});

test('a run that outlasts the wait is followed until the service has written it down', async (t) => {
  const world = await runsWorld(t);
  const target = await addAction(world, 'slow', 'function main() { return new Promise((done) => setTimeout(() => done({ ok: true }), 100)); }');
  const where = places(0);
  // The run takes real time, while waiting takes none: it is in the list once it has ended.
  const wait = async (ms: number, signal?: AbortSignal): Promise<void> => {
    let ended = 0;
    while (ended === 0) ended = (await world.client.listActionActivations('-', 'slow')).activations.length;
    await world.deps.wait(ms, signal);
  };
  const { following } = await runFlow(target, { ...world.deps, wait }, where);
  const [address] = where.shown;
  assert.ok(address);
  assert.equal(world.runs.get(address)?.state, 'running');
  await following;
  assert.partialDeepStrictEqual(world.runs.get(address), { state: 'complete', detail: { status: 'success', result: { ok: true } } });
  assert.deepEqual(world.titles, ['Running slow…', 'Following slow until it has ended…']);
});

test('who stops waiting is told that the run goes on', async (t) => {
  const world = await runsWorld(t, { cancels: (title) => (title.startsWith('Running') ? 'at once' : undefined) });
  const target = await addAction(world, 'hello', HELLO);
  const where = places();
  await runFlow(target, world.deps, where);
  assert.deepEqual(where.shown, []);
  assert.match(world.said[0] ?? '', /^No longer waiting for "hello"\. Once started, it runs on;/);
});

test('who stops following is told so in the document, and it can be looked at again', async (t) => {
  const world = await runsWorld(t, { cancels: (title) => (title.startsWith('Following') ? 'while waiting' : undefined) });
  const target = await addAction(world, 'hello', HELLO);
  const where = places(0);
  await (await runFlow(target, world.deps, where)).following;
  const [address] = where.shown;
  assert.ok(address);
  assert.equal(world.runs.get(address)?.state, 'given up');
  assert.match(world.runs.get(address)?.note ?? '', /^No longer waiting\. The run goes on/);
});

test('production is asked about first, and a lane that lets nothing be sent before any question', async (t) => {
  const world = await runsWorld(t, { lane: { stage: 'prod', access: 'full' }, answers: [{ cancel: true }] });
  const target = await addAction(world, 'hello', HELLO);
  await assert.rejects(runFlow(target, world.deps, places()), CancelledError);
  assert.match(world.prompts.asked[0]?.text ?? '', /^Run "hello" on account "acme" · PROD\? It runs for real, with these parameters: typed$/);
  world.prompts.done();

  const locked = await runsWorld(t, { lane: { stage: 'dev', access: 'read-only' } });
  const before = locked.emulator.log.length;
  const asked = places(0, () => assert.fail('asked'));
  await failure(runFlow({ place: locked.place, pkg: '-', name: 'x' }, locked.deps, asked).then(() => undefined), 'locked');
  assert.equal(locked.emulator.log.length, before);
});

test('the parameters given are sent as they are, without a question', async (t) => {
  const world = await runsWorld(t);
  const target = await addAction(world, 'hello', HELLO);
  const where = places(60_000, () => assert.fail('asked'));
  await (await runFlow(target, world.deps, where, { parameters: { n: 5 }, source: 'none' })).following;
  const [address] = where.shown;
  assert.ok(address);
  assert.deepEqual(world.runs.get(address)?.detail?.result, { n: 5 });
});

test('an action that is gone is a failure of the command', async (t) => {
  const world = await runsWorld(t);
  await failure(runFlow({ place: world.place, pkg: '-', name: 'nothing' }, world.deps, places()).then(() => undefined), 'notFound');
});

test('what the service never wrote down is given up after a minute, and says so', async (t) => {
  const world = await runsWorld(t);
  const target = await addAction(world, 'hello', HELLO);
  const address = runAddress(target, 'f'.repeat(32));
  world.runs.update(address, { state: 'running' }, 0);
  await follow(target, address, 'ended', world.deps);
  assert.partialDeepStrictEqual(world.runs.get(address), { state: 'given up' });
  assert.match(world.runs.get(address)?.note ?? '', /^The service has no record of it/);
  const waited = world.waits.reduce((sum, ms) => sum + ms, 0);
  assert.ok(waited >= 60_000 && waited <= 65_000, String(waited));
});

test('a failure while following stands in the document and in the log', async (t) => {
  const world = await runsWorld(t);
  const target = await addAction(world, 'hello', HELLO);
  const address = runAddress(target, 'f'.repeat(32));
  const body = '{"error":{"errorCode":"80002","message":"SUB_ACC_NO_PERMISSION"}}';
  world.emulator.faults.inject({ service: 'functions', effect: { kind: 'reply', status: 403, body } });
  await follow(target, address, 'ended', world.deps);
  assert.equal(world.runs.get(address)?.state, 'given up');
  assert.notEqual(world.runs.get(address)?.note, '');
  assert.ok(world.errors[0] instanceof CloudError);
});

/** Follows a run that has begun; what is injected then comes before what the service has to say. */
async function followed(t: TestContext, effect: FaultEffect, times: number) {
  const world = await runsWorld(t);
  const target = await addAction(world, 'hello', HELLO);
  const { activationId } = await world.client.runAction(target, {}, 60_000);
  const address = runAddress(target, activationId);
  world.runs.update(address, { state: 'logs' }, 0);
  world.emulator.faults.inject({ service: 'functions', path: /activations/, times, effect });
  await follow(target, address, 'ended', world.deps);
  return { ...world, record: world.runs.get(address) };
}

test('following goes on after what passes, and not before the service wants to be asked', async (t) => {
  const told = await followed(t, { kind: 'reply', status: 429, headers: { 'Retry-After': '40' }, body: '{}' }, 1);
  assert.equal(told.record?.state, 'complete');
  assert.equal(told.waits[0], 40_000);
  for (const effect of [{ kind: 'reply', status: 503, body: '{}' }, { kind: 'close', when: 'before' }] as const) {
    const { record } = await followed(t, effect, 4);
    assert.equal(record?.state, 'complete', record?.note);
  }
  assert.deepEqual(told.errors, []);
});

test('following ends at its time however long the service puts it off, and says why', async (t) => {
  const { record, waits, errors } = await followed(t, { kind: 'reply', status: 429, headers: { 'Retry-After': '40' }, body: '{}' }, 1_000);
  assert.equal(record?.state, 'given up');
  assert.deepEqual(waits, [40_000, 40_000]);
  assert.ok(errors[0] instanceof CloudError && errors[0].kind === 'rateLimited');
});

test('a sequence may take as long as all its steps', async (t) => {
  const world = await runsWorld(t);
  const target = await addAction(world, 'hello', HELLO);
  const address = runAddress(target, 'f'.repeat(32));
  world.runs.keepFacts(subjectKey(target), { runtime: 'sequence', type: 'sequence', memoryMb: undefined, timeoutMs: undefined, isText: false, components: ['a', 'b', 'c'], readMs: 0 }, address);
  const waited = (): number => world.waits.reduce((sum, ms) => sum + ms, 0);
  await follow(target, address, 'started', { ...world.deps, now: waited });
  assert.ok(waited() >= 960_000 && waited() <= 965_000, String(waited()));
});

test('what an action tells is read once a minute at most, that of a sequence each time', async (t) => {
  const world = await runsWorld(t);
  const target = await addAction(world, 'hello', HELLO);
  const address = runAddress(target, 'f'.repeat(32));
  const reads = (): number => world.emulator.log.filter(({ method, target: path }) => method === 'GET' && path.includes('/actions/hello?')).length;
  for (let n = 0; n < 3; n += 1) await learnFacts(target, address, world.deps);
  assert.equal(reads(), 1);
  await world.deps.wait(60_000);
  await learnFacts(target, address, world.deps);
  assert.equal(reads(), 2);
  const facts = world.runs.factsOf(subjectKey(target));
  assert.ok(facts);
  world.runs.keepFacts(subjectKey(target), { ...facts, components: ['a'] }, address);
  await learnFacts(target, address, world.deps);
  assert.equal(reads(), 3);
});

test('a document of an account whose key changed is read anew; when all ends, nothing is', () => {
  const runs = new RunStore();
  const address: RunAddress = { accountId: 'n1', region: 'KR', pkg: '-', name: 'a', activationId: '1' };
  const other: RunAddress = { ...address, accountId: 'n2' };
  for (const one of [address, other]) runs.update(one, { state: 'running' }, 0);
  const changed: RunAddress[] = [];
  runs.onDidChange((one) => changed.push(one));
  const signal = runs.follow(address);
  runs.forget('n1/');
  assert.ok(signal.aborted);
  assert.deepEqual(changed, [address]);
  runs.dispose();
  assert.deepEqual(changed, [address]);
});

test('a run whose document was closed is kept until it is over, unless it is opened again', () => {
  const runs = new RunStore();
  const address: RunAddress = { accountId: 'n1', region: 'KR', pkg: '-', name: 'a', activationId: '1' };
  runs.update(address, { state: 'running' }, 0);
  runs.closed(address);
  assert.ok(runs.get(address));
  runs.update(address, { state: 'complete' }, 1);
  assert.equal(runs.get(address), undefined);
  runs.update(address, { state: 'running' }, 2);
  runs.closed(address);
  runs.opened(address);
  runs.update(address, { state: 'complete' }, 3);
  assert.ok(runs.get(address));
});

test('an account that goes takes its records along, and nobody looks on', async (t) => {
  const world = await runsWorld(t);
  const target = await addAction(world, 'hello', HELLO);
  const address = runAddress(target, 'f'.repeat(32));
  const other: RunAddress = { ...address, accountId: 'n2' };
  world.runs.update(address, { state: 'running' }, 0);
  world.runs.update(other, { state: 'running' }, 0);
  world.runs.keepInput(address, INPUT);
  const wait = (ms: number, signal?: AbortSignal): Promise<void> => {
    world.runs.forget('n1/');
    return world.deps.wait(ms, signal);
  };
  await follow(target, address, 'ended', { ...world.deps, wait });
  assert.equal(world.runs.get(address), undefined);
  assert.equal(world.runs.inputOf(address), undefined);
  assert.ok(world.runs.get(other));
  assert.deepEqual(world.waits, []);
});

test('an activation of a trigger is read as one', async (t) => {
  const world = await runsWorld(t);
  const target = await addAction(world, 'hello', HELLO);
  await world.client.putTrigger({ name: 'often', description: '', parameters: {}, source: { type: 'cron', cronOption: '0 0 1 1 *' } });
  await world.client.linkAction('often', target);
  const id = await world.client.fireTrigger('often', {});
  const subject = { place: world.place, name: 'often' };
  const address = runAddress(subject, id);
  assert.equal(await lookOnce(subject, address, world.deps), false);
  await follow(subject, address, 'ended', world.deps);
  assert.equal(world.runs.get(address)?.state, 'complete');
  assert.match(world.runs.get(address)?.detail?.logs[0] ?? '', /"activationId"/);
});

test('a closed document is read again when it is opened; when it was stays known, and the latest parameters', async (t) => {
  const world = await runsWorld(t);
  const target = await addAction(world, 'hello', HELLO);
  const where = places();
  const { following } = await runFlow(target, world.deps, where);
  const [address] = where.shown;
  assert.ok(address);
  // What is still looked for stays.
  world.runs.closed(address);
  assert.ok(world.runs.get(address));
  await following;
  world.runs.closed(address);
  assert.equal(world.runs.get(address), undefined);
  assert.ok(world.runs.startOf(address));
  for (let n = 0; n < 50; n += 1) world.runs.keepInput({ ...address, activationId: String(n) }, INPUT);
  assert.equal(world.runs.inputOf(address), undefined);
  assert.ok(world.runs.inputOf({ ...address, activationId: '0' }));
});
