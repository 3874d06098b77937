import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import { bind, bindingOf, whereOf } from '../../../src/services/functions/actions/deployBinding.ts';
import { deployChosen, deployLocal } from '../../../src/services/functions/actions/deployFlow.ts';
import { boundTarget } from '../../../src/services/functions/actions/deployTarget.ts';
import { Versions } from '../../../src/services/functions/editing/versions.ts';
import { MemoryMemento } from '../../support/editorStorage.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { until } from '../api/support.ts';
import { actionsWorld, hideType, MemoryFiles } from './functionsActionsWorld.ts';
import type { ActionsSetting } from './functionsActionsWorld.ts';

const FILE = 'mem:/work/mail.js';
const CODE = 'exports.main = () => ({ sent: 2 });\n';

async function start(t: TestContext, answers: readonly Answer[], setting?: ActionsSetting) {
  const files = setting?.files ?? new MemoryFiles({ [FILE]: CODE }, FILE);
  const world = await actionsWorld(t, answers, { ...setting, files });
  const target = { place: world.place, pkg: 'notify', name: 'send-mail' };
  const run = async (uri = FILE): Promise<void> => {
    await deployLocal(uri, world.deps);
    world.prompts.done();
  };
  return { ...world, target, run };
}

test('asks once where a file goes, changes the code alone, keeps the version before, and remembers', async (t) => {
  const { client, prompts, said, changed, deps, target, writes } = await start(t, [
    { pick: 'notify/send-mail' }, { press: 'Deploy' }, { press: 'Deploy' },
  ]);
  await client.putAction({ ...(await client.getAction('notify', 'send-mail')), parameters: { big: 9007199254740993n }, main: 'main', timeoutMs: 1234, description: 'kept' });
  const before = await client.getAction('notify', 'send-mail');
  let bound = 0;
  deps.runs.onDidBind(() => { bound += 1; });
  await deployLocal(FILE, deps);
  assert.equal(bound, 1);
  const after = await client.getAction('notify', 'send-mail');
  assert.deepEqual(after, { ...before, code: CODE });
  assert.match(prompts.asked[1]?.text ?? '', /^Deploy "mail\.js" to action "send-mail" of account "acme" \(DEV\)\? Code: 1 line added, 4 removed \(.*→.*\)\nAll else stays as it is: nodejs:22 · main · 128 MB · 1 s\nThe previous code is kept/);
  assert.deepEqual(changed.map(({ kind }) => kind), ['cloudFunctions.code', 'cloudFunctions.action']);
  const versions = new Versions(deps.versionsFolder, deps.now);
  const [kept] = await versions.list(target);
  assert.ok(kept);
  assert.equal((await versions.read(kept))?.code, before.code);
  // The second time it is known where; what is there already is not sent.
  await deployLocal(FILE, deps);
  assert.deepEqual(said, ['"mail.js" was deployed to action "send-mail".', 'Action "send-mail" has this code already: nothing was sent.']);
  deps.files.files.set(FILE, new TextEncoder().encode(`${CODE}// more\n`));
  await deployLocal(FILE, deps);
  prompts.done();
  assert.equal(writes().length, 3);
});

test('what was changed elsewhere is asked about, and looking first sends nothing', async (t) => {
  const { client, deps, place, prompts, opened, writes, target } = await start(t, [{ press: 'View It First' }, { press: 'Overwrite' }, { press: 'Deploy' }]);
  await bind(FILE, { accountId: place.account.id, region: 'KR', pkg: 'notify', name: 'send-mail', where: whereOf(place.account, 'KR'), seen: 'another' }, deps.state);
  await assert.rejects(deployLocal(FILE, deps), CancelledError);
  assert.deepEqual([opened.map(({ keys }) => keys), writes()], [[['KR', 'notify', 'send-mail', 'js']], []]);
  await deployLocal(FILE, deps);
  assert.equal((await client.getAction(target.pkg, target.name)).code, CODE);
  assert.match(prompts.asked[1]?.text ?? '', /^Action "send-mail" was changed elsewhere since it was deployed from here\./);
  prompts.done();
});

test('what is changed while the question is open is asked about, too: nothing is overwritten unseen', async (t) => {
  const { run, client, deps, prompts, writes } = await start(t, [
    { pick: 'notify/send-mail' }, { press: 'Deploy' }, { press: 'Overwrite' }, { press: 'Deploy' },
  ]);
  const { progress } = deps;
  let isFirst = true;
  deps.progress = async (title, work) => {
    if (isFirst) {
      isFirst = false;
      await client.putAction({ ...(await client.getAction('notify', 'send-mail')), code: '// theirs\n' });
    }
    return progress(title, work);
  };
  await run();
  assert.match(prompts.asked[2]?.text ?? '', /was changed elsewhere/);
  assert.match(prompts.asked[3]?.text ?? '', /1 line added, 1 removed/);
  assert.equal((await client.getAction('notify', 'send-mail')).code, CODE);
  assert.equal(writes().length, 2);
});

test('a folder replaces the code by an archive, and says so', async (t) => {
  const files = new MemoryFiles({ 'mem:/mail/index.js': CODE, 'mem:/mail/lib/a.js': 'a' }, 'mem:/mail');
  const { target, deps, client, prompts } = await start(t, [{ pick: 'Folder' }, { press: 'Deploy' }], { files });
  await deployChosen(target, deps);
  prompts.done();
  const { isBinary, runtime, main } = await client.getAction('notify', 'send-mail');
  assert.deepEqual([isBinary, runtime, main], [true, 'nodejs:22', 'main']);
  assert.match(prompts.asked[1]?.text ?? '', /The code \(.* of text\) is replaced by an archive of .*: 2 files of "mail"/);
  assert.equal(bindingOf('mem:/mail', deps.state)?.name, 'send-mail');
});

test('sequences and images take no code, text is nothing for Java, and another language is remarked on', async (t) => {
  const { deps, place, prompts, writes } = await start(t, [{ pick: 'File' }, { pick: 'File' }, { pick: 'File' }, { pick: 'File' }, { cancel: true }], {
    files: new MemoryFiles({ [FILE]: CODE }, FILE, FILE, FILE, FILE),
  });
  const to = (pkg: string, name: string): Promise<void> => deployChosen({ place, pkg, name }, deps);
  await assert.rejects(to('order-tools', 'accept-order'), /is a sequence: it runs other actions/);
  await assert.rejects(to('analytics', 'thumbnailer'), /is a container image: push a new image/);
  await assert.rejects(to('order-tools', 'store-order'), /Java 21 needs a built archive \(\.jar, \.zip\), but "mail\.js" is text/);
  await assert.rejects(to('analytics', 'daily-report'), CancelledError);
  assert.match(prompts.asked.at(-1)?.text ?? '', /"mail\.js" looks like Node\.js 22, but the action runs Python 3\.13\./);
  prompts.done();
  assert.deepEqual(writes(), []);
});

test('an action that is gone, or not the one that is meant: another is asked for', async (t) => {
  const { run, deps, place, client, prompts } = await start(t, [
    { press: 'Another Action…' }, { pick: 'notify/send-mail' }, { press: 'Another Action…' }, { pick: 'order-tools/validate-order' }, { press: 'Deploy' },
  ]);
  await bind(FILE, { accountId: place.account.id, region: 'KR', pkg: 'notify', name: 'gone', where: whereOf(place.account, 'KR'), seen: undefined }, deps.state);
  await run();
  assert.match(prompts.asked[0]?.text ?? '', /^Account "acme" has no action "gone" any more/);
  assert.equal((await client.getAction('order-tools', 'validate-order')).code, CODE);
  assert.equal(bindingOf(FILE, deps.state)?.name, 'validate-order');
});

test('a new action is made from the file without asking for it again', async (t) => {
  const { run, client, deps, changed } = await start(t, [
    { pick: 'New action…' }, { pick: '- (no package)' }, { pick: 'Node.js 22' }, { pick: 'Action' }, { type: 'mailer' }, { type: 'main' }, { pick: '128 MB' }, { type: '1 min' }, { type: '' }, { type: '' }, { pick: 'Create' },
  ], { platform: 'classic' });
  await run();
  assert.equal((await client.getAction('-', 'mailer')).code, CODE);
  assert.deepEqual([bindingOf(FILE, deps.state)?.name, changed.map(({ name }) => name)], ['mailer', ['mailer']]);
});

test('an answer that never came is looked up; a refusal keeps nothing but the version', async (t) => {
  const done = await start(t, [{ pick: 'notify/send-mail' }, { press: 'Deploy' }]);
  done.emulator.faults.inject({ method: 'PUT', effect: { kind: 'close', when: 'after' } });
  await done.run();
  assert.deepEqual(done.said, ['No answer came, but "mail.js" was deployed to action "send-mail".']);
  const lost = await start(t, [{ pick: 'notify/send-mail' }, { press: 'Deploy' }]);
  lost.emulator.faults.inject({ method: 'PUT', effect: { kind: 'close', when: 'before' } });
  await assert.rejects(lost.run(), /network/);
  assert.deepEqual([lost.writes().length, bindingOf(FILE, lost.deps.state)], [1, undefined]);
});

test('a locked account is said to be one before anything is read of it', async (t) => {
  const { target, deps, emulator } = await start(t, [{ pick: 'File' }], { lane: { stage: 'prod', access: 'read-only' } });
  await assert.rejects(deployChosen(target, deps), /locked/);
  assert.deepEqual([emulator.log.length, await readdir(deps.versionsFolder)], [0, []]);
});

test('bindings: two accounts with the same action never mix, the oldest are forgotten, damaged ones are none', async () => {
  const state = new MemoryMemento();
  const binding = { accountId: 'a', region: 'KR', pkg: '-', name: 'x', seen: undefined } as const;
  for (let n = 0; n < 200; n += 1) await bind(`file:///${n}`, { ...binding, accountId: `a${n % 2}` }, state);
  // What is used again stays.
  await bind('file:///1', { ...binding, accountId: 'a1' }, state);
  for (const n of [200, 201]) await bind(`file:///${n}`, { ...binding, accountId: `a${n % 2}` }, state);
  assert.deepEqual([0, 2].map((n) => bindingOf(`file:///${n}`, state)), [undefined, undefined]);
  assert.deepEqual(['file:///1', 'file:///200'].map((uri) => bindingOf(uri, state)?.accountId), ['a1', 'a0']);
  await state.update([...state.values.keys()][0] ?? '', [['file:///a', { ...binding, region: 'XX' }], ['file:///b'], 7, ['file:///c', { ...binding, seen: 7 }]]);
  assert.deepEqual(['a', 'b', 'c'].map((name) => bindingOf(`file:///${name}`, state)?.name), [undefined, undefined, 'x']);
});

test('cancelled while it is under way: what became of it is looked up, said and remembered', async (t) => {
  const cancelled = async (kind: 'delay' | 'hang') => {
    const world = await start(t, [{ pick: 'notify/send-mail' }, { press: 'Deploy' }]);
    const { emulator, deps, cancelling } = world;
    const before = (await world.client.getAction('notify', 'send-mail')).code;
    emulator.faults.inject({ method: 'PUT', effect: kind === 'hang' ? { kind } : { kind, ms: 60_000 } });
    const { progress } = deps;
    deps.progress = (title, work) => {
      void until(() => emulator.log.some(({ method }) => method === 'PUT')).then(() => { cancelling.abort(); });
      return progress(title, work);
    };
    return { ...world, before };
  };
  const done = await cancelled('delay');
  await done.run();
  assert.deepEqual(done.said, ['No answer came, but "mail.js" was deployed to action "send-mail".']);
  assert.deepEqual([bindingOf(FILE, done.deps.state)?.name, done.changed.length], ['send-mail', 2]);
  const not = await cancelled('hang');
  await assert.rejects(not.run(), { message: /^Cancelled\. "mail\.js" was not deployed to action "send-mail" when this was checked\./ });
  assert.deepEqual([(await not.client.getAction('notify', 'send-mail')).code, bindingOf(FILE, not.deps.state), not.said], [not.before, undefined, []]);
  const nobodyKnows = await cancelled('hang');
  nobodyKnows.deps.reading = (title, work) => (title.startsWith('Checking') ? work(AbortSignal.abort()) : work(new AbortController().signal));
  await assert.rejects(nobodyKnows.run(), { message: /^Cancelled before an answer came\. "mail\.js" may or may not have been deployed to action "send-mail"\./ });
});

test('an account that is pointed elsewhere since: its file is asked about again', async (t) => {
  const { deps, run, place, prompts, writes } = await start(t, [{ pick: 'notify/send-mail' }, { press: 'Deploy' }, { pick: 'New action…' }, { cancel: true }], { platform: 'vpc' });
  await deployLocal(FILE, deps);
  assert.equal(writes().length, 1);
  for (const moved of [{ platform: 'classic' as const }, { zone: 'government' as const }, { endpoints: { cloudFunctions: 'http://127.0.0.1:1' } }]) {
    const account = { ...place.account, ...moved };
    assert.equal(boundTarget(bindingOf(FILE, deps.state), { account: () => account }), undefined);
  }
  assert.equal(boundTarget(bindingOf(FILE, deps.state), deps)?.name, 'send-mail');
  // Singapore has but one platform.
  assert.equal(whereOf({ ...place.account, platform: 'classic' }, 'SG'), whereOf(place.account, 'SG'));
  const now = { ...place.account, platform: 'classic' as const };
  deps.account = () => now;
  await assert.rejects(run(), CancelledError);
  assert.match(prompts.asked[2]?.text ?? '', /to which action/);
  assert.equal(writes().length, 1);
});

test('a document that was never saved is asked about each time: the next one has its address', async (t) => {
  const untitled = 'untitled:Untitled-1';
  const files = new MemoryFiles({ [untitled]: CODE });
  const { deps, prompts } = await start(t, [{ pick: 'notify/send-mail' }, { press: 'Deploy' }, { cancel: true }], { files });
  await deployLocal(untitled, deps);
  assert.equal(bindingOf(untitled, deps.state), undefined);
  await assert.rejects(deployLocal(untitled, deps), CancelledError);
  prompts.done();
  // Nor is what an earlier version remembered.
  await deps.state.update('cloudStreams.functions.deployBindings', [[untitled, { accountId: 'a', region: 'KR', pkg: '-', name: 'x' }]]);
  assert.equal(bindingOf(untitled, deps.state), undefined);
});

test('a web action stays one where the service does not tell the type with its code', async (t) => {
  const { client, emulator, run, writes } = await start(t, [{ pick: 'notify/page' }, { press: 'Deploy' }]);
  await client.putAction({ ...(await client.getAction('notify', 'send-mail')), name: 'page', type: 'web', isRawHttp: undefined, hasCustomOptions: undefined });
  hideType(emulator, await client.rawAction('notify', 'page'));
  await run();
  assert.match(writes().at(-1) ?? '', /type=web$/);
});
