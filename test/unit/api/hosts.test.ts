import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { EasyQueueClient } from '../../../src/api/easyqueue/client.ts';
import { FunctionsClient } from '../../../src/api/functions/client.ts';
import { CancelledError } from '../../../src/model/cloudError.ts';
import { APP_KEY, connect, failure, json, naver, NAVER_SECRETS, nhn, NHN_SECRETS, serve } from './support.ts';

const TOPICS = '{"list":[{"topicId":"t1","topicName":"h4j6l-orders"}]}';
const MESSAGE = { topic: 'h4j6l-orders', key: 'k', value: '{"a":1}' };

test('a profile with an unsafe endpoint is refused before the credential leaves', async (t) => {
  for (const origin of ['http://example.com', 'https://example.com/path', 'https://user@example.com', 'ftp://127.0.0.1', 'nonsense']) {
    const { connection } = connect(t, naver(origin), NAVER_SECRETS);
    await failure(new DataStreamClient(connection).listTopics(), 'invalid');
  }
});

test('Data Stream exists in the public zone only', async (t) => {
  for (const zone of ['financial', 'government'] as const) {
    const { connection } = connect(t, naver('http://127.0.0.1:1', { zone }), NAVER_SECRETS);
    assert.equal((await failure(new DataStreamClient(connection).listTopics(), 'invalid')).reason, 'region');
  }
});

test('the platform is said in the public zone and nowhere else; each zone has its version and times', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '{"content":{"activations":[],"triggers":[]}}'));
  const range = { startMs: 1_700_000_000_000, endMs: 1_700_000_060_000 };
  const ask = async (changes: Parameters<typeof naver>[1], region: 'KR' | 'SG' | 'JP'): Promise<string | undefined> => {
    await new FunctionsClient(connect(t, naver(origin, changes), NAVER_SECRETS).connection, region).listActivations(range);
    return seen.at(-1)?.target;
  };
  const ms = 'start=1700000000000&end=1700000060000';
  assert.equal(await ask({ platform: 'classic' }, 'KR'), `/ncf/api/v2/activations?platform=classic&${ms}`);
  assert.equal(await ask({ platform: 'vpc' }, 'KR'), `/ncf/api/v2/activations?platform=vpc&${ms}`);
  assert.equal(await ask({ platform: 'classic' }, 'SG'), `/ncf/api/v2/activations?platform=vpc&${ms}`);
  assert.equal(await ask({ zone: 'financial' }, 'KR'), `/ncf/api/v2/activations?${ms}`);
  assert.equal(
    await ask({ zone: 'government' }, 'KR'),
    '/api/v2/activations?start=2023-11-15T07%3A13%3A20&end=2023-11-15T07%3A14%3A20',
  );
});

test('the documented hosts are asked, each with its own', async (t) => {
  const asked: string[] = [];
  const transport = {
    send: (request: { origin: string; target: string }) => {
      asked.push(request.origin + request.target);
      return Promise.reject(new CancelledError());
    },
    close: () => Promise.resolve(),
  };
  const account = naver('', { endpoints: {} });
  const call = async (work: Promise<unknown>): Promise<void> => assert.rejects(work, CancelledError);
  const { connection } = connect(t, account, NAVER_SECRETS, { transport });
  await call(new DataStreamClient(connection).getTopicPrefix());
  await call(new DataStreamClient(connection).send(MESSAGE));
  for (const region of ['KR', 'SG', 'JP'] as const) await call(new FunctionsClient(connection, region).listPackages());
  for (const zone of ['financial', 'government'] as const) {
    await call(new FunctionsClient(connect(t, { ...account, zone }, NAVER_SECRETS, { transport }).connection, 'KR').listPackages());
  }
  const nhnAccount = nhn('', { endpoints: {} });
  await call(new EasyQueueClient(connect(t, nhnAccount, NHN_SECRETS, { transport }).connection, APP_KEY).listTopics());
  assert.deepEqual(asked, [
    'https://datastream.apigw.ntruss.com/api/v1/topic-prefix',
    'https://api.datastream.naverncp.com/api/produce',
    'https://cloudfunctions.apigw.ntruss.com/ncf/api/v2/packages?platform=vpc',
    'https://sg-cloudfunctions.apigw.ntruss.com/ncf/api/v2/packages?platform=vpc',
    'https://jp-cloudfunctions.apigw.ntruss.com/ncf/api/v2/packages?platform=vpc',
    'https://cloudfunctions.apigw.fin-ntruss.com/ncf/api/v2/packages',
    'https://cloudfunctions.apigw.gov-ntruss.com/api/v2/packages',
    'https://oauth.api.nhncloudservice.com/oauth2/token/create',
  ]);
});

test('a credential goes to no service of the other cloud', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, TOPICS));
  const one = connect(t, naver(origin), NAVER_SECRETS).connection;
  const other = connect(t, nhn(origin), NHN_SECRETS).connection;
  await assert.rejects(new EasyQueueClient(one, APP_KEY).listTopics(), TypeError);
  await assert.rejects(new DataStreamClient(other).listTopics(), TypeError);
  await assert.rejects(new FunctionsClient(other, 'KR').listPackages(), TypeError);
  assert.equal(seen.length, 0);
});
