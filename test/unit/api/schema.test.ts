import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as z from 'zod/mini';

import { connectorOrNoneSchema, prefixSchema, sentSchema, topicListSchema, topicSchema } from '../../../src/api/datastream/schema.ts';
import {
  consumerGroupListSchema,
  partitionListSchema,
  statisticsSchema,
  topicListSchema as easyQueueTopicListSchema,
  topicSchema as easyQueueTopicSchema,
} from '../../../src/api/easyqueue/schema.ts';
import { actionListSchema, actionSchema, packageListSchema, packageSchema } from '../../../src/api/functions/schema.ts';
import { activationPageSchema, activationSchema, triggerListSchema, triggerSchema } from '../../../src/api/functions/triggerSchema.ts';
import { parseJson } from '../../../src/model/json.ts';

const header = '"header":{"isSuccessful":true,"resultCode":0,"resultMessage":"Success"}';

function parse<T>(schema: z.core.$ZodType<T>, text: string): T {
  return z.parse(schema, parseJson(text));
}

function pathOf(schema: z.core.$ZodType, text: string): string {
  const result = z.safeParse(schema, parseJson(text));
  assert.ok(!result.success);
  return result.error.issues[0]?.path.join('.') ?? '';
}

test('a Data Stream topic as in datastream.md §3.6', () => {
  const topic = parse(
    topicSchema,
    '{"topicId":"mgNWA*****","topicName":"h4j6l-ds001","description":"Data Stream Topic","partitions":3,"retentionMs":86400000,"status":"CREATED","tcpEndpoint":"cluster-1.datastream.naverncp.com:30010","createdDate":"2025-05-22T10:25:19Z","updatedDate":"2025-05-22T14:14:41Z"}',
  );
  assert.deepEqual(topic, {
    id: 'mgNWA*****',
    name: 'h4j6l-ds001',
    description: 'Data Stream Topic',
    partitions: 3,
    retentionMs: 86_400_000,
    status: 'CREATED',
    tcpEndpoint: 'cluster-1.datastream.naverncp.com:30010',
    isPinned: undefined,
    createdAt: '2025-05-22T10:25:19Z',
    updatedAt: '2025-05-22T14:14:41Z',
  });
});

test('lists: null for anything, numbers as text, unknown words and unknown fields', () => {
  const topics = parse(
    topicListSchema,
    '{"list":[{"topicId":"a","topicName":"n","description":null,"partitions":"6","pinned":true,"status":"HIBERNATING","future":{"x":1}}],"more":1}',
  );
  assert.equal(topics[0]?.partitions, 6);
  assert.equal(topics[0].status, 'HIBERNATING');
  assert.equal(topics[0].isPinned, true);
  assert.equal(topics[0].description, undefined);
  assert.deepEqual(parse(topicListSchema, '{"list":[]}'), []);
  assert.deepEqual(parse(topicListSchema, '{"list":null}'), []);
  assert.equal(parse(prefixSchema, '{"prefix":"h4j6l-"}'), 'h4j6l-');
});

test('a row without its name, or a field of another shape, is told with its path', () => {
  assert.equal(pathOf(topicListSchema, '{"list":[{"topicId":"a","topicName":"n"},{"topicId":"b"}]}'), 'list.1.topicName');
  assert.equal(pathOf(topicListSchema, '{"list":[{"topicId":"a","topicName":""}]}'), 'list.0.topicName');
  assert.equal(pathOf(topicListSchema, '{"list":{"a":1}}'), 'list');
  assert.equal(
    pathOf(easyQueueTopicListSchema, `{${header},"topicList":[{"topicName":"a","partitionCount":{"n":1}}]}`),
    'topicList.0.partitionCount',
  );
  assert.equal(pathOf(partitionListSchema, `{${header},"partitionList":[{"endOffset":1.5,"partition":0}]}`), 'partitionList.0.endOffset');
  assert.equal(pathOf(easyQueueTopicListSchema, '{"topicList":[]}'), 'header');
  assert.equal(pathOf(topicListSchema, '{"message":"blocked"}'), 'list');
  assert.equal(pathOf(packageListSchema, '{"packages":[]}'), 'content');
  assert.equal(pathOf(triggerListSchema, '{}'), 'content');
});

test('a connector, and every form "none" may take (datastream.md §4.3)', () => {
  const text = '{"id":"xlThN*****","topicId":"t","status":"FAILED","connectorName":"c","description":null,"consumerSpec":"SMALL","exportType":"OBJECT_STORAGE","location":"s3a://datastream001","includeTopicInPath":false,"dateFormat":"NONE","flushInterval":10,"flushCount":5000,"failedMessage":"bucket is locked"}';
  const connector = parse(connectorOrNoneSchema, text);
  assert.equal(connector?.id, 'xlThN*****');
  assert.equal(connector.name, 'c');
  assert.equal(connector.includeTopicInPath, false);
  assert.equal(connector.flushIntervalMinutes, 10);
  assert.equal(connector.failedMessage, 'bucket is locked');
  assert.deepEqual(parse(connectorOrNoneSchema, `[${text}]`), connector);
  for (const none of ['null', '{}', '[]']) assert.equal(parse(connectorOrNoneSchema, none), undefined);
  assert.equal(z.parse(connectorOrNoneSchema, undefined), undefined);
  assert.equal(pathOf(connectorOrNoneSchema, '{"status":"RUNNING"}'), 'id');
});

test("Send message's answer, also an empty one", () => {
  assert.deepEqual(parse(sentSchema, '{"status":"200","detail":"OK"}'), { status: 200, detail: 'OK' });
  assert.deepEqual(z.parse(sentSchema, undefined), { status: undefined, detail: undefined });
});

test('an EasyQueue topic list as in the API guide, with 64-bit numbers', () => {
  const page = parse(
    easyQueueTopicListSchema,
    `{${header},"totalCount":1,"topicList":[{"topicId":"topic-id-123","topicName":"{appKey}.test-topic","description":"테스트 토픽","bootstrapServer":"kafka.example.com:9092","partitionCount":3,"maxRetentionTimeMs":604800000,"maxRetentionBytes":9007199254740993,"maxMessageBytes":1048576,"totalMessageCount":"18446744073709551615","consumerGroupCount":2,"createdAt":"2023-10-27T19:30:00+09:00","updatedAt":"2023-10-27T19:30:00+09:00","topicStatus":"ACTIVE"}]}`,
  );
  assert.deepEqual(page, {
    totalCount: 1,
    topics: [
      {
        id: 'topic-id-123',
        fullName: '{appKey}.test-topic',
        description: '테스트 토픽',
        bootstrapServer: 'kafka.example.com:9092',
        partitionCount: 3,
        retentionMs: 604_800_000,
        retentionBytes: 9_007_199_254_740_993n,
        maxMessageBytes: 1_048_576,
        messageCount: 18_446_744_073_709_551_615n,
        consumerGroupCount: 2,
        createdAt: '2023-10-27T19:30:00+09:00',
        updatedAt: '2023-10-27T19:30:00+09:00',
        status: 'ACTIVE',
      },
    ],
  });
  assert.equal(parse(easyQueueTopicSchema, `{${header},"topic":{"topicName":"a"}}`).fullName, 'a');
});

test('partitions and consumer groups as in the API guide', () => {
  assert.deepEqual(
    parse(
      partitionListSchema,
      `{${header},"partitionList":[{"partition":0,"replicaCount":3,"startOffset":0,"endOffset":9007199254740993,"messageCount":950}]}`,
    ),
    [{ partition: 0, replicaCount: 3, startOffset: 0n, endOffset: 9_007_199_254_740_993n, messageCount: 950n }],
  );
  const groups = parse(
    consumerGroupListSchema,
    `{${header},"consumerGroupList":[{"groupId":"consumer-group-1","groupState":"Stable","totalLag":100,"memberList":[{"memberId":"member-1","clientId":"client-1","partitionList":[{"partition":0,"currentOffset":900,"endOffset":1000,"lag":100},{"partition":1,"currentOffset":-1,"endOffset":5},{"partition":2,"currentOffset":null}]}]},{"groupId":"g2","memberList":null}]}`,
  );
  assert.deepEqual(groups, [
    {
      groupId: 'consumer-group-1',
      state: 'Stable',
      totalLag: 100n,
      members: [
        {
          memberId: 'member-1',
          clientId: 'client-1',
          partitions: [
            { partition: 0, committedOffset: 900n, endOffset: 1000n, lag: 100n },
            { partition: 1, committedOffset: undefined, endOffset: 5n, lag: undefined },
            { partition: 2, committedOffset: undefined, endOffset: undefined, lag: undefined },
          ],
        },
      ],
    },
    { groupId: 'g2', state: undefined, totalLag: undefined, members: [] },
  ]);
});

test('statistics as in the API guide; what is no number is a gap', () => {
  const statistics = parse(
    statisticsSchema,
    `{${header},"metricsType":"BYTE_IN_RATE","step":60,"data":[{"labels":{"topic":"test-topic","partition":3},"values":[{"timestamp":1698406200,"value":1024.5},{"timestamp":1698406260,"value":null},{"timestamp":1698406320,"value":"NaN"},{"timestamp":1698406380,"value":"2.5"}]}]}`,
  );
  assert.deepEqual(statistics, {
    metricsType: 'BYTE_IN_RATE',
    stepSeconds: 60,
    series: [
      {
        labels: { topic: 'test-topic', partition: '3' },
        values: [
          { timestamp: 1_698_406_200, value: 1024.5 },
          { timestamp: 1_698_406_380, value: 2.5 },
        ],
      },
    ],
  });
});

test('packages and actions of v2.1 and v2.0 (cloudfunctions.md §4, §5)', () => {
  assert.deepEqual(
    parse(packageListSchema, '{"content":[{"description":"Create package","name":"package001"},{"description":"","name":"package000"}]}'),
    [
      { name: 'package001', description: 'Create package' },
      { name: 'package000', description: '' },
    ],
  );
  const pkg = parse(
    packageSchema,
    '{"content":{"action":["a",{"name":"b"}],"description":"Create package","name":"package001","parameters":{"place":"Naver"},"platform":"classic","resourceId":"xS***"}}',
  );
  assert.deepEqual(pkg.actions, ['a', 'b']);
  assert.deepEqual(pkg.parameters, { place: 'Naver' });

  const newer = parse(
    actionListSchema('p'),
    '{"content":{"actions":[{"name":"a","type":"web","runtime":"python:3.11"},{"name":"s","type":"sequence-web","runtime":"sequence"}]}}',
  );
  assert.deepEqual(
    newer.map(({ pkg: owner, name, type, runtime }) => [owner, name, type, runtime]),
    [
      ['p', 'a', 'web', 'python:3.11'],
      ['p', 's', 'sequence-web', 'sequence'],
    ],
  );
  const older = parse(
    actionListSchema('-'),
    '{"content":{"actions":[{"name":"a","runtime":"nodejs:16","web":false},{"name":"b","runtime":"nodejs:16","web":true},{"name":"c","runtime":"sequence","web":true},{"name":"d","runtime":"sequence","web":false},{"name":"e"}]}}',
  );
  assert.deepEqual(older.map(({ type }) => type), ['basic', 'web', 'sequence-web', 'sequence', undefined]);
});

test('an action in detail: vpc as object, list or nothing', () => {
  const text = (vpc: string): string =>
    `{"content":{"name":"a","description":"d","type":"basic","raw-http":true,"custom-options":false,"parameters":{"k":"v"},"exec":{"kind":"nodejs:22","code":"x","binary":false,"main":"main","components":["-/b",{"name":"c"}]},"limits":{"memory":256,"timeout":60000},"vpc":${vpc},"resourceId":"r"}}`;
  const action = parse(actionSchema('p'), text('{"vpcNo":1,"subnetNo":2}'));
  assert.deepEqual(action, {
    name: 'a',
    pkg: 'p',
    description: 'd',
    runtime: 'nodejs:22',
    type: 'basic',
    parameters: { k: 'v' },
    isRawHttp: true,
    hasCustomOptions: false,
    code: 'x',
    isBinary: false,
    main: 'main',
    imageUri: undefined,
    components: ['-/b', 'c'],
    memoryMb: 256,
    timeoutMs: 60_000,
    vpc: [{ vpcNo: 1, subnetNo: 2 }],
    resourceId: 'r',
  });
  assert.deepEqual(parse(actionSchema('p'), text('[{"vpcNo":"1","subnetNo":2}]')).vpc, [{ vpcNo: 1, subnetNo: 2 }]);
  assert.deepEqual(parse(actionSchema('p'), text('null')).vpc, []);
  const sequence = (more: string): string | undefined => parse(actionSchema('p'), `{"content":{"name":"s","exec":{"kind":"sequence"}${more}}}`).type;
  // Which of the two it is nobody said: the list of actions does.
  assert.deepEqual(['', ',"web":false', ',"web":true', ',"raw-http":false'].map(sequence), [undefined, 'sequence', 'sequence-web', 'sequence-web']);
});

test('trigger options of both versions, without credentials (cloudfunctions.md §7.2, §7.3)', () => {
  assert.deepEqual(parse(triggerListSchema, '{"content":{"triggers":[{"name":"t","type":"cron"},{"name":"u","triggerType":"apigw"}]}}'), [
    { name: 't', type: 'cron' },
    { name: 'u', type: 'apigw' },
  ]);
  const options = (execOption: string): unknown =>
    parse(triggerSchema, `{"content":{"name":"t","actions":["a",{"name":"b"}],"type":"cron","execOption":${execOption}}}`).options;
  assert.deepEqual(options('[{"key":"cronOption","value":"* * * * *"}]'), [{ key: 'cronOption', value: '* * * * *' }]);
  assert.deepEqual(options('{"key":"ncf_triggerOptions","value":[{"key":"cron","value":"*/1 * * * *"}]}'), [
    { key: 'cron', value: '*/1 * * * *' },
  ]);
  assert.deepEqual(options('{"bucketName":"b","n":3}'), [
    { key: 'bucketName', value: 'b' },
    { key: 'n', value: '3' },
  ]);
  assert.deepEqual(options('[{"key":"events","value":["push","fork"]}]'), [{ key: 'events', value: '["push","fork"]' }]);
  assert.deepEqual(
    options('[{"key":"accessToken","value":"ghp_x"},{"key":"credential","value":[{"key":"a","value":"ghp_x"}]},{"key":"link","value":{"accessToken":"ghp_x","repository":"r"}}]'),
    [{ key: 'link', value: '{"repository":"r"}' }],
  );
  const nested = String.raw`[{"key":"githubOption","value":"{\"username\":\"u\",\"accessToken\":\"ghp_x\"}"},{"key":"a","value":{"list":[{"key":"token","value":"ghp_x"},{"n":9007199254740993}]}},{"key":"b","value":"{ \"n\": 1.0 }"},{"key":"c","value":"[accessToken: ghp_x"}]`;
  assert.deepEqual(options(nested), [
    { key: 'githubOption', value: '{"username":"u"}' }, { key: 'a', value: '{"list":[{"n":9007199254740993}]}' }, { key: 'b', value: '{ "n": 1.0 }' }, { key: 'c', value: '' },
  ]);
  for (const odd of ['null', '7', '"text"', '[]', '[null,7]', '[{"key":"a"}]']) assert.ok(Array.isArray(options(odd)));
});

test('activations (cloudfunctions.md §6)', () => {
  assert.deepEqual(
    parse(activationPageSchema, '{"content":{"activations":[{"activationId":"18718fde","duration":34,"status":"success"}],"totalCount":1}}'),
    { activations: [{ activationId: '18718fde', durationMs: 34, status: 'success' }], totalCount: 1 },
  );
  const text = '{"content":{"activationId":"a","duration":"34","start":1700000000000,"end":0,"logs":["l1",null],"name":"n","namespace":"ns","response":{"result":{"payload":9007199254740993},"status":"success","success":true},"subject":"s"}}';
  assert.deepEqual(parse(activationSchema, text), {
    activationId: 'a',
    durationMs: 34,
    status: 'success',
    name: 'n',
    startMs: 1_700_000_000_000,
    endMs: undefined,
    logs: ['l1', ''],
    result: { payload: 9_007_199_254_740_993n },
    isSuccess: true,
  });
  assert.equal(parse(activationSchema, '{"content":{"activationId":"a"}}').isSuccess, undefined);
});
