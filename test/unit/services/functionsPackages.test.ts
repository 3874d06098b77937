import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import { createPackageIn } from '../../../src/services/functions/packages/createPackage.ts';
import { deletePackages } from '../../../src/services/functions/packages/deletePackages.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { actionsWorld } from './functionsActionsWorld.ts';
import type { ActionsSetting } from './functionsActionsWorld.ts';

async function creating(t: TestContext, answers: readonly Answer[], setting?: ActionsSetting) {
  const world = await actionsWorld(t, answers, setting);
  const run = async (): Promise<string> => {
    const name = await createPackageIn(world.place, world.deps);
    world.prompts.done();
    return name;
  };
  return { ...world, run };
}

test('asks for a package, says what is wrong while it is typed, and creates it', async (t) => {
  const { run, client, said, titles, prompts, writes } = await creating(t, [
    { refused: '', because: /Enter a name/ },
    { refused: '-x', because: /cannot start with "-"/ },
    { refused: 'a b', because: /letters \(A to Z\), digits/ },
    { refused: 'x'.repeat(51), because: /at most 50 characters, this one has 51/ },
    { refused: 'notify', because: /"notify" is taken\. A package, an action and a trigger cannot have the same name/ },
    { refused: 'every-five-minutes', because: /is taken/ },
    { type: ' images ' },
    { refused: '가'.repeat(1001), because: /at most 3000 bytes, this one has 3003/ },
    { type: '그림' },
    { refused: '{', because: /not JSON yet/ },
    { refused: '[1]', because: /a JSON object/ },
    { type: '{"bucket": "pictures", "count": 9007199254740993}' },
    { pick: 'Create' },
  ]);
  assert.equal(await run(), 'images');
  const { description, parameters } = await client.getPackage('images');
  assert.deepEqual([description, parameters], ['그림', { bucket: 'pictures', count: 9007199254740993n }]);
  assert.match(prompts.asked[0]?.text ?? '', /3 of 500 are used/);
  assert.equal(prompts.asked.at(-1)?.text, 'Create package "images" in account "acme" (DEV)?');
  assert.deepEqual([said, titles, writes()], [['Package "images" was created.'], ['Creating package "images"…'], ['PUT packages/images']]);
});

test('a package that was made meanwhile is not replaced: the wizard asks for another name', async (t) => {
  const { run, client, emulator, prompts, deps, writes } = await creating(t, [
    { type: 'images' }, { type: '' }, { type: '' }, { pick: 'Create' },
    { type: 'pictures' }, { pick: 'Create' },
  ]);
  const { progress } = deps;
  let isFirst = true;
  deps.progress = (title, work) => {
    if (isFirst) emulator.world.functions.addPackage('vpc', 'images', 'theirs', { a: 1 });
    isFirst = false;
    return progress(title, work);
  };
  assert.equal(await run(), 'pictures');
  assert.match(prompts.asked[4]?.text ?? '', /^Not created\. The name is taken already\. Creating it would replace what has this name already\./);
  assert.deepEqual((await client.getPackage('images')).description, 'theirs');
  assert.deepEqual(writes(), ['PUT packages/pictures']);
});

test('a creation whose answer never came is looked up, and nothing is sent twice', async (t) => {
  const answers: readonly Answer[] = [{ type: 'images' }, { type: '' }, { type: '' }, { pick: 'Create' }];
  const done = await creating(t, answers);
  done.emulator.faults.inject({ method: 'PUT', effect: { kind: 'close', when: 'after' } });
  assert.equal(await done.run(), 'images');
  assert.deepEqual(done.said, ['No answer came, but package "images" exists now.']);

  const lost = await creating(t, [...answers, { cancel: true }]);
  lost.emulator.faults.inject({ method: 'PUT', effect: { kind: 'close', when: 'before' } });
  await assert.rejects(lost.run(), CancelledError);
  assert.match(lost.prompts.asked.at(-1)?.text ?? '', /^Not created\. No answer came, and there is no package "images"\./);
  assert.deepEqual(lost.writes(), ['PUT packages/images']);
});

async function deleting(t: TestContext, names: readonly string[], answers: readonly Answer[], setting?: ActionsSetting) {
  const world = await actionsWorld(t, answers, setting);
  const run = async (): Promise<void> => {
    await deletePackages(names.map((name) => ({ place: world.place, name })), world.deps);
    world.prompts.done();
  };
  return { ...world, run };
}

test('says which actions stand in the way and which triggers are linked, and deletes the actions first', async (t) => {
  const { run, prompts, writes, said, client } = await deleting(t, ['notify'], [{ press: 'Delete' }]);
  await run();
  assert.equal(prompts.asked[0]?.text, [
    'Delete package "notify" and its 3 actions?',
    '3 actions stand in the way and are deleted first, with their code and settings: greet, order-page, send-mail',
    '1 trigger is linked to these actions: on-push\nAccount "acme" · DEV',
  ].join(' '));
  assert.deepEqual(writes(), ['DELETE packages/notify/actions/greet', 'DELETE packages/notify/actions/order-page', 'DELETE packages/notify/actions/send-mail', 'DELETE packages/notify']);
  assert.deepEqual(said, ['Package "notify" was deleted.']);
  assert.ok(!(await client.listPackages()).some(({ name }) => name === 'notify'));
});

test('an empty package is a short question; what is gone already is only said', async (t) => {
  const { run, emulator, prompts, writes, place, deps, said } = await deleting(t, ['empty'], [{ press: 'Delete' }]);
  emulator.world.functions.addPackage('vpc', 'empty', '', {});
  await run();
  assert.match(prompts.asked[0]?.text ?? '', /^Delete package "empty"\? Its default parameters are lost\./);
  await deletePackages([{ place, name: 'empty' }], deps);
  assert.deepEqual([writes(), said], [['DELETE packages/empty'], ['Package "empty" was deleted.', 'Package "empty" is deleted already.']]);
});

test('on production the name is typed; closing it deletes nothing', async (t) => {
  const lane = { stage: 'prod', access: 'full' } as const;
  const typed = await deleting(t, ['notify'], [{ press: 'Delete' }, { refused: 'yes', because: /The name is "notify"/ }, { type: 'notify' }], { lane });
  await typed.run();
  assert.equal(typed.writes().length, 4);
  const closed = await deleting(t, ['notify'], [{ press: 'Delete' }, { cancel: true }], { lane });
  await assert.rejects(closed.run(), CancelledError);
  assert.deepEqual(closed.writes(), []);
});

test('where an action cannot be deleted the package stays, and it is said what went', async (t) => {
  const { run, emulator, reports, writes, client } = await deleting(t, ['notify', 'analytics'], [{ press: 'Delete' }]);
  const body = JSON.stringify({ error: { errorCode: '81314', message: 'NAT_RETURN_FAIL', details: '' } });
  emulator.faults.inject({ method: 'DELETE', path: /actions\/order-page/, effect: { kind: 'reply', status: 500, body } });
  await run();
  assert.match(reports[0]?.text ?? '', /^1 of 2 were not deleted\.\nnotify: .* Its action "greet" was deleted\./);
  assert.ok(!writes().includes('DELETE packages/notify'));
  assert.deepEqual((await client.listPackages()).map(({ name }) => name).toSorted(), ['notify', 'order-tools']);
});

test('called off in the middle: what was done is said', async (t) => {
  const { run, emulator, said, cancelling, deps } = await deleting(t, ['notify'], [{ press: 'Delete' }]);
  emulator.faults.inject({ method: 'DELETE', path: /actions\/order-page/, effect: { kind: 'hang' } });
  const { client } = deps;
  deps.client = async (id) => {
    const real = await client(id);
    const remove = real.deleteAction.bind(real);
    real.deleteAction = (action, signal) => {
      const answer = remove(action, signal);
      if (action.name === 'order-page') cancelling.abort();
      return answer;
    };
    return real;
  };
  await run();
  assert.deepEqual(said, ['Cancelled. Its action "greet" was deleted.']);
});

test('a deletion whose answer never came is looked up', async (t) => {
  const done = await deleting(t, ['notify'], [{ press: 'Delete' }]);
  done.emulator.faults.inject({ method: 'DELETE', path: /packages\/notify(\?|$)/, effect: { kind: 'close', when: 'after' } });
  await done.run();
  assert.deepEqual(done.said, ['Package "notify" was deleted.']);
  const lost = await deleting(t, ['notify'], [{ press: 'Delete' }]);
  lost.emulator.faults.inject({ method: 'DELETE', path: /actions\/greet/, effect: { kind: 'close', when: 'before' } });
  await lost.run();
  assert.match(lost.reports[0]?.text ?? '', /^Not deleted: notify: /);
  const half = await deleting(t, ['notify'], [{ press: 'Delete' }]);
  half.emulator.faults.inject({ method: 'DELETE', path: /packages\/notify(\?|$)/, effect: { kind: 'close', when: 'before' } });
  await half.run();
  assert.match(half.reports[0]?.text ?? '', /^Not deleted: notify: .* Its actions were deleted: greet, order-page, send-mail/);
});
