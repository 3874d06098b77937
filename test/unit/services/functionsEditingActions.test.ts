import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { DocumentValue, DocumentValues, EditableType } from '../../../src/documents/documentType.ts';
import { SaveProblem } from '../../../src/documents/saveProblem.ts';
import { COMMANDS } from '../../../src/ids.ts';
import { problemOf, problemText } from '../../../src/model/problem.ts';
import { Versions } from '../../../src/services/functions/editing/versions.ts';
import { actionResource, codeRef, packageResource } from '../../../src/services/functions/resources.ts';
import { editingWorld, NOW } from './functionsEditingWorld.ts';

type World = Awaited<ReturnType<typeof editingWorld>>;

const APPLY = { press: 'Apply' } as const;
const DEPLOY = { press: 'Deploy' } as const;

/** What is there, behind the client's back. */
function specAt({ emulator }: World, path: string) {
  const action = emulator.world.functions.scope('vpc').actions.get(path);
  assert.ok(action, path);
  return action;
}

function told(outcome: unknown): string {
  const problem = problemOf(outcome);
  assert.ok(problem, String(outcome));
  return problemText(problem);
}

function codeIn({ code }: DocumentValues): string {
  return typeof code === 'string' ? code : assert.fail('no code');
}

function check({ fields }: EditableType, name: string, value: DocumentValue, opened?: DocumentValue): string | undefined {
  return fields.find((field) => field.name === name)?.check(value, opened);
}

test('a package is changed, its numbers to the last digit', async (t) => {
  const world = await editingWorld(t);
  const { open, client, place } = world;
  const { values, save, edit } = await open(packageResource('order-tools', place).ref);
  assert.deepEqual(values, { description: '주문 처리 · what happens to an order', parameters: { currency: 'KRW', region: 'KR' } });
  const { outcome, asked } = await save({ ...values, parameters: { currency: 'USD', limit: 9_007_199_254_740_993n } }, APPLY);
  assert.partialDeepStrictEqual(outcome, { kind: 'applied' });
  assert.match(asked[0]?.text ?? '', /Parameters · currency: "KRW" → "USD"/);
  assert.partialDeepStrictEqual(await client.getPackage('order-tools'), {
    description: '주문 처리 · what happens to an order', parameters: { currency: 'USD', limit: 9_007_199_254_740_993n },
  });
  assert.equal(check(edit, 'parameters', []), 'Parameters are a JSON object: {"name": "value"}');
  assert.equal(check(edit, 'description', '한'.repeat(1001)), 'A description can have at most 3000 bytes, this one has 3003.');
});

test('a package whose parameters hold what no document may lose goes back as it was read', async (t) => {
  const world = await editingWorld(t);
  const { open, client, place } = world;
  await client.putPackage({ name: 'order-tools', description: 'd', parameters: { id: 9_007_199_254_740_993n, list: [1, { a: null }], text: '\u0000"' } });
  const { values, save } = await open(packageResource('order-tools', place).ref);
  await save({ ...values, description: 'e' }, APPLY);
  assert.partialDeepStrictEqual(await client.getPackage('order-tools'), { description: 'e', parameters: { id: 9_007_199_254_740_993n, list: [1, { a: null }], text: '\u0000"' } });
});

test('settings of an action are changed, and all else goes back as it was read', async (t) => {
  const world = await editingWorld(t);
  const { open, place, puts } = world;
  const before = specAt(world, 'order-tools/validate-order').spec;
  const { values, save } = await open(actionResource('order-tools', 'validate-order', place).ref);
  assert.deepEqual(Object.keys(values), ['description', 'memoryMb', 'timeoutMs', 'main', 'parameters', 'vpc']);
  const { outcome, asked } = await save({ ...values, memoryMb: 512, timeoutMs: 90_000, parameters: { strict: true } }, APPLY);
  assert.partialDeepStrictEqual(outcome, { kind: 'applied' });
  assert.match(asked[0]?.text ?? '', /Memory: 256 MB → 512 MB\nTime limit: 2 min → 1 min 30 s \(90000\)\nParameters · strict: none → true/);
  assert.deepEqual(specAt(world, 'order-tools/validate-order').spec, { ...before, limits: { memory: 512, timeout: 90_000 }, parameters: { strict: true } });
  assert.deepEqual(puts(), ['packages/order-tools/actions/validate-order?platform=vpc&type=basic']);
});

test('a web action keeps its type, a sequence its order, an image its image', async (t) => {
  const world = await editingWorld(t);
  const { open, place, puts } = world;
  const cases = [
    { path: 'notify/greet', type: 'web', has: 'hasCustomOptions', change: { isRawHttp: true } },
    { path: 'order-tools/accept-order', type: 'sequence', has: 'components', change: { components: ['order-tools/price-order', 'order-tools/validate-order'] } },
    { path: 'notify/order-page', type: 'sequence-web', has: 'components', change: { description: 'another' } },
    { path: 'analytics/thumbnailer', type: 'basic', has: 'imageUri', change: { imageUri: 'demo-registry/thumbnailer:1.5' } },
  ];
  for (const { path, type, has, change } of cases) {
    const [pkg = '', name = ''] = path.split('/');
    const { spec } = specAt(world, path);
    const { values, save } = await open(actionResource(pkg, name, place).ref);
    assert.ok(has in values, path);
    const { outcome } = await save({ ...values, ...change }, APPLY);
    assert.partialDeepStrictEqual(outcome, { kind: 'applied' }, `${path}: ${String(outcome)}`);
    const after = specAt(world, path);
    assert.equal(after.type, type);
    assert.deepEqual({ ...after.spec.exec, components: undefined, imageUri: undefined }, { ...spec.exec, components: undefined, imageUri: undefined });
    assert.ok(puts().at(-1)?.endsWith(`type=${type}`), puts().at(-1));
  }
  assert.equal(specAt(world, 'notify/greet').spec.customOptions, true);
  assert.deepEqual(specAt(world, 'order-tools/accept-order').spec.exec.components, ['order-tools/price-order', 'order-tools/validate-order']);
  assert.equal(specAt(world, 'analytics/thumbnailer').spec.exec.imageUri, 'demo-registry/thumbnailer:1.5');
});

test('what another kind of action has is refused before anything is sent, and so is leaving out what this one has', async (t) => {
  const { open, place, puts } = await editingWorld(t);
  const basic = await open(actionResource('order-tools', 'validate-order', place).ref);
  const refused = async (values: Record<string, DocumentValue | undefined>): Promise<string> => {
    const given = Object.fromEntries(Object.entries({ ...basic.values, ...values }).flatMap(([name, value]): [string, DocumentValue][] => (value === undefined ? [] : [[name, value]])));
    const { outcome } = await basic.save(given);
    assert.ok(outcome instanceof SaveProblem, String(outcome));
    return told(outcome);
  };
  assert.match(await refused({ components: ['-/a'] }), /Only a sequence has a list of actions to run\. The type of an action cannot be changed\.$/);
  assert.match(await refused({ isRawHttp: true }), /Only a web action has this/);
  assert.match(await refused({ imageUri: 'a/b:1' }), /Only an action made from an image has one/);
  assert.match(await refused({ memoryMb: undefined }), /"memoryMb" is missing\.$/);
  assert.match(await refused({ timeoutMs: null }), /"timeoutMs" is missing\.$/);
  assert.match(await refused({ memoryMb: 300 }), /Enter one of 128, 256, 512, 1024\.$/);
  assert.match(await refused({ timeoutMs: 499 }), /An action can run for 500 to 300000 ms\.$/);
  assert.match(await refused({ vpc: [{ vpcNo: 1 }] }), /"subnetNo" is missing\.$/);
  assert.match(await refused({ vpc: [{ vpcNo: 1, subnetNo: 2, x: 3 }] }), /"x" cannot be used here\. Use vpcNo, subnetNo\.$/);
  const sequence = await open(actionResource('order-tools', 'accept-order', place).ref);
  const { outcome } = await sequence.save({ ...sequence.values, memoryMb: 128 });
  assert.match(told(outcome), /A sequence has no limits and no code of its own/);
  assert.deepEqual(puts(), []);
});

test('a type the service does not tell is looked up: a change must not make a web action a basic one', async (t) => {
  const { emulator, open, place, puts } = await editingWorld(t);
  const body = '{"content":{"name":"hello-web","description":"d","parameters":{},"exec":{"kind":"nodejs:22","code":"x","binary":false,"main":"main"},'
    + '"limits":{"memory":128,"timeout":60000},"vpc":{"vpcNo":21538,"subnetNo":45007}}}';
  emulator.faults.inject({ service: 'functions', path: /\/actions\/hello-web\?/, method: 'GET', times: 4, effect: { kind: 'reply', status: 200, body } });
  const { values, save } = await open(actionResource('-', 'hello-web', place).ref);
  await save({ ...values, description: 'e' }, APPLY);
  assert.deepEqual(puts(), ['packages/-/actions/hello-web?platform=vpc&type=web']);
});

test('a refusal stands at the field it is about', async (t) => {
  const { emulator, open, place } = await editingWorld(t);
  const { values, save } = await open(actionResource('order-tools', 'validate-order', place).ref);
  emulator.faults.inject({ method: 'PUT', effect: { kind: 'reply', status: 400, body: '{"error":{"errorCode":"80307","message":"ACTION_BODY_INVALID_VALUE","details":"exec.main"}}' } });
  const { outcome } = await save({ ...values, main: 'nothing' }, APPLY);
  assert.ok(outcome instanceof SaveProblem);
  assert.equal(outcome.findings.length, 1);
});

test('code is deployed, and kind, entry point, limits, parameters, flags and VPC stay what they were', async (t) => {
  const world = await editingWorld(t);
  const { open, place, puts, folder, account } = world;
  for (const [path, extension] of [['notify/greet', 'php'], ['order-tools/price-order', 'py'], ['-/old-cleanup', 'js']] as const) {
    const [pkg = '', name = ''] = path.split('/');
    const action = specAt(world, path);
    action.spec = { ...action.spec, parameters: { keep: 9_007_199_254 }, description: 'd' };
    const before = structuredClone(action.spec);
    const { opened, values, save } = await open(codeRef({ pkg, name }, extension, place));
    assert.deepEqual(Object.keys(values), ['code']);
    const code = `${codeIn(values)}\r\n// 끝 \t\n`;
    const { outcome, asked } = await save(code, DEPLOY);
    assert.partialDeepStrictEqual(outcome, { kind: 'applied' }, String(outcome));
    assert.match(asked[0]?.text ?? '', /^Change code of action ".*" of account "acme" \(DEV\)\? Code: \d lines? added/);
    assert.deepEqual(specAt(world, path).spec, { ...before, exec: { ...before.exec, code } });
    assert.equal(specAt(world, path).type, action.type);
    const versions = new Versions(folder, () => NOW);
    const [kept] = await versions.list({ place: { account, region: 'KR' }, pkg, name });
    assert.ok(kept);
    assert.partialDeepStrictEqual(await versions.read(kept), { code: opened.values['code'], runtime: before.exec.kind, main: before.exec.main });
  }
  assert.equal(puts().length, 3);
});

test('settings that were changed elsewhere while code was edited survive its deploy', async (t) => {
  const world = await editingWorld(t);
  const { open, place } = world;
  const { values, save } = await open(codeRef({ pkg: '-', name: 'hello-web' }, 'js', place));
  const action = specAt(world, '-/hello-web');
  action.spec = { ...action.spec, limits: { memory: 1024, timeout: 5000 }, parameters: { fresh: true } };
  await save(`${codeIn(values)}\n`, DEPLOY);
  assert.partialDeepStrictEqual(specAt(world, '-/hello-web').spec, { limits: { memory: 1024, timeout: 5000 }, parameters: { fresh: true } });
});

test('code that was deployed elsewhere meanwhile is asked about, and an action of another language is a conflict in words', async (t) => {
  const world = await editingWorld(t);
  const { open, place, puts } = world;
  const { values, save } = await open(codeRef({ pkg: '-', name: 'hello-web' }, 'js', place));
  const action = specAt(world, '-/hello-web');
  const exec = { ...action.spec.exec };
  action.spec = { ...action.spec, exec: { ...exec, code: 'theirs' } };
  const asked = await save(`${codeIn(values)}\n// mine`, { press: 'Compare' });
  assert.deepEqual(asked.asked[0]?.labels, ['Compare', 'Overwrite', 'Take Theirs'], 'code is never put together by itself');
  action.spec = { ...action.spec, exec: { ...exec, kind: 'python:3.13' } };
  assert.equal(told((await save('mine')).outcome), 'Action "hello-web" was changed elsewhere: its runtime is "python:3.13" now, and this text is a ".js" file. '
    + 'Copy what you need, close this document, and open the code again.');
  action.spec = { ...action.spec, exec: { ...exec, binary: true, code: 'QUJD' } };
  assert.match(told((await save('mine')).outcome), /^The code of action "hello-web" is an archive, which cannot be edited as text\./);
  assert.deepEqual(puts(), []);
});

test('what has no text as its code is not opened as one', async (t) => {
  const { open, place } = await editingWorld(t);
  const refusal = async (pkg: string, name: string): Promise<string> => open(codeRef({ pkg, name }, 'java', place)).then(() => 'opened', told);
  assert.match(await refusal('order-tools', 'accept-order'), /^Action "accept-order" is a sequence/);
  assert.match(await refusal('analytics', 'thumbnailer'), /^Action "thumbnailer" is a container image/);
  assert.match(await refusal('order-tools', 'store-order'), /is an archive/);
});

test('an empty text and one of more than 38 MB are no code', async (t) => {
  const { open, place, puts } = await editingWorld(t);
  const { edit, save } = await open(codeRef({ pkg: '-', name: 'hello-web' }, 'js', place));
  assert.match(told((await save(' \n')).outcome), /An action needs code\.$/);
  assert.equal(check(edit, 'code', 'x'.repeat(38 * 1024 * 1024)), undefined);
  assert.equal(check(edit, 'code', '한'.repeat(13 * 1024 * 1024)), 'Code can have at most 39845888 bytes, this one has 40894464.');
  assert.deepEqual(puts(), []);
});

test('a document of code is a file of its language, with what can be done from it', async (t) => {
  const { open, place } = await editingWorld(t);
  const ref = codeRef({ pkg: '-', name: 'hello-web' }, 'js', place);
  const { type, values, save } = await open(ref);
  const titles = (): readonly (string | undefined)[] => type.lenses?.(ref).map(({ title }) => title) ?? [];
  assert.ok(typeof type.ending === 'function');
  assert.equal(type.ending(ref), '.js');
  assert.equal(type.ending({ keys: ['KR', '-', 'a', '../x'] }), undefined);
  assert.equal(type.ending({ keys: ['KR', '-', 'a'] }), undefined);
  assert.equal(type.title(ref), 'Code of action "hello-web"');
  assert.deepEqual(titles(), ['Run', 'Activations']);
  await save(`${codeIn(values)}\n`, DEPLOY);
  assert.deepEqual(titles(), ['Run', 'Activations', 'Undo Last Deploy']);
  assert.deepEqual(type.lenses?.(ref).map(({ command, arguments: given }) => [command, ...given]), [
    [COMMANDS.runCode, ref], [COMMANDS.showActivations, ref], [COMMANDS.undoCode, ref],
  ]);
  assert.partialDeepStrictEqual(await type.view(ref), { name: 'hello-web' });
  assert.match(await type.raw(ref), /"hello-web"/);
});

test('nothing is deployed that could not be undone', async (t) => {
  const world = await editingWorld(t);
  const { open, place, puts, folder } = world;
  const { writeFileSync } = await import('node:fs');
  writeFileSync(folder, 'a file where the folder should be');
  const { values, save } = await open(codeRef({ pkg: '-', name: 'hello-web' }, 'js', place));
  const { outcome } = await save(`${codeIn(values)}\n`, DEPLOY);
  assert.match(told(outcome), /^The current version of action "hello-web" could not be kept on this machine, so nothing was sent\./);
  assert.deepEqual(puts(), []);
});
