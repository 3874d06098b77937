import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import type { DocumentField, DocumentType, DocumentValue } from '../../../src/documents/documentType.ts';
import type { ChangeReason } from '../../../src/model/cloudError.ts';
import { CloudError } from '../../../src/model/cloudError.ts';
import type { EasyQueueTopic } from '../../../src/model/easyQueue.ts';
import { createFormatter } from '../../../src/model/format.ts';
import type { ResourceRef } from '../../../src/model/resource.ts';
import { easyQueueDocuments } from '../../../src/services/easyqueue/documents.ts';
import { topicSettings, topicValues } from '../../../src/services/easyqueue/topicFields.ts';
import { errorOf, failure } from '../api/support.ts';
import { easyQueueWorld, refuseNext } from './easyQueueWorld.ts';

const DAY_MS = 86_400_000;
const GIBIBYTE = 1_073_741_824;

async function open(t: TestContext, kind = 'easyQueue.topic', name = 'orders', group?: string) {
  const world = await easyQueueWorld(t);
  const { appKey } = world.appKey;
  const types = easyQueueDocuments({ format: createFormatter('en'), client: () => Promise.resolve(world.client) });
  const type = types.find((one) => one.kind === kind);
  assert.ok(type);
  const keys = ['KR1', appKey, `${appKey}.${name}`, ...(group === undefined ? [] : [`${appKey}.${group}`])];
  const ref: ResourceRef = { accountId: world.account.id, kind, keys, name: group ?? name };
  return { world, type, ref, ...(await editing(type)) };
}

async function editing(type: DocumentType) {
  const edit = await type.edit?.();
  const field = (name: string): DocumentField => {
    const found = edit?.fields.find((one) => one.name === name);
    assert.ok(found, name);
    return found;
  };
  return { edit, field };
}

test('reads the fields of a topic that can be changed', async (t) => {
  const { type, edit, ref } = await open(t);
  assert.equal(type.ending, '.easyqueue-topic.json');
  assert.equal(type.title(ref), 'Topic "orders"');
  assert.deepEqual((await edit?.read(ref))?.values, {
    description: '주문 이벤트 · orders of all shops',
    partitionCount: 5,
    maxRetentionTimeMs: 7 * DAY_MS,
    maxRetentionBytes: 5 * GIBIBYTE,
    maxMessageBytes: 262_144,
  });
  assert.deepEqual(edit?.fields.map(({ name, label, isOptional }) => [name, label(), isOptional]), [
    ['description', 'Description', true],
    ['partitionCount', 'Partitions', undefined],
    ['maxRetentionTimeMs', 'Retention', undefined],
    ['maxRetentionBytes', 'Retention per partition', undefined],
    ['maxMessageBytes', 'Largest message', undefined],
  ]);
});

test('replaces a topic with everything it had, and the change', async (t) => {
  const { world, edit, ref } = await open(t);
  const remote = await edit?.read(ref);
  assert.ok(edit && remote);
  const now = await edit.update(ref, remote, { ...remote.values, partitionCount: 8, maxRetentionTimeMs: DAY_MS });
  assert.deepEqual(now.values, { ...remote.values, partitionCount: 8, maxRetentionTimeMs: DAY_MS });
  assert.deepEqual(world.emulator.world.easyQueue.find('orders')?.settings, {
    description: '주문 이벤트 · orders of all shops', partitionCount: 8, maxRetentionTimeMs: DAY_MS, maxRetentionBytes: 5 * GIBIBYTE, maxMessageBytes: 262_144,
  });
});

test('an update without the optional description is sent without it', async (t) => {
  const { world, edit, ref } = await open(t);
  const remote = await edit?.read(ref);
  assert.ok(edit && remote);
  const others = Object.entries(remote.values).filter(([name]) => name !== 'description');
  await edit.update(ref, remote, Object.fromEntries(others));
  assert.equal(world.emulator.world.easyQueue.find('orders')?.settings.description, '');
});

for (const [code, message, field] of [
  [4000101, 'Invalid partition count. Must be greater than existing.', 'partitionCount'],
  [4000401, 'Topic partition quota exceeded.', 'partitionCount'],
  [4000402, 'Project partition quota exceeded.', 'partitionCount'],
  [4000103, 'Topic is not in ACTIVE status.', undefined],
  [4030000, 'Permission denied.', undefined],
  [4040100, 'Topic not found.', undefined],
  [4040400, 'AppKey not found.', undefined],
  [5000101, 'Topic update fail.', undefined],
] as const) {
  test(`a refusal ${String(code)} belongs to ${field ?? 'no field'}`, async (t) => {
    const { world, edit, ref } = await open(t);
    const remote = await edit?.read(ref);
    assert.ok(edit && remote);
    refuseNext(world, 'PUT', code, message);
    const error = await errorOf(edit.update(ref, remote, remote.values));
    assert.equal(error.details.code, String(code));
    assert.equal(edit.fieldOf(error), field);
  });
}

test('the plan knows what a change destroys', async (t) => {
  const { field } = await open(t);
  const lost = (name: string, from: number, to: number): string | undefined => field(name).loses?.(from, to);
  assert.equal(lost('maxRetentionTimeMs', 7 * DAY_MS, DAY_MS), 'Messages older than 1 d are deleted.');
  assert.equal(lost('maxRetentionBytes', 5 * GIBIBYTE, GIBIBYTE), 'Each partition keeps the newest 1 GiB; older messages are deleted.');
  assert.match(lost('partitionCount', 3, 5) ?? '', /^Messages with the same key may go to another partition/);
  assert.deepEqual([lost('maxRetentionTimeMs', DAY_MS, 7 * DAY_MS), lost('maxRetentionBytes', GIBIBYTE, 5 * GIBIBYTE), lost('maxMessageBytes', 2048, 1024)], [undefined, undefined, undefined]);
});

test('each cause that is about a value has its field', async (t) => {
  const { edit } = await open(t);
  const fieldOf = (reason: ChangeReason): string | undefined => edit?.fieldOf(new CloudError('invalid', { reason }));
  assert.equal(fieldOf('description'), 'description');
  assert.equal(fieldOf('retention'), 'maxRetentionTimeMs');
  assert.equal(fieldOf('parameter'), undefined);
});

test('a topic that was deleted elsewhere is not found', async (t) => {
  const { type, edit, ref } = await open(t, 'easyQueue.topic', 'nothing');
  assert.ok(edit);
  assert.equal((await failure(edit.read(ref), 'notFound')).reason, 'topicGone');
  await failure(type.view(ref), 'notFound');
});

/** The documented ranges once more, by hand (easyqueue.md §2.4). */
const RANGES = [
  ['partitionCount', 1, 16],
  ['maxRetentionTimeMs', 3_600_000, 1_209_600_000],
  ['maxRetentionBytes', 1_073_741_824, 26_843_545_600],
  ['maxMessageBytes', 1_024, 262_144],
] as const;

test('takes what is inside a range and refuses what is outside, for thousands of values', async (t) => {
  const { field } = await open(t);
  let state = 1;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  for (const [name, min, max] of RANGES) {
    const { check } = field(name);
    const edges = [min, max, min - 1, max + 1, 0, -1, Number.MAX_SAFE_INTEGER, min + 0.5, Number.MAX_SAFE_INTEGER + 1, Number.NaN, Infinity];
    const drawn = Array.from({ length: 1_000 }, () => Math.floor((random() * 1.5 - 0.25) * max));
    for (const value of [...edges, ...drawn]) {
      const isRight = Number.isSafeInteger(value) && value >= min && value <= max;
      assert.equal(check(value, undefined) === undefined, isRight, `${name} ${String(value)}`);
      // What the cloud itself has told may stay, whatever it is.
      if (Number.isSafeInteger(value)) assert.equal(check(value, value), undefined, `${name} ${String(value)} unchanged`);
    }
    for (const value of ['5', true, null] satisfies DocumentValue[]) assert.ok(check(value, undefined), name);
  }
});

test('partitions can only grow', async (t) => {
  const { check } = (await open(t)).field('partitionCount');
  for (let opened = 1; opened <= 16; opened += 1) {
    for (let count = 1; count <= 17; count += 1) {
      assert.equal(check(count, opened) === undefined, count >= opened && count <= 16, `${String(opened)} → ${String(count)}`);
    }
  }
  assert.equal(check(3, 5), 'Partitions can only be added: there are 5 already.');
});

test('a description is a text of at most 255 characters', async (t) => {
  const { check } = (await open(t)).field('description');
  assert.equal(check('', undefined), undefined);
  assert.equal(check('😀'.repeat(255), undefined), undefined);
  assert.match(check('a'.repeat(256), undefined) ?? '', /at most 255/);
  for (const value of [5, false, null] satisfies DocumentValue[]) assert.ok(check(value, undefined));
});

test('a value out of the range that the cloud told goes back as it came (the documents\' own sample)', async (t) => {
  const { field } = await open(t);
  const sample: EasyQueueTopic = {
    id: 'topic-id-123', fullName: 'key.test-topic', description: undefined, bootstrapServer: undefined, partitionCount: 3, retentionMs: 604_800_000,
    retentionBytes: 9_007_199_254_740_993n, maxMessageBytes: 1_048_576, messageCount: undefined, consumerGroupCount: undefined,
    createdAt: undefined, updatedAt: undefined, status: undefined,
  };
  const values = topicValues(sample);
  assert.equal(field('maxMessageBytes').check(1_048_576, values['maxMessageBytes']), undefined);
  assert.match(field('maxMessageBytes').check(1_048_577, values['maxMessageBytes']) ?? '', /1 KiB to 256 KiB/);
  const sent = topicSettings({ ...values, partitionCount: 4 }, sample);
  assert.deepEqual(sent, {
    description: '', partitionCount: 4, retentionMs: 604_800_000, retentionBytes: 9_007_199_254_740_993n, maxMessageBytes: 1_048_576,
  });
});

test('what neither the document nor the cloud tells is not made up', () => {
  const values = { maxRetentionTimeMs: 3_600_000, maxRetentionBytes: GIBIBYTE, maxMessageBytes: 1_024 };
  const topic: EasyQueueTopic = {
    id: undefined, fullName: 'key.t', description: undefined, bootstrapServer: undefined, partitionCount: undefined, retentionMs: undefined,
    retentionBytes: undefined, maxMessageBytes: undefined, messageCount: undefined, consumerGroupCount: undefined, createdAt: undefined,
    updatedAt: undefined, status: undefined,
  };
  assert.throws(() => topicSettings(values, topic), (error: unknown) => error instanceof CloudError && error.details.mayHaveArrived === false);
});

test('says values in the units of people', async (t) => {
  const { field } = await open(t);
  assert.equal(field('maxRetentionTimeMs').words?.(7 * DAY_MS), '7 d');
  assert.equal(field('maxRetentionBytes').words?.(5 * GIBIBYTE), '5 GiB');
  assert.equal(field('maxMessageBytes').words?.(262_144), '256 KiB');
  assert.equal(field('maxMessageBytes').words?.('x'), undefined);
  assert.equal(field('partitionCount').words, undefined);
});

test('shows a topic, its partitions and a group, 64-bit numbers in full', async (t) => {
  const topic = await open(t, 'easyQueue.topic', 'ledger');
  assert.partialDeepStrictEqual(await topic.type.view(topic.ref), {
    name: 'ledger', partitionCount: 4, retention: '14 d', retentionPerPartition: '5 GiB', largestMessage: '256 KiB', status: 'ACTIVE',
  });
  const partitions = await open(t, 'easyQueue.partitions', 'ledger');
  assert.equal(partitions.type.title(partitions.ref), 'Partitions of topic "ledger"');
  assert.partialDeepStrictEqual(await partitions.type.view(partitions.ref), {
    partitions: [{ partition: 0, startOffset: 9_007_199_254_730_993n, endOffset: 9_007_199_254_740_993n, messageCount: 10_000n, replicaCount: 3 }],
  });
  const group = await open(t, 'easyQueue.group', 'ledger', 'ledger-snapshot');
  assert.equal(group.type.title(group.ref), 'Consumer group "ledger-snapshot"');
  assert.partialDeepStrictEqual(await group.type.view(group.ref), {
    name: 'ledger-snapshot', state: 'Stable', members: [{ partitions: [{ partition: 0, committedOffset: 9_007_199_254_740_990n, lag: 3n }] }],
  });
  const gone = await open(t, 'easyQueue.group', 'ledger', 'nobody');
  assert.equal((await failure(gone.type.view(gone.ref), 'notFound')).reason, 'resourceGone');
});

test('gives the answer of the service as it came', async (t) => {
  const topic = await open(t, 'easyQueue.topic', 'ledger');
  assert.match(await topic.type.raw(topic.ref), /"topicName": ?"[^"]+\.ledger"/);
  const partitions = await open(t, 'easyQueue.partitions', 'ledger');
  assert.match(await partitions.type.raw(partitions.ref), /"endOffset": ?9007199254740993[,}]/);
  const group = await open(t, 'easyQueue.group', 'ledger', 'ledger-snapshot');
  assert.match(await group.type.raw(group.ref), /"currentOffset": ?9007199254740990[,}]/);
});

test('an address that names nothing is not found, and nothing is asked', async (t) => {
  const { world, type, ref } = await open(t);
  for (const keys of [[], ['KR9', 'a', 'b'], ['KR1', '', 'b'], ['KR1', 'a', '']]) {
    assert.equal((await failure(type.view({ ...ref, keys }), 'notFound')).mayHaveArrived, false);
  }
  assert.equal(world.emulator.log.length, 0);
});
