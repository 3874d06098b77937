import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import { ProblemError } from '../../../src/model/problem.ts';
import { chooseParameters, type ParameterPlaces, type ParameterText } from '../../../src/services/functions/runs/parameterChoice.ts';
import { lastSource, readParameterFile, readParameterText, rememberSource } from '../../../src/services/functions/runs/parameterSources.ts';
import { subjectKey } from '../../../src/services/functions/runs/runAddress.ts';
import { RunStore } from '../../../src/services/functions/runs/runStore.ts';
import { naverAccount } from '../../support/accounts.ts';
import { MemoryMemento } from '../../support/editorStorage.ts';
import { type Answer, ScriptedPrompts } from '../../support/scriptedPrompts.ts';

const SUBJECT = { place: { account: naverAccount(), region: 'KR', title: '' }, pkg: '-', name: 'resize' } as const;
const SETS = '{ "small": {"width": 100}, "large": {"width": 9007199254740993}, "wrong": 1 }';

function world(files: Readonly<Record<string, string>>, documents: readonly string[] = []) {
  const state = new MemoryMemento();
  const runs = new RunStore();
  const created: string[] = [];
  const text = (uri: string): ParameterText => ({
    uri,
    name: uri.replace('file:///', ''),
    read: () => (uri in files ? Promise.resolve(files[uri] ?? '') : Promise.reject(new Error('gone'))),
  });
  const places: ParameterPlaces = {
    documents: () => documents.map(text),
    files: () => Promise.resolve(Object.keys(files).filter((uri) => uri.endsWith('.params.json')).map(text)),
    find: (uri) => Promise.resolve(uri in files ? text(uri) : undefined),
    create: () => {
      created.push('new');
      return Promise.resolve();
    },
  };
  const ask = async (...answers: readonly Answer[]) => {
    const prompts = new ScriptedPrompts(...answers);
    try {
      return { ...(await chooseParameters(SUBJECT, { prompts, state, runs }, places)), asked: prompts.asked };
    } finally {
      prompts.done();
    }
  };
  return { ask, state, runs, created, places };
}

test('a named set of a parameter file, exactly as it stands there', async () => {
  const { ask } = world({ 'file:///resize.params.json': SETS });
  const { parameters, source, asked } = await ask({ pick: 'large' });
  assert.deepEqual(parameters, { width: 9007199254740993n });
  assert.equal(source, 'large · resize.params.json');
  assert.deepEqual(asked[0]?.labels, ['Without Parameters', 'Type JSON…', 'small', 'large', 'wrong', 'New Parameter File…']);
  await assert.rejects(ask({ pick: 'wrong' }), /cannot be chosen/);
});

test('what was used last comes first, and is read anew', async () => {
  const files: Record<string, string> = { 'file:///resize.params.json': SETS };
  const { ask } = world(files);
  await ask({ pick: 'small' });
  files['file:///resize.params.json'] = '{"small": {"width": 7}}';
  assert.deepEqual((await ask({ pick: 'Last used: small · resize.params.json' })).parameters, { width: 7 });
  files['file:///resize.params.json'] = '{}';
  await assert.rejects(ask({ pick: 'Last used: small · resize.params.json' }), /has no parameter set "small"/);
  delete files['file:///resize.params.json'];
  await assert.rejects(ask({ pick: 'Last used: small · resize.params.json' }), /is not there any more/);
});

test('typed JSON is checked while it is typed, offered again in this window, and never written down', async () => {
  const { ask, state } = world({});
  const typed = '{"token": "CANARY", "n": 9007199254740993}';
  const first = await ask({ pick: 'Type JSON…' }, { refused: '{', because: /not JSON yet/ }, { refused: '[1]', because: /JSON object/ }, { type: typed });
  assert.deepEqual(first.parameters, { token: 'CANARY', n: 9007199254740993n });
  assert.equal(first.asked[1]?.value, '{}');
  assert.deepEqual((await ask({ pick: 'Last used: typed' })).parameters, first.parameters);
  assert.equal((await ask({ pick: 'Type JSON…' }, { type: '{}' })).asked[1]?.value, typed);
  assert.ok(!JSON.stringify([...state.values]).includes('CANARY'));
  // Another window knows that something was typed, and not what.
  const { asked } = await (async () => {
    const prompts = new ScriptedPrompts({ pick: 'Without Parameters' });
    await chooseParameters(SUBJECT, { prompts, state, runs: new RunStore() }, world({}).places);
    return prompts;
  })();
  assert.deepEqual(asked[0]?.labels, ['Without Parameters', 'Type JSON…', 'New Parameter File…']);
});

test('an open document is parameters as a whole, comments left out', async () => {
  const { ask } = world({ 'file:///order.json': '\uFEFF{ // a comment\n "id": 9007199254740993 }', 'file:///list.json': '[]' }, ['file:///order.json', 'file:///list.json']);
  assert.deepEqual(await ask({ pick: 'order.json' }).then(({ parameters, source }) => [parameters, source]), [{ id: 9007199254740993n }, 'order.json']);
  await assert.rejects(ask({ pick: 'list.json' }), ProblemError);
});

test('a file that holds no sets says why, and a new one is written before anything runs', async () => {
  const { ask, created } = world({ 'file:///a.params.json': '[', 'file:///b.params.json': '{}' });
  await assert.rejects(ask({ pick: 'a.params.json' }), /cannot be chosen/);
  await assert.rejects(ask({ pick: 'b.params.json' }), /cannot be chosen/);
  await assert.rejects(ask({ pick: 'New Parameter File…' }), CancelledError);
  assert.deepEqual(created, ['new']);
});

test('nothing is run with what is closed', async () => {
  const { ask } = world({});
  await assert.rejects(ask({ cancel: true }), CancelledError);
  await assert.rejects(ask({ pick: 'Type JSON…' }, { cancel: true }), CancelledError);
});

test('anything may stand in a file and in the state', async () => {
  assert.deepEqual(readParameterFile('{"a": null}'), [{ name: 'a', parameters: undefined, problem: 'Not an object of parameters.' }]);
  for (const text of ['', 'null', '1', '[]', '{"a":}']) assert.ok('problem' in readParameterFile(text), text);
  assert.deepEqual(readParameterText(''), { value: {} });
  const state = new MemoryMemento();
  const key = subjectKey(SUBJECT);
  for (const stored of [1, [1], [[key]], [[key, { kind: 'set', uri: 'u', name: 'n' }]], [[key, { kind: 'x' }]], [[1, { kind: 'none' }]]]) {
    await state.update('cloudStreams.functions.parameterSources', stored);
    assert.equal(lastSource(key, state), undefined, JSON.stringify(stored));
  }
  for (let n = 0; n < 205; n += 1) await rememberSource(`k${n}`, { kind: 'none' }, state);
  assert.equal(lastSource('k4', state), undefined);
  assert.deepEqual(lastSource('k5', state), { kind: 'none' });
});
