import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import { currentRuntimes, runtimeOf } from '../../../src/model/functionRuntimes.ts';
import { unzipEntries } from '../../../src/services/functions/actions/archive.ts';
import { createAction } from '../../../src/services/functions/actions/createAction.ts';
import { bindingOf } from '../../../src/services/functions/actions/deployBinding.ts';
import { moved } from '../../../src/services/functions/actions/sequenceStep.ts';
import { codeOfTemplate } from '../../../src/services/functions/actions/sourceSteps.ts';
import { PROJECTS, TEMPLATES } from '../../../src/services/functions/actions/templates.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { actionsWorld, MemoryFiles } from './functionsActionsWorld.ts';
import type { ActionsSetting } from './functionsActionsWorld.ts';

async function start(t: TestContext, answers: readonly Answer[], setting?: ActionsSetting, pkg = 'notify') {
  const world = await actionsWorld(t, answers, setting);
  const run = async () => {
    const { pkg: of, name } = await createAction(world.place, pkg === 'asked' ? undefined : pkg, world.deps, world.files);
    world.prompts.done();
    return `${of}/${name}`;
  };
  return { ...world, run };
}

const SEEN = 'VPC 21538, subnet 45007';
/** From memory on, what is proposed. */
const LIMITS: readonly Answer[] = [{ pick: '256 MB' }, { type: '1 min' }];

test('from a template: asks in the units people use, creates, and opens the code', async (t) => {
  const { run, client, prompts, said, opened, writes } = await start(t, [
    { pick: 'Template' }, { pick: 'Node.js 22' }, { pick: 'Action' },
    { refused: 'greet', because: /"greet" is taken/ }, { refused: '', because: /Enter a name/ }, { type: 'resize' },
    { refused: ' ', because: /name of the entry function/ }, { refused: 'a b', because: /no spaces/ }, { type: 'main' },
    { pick: '512 MB' },
    { refused: 'soon', because: /such as 1 min or 500 ms/ }, { refused: '499', because: /500 to 300000 ms/ }, { refused: '6 min', because: /500 to 300000/ }, { type: '90 s' },
    { pick: SEEN },
    { type: '그림' }, { type: '{"width": 640}' }, { pick: 'Create' },
  ]);
  assert.equal(await run(), 'notify/resize');
  const { runtime, type, memoryMb, timeoutMs, vpc, description, parameters, main, isBinary, code } = await client.getAction('notify', 'resize');
  assert.deepEqual([runtime, type, memoryMb, timeoutMs, vpc, description, parameters, main, isBinary], ['nodejs:22', 'basic', 512, 90_000, [{ vpcNo: 21538, subnetNo: 45007 }], '그림', { width: 640 }, 'main', false]);
  assert.match(code ?? '', /exports\.main = main;/);
  assert.deepEqual(said, ['Action "resize" was created.']);
  assert.deepEqual(opened.map(({ kind, keys }) => [kind, ...keys]), [['cloudFunctions.code', 'KR', 'notify', 'resize', 'js']]);
  assert.deepEqual(writes(), ['PUT packages/notify/actions/resize?type=basic']);
  assert.match(prompts.notes.map(({ message }) => message).join('\n'), /= 90,000 ms/);
  assert.equal(prompts.asked.at(-1)?.text, 'Create action "resize" in account "acme" (DEV)?');
});

test('the VPC used last comes first, and other numbers can be typed', async (t) => {
  const { run, deps, place, files, prompts, client } = await start(t, [
    { pick: 'Template' }, { pick: 'Python 3.13: web action' }, { pick: 'Web action' }, { many: ['Raw HTTP'] }, { type: 'one' }, { type: 'main' }, ...LIMITS,
    { pick: 'Other numbers…' }, { refused: '12', because: /two numbers/ }, { refused: '0, 1', because: /two numbers/ }, { type: '12, 34' }, { type: '' }, { type: '' }, { pick: 'Create' },
  ]);
  assert.equal(await run(), 'notify/one');
  const made = await client.getAction('notify', 'one');
  assert.deepEqual([made.type, made.isRawHttp, made.hasCustomOptions, made.vpc], ['web', true, false, [{ vpcNo: 12, subnetNo: 34 }]]);
  const again = await start(t, [{ pick: 'Template' }, { pick: 'Go 1.19' }, { pick: 'Action' }, { type: 'two' }, { type: 'main' }, ...LIMITS, { pick: 'VPC 12, subnet 34' }, { cancel: true }]);
  await assert.rejects(createAction(place, 'notify', { ...again.deps, state: deps.state }, files), CancelledError);
  assert.deepEqual(again.prompts.asked[7]?.labels, ['VPC 12, subnet 34', SEEN, 'Other numbers…']);
  prompts.done();
});

test('a sequence: actions in order, moved and removed, with the package asked for', async (t) => {
  const { run, client, prompts, writes } = await start(t, [
    { pick: 'order-tools' }, { pick: 'Sequence' },
    { pick: 'order-tools/validate-order' }, { pick: 'notify/send-mail' }, { pick: '-/hello-web' },
    { pick: '2. notify/send-mail' }, { pick: 'Move up' }, { pick: '3. -/hello-web' }, { pick: 'Remove' }, { pick: 'Done: 2 actions' },
    { pick: 'Action' }, { type: 'chain' }, { type: '' }, { pick: 'Create' },
  ], {}, 'asked');
  assert.equal(await run(), 'order-tools/chain');
  const made = await client.getAction('order-tools', 'chain');
  assert.deepEqual([made.type, made.components], ['sequence', ['notify/send-mail', 'order-tools/validate-order']]);
  assert.match(prompts.asked[3]?.text ?? '', /runs next, or one in the order to move it$/);
  assert.deepEqual(writes(), ['PUT packages/order-tools/actions/chain?type=sequence']);
});

test('one of a list is moved within its bounds', () => {
  assert.deepEqual([moved([1, 2, 3], 0, 'up'), moved([1, 2, 3], 2, 'down'), moved([1, 2, 3], 0, 'down'), moved([1, 2, 3], 1, 'remove')], [[1, 2, 3], [1, 2, 3], [2, 1, 3], [1, 3]]);
});

test('from a file: its runtime is guessed, it is bound, and what cannot be used leads back with the reason', async (t) => {
  const files = new MemoryFiles({ 'mem:/bad.bin': new Uint8Array([0xff, 0xfe, 0]), 'mem:/my resize.py': 'def main(args):\n    return {}\n' }, '', 'mem:/bad.bin', 'mem:/my resize.py');
  const { run, client, prompts, deps } = await start(t, [
    { pick: 'File' }, { pick: 'File' }, { pick: 'Node.js 22' }, { pick: 'File' }, { pick: 'Python 3.13' },
    { pick: 'Action' }, { type: 'my-resize' }, { type: 'main' }, ...LIMITS, { pick: SEEN }, { type: '' }, { type: '' }, { pick: 'Create' },
  ], { files });
  assert.equal(await run(), 'notify/my-resize');
  // The first dialog was closed: Back.
  assert.match(prompts.asked[3]?.text ?? '', /^Not read\. "bad\.bin" is neither text in UTF-8 nor a ZIP or JAR archive\. What is the action made from\?/);
  assert.equal(prompts.asked[4]?.active, 'Python 3.13');
  assert.equal(prompts.asked[6]?.value, 'my-resize');
  assert.equal((await client.getAction('notify', 'my-resize')).code, 'def main(args):\n    return {}\n');
  const binding = bindingOf('mem:/my resize.py', deps.state);
  assert.deepEqual([binding?.accountId, binding?.pkg, binding?.name, typeof binding?.seen], ['a1', 'notify', 'my-resize', 'string']);
});

test('from a folder: an archive, whose code is not opened; a missing entry file is said', async (t) => {
  const files = new MemoryFiles({ 'mem:/tool/lib/a.js': 'a', 'mem:/tool/b.js': 'b' }, 'mem:/tool');
  const { run, client, prompts, opened } = await start(t, [
    { pick: 'Folder' }, { pick: 'Node.js 22' }, { pick: 'Action' }, { type: 'tool' }, { type: 'main' }, ...LIMITS, { pick: SEEN }, { type: '' }, { type: '' }, { pick: 'Create' },
  ], { files });
  await run();
  const { code = '', isBinary } = await client.getAction('notify', 'tool');
  assert.equal(isBinary, true);
  assert.deepEqual(unzipEntries(Buffer.from(code, 'base64')).map(({ path }) => path), ['b.js', 'lib/a.js']);
  assert.deepEqual(opened, []);
  assert.ok(prompts.asked.at(-1)?.labels.includes('Code'));
});

test('where the platform is Classic no VPC is asked for, and there are no images', async (t) => {
  const { run, prompts, client } = await start(t, [
    { pick: 'Template' }, { pick: 'PHP 7.3' }, { pick: 'Action' }, { type: 'resize' }, { type: 'main' }, ...LIMITS, { type: '' }, { type: '' }, { pick: 'Create' },
  ], { platform: 'classic' }, '-');
  await run();
  assert.deepEqual((await client.getAction('-', 'resize')).vpc, []);
  assert.ok(!prompts.asked[0]?.labels.includes('Container image'));
});

test('a container image', async (t) => {
  const { run, client } = await start(t, [
    { pick: 'Container image' }, { refused: 'thumb', because: /looks like this/ }, { type: 'registry/thumb:2' }, { pick: 'Action' }, { type: 'thumb' }, ...LIMITS,
    { pick: SEEN }, { type: '' }, { type: '' }, { pick: 'Create' },
  ]);
  await run();
  const { runtime, imageUri, code } = await client.getAction('notify', 'thumb');
  assert.deepEqual([runtime, imageUri, code], ['custom image', 'registry/thumb:2', undefined]);
});

test('a refusal leads to the answer it is about, with all answers kept; a taken name is never replaced', async (t) => {
  const { run, emulator, prompts, client, writes } = await start(t, [
    { pick: 'Template' }, { pick: 'Node.js 22' }, { pick: 'Action' }, { type: 'price-order' }, { type: 'main' }, ...LIMITS, { pick: SEEN }, { type: '' }, { type: '' }, { pick: 'Create' },
    { refused: 'price-order', because: /is taken/ }, { type: 'resize' }, { pick: 'Create' }, { pick: '512 MB' }, { pick: 'Create' },
  ]);
  const body = JSON.stringify({ error: { errorCode: '80307', message: 'ACTION_BODY_INVALID_VALUE', details: 'limits.memory' } });
  emulator.faults.inject({ method: 'PUT', path: /resize/, effect: { kind: 'reply', status: 400, body } });
  assert.equal(await run(), 'notify/resize');
  assert.match(prompts.asked[11]?.text ?? '', /^Not created\. .*taken/);
  assert.match(prompts.asked[14]?.text ?? '', /^Not created\. .* Memory of the action/);
  assert.equal((await client.getAction('notify', 'resize')).memoryMb, 512);
  assert.equal((await client.getAction('order-tools', 'price-order')).runtime, 'python:3.13');
  assert.equal(writes().length, 3);
});

test('.NET is a project to build: it is written to a folder, and nothing is sent', async (t) => {
  const files = new MemoryFiles({}, 'mem:/net');
  const { run, writes, said } = await start(t, [{ pick: 'Template' }, { pick: '.NET 2.2' }], { files });
  await assert.rejects(run(), CancelledError);
  assert.deepEqual([...files.files.keys()], ['mem:/net/Function.csproj', 'mem:/net/Program.cs']);
  assert.deepEqual([files.opened, writes()], [['mem:/net/Program.cs'], []]);
  assert.match(said[0] ?? '', /Build it with "dotnet publish -c Release -o out", then create the action from folder "out"/);
  const again = await start(t, [{ pick: 'Template' }, { pick: '.NET 2.2' }], { files: new MemoryFiles({ 'mem:/net/Program.cs': 'mine' }, 'mem:/net') });
  await assert.rejects(again.run(), /has a file "Program\.cs" already/);
  assert.equal(again.files.text('mem:/net/Program.cs'), 'mine');
});

test('there is a template or a project for each current runtime, and each is taken by the service', async (t) => {
  const kinds = [...TEMPLATES, ...PROJECTS].map(({ kind }) => kind);
  assert.deepEqual([...new Set(kinds)].toSorted(), currentRuntimes.map(({ kind }) => kind).toSorted());
  const { client } = await actionsWorld(t, [], { platform: 'classic' });
  for (const [n, template] of TEMPLATES.entries()) {
    const { code, isBinary } = await codeOfTemplate(template);
    const main = runtimeOf(template.kind)?.defaultMain;
    const spec = { pkg: '-', name: `t${n}`, description: '', runtime: template.kind, type: template.type, parameters: {}, isRawHttp: undefined, hasCustomOptions: undefined, code, isBinary, main, imageUri: undefined, components: [], memoryMb: 256, timeoutMs: 60_000, vpc: [] };
    await client.putAction(spec);
    assert.equal((await client.getAction('-', `t${n}`)).code, code);
  }
});

test('templates of Node.js and Python run as they are', async (t) => {
  const { client } = await actionsWorld(t, [], { platform: 'classic', runs: 'real' });
  for (const [n, template] of TEMPLATES.entries()) {
    if (!/^(?:nodejs|python):/.test(template.kind)) continue;
    const { code, isBinary } = await codeOfTemplate(template);
    await client.putAction({ pkg: '-', name: `t${n}`, description: '', runtime: template.kind, type: template.type, parameters: {}, isRawHttp: undefined, hasCustomOptions: undefined, code, isBinary, main: 'main', imageUri: undefined, components: [], memoryMb: 256, timeoutMs: 60_000, vpc: [] });
    const { ended } = await client.runAction({ pkg: '-', name: `t${n}` }, { name: 'Jin' }, 30_000);
    const greeting = { greeting: 'Hello, Jin!' };
    assert.deepEqual((ended?.result as { readonly body?: unknown }).body ?? ended?.result, greeting, template.kind);
  }
});
