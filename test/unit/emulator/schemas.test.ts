import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBackwardCompatible, isSchema } from '../../../src/emulator/datastream/compatibility.ts';
import { emulate } from './helpers.ts';

const record = (...fields: unknown[]): string => JSON.stringify({ type: 'record', name: 'R', fields });
const id = { name: 'id', type: 'string' };

test('schemas are created, listed in pages, read and deleted', async (context) => {
  const { emulator, client } = await emulate(context);
  const topicId = emulator.world.dataStream.byName('h4j6l-audit')?.topicId ?? '';
  const path = `/api/v1/topics/${topicId}`;
  const info = async (): Promise<unknown> =>
    ((await client.naver('GET', `${path}/registry-info`)).json as { isModifiable: unknown }).isModifiable;
  assert.equal(await info(), false);
  assert.equal((await client.naver('PUT', `${path}/registry-config`, { compatibility: true })).status, 400);
  const created = await client.naver('POST', `${path}/schemas`, { schemaType: 'AVRO', schema: record(id) });
  const { resourceId } = created.json as { resourceId: string };
  assert.equal((await client.naver('POST', `${path}/schemas`, { schemaType: 'AVRO', schema: record(id) })).status, 409);
  assert.equal((await client.naver('POST', `${path}/schemas`, { schemaType: 'XML', schema: '' })).status, 400);
  assert.equal((await client.naver('POST', `${path}/schemas`, { schemaType: 'JSON', schema: 'x' })).status, 400);
  await client.naver('POST', `${path}/schemas`, { schemaType: 'PROTOBUF', schema: 'message A { string id = 1; }' });
  const page = await client.naver('GET', `${path}/schemas?page=1&size=1`);
  const { schemas, totalCount, pageNo, pageSize } = page.json as Record<string, unknown>;
  assert.deepEqual([(schemas as unknown[]).length, totalCount, pageNo, pageSize], [1, 2, 1, 1]);
  assert.deepEqual((await client.naver('GET', `${path}/schemas/${resourceId}`)).json, { schema: record(id) });
  assert.equal(await info(), true);
  assert.equal((await client.naver('PUT', `${path}/registry-config`, { compatibility: true })).status, 200);
  const narrower = { schemaType: 'AVRO', schema: record(id, { name: 'n', type: 'int' }) };
  const check = await client.naver('POST', `${path}/schemas/validate/compatibility/latest`, narrower);
  assert.deepEqual(check.json, { is_compatible: false });
  assert.equal((await client.naver('POST', `${path}/schemas`, narrower)).status, 400);
  assert.equal((await client.naver('DELETE', `${path}/schemas/${resourceId}`)).status, 200);
  assert.equal((await client.naver('GET', `${path}/schemas/${resourceId}`)).status, 404);
});

test('BACKWARD compatibility of the three kinds', () => {
  const withDefault = record(id, { name: 'n', type: 'int', default: 0 });
  assert.equal(isBackwardCompatible('AVRO', record(id), withDefault), true);
  assert.equal(isBackwardCompatible('AVRO', record(id), record({ ...id, type: 'int' })), false);
  assert.equal(isBackwardCompatible('AVRO', undefined, record(id)), true);
  const json = (required: string[], type: string): string => JSON.stringify({ required, properties: { a: { type } } });
  assert.equal(isBackwardCompatible('JSON', json(['a'], 'string'), json([], 'string')), true);
  assert.equal(isBackwardCompatible('JSON', json([], 'string'), json(['a'], 'string')), false);
  assert.equal(isBackwardCompatible('JSON', json([], 'string'), json([], 'number')), false);
  const message = (type: string): string => `message A { ${type} id = 1; }`;
  assert.equal(isBackwardCompatible('PROTOBUF', message('string'), message('string')), true);
  assert.equal(isBackwardCompatible('PROTOBUF', message('string'), message('int32')), false);
  assert.equal(isSchema('PROTOBUF', 'enum A {}'), false);
});
