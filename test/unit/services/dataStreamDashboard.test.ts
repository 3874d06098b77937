import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { CloudError } from '../../../src/model/cloudError.ts';
import type { ResourceRef } from '../../../src/model/resource.ts';
import type { BoardCard } from '../../../src/protocol/board.ts';
import type { ConnectorFacts, DataStreamFacts } from '../../../src/protocol/dataStream.ts';
import type { SendTarget } from '../../../src/sending/target.ts';
import { dataStreamDashboards } from '../../../src/services/datastream/dashboards/dashboards.ts';
import { topicDashboard } from '../../../src/services/datastream/dashboards/topicDashboard.ts';
import { connectorFacts } from '../../../src/services/datastream/dashboards/topicFacts.ts';
import { TopicReads } from '../../../src/services/datastream/dashboards/topicReads.ts';
import { TreeMemory } from '../../../src/tree/treeMemory.ts';
import type { Feed, FeedView } from '../../../src/webviews/dashboardType.ts';
import { naverAccount, nhnAccount } from '../../support/accounts.ts';
import { MemoryMemento } from '../../support/editorStorage.ts';
import { dataStreamWorld } from './dataStreamWorld.ts';

const VIEW: FeedView = { range: { last: '1h' }, intervalSeconds: 10, widthPx: 800 };
const open = new AbortController().signal;

/** The page of a topic by its name, and what it did. */
async function pageOf(t: TestContext, name: string) {
  const world = await dataStreamWorld(t);
  const { id } = await world.topicNamed(name);
  const ref: ResourceRef = { accountId: world.account.id, kind: 'dataStream.topic', keys: [id], name };
  const copied: (readonly [text: string, what: string])[] = [];
  const opened: SendTarget[] = [];
  const documents: string[] = [];
  const deps = {
    client: () => Promise.resolve(world.client),
    memory: new TreeMemory(new MemoryMemento()),
    openDocument: (of: ResourceRef, mode: string) => Promise.resolve(void documents.push(`${mode} ${of.kind} ${of.name}`)),
    format: world.format,
    now: () => world.emulator.world.now(),
    openNewMessage: (target: SendTarget) => {
      opened.push(target);
      return Promise.resolve();
    },
  };
  const page = topicDashboard(ref, { ...deps, reads: new TopicReads(deps), copy: (text, what) => Promise.resolve(void copied.push([text, what])) });
  const [topic, connector] = page.feeds(VIEW);
  assert.ok(topic !== undefined && connector !== undefined);
  return { world, ref, deps, page, topic, connector, copied, opened, documents };
}

async function shown<T>(feed: Feed): Promise<T> {
  return feed.show(await feed.read(open), VIEW) as T;
}

test('the head of a topic, and the settings of its clients', async (t) => {
  const { topic } = await pageOf(t, 'h4j6l-orders');
  const facts = await shown<DataStreamFacts>(topic);
  assert.equal(topic.part, 'topic');
  assert.deepEqual([facts.status, facts.statusWords, facts.tone, facts.partitionCount, facts.retentionMs], ['CREATED', 'ready', 'good', 6, 604_800_000]);
  assert.deepEqual(facts.clients.map(({ name }) => name), ['Java', 'librdkafka', 'Python', 'Node.js']);
  assert.ok(facts.clients.every(({ settings }) => settings.includes(facts.endpoint ?? '?') && settings.includes('h4j6l-orders')));
  assert.deepEqual(facts.more.map(({ label }) => label), ['Topic ID', 'Updated']);
  assert.deepEqual(JSON.parse(JSON.stringify(facts)), facts);
});

test('a connector that works has no causes; one that failed has the three that are documented, each with what to do', async (t) => {
  const { connector } = await pageOf(t, 'h4j6l-orders');
  const works = await shown<ConnectorFacts>(connector);
  assert.deepEqual([works.state, works.tone, works.causes], ['RUNNING', 'good', []]);
  assert.ok(works.more.some(({ label, value }) => label === 'New file after' && value === '10 min'));

  const { connector: other } = await pageOf(t, 'h4j6l-audit');
  const failed = await shown<ConnectorFacts>(other);
  assert.deepEqual([failed.state, failed.stateWords, failed.tone], ['FAILED', 'The bucket demo-audit was deleted after set-up', 'bad']);
  assert.equal(failed.causes.length, 3);
  assert.ok(failed.causes.every(({ cause, remedy }) => cause !== '' && remedy !== ''));
  assert.equal(failed.more[0]?.label, 'Failed');
});

test('without a connector it says how to get one; while the topic is being created nobody asks for one', async (t) => {
  const { world, ref, page, connector } = await pageOf(t, 'h4j6l-orders');
  assert.match(connectorFacts(undefined, world.format).stateWords ?? '', /Create Connector/);
  const topic = await world.client.createTopic({ name: 'h4j6l-clicks', partitions: 1, retentionMs: 3_600_000 });
  const deps = { client: () => Promise.resolve(world.client), now: () => world.emulator.world.now() };
  const value = await new TopicReads(deps).connector({ ...ref, keys: [topic.id] }, open);
  assert.equal(value.connector, undefined);
  assert.ok(!world.emulator.log.some(({ target }) => target.includes(`${topic.id}/connectors`)));
  // What is nothing is still something that was read.
  assert.notEqual(value, undefined);
  assert.equal(connector.everyMs?.(undefined), 10_000);
  const [feed] = page.feeds(VIEW);
  assert.equal(feed?.everyMs?.(await world.client.getTopic(topic.id)), 5_000);
});

test('a page and a card that ask at the same time ask once', async (t) => {
  const { world, ref, deps } = await pageOf(t, 'h4j6l-audit');
  const [type] = dataStreamDashboards(deps);
  assert.ok(type?.card !== undefined);
  const [page, card] = await Promise.all([type.open(ref), type.card(ref, 'card:0')]);
  const before = world.emulator.log.length;
  const [, , value] = await Promise.all([...page.feeds(VIEW), card].map((feed) => feed.read(open)));
  assert.equal(world.emulator.log.length - before, 2);
  const facts = card.show(value, VIEW) as BoardCard;
  assert.equal(card.part, 'card:0');
  assert.deepEqual([facts.status, facts.tone, facts.partitionCount, facts.messageCount, facts.groups, facts.rate], ['CREATED', 'bad', 2, undefined, undefined, undefined]);
  assert.deepEqual(facts.more.slice(0, 2), [
    { label: 'Retention', value: '15 d' },
    { label: 'Connector', value: 'FAILED: The bucket demo-audit was deleted after set-up' },
  ]);
});

test('what was read less than a second ago is not asked for again', async (t) => {
  const { world, ref } = await pageOf(t, 'h4j6l-orders');
  let nowMs = 0;
  const reads = new TopicReads({ client: () => Promise.resolve(world.client), now: () => nowMs });
  const before = world.emulator.log.length;
  await reads.topic(ref, open);
  await reads.topic(ref, open);
  assert.equal(world.emulator.log.length - before, 1);
  nowMs = 1_000;
  await reads.topic(ref, open);
  assert.equal(world.emulator.log.length - before, 2);
});

test('a card without its connector shows the rest and says why; what concerns the whole account is no part of it', async (t) => {
  const { world, ref, deps } = await pageOf(t, 'h4j6l-audit');
  let nowMs = world.emulator.world.now();
  const [type] = dataStreamDashboards({ ...deps, now: () => nowMs });
  const card = await type?.card?.(ref, 'card:0');
  assert.ok(card !== undefined);
  const read = async (): Promise<BoardCard> => card.show(await card.read(open), VIEW) as BoardCard;
  const asked = (): number => world.emulator.log.filter(({ target }) => target.includes('/connectors')).length;
  const refuse = (status: number): (() => void) =>
    world.emulator.faults.inject({ service: 'dataStream', path: /connectors/, times: 99, effect: { kind: 'reply', status, body: '{}' } });
  const connectorLine = ({ more }: BoardCard): string => more.find(({ label }) => label === 'Connector')?.value ?? '';
  const mend = refuse(403);
  const facts = await read();
  assert.deepEqual([facts.status, facts.tone, facts.partitionCount], ['CREATED', 'good', 2]);
  assert.notEqual(connectorLine(facts), '');
  assert.doesNotMatch(connectorLine(facts), /none|FAILED/);
  const before = asked();
  nowMs += 10_000;
  await read();
  assert.equal(asked(), before, 'what was refused is not asked for again at once');
  mend();
  nowMs += 60_000;
  assert.match(connectorLine(await read()), /^FAILED: /);
  nowMs += 60_000;
  refuse(429);
  await assert.rejects(read(), (error: unknown) => error instanceof CloudError && error.kind === 'rateLimited');
});

test('what was read of an account that is another one now is shared with nobody', async (t) => {
  const { world, ref, deps } = await pageOf(t, 'h4j6l-orders');
  const [type] = dataStreamDashboards({ ...deps, now: () => 0 });
  const feed = (await type?.open(ref))?.feeds(VIEW)[0];
  const before = world.emulator.log.length;
  await feed?.read(open);
  await feed?.read(open);
  assert.equal(world.emulator.log.length - before, 1);
  deps.memory.forgetFacts(ref.accountId);
  await feed?.read(open);
  assert.equal(world.emulator.log.length - before, 2);
});

test('buttons copy what the page shows, and nothing before it shows anything', async (t) => {
  const { page, topic, copied } = await pageOf(t, 'h4j6l-orders');
  await page.open?.('topic', 'endpoint');
  assert.deepEqual(copied, []);
  const facts = await shown<DataStreamFacts>(topic);
  for (const key of ['endpoint', 'settings:Python', 'settings:COBOL', '']) await page.open?.('topic', key);
  assert.deepEqual(copied, [
    [facts.endpoint, `Kafka endpoint copied: ${facts.endpoint ?? ''}`],
    [facts.clients[2]?.settings, 'Kafka client settings for Python copied: h4j6l-orders'],
  ]);
});

test('a new message is offered to who can send, and is for this topic; the document to everybody', async (t) => {
  const { page, deps, ref, opened, documents } = await pageOf(t, 'h4j6l-orders');
  const [type] = dataStreamDashboards(deps);
  assert.deepEqual(type?.offers(naverAccount(), ref), ['send', 'document']);
  assert.deepEqual(type.offers(naverAccount({ keyOwner: 'main' }), ref), ['document']);
  assert.deepEqual(type.offers(naverAccount({ lane: { stage: 'prod', access: 'read-only' } }), ref), ['document']);
  assert.deepEqual(type.offers(nhnAccount(), ref), ['document']);
  await page.offer?.('send');
  await page.offer?.('document');
  assert.deepEqual(opened, [{ accountId: ref.accountId, topicId: ref.keys[0], topicName: 'h4j6l-orders' }]);
  assert.deepEqual(documents, ['edit dataStream.topic h4j6l-orders']);
});

test('a reference without a topic names nothing', async (t) => {
  const { ref, deps } = await pageOf(t, 'h4j6l-orders');
  const [type] = dataStreamDashboards(deps);
  await assert.rejects(async () => type?.open({ ...ref, keys: [] }), (error: unknown) => error instanceof CloudError && error.kind === 'notFound');
});
