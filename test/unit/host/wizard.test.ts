import assert from 'node:assert/strict';
import { test } from 'node:test';

import { runWizard } from '../../../src/host/wizard.ts';
import type { WizardStep } from '../../../src/host/wizard.ts';
import { CancelledError } from '../../../src/model/cloudError.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';

interface Draft {
  a: string;
  b: string;
  c: string;
}

function ask(id: keyof Draft, applies?: (draft: Draft) => boolean): WizardStep<Draft> {
  return {
    id,
    ...(applies === undefined ? {} : { applies }),
    run: async (prompts, draft) => {
      draft[id] = await prompts.input({ prompt: id, value: draft[id], onBack: (text) => { draft[id] = text; } });
      return undefined;
    },
  };
}

const STEPS = [ask('a'), ask('b', ({ a }) => a !== 'skip'), ask('c')];

test('asks in order, counts the steps that apply, and offers Back from the second on', async () => {
  const prompts = new ScriptedPrompts({ type: 'skip' }, { type: '3' });
  const draft = { a: '', b: '', c: '' };
  await runWizard(prompts, 'T', STEPS, draft);
  prompts.done();
  assert.deepEqual(draft, { a: 'skip', b: '', c: '3' });
  assert.deepEqual(prompts.asked.map(({ place }) => place), [
    { title: 'T', step: 1, totalSteps: 3, canGoBack: false },
    { title: 'T', step: 2, totalSteps: 2, canGoBack: true },
  ]);
});

test('stepping back loses nothing, not even what was only half typed', async () => {
  const prompts = new ScriptedPrompts({ type: '1' }, { type: '2' }, { back: 'half' }, { back: undefined }, { type: '1b' }, { type: '2b' }, { type: '3' });
  const draft = { a: '', b: '', c: '' };
  await runWizard(prompts, 'T', STEPS, draft);
  prompts.done();
  assert.deepEqual(prompts.asked.map(({ text, value }) => `${text}=${value ?? ''}`), ['a=', 'b=', 'c=', 'b=2', 'a=1', 'b=2', 'c=half']);
  assert.deepEqual(draft, { a: '1b', b: '2b', c: '3' });
});

test('closing a question ends it', async () => {
  const prompts = new ScriptedPrompts({ type: '1' }, { cancel: true });
  await assert.rejects(runWizard(prompts, 'T', STEPS, { a: '', b: '', c: '' }), CancelledError);
});

test('a step may lead elsewhere, and Back retraces the way that was taken', async () => {
  const jump: WizardStep<Draft> = { ...ask('a'), run: async (prompts, draft) => {
    draft.a = await prompts.input({ prompt: 'a' });
    return 'c';
  } };
  const prompts = new ScriptedPrompts({ type: '1' }, { back: undefined }, { type: '1' }, { type: '3' });
  await runWizard(prompts, 'T', [jump, ask('b'), ask('c')], { a: '', b: '', c: '' });
  prompts.done();
  assert.deepEqual(prompts.asked.map(({ text }) => text), ['a', 'c', 'a', 'c']);
});

test('Back passes over a step that does not apply any more', async () => {
  const last: WizardStep<Draft> = { id: 'c', run: async (prompts, draft) => {
    draft.c = await prompts.input({ prompt: 'c', onBack: () => { draft.a = 'skip'; } });
    return undefined;
  } };
  const prompts = new ScriptedPrompts({ type: '1' }, { type: '2' }, { back: undefined }, { type: 'skip' }, { type: '3' });
  await runWizard(prompts, 'T', [ask('a'), ask('b', ({ a }) => a !== 'skip'), last], { a: '', b: '', c: '' });
  prompts.done();
  assert.deepEqual(prompts.asked.map(({ text }) => text), ['a', 'b', 'c', 'a', 'c']);
});
