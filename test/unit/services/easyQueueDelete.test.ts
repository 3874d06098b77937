import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import type { Stage } from '../../../src/model/account.ts';
import { CancelledError } from '../../../src/model/cloudError.ts';
import type { ConsumerGroup, EasyQueueTopic } from '../../../src/model/easyQueue.ts';
import { createFormatter } from '../../../src/model/format.ts';
import type { Problem } from '../../../src/model/problem.ts';
import { deleteTopics, lossesOf } from '../../../src/services/easyqueue/deleteTopics.ts';
import type { WithProgress } from '../../../src/services/writing.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { addTopic, easyQueueWorld, refuseNext, requests } from './easyQueueWorld.ts';
import type { EasyQueueWorld } from './easyQueueWorld.ts';

const FORMAT = createFormatter('en');
const DELETE: Answer = { press: 'Delete' };

async function deleting(t: TestContext, names: readonly string[], answers: readonly Answer[], stage: Stage = 'dev') {
  const world = await easyQueueWorld(t, stage);
  const prompts = new ScriptedPrompts(...answers);
  const said: string[] = [];
  const problems: Problem[] = [];
  /** How many questions were answered when the deletion began. */
  const confirmed: number[] = [];
  const { account, client, appKey: { appKey } } = world;
  const run = (progress: WithProgress = (_title, work) => work(new AbortController().signal)): Promise<void> => deleteTopics(
    names.map((name) => ({ account, client, appKey, fullName: `${appKey}.${name}` })),
    { prompts, format: FORMAT, progress, reading: progress, say: (message) => said.push(message), report: (problem) => problems.push(problem), confirmed: () => confirmed.push(prompts.asked.length) },
  );
  return { world, prompts, said, problems, confirmed, run };
}

function statuses({ emulator }: EasyQueueWorld, ...names: readonly string[]): readonly (string | undefined)[] {
  return names.map((name) => emulator.world.easyQueue.find(name)?.status);
}

test('names what is lost, read a moment before, and starts the deletion', async (t) => {
  const { world, prompts, said, problems, confirmed, run } = await deleting(t, ['orders'], [DELETE]);
  await run();
  prompts.done();
  const [question] = prompts.asked;
  assert.match(
    question?.text ?? '',
    /^Delete topic "orders"\? [\d,]{9,} messages and the offsets of 3 consumer groups are lost\. 2 of the groups have members connected now: orders-[a-z]+, orders-[a-z]+\.\nAccount "shop" · DEV$/,
  );
  assert.deepEqual(statuses(world, 'orders'), ['DELETING']);
  assert.deepEqual(said, ['Topic "orders" is being deleted.']);
  assert.deepEqual(problems, []);
  assert.deepEqual(confirmed, [1]);
});

test('deletes nothing where the user does not want to', async (t) => {
  const { world, prompts, confirmed, run } = await deleting(t, ['orders'], [{ cancel: true }]);
  await assert.rejects(run(), CancelledError);
  prompts.done();
  assert.deepEqual(confirmed, []);
  assert.equal(requests(world, 'deleteTopic'), 0);
});

test('asks for the name on production', async (t) => {
  const { world, prompts, run } = await deleting(t, ['audit'], [DELETE, { refused: 'audi', because: /The name is "audit"/ }, { type: 'audit' }], 'prod');
  await run();
  prompts.done();
  assert.match(prompts.asked[0]?.text ?? '', /Account "shop" · PROD$/);
  assert.deepEqual(statuses(world, 'audit'), ['DELETING']);
});

test('asks for the number of several on production', async (t) => {
  const { world, prompts, run } = await deleting(t, ['audit', 'ledger'], [DELETE, { refused: 'audit', because: /The number is 2/ }, { type: '2' }], 'prod');
  await run();
  prompts.done();
  assert.deepEqual(statuses(world, 'audit', 'ledger'), ['DELETING', 'DELETING']);
});

test('several at once: one fails, the others go on, and it says which and why', async (t) => {
  const { world, prompts, said, problems, run } = await deleting(t, ['audit', 'ledger', 'empty-topic'], [DELETE]);
  refuseNext(world, 'DELETE', 4030000, 'Permission denied.', /ledger/);
  await run();
  const { text = '' } = prompts.asked[0] ?? {};
  assert.match(text, /^Delete 3 topics\? /);
  assert.match(text, /• audit: [\d,]+ messages and the offsets of 1 consumer group are lost\./);
  assert.match(text, /• empty-topic: It holds no message, and no consumer group reads it\./);
  assert.deepEqual(statuses(world, 'audit', 'ledger', 'empty-topic'), ['DELETING', 'ACTIVE', 'DELETING']);
  assert.deepEqual(said, ['Topics are being deleted: audit, empty-topic']);
  assert.equal(problems.length, 1);
  assert.match(problems[0]?.message ?? '', /^1 of 3 were not deleted\.\nledger: Account "shop" has no permission\./);
});

for (const [code, said, words] of [
  [4000103, 'Topic is not in ACTIVE status.', /cannot be changed in its present state/],
  [4030000, 'Permission denied.', /has no permission/],
  [4040200, 'Cluster not found.', /Kafka cluster of the app key was not found/],
  [4040400, 'AppKey not found.', /app key was not found/],
  [5000000, 'Internal API fail.', /./],
  [5000102, 'Topic delete fail.', /./],
] as const) {
  test(`${String(code)} while it is deleted is told, with the name`, async (t) => {
    const { world, problems, said: done, run } = await deleting(t, ['audit'], [DELETE]);
    refuseNext(world, 'DELETE', code, said);
    await run();
    assert.deepEqual(done, []);
    assert.match(problems[0]?.message ?? '', /^Not deleted: audit: /);
    assert.match(problems[0]?.message ?? '', words);
    assert.deepEqual(statuses(world, 'audit'), ['ACTIVE']);
  });
}

test('gone or going already counts as done, before the question and after it', async (t) => {
  const { world, prompts, said, run } = await deleting(t, ['audit', 'nothing', 'ledger'], [DELETE]);
  const { easyQueue } = world.emulator.world;
  easyQueue.remove(easyQueue.get('audit'));
  await run((title, work) => {
    // Somebody else deletes it while the question is open.
    if (title.startsWith('Deleting')) easyQueue.remove(easyQueue.get('ledger'));
    return work(new AbortController().signal);
  });
  prompts.done();
  assert.match(prompts.asked[0]?.text ?? '', /^Delete topic "ledger"\?/);
  assert.deepEqual(said, ['Topic "ledger" is being deleted.']);

  const again = await deleting(t, ['nothing'], []);
  await again.run();
  assert.deepEqual(again.said, ['Topic "nothing" is deleted already, or is being deleted.']);
  assert.equal(requests(again.world, 'deleteTopic'), 0);
});

test('a topic that was created anew while the question was open stays, and that is said', async (t) => {
  const { world, said, problems, run } = await deleting(t, ['audit'], [DELETE]);
  const { easyQueue } = world.emulator.world;
  await run((title, work) => {
    if (title.startsWith('Deleting')) {
      easyQueue.remove(easyQueue.get('audit'));
      addTopic(world, 'audit');
    }
    return work(new AbortController().signal);
  });
  assert.deepEqual(said, []);
  assert.equal(problems[0]?.message, 'Not deleted: Topic "audit" was deleted and created again in the meantime.');
  assert.equal(requests(world, 'deleteTopic'), 0);
});

test('a deletion whose answer never came is looked up, not repeated', async (t) => {
  const { world, said, problems, run } = await deleting(t, ['audit', 'ledger'], [DELETE]);
  world.emulator.faults.inject({ service: 'easyQueue', method: 'DELETE', path: /audit/, effect: { kind: 'close', when: 'after' } });
  world.emulator.faults.inject({ service: 'easyQueue', method: 'DELETE', path: /ledger/, effect: { kind: 'close', when: 'before' } });
  await run();
  assert.deepEqual(statuses(world, 'audit', 'ledger'), ['DELETING', 'ACTIVE']);
  assert.deepEqual(said, ['Topic "audit" is being deleted.']);
  assert.match(problems[0]?.message ?? '', /^1 of 2 were not deleted\.\nledger: /);
  assert.equal(requests(world, 'deleteTopic'), 1);
});

test('called off in the middle: what was started is said, the rest stays', async (t) => {
  const { world, said, problems, run } = await deleting(t, ['audit', 'ledger'], [DELETE]);
  world.emulator.faults.inject({ service: 'easyQueue', method: 'DELETE', path: /ledger/, effect: { kind: 'hang' } });
  const controller = new AbortController();
  const { client } = world;
  const deleteTopic = client.deleteTopic.bind(client);
  client.deleteTopic = (fullName, signal) => {
    const answer = deleteTopic(fullName, signal);
    if (fullName.endsWith('ledger')) controller.abort();
    return answer;
  };
  await run((_title, work) => work(controller.signal));
  assert.deepEqual(statuses(world, 'audit', 'ledger'), ['DELETING', 'ACTIVE']);
  assert.deepEqual(said, ['Cancelled. Topic "audit" is being deleted.']);
  assert.deepEqual(problems, []);
});

test('says that the groups could not be read, and lets the user decide (5000105)', async (t) => {
  const { world, prompts, run } = await deleting(t, ['orders'], [DELETE]);
  const body = JSON.stringify({ header: { isSuccessful: false, resultCode: 5000105, resultMessage: 'Get consumer groups fail.' } });
  world.emulator.faults.inject({ service: 'easyQueue', path: /consumer-groups/, times: 99, effect: { kind: 'reply', status: 200, body } });
  await run();
  assert.match(prompts.asked[0]?.text ?? '', /offsets of 3 consumer groups are lost\. Its consumer groups could not be read: clients may be connected\./);
  assert.deepEqual(statuses(world, 'orders'), ['DELETING']);
});

test('deletes nothing where it cannot be read what would be lost', async (t) => {
  const { world, prompts, run } = await deleting(t, ['orders'], []);
  refuseNext(world, 'GET', 4030000, 'Permission denied.', /orders$/);
  await assert.rejects(run(), /forbidden/);
  prompts.done();
  assert.equal(requests(world, 'deleteTopic'), 0);
});

test('looks at many topics a few at a time', async (t) => {
  const names = Array.from({ length: 9 }, (_unused, index) => `many-${String(index)}`);
  const { world, said, run } = await deleting(t, names, [DELETE]);
  for (const name of names) addTopic(world, name);
  await run();
  assert.equal(said.length, 1);
  assert.ok(statuses(world, ...names).every((status) => status === 'DELETING'));
});

test('the losses in words, singular and plural, and where the service says little', () => {
  const topic = (messageCount: bigint | undefined, consumerGroupCount?: number): EasyQueueTopic => ({
    id: undefined, fullName: 'key.t', description: undefined, bootstrapServer: undefined, partitionCount: undefined, retentionMs: undefined,
    retentionBytes: undefined, maxMessageBytes: undefined, messageCount, consumerGroupCount, createdAt: undefined, updatedAt: undefined, status: 'ACTIVE',
  });
  const group = (name: string, members: number): ConsumerGroup => ({
    groupId: `key.${name}`, state: undefined, totalLag: undefined,
    members: Array.from({ length: members }, (_unused, index) => ({ memberId: String(index), clientId: undefined, partitions: [] })),
  });
  const words = (one: EasyQueueTopic, groups: readonly ConsumerGroup[] | undefined): string => lossesOf(one, groups, 'key', FORMAT).join(' ');
  assert.equal(words(topic(1n), []), '1 message is lost.');
  assert.equal(words(topic(9_007_199_254_740_993n), []), '9,007,199,254,740,993 messages are lost.');
  assert.equal(words(topic(2n), [group('a', 0)]), '2 messages and the offsets of 1 consumer group are lost.');
  assert.equal(words(topic(0n), [group('a', 2)]), '0 messages and the offsets of 1 consumer group are lost. Members of the group are connected now: a.');
  assert.equal(
    words(topic(undefined), [group('a', 1), group('b', 0)]), 'The offsets of 2 consumer groups are lost. One of the groups has members connected now: a.',
  );
  assert.equal(words(topic(undefined), undefined), 'Its consumer groups could not be read: clients may be connected.');
});
