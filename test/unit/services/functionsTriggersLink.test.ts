import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import fc from 'fast-check';

import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { linkActions, unlinkAction } from '../../../src/services/functions/triggers/linkActions.ts';
import { linkedAction, linkedAmong, linkedText } from '../../../src/services/functions/triggers/linkedName.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { triggersWorld } from './functionsTriggersWorld.ts';

async function start(t: TestContext, answers: readonly Answer[], name = 'on-push') {
  const world = await triggersWorld(t, answers);
  const trigger = { place: world.place, name };
  const links = (): readonly string[] => [...world.scope().triggers.get(name)?.links ?? []];
  const run = async (): Promise<void> => {
    await linkActions(trigger, world.deps);
    world.prompts.done();
  };
  return { ...world, trigger, links, run };
}

const refusal = (code: string, message: string, status = 400) =>
  ({ kind: 'reply', status, body: JSON.stringify({ error: { errorCode: code, message, details: '' } }) }) as const;

test('names of linked actions are read however they are written', () => {
  for (const [text, pkg, name] of [
    ['act', '-', 'act'], ['pkg/act', 'pkg', 'act'], ['-/act', '-', 'act'], ['/ns/act', '-', 'act'], ['/ns/pkg/act', 'pkg', 'act'], ['ns/pkg/act', 'pkg', 'act'],
    ['/_/act', '-', 'act'], ['/ns/-/act', '-', 'act'],
  ] as const) assert.deepEqual(linkedAction(text), { pkg, name }, text);
  for (const text of ['', '/', '//', 'a/', '/a', '/a/', 'a//b', 'a/b/c/d', '/a/b/c/d']) assert.equal(linkedAction(text), undefined, text);
  fc.assert(fc.property(fc.string(), (text) => {
    const action = linkedAction(text);
    if (action !== undefined) assert.deepEqual(linkedAction(linkedText(action)), action);
  }));
});

test('a name alone is that of an action in a package where there is one only', () => {
  const actions = [{ pkg: '-', name: 'a' }, { pkg: 'p', name: 'a' }, { pkg: 'p', name: 'b' }, { pkg: 'p', name: 'c' }, { pkg: 'q', name: 'c' }];
  assert.deepEqual(linkedAmong('a', actions), { pkg: '-', name: 'a' });
  assert.deepEqual(linkedAmong('b', actions), { pkg: 'p', name: 'b' });
  assert.deepEqual(linkedAmong('c', actions), { pkg: '-', name: 'c' });
  assert.deepEqual(linkedAmong('p/c', actions), { pkg: 'p', name: 'c' });
});

test('the difference is linked and unlinked, a call each, and nothing else', async (t) => {
  const { run, links, writes, said, changed, prompts } = await start(t, [{ many: ['notify/send-mail', 'notify/greet'] }]);
  await run();
  assert.deepEqual(links(), ['notify/send-mail', 'notify/greet']);
  assert.deepEqual(writes(), ['DELETE triggers/on-push/link-action?platform=vpc', 'POST triggers/on-push/link-action?platform=vpc']);
  assert.deepEqual(said, ['Action "notify/greet" is linked to trigger "on-push". Action "old-cleanup" is not linked to trigger "on-push" any more.']);
  assert.deepEqual(changed.map(({ kind, keys }) => [kind, ...keys]), [['cloudFunctions.trigger', 'KR', 'on-push']]);
  assert.deepEqual(prompts.asked[0]?.labels.slice(0, 3), ['hello-web', 'old-cleanup', 'analytics/count-sessions']);
});

test('where nothing is changed nothing is asked of the cloud', async (t) => {
  const { run, writes, said } = await start(t, [{ many: ['notify/send-mail', 'old-cleanup'] }]);
  await run();
  assert.deepEqual(writes(), []);
  assert.match(said[0] ?? '', /^Nothing was changed/);
});

test('an action that is gone is shown, and stays linked while it is ticked', async (t) => {
  const { run, links, scope, prompts } = await start(t, [{ many: ['notify/send-mail', 'old-cleanup', 'hello-web'] }]);
  scope().actions.delete('-/old-cleanup');
  await run();
  assert.equal(prompts.asked[0]?.labels[0], 'old-cleanup');
  assert.deepEqual(links(), ['notify/send-mail', '-/old-cleanup', '-/hello-web']);
});

test('where one fails the others go on, and all is told', async (t) => {
  const { run, emulator, links, reports, said } = await start(t, [{ many: ['hello-web', 'notify/greet', 'order-tools/price-order'] }]);
  emulator.faults.inject({ method: 'POST', effect: refusal('80324', 'ACTION_LINK_COUNT_EXCEED', 422) });
  emulator.faults.inject({ method: 'DELETE', effect: refusal('80002', 'SUB_ACC_NO_PERMISSION', 403) });
  await run();
  assert.deepEqual(links(), ['-/old-cleanup', 'notify/greet', 'order-tools/price-order'].toSorted((a, b) => links().indexOf(a) - links().indexOf(b)));
  assert.equal(reports.length, 1);
  assert.match(reports[0]?.text ?? '', /^2 of 5 changes were not made\.\n/);
  assert.match(said[0] ?? '', /^2 actions are linked to trigger "on-push"\. Action "\S+" is not linked/);
});

test('one that fails alone is told as it is', async (t) => {
  const { run, emulator, reports, said } = await start(t, [{ many: ['notify/send-mail', 'old-cleanup', 'hello-web'] }]);
  emulator.faults.inject({ method: 'POST', effect: refusal('80324', 'ACTION_LINK_COUNT_EXCEED', 422) });
  await run();
  assert.match(reports[0]?.text ?? '', /^Not linked: .*the maximum number of triggers/);
  assert.deepEqual(said, []);
});

test('what is so already counts as done, and so does what is found after a lost answer', async (t) => {
  const { run, emulator, links, reports } = await start(t, [{ many: ['notify/send-mail', 'hello-web', 'notify/greet'] }]);
  emulator.faults.inject({ method: 'DELETE', effect: refusal('80900', 'RULE_NOT_FOUND', 404) });
  emulator.faults.inject({ method: 'POST', effect: refusal('80901', 'DUPLICATED_RULE', 409) });
  emulator.faults.inject({ method: 'POST', skip: 0, effect: { kind: 'close', when: 'after' } });
  await run();
  assert.deepEqual(reports, []);
  assert.ok(links().includes('notify/greet'));
});

test('a lost answer that changed nothing is told', async (t) => {
  const { run, emulator, links, reports } = await start(t, [{ many: ['notify/send-mail', 'old-cleanup', 'hello-web'] }]);
  emulator.faults.inject({ method: 'POST', effect: { kind: 'close', when: 'before' } });
  await run();
  assert.equal(links().length, 2);
  assert.match(reports[0]?.text ?? '', /^Not linked: /);
});

/** Links as ticked, and cancels while the call of this number is under way. */
async function cancelledAt(t: TestContext, call: number, ticked: readonly string[]) {
  const world = await start(t, [{ many: ticked }]);
  let calls = 0;
  const client = async () => {
    const real = await world.deps.client();
    const count = (): void => {
      calls += 1;
      if (calls === call) world.cancelling.abort();
    };
    return Object.assign(Object.create(real) as typeof real, {
      linkAction: async (...given: Parameters<typeof real.linkAction>) => {
        count();
        return real.linkAction(...given);
      },
      unlinkAction: async (...given: Parameters<typeof real.unlinkAction>) => {
        count();
        return real.unlinkAction(...given);
      },
      getTrigger: real.getTrigger.bind(real), listActions: real.listActions.bind(real), listPackages: real.listPackages.bind(real),
    });
  };
  await linkActions(world.trigger, { ...world.deps, client });
  assert.equal(calls, call);
  assert.deepEqual(world.reports, []);
  return world;
}

test('Cancel ends it between two calls, and says what was done and what may have been', async (t) => {
  const { said, links } = await cancelledAt(t, 3, ['notify/send-mail', 'hello-web', 'notify/greet']);
  assert.match(said[0] ?? '', /^Cancelled before an answer came\. Action "notify\/greet" may or .* Action "hello-web" is linked.* Action "old-cleanup" is not linked/);
  assert.ok(!links().includes('notify/greet'));
});

test('Cancel while the first call is under way says that it may have been made, whichever it is', async (t) => {
  const { said: linked } = await cancelledAt(t, 1, ['notify/send-mail', 'old-cleanup', 'notify/greet']);
  assert.deepEqual(linked, ['Cancelled before an answer came. Action "notify/greet" may or may not have been linked to trigger "on-push".']);
  const { said: unlinked } = await cancelledAt(t, 1, ['notify/send-mail']);
  assert.deepEqual(unlinked, ['Cancelled before an answer came. Action "old-cleanup" may or may not have been unlinked from trigger "on-push".']);
});

test('a package that goes while its actions are read is left out', async (t) => {
  const { run, emulator, prompts } = await start(t, [{ many: ['notify/send-mail', 'old-cleanup'] }]);
  emulator.faults.inject({ method: 'GET', path: /packages\/analytics\/actions/, effect: refusal('80101', 'PACKAGE_NOT_FOUND', 404) });
  await run();
  assert.ok(prompts.asked[0]?.labels.every((label) => !label.startsWith('analytics/')));
});

test('without any action there is nothing to ask', async (t) => {
  const { run, scope, said } = await start(t, [], 'on-secret');
  scope().actions.clear();
  await run();
  assert.deepEqual(said, ['There is no action yet. Create one first.']);
});

test('one row is unlinked after a question, by whatever name it has', async (t) => {
  const { trigger, deps, links, prompts, said } = await start(t, [{ press: 'Unlink' }, { press: 'Unlink' }]);
  await unlinkAction(trigger, 'old-cleanup', deps);
  assert.equal(prompts.asked[0]?.text, 'Unlink action "old-cleanup" from trigger "on-push"? The trigger does not start it any more. The action itself stays.');
  // A service that leaves the package out.
  await unlinkAction(trigger, 'send-mail', deps);
  assert.deepEqual(links(), []);
  assert.equal(said.at(-1), 'Action "notify/send-mail" is not linked to trigger "on-push" any more.');
  prompts.done();
});

test('nothing is unlinked where the user does not want to, or the name is none', async (t) => {
  const { trigger, deps, writes } = await start(t, [{ cancel: true }]);
  await assert.rejects(unlinkAction(trigger, 'notify/send-mail', deps), CancelledError);
  await assert.rejects(unlinkAction(trigger, 'a/b/c/d', deps), CloudError);
  assert.deepEqual(writes(), []);
});
