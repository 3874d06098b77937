import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { DocumentValues, EditableType } from '../../../src/documents/documentType.ts';
import { editText } from '../../../src/documents/editText.ts';
import { saveDocument, type SaveOutcome } from '../../../src/documents/saveFlow.ts';
import { SaveProblem } from '../../../src/documents/saveProblem.ts';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import type { Account } from '../../../src/model/account.ts';
import { CancelledError } from '../../../src/model/cloudError.ts';
import { createFormatter } from '../../../src/model/format.ts';
import type { ResourceRef } from '../../../src/model/resource.ts';
import { connectorEditing } from '../../../src/services/datastream/connectorEditing.ts';
import { topicEditing as dataStreamTopicEditing } from '../../../src/services/datastream/topicEditing.ts';
import { topicEditing } from '../../../src/services/easyqueue/topicEditing.ts';
import { type Answer, ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import { dataStreamWorld } from '../services/dataStreamWorld.ts';
import { easyQueueWorld } from '../services/easyQueueWorld.ts';

/** Longer than the sample topic keeps its messages, 10 days. */
const LONGER_MS = 864_000_000;

interface Changing {
  readonly emulator: Emulator;
  readonly account: Account;
  readonly edit: EditableType;
  readonly ref: ResourceRef;
}

/** Applies what `change` makes of a resource; the connection ends before or after it was done, and nobody gets an answer. */
async function change({ emulator, account, edit, ref }: Changing, when: 'before' | 'after', mine: (base: DocumentValues) => DocumentValues) {
  const { values: base } = await edit.read(ref);
  emulator.faults.inject({ method: 'PUT', effect: { kind: 'close', when } });
  const prompts = new ScriptedPrompts({ press: 'Apply' });
  const waiting = <T>(_title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => work(new AbortController().signal);
  const outcome: unknown = await saveDocument({ edit, ref, title: 'Thing', account, waiting, base, text: editText(edit.fields, mine(base)) }, prompts)
    .catch((error: unknown) => error);
  prompts.done();
  return { outcome, plan: prompts.asked[0]?.text ?? '', now: (await edit.read(ref)).values };
}

function without(values: DocumentValues, ...names: readonly string[]): DocumentValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

test('a connector that was changed without an answer is known to be, although fields were left out', async (t) => {
  const world = await dataStreamWorld(t);
  const { emulator, account, client, format } = world;
  const edit = connectorEditing({ client: () => Promise.resolve(client), format });
  const { id, name } = await world.topicNamed('h4j6l-orders');
  const changing: Changing = { emulator, account, edit, ref: { accountId: account.id, kind: 'dataStream.connector', keys: [id], name } };
  const smaller = (base: DocumentValues): DocumentValues => ({
    ...without(base, 'flushIntervalMinutes', 'flushCount'), consumerSpec: base['consumerSpec'] === 'MEDIUM' ? 'SMALL' : 'MEDIUM',
  });

  const notMade = await change(changing, 'before', smaller);
  assert.match(String(notMade.outcome), /The change was not made: save again to try once more\.$/);

  const made = await change(changing, 'after', smaller);
  const outcome = made.outcome as Extract<SaveOutcome, { readonly kind: 'applied' }>;
  assert.deepEqual([outcome.kind, outcome.isUnanswered, outcome.values], ['applied', true, made.now]);
  assert.match(made.plan, /New file after: .+ → the service decides\n/);
});

test('a topic of EasyQueue that was changed without an answer is known to be, although its description was left out', async (t) => {
  const { emulator, account, appKey, client } = await easyQueueWorld(t);
  const [topic] = (await client.listTopics({})).topics;
  assert.ok(topic);
  const { fullName } = topic;
  const edit = topicEditing(createFormatter('en'), () => Promise.resolve(client));
  const ref: ResourceRef = { accountId: account.id, kind: 'easyQueue.topic', keys: [appKey.region, appKey.appKey, fullName], name: 'orders' };
  const longer = (base: DocumentValues): DocumentValues => ({
    ...without(base, 'description'), maxRetentionTimeMs: Number(base['maxRetentionTimeMs']) === 86_400_000 ? 172_800_000 : 86_400_000,
  });
  const made = await change({ emulator, account, edit, ref }, 'after', longer);
  assert.equal((made.outcome as { readonly isUnanswered?: boolean }).isUnanswered, true, String(made.outcome));
});

test('where only what the service decides was changed, nothing is claimed', async (t) => {
  const world = await dataStreamWorld(t);
  const { emulator, account, client, format } = world;
  const edit = connectorEditing({ client: () => Promise.resolve(client), format });
  const { id, name } = await world.topicNamed('h4j6l-orders');
  const ref: ResourceRef = { accountId: account.id, kind: 'dataStream.connector', keys: [id], name };
  const { outcome } = await change({ emulator, account, edit, ref }, 'before', (base) => without(base, 'flushCount'));
  assert.match(String(outcome), /The change may or may not have been made: save again to see\.$/);
});

test('what is called off before it is sent is silent, and after that is looked up', async (t) => {
  const { emulator, account, client, format, topicNamed } = await dataStreamWorld(t);
  const { id, name } = await topicNamed('h4j6l-orders');
  const inner = dataStreamTopicEditing({ client: () => Promise.resolve(client), format });
  const ref: ResourceRef = { accountId: account.id, kind: 'dataStream.topic', keys: [id], name };
  const { values: base } = await inner.read(ref);
  const sent = (): number => emulator.log.filter(({ method }) => method === 'PUT').length;
  const titles: string[] = [];
  /** Saves, and presses Cancel as soon as the n-th request begins; `made` lets it arrive before. */
  const cancelAt = async (n: number, answers: readonly Answer[], made?: 'made'): Promise<unknown> => {
    let controller = new AbortController();
    let count = 0;
    const counted = async <T>(call: (signal: AbortSignal | undefined) => Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
      count += 1;
      if (count !== n) return call(signal);
      if (made !== undefined) await call(undefined);
      controller.abort();
      return call(signal);
    };
    const edit: EditableType = {
      ...inner,
      read: (of, signal) => counted((given) => inner.read(of, given), signal),
      update: (of, remote, values, signal) => counted((given) => inner.update(of, remote, values, given), signal),
    };
    const prompts = new ScriptedPrompts(...answers);
    const text = editText(inner.fields, { ...base, retentionMs: LONGER_MS });
    const outcome: unknown = await saveDocument({
      edit, ref, title: 'Topic', account, text, base,
      waiting: (title, work) => {
        titles.push(title);
        controller = new AbortController();
        return work(controller.signal);
      },
    }, prompts).catch((error: unknown) => error);
    prompts.done();
    return outcome;
  };
  assert.ok(await cancelAt(1, []) instanceof CancelledError);
  assert.ok(await cancelAt(2, [{ press: 'Apply' }]) instanceof CancelledError);
  assert.equal(sent(), 0);
  titles.length = 0;
  const notMade = await cancelAt(3, [{ press: 'Apply' }]);
  assert.ok(notMade instanceof SaveProblem, String(notMade));
  assert.equal(notMade.message, 'Cancelled before an answer came. The change was not made: save again to try once more.');
  assert.equal(notMade.accountId, account.id);
  assert.deepEqual(titles, [`Reading "${name}"…`, `Changing "${name}"…`, `Looking whether "${name}" was changed…`]);
  const made = await cancelAt(3, [{ press: 'Apply' }], 'made');
  assert.deepEqual([(made as { isUnanswered?: boolean }).isUnanswered, (await inner.read(ref)).values['retentionMs']], [true, LONGER_MS]);
});
