import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import { deleteTriggers } from '../../../src/services/functions/triggers/deleteTriggers.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { triggersWorld } from './functionsTriggersWorld.ts';
import type { TriggerSetting } from './functionsTriggersWorld.ts';

const PROD: TriggerSetting = { lane: { stage: 'prod', access: 'full' } };

async function start(t: TestContext, answers: readonly Answer[], setting?: TriggerSetting) {
  const world = await triggersWorld(t, answers, setting);
  const remove = async (...names: readonly string[]): Promise<void> => {
    await deleteTriggers(names.map((name) => ({ place: world.place, name })), world.deps);
    world.prompts.done();
  };
  return { ...world, remove };
}

test('says which actions it starts, and that they stay', async (t) => {
  const { remove, prompts, scope, writes } = await start(t, [{ press: 'Delete' }]);
  await remove('on-push');
  assert.equal(prompts.asked[0]?.text, 'Delete trigger "on-push"? It does not start these actions any more: notify/send-mail, old-cleanup. '
    + 'The actions stay.\nTo create it again, its access token and its API are needed again.\nAccount "acme" · DEV');
  assert.deepEqual(writes(), ['DELETE triggers/on-push?platform=vpc']);
  assert.ok(!scope().triggers.has('on-push'));
  assert.ok(scope().actions.has('notify/send-mail'));
});

test('on production the name is typed; for several their number', async (t) => {
  const one = await start(t, [{ press: 'Delete' }, { refused: 'on', because: /The name is "on-secret"/ }, { type: 'on-secret' }], PROD);
  await one.remove('on-secret');
  assert.match(one.prompts.asked[0]?.text ?? '', /No action is linked to it\./);
  const two = await start(t, [{ press: 'Delete' }, { type: '2' }], PROD);
  await two.remove('on-secret', 'on-upload');
  assert.match(two.prompts.asked[0]?.text ?? '', /^Delete 2 triggers\?/);
  assert.equal(two.writes().length, 2);
});

test('nothing happens where the user does not want to', async (t) => {
  const { remove, writes } = await start(t, [{ press: 'Delete' }, { cancel: true }], PROD);
  await assert.rejects(remove('on-push'), CancelledError);
  assert.deepEqual(writes(), []);
});

test('what is gone already needs no question', async (t) => {
  const { remove, said } = await start(t, []);
  await remove('nobody');
  await remove('nobody', 'no-one');
  assert.deepEqual(said, ['Trigger "nobody" is deleted already.', 'These triggers are deleted already: nobody, no-one']);
});

test('where one fails the others go on; a lost answer is looked up', async (t) => {
  const { remove, emulator, scope, reports } = await start(t, [{ press: 'Delete' }]);
  emulator.faults.inject({ method: 'DELETE', path: /on-push/, effect: { kind: 'reply', status: 403, body: '{"error":{"errorCode":"80002","message":"no","details":""}}' } });
  emulator.faults.inject({ method: 'DELETE', path: /on-secret/, effect: { kind: 'close', when: 'after' } });
  await remove('on-push', 'on-secret', 'on-upload');
  assert.deepEqual([...scope().triggers.keys()].filter((name) => name.startsWith('on-')), ['on-push']);
  assert.equal(reports.length, 1);
  assert.match(reports[0]?.text ?? '', /^1 of 3 were not deleted\.\n/);
});

test('a lost answer that deleted nothing is told', async (t) => {
  const { remove, emulator, reports } = await start(t, [{ press: 'Delete' }]);
  emulator.faults.inject({ method: 'DELETE', effect: { kind: 'close', when: 'before' } });
  await remove('on-push');
  assert.match(reports[0]?.text ?? '', /^Not deleted: /);
});

test('Cancel says what was deleted before', async (t) => {
  const { remove, cancelling, deps, said, place, scope } = await start(t, [{ press: 'Delete' }]);
  const client = async () => {
    const real = await deps.client();
    return Object.assign(Object.create(real) as typeof real, {
      getTrigger: real.getTrigger.bind(real),
      deleteTrigger: async (...[name, signal]: Parameters<typeof real.deleteTrigger>) => {
        await real.deleteTrigger(name, signal);
        cancelling.abort();
      },
    });
  };
  await deleteTriggers(['on-push', 'on-upload'].map((name) => ({ place, name })), { ...deps, client });
  assert.deepEqual(said, ['Cancelled. Trigger "on-push" was deleted.']);
  assert.ok(scope().triggers.has('on-upload'));
  assert.equal(typeof remove, 'function');
});
