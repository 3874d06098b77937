import { dayMs } from '../time.ts';
import { newConnector } from './connectors.ts';
import type { ConnectorSettings } from './connectors.ts';
import type { DataStreamState, Topic } from './state.ts';

const serviceRole = 'nrn:PUB:IAM::2874651:Role/5f1c7a30-36d4-11f0-a3f1-246e966ebeb4';

const settings: ConnectorSettings = {
  description: '주문 보관 · order archive',
  consumerSpec: 'SMALL',
  location: 's3a://demo-orders/archive',
  includeTopicInPath: true,
  dateFormat: 'DAY',
  roleNrn: serviceRole,
  flushInterval: 10,
  flushCount: 5_000,
  schemaType: 'JSON',
};

/** Two topics of the three an account may have, so that one can still be created; `now` in ms. */
export function addDataStreamSamples(state: DataStreamState, now: number): void {
  const orders = state.add({
    name: `${state.prefix}orders`,
    description: '주문 이벤트 · order events of the web shop',
    partitions: 6,
    retentionMs: 7 * dayMs,
    createdAt: now - 92 * dayMs,
    creatingMs: 0,
    pinned: true,
  });
  const audit = state.add({
    name: `${state.prefix}audit`,
    description: '감사 로그 · who changed what',
    partitions: 2,
    retentionMs: 15 * dayMs,
    createdAt: now - 41 * dayMs,
    creatingMs: 0,
  });
  orders.connector = newConnector(state, orders, settings, orders.createdAt + dayMs);
  audit.connector = newConnector(
    state,
    audit,
    { ...settings, description: '감사 로그 보관 · audit archive', location: 's3a://demo-audit', schemaType: 'STRING' },
    audit.createdAt + dayMs,
  );
  // One of the documented causes (datastream.md §4.2).
  audit.connector.failure = { message: 'The bucket demo-audit was deleted after set-up', at: now - 2 * dayMs };
  addOrders(orders, now);
  addSchema(state, orders);
}

/** A day of orders, so that the partitions are not empty. */
function addOrders(topic: Topic, now: number): void {
  for (let number = 1; number <= 240; number += 1) {
    const partition = topic.log.partitions[topic.log.nextPartition()];
    const id = `order-${String(10_000 + number)}`;
    const value = JSON.stringify({ id, item: number % 3 === 0 ? '한라봉' : 'tea', amount: 1 + (number % 5) });
    partition?.append(now - (240 - number) * 360_000, id, value);
  }
}

function addSchema(state: DataStreamState, topic: Topic): void {
  const fields = [
    { name: 'id', type: 'string' },
    { name: 'item', type: 'string' },
    { name: 'amount', type: 'int' },
  ];
  const schema = JSON.stringify({ type: 'record', name: 'Order', fields });
  topic.registry.schemas = [
    { resourceId: state.newId(), schemaId: 1, schemaType: 'AVRO', version: 1, createdAt: topic.createdAt, schema },
  ];
  topic.registry.nextId = 2;
}
