import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { writeWords } from '../../../src/messages/activity/writeWords.ts';
import { path, targetOf } from '../../../src/api/path.ts';
import { write } from './activityEntries.ts';

function words(method: string, target: string, body?: string): readonly [string, string] {
  const { act, title } = writeWords(write({ method, target, body }).write, (_account, topic) => (topic === 't1' ? 'h4j6l-orders' : undefined));
  return [act, title];
}

test('every documented write has words', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['POST', '/api/v1/topics', 'create', 'Create topic'],
    ['PUT', '/api/v1/topics/t1', 'change', 'Change topic h4j6l-orders'],
    ['DELETE', '/api/v1/topics/t2', 'delete', 'Delete topic t2'],
    ['POST', '/api/v1/topics/t1/connectors', 'create', 'Create connector of h4j6l-orders'],
    ['PUT', '/api/v1/topics/t1/connectors/c', 'change', 'Change connector of h4j6l-orders'],
    ['PUT', '/api/v1/topics/t1/export/c', 'change', 'Change connector of h4j6l-orders'],
    ['DELETE', '/api/v1/topics/t1/connectors/c', 'delete', 'Delete connector of h4j6l-orders'],
    ['POST', '/api/v1/topics/t1/schemas', 'create', 'Create schema of h4j6l-orders'],
    ['DELETE', '/api/v1/topics/t1/schemas/s', 'delete', 'Delete schema of h4j6l-orders'],
    ['PUT', '/api/v1/topics/t1/registry-config', 'change', 'Change schema compatibility of h4j6l-orders'],
    ['POST', '/v1.0/appkeys/k/topics', 'create', 'Create topic'],
    ['PUT', '/v1.0/appkeys/k/topics/orders', 'change', 'Change topic orders'],
    ['DELETE', '/v1.0/appkeys/k/topics/%EC%A3%BC%EB%AC%B8', 'delete', 'Delete topic 주문'],
    ['PUT', '/ncf/api/v2/packages/p?platform=vpc', 'change', 'Create or change package p'],
    ['DELETE', '/api/v2/packages/p', 'delete', 'Delete package p'],
    ['PUT', '/ncf/api/v2/packages/-/actions/a', 'change', 'Create or change action a'],
    ['POST', '/ncf/api/v2/packages/p/actions/a', 'run', 'Run action p/a'],
    ['DELETE', '/ncf/api/v2/packages/p/actions/a', 'delete', 'Delete action p/a'],
    ['PUT', '/ncf/api/v2/triggers/t', 'change', 'Create or change trigger t'],
    ['POST', '/ncf/api/v2/triggers/t', 'run', 'Fire trigger t'],
    ['DELETE', '/ncf/api/v2/triggers/t', 'delete', 'Delete trigger t'],
    ['POST', '/ncf/api/v2/triggers/t/link-action', 'change', 'Link action to trigger t'],
    ['DELETE', '/ncf/api/v2/triggers/t/link-action', 'change', 'Unlink action from trigger t'],
  ];
  for (const [method, target, act, title] of cases) assert.deepEqual(words(method, target), [act, title]);
});

test('a name that was written down stands for one the path does not say', () => {
  const titleOf = (method: string, target: string): string => writeWords({ ...write({ method, target }).write, name: 'h4j6l-new' }, () => undefined).title;
  assert.equal(titleOf('POST', '/api/v1/topics'), 'Create topic h4j6l-new');
  assert.equal(titleOf('POST', '/v1.0/appkeys/k/topics'), 'Create topic h4j6l-new');
  assert.equal(titleOf('DELETE', '/api/v1/topics/t9'), 'Delete topic h4j6l-new');
});

test('the name of a new topic stands in the body that was kept', () => {
  assert.deepEqual(words('POST', '/api/v1/topics', '{"name":"h4j6l-new"}'), ['create', 'Create topic h4j6l-new']);
  assert.deepEqual(words('POST', '/v1.0/appkeys/k/topics', '{"topic":{"topicName":"new"}}'), ['create', 'Create topic new']);
  for (const body of ['', 'null', '1', '{"name":1}', '{"name":null}', '{', '{"topic":null}']) {
    assert.deepEqual(words('POST', '/api/v1/topics', body), ['create', 'Create topic']);
    assert.deepEqual(words('POST', '/v1.0/appkeys/k/topics', body), ['create', 'Create topic']);
  }
});

test('what no document tells of is shown as it went out', () => {
  assert.deepEqual(words('POST', '/api/v9/new?x=1'), ['create', 'POST /api/v9/new']);
  assert.deepEqual(words('PATCH', '/api/v1/topics/t1'), ['other', 'PATCH /api/v1/topics/t1']);
  assert.deepEqual(words('DELETE', '/api/v1/topics/'), ['delete', 'DELETE /api/v1/topics/']);
  assert.deepEqual(words('DELETE', '/api/v1/topics/%E0%A4%A'), ['delete', 'Delete topic %E0%A4%A']);
  assert.deepEqual(words('PUT', ''), ['change', 'PUT ']);
});

test('any name that goes out is read back', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1 }).filter((name) => name !== '.' && name !== '..' && name.isWellFormed()), (name) => {
    assert.deepEqual(words('DELETE', targetOf(path`/v1.0/appkeys/k/topics/${name}`)), ['delete', `Delete topic ${name}`]);
  }));
});
