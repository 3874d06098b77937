import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';

import fc from 'fast-check';

import type { DocumentValues, EditableType, Snapshot } from '../../../src/documents/documentType.ts';
import { editText } from '../../../src/documents/editText.ts';
import { changedFields, isSame } from '../../../src/documents/merge.ts';
import { saveDocument, type SaveOutcome } from '../../../src/documents/saveFlow.ts';
import { SaveProblem } from '../../../src/documents/saveProblem.ts';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import type { NaverAccount } from '../../../src/model/account.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { problemOf } from '../../../src/model/problem.ts';
import { naverAccount } from '../../support/accounts.ts';
import { type Answer, ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import { connect } from '../api/support.ts';
import { TOPIC_FIELDS, topicEditing } from './topicDocument.ts';

const DAY = 86_400_000;
const APPLY: Answer = { press: 'Apply' };

/** Nobody calls anything off. */
function waiting<T>(_title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return work(new AbortController().signal);
}

/** A topic of an emulator, opened, and a user who saves a text of it. */
async function open(t: TestContext, changes: Partial<NaverAccount> = {}) {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const [topic] = emulator.world.dataStream.topics();
  assert.ok(topic);
  topic.retentionMs = DAY;
  const { naver } = emulator.credentials;
  const account = naverAccount({ lane: { stage: 'prod', access: 'full' }, endpoints: naver, ...changes });
  const { connection } = connect(t, account, { keyId: naver.accessKeyId, secret: naver.secretKey });
  const edit = topicEditing(connection);
  const ref = { accountId: account.id, kind: 'dataStream.topic', keys: [topic.topicId], name: topic.name };
  const target = { edit, ref, title: `Topic "${topic.name}"`, account, waiting };
  const { values: base } = await edit.read(ref);
  const save = async (mine: DocumentValues | string, answers: readonly Answer[], from: DocumentValues | 'lost' = base) => {
    const prompts = new ScriptedPrompts(...answers);
    const text = typeof mine === 'string' ? mine : editText(TOPIC_FIELDS, mine);
    const outcome = await saveDocument({ ...target, text, base: from === 'lost' ? undefined : from }, prompts).catch((error: unknown) => error);
    prompts.done();
    return { outcome, asked: prompts.asked };
  };
  return { emulator, topic, target, base, save, puts: () => puts(emulator) };
}

function puts(emulator: Emulator): number {
  return emulator.log.filter(({ method }) => method === 'PUT').length;
}

function problem(outcome: unknown): SaveProblem {
  assert.ok(outcome instanceof SaveProblem, String(outcome));
  return outcome;
}

test('shows the plan, applies it, and knows what the service made of it', async (t) => {
  const { save, base, topic, puts: sent } = await open(t);
  const mine = { ...base, retentionMs: 7 * DAY };
  const { outcome, asked } = await save(mine, [APPLY]);
  assert.deepEqual(outcome, { kind: 'applied', text: mine, values: mine, isUnanswered: false } satisfies SaveOutcome);
  assert.equal(topic.retentionMs, 7 * DAY);
  assert.equal(sent(), 1);
  assert.deepEqual(asked[0]?.labels, ['Apply']);
  assert.equal(asked[0].text, `Change topic "${topic.name}" of account "acme" (PROD)? Retention: 1 d → 7 d (604800000)`);
});

test('the plan says what is lost, seen from what is in the cloud', async (t) => {
  const { save, base, topic } = await open(t);
  topic.retentionMs = 2 * DAY;
  const { asked } = await save({ ...base, retentionMs: DAY, description: 'mine' }, [{ press: 'Keep Both' }, APPLY]);
  assert.doesNotMatch(asked[0]?.text ?? '', /are kept/);
  const shorter = await save({ ...base, retentionMs: DAY / 2, description: 'mine' }, [APPLY], { ...base, retentionMs: 2 * DAY, description: 'mine' });
  assert.match(shorter.asked[0]?.text ?? '', /Retention: 2 d → 12 h \(43200000\)\n↳ Only 43200000 ms are kept\.$/);
});

test('asks and sends nothing where nothing was changed', async (t) => {
  const { save, base, emulator } = await open(t);
  const before = emulator.log.length;
  assert.deepEqual((await save(base, [])).outcome, { kind: 'unchanged' });
  assert.equal(emulator.log.length, before);
});

test('a text with mistakes is told of and not sent', async (t) => {
  const { save, emulator } = await open(t);
  const before = emulator.log.length;
  const { outcome } = await save('{\n  "description": "",\n  "partitions": 99\n}', []);
  assert.equal(problem(outcome).message, 'Line 3: partitions is a whole number from 1 to 16');
  assert.equal(problem(outcome).findings.length, 2);
  assert.equal(problem((await save('{', [])).outcome).message, 'The text is not valid JSON: line 1, column 2.');
  assert.equal(emulator.log.length, before);
});

test('a locked account is said before anything is asked or read', async (t) => {
  const { save, emulator } = await open(t, { lane: { stage: 'prod', access: 'send-only' } });
  const before = emulator.log.length;
  const { outcome } = await save('{', []);
  assert.ok(outcome instanceof CloudError && outcome.kind === 'locked');
  assert.equal(emulator.log.length, before);
});

test('closing the plan sends nothing', async (t) => {
  const { save, base, puts: sent } = await open(t);
  assert.ok((await save({ ...base, retentionMs: 7 * DAY }, [{ cancel: true }])).outcome instanceof CancelledError);
  assert.equal(sent(), 0);
});

test('both changes are kept where they do not meet', async (t) => {
  const { save, base, topic } = await open(t);
  topic.description = 'changed elsewhere';
  const { outcome, asked } = await save({ ...base, retentionMs: 7 * DAY }, [{ press: 'Keep Both' }, APPLY]);
  assert.deepEqual((outcome as { values: DocumentValues }).values, { ...base, description: 'changed elsewhere', retentionMs: 7 * DAY });
  assert.equal(topic.description, 'changed elsewhere');
  assert.equal(topic.retentionMs, 7 * DAY);
  assert.deepEqual(asked[0]?.labels, ['Keep Both', 'Compare', 'Overwrite', 'Take Theirs']);
  assert.ok(asked[0].text.startsWith(`Topic "${topic.name}" was changed elsewhere since it was opened. Changed elsewhere:\nDescription: "`));
  assert.match(asked[0].text, /→ "changed elsewhere"\n\nChanged by you:\nRetention: \d+ d → 7 d \(604800000\)$/);
});

test('where both changed one field, there is no keeping both', async (t) => {
  const { save, base, topic, puts: sent } = await open(t);
  topic.retentionMs = 2 * DAY;
  const mine = { ...base, retentionMs: 7 * DAY, description: 'mine' };
  const theirs = await save(mine, [{ press: 'Take Theirs' }]);
  assert.deepEqual(theirs.asked[0]?.labels, ['Compare', 'Overwrite', 'Take Theirs']);
  assert.deepEqual(theirs.outcome, { kind: 'taken', values: { ...base, retentionMs: 2 * DAY } });
  assert.deepEqual((await save(mine, [{ press: 'Compare' }])).outcome, { kind: 'compared' });
  assert.equal(sent(), 0);
  const overwritten = await save(mine, [{ press: 'Overwrite' }, APPLY]);
  assert.match(overwritten.asked[1]?.text ?? '', /Retention: 2 d → 7 d/);
  assert.equal(topic.retentionMs, 7 * DAY);
  assert.equal(topic.description, 'mine');
});

test('what was changed elsewhere to the same needs no question', async (t) => {
  const { save, base, topic, puts: sent } = await open(t);
  topic.retentionMs = 7 * DAY;
  topic.description = 'theirs';
  const { outcome } = await save({ ...base, retentionMs: 7 * DAY }, []);
  assert.deepEqual(outcome, { kind: 'same', text: { ...base, retentionMs: 7 * DAY }, values: { ...base, retentionMs: 7 * DAY, description: 'theirs' } });
  assert.equal(sent(), 0);
});

test('what moves while a question is open is asked about again', async (t) => {
  const { topic, target, base } = await open(t);
  const asked: string[] = [];
  const mine = { ...base, retentionMs: 7 * DAY };
  const prompts = new ScriptedPrompts({ press: 'Keep Both' }, APPLY);
  prompts.confirm = async (options) => {
    asked.push(options.detail ?? '');
    if (asked.length === 1) topic.description = 'while asked';
    else await prompts.choose({ message: options.message, choices: [{ label: options.verb, value: true }] });
  };
  await saveDocument({ ...target, text: editText(TOPIC_FIELDS, mine), base }, prompts);
  prompts.done();
  assert.equal(asked.length, 2);
  assert.equal(topic.description, 'while asked');
  assert.equal(topic.retentionMs, 7 * DAY);
});

test('a value that was right when the text was opened is checked against what is there now', async (t) => {
  const { save, base, topic } = await open(t);
  const partitions = Number(base['partitions']);
  topic.log.growTo(partitions + 4, Date.now());
  const { outcome } = await save({ ...base, partitions: partitions + 1 }, [{ press: 'Overwrite' }]);
  assert.match(problem(outcome).message, /^Line 3: Partitions can only be added/);
});

test('a topic that was deleted elsewhere is said to be', async (t) => {
  const { save, base, topic } = await open(t);
  topic.goneAt = 0;
  const { outcome } = await save({ ...base, retentionMs: 7 * DAY }, []);
  assert.equal(problem(outcome).message, `Topic "${topic.name}" was deleted elsewhere.`);
});

test('a wrong address is no deletion', async (t) => {
  const { save, base, emulator } = await open(t);
  const body = '{"error":{"errorCode":"300","message":"Not Found Exception","details":"URL not found."}}';
  emulator.faults.inject({ method: 'GET', effect: { kind: 'reply', status: 404, body } });
  const { outcome } = await save({ ...base, retentionMs: 7 * DAY }, []);
  assert.doesNotMatch(problem(outcome).message, /deleted elsewhere/);
});

test('a refusal is told in the words of the problem, at the field it is about', async (t) => {
  const { save, base, emulator } = await open(t);
  const body = '{"type":"about:blank","title":"Bad Request","status":400,"detail":"no","code":"InvalidPartition"}';
  emulator.faults.inject({ method: 'PUT', effect: { kind: 'reply', status: 400, body } });
  const text = editText(TOPIC_FIELDS, { ...base, retentionMs: 7 * DAY });
  const { outcome } = await save(text, [APPLY]);
  const [finding] = problem(outcome).findings;
  assert.ok(finding);
  assert.equal(text.slice(finding.offset, finding.offset + finding.length), JSON.stringify(base['partitions']));
  assert.equal(finding.message, problem(outcome).message);
  assert.notEqual(finding.message, '');
  // What a command's notification says, too.
  assert.equal(problemOf(outcome), problem(outcome).problem);
});

test('a change without an answer is looked up, not repeated', async (t) => {
  const { save, base, topic, emulator, puts: sent } = await open(t);
  emulator.faults.inject({ method: 'PUT', effect: { kind: 'close', when: 'after' } });
  const made = await save({ ...base, retentionMs: 7 * DAY }, [APPLY]);
  assert.equal((made.outcome as { isUnanswered?: boolean }).isUnanswered, true);
  assert.equal(topic.retentionMs, 7 * DAY);

  const now = { ...base, retentionMs: 7 * DAY };
  emulator.faults.inject({ method: 'PUT', effect: { kind: 'close', when: 'before' } });
  const notMade = await save({ ...now, retentionMs: 2 * DAY }, [APPLY], now);
  assert.match(problem(notMade.outcome).message, /The change was not made: save again to try once more\.$/);

  emulator.faults.inject({ method: 'PUT', effect: { kind: 'close', when: 'before' } });
  emulator.faults.inject({ method: 'GET', skip: 2, times: 9, effect: { kind: 'reply', status: 503 } });
  const unknown = await save({ ...now, retentionMs: 2 * DAY }, [APPLY], now);
  assert.match(problem(unknown.outcome).message, /The change may or may not have been made: save again to see\.$/);
  assert.equal(sent(), 3);
  assert.equal(topic.retentionMs, 7 * DAY);
});

test('without a base, which side moved is asked, and there is no keeping both', async (t) => {
  const { save, topic, base, puts: sent } = await open(t);
  topic.retentionMs = 2 * DAY;
  const mine = { ...base, description: 'mine' };
  const theirs = await save(mine, [{ press: 'Take Theirs' }], 'lost');
  assert.equal((theirs.outcome as SaveOutcome).kind, 'taken');
  assert.deepEqual(theirs.asked[0]?.labels, ['Compare', 'Overwrite', 'Take Theirs']);
  assert.match(theirs.asked[0].text, /^Topic "\S+" differs from your text, and what the text was made from is not known any more\. In the cloud → in your text:\nDescription: "/);
  assert.match(theirs.asked[0].text, /\nRetention: 2 d → 1 d \(86400000\)$/);
  assert.equal(sent(), 0);
  await save(mine, [{ press: 'Overwrite' }, APPLY], 'lost');
  assert.equal(topic.description, 'mine');
  assert.equal(topic.retentionMs, DAY);
  assert.equal(((await save(mine, [], 'lost')).outcome as SaveOutcome).kind, 'same');
});

test('no field changed elsewhere is ever lost unless that was chosen', async () => {
  const anyValues = fc.record(
    { description: fc.constantFrom('a', 'b', 'c'), partitions: fc.integer({ min: 1, max: 3 }), retentionMs: fc.constantFrom(DAY, 2 * DAY, 3 * DAY) },
    { noNullPrototype: true },
  );
  await fc.assert(fc.asyncProperty(anyValues, anyValues, anyValues, fc.constantFrom('Keep Both', 'Overwrite', 'Take Theirs', 'Compare'), async (base, mine, theirs, press) => {
    let cloud: DocumentValues = theirs;
    const edit: EditableType = {
      fields: TOPIC_FIELDS.map(({ name, label }) => ({ name, label, check: () => undefined })),
      read: () => Promise.resolve({ values: cloud, state: undefined }),
      update: (_ref, _remote, values): Promise<Snapshot> => Promise.resolve({ values: cloud = values, state: undefined }),
      fieldOf: () => undefined,
    };
    const ref = { accountId: 'n1', kind: 'dataStream.topic', keys: ['t'], name: 'orders' };
    let chosen: string | undefined;
    const prompts = new ScriptedPrompts();
    prompts.confirm = () => Promise.resolve();
    prompts.choose = ({ choices }) => {
      const choice = choices.find(({ label }) => label === press) ?? choices[0];
      assert.ok(choice);
      chosen = choice.label;
      return Promise.resolve(choice.value);
    };
    await saveDocument({ edit, ref, title: 'Topic', account: naverAccount(), text: editText(TOPIC_FIELDS, mine), base, waiting }, prompts)
      .catch((error: unknown) => assert.ok(error instanceof SaveProblem));
    if (chosen === 'Overwrite') assert.ok(isSame(cloud, mine));
    else for (const name of changedFields(base, theirs)) assert.equal(cloud[name], (theirs as DocumentValues)[name], name);
    if (chosen === undefined) assert.ok(changedFields(base, mine).every((name) => cloud[name] === (mine as DocumentValues)[name]));
  }), { numRuns: 500 });
});
