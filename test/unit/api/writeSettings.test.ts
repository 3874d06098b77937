import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { clouds, CONNECTOR, HOUR, QUEUE } from './writeSupport.ts';

const RUNS = { numRuns: 40, endOnFailure: true };

/** At most so many characters, of any kind. */
function words(most: number): fc.Arbitrary<string> {
  return fc.string({ unit: 'binary', maxLength: most }).filter((text) => text.isWellFormed());
}

function optional<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined });
}

test('whatever settings of a topic are given arrive as given', async (t) => {
  const { dataStream, emulator } = await clouds(t);
  const settings = fc.record(
    {
      description: words(200),
      partitions: fc.integer({ min: 1, max: 16 }),
      retentionMs: fc.integer({ min: HOUR, max: 360 * HOUR }),
    },
    { noNullPrototype: true },
  );
  const name = fc.stringMatching(/^[a-z0-9-]{1,194}$/).map((rest) => `h4j6l-${rest}`);
  await fc.assert(
    fc.asyncProperty(name, settings, settings, async (fullName, first, second) => {
      const { id } = await dataStream.createTopic({ name: fullName, ...first });
      const topic = emulator.world.dataStream.byId(id) ?? assert.fail();
      const arrived = (): unknown => ({
        description: topic.description,
        partitions: topic.log.partitions.length,
        retentionMs: topic.retentionMs,
      });
      try {
        assert.equal(topic.name, fullName);
        assert.deepEqual(arrived(), first);
        const wanted = { ...second, partitions: Math.max(first.partitions, second.partitions) };
        await dataStream.updateTopic(id, wanted);
        assert.deepEqual(arrived(), wanted);
      } finally {
        topic.goneAt = 0;
      }
    }),
    RUNS,
  );
});

test('whatever settings of a connector are given arrive as given', async (t) => {
  const { dataStream, emulator } = await clouds(t);
  const { id } = await dataStream.createTopic({ name: 'h4j6l-connected', partitions: 1, retentionMs: HOUR });
  const topic = emulator.world.dataStream.byId(id) ?? assert.fail();
  const settings = fc.record({
    description: optional(words(200)),
    consumerSpec: fc.constantFrom('SMALL', 'MEDIUM'),
    exportType: fc.constant('OBJECT_STORAGE'),
    location: fc.string({ unit: 'grapheme' }).map((rest) => `s3a://logs/${rest}`),
    includeTopicInPath: fc.boolean(),
    dateFormat: fc.constantFrom('NONE', 'YEAR', 'MONTH', 'DAY', 'HOUR'),
    roleNrn: fc.uuid().map((role) => `nrn:PUB:IAM::123:Role/${role}`),
    flushIntervalMinutes: optional(fc.integer({ min: 1, max: 10 })),
    flushCount: optional(fc.integer({ min: 5_000, max: 50_000 })),
    schemaType: optional(fc.constantFrom('STRING', 'JSON', 'AVRO', 'PROTOBUF')),
  });
  await fc.assert(
    fc.asyncProperty(settings, settings, async (first, second) => {
      const check = ({ exportType, flushIntervalMinutes, ...given }: typeof first): void => {
        assert.deepEqual({ ...topic.connector?.settings, exportType }, {
          ...given,
          // The only one there is; the emulator does not keep it.
          exportType: 'OBJECT_STORAGE',
          // What is not sent gets the service's default.
          description: given.description ?? null,
          flushInterval: flushIntervalMinutes ?? 10,
          flushCount: given.flushCount ?? 5_000,
          schemaType: given.schemaType ?? 'STRING',
        });
      };
      topic.connector = undefined;
      const connector = await dataStream.createConnector(id, first);
      check(first);
      await dataStream.updateConnector(id, connector.id, second);
      check(second);
      await dataStream.updateConnector(id, connector.id, CONNECTOR);
    }),
    RUNS,
  );
});

test('whatever settings of an EasyQueue topic are given arrive as given', async (t) => {
  const { easyQueue, emulator } = await clouds(t);
  const { world } = emulator;
  const settings = fc.record({
    description: optional(words(255)),
    partitionCount: fc.integer({ min: 1, max: 16 }),
    retentionMs: fc.integer({ min: HOUR, max: 336 * HOUR }),
    retentionBytes: fc.bigInt({ min: 2n ** 30n, max: 25n * 2n ** 30n }),
    maxMessageBytes: fc.integer({ min: 1_024, max: 262_144 }),
  });
  const name = fc.stringMatching(/^[A-Za-z0-9-]{1,50}$/);
  await fc.assert(
    fc.asyncProperty(name, settings, settings, async (short, first, second) => {
      const { fullName } = await easyQueue.createTopic({ name: short, ...first });
      const topic = world.easyQueue.get(short);
      const check = ({ description, retentionMs, retentionBytes, ...given }: typeof first): void => {
        const { maxRetentionTimeMs, maxRetentionBytes, ...arrived } = topic.settings;
        assert.deepEqual(arrived, { ...given, description: description ?? '' });
        assert.deepEqual([maxRetentionTimeMs, BigInt(maxRetentionBytes)], [retentionMs, retentionBytes]);
      };
      try {
        check(first);
        const wanted = { ...second, partitionCount: Math.max(first.partitionCount, second.partitionCount) };
        await easyQueue.updateTopic(fullName, wanted);
        check(wanted);
        await easyQueue.updateTopic(fullName, { ...QUEUE, partitionCount: wanted.partitionCount });
      } finally {
        world.easyQueue.remove(topic);
        topic.goneAt = 0;
      }
    }),
    RUNS,
  );
});
