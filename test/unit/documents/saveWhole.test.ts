import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { DocumentValues, EditableType } from '../../../src/documents/documentType.ts';
import { documentText } from '../../../src/documents/documentText.ts';
import { saveDocument, type SaveOutcome } from '../../../src/documents/saveFlow.ts';
import { SaveProblem } from '../../../src/documents/saveProblem.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { naverAccount } from '../../support/accounts.ts';
import { type Answer, ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import { codeCloud, codeEditing, settingsEditing } from './codeDocument.ts';

const account = naverAccount({ lane: { stage: 'prod', access: 'full' } });
const ref = { accountId: account.id, kind: 'test.code', keys: ['a', 'js'], name: 'resize' };
const DEPLOY: Answer = { press: 'Deploy' };

async function save(edit: EditableType, text: string, base: DocumentValues | undefined, answers: readonly Answer[], controller = new AbortController()) {
  const prompts = new ScriptedPrompts(...answers);
  const outcome: unknown = await saveDocument({
    edit, ref, title: 'Code of "resize"', verb: 'Deploy', account, text, base, waiting: (_title, work) => work(controller.signal),
  }, prompts).catch((error: unknown) => error);
  prompts.done();
  return { outcome, asked: prompts.asked };
}

test('code is sent as it stands, with the verb, the line and the notes of its type', async () => {
  const cloud = codeCloud('old();\r\n');
  const text = `new(); // ${'x'.repeat(100)} \r\n\t\r\n`;
  const { outcome, asked } = await save(codeEditing(cloud), text, { code: 'old();\r\n' }, [DEPLOY]);
  assert.deepEqual(outcome, { kind: 'applied', text: { code: text }, values: { code: text }, isUnanswered: false } satisfies SaveOutcome);
  assert.equal(cloud.code, text);
  assert.equal(asked[0]?.text, [
    `Change code of "resize" of account "acme" (PROD)? Code: 8 → ${text.length} characters`, '', 'The service did not tell the GitHub token.', 'It may be lost.',
  ].join('\n'));
});

test('code whose line ends the editor made alike is no change, and none but the user’s is sent', async () => {
  const mixed = 'a();\r\nb();\nc();\n';
  const cloud = codeCloud(mixed);
  assert.deepEqual((await save(codeEditing(cloud), 'a();\nb();\nc();\n', { code: mixed }, [])).outcome, { kind: 'unchanged' });
  assert.equal((await save(codeEditing(cloud), 'a();\r\nb();\r\nc();\r\n', { code: mixed }, [DEPLOY])).asked.length, 1);
  assert.equal(cloud.code, 'a();\r\nb();\r\nc();\r\n');
});

test('code that was changed elsewhere is never mixed with one’s own', async () => {
  const cloud = codeCloud('theirs');
  const edit = codeEditing(cloud);
  const { outcome, asked } = await save(edit, 'my code', { code: 'base' }, [{ press: 'Compare' }]);
  assert.deepEqual(outcome, { kind: 'compared' });
  assert.deepEqual(asked[0]?.labels, ['Compare', 'Overwrite', 'Take Theirs']);
  assert.match(asked[0].text, /Changed elsewhere:\nCode: 4 → 6 characters\n\nChanged by you:\nCode: 4 → 7 characters$/);
  assert.deepEqual((await save(edit, 'my code', { code: 'base' }, [{ press: 'Take Theirs' }])).outcome, { kind: 'taken', values: { code: 'theirs' } });
  assert.equal(cloud.updates, 0);
  assert.equal(((await save(edit, 'my code', undefined, [{ press: 'Overwrite' }, DEPLOY])).outcome as SaveOutcome).kind, 'applied');
  assert.equal(cloud.code, 'my code');
  assert.equal(((await save(edit, 'my code', { code: 'base' }, [])).outcome as SaveOutcome).kind, 'same');
});

test('what is wrong with code is said without a line', async () => {
  const { outcome } = await save(codeEditing(codeCloud('a')), '', { code: 'a' }, []);
  assert.ok(outcome instanceof SaveProblem);
  assert.equal(outcome.message, 'The action has no code.');
});

test('a question of the change that is closed is silent, and nothing is looked up', async () => {
  const cloud = codeCloud('a');
  let reads = 0;
  const inner = codeEditing(cloud);
  const edit: EditableType = { ...inner, read: (of, signal) => {
    reads += 1;
    return inner.read(of, signal);
  } };
  cloud.ask = () => Promise.reject(new CancelledError());
  assert.ok((await save(edit, 'b', { code: 'a' }, [DEPLOY])).outcome instanceof CancelledError);
  assert.deepEqual([cloud.code, reads], ['a', 2]);

  const controller = new AbortController();
  cloud.ask = () => {
    controller.abort();
    return Promise.reject(new CancelledError());
  };
  const calledOff = await save(edit, 'b', { code: 'a' }, [DEPLOY], controller);
  assert.match(String(calledOff.outcome), /The change was not made: save again to try once more\.$/);
  assert.equal(reads, 5);
});

test('settings without an answer are known to be there, in whatever order they come back', async () => {
  const cloud = { settings: { memory: 128, parameters: { a: 1, b: [2] } } as DocumentValues };
  const inner = settingsEditing(cloud);
  const edit: EditableType = {
    ...inner,
    update: async (of, remote, values) => {
      await inner.update(of, remote, { ...values, parameters: { b: [2], a: 9 } });
      throw new CloudError('timeout', { mayHaveArrived: true });
    },
  };
  const base = cloud.settings;
  const { outcome, asked } = await save(edit, documentText(edit, { ...base, parameters: { a: 9, b: [2] } }), base, [DEPLOY]);
  assert.equal((outcome as { readonly isUnanswered?: boolean }).isUnanswered, true, String(outcome));
  assert.match(asked[0]?.text ?? '', /\? Parameters · a: 1 → 9$/);
});

test('fields of both sides are checked together before they are sent', async () => {
  const base: DocumentValues = { memory: 128, parameters: {} };
  const cloud = { settings: { memory: 512, parameters: {} } as DocumentValues };
  const edit = settingsEditing(cloud);
  const text = documentText(edit, { ...base, parameters: { deep: true } });
  const { outcome } = await save(edit, text, base, [{ press: 'Keep Both' }]);
  assert.ok(outcome instanceof SaveProblem, String(outcome));
  assert.equal(outcome.message, 'Line 2: A deep action has 256 MB at most.');
  assert.deepEqual(outcome.findings.map(({ offset, length }) => text.slice(offset, offset + length)), ['128']);
  assert.deepEqual(cloud.settings, { memory: 512, parameters: {} });
});
