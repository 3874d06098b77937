import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import type { ResourceRef } from '../../../src/model/resource.ts';
import { problemOf, problemText } from '../../../src/model/problem.ts';
import type { FunctionsDeps } from '../../../src/services/functions/context.ts';
import { undoDeploy } from '../../../src/services/functions/editing/undoDeploy.ts';
import { codeRef } from '../../../src/services/functions/resources.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { editingWorld, NOW } from './functionsEditingWorld.ts';

const DEPLOY = { press: 'Deploy' } as const;
const UNDO = { press: 'Undo Deploy' } as const;

/** An action whose code was deployed from here: first `codes[0]`, and so on. */
async function start(t: TestContext, codes: readonly string[] = []) {
  const world = await editingWorld(t);
  const { place, emulator, client, account, folder, format, open } = world;
  const target = { place, pkg: '-', name: 'hello-web' };
  for (const code of codes) await (await open(codeRef(target, 'js', place))).save(code, DEPLOY);
  const action = emulator.world.functions.scope('vpc').actions.get('-/hello-web');
  assert.ok(action);
  const said: string[] = [];
  const opened: ResourceRef[] = [];
  const changed: (readonly ResourceRef[])[] = [];
  let now = NOW + 3_600_000;
  const undo = async (...answers: readonly Answer[]) => {
    const prompts = new ScriptedPrompts(...answers);
    const deps = {
      client: () => Promise.resolve(client), now: () => (now += 1000), versionsFolder: folder, format, prompts, account: () => account,
      progress: <T>(_title: string, work: (signal: AbortSignal) => Promise<T>) => work(new AbortController().signal),
      reading: <T>(_title: string, work: (signal: AbortSignal) => Promise<T>) => work(new AbortController().signal),
      say: (message: string) => said.push(message),
      openDocument: (ref: ResourceRef) => {
        opened.push(ref);
        return Promise.resolve();
      },
      changed: (refs: readonly ResourceRef[]) => changed.push(refs),
    };
    const error: unknown = await undoDeploy(target, deps as unknown as FunctionsDeps).then(() => undefined, (reason: unknown) => reason);
    prompts.done();
    return { error, asked: prompts.asked };
  };
  const code = (): string | undefined => action.spec.exec.code;
  return { ...world, target, action, undo, code, said, opened, changed };
}

function told(error: unknown): string {
  const problem = problemOf(error);
  assert.ok(problem, String(error));
  return problemText(problem);
}

test('the last deploy is undone, and the undoing too; settings stay as they are now', async (t) => {
  const { undo, code, action, said, opened, changed, place, target } = await start(t, ['one', 'two']);
  action.spec = { ...action.spec, limits: { memory: 1024, timeout: 7000 }, parameters: { fresh: true } };
  const before = structuredClone(action.spec);
  const { error, asked } = await undo(UNDO);
  assert.equal(error, undefined);
  assert.equal(code(), 'one');
  assert.deepEqual(action.spec, { ...before, exec: { ...before.exec, code: 'one' } });
  assert.match(asked[0]?.text ?? '', /^Undo the last deploy of action "hello-web" of account "acme" \(DEV\)\? It goes back to the version it ran until 2026-11-22 11:3\d:\d\d KST/);
  assert.match(asked[0]?.text ?? '', /\n\nCode: 1 line added, 1 removed \(3 B → 3 B\)\n\nParameters, limits and all other settings stay as they are now\./);
  assert.deepEqual(said, ['The last deploy of action "hello-web" was undone.']);
  assert.deepEqual(opened, [codeRef(target, 'js', place)]);
  assert.equal(changed.length, 1);
  assert.equal((await undo(UNDO)).error, undefined);
  assert.equal(code(), 'two');
  assert.equal((await undo(UNDO)).error, undefined);
  assert.equal(code(), 'one');
});

test('an older version can be chosen', async (t) => {
  const { undo, code } = await start(t, ['one', 'two', 'three']);
  const first = await undo({ press: 'Choose Another Version…' }, { cancel: true });
  assert.ok(first.error instanceof CancelledError);
  const labels = first.asked[1]?.labels ?? [];
  assert.equal(labels.length, 3, 'the sample, one, two');
  assert.equal(first.asked[1]?.active, labels[0]);
  const { error } = await undo({ press: 'Choose Another Version…' }, { pick: labels[1] ?? '' }, UNDO);
  assert.equal(error, undefined);
  assert.equal(code(), 'one');
});

test('without an earlier version that is said, also where what is kept runs already', async (t) => {
  const { undo, code, action, puts } = await start(t);
  assert.equal(told((await undo()).error), 'No other version of action "hello-web" is kept on this machine. Versions are kept of what you deploy from here: the last ten of each action.');
  const again = await start(t, ['one']);
  again.action.spec = { ...again.action.spec, exec: { ...action.spec.exec } };
  assert.match(told((await again.undo()).error), /^No other version/);
  assert.equal(again.code(), code());
  assert.deepEqual(puts(), []);
});

test('what was changed elsewhere while the question was open is not overwritten', async (t) => {
  const world = await start(t, ['one']);
  const { action, puts, client } = world;
  const put = puts().length;
  const get = client.getAction.bind(client);
  let reads = 0;
  client.getAction = async (...args) => {
    reads += 1;
    if (reads === 2) action.spec = { ...action.spec, exec: { ...action.spec.exec, code: 'theirs' } };
    return get(...args);
  };
  assert.match(told((await world.undo(UNDO)).error), /^Action "hello-web" was changed elsewhere while you were confirming\. Nothing was sent\./);
  assert.equal(world.code(), 'theirs');
  assert.equal(puts().length, put);
});

test('settings that were changed while the question was open go back as they are now', async (t) => {
  const world = await start(t, ['one', 'two']);
  const { action, client } = world;
  const get = client.getAction.bind(client);
  let reads = 0;
  client.getAction = async (...args) => {
    reads += 1;
    if (reads === 2) action.spec = { ...action.spec, limits: { memory: 1024, timeout: 7000 } };
    return get(...args);
  };
  assert.equal((await world.undo(UNDO)).error, undefined);
  assert.equal(world.code(), 'one');
  assert.deepEqual(action.spec.limits, { memory: 1024, timeout: 7000 });
});

test('where no answer came it is looked up', async (t) => {
  const { undo, emulator, code, said } = await start(t, ['one', 'two']);
  emulator.faults.inject({ method: 'PUT', effect: { kind: 'close', when: 'after' } });
  assert.equal((await undo(UNDO)).error, undefined);
  assert.equal(code(), 'one');
  assert.deepEqual(said, ['No answer came, but the last deploy of action "hello-web" was undone.']);
  emulator.faults.inject({ method: 'PUT', effect: { kind: 'close', when: 'before' } });
  const { error } = await undo(UNDO);
  assert.ok(error !== undefined);
  assert.equal(code(), 'one');
});

test('a locked account is told before anything is asked', async (t) => {
  const world = await start(t, ['one']);
  const target = { ...world.target, place: { ...world.place, account: { ...world.account, lane: { stage: 'prod', access: 'read-only' } as const } } };
  await assert.rejects(undoDeploy(target, {} as FunctionsDeps), { kind: 'locked' });
});

test('what an action ran that was deleted is no version of another one of its name', async (t) => {
  const { undo, client, target, code, puts } = await start(t, ['one', 'two']);
  const before = await client.getAction(target.pkg, target.name);
  await client.deleteAction(target);
  await client.putAction({ ...before, code: 'fresh' });
  const sent = puts().length;
  assert.match(told((await undo()).error), /^No other version of action "hello-web" is kept on this machine\./);
  assert.deepEqual([code(), puts().length], ['two', sent]);
  assert.equal((await client.getAction(target.pkg, target.name)).code, 'fresh');
});
