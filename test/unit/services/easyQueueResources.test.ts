import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NHN_TOKEN_ORIGIN } from '../../../src/api/nhnToken.ts';
import type { EasyQueueTopic } from '../../../src/model/easyQueue.ts';
import { groupResource, keysOf, partitionsResource, topicResource } from '../../../src/services/easyqueue/resources.ts';
import { nhnAccount } from '../../support/accounts.ts';
import { errorOf } from '../api/support.ts';
import { easyQueueWorld } from './easyQueueWorld.ts';

const APP_KEY = { appKey: 'abcdefgh12345678', label: 'shop', region: 'KR2' } as const;
const TOPIC: EasyQueueTopic = {
  id: 'topic-id-123', fullName: 'abcdefgh12345678.orders', description: undefined, bootstrapServer: 'kafka.example.com:9092', partitionCount: 3,
  retentionMs: undefined, retentionBytes: undefined, maxMessageBytes: undefined, messageCount: undefined, consumerGroupCount: undefined,
  createdAt: undefined, updatedAt: undefined, status: 'ACTIVE',
};
const noClient = (): Promise<never> => Promise.reject(new Error('no request is made for a row'));

test('a topic: what names it, its id, where and how Kafka clients connect', () => {
  const resource = topicResource(TOPIC, { account: nhnAccount(), appKey: APP_KEY }, noClient);
  assert.deepEqual({ ...resource, curl: undefined }, {
    curl: undefined,
    ref: { accountId: 'h1', kind: 'easyQueue.topic', keys: ['KR2', 'abcdefgh12345678', 'abcdefgh12345678.orders'], name: 'orders' },
    id: 'topic-id-123',
    endpoint: 'kafka.example.com:9092',
    kafka: {
      mechanism: 'OAUTHBEARER',
      bootstrapServers: 'kafka.example.com:9092',
      topic: 'abcdefgh12345678.orders',
      appKey: 'abcdefgh12345678',
      tokenUrl: `${NHN_TOKEN_ORIGIN}/oauth2/token/create`,
    },
    console: 'https://console.nhncloud.com',
    dashboard: true,
    opens: 'edit',
  });
});

test('a topic of which the service tells little has neither id nor endpoint', () => {
  const resource = topicResource({ ...TOPIC, id: undefined, bootstrapServer: undefined }, { account: nhnAccount(), appKey: APP_KEY }, noClient);
  assert.deepEqual(Object.keys(resource).sort(), ['console', 'curl', 'dashboard', 'opens', 'ref']);
});

test('tokens come from the endpoint of the account, where it has one; one that is no address does not break the row', () => {
  const tokenUrl = (token: string): string | undefined => {
    const { kafka } = topicResource(TOPIC, { account: nhnAccount({ endpoints: { token } }), appKey: APP_KEY }, noClient);
    return kafka?.mechanism === 'OAUTHBEARER' ? kafka.tokenUrl : undefined;
  };
  assert.equal(tokenUrl('http://127.0.0.1:8080'), 'http://127.0.0.1:8080/oauth2/token/create');
  assert.equal(tokenUrl('nonsense'), `${NHN_TOKEN_ORIGIN}/oauth2/token/create`);
});

test('a script that reads the topic comes from the client', async (t) => {
  const { account, appKey, client } = await easyQueueWorld(t);
  const script = await topicResource(TOPIC, { account, appKey }, () => Promise.resolve(client)).curl?.();
  assert.match(script ?? '', /^#!.*bash/);
  assert.match(script ?? '', /orders/);
});

test('partitions and groups can be looked at, and read their keys again', () => {
  const place = { account: nhnAccount(), appKey: APP_KEY };
  const partitions = partitionsResource(TOPIC.fullName, place);
  assert.deepEqual([partitions.opens, partitions.ref.kind, partitions.ref.name], ['view', 'easyQueue.partitions', 'orders']);
  const group = groupResource('abcdefgh12345678.billing', TOPIC.fullName, place);
  assert.deepEqual([group.opens, group.id, group.ref.name], ['view', 'abcdefgh12345678.billing', 'billing']);
  assert.deepEqual(keysOf(group.ref), {
    appKey: { appKey: 'abcdefgh12345678', label: '', region: 'KR2' }, topic: TOPIC.fullName, groupId: 'abcdefgh12345678.billing',
  });
});

test('keys that somebody wrote are not trusted', async () => {
  const error = await errorOf(Promise.resolve().then(() => keysOf({ accountId: 'h1', kind: 'easyQueue.topic', keys: ['KR3', 'a', 'b'], name: 'b' })));
  assert.deepEqual([error.kind, error.details.reason], ['notFound', 'resourceGone']);
});
