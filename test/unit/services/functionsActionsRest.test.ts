import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import { zipEntries } from '../../../src/services/functions/actions/archive.ts';
import { copyAction } from '../../../src/services/functions/actions/copyAction.ts';
import { deleteActions } from '../../../src/services/functions/actions/deleteActions.ts';
import { bindingOf } from '../../../src/services/functions/actions/deployBinding.ts';
import { downloadTo } from '../../../src/services/functions/actions/downloadAction.ts';
import { fingerprint } from '../../../src/services/functions/actions/fingerprint.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { actionsWorld, hideType, MemoryFiles } from './functionsActionsWorld.ts';
import type { ActionsSetting } from './functionsActionsWorld.ts';

async function start(t: TestContext, answers: readonly Answer[], setting?: ActionsSetting) {
  const world = await actionsWorld(t, answers, setting);
  const at = (pkg: string, name: string) => ({ place: world.place, pkg, name });
  return { ...world, at };
}

test('deleting says which triggers are linked, whatever way they are written', async (t) => {
  const { deps, at, prompts, said, writes } = await start(t, [{ press: 'Delete' }, { press: 'Delete' }]);
  await deleteActions([at('notify', 'send-mail')], deps);
  assert.equal(prompts.asked[0]?.text, 'Delete action "send-mail"? Its code and settings are lost. Trigger "on-push" is linked to it.\nAccount "acme" · DEV');
  await deleteActions([at('analytics', 'daily-report'), at('notify', 'greet')], deps);
  assert.match(prompts.asked[1]?.text ?? '', /^Delete 2 actions\? Account "acme" · DEV\n• daily-report: .*Trigger "monday-report" is linked to it\.\n• greet: Its code and settings are lost\.$/);
  await deleteActions([at('notify', 'greet')], deps);
  assert.deepEqual(said, ['Action "send-mail" was deleted.', 'These actions were deleted: daily-report, greet', 'Action "greet" is deleted already.']);
  assert.deepEqual(writes(), ['DELETE packages/notify/actions/send-mail', 'DELETE packages/analytics/actions/daily-report', 'DELETE packages/notify/actions/greet']);
  prompts.done();
});

test('on production the name is typed; where the triggers cannot be read nothing is deleted', async (t) => {
  const lane = { stage: 'prod', access: 'full' } as const;
  const { deps, at, prompts, writes, emulator } = await start(t, [{ press: 'Delete' }, { type: 'greet' }], { lane });
  emulator.faults.inject({ method: 'GET', path: /triggers/, times: 10, effect: { kind: 'reply', status: 403, body: '{"error":{"errorCode":"80002","message":"m"}}' } });
  await assert.rejects(deleteActions([at('notify', 'greet')], deps), /forbidden/);
  assert.deepEqual(writes(), []);
  emulator.faults.clear();
  await deleteActions([at('notify', 'greet')], deps);
  assert.equal(writes().length, 1);
  prompts.done();
});

test('a deletion that fails is told, the others go on, and a lost answer is looked up', async (t) => {
  const { deps, at, reports, emulator, said } = await start(t, [{ press: 'Delete' }, { press: 'Delete' }]);
  emulator.faults.inject({ method: 'DELETE', path: /greet/, effect: { kind: 'reply', status: 403, body: '{"error":{"errorCode":"80002","message":"m"}}' } });
  await deleteActions([at('notify', 'greet'), at('notify', 'send-mail')], deps);
  assert.match(reports[0]?.text ?? '', /^1 of 2 were not deleted\.\ngreet: /);
  emulator.faults.inject({ method: 'DELETE', path: /greet/, effect: { kind: 'close', when: 'after' } });
  await deleteActions([at('notify', 'greet')], deps);
  assert.deepEqual(said, ['Action "send-mail" was deleted.', 'Action "greet" was deleted.']);
});

test('copies within an account: everything but the name', async (t) => {
  const { deps, at, client, prompts, changed } = await start(t, [
    { pick: 'notify' }, { refused: 'price-order', because: /is taken/ }, { refused: 'on-push', because: /is taken/ }, { type: 'price-copy' }, { pick: 'Create' },
  ]);
  await client.putAction({ ...(await client.getAction('order-tools', 'price-order')), parameters: { big: 9007199254740993n } });
  await copyAction(at('order-tools', 'price-order'), deps);
  const [source, copy] = [await client.getAction('order-tools', 'price-order'), await client.getAction('notify', 'price-copy')];
  assert.deepEqual({ ...copy, resourceId: undefined }, { ...source, resourceId: undefined, pkg: 'notify', name: 'price-copy' });
  assert.equal(prompts.asked.at(-1)?.text, 'Copy action "price-order" as "price-copy" to account "acme" (DEV)?');
  assert.deepEqual(changed.map(({ keys }) => keys), [['KR', 'notify', 'price-copy']]);
  prompts.done();
});

test('a copy of a web action is one, also where the service does not tell the type with its code', async (t) => {
  const { deps, at, client, emulator, writes } = await start(t, [{ pick: '- (no package)' }, { type: 'page2' }, { pick: 'Create' }]);
  await client.putAction({ ...(await client.getAction('notify', 'send-mail')), name: 'page', type: 'web', isRawHttp: undefined, hasCustomOptions: undefined });
  hideType(emulator, await client.rawAction('notify', 'page'));
  await copyAction(at('notify', 'page'), deps);
  assert.match(writes().at(-1) ?? '', /page2\?type=web$/);
});

test('copies to another account: its VPC is asked for, an ended runtime is replaced, and a taken name is not', async (t) => {
  const others: ActionsSetting['others'] = (account) => [
    { ...account, id: 'a2', name: 'other' }, { ...account, id: 'a3', name: 'locked', lane: { stage: 'prod', access: 'read-only' } }, { ...account, id: 'a4', name: 'old', platform: 'classic' },
  ];
  const { deps, at, clientOf, prompts } = await start(t, [
    { pick: 'old' }, { pick: '- (no package)' }, { type: 'form' }, { pick: 'Node.js 22' }, { pick: 'Create' }, { type: 'cleanup' }, { pick: 'Create' },
    { pick: 'other' }, { pick: 'notify' }, { type: 'mail2' }, { pick: 'VPC 21538, subnet 45007' }, { pick: 'Create' },
  ], { others });
  await copyAction(at('-', 'old-cleanup'), deps).catch((error: unknown) => assert.fail(String(error)));
  const old = await clientOf('a4').getAction('-', 'cleanup');
  assert.deepEqual([old.runtime, old.vpc], ['nodejs:22', []]);
  await copyAction(at('notify', 'send-mail'), deps);
  assert.deepEqual((await clientOf('a2').getAction('notify', 'mail2')).vpc, [{ vpcNo: 21538, subnetNo: 45007 }]);
  assert.deepEqual(prompts.asked[0]?.labels, ['acme', 'other', 'locked', 'old']);
  prompts.done();
});

test('an image is not copied to where there are none', async (t) => {
  const { deps, at, writes } = await start(t, [{ pick: 'old' }], { others: (account) => [{ ...account, id: 'a4', name: 'old', platform: 'classic' }] });
  await assert.rejects(copyAction(at('analytics', 'thumbnailer'), deps), /cannot use container images/);
  assert.deepEqual(writes(), []);
});

test('downloads text with its settings beside, binds it, and overwrites nothing without asking', async (t) => {
  const files = new MemoryFiles({ 'mem:/d/send-mail.js': 'mine' }, 'mem:/d', 'mem:/d');
  const { deps, at, client, prompts, said } = await start(t, [{ cancel: true }, { press: 'Overwrite' }], { files });
  await client.putAction({ ...(await client.getAction('notify', 'send-mail')), parameters: { big: 9007199254740993n } });
  await assert.rejects(downloadTo(at('notify', 'send-mail'), deps, files), CancelledError);
  assert.equal(files.text('mem:/d/send-mail.js'), 'mine');
  await downloadTo(at('notify', 'send-mail'), deps, files);
  const detail = await client.getAction('notify', 'send-mail');
  assert.equal(files.text('mem:/d/send-mail.js'), detail.code);
  const settings = files.text('mem:/d/send-mail.action.json');
  assert.match(settings, /"big": 9007199254740993/);
  assert.partialDeepStrictEqual(JSON.parse(settings), { name: 'send-mail', package: 'notify', runtime: 'nodejs:22', memoryMb: 128, timeoutMs: 120_000, vpc: [{ vpcNo: 21538, subnetNo: 45007 }] });
  assert.ok(!settings.includes(JSON.stringify(detail.code).slice(1, 20)));
  assert.equal(bindingOf('mem:/d/send-mail.js', deps.state)?.seen, fingerprint(detail));
  assert.match(prompts.asked[0]?.text ?? '', /^Overwrite "send-mail\.js"\? The folder has this file already\./);
  assert.deepEqual([said, files.opened], [['Action "send-mail" was downloaded: 2 files. "send-mail.action.json" holds its default parameters.'], ['mem:/d/send-mail.js']]);
  prompts.done();
});

test('an archive is unpacked into a folder of its own; one that leads out of it writes nothing', async (t) => {
  const files = new MemoryFiles({}, 'mem:/d', 'mem:/d');
  const { deps, at, client } = await start(t, [], { files });
  const action = await client.getAction('notify', 'send-mail');
  const pack = async (path: string): Promise<void> => client.putAction({
    ...action, isBinary: true, code: Buffer.from(await zipEntries([{ path, bytes: new TextEncoder().encode('x') }])).toString('base64'),
  });
  await pack('lib/index.js');
  await downloadTo(at('notify', 'send-mail'), deps, files);
  assert.deepEqual([...files.files.keys()], ['mem:/d/send-mail/lib/index.js', 'mem:/d/send-mail.action.json']);
  assert.equal(bindingOf('mem:/d/send-mail', deps.state)?.name, 'send-mail');
  await pack('../index.js');
  await assert.rejects(downloadTo(at('notify', 'send-mail'), deps, files), /outside of its folder/);
  assert.equal(files.files.size, 2);
  await downloadTo(at('order-tools', 'accept-order'), deps, files);
  assert.match(files.text('mem:/d/accept-order.action.json'), /"components": \[\s+"order-tools\/validate-order"/);
});
