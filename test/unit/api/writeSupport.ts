import type { TestContext } from 'node:test';

import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { EasyQueueClient } from '../../../src/api/easyqueue/client.ts';
import { startEmulator, type Emulator } from '../../../src/emulator/emulator.ts';
import type { Lane } from '../../../src/model/account.ts';
import type { ConnectorSettings } from '../../../src/model/dataStream.ts';
import { connect, naver, nhn } from './support.ts';

/** Two empty clouds, and clients that are allowed everything. */
export interface Clouds {
  readonly emulator: Emulator;
  readonly dataStream: DataStreamClient;
  readonly easyQueue: EasyQueueClient;
  /** The emulator's clock, which stands still until it is moved. */
  readonly clock: { now: number };
  /** How long an answer is waited for. */
  readonly patience: { timeoutMs: number };
  /** Requests of the three services that arrived, without those for a token. */
  arrived(): readonly string[];
}

/** How {@link clouds} differ from the usual. */
export interface CloudOptions {
  readonly lane?: Lane;
  readonly appKey?: string;
  readonly naverSecret?: string;
  readonly nhnSecret?: string;
}

const OPEN: Lane = { stage: 'dev', access: 'full' };

/** Starts an emulator without sample data; it ends with the test. */
export async function clouds(t: TestContext, options: CloudOptions = {}): Promise<Clouds> {
  const clock = { now: Date.now() };
  const emulator = await startEmulator({ sampleData: 'none', clock: () => clock.now, timings: { creatingMs: 0 } });
  t.after(() => emulator.close());
  const { naver: one, nhn: other } = emulator.credentials;
  const { lane = OPEN } = options;
  const patience = { timeoutMs: 10_000 };
  const deps = { now: () => clock.now, timeoutMs: () => patience.timeoutMs };
  const appKey = { appKey: options.appKey ?? other.appKey, label: 'shop', region: 'KR1' } as const;
  const naverKeys = { keyId: one.accessKeyId, secret: options.naverSecret ?? one.secretKey };
  const nhnKeys = { keyId: other.userAccessKeyId, secret: options.nhnSecret ?? other.secretAccessKey };
  const first = connect(t, naver(one.dataStream, { lane }), naverKeys, deps);
  const second = connect(t, nhn(other.easyQueue, { name: 'acme', lane, appKeys: [appKey] }), nhnKeys, deps);
  return {
    emulator,
    dataStream: new DataStreamClient(first.connection),
    easyQueue: new EasyQueueClient(second.connection, appKey),
    clock,
    patience,
    arrived: () => emulator.log.filter(({ service }) => service !== 'token').map(({ method, target }) => `${method} ${target}`),
  };
}

/** The nine writes. */
export type Write =
  | 'createTopic'
  | 'updateTopic'
  | 'deleteTopic'
  | 'createConnector'
  | 'updateConnector'
  | 'deleteConnector'
  | 'queue.createTopic'
  | 'queue.updateTopic'
  | 'queue.deleteTopic';

export const WRITES: readonly Write[] = [
  'createTopic',
  'updateTopic',
  'deleteTopic',
  'createConnector',
  'updateConnector',
  'deleteConnector',
  'queue.createTopic',
  'queue.updateTopic',
  'queue.deleteTopic',
];

export const HOUR = 3_600_000;
export const GIB = 1_073_741_824n;

export const CONNECTOR: ConnectorSettings = {
  consumerSpec: 'SMALL',
  exportType: 'OBJECT_STORAGE',
  location: 's3a://logs',
  includeTopicInPath: false,
  dateFormat: 'NONE',
  roleNrn: 'nrn:PUB:IAM::123:Role/11111111-36d4-11f0-a3f1-246e966ebeb4',
};

export const QUEUE = { partitionCount: 2, retentionMs: HOUR, retentionBytes: GIB, maxMessageBytes: 1_024 } as const;

/** What a write is given beyond what it needs. */
export interface Given {
  readonly topicId?: string;
  readonly connectorId?: string;
  readonly name?: string;
  readonly settings?: object;
}

/** Does one write, with settings that are good where none are given. */
export function write({ dataStream, easyQueue }: Clouds, which: Write, given: Given = {}): Promise<unknown> {
  const { topicId = 'topic', connectorId = 'connector', settings = {} } = given;
  const topic = { description: '', partitions: 2, retentionMs: HOUR, ...settings };
  const connector = { ...CONNECTOR, ...settings };
  const queue = { ...QUEUE, ...settings };
  switch (which) {
    case 'createTopic':
      return dataStream.createTopic({ name: given.name ?? 'h4j6l-orders', ...topic });
    case 'updateTopic':
      return dataStream.updateTopic(topicId, topic);
    case 'deleteTopic':
      return dataStream.deleteTopic(topicId);
    case 'createConnector':
      return dataStream.createConnector(topicId, connector);
    case 'updateConnector':
      return dataStream.updateConnector(topicId, connectorId, connector);
    case 'deleteConnector':
      return dataStream.deleteConnector(topicId, connectorId);
    case 'queue.createTopic':
      return easyQueue.createTopic({ name: given.name ?? 'orders', ...queue });
    case 'queue.updateTopic':
      return easyQueue.updateTopic(given.name ?? 'orders', queue);
    case 'queue.deleteTopic':
      return easyQueue.deleteTopic(given.name ?? 'orders');
  }
}

/** Makes what a write needs to be there, and says how it is called. */
export async function prepared(here: Clouds, which: Write): Promise<Given> {
  const { dataStream, easyQueue } = here;
  if (which === 'createTopic' || which === 'queue.createTopic') return {};
  if (which.startsWith('queue.')) {
    await easyQueue.createTopic({ name: 'orders', ...QUEUE });
    return { name: 'orders' };
  }
  const { id } = await dataStream.createTopic({ name: 'h4j6l-orders', partitions: 2, retentionMs: HOUR });
  if (which !== 'updateConnector' && which !== 'deleteConnector') return { topicId: id };
  return { topicId: id, connectorId: (await dataStream.createConnector(id, CONNECTOR)).id };
}
