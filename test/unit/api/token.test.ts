import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test, type TestContext } from 'node:test';

import { EasyQueueClient } from '../../../src/api/easyqueue/client.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { APP_KEY, connect, json, nhn, NHN_SECRETS, serve, until, type Bench, type Seen } from './support.ts';

const CREATE = '/oauth2/token/create';
const OK = '{"header":{"isSuccessful":true,"resultCode":0,"resultMessage":"SUCCESS"},"topicList":[],"totalCount":0}';
const EXPIRED = '{"header":{"isSuccessful":false,"resultCode":80007,"resultMessage":"Token expired"}}';

interface Cloud extends Bench {
  readonly client: EasyQueueClient;
  readonly seen: readonly Seen[];
  readonly tokens: () => number;
}

/** An EasyQueue that gives tokens `CANARYT1`, `CANARYT2` … and hands everything else to the test. */
async function cloud(
  t: TestContext,
  options: {
    readonly expiresIn?: string;
    readonly now?: () => number;
    readonly token?: (response: ServerResponse, count: number) => void;
    readonly easyQueue?: (seen: Seen, response: ServerResponse) => void;
  } = {},
): Promise<Cloud> {
  let count = 0;
  const { origin, seen } = await serve(t, (one, response) => {
    if (one.target === CREATE) {
      count += 1;
      if (options.token !== undefined) options.token(response, count);
      else json(response, token(count, options.expiresIn ?? '86400'));
    } else if (options.easyQueue === undefined || one.target.startsWith('/oauth2/')) {
      json(response, OK);
    } else {
      options.easyQueue(one, response);
    }
  });
  const bench = connect(t, nhn(origin), NHN_SECRETS, options.now === undefined ? {} : { now: options.now });
  return { ...bench, seen, client: new EasyQueueClient(bench.connection, APP_KEY), tokens: () => count };
}

function token(count: number, expiresIn: string): string {
  return `{"access_token":"CANARYT${count}","token_type":"Bearer","expires_in":${expiresIn}}`;
}

async function errorOf(promise: Promise<unknown>): Promise<CloudError> {
  const error: unknown = await promise.then(
    () => assert.fail('expected a failure'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof CloudError, String(error));
  assert.doesNotMatch(error.message + JSON.stringify(error.details), /CANARY/);
  return error;
}

test('the documented token request, and the documented header with it', async (t) => {
  const { client, seen, log } = await cloud(t);
  await client.listTopics();
  assert.equal(seen[0]?.method, 'POST');
  assert.equal(seen[0].target, CREATE);
  assert.equal(seen[0].body, 'grant_type=client_credentials');
  assert.equal(seen[0].headers['content-type'], 'application/x-www-form-urlencoded');
  assert.equal(
    seen[0].headers.authorization,
    `Basic ${Buffer.from(`${NHN_SECRETS.keyId}:${NHN_SECRETS.secret}`).toString('base64')}`,
  );
  assert.equal(seen[1]?.headers['x-nhn-authorization'], 'Bearer CANARYT1');
  assert.equal(seen[1].headers.authorization, undefined);
  assert.equal(log.entries.length, 2);
  assert.doesNotMatch(JSON.stringify(log.entries), /CANARY/);
});

test('one request serves many callers, and the token serves later ones', async (t) => {
  const { client, tokens } = await cloud(t);
  await Promise.all(Array.from({ length: 20 }, () => client.listTopics()));
  await client.listTopics();
  assert.equal(tokens(), 1);
});

test('a caller that gives up does not end the request for the others', async (t) => {
  let answer = (): void => undefined;
  const { client, tokens } = await cloud(t, {
    token: (response, count) => {
      answer = () => json(response, token(count, '86400'));
    },
  });
  const impatient = new AbortController();
  const first = client.listTopics({}, impatient.signal);
  const second = client.listTopics();
  await until(() => tokens() === 1);
  impatient.abort();
  await assert.rejects(first, CancelledError);
  answer();
  await second;
  assert.equal(tokens(), 1);
});

test('when all give up the request ends, and the next caller asks anew', async (t) => {
  let closed = 0;
  const { client, tokens } = await cloud(t, {
    token: (response, count) => {
      if (count > 1) json(response, token(count, '86400'));
      else response.on('close', () => (closed += 1));
    },
  });
  const controllers = [new AbortController(), new AbortController()];
  const calls = controllers.map(({ signal }) => client.listTopics({}, signal));
  await until(() => tokens() === 1);
  for (const controller of controllers) controller.abort();
  for (const call of calls) await assert.rejects(call, CancelledError);
  await until(() => closed === 1);
  await client.listTopics();
  assert.equal(tokens(), 2);
});

test('a token is renewed before it ends, also one of 60 seconds; its life may be text', async (t) => {
  for (const [expiresIn, lastMs, renewMs] of [
    ['86400', 86_400_000 - 300_001, 86_400_000 - 300_000],
    ['60', 47_999, 48_000],
    ['"60"', 47_999, 48_000],
    ['null', 3_600_000 - 300_001, 3_600_000 - 300_000],
  ] as const) {
    let now = 1_000_000;
    const { client, tokens } = await cloud(t, { expiresIn, now: () => now });
    await client.listTopics();
    now = 1_000_000 + lastMs;
    await client.listTopics();
    assert.equal(tokens(), 1, expiresIn);
    now = 1_000_000 + renewMs;
    await client.listTopics();
    assert.equal(tokens(), 2, expiresIn);
  }
});

test('a refused token is renewed once and the call repeated once, unseen', async (t) => {
  const refusals: readonly ((response: ServerResponse) => void)[] = [
    (response) => json(response, EXPIRED),
    (response) => json(response, EXPIRED.replace('80007', '"80401"')),
    (response) => json(response, '', 401),
    (response) => json(response, '{}', 403),
    (response) => json(response, EXPIRED.replace('80007', '4011001'), 401),
    (response) => json(response, '<html>no</html>', 401),
  ];
  for (const refuse of refusals) {
    const { client, tokens, waits } = await cloud(t, {
      easyQueue: ({ headers }, response) => {
        if (headers['x-nhn-authorization'] === 'Bearer CANARYT1') refuse(response);
        else json(response, OK);
      },
    });
    await client.listTopics();
    assert.equal(tokens(), 2);
    assert.deepEqual(waits, []);
  }
});

test('many callers whose token is refused get one new token', async (t) => {
  const { client, tokens } = await cloud(t, {
    easyQueue: ({ headers }, response) => json(response, headers['x-nhn-authorization'] === 'Bearer CANARYT1' ? EXPIRED : OK),
  });
  await Promise.all(Array.from({ length: 10 }, () => client.listTopics()));
  assert.equal(tokens(), 2);
});

test('a token that is refused again is told, after one renewal', async (t) => {
  const { client, tokens, seen } = await cloud(t, { easyQueue: (_seen, response) => json(response, EXPIRED) });
  const error = await errorOf(client.listTopics());
  assert.equal(error.kind, 'unauthorized');
  assert.equal(error.details.reason, 'token');
  assert.equal(error.details.code, '80007');
  assert.equal(tokens(), 2);
  assert.equal(seen.length, 4);
});

test('a missing permission costs no new token', async (t) => {
  const { client, tokens } = await cloud(t, {
    easyQueue: (_seen, response) => json(response, EXPIRED.replace('80007', '4030000')),
  });
  const error = await errorOf(client.listTopics());
  assert.equal(error.kind, 'forbidden');
  assert.equal(error.details.reason, 'role');
  assert.equal(tokens(), 1);
});

test('a wrong key is told as the key, and asked for once', async (t) => {
  const { client, tokens, log } = await cloud(t, {
    token: (response) => json(response, `{"error":"invalid_client","error_description":"no ${NHN_SECRETS.keyId}"}`, 401),
  });
  const error = await errorOf(client.listTopics());
  assert.equal(error.kind, 'unauthorized');
  assert.equal(error.details.reason, 'userAccessKey');
  assert.equal(error.details.code, 'invalid_client');
  assert.equal(error.details.detail, 'no •••');
  assert.equal(tokens(), 1);
  assert.doesNotMatch(JSON.stringify(log.entries), /CANARY/);
});

test('a token endpoint that stumbles is asked again; one that answers nonsense is not', async (t) => {
  const stumbling = await cloud(t, {
    token: (response, count) => (count < 3 ? json(response, '', 503) : json(response, token(count, '60'))),
  });
  await stumbling.client.listTopics();
  assert.deepEqual(stumbling.waits, [250, 500]);
  for (const body of ['', '{}', '<html>', '{"access_token":"a b"}', '{"access_token":7}', '{"access_token":"a\\nb"}']) {
    const { client, tokens } = await cloud(t, { token: (response) => json(response, body) });
    assert.equal((await errorOf(client.listTopics())).kind, 'unexpectedResponse', body);
    assert.equal(tokens(), 1);
  }
});

test('a token in an answer that cannot be read goes nowhere', async (t) => {
  for (const body of ['{"access_token":"CANARYFRESH","expires_in":86', 'access_token=CANARYFRESH', '<p>CANARYFRESH</p>', '["CANARYFRESH"]', '"CANARYFRESH']) {
    for (const status of [200, 403, 503]) {
      const { client, log } = await cloud(t, { token: (response) => json(response, body, status) });
      const error = await errorOf(client.listTopics());
      assert.doesNotMatch(error.message + JSON.stringify(error.details) + JSON.stringify(log.entries), /CANARY/, body);
    }
  }
});

test('a failed request is not remembered', async (t) => {
  const { client } = await cloud(t, {
    token: (response, count) => (count === 1 ? json(response, '{"error":"invalid_client"}', 401) : json(response, token(count, '60'))),
  });
  await errorOf(client.listTopics());
  await client.listTopics();
});

test('the token is revoked at the end, once, with what it was bought with', async (t) => {
  const { client, connection, seen, log } = await cloud(t);
  await client.listTopics();
  await connection.dispose();
  await connection.dispose();
  const revoked = seen.filter(({ target }) => target === '/oauth2/token/revoke');
  assert.equal(revoked.length, 1);
  assert.equal(revoked[0]?.body, 'token=CANARYT1');
  assert.match(String(revoked[0].headers.authorization), /^Basic /);
  assert.doesNotMatch(JSON.stringify(log.entries), /CANARY/);
});

test('nothing is revoked where there is no token, and a failure of it is nobody’s business', async (t) => {
  const idle = await cloud(t);
  await idle.connection.dispose();
  assert.equal(idle.seen.length, 0);

  const { origin, server } = await serve(t, (_seen, response) => json(response, token(1, '60')));
  const bench = connect(t, nhn(origin), NHN_SECRETS);
  await new EasyQueueClient(bench.connection, APP_KEY).listTopics().catch(() => undefined);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await bench.connection.dispose();
});

test('a connection that ends while a token is asked for wakes nobody with an error of its own', async (t) => {
  const { client, connection, tokens } = await cloud(t, { token: () => undefined });
  const call = client.listTopics();
  await until(() => tokens() === 1);
  await connection.dispose();
  await assert.rejects(call, CancelledError);
});

test('a lock that falls while a token is waited for holds the write back', async (t) => {
  let answer = (): void => assert.fail('no token was asked for');
  let access: 'full' | 'read-only' = 'full';
  const { origin, seen } = await serve(t, (one, response) => {
    if (one.target === CREATE) answer = () => json(response, token(1, '86400'));
    else json(response, OK);
  });
  const { connection } = connect(t, () => nhn(origin, { lane: { stage: 'prod', access } }), NHN_SECRETS);
  const deletion = new EasyQueueClient(connection, APP_KEY).deleteTopic('orders');
  await until(() => seen.length === 1);
  access = 'read-only';
  answer();
  assert.equal((await errorOf(deletion)).kind, 'locked');
  assert.deepEqual(seen.map(({ target }) => target), [CREATE]);
});
