import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import type { DataStreamClient } from '../../../src/api/datastream/client.ts';
import type { Stage } from '../../../src/model/account.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import type { Problem } from '../../../src/model/problem.ts';
import { deleteConnectors, deleteTopics } from '../../../src/services/datastream/deletions.ts';
import type { DeletionDeps } from '../../../src/services/datastream/deletions.ts';
import { confirmDeletion, reportFailures } from '../../../src/services/deletion.ts';
import { naverAccount } from '../../support/accounts.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { dataStreamWorld } from './dataStreamWorld.ts';

async function start(t: TestContext, answers: readonly Answer[], stage?: Stage) {
  const world = await dataStreamWorld(t, answers, stage);
  const { account, client } = world;
  const deps: DeletionDeps = { ...world, client: () => Promise.resolve(client) };
  const { dataStream, now } = world.emulator.world;
  /** Deletes topics by their names, as the rows of the tree know them. */
  const remove = async (...names: readonly string[]): Promise<Problem | undefined> => {
    const topics = await Promise.all(names.map(async (name) => ({ account, topic: await world.topicNamed(name) })));
    await deleteTopics(topics, deps);
    world.prompts.done();
    return world.problems.at(-1)?.problem;
  };
  const removeConnector = async (...names: readonly string[]): Promise<Problem | undefined> => {
    const topics = await Promise.all(names.map(async (name) => ({ account, topic: await world.topicNamed(name) })));
    await deleteConnectors(topics, deps);
    world.prompts.done();
    return world.problems.at(-1)?.problem;
  };
  const add = (name: string): void => {
    dataStream.add({ name, description: '', partitions: 1, retentionMs: 3_600_000, createdAt: now(), creatingMs: 0 });
  };
  const statusOf = (name: string): string | undefined => {
    const topic = dataStream.byName(name);
    return topic === undefined ? undefined : dataStream.statusOf(topic);
  };
  return { ...world, deps, remove, removeConnector, add, statusOf };
}

test('names the topic, its account and what is lost; the connector goes first', async (t) => {
  const { remove, prompts, writes, statusOf } = await start(t, [{ press: 'Delete' }]);
  assert.equal(await remove('h4j6l-orders'), undefined);
  assert.equal(prompts.asked[0]?.text, [
    'Delete topic "h4j6l-orders"?',
    'All messages of the last 7 d and the offsets of its consumer groups are lost.',
    'Data Stream does not tell how many there are.\nIts connector to s3a://demo-orders/archive/h4j6l-orders is deleted first.',
  ].join(' ').concat('\nFiles that are in Object Storage already stay.\nAccount "acme" · DEV'));
  assert.deepEqual(writes(), ['DELETE topics/*/connectors/*', 'DELETE topics/*']);
  assert.equal(statusOf('h4j6l-orders'), 'PENDING_DELETION');
});

test('on production the name is typed, and nothing happens before', async (t) => {
  const { remove, prompts, writes } = await start(t, [
    { press: 'Delete' }, { refused: 'orders', because: /The name is "h4j6l-orders"/ }, { refused: '', because: /The name is/ }, { type: 'h4j6l-orders' },
  ], 'prod');
  assert.equal(await remove('h4j6l-orders'), undefined);
  assert.equal(prompts.asked[1]?.text, 'Type "h4j6l-orders" to delete it from account "acme" (PROD).');
  assert.equal(writes().length, 2);

  for (const answers of [[{ cancel: true }], [{ press: 'Delete' }, { cancel: true }]] as const) {
    const other = await start(t, answers, 'prod');
    await assert.rejects(other.remove('h4j6l-orders'), CancelledError);
    assert.deepEqual(other.writes(), []);
  }
});

test('several at once: each with its losses, and on production how many they are', async (t) => {
  const { remove, prompts, statusOf } = await start(t, [{ press: 'Delete' }, { refused: 'yes', because: /The number is 2/ }, { type: '2' }], 'prod');
  assert.equal(await remove('h4j6l-orders', 'h4j6l-audit'), undefined);
  const asked = prompts.asked[0]?.text ?? '';
  assert.match(asked, /^Delete 2 topics\? Account "acme" · PROD\n• h4j6l-orders: All messages of the last 7 d .*\n• h4j6l-audit: All messages of the last 15 d/);
  assert.match(prompts.asked[1]?.text ?? '', /^Type 2, the number of things to delete\. Account "acme" is PROD\./);
  assert.deepEqual([statusOf('h4j6l-orders'), statusOf('h4j6l-audit')], ['PENDING_DELETION', 'PENDING_DELETION']);
});

test('where one fails the others go on, and the problem names it, why, and what happened all the same', async (t) => {
  const { remove, add, emulator, statusOf } = await start(t, [{ press: 'Delete' }]);
  add('h4j6l-clicks');
  const orders = emulator.world.dataStream.byName('h4j6l-orders')?.topicId ?? '';
  const refusal = JSON.stringify({ status: 500, code: 'DeleteFailure', detail: 'no' });
  emulator.faults.inject({ method: 'DELETE', path: new RegExp(`/${orders}$`), effect: { kind: 'reply', status: 500, body: refusal } });
  const problem = await remove('h4j6l-orders', 'h4j6l-clicks', 'h4j6l-audit');
  assert.match(problem?.message ?? '', /^1 of 3 were not deleted\.\nh4j6l-orders: .+ Its connector was deleted\./);
  assert.ok(!(problem?.message ?? '').includes('h4j6l-clicks'));
  assert.deepEqual(['h4j6l-orders', 'h4j6l-clicks', 'h4j6l-audit'].map(statusOf), ['CREATED', 'PENDING_DELETION', 'PENDING_DELETION']);
});

test('what was deleted elsewhere counts as done, before the question and after it', async (t) => {
  const { add, emulator, client, account, deps, said, problems, prompts, writes } = await start(t, [{ press: 'Delete' }]);
  add('h4j6l-clicks');
  const clicks = emulator.world.dataStream.byName('h4j6l-clicks');
  assert.ok(clicks);
  const topic = await client.getTopic(clicks.topicId);
  // Somebody else deletes it while the question is open.
  await deleteTopics([{ account, topic }], {
    ...deps,
    progress: (title, work) => {
      clicks.goneAt = Number.MAX_SAFE_INTEGER;
      return deps.progress(title, work);
    },
  });
  prompts.done();
  assert.deepEqual([problems, writes()], [[], ['DELETE topics/*']]);
  // Going, and gone for good: the row does not know yet.
  await deleteTopics([{ account, topic }], deps);
  clicks.goneAt = 0;
  await deleteTopics([{ account, topic }], deps);
  assert.deepEqual(said, Array.from({ length: 2 }, () => 'Topic "h4j6l-clicks" is deleted already, or is being deleted.'));
  assert.equal(writes().length, 1);
});

test('what is lost is read at the question, not from the row', async (t) => {
  const { emulator, client, account, deps, prompts, readings, writes, topicNamed } = await start(t, [{ press: 'Delete' }, { press: 'Delete' }]);
  const row = await topicNamed('h4j6l-orders');
  const orders = emulator.world.dataStream.byName('h4j6l-orders');
  const before = await client.getConnector(row.id);
  assert.ok(orders?.connector && before);
  orders.retentionMs = 3_600_000;
  orders.connector = { ...orders.connector, id: 'another', settings: { ...orders.connector.settings, location: 's3a://elsewhere', includeTopicInPath: false } };
  await deleteConnectors([{ account, topic: row }], deps);
  assert.match(prompts.asked[0]?.text ?? '', /New messages are not stored in s3a:\/\/elsewhere any more\./);
  assert.equal(orders.connector, undefined);
  await deleteTopics([{ account, topic: row }], deps);
  assert.match(prompts.asked[1]?.text ?? '', /All messages of the last 1 h .*[^]*many there are\.\nAccount/);
  assert.deepEqual(readings, ['Reading what would be lost…', 'Reading what would be lost…']);
  assert.deepEqual(writes(), ['DELETE topics/*/connectors/*', 'DELETE topics/*']);
});

test('a connector that was replaced while the question was open stays, and that is said', async (t) => {
  for (const kind of ['connector', 'topic'] as const) {
    const { emulator, account, deps, problems, topicNamed } = await start(t, [{ press: 'Delete' }]);
    const orders = emulator.world.dataStream.byName('h4j6l-orders');
    assert.ok(orders?.connector);
    const { connector } = orders;
    const replacing: DeletionDeps = {
      ...deps,
      progress: (title, work) => {
        orders.connector = { ...connector, id: 'another' };
        return deps.progress(title, work);
      },
    };
    const topic = await topicNamed('h4j6l-orders');
    await (kind === 'connector' ? deleteConnectors : deleteTopics)([{ account, topic }], replacing);
    assert.equal(problems[0]?.problem.message, 'Not deleted: Topic "h4j6l-orders" has another connector now.');
    assert.equal(orders.connector.id, 'another');
    assert.equal(emulator.world.dataStream.statusOf(orders), 'CREATED');
  }
});

test('a connector that is gone before the question is said to be', async (t) => {
  const { emulator, removeConnector, said, writes } = await start(t, []);
  const orders = emulator.world.dataStream.byName('h4j6l-orders');
  assert.ok(orders);
  orders.connector = undefined;
  assert.equal(await removeConnector('h4j6l-orders'), undefined);
  assert.deepEqual([said, writes()], [['Topic "h4j6l-orders" has no connector any more.'], []]);
});

/** Calls a deletion off as soon as this was asked for. */
function callingOff(deps: DeletionDeps, client: DataStreamClient, method: 'deleteTopic' | 'deleteConnector', id: string): DeletionDeps {
  const controller = new AbortController();
  const thenOff = <T>(asked: string, answer: Promise<T>): Promise<T> => {
    if (asked === id) controller.abort();
    return answer;
  };
  const wrapped = {
    ...readerOf(client),
    deleteConnector: (topicId: string, connectorId: string, signal?: AbortSignal) =>
      thenOff(method === 'deleteConnector' ? topicId : '', client.deleteConnector(topicId, connectorId, signal)),
    deleteTopic: (topicId: string, signal?: AbortSignal) => thenOff(method === 'deleteTopic' ? topicId : '', client.deleteTopic(topicId, signal)),
  };
  return { ...deps, client: () => Promise.resolve(wrapped), progress: (_title, work) => work(controller.signal) };
}

function readerOf(client: DataStreamClient): Pick<DataStreamClient, 'getTopic' | 'getConnector'> {
  return { getTopic: client.getTopic.bind(client), getConnector: client.getConnector.bind(client) };
}

test('called off in the middle: what was done is said, and nothing else is asked', async (t) => {
  const { emulator, account, deps, client, said, problems, writes, topicNamed, statusOf, add } = await start(t, [{ press: 'Delete' }]);
  add('h4j6l-clicks');
  const topics = await Promise.all(['h4j6l-clicks', 'h4j6l-orders', 'h4j6l-audit'].map(async (name) => ({ account, topic: await topicNamed(name) })));
  const orders = topics[1]?.topic.id ?? '';
  emulator.faults.inject({ method: 'DELETE', path: new RegExp(`/${orders}$`), effect: { kind: 'hang' } });
  await deleteTopics(topics, callingOff(deps, client, 'deleteTopic', orders));
  assert.deepEqual(said, ['Cancelled. Topic "h4j6l-clicks" is being deleted. The connector of topic "h4j6l-orders" was deleted.']);
  assert.deepEqual(problems, []);
  assert.deepEqual(['h4j6l-clicks', 'h4j6l-orders', 'h4j6l-audit'].map(statusOf), ['PENDING_DELETION', 'CREATED', 'CREATED']);
  assert.deepEqual(writes().slice(0, 2), ['DELETE topics/*', 'DELETE topics/*/connectors/*']);
});

test('the deletion of a connector that is called off is not looked up', async (t) => {
  const { emulator, account, deps, client, said, problems, topicNamed } = await start(t, [{ press: 'Delete' }]);
  emulator.faults.inject({ method: 'DELETE', effect: { kind: 'hang' } });
  const topic = await topicNamed('h4j6l-orders');
  const reads = (): number => emulator.log.filter(({ method }) => method === 'GET').length;
  const before = reads();
  await deleteConnectors([{ account, topic }], callingOff(deps, client, 'deleteConnector', topic.id));
  // The one before the question.
  assert.deepEqual([said, problems, reads() - before], [[], [], 1]);
});

test('a mistake of ours is thrown, once the others are told', async (t) => {
  const { account, deps, client, problems, topicNamed, statusOf } = await start(t, [{ press: 'Delete' }]);
  const mistake = new TypeError('a mistake');
  const orders = await topicNamed('h4j6l-orders');
  const broken = {
    ...readerOf(client),
    deleteConnector: client.deleteConnector.bind(client),
    deleteTopic: (topicId: string, signal?: AbortSignal) => (topicId === orders.id ? Promise.reject(mistake) : client.deleteTopic(topicId, signal)),
  };
  const topics = [{ account, topic: orders }, { account, topic: await topicNamed('h4j6l-audit') }];
  await assert.rejects(deleteTopics(topics, { ...deps, client: () => Promise.resolve(broken) }), mistake);
  assert.deepEqual([problems, statusOf('h4j6l-audit')], [[], 'PENDING_DELETION']);
});

test('the remedies are for the account concerned, and there are none for several', () => {
  const [one, two] = [naverAccount({ id: '1', name: 'one' }), naverAccount({ id: '2', name: 'two' })];
  const error = new CloudError('unauthorized', { reason: 'credentials', host: 'h' });
  const told: unknown[] = [];
  const report = (problem: Problem, account: { readonly name: string } | undefined): void => void told.push([account?.name, problem.remedies]);
  const failure = (account: typeof one) => ({ item: { name: 'x', account, losses: [] }, error });
  reportFailures([failure(two)], 2, report);
  reportFailures([failure(one), failure(two)], 2, report);
  assert.deepEqual(told, [['two', ['editAccount', 'testAccount']], [undefined, []]]);
});

test('a deletion whose answer never came is looked up', async (t) => {
  const done = await start(t, [{ press: 'Delete' }]);
  done.add('h4j6l-clicks');
  done.emulator.faults.inject({ method: 'DELETE', effect: { kind: 'close', when: 'after' } });
  assert.equal(await done.remove('h4j6l-clicks'), undefined);

  const lost = await start(t, [{ press: 'Delete' }]);
  lost.add('h4j6l-clicks');
  lost.emulator.faults.inject({ method: 'DELETE', effect: { kind: 'close', when: 'before' } });
  const problem = await lost.remove('h4j6l-clicks');
  assert.match(problem?.message ?? '', /^Not deleted: h4j6l-clicks: The connection to .* broke off\.$/);
  assert.deepEqual(lost.writes(), ['DELETE topics/*']);
});

test('nothing is deleted where it could not be read what is lost', async (t) => {
  const { remove, emulator, writes } = await start(t, []);
  emulator.faults.inject({ method: 'GET', path: /connectors/, times: 100, effect: { kind: 'reply', status: 500, body: '{}' } });
  await assert.rejects(remove('h4j6l-orders'), /unavailable/);
  assert.deepEqual(writes(), []);
});

test('deletes a connector; what is stored stays, and so does the topic', async (t) => {
  const { removeConnector, prompts, writes, statusOf } = await start(t, [{ press: 'Delete' }, { type: 'h4j6l-orders' }], 'prod');
  assert.equal(await removeConnector('h4j6l-orders'), undefined);
  assert.match(prompts.asked[0]?.text ?? '', /^Delete the connector of topic "h4j6l-orders"\? New messages are not stored in s3a:.* any more\. Files that are in Object Storage already stay\.\nAccount/);
  assert.deepEqual(writes(), ['DELETE topics/*/connectors/*']);
  assert.equal(statusOf('h4j6l-orders'), 'CREATED');
});

test('a connector that is gone already counts as deleted, and one whose answer never came is looked up', async (t) => {
  const done = await start(t, [{ press: 'Delete' }]);
  done.emulator.faults.inject({ method: 'DELETE', effect: { kind: 'close', when: 'after' } });
  assert.equal(await done.removeConnector('h4j6l-orders'), undefined);

  const lost = await start(t, [{ press: 'Delete' }]);
  lost.emulator.faults.inject({ method: 'DELETE', effect: { kind: 'close', when: 'before' } });
  assert.match((await lost.removeConnector('h4j6l-orders'))?.message ?? '', /^Not deleted: h4j6l-orders: /);

  const gone = await start(t, [{ press: 'Delete' }]);
  const code = JSON.stringify({ status: 404, code: 'InvalidConnectorNotFound', detail: 'no' });
  gone.emulator.faults.inject({ method: 'GET', path: /connectors/, skip: 1, effect: { kind: 'reply', status: 404, body: code } });
  gone.emulator.faults.inject({ method: 'DELETE', effect: { kind: 'reply', status: 404, body: code } });
  assert.equal(await gone.removeConnector('h4j6l-orders'), undefined);
});

test('a long list of things is cut, and says by how much; things of several accounts say whose they are', async () => {
  const prompts = new ScriptedPrompts({ press: 'Delete' }, { type: '12' });
  const [dev, prod] = [naverAccount({ name: 'one' }), naverAccount({ name: 'two', lane: { stage: 'prod', access: 'full' } })];
  const items = Array.from({ length: 12 }, (_, n) => ({ name: `t${n}`, account: n === 11 ? prod : dev, losses: ['All is lost.'] }));
  await confirmDeletion(prompts, { question: 'Delete 12 topics?', items });
  prompts.done();
  assert.match(prompts.asked[0]?.text ?? '', /• t0 \(Account "one" · DEV\): All is lost\.[^]*• t7 [^]*and 4 more$/);
  assert.match(prompts.asked[1]?.text ?? '', /Account "two" is PROD/);
});
