import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import { problemOf } from '../../../src/model/problem.ts';
import { fireFlow } from '../../../src/services/functions/triggers/fireFlow.ts';
import { runAddress } from '../../../src/services/functions/runs/runAddress.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { errorOf } from '../api/support.ts';
import { triggersWorld } from './functionsTriggersWorld.ts';
import type { TriggerSetting } from './functionsTriggersWorld.ts';

async function start(t: TestContext, answers: readonly Answer[] = [], setting?: TriggerSetting) {
  const world = await triggersWorld(t, answers, setting);
  const told: { text: string; activationId: string }[] = [];
  let asked = 0;
  const fire = async (name: string): Promise<void> => {
    await fireFlow({ place: world.place, name }, world.deps, {
      ask: () => {
        asked += 1;
        return Promise.resolve({ parameters: { currency: 'USD', big: 9007199254740993n }, source: 'typed' });
      },
      tell: (text, activationId) => void told.push({ text, activationId }),
    });
    world.prompts.done();
  };
  return { ...world, fire, told, asked: () => asked };
}

test('fires once with the parameters, and tells the activation of the trigger', async (t) => {
  const { fire, told, writes, scope, deps, place } = await start(t);
  await fire('monday-report');
  assert.deepEqual(writes(), ['POST triggers/monday-report?platform=vpc']);
  const [{ text, activationId } = { text: '', activationId: '' }] = told;
  assert.equal(text, `Trigger "monday-report" was fired. Its activation is ${activationId}.`);
  assert.ok(scope().triggers.get('monday-report')?.activations.some((one) => one.activationId === activationId));
  assert.equal(deps.runs.inputOf(runAddress({ place, name: 'monday-report' }, activationId))?.source, 'typed');
});

test('a trigger without actions has nothing to start, and what to do is said', async (t) => {
  const { fire, told } = await start(t);
  const problem = problemOf(await errorOf(fire('on-secret')));
  assert.match(problem?.message ?? '', /No action is linked/);
  assert.match(problem?.hint ?? '', /Link an action/);
  assert.deepEqual(told, []);
});

test('on production it asks first', async (t) => {
  const prod: TriggerSetting = { lane: { stage: 'prod', access: 'full' } };
  const { fire, prompts, told } = await start(t, [{ press: 'Fire' }], prod);
  await fire('on-push');
  assert.equal(prompts.asked[0]?.text, 'Fire trigger "on-push" on account "acme" · PROD? Its actions run for real, with these parameters: typed');
  assert.equal(told.length, 1);
  const other = await start(t, [{ cancel: true }], prod);
  await assert.rejects(other.fire('on-push'), CancelledError);
  assert.deepEqual(other.writes(), []);
});

test('a locked account is told so before the first question', async (t) => {
  const { fire, asked } = await start(t, [], { lane: { stage: 'dev', access: 'read-only' } });
  assert.equal((await errorOf(fire('on-push'))).kind, 'locked');
  assert.equal(asked(), 0);
});

test('it is fired once, whatever becomes of the answer', async (t) => {
  const { fire, emulator, writes } = await start(t);
  emulator.faults.inject({ method: 'POST', effect: { kind: 'close', when: 'after' } });
  await errorOf(fire('on-push'));
  assert.equal(writes().length, 1);
});

test('Cancel says that nobody knows whether it was fired', async (t) => {
  const { fire, emulator, cancelling, said, told, writes } = await start(t);
  emulator.faults.inject({ method: 'POST', effect: { kind: 'hang' } });
  const firing = fire('on-push');
  while (writes().length === 0) await new Promise((resolve) => setImmediate(resolve));
  cancelling.abort();
  await firing;
  assert.deepEqual(said, ['No longer waiting for an answer. Whether trigger "on-push" was fired shows in its activations.']);
  assert.deepEqual(told, []);
});
