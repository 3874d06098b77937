import type { TestContext } from 'node:test';

import { EasyQueueClient } from '../../../src/api/easyqueue/client.ts';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import type { AppKey, NhnAccount, Stage } from '../../../src/model/account.ts';
import { nhnAccount } from '../../support/accounts.ts';
import { connect } from '../api/support.ts';

/** The emulated EasyQueue and a client of it; both end with the test. */
export interface EasyQueueWorld {
  readonly emulator: Emulator;
  readonly account: NhnAccount;
  readonly appKey: AppKey;
  readonly client: EasyQueueClient;
}

/** Starts an emulator with the eight sample topics, 45 partitions in all. */
export async function easyQueueWorld(t: TestContext, stage: Stage = 'dev'): Promise<EasyQueueWorld> {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const { nhn } = emulator.credentials;
  const appKey: AppKey = { appKey: nhn.appKey, label: 'shop', region: 'KR1' };
  const account = nhnAccount({ lane: { stage, access: 'full' }, appKeys: [appKey], endpoints: { token: nhn.token, easyQueue: nhn.easyQueue } });
  const { connection } = connect(t, account, { keyId: nhn.userAccessKeyId, secret: nhn.secretAccessKey });
  return { emulator, account, appKey, client: new EasyQueueClient(connection, appKey) };
}

/** Adds a topic behind the client's back. */
export function addTopic({ emulator }: EasyQueueWorld, name: string, partitionCount = 1): void {
  const { easyQueue, now } = emulator.world;
  const settings = { description: '', partitionCount, maxRetentionTimeMs: 3_600_000, maxRetentionBytes: 1_073_741_824, maxMessageBytes: 262_144 };
  easyQueue.add({ name, settings, createdAt: now() });
}

/** The service refuses the next request of this method with one of its codes, as easyqueue.md §2.6 lists them. */
export function refuseNext({ emulator }: EasyQueueWorld, method: string, resultCode: number, resultMessage: string, path?: RegExp): void {
  const body = JSON.stringify({ header: { isSuccessful: false, resultCode, resultMessage } });
  emulator.faults.inject({ service: 'easyQueue', method, ...(path === undefined ? {} : { path }), effect: { kind: 'reply', status: 200, body } });
}

/** How many requests of one operation arrived. */
export function requests({ emulator }: EasyQueueWorld, operation: string): number {
  return emulator.log.filter((request) => request.operation === operation).length;
}
