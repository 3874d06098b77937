import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { EasyQueueClient } from '../../../src/api/easyqueue/client.ts';
import { FunctionsClient } from '../../../src/api/functions/client.ts';
import { startEmulator, type Emulator } from '../../../src/emulator/emulator.ts';
import { connect, errorOf, naver, nhn, type Bench } from './support.ts';

interface Clouds {
  readonly emulator: Emulator;
  readonly naver: Bench;
  readonly nhn: Bench;
  readonly dataStream: DataStreamClient;
  readonly functions: FunctionsClient;
  readonly easyQueue: EasyQueueClient;
}

async function start(t: TestContext, options: Parameters<typeof startEmulator>[0] = {}): Promise<Clouds> {
  const emulator = await startEmulator(options);
  t.after(() => emulator.close());
  const keys = emulator.credentials;
  const one = connect(t, naver(keys.naver.dataStream), { keyId: keys.naver.accessKeyId, secret: keys.naver.secretKey });
  const appKey = { appKey: keys.nhn.appKey, label: 'demo', region: 'KR1' } as const;
  const other = connect(t, nhn(keys.nhn.easyQueue, { appKeys: [appKey] }), {
    keyId: keys.nhn.userAccessKeyId,
    secret: keys.nhn.secretAccessKey,
  });
  return {
    emulator,
    naver: one,
    nhn: other,
    dataStream: new DataStreamClient(one.connection),
    functions: new FunctionsClient(one.connection, 'KR'),
    easyQueue: new EasyQueueClient(other.connection, appKey),
  };
}

test('Data Stream: all reads, and a message that is sent', async (t) => {
  const { dataStream, emulator } = await start(t);
  const topics = await dataStream.listTopics({ sortBy: 'topicName', descending: false });
  const names = topics.map(({ name }) => name);
  assert.ok(topics.length > 0);
  assert.deepEqual(names, names.toSorted());
  const prefix = await dataStream.getTopicPrefix();
  assert.ok(names.every((name) => name.startsWith(prefix)));
  for (const { id, name } of topics) {
    assert.equal((await dataStream.getTopic(id)).name, name);
    const connector = await dataStream.getConnector(id);
    if (connector !== undefined) assert.equal(connector.topicId, id);
  }
  assert.deepEqual(await dataStream.listTopics({ searchText: 'nothing is called so' }), []);
  const [topic] = topics;
  assert.ok(topic !== undefined);
  const sent = await dataStream.send({ topic: topic.name, key: 'k', value: '{"id":9007199254740993}' });
  assert.ok(sent.status === undefined || (sent.status >= 200 && sent.status < 300));
  assert.equal(emulator.log.filter(({ kind }) => kind === 'send').length, 1);
});

test('Data Stream: what does not exist', async (t) => {
  const { dataStream } = await start(t);
  assert.equal((await errorOf(dataStream.getTopic('nothing'))).kind, 'notFound');
  assert.equal((await errorOf(dataStream.getConnector('nothing'))).kind, 'notFound');
  assert.equal((await errorOf(dataStream.getTopic('a/b%주문🚚'))).kind, 'notFound');
  const error = await errorOf(dataStream.send({ topic: 'nothing', key: 'k', value: 'v' }));
  assert.equal(error.details.mayHaveArrived, false);
});

test('Cloud Functions: all reads, in v2.1 and v2.0', async (t) => {
  const { functions, emulator } = await start(t);
  const keys = emulator.credentials.naver;
  const account = naver(keys.cloudFunctions, { zone: 'government' });
  const government = connect(t, account, { keyId: keys.accessKeyId, secret: keys.secretKey });
  for (const client of [functions, new FunctionsClient(government.connection, 'KR')]) {
    const packages = await client.listPackages();
    for (const { name } of packages) assert.equal((await client.getPackage(name)).name, name);
    const actions = (await Promise.all(['-', ...packages.map(({ name }) => name)].map((pkg) => client.listActions(pkg)))).flat();
    for (const { pkg, name, type, runtime } of actions) {
      const detail = await client.getAction(pkg, name);
      assert.deepEqual([detail.pkg, detail.name, detail.type, detail.runtime], [pkg, name, type, runtime]);
    }
    const triggers = await client.listTriggers();
    for (const { name, type } of triggers) {
      const detail = await client.getTrigger(name);
      assert.deepEqual([detail.name, detail.type], [name, type]);
    }
    if (client === functions) {
      assert.ok(packages.length > 0 && triggers.length > 0);
      assert.deepEqual([...new Set(actions.map(({ type }) => type))].toSorted(), ['basic', 'sequence', 'sequence-web', 'web']);
    }
  }
});

test('Cloud Functions: activations in pages and in detail', async (t) => {
  const { functions } = await start(t);
  const all = await functions.listActivations({ pageNo: 1, pageSize: 5 });
  assert.ok(all.activations.length > 0 && all.activations.length <= 5);
  assert.ok((all.totalCount ?? 0) >= all.activations.length);
  const actions = (await Promise.all(['-', ...(await functions.listPackages()).map(({ name }) => name)].map((pkg) => functions.listActions(pkg)))).flat();
  let seen = 0;
  for (const { pkg, name } of actions) {
    const { activations } = await functions.listActionActivations(pkg, name, { pageSize: 2 });
    for (const { activationId } of activations) {
      const detail = await functions.getActionActivation(pkg, name, activationId);
      assert.equal(detail.activationId, activationId);
      assert.ok((detail.startMs ?? 0) > 0);
      seen += 1;
    }
  }
  assert.ok(seen > 0);
  for (const { name } of await functions.listTriggers()) {
    const { activations } = await functions.listTriggerActivations(name, { startMs: 0, endMs: Date.now() });
    for (const { activationId } of activations.slice(0, 1)) {
      assert.equal((await functions.getTriggerActivation(name, activationId)).endMs, undefined);
    }
  }
  const [action] = actions;
  const [trigger] = await functions.listTriggers();
  const [pkg] = await functions.listPackages();
  assert.ok(action !== undefined && trigger !== undefined && pkg !== undefined);
  assert.match(await functions.rawAction(action.pkg, action.name), /^\{"content":\{/);
  assert.match(await functions.rawTrigger(trigger.name), /^\{"content":\{/);
  assert.match(await functions.rawPackage(pkg.name), /^\{"content":\{/);
  const error = await errorOf(functions.getAction('-', 'nothing'));
  assert.equal(error.kind, 'notFound');
  assert.equal(error.details.code, '80301');
});

test('EasyQueue: all reads, and no digit lost', async (t) => {
  const { easyQueue, emulator } = await start(t);
  const { topics, totalCount } = await easyQueue.listTopics({ limit: 3000, sortKey: 'TOPIC_NAME', sortDirection: 'ASC' });
  assert.equal(topics.length, totalCount);
  const { appKey } = emulator.credentials.nhn;
  let largest = 0n;
  for (const { fullName } of topics) {
    assert.ok(fullName.startsWith(`${appKey}.`));
    assert.equal((await easyQueue.getTopic(fullName)).fullName, fullName);
    for (const { endOffset } of await easyQueue.listPartitions(fullName)) {
      if (endOffset !== undefined && endOffset > largest) largest = endOffset;
    }
    await easyQueue.listConsumerGroups(fullName.slice(appKey.length + 1));
  }
  assert.ok(largest > 2n ** 53n, String(largest));
  const [topic] = topics;
  assert.ok(topic !== undefined);
  const endMs = Date.now();
  for (const metricsType of ['BYTE_IN_RATE', 'BYTE_OUT_RATE', 'MESSAGE_COUNT', 'CONSUMER_LAG', 'LOG_SIZE_PER_PARTITION'] as const) {
    const statistics = await easyQueue.getStatistics({ topicName: topic.fullName, metricsType, startMs: endMs - 3_600_000, endMs });
    assert.equal(statistics.metricsType, metricsType);
    assert.ok((statistics.stepSeconds ?? 0) > 0);
  }
  const found = await easyQueue.listTopics({ searchTopicName: topic.fullName.slice(appKey.length + 1) });
  assert.ok(found.topics.some(({ fullName }) => fullName === topic.fullName));
});

test('EasyQueue: 3,000 topics in one request', async (t) => {
  const { easyQueue, emulator } = await start(t, { extraTopics: 3_000 });
  const before = emulator.log.length;
  const { topics, totalCount } = await easyQueue.listTopics({ limit: 3_000 });
  assert.equal(topics.length, 3_000);
  assert.ok((totalCount ?? 0) > 3_000);
  // One for the token, one for the list.
  assert.equal(emulator.log.length - before, 2);
});

test('EasyQueue: what is refused', async (t) => {
  const { easyQueue, nhn: bench, emulator } = await start(t);
  const missing = await errorOf(easyQueue.getTopic('nothing'));
  assert.equal(missing.kind, 'notFound');
  const elsewhere = new EasyQueueClient(bench.connection, { appKey: 'wrongwrongwrong1', label: 'x', region: 'KR1' });
  assert.equal((await errorOf(elsewhere.listTopics())).details.reason, 'appKey');
  assert.equal((await errorOf(easyQueue.listTopics({ limit: 9_999 }))).kind, 'invalid');
  emulator.world.tokens.revokeAll();
  await easyQueue.listTopics();
});

test('a wrong secret, a wrong key and a main account', async (t) => {
  const { emulator } = await start(t);
  const keys = emulator.credentials.naver;
  for (const secrets of [
    { keyId: keys.accessKeyId, secret: 'wrong' },
    { keyId: 'wrong', secret: keys.secretKey },
  ]) {
    const { connection } = connect(t, naver(keys.dataStream), secrets);
    const error = await errorOf(new DataStreamClient(connection).listTopics());
    assert.equal(error.kind, 'unauthorized');
    assert.equal(error.details.reason, 'credentials');
  }
  // The account says "sub account", the key is a main account's: the service refuses by itself.
  const { connection } = connect(t, naver(keys.messages), { keyId: keys.mainAccessKeyId, secret: keys.mainSecretKey });
  const client = new DataStreamClient(connection);
  const [topic] = await client.listTopics();
  const error = await errorOf(client.send({ topic: topic?.name ?? '', key: 'k', value: 'v' }));
  assert.equal(error.kind, 'forbidden');
  assert.equal(error.details.mayHaveArrived, false);
});

test('a clock 20 minutes off does no harm', async (t) => {
  const { emulator, dataStream, naver: bench } = await start(t);
  emulator.world.clockSkewMs = 20 * 60_000;
  assert.ok((await dataStream.listTopics()).length > 0);
  assert.equal(bench.skews.length, 1);
  assert.ok(Math.abs((bench.skews[0]?.[0] ?? 0) + 20 * 60_000) < 5_000);
});

test('faults between: reads get over them', async (t) => {
  const { emulator, dataStream } = await start(t);
  for (const effect of [
    { kind: 'reply', status: 500 },
    { kind: 'close', when: 'before' },
    { kind: 'truncate', bytes: 5 },
    { kind: 'html' },
    { kind: 'garbage' },
  ] as const) {
    emulator.faults.inject({ effect });
    assert.ok((await dataStream.listTopics()).length > 0, effect.kind);
  }
});
