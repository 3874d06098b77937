import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

import fc from 'fast-check';

import type { KafkaClient } from '../../../src/model/kafkaClient.ts';
import { kafkaSettings, type KafkaLanguage } from '../../../src/model/kafkaSettings.ts';

const PLAIN: KafkaClient = {
  mechanism: 'PLAIN',
  bootstrapServers: 'cluster-1.datastream.naverncp.com:30010',
  topic: 'h4j6l-orders',
};

const TOKEN_URL = 'https://oauth.api.nhncloudservice.com/oauth2/token/create';
const OAUTH: KafkaClient = {
  mechanism: 'OAUTHBEARER',
  bootstrapServers: 'kr1-a-bootstrap-easyqueue.nhncloudservice.com:30000',
  topic: 'r9Zd7vDEmWMfQb00.orders',
  appKey: 'r9Zd7vDEmWMfQb00',
  tokenUrl: TOKEN_URL,
};

const LANGUAGES: readonly KafkaLanguage[] = ['java', 'librdkafka', 'python', 'node'];

test('Java: Data Stream', () => {
  assert.equal(
    kafkaSettings(PLAIN, 'java'),
    `# Topic: h4j6l-orders
bootstrap.servers=cluster-1.datastream.naverncp.com:30010
security.protocol=SASL_SSL
sasl.mechanism=PLAIN
# Keys of a sub account: those of a main account can neither send nor receive.
sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="\${NCLOUD_ACCESS_KEY}" password="\${NCLOUD_SECRET_KEY}";
# Consumers only:
group.id=my-group
`,
  );
});

test('Java: EasyQueue, with what Kafka 4 needs', () => {
  assert.equal(
    kafkaSettings(OAUTH, 'java'),
    `# Topic: r9Zd7vDEmWMfQb00.orders
# From Kafka 4 on, Java has to be told that it may fetch tokens there:
#   java -Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${TOKEN_URL}
bootstrap.servers=kr1-a-bootstrap-easyqueue.nhncloudservice.com:30000
security.protocol=SASL_SSL
sasl.mechanism=OAUTHBEARER
# A User Access Key of the token type JWT: the one of the REST API is another, of the type Opaque.
sasl.oauthbearer.token.endpoint.url=${TOKEN_URL}
sasl.login.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler
sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId="\${NHN_JWT_USER_ACCESS_KEY_ID}" clientSecret="\${NHN_JWT_SECRET_ACCESS_KEY}" scope="appKey:r9Zd7vDEmWMfQb00";
# Consumers only:
group.id=r9Zd7vDEmWMfQb00.my-group
`,
  );
});

const OF_OAUTH = {
  'bootstrap.servers': OAUTH.bootstrapServers,
  'security.protocol': 'SASL_SSL',
  'sasl.mechanisms': 'OAUTHBEARER',
  'sasl.oauthbearer.method': 'oidc',
  'sasl.oauthbearer.token.endpoint.url': TOKEN_URL,
  'sasl.oauthbearer.client.id': '${NHN_JWT_USER_ACCESS_KEY_ID}',
  'sasl.oauthbearer.client.secret': '${NHN_JWT_SECRET_ACCESS_KEY}',
  'sasl.oauthbearer.scope': 'appKey:r9Zd7vDEmWMfQb00',
  'group.id': 'r9Zd7vDEmWMfQb00.my-group',
};
const OF_PLAIN = {
  'bootstrap.servers': PLAIN.bootstrapServers,
  'security.protocol': 'SASL_SSL',
  'sasl.mechanisms': 'PLAIN',
  'sasl.username': '${NCLOUD_ACCESS_KEY}',
  'sasl.password': '${NCLOUD_SECRET_KEY}',
  'group.id': 'my-group',
};

/** `key=value` lines, as librdkafka's tools read them. */
function readLines(text: string): Record<string, string> {
  const rows = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(rows.map((row) => [row.slice(0, row.indexOf('=')), row.slice(row.indexOf('=') + 1)]));
}

/** What a program hands to its Kafka library, with the secrets as they stand in the environment. */
interface Handed {
  readonly topic: string;
  readonly consumer: Readonly<Record<string, string>>;
  readonly producer: Readonly<Record<string, string>>;
}

const VARIABLES = ['NCLOUD_ACCESS_KEY', 'NCLOUD_SECRET_KEY', 'NHN_JWT_USER_ACCESS_KEY_ID', 'NHN_JWT_SECRET_ACCESS_KEY'];
const ENVIRONMENT = Object.fromEntries(VARIABLES.map((name) => [name, `\${${name}}`]));

function runNode(program: string): Handed {
  const handed: Record<string, unknown> = {};
  class Kafka {
    producer(settings: unknown): void {
      handed['producer'] = settings;
    }
    consumer(settings: unknown): void {
      handed['consumer'] = settings;
    }
  }
  const require = (name: string): unknown => {
    assert.equal(name, '@confluentinc/kafka-javascript');
    return { KafkaJS: { Kafka } };
  };
  const topic: unknown = runInNewContext(`${program}\ntopic`, { require, process: { env: ENVIRONMENT } });
  return JSON.parse(JSON.stringify({ ...handed, topic })) as Handed;
}

/** Python's own reading, where Python is there. */
function runPython(programs: readonly string[]): readonly Handed[] | undefined {
  const reader = `
import json, sys, types
handed = {}
class Consumer:
    def __init__(self, settings): handed["consumer"] = settings
    def subscribe(self, topics): handed["topic"] = topics[0]
def Producer(settings): handed["producer"] = settings
sys.modules["confluent_kafka"] = types.SimpleNamespace(Consumer=Consumer, Producer=Producer)
for program in json.load(sys.stdin):
    exec(program, {})
    print(json.dumps(handed))
`;
  const { status, stdout, stderr, error } = spawnSync('python3', ['-c', reader], {
    input: JSON.stringify(programs),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...ENVIRONMENT },
  });
  if (error !== undefined) return undefined;
  assert.equal(status, 0, stderr);
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as Handed);
}

test('librdkafka, Python and Node say the same', (t) => {
  for (const [client, { 'group.id': group, ...expected }] of [[PLAIN, OF_PLAIN], [OAUTH, OF_OAUTH]] as const) {
    const whole = { ...expected, 'group.id': group };
    assert.deepEqual(readLines(kafkaSettings(client, 'librdkafka')), whole);
    assert.match(kafkaSettings(client, 'librdkafka'), new RegExp(`^# Topic: ${client.topic}\n`));
    const handed = { topic: client.topic, producer: expected, consumer: whole };
    assert.deepEqual(runNode(kafkaSettings(client, 'node')), handed);
    const [read] = runPython([kafkaSettings(client, 'python')]) ?? [];
    if (read === undefined) t.diagnostic('python3 is missing: its settings were not run');
    else assert.deepEqual(read, handed);
  }
});

/** Anything a name could hold, and what would hurt if it were not escaped. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
  fc.constantFrom('"', "'", '\\', '\\"', '\n', '\r\nx=y', '"""', '`${x}`', '"; import os #', '\u2028', '\u0085', '# x', '*/', ' x', '주문', '\u0000', '\\u0041'),
);
const clients: fc.Arbitrary<KafkaClient> = fc.oneof(
  fc.record({ mechanism: fc.constant('PLAIN' as const), bootstrapServers: nasty, topic: nasty }),
  fc.record({ mechanism: fc.constant('OAUTHBEARER' as const), bootstrapServers: nasty, topic: nasty, appKey: nasty, tokenUrl: nasty }),
);

/** As `java.util.Properties` reads a file. */
function readProperties(text: string): Record<string, string> {
  const read = (raw: string): string =>
    raw.replace(/^ +/, '').replace(/\\(u[0-9a-f]{4}|.)/g, (_all, escape: string) =>
      escape.length === 5 ? String.fromCharCode(Number.parseInt(escape.slice(1), 16)) : escape,
    );
  assert.match(text, /^[\u0020-\u007e\n]*$/);
  return Object.fromEntries(Object.entries(readLines(text)).map(([key, value]) => [key, read(value)]));
}

/** The quoted values of a line of JAAS, as its tokenizer reads them. */
function readJaas(line: string): readonly string[] {
  assert.match(line, /^[\w.]+ required( \w+="([^"\\\n]|\\.)*")+;$/su);
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"/gsu)].map(([, raw = '']) =>
    raw.replace(/\\([0-7]{3}|.)/gsu, (_all, escape: string) =>
      escape.length === 3 ? String.fromCharCode(Number.parseInt(escape, 8)) : escape,
    ),
  );
}

test('no value breaks out of its place, and each is read back as it was', () => {
  const programs: string[] = [];
  const expected: KafkaClient[] = [];
  fc.assert(
    fc.property(clients, (client) => {
      const shape = client.mechanism === 'PLAIN' ? PLAIN : OAUTH;
      const properties = readProperties(kafkaSettings(client, 'java'));
      assert.deepEqual(Object.keys(properties), Object.keys(readProperties(kafkaSettings(shape, 'java'))));
      assert.equal(properties['bootstrap.servers'], client.bootstrapServers);
      const jaas = readJaas(properties['sasl.jaas.config'] ?? '');
      if (client.mechanism === 'OAUTHBEARER') {
        assert.equal(properties['sasl.oauthbearer.token.endpoint.url'], client.tokenUrl);
        assert.equal(properties['group.id'], `${client.appKey}.my-group`);
        assert.equal(jaas.at(-1), `appKey:${client.appKey}`);
      }
      const lines = kafkaSettings(client, 'librdkafka');
      assert.deepEqual(Object.keys(readLines(lines)), Object.keys(readLines(kafkaSettings(shape, 'librdkafka'))));
      for (const language of LANGUAGES) {
        const count = (text: string): number => text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).length;
        assert.equal(count(kafkaSettings(client, language)), count(kafkaSettings(shape, language)), language);
      }
      const { topic, consumer } = runNode(kafkaSettings(client, 'node'));
      assert.equal(topic, client.topic);
      assert.equal(consumer['bootstrap.servers'], client.bootstrapServers);
      programs.push(kafkaSettings(client, 'python'));
      expected.push(client);
    }),
    { numRuns: 300 },
  );
  const read = runPython(programs);
  for (const [index, { topic, consumer }] of (read ?? []).entries()) {
    assert.equal(topic, expected[index]?.topic);
    assert.equal(consumer['bootstrap.servers'], expected[index]?.bootstrapServers);
  }
});
