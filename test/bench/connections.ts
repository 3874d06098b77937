import { createHmac } from 'node:crypto';

import { type Dispatcher, request } from 'undici';

import { Connection } from '../../src/api/connection.ts';
import { DataStreamClient } from '../../src/api/datastream/client.ts';
import { createUndiciTransport } from '../../src/api/undiciTransport.ts';
import { wait } from '../../src/host/clock.ts';
import type { Account, AccountSecrets } from '../../src/model/account.ts';
import type { BenchWorld } from './world.ts';

/** A connection as the extension has them, but for its log and its proxy. */
export function connect(account: Account, secrets: AccountSecrets) {
  const transport = createUndiciTransport({ dispatcher: (undici) => new undici.Agent() });
  const connection = new Connection(() => account, () => Promise.resolve(secrets), {
    transport,
    now: Date.now,
    random: () => 0.5,
    wait,
    log: { isTerse: true, request: () => undefined },
    timeoutMs: () => 30_000,
  });
  return {
    connection,
    close: async () => {
      await connection.dispose();
      await transport.close();
    },
  };
}

/** The emulator's NHN account. */
export function nhn({ nhn: { userAccessKeyId, secretAccessKey, appKey, token, easyQueue } }: BenchWorld) {
  const key = { appKey, label: 'bench', region: 'KR1' } as const;
  const account: Account = {
    ...{ id: 'nhn', name: 'bench', provider: 'nhn', appKeys: [key] },
    lane: { stage: 'dev', access: 'full' },
    endpoints: { token, easyQueue },
  };
  return { ...connect(account, { keyId: userAccessKeyId, secret: secretAccessKey }), account, appKey: key };
}

/** The emulator's NAVER account, and a topic of it to send to. */
export async function naver({ naver: { accessKeyId, secretKey, dataStream, messages } }: BenchWorld) {
  const account: Account = {
    ...{ id: 'naver', name: 'bench', provider: 'naver', keyOwner: 'sub', zone: 'public', regions: [], platform: 'vpc' },
    lane: { stage: 'dev', access: 'full' },
    endpoints: { dataStream, messages },
  };
  const { connection, close } = connect(account, { keyId: accessKeyId, secret: secretKey });
  const client = new DataStreamClient(connection);
  const topic = (await client.listTopics()).find(({ status }) => status === 'CREATED')?.name;
  if (topic === undefined) throw new Error('There is no topic to send to');
  return { client, topic, close };
}

/** What somebody would write who sends one message and wants nothing else: signed by hand, the status looked at. */
export async function sendBare({ naver: key }: BenchWorld, body: unknown, dispatcher: Dispatcher): Promise<void> {
  const answer = await request(`${key.messages}/api/produce`, { dispatcher, method: 'POST', headers: signedHeaders(key), body: JSON.stringify(body) });
  await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`Status ${answer.statusCode}`);
}

/** The same with `fetch`. */
export async function sendByFetch({ naver: key }: BenchWorld, body: unknown): Promise<void> {
  const answer = await fetch(`${key.messages}/api/produce`, { method: 'POST', headers: signedHeaders(key), body: JSON.stringify(body) });
  await answer.text();
  if (answer.status !== 200) throw new Error(`Status ${answer.status}`);
}

/** datastream.md §7, in the fewest words. */
function signedHeaders({ accessKeyId, secretKey }: BenchWorld['naver']): Record<string, string> {
  const timestamp = Date.now().toString();
  return {
    'content-type': 'application/json',
    'x-ncp-apigw-timestamp': timestamp,
    'x-ncp-iam-access-key': accessKeyId,
    'x-ncp-apigw-signature-v2': createHmac('sha256', secretKey).update(`POST /api/produce\n${timestamp}\n${accessKeyId}`).digest('base64'),
  };
}
