import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import type { DocumentValue, EditableType } from '../../../src/documents/documentType.ts';
import { CloudError } from '../../../src/model/cloudError.ts';
import type { ResourceRef } from '../../../src/model/resource.ts';
import { dataStreamDocuments } from '../../../src/services/datastream/documents.ts';
import { errorOf } from '../api/support.ts';
import { dataStreamWorld } from './dataStreamWorld.ts';

async function start(t: TestContext, kind: 'topic' | 'connector') {
  const world = await dataStreamWorld(t);
  const topic = await world.topicNamed('h4j6l-orders');
  const type = dataStreamDocuments({ client: () => Promise.resolve(world.client), format: world.format }).find((one) => one.kind === `dataStream.${kind}`);
  assert.ok(type);
  const edit = await type.edit?.();
  assert.ok(edit);
  const ref: ResourceRef = { accountId: world.account.id, kind: type.kind, keys: [topic.id], name: topic.name };
  return { ...world, type, edit, ref };
}

/** What is wrong with a value of a field. */
function check(edit: EditableType, name: string, value: DocumentValue, opened?: DocumentValue): string | undefined {
  const field = edit.fields.find((one) => one.name === name);
  assert.ok(field, name);
  return field.check(value, opened);
}

function names({ fields }: EditableType): readonly string[] {
  return fields.map(({ name }) => name);
}

test('a topic opens with what can be changed, and a change replaces all of it', async (t) => {
  const { edit, type, ref, emulator } = await start(t, 'topic');
  assert.deepEqual(names(edit), ['description', 'partitions', 'retentionMs']);
  assert.equal(type.title(ref), 'Topic "h4j6l-orders"');
  const opened = await edit.read(ref);
  assert.deepEqual(opened.values, { description: '주문 이벤트 · order events of the web shop', partitions: 6, retentionMs: 604_800_000 });
  const after = await edit.update(ref, opened, { ...opened.values, partitions: 8, retentionMs: 86_400_000 });
  assert.deepEqual(after.values, { ...opened.values, partitions: 8, retentionMs: 86_400_000 });
  assert.equal(emulator.world.dataStream.byName('h4j6l-orders')?.description, '주문 이벤트 · order events of the web shop');
});

test('a topic is checked as the service would, in the words of people', async (t) => {
  const { edit } = await start(t, 'topic');
  assert.equal(check(edit, 'partitions', 5, 6), 'Partitions can only be added: there are 6 already.');
  assert.equal(check(edit, 'partitions', 17, 6), 'A topic has 1 to 16 partitions.');
  assert.equal(check(edit, 'partitions', 6.5, 6), 'Enter a whole number.');
  assert.equal(check(edit, 'partitions', '7', 6), 'Enter a whole number.');
  assert.equal(check(edit, 'partitions', 7, 6), undefined);
  // The limit was raised for this account: what the cloud has is right.
  assert.deepEqual([32, 40, 24].map((value) => check(edit, 'partitions', value, 32)), [undefined, undefined, 'Partitions can only be added: there are 32 already.']);
  assert.equal(check(edit, 'retentionMs', 1000, 86_400_000), 'Messages are kept from 1 h to 15 d.');
  assert.equal(check(edit, 'retentionMs', null, 86_400_000), 'Enter a whole number.');
  assert.equal(check(edit, 'description', 'x'.repeat(201)), 'A description can have at most 200 characters, this one has 201.');
  assert.equal(check(edit, 'description', '😀'.repeat(200)), undefined);
  const retention = edit.fields.find(({ name }) => name === 'retentionMs');
  assert.equal(retention?.words?.(604_800_000), '7 d');
});

test('a connector opens with all that a change replaces, and what was read goes back', async (t) => {
  const { edit, type, ref, emulator } = await start(t, 'connector');
  assert.deepEqual(names(edit), [
    'description', 'consumerSpec', 'location', 'includeTopicInPath', 'dateFormat', 'roleNrn', 'flushIntervalMinutes', 'flushCount', 'schemaType',
  ]);
  assert.equal(type.title(ref), 'Connector of topic "h4j6l-orders"');
  const opened = await edit.read(ref);
  assert.deepEqual(Object.keys(opened.values), names(edit));
  const before = emulator.world.dataStream.byName('h4j6l-orders')?.connector?.settings;
  await edit.update(ref, opened, { ...opened.values, consumerSpec: 'MEDIUM' });
  assert.deepEqual(emulator.world.dataStream.byName('h4j6l-orders')?.connector?.settings, { ...before, consumerSpec: 'MEDIUM' });
  const fewer = Object.fromEntries(Object.entries(opened.values).filter(([name]) => name !== 'description' && name !== 'flushCount'));
  const after = await edit.update(ref, opened, fewer);
  assert.equal(after.values['description'], undefined);
  assert.equal(after.values['flushCount'], 5_000);
});

test('what was read goes back in a change, whatever it is', async (t) => {
  const { edit, ref, emulator } = await start(t, 'connector');
  const connector = emulator.world.dataStream.byName('h4j6l-orders')?.connector;
  assert.ok(connector);
  // Nothing the service would fill in by itself.
  const unusual = {
    ...connector.settings, description: '보관', consumerSpec: 'MEDIUM', location: 's3a://unusual/place', includeTopicInPath: false, dateFormat: 'HOUR',
    flushInterval: 3, flushCount: 20_000, schemaType: 'JSON',
  } as const;
  connector.settings = unusual;
  const opened = await edit.read(ref);
  await edit.update(ref, opened, { ...opened.values, dateFormat: 'MONTH' });
  assert.deepEqual(connector.settings, { ...unusual, dateFormat: 'MONTH' });
  // What no document holds comes from what was read.
  await edit.update(ref, opened, { flushIntervalMinutes: 3, flushCount: 20_000, schemaType: 'JSON', description: '보관' });
  assert.deepEqual(connector.settings, unusual);
});

test('a kind of target that is not known goes back as it was read', async (t) => {
  const { edit, ref, emulator, client } = await start(t, 'connector');
  const answer = JSON.parse(await client.rawConnector(ref.keys[0] ?? '')) as Record<string, unknown>;
  emulator.faults.inject({ method: 'GET', path: /connectors/, effect: { kind: 'reply', status: 200, body: JSON.stringify({ ...answer, exportType: 'TAPE' }) } });
  const opened = await edit.read(ref);
  // The emulator knows one kind only: that it refuses this one says that it arrived.
  const error = await errorOf(edit.update(ref, opened, opened.values));
  assert.deepEqual([error.kind, error.details.reason, error.details.code], ['invalid', 'exportType', 'InvalidExportType']);
});

test('a topic keeps what a change does not name', async (t) => {
  const { edit, ref, emulator } = await start(t, 'topic');
  const opened = await edit.read(ref);
  await edit.update(ref, opened, { partitions: 9 });
  const orders = emulator.world.dataStream.byName('h4j6l-orders');
  assert.deepEqual([orders?.description, orders?.log.partitions.length, orders?.retentionMs], ['주문 이벤트 · order events of the web shop', 9, 604_800_000]);
});

test('a connector is checked, and words of the future survive', async (t) => {
  const { edit, ref, emulator } = await start(t, 'connector');
  assert.equal(check(edit, 'consumerSpec', 'LARGE', 'SMALL'), 'Enter one of SMALL, MEDIUM.');
  assert.equal(check(edit, 'consumerSpec', 'LARGE', 'LARGE'), undefined);
  assert.equal(check(edit, 'location', 'logs/a', 's3a://b'), 'Write it as "s3a://logs/a".');
  assert.equal(check(edit, 'location', 's3a://logs/a', 's3a://b'), undefined);
  assert.equal(check(edit, 'location', 'gs://somewhere', 'gs://somewhere'), undefined);
  assert.equal(check(edit, 'roleNrn', 'role', 'nrn:x'), 'An NRN starts with "nrn:". Copy it from the details of the role.');
  assert.equal(check(edit, 'includeTopicInPath', 'yes', true), 'Enter true or false.');
  assert.equal(check(edit, 'flushIntervalMinutes', 11, 10), 'Enter a whole number from 1 to 10.');
  assert.equal(check(edit, 'flushIntervalMinutes', null, 10), undefined);
  // The documents tell two ranges: neither is checked.
  assert.deepEqual([20, 50_000, 1].map((value) => check(edit, 'flushCount', value, 5_000)), [undefined, undefined, undefined]);
  assert.equal(check(edit, 'flushCount', 0, 5_000), 'Enter a whole number from 1 up.');
  assert.equal(check(edit, 'schemaType', 'AVRO2', 'AVRO2'), undefined);
  assert.equal(edit.fields.find(({ name }) => name === 'consumerSpec')?.words?.('MEDIUM'), '2 containers, up to 500 KB/s for each partition');

  const body = JSON.stringify({ id: 'c1', consumerSpec: 'HUGE', exportType: 'TAPE', location: 's3a://x', includeTopicInPath: false, dateFormat: 'WEEK', roleNrn: 'nrn:r', schemaType: 'XML' });
  emulator.faults.inject({ method: 'GET', path: /connectors/, effect: { kind: 'reply', status: 200, body } });
  const future = await edit.read(ref);
  assert.deepEqual(future.values, { consumerSpec: 'HUGE', location: 's3a://x', includeTopicInPath: false, dateFormat: 'WEEK', roleNrn: 'nrn:r', schemaType: 'XML' });
  assert.deepEqual(names(edit).filter((name) => name in future.values && check(edit, name, future.values[name] ?? null, future.values[name] ?? undefined) !== undefined), []);
});

test('a refusal is about the field its code names', async (t) => {
  const topic = (await start(t, 'topic')).edit;
  const connector = (await start(t, 'connector')).edit;
  const about = (edit: EditableType, ...reasons: readonly NonNullable<CloudError['details']['reason']>[]): readonly (string | undefined)[] =>
    reasons.map((reason) => edit.fieldOf(new CloudError('invalid', { reason })));
  assert.deepEqual(about(topic, 'partitions', 'retention', 'description', 'state'), ['partitions', 'retentionMs', 'description', undefined]);
  assert.deepEqual(
    about(connector, 'bucket', 'location', 'roleNrn', 'consumerSpec', 'dateFormat', 'description', 'parameter'),
    ['location', 'location', 'roleNrn', 'consumerSpec', 'dateFormat', 'description', undefined],
  );
});

test('what is gone is said, and both kinds can be read as they came', async (t) => {
  const { edit, ref, type, client } = await start(t, 'connector');
  assert.match(await type.raw(ref), /"connectorName"/);
  assert.ok('groupId' in (await type.view(ref) as object));
  const connector = await client.getConnector(ref.keys[0] ?? '');
  await client.deleteConnector(ref.keys[0] ?? '', connector?.id ?? '');
  const error = await errorOf(edit.read(ref));
  assert.deepEqual([error.kind, error.details.reason], ['notFound', 'connectorGone']);

  const topic = await start(t, 'topic');
  assert.match(await topic.type.raw(topic.ref), /"topicName"/);
  assert.equal((await errorOf(topic.edit.read({ ...topic.ref, keys: ['gone'] }))).kind, 'notFound');
});

test('the plan knows what a change destroys', async (t) => {
  const { edit } = await start(t, 'topic');
  const lost = (name: string, from: string | number | boolean | undefined, to: string | number | boolean | undefined): string | undefined =>
    edit.fields.find((one) => one.name === name)?.loses?.(from, to);
  assert.equal(lost('retentionMs', 604_800_000, 86_400_000), 'Messages older than 1 d are deleted.');
  assert.equal(lost('partitions', 3, 6), 'Messages with the same key may go to another partition from then on. Partitions cannot be taken away again.');
  assert.deepEqual([lost('retentionMs', 86_400_000, 604_800_000), lost('partitions', undefined, 3), lost('description', 'a', 'b')], [undefined, undefined, undefined]);

  const connector = await start(t, 'connector');
  const tellers = connector.edit.fields.filter(({ loses }) => loses?.('a', 'b') === 'Files that are stored already stay where they are.');
  assert.deepEqual(tellers.map(({ name }) => name), ['location', 'includeTopicInPath', 'dateFormat']);
});
