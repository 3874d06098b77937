import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { DocumentValues } from '../../../src/documents/documentType.ts';
import type { ResourceRef } from '../../../src/model/resource.ts';
import { actionResource, codeRef, packageResource, triggerResource } from '../../../src/services/functions/resources.ts';
import { editingWorld } from './functionsEditingWorld.ts';

const DEPLOY = { press: 'Deploy' } as const;

function codeIn({ code }: DocumentValues): string {
  return typeof code === 'string' ? code : assert.fail('no code');
}

test('what was opened on one platform is not saved into its namesake on another without asking', async (t) => {
  const { account, client, connectTo, open, place, at } = await editingWorld(t);
  const classic = connectTo({ platform: 'classic' });
  await classic.client.putAction({ ...(await client.getAction('-', 'hello-web')), vpc: [], code: 'exports.main = () => 2;' });
  const ref = codeRef({ pkg: '-', name: 'hello-web' }, 'js', place);
  const { save } = await open(ref);
  at(classic);
  const code = 'exports.main = () => 3;';
  const { asked } = await save(code, { press: 'Compare' });
  assert.match(asked[0]?.text ?? '', /^Code of action "hello-web" differs from your text, and what the text was made from is not known any more\./);
  assert.equal((await classic.client.getAction('-', 'hello-web')).code, 'exports.main = () => 2;');
  at({ account, client });
  assert.partialDeepStrictEqual((await save(code, DEPLOY)).outcome, { kind: 'applied' });
});

test('an action that was deleted and created again is another one, and gets no text without asking', async (t) => {
  const { client, open, place, puts } = await editingWorld(t);
  const action = { pkg: '-', name: 'hello-web' };
  const before = await client.getAction(action.pkg, action.name);
  const code = await open(codeRef(action, 'js', place));
  const settings = await open(actionResource(action.pkg, action.name, place).ref);
  assert.equal((await code.save(`${codeIn(code.values)}\n`, DEPLOY)).asked.length, 1);
  await client.deleteAction(action);
  await client.putAction(before);
  const sent = puts().length;
  const NOT_KNOWN = /what the text was made from is not known any more/;
  assert.match((await code.save('exports.main = () => 3;', { press: 'Compare' })).asked[0]?.text ?? '', NOT_KNOWN);
  assert.match((await settings.save({ ...settings.values, memoryMb: 512 }, { press: 'Compare' })).asked[0]?.text ?? '', NOT_KNOWN);
  assert.equal(puts().length, sent);
  const again = await open(codeRef(action, 'js', place));
  assert.deepEqual(again.type.lenses?.(codeRef(action, 'js', place)).map(({ title }) => title), ['Run', 'Activations'], 'it was never deployed from here');
});

test('an action that is created again while its plan is open gets nothing without another question', async (t) => {
  const { client, open, place } = await editingWorld(t);
  const action = { pkg: '-', name: 'hello-web' };
  const { save } = await open(codeRef(action, 'js', place));
  const get = client.getAction.bind(client);
  let reads = 0;
  client.getAction = async (...args) => {
    reads += 1;
    const read = await get(...args);
    if (reads !== 1) return read;
    await client.deleteAction(action);
    await client.putAction(read);
    return read;
  };
  const { asked } = await save('exports.main = () => 3;', DEPLOY, { press: 'Compare' });
  assert.match(asked[1]?.text ?? '', /is not known any more/);
});

test('what may hold parameters is kept over no restart, code is', async (t) => {
  const { open, place } = await editingWorld(t);
  const isPrivate = async (ref: ResourceRef): Promise<boolean> => (await open(ref)).edit.isPrivate === true;
  assert.equal(await isPrivate(actionResource('-', 'hello-web', place).ref), true);
  assert.equal(await isPrivate(packageResource('order-tools', place).ref), true);
  assert.equal(await isPrivate(triggerResource('monday-report', undefined, place).ref), true);
  assert.equal(await isPrivate(codeRef({ pkg: '-', name: 'hello-web' }, 'js', place)), false);
});
