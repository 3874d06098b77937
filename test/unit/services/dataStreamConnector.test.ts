import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import type { Connector } from '../../../src/model/dataStream.ts';
import { suggestionsOf } from '../../../src/services/datastream/connectorDraft.ts';
import { DATE_FORMATS, examplePath } from '../../../src/services/datastream/connectorWords.ts';
import { createConnector } from '../../../src/services/datastream/createConnector.ts';
import type { SeenConnector } from '../../../src/services/datastream/seenConnectors.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { dataStreamWorld } from './dataStreamWorld.ts';

const ROLE = 'nrn:PUB:IAM::1234567:Role/5f1c7a30-36d4-11f0-a3f1-246e966ebeb4';
/** 2026-03-01 00:30 in Korea, still February in Greenwich. */
const NOW = Date.UTC(2026, 1, 28, 15, 30);

async function start(t: TestContext, answers: readonly Answer[], known: readonly SeenConnector[] = []) {
  const world = await dataStreamWorld(t, answers);
  const { dataStream, now } = world.emulator.world;
  const added = dataStream.add({ name: 'h4j6l-clicks', description: '', partitions: 1, retentionMs: 3_600_000, createdAt: now(), creatingMs: 0 });
  const run = async (): Promise<Connector> => {
    const connector = await createConnector({ ...world, topic: { id: added.topicId, name: added.name }, known, now: () => NOW });
    world.prompts.done();
    return connector;
  };
  return { ...world, run, added };
}

/** Enter on every question but the two that have no default. */
const USUAL: readonly Answer[] = [
  { pick: 'SMALL' }, { type: 'logs' }, { pick: 'With a folder for the topic' }, { pick: 'No folders by date' }, { type: ROLE }, { pick: 'STRING' }, { type: '' },
];

test('asks for a connector, shows where its files go, and creates it', async (t) => {
  const { run, prompts, titles } = await start(t, [
    { pick: 'MEDIUM' },
    { refused: '', because: /Enter a bucket/ }, { refused: 'https://bucket', because: /Object Storage/ }, { refused: 'logs//a', because: /each after one/ },
    { type: 'logs/archive/' },
    { pick: 'With a folder for the topic' },
    { pick: 'A folder each day' },
    { refused: '', because: /Enter the NRN/ }, { refused: 'nrn:PUB :Role', because: /spaces/ }, { refused: 'my-role', because: /starts with "nrn:"/ },
    { type: ROLE },
    { pick: 'JSON' },
    { refused: 'x'.repeat(201), because: /at most 200/ },
    { type: 'for the archive' },
    { pick: 'New file after' }, { refused: '11', because: /from 1 to 10/ }, { type: '5' },
    { pick: 'Messages per file' }, { refused: '0', because: /from 1 up/ }, { type: '20,000' },
    { pick: 'Create' },
  ]);
  const connector = await run();
  assert.deepEqual(
    [connector.consumerSpec, connector.location, connector.includeTopicInPath, connector.dateFormat, connector.roleNrn, connector.schemaType],
    ['MEDIUM', 's3a://logs/archive', true, 'DAY', ROLE, 'JSON'],
  );
  assert.deepEqual([connector.flushIntervalMinutes, connector.flushCount, connector.description], [5, 20_000, 'for the archive']);
  assert.ok(prompts.notes.some(({ message }) => message === 'A message sent now would go to s3a://logs/archive/h4j6l-clicks/'));
  assert.match(prompts.asked.find(({ text }) => text.startsWith('NRN'))?.text ?? '', /Sub Account > Roles.*NCP_DATA_STREAM_SERVICE_ROLE/);
  assert.deepEqual(titles, ['Creating the connector of topic "h4j6l-clicks"…']);
});

test('what is not asked for is left to the service', async (t) => {
  const { run, added } = await start(t, [...USUAL, { pick: 'Create' }]);
  await run();
  const settings = added.connector?.settings;
  assert.deepEqual([settings?.flushInterval, settings?.flushCount, settings?.description], [10, 5_000, null]);
});

test('roles and locations of other connectors are offered, another one can be typed', async (t) => {
  const probe = await dataStreamWorld(t);
  const seen = await probe.client.getConnector((await probe.topicNamed('h4j6l-orders')).id);
  assert.ok(seen?.location !== undefined && seen.roleNrn !== undefined);
  const known: readonly SeenConnector[] = [['h4j6l-orders', seen], ['h4j6l-other', seen]];
  const { run, prompts } = await start(t, [
    { pick: 'SMALL' }, { pick: seen.location }, { pick: 'Without a folder for the topic' }, { pick: 'No folders by date' },
    { pick: 'Another role…' }, { type: ROLE }, { pick: 'STRING' }, { type: '' },
    { pick: 'Location' }, { pick: 'Another location…' }, { type: 's3a://mine' },
    { pick: 'Role' }, { pick: 'Another role…' }, { type: ROLE }, { pick: 'Role' }, { pick: seen.roleNrn }, { pick: 'Create' },
  ], known);
  const connector = await run();
  assert.deepEqual([connector.location, connector.roleNrn], ['s3a://mine', seen.roleNrn]);
  assert.deepEqual(prompts.asked[1]?.labels, [seen.location, 'Another location…']);
  assert.deepEqual(suggestionsOf(known, ({ location }) => location), [{ value: seen.location, usedFor: 'h4j6l-orders' }]);
});

for (const [code, question, answer] of [
  ['InvalidBucketNotFound', /^Not created\..*Bucket of Object Storage/, { type: 'other' }],
  ['InvalidLocation', /^Not created\..*Bucket of Object Storage/, { type: 'other' }],
  ['InvalidRoleNrn', /^Not created\..*NRN of the role/, { type: ROLE }],
  ['InvalidConsumerSpec', /^Not created\..*How much/, { pick: 'SMALL' }],
  ['InvalidDateFormat', /^Not created\..*folders by date/, { pick: 'A folder each year' }],
  ['InvalidDescription', /^Not created\..*Description/, { type: '' }],
] as const) {
  test(`a refusal (${code}) leads back to its step, also where the value was chosen from a list`, async (t) => {
    const other: Connector = {
      id: 'c', topicId: 't', name: 'n', status: 'RUNNING', description: undefined, consumerSpec: 'SMALL', exportType: 'OBJECT_STORAGE', location: 's3a://gone',
      locationWithTopicName: undefined, objectStorageLocation: undefined, includeTopicInPath: true, dateFormat: 'NONE', roleNrn: ROLE, groupId: undefined,
      createdAt: undefined, failedMessage: undefined, failedAt: undefined, flushIntervalMinutes: undefined, flushCount: undefined, schemaType: undefined,
    };
    const { run, prompts, emulator, writes } = await start(t, [
      { pick: 'SMALL' }, { pick: 's3a://gone' }, { pick: 'With a folder for the topic' }, { pick: 'No folders by date' }, { pick: ROLE }, { pick: 'STRING' }, { type: '' },
      { pick: 'Create' }, answer, { pick: 'Create' },
    ], [['h4j6l-orders', other]]);
    emulator.faults.inject({ method: 'POST', effect: { kind: 'reply', status: 400, body: JSON.stringify({ status: 400, code, detail: 'no' }) } });
    await run();
    const asked = prompts.asked.at(-2);
    assert.match(asked?.text ?? '', question);
    assert.ok((asked?.place?.step ?? 0) > 0);
    assert.deepEqual(writes(), ['POST topics/*/connectors', 'POST topics/*/connectors']);
  });
}

test('an answer that never came is looked up', async (t) => {
  const there = await start(t, [...USUAL, { pick: 'Create' }]);
  there.emulator.faults.inject({ method: 'POST', effect: { kind: 'close', when: 'after' } });
  assert.equal((await there.run()).location, 's3a://logs');
  assert.deepEqual(there.said, ['No answer came, but topic "h4j6l-clicks" has a connector now.']);

  const missing = await start(t, [...USUAL, { pick: 'Create' }, { cancel: true }]);
  missing.emulator.faults.inject({ method: 'POST', effect: { kind: 'close', when: 'before' } });
  await assert.rejects(missing.run(), CancelledError);
  assert.match(missing.prompts.asked.at(-1)?.text ?? '', /No answer came, and topic "h4j6l-clicks" has no connector\./);
  assert.deepEqual(missing.writes(), ['POST topics/*/connectors']);
});

test('the folders of a moment are those of the consoles, not of Greenwich', () => {
  const paths = DATE_FORMATS.map((dateFormat) => examplePath({ location: 's3a://logs', includeTopicInPath: true, topicName: 'h4j6l-clicks', dateFormat }, NOW));
  assert.deepEqual(paths, [
    's3a://logs/h4j6l-clicks/', 's3a://logs/h4j6l-clicks/year=2026/', 's3a://logs/h4j6l-clicks/year=2026/month=03/',
    's3a://logs/h4j6l-clicks/year=2026/month=03/day=01/', 's3a://logs/h4j6l-clicks/year=2026/month=03/day=01/hour=00/',
  ]);
});

test('a connector that was there before is not the one whose answer never came', async (t) => {
  const { run, prompts, emulator, added, said } = await start(t, [...USUAL, { pick: 'Create' }, { cancel: true }]);
  const orders = emulator.world.dataStream.byName('h4j6l-orders');
  // Made by somebody else while the questions were answered.
  added.connector = orders?.connector;
  emulator.faults.inject({ method: 'POST', effect: { kind: 'close', when: 'before' } });
  await assert.rejects(run(), CancelledError);
  assert.match(prompts.asked.at(-1)?.text ?? '', /^Not created\. Topic "h4j6l-clicks" has a connector, but it was there before\. Create the connector/);
  assert.deepEqual(said, []);
});
