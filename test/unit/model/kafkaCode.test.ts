import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import fc from 'fast-check';

import type { KafkaClient } from '../../../src/model/kafkaClient.ts';
import { kafkaCode, type KafkaCodeLanguage } from '../../../src/model/kafkaCode.ts';

const PLAIN: KafkaClient = { mechanism: 'PLAIN', bootstrapServers: 'cluster-1.datastream.naverncp.com:30010', topic: 'h4j6l-orders' };
const TOKEN_URL = 'https://oauth.api.nhncloudservice.com/oauth2/token/create';
const OAUTH: KafkaClient = {
  mechanism: 'OAUTHBEARER',
  bootstrapServers: 'kr1-a-bootstrap-easyqueue.nhncloudservice.com:30000',
  topic: 'r9Zd7vDEmWMfQb00.orders',
  appKey: 'r9Zd7vDEmWMfQb00',
  tokenUrl: TOKEN_URL,
};
const LANGUAGES: readonly KafkaCodeLanguage[] = ['java', 'python', 'node', 'kcat'];
const KEYS = { NCLOUD_ACCESS_KEY: 'access "id" \\', NCLOUD_SECRET_KEY: 'CANARY1', NHN_JWT_USER_ACCESS_KEY_ID: 'user', NHN_JWT_SECRET_ACCESS_KEY: 'CANARY2' };

/** What a program hands to its Kafka library. */
interface Sent {
  readonly settings: Readonly<Record<string, string>>;
  readonly topic: string;
  readonly key: string;
  readonly value: string;
}

const OF_PLAIN = {
  'bootstrap.servers': PLAIN.bootstrapServers,
  'security.protocol': 'SASL_SSL',
  'sasl.mechanisms': 'PLAIN',
  'sasl.username': KEYS.NCLOUD_ACCESS_KEY,
  'sasl.password': KEYS.NCLOUD_SECRET_KEY,
};
const OF_OAUTH = {
  'bootstrap.servers': OAUTH.bootstrapServers,
  'security.protocol': 'SASL_SSL',
  'sasl.mechanisms': 'OAUTHBEARER',
  'sasl.oauthbearer.method': 'oidc',
  'sasl.oauthbearer.token.endpoint.url': TOKEN_URL,
  'sasl.oauthbearer.client.id': KEYS.NHN_JWT_USER_ACCESS_KEY_ID,
  'sasl.oauthbearer.client.secret': KEYS.NHN_JWT_SECRET_ACCESS_KEY,
  'sasl.oauthbearer.scope': 'appKey:r9Zd7vDEmWMfQb00',
};

/** Texts that would hurt if they were not escaped. */
const NASTY = [
  `it's "quoted"`, '\\', '\\"', '\n', 'a\r\nb', '"""', '${x} $(id) `id` $HOME', '\u2028\u2029\u0085\u007f', '# x', '*/ // /*', ' x ', '주문 🚚', '\\u0022', '\\u000a', '{"a": [1]}',
  'END_OF_MESSAGE\nEND_OF_MESSAGE_', '\u001a\u000b\u0001', '%s\\n', '-k', '',
];
const nasty = fc.oneof(fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0')), fc.constantFrom(...NASTY));
const clients: fc.Arbitrary<KafkaClient> = fc.oneof(
  fc.record({ mechanism: fc.constant('PLAIN' as const), bootstrapServers: nasty, topic: nasty }),
  fc.record({ mechanism: fc.constant('OAUTHBEARER' as const), bootstrapServers: nasty, topic: nasty, appKey: nasty, tokenUrl: nasty }),
);
const messages = fc.record({ key: nasty, value: nasty });

/** Runs a script of a language with a library that prints what it is handed; undefined where the language is not on this machine. */
function run(command: string, args: readonly string[], input: string, env: Readonly<Record<string, string>> = KEYS): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(command, args, { input, encoding: 'utf8', env: { PATH: process.env['PATH'], ...env } });
  if (error !== undefined) return undefined;
  assert.equal(status, 0, stderr);
  return stdout;
}

const PYTHON = `
import json, sys, types
class KafkaException(Exception): pass
class Message:
    def partition(self): return 2
    def offset(self): return 7
class Producer:
    def __init__(self, settings): self.sent = {"settings": settings}
    def produce(self, topic, key, value, on_delivery):
        self.sent |= {"topic": topic, "key": key.decode(), "value": value.decode()}
        self.told = on_delivery
    def flush(self, seconds):
        self.told(None, Message())
        print(json.dumps(self.sent))
        return 0
sys.modules["confluent_kafka"] = types.SimpleNamespace(KafkaException=KafkaException, Producer=Producer)
for program in json.load(sys.stdin):
    exec(compile(program, "program.py", "exec"), {})
`;

const NODE = `
const { runInNewContext } = require('node:vm');
const programs = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
class Kafka {
  producer(settings) {
    return {
      connect: async () => {},
      disconnect: async () => {},
      send: async ({ topic, messages: [{ key, value }] }) => {
        console.log(JSON.stringify({ settings, topic, key, value }));
        return [{ partition: 2, baseOffset: '7' }];
      },
    };
  }
}
(async () => {
  for (const program of programs) {
    await new Promise((resolve) => {
      const told = { log: () => resolve(), error: (error) => { throw error; } };
      runInNewContext(program, { require: () => ({ KafkaJS: { Kafka } }), process: { env: process.env }, console: told });
    });
  }
})();
`;

/** A `kcat` that prints its arguments, its settings and its input, each ended by a byte 0. */
const KCAT = `
kcat() {
  printf '%s\\0' "$@"
  printf 'SETTINGS\\0'
  while [ "$#" -gt 0 ]; do if [ "$1" = -F ]; then cat "$2"; fi; shift; done
  printf '\\0'
  cat
  printf '\\0'
}
export -f kcat
`;

function sentByKcat(program: string): Sent & { readonly arguments: readonly string[] } {
  const parts = (run('bash', ['-s'], `${KCAT}\n${program}`) ?? assert.fail('no bash')).split('\0');
  const end = parts.indexOf('SETTINGS');
  const args = parts.slice(0, end);
  const rows = (parts[end + 1] ?? '').split('\n').slice(0, -1);
  const after = (flag: string): string => args[args.lastIndexOf(flag) + 1] ?? '';
  const settings = Object.fromEntries(rows.map((row) => [row.slice(0, row.indexOf('=')), row.slice(row.indexOf('=') + 1)]));
  assert.deepEqual([args[0], args[1], args[3], args[5], args[7]], ['-P', '-b', '-F', '-t', '-k']);
  return { settings, topic: args[6] ?? '', key: args[8] ?? '', value: parts[end + 2] ?? '', arguments: [...args, after('-b')] };
}

function handed(t: TestContext, language: 'python' | 'node', programs: readonly string[]): readonly Sent[] {
  const printed = language === 'python'
    ? run('python3', ['-c', PYTHON], JSON.stringify(programs))
    : run(process.execPath, ['-e', NODE], JSON.stringify(programs));
  if (printed === undefined) t.diagnostic('python3 is missing: its programs were not run');
  const rows = (printed ?? '').split('\n').filter((line) => line.startsWith('{'));
  if (printed !== undefined) assert.equal(rows.length, programs.length, printed);
  return rows.map((row) => JSON.parse(row) as Sent);
}

test('each program sends the sample with the settings of its cloud', (t) => {
  for (const [client, settings] of [[PLAIN, OF_PLAIN], [OAUTH, OF_OAUTH]] as const) {
    const expected: Sent = { settings, topic: client.topic, key: 'key-1', value: '{"hello": "world"}' };
    assert.deepEqual(handed(t, 'node', [kafkaCode(client, 'node')]), [expected]);
    for (const sent of handed(t, 'python', [kafkaCode(client, 'python')])) assert.deepEqual(sent, expected);
    const { arguments: args, ...sent } = sentByKcat(kafkaCode(client, 'kcat'));
    assert.deepEqual(sent, expected);
    assert.ok(!args.some((argument) => argument.includes('CANARY')), 'a secret is an argument');
  }
});

test('no key stands in any program', () => {
  for (const client of [PLAIN, OAUTH]) {
    for (const language of LANGUAGES) assert.ok(!kafkaCode(client, language).includes('CANARY'));
  }
});

test('any name and any message arrive as they are, in Python and Node', (t) => {
  const cases = fc.sample(fc.tuple(clients, messages), { numRuns: 300, seed: 7 });
  for (const language of ['python', 'node'] as const) {
    const all = handed(t, language, cases.map(([client, message]) => kafkaCode(client, language, message)));
    for (const [index, sent] of all.entries()) {
      const [client, message] = cases[index] ?? assert.fail();
      assert.deepEqual([sent.topic, sent.key, sent.value], [client.topic, message.key, message.value], language);
      assert.equal(sent.settings['bootstrap.servers'], client.bootstrapServers);
    }
  }
});

test('any name and any message arrive as they are, in kcat', () => {
  for (const text of NASTY) {
    const sent = sentByKcat(kafkaCode({ ...PLAIN, topic: text }, 'kcat', { key: text, value: text }));
    assert.deepEqual([sent.topic, sent.key, sent.value], [text, text, text]);
    const delimiter = sent.arguments[sent.arguments.indexOf('-D') + 1] ?? '';
    assert.equal(sent.arguments.includes('-D'), text.includes('\n'));
    if (text.includes('\n')) assert.ok(!text.includes(delimiter));
    const { settings } = sentByKcat(kafkaCode({ ...OAUTH, tokenUrl: text, appKey: text }, 'kcat'));
    assert.deepEqual(Object.keys(settings), Object.keys(OF_OAUTH));
  }
});

test('a program stops where a key is not set', () => {
  const script = `${KCAT}\n${kafkaCode(PLAIN, 'kcat')}printf 'left %s' "$?"`;
  const { stdout, stderr } = spawnSync('bash', ['-s'], { input: script, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  assert.match(stdout, /^left [1-9]/);
  assert.match(stderr, /Set the environment variable NCLOUD_ACCESS_KEY/);
});

/** The classes of kafka-clients that the program uses, as far as it does. */
const JAVA: Readonly<Record<string, string>> = {
  'org/apache/kafka/clients/producer/KafkaProducer.java': `package org.apache.kafka.clients.producer;
public class KafkaProducer<K, V> implements AutoCloseable {
  private final java.util.Properties settings;
  public KafkaProducer(java.util.Properties settings, Object a, Object b) { this.settings = settings; }
  public java.util.concurrent.Future<RecordMetadata> send(ProducerRecord<K, V> record) throws Exception {
    for (Object name : new java.util.TreeSet<Object>(settings.keySet())) print(name + "=" + settings.get(name));
    print("allowed=" + System.getProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls"));
    print(record.topic); print(record.key); print(record.value);
    return java.util.concurrent.CompletableFuture.completedFuture(new RecordMetadata());
  }
  private static void print(Object text) throws Exception {
    System.out.write((text + "\\0").getBytes("UTF-8"));
  }
  @Override public void close() { System.out.flush(); }
}`,
  'org/apache/kafka/clients/producer/ProducerRecord.java': `package org.apache.kafka.clients.producer;
public class ProducerRecord<K, V> {
  final Object topic, key, value;
  public ProducerRecord(String topic, K key, V value) { this.topic = topic; this.key = key; this.value = value; }
}`,
  'org/apache/kafka/clients/producer/RecordMetadata.java': `package org.apache.kafka.clients.producer;
public class RecordMetadata { public int partition() { return 2; } public long offset() { return 7; } }`,
  'org/apache/kafka/common/serialization/StringSerializer.java': `package org.apache.kafka.common.serialization;
public class StringSerializer { }`,
};

test('Java compiles it, and it sends the message as it is', (t) => {
  const missing = ['javac', 'java'].find((tool) => spawnSync(tool, ['-version']).error !== undefined);
  if (missing !== undefined) {
    t.skip(`there is no ${missing} on this machine`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'cloud-streams-java-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [file, text] of Object.entries(JAVA)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const all = NASTY.join('|');
  for (const client of [{ ...PLAIN, topic: all }, { ...OAUTH, appKey: all, tokenUrl: all }]) {
    const program = kafkaCode(client, 'java', { key: all, value: all });
    assert.match(program, /^[\u0020-\u007e\n]*$/);
    writeFileSync(join(folder, 'SendMessage.java'), program);
    run('javac', ['-proc:none', '-d', folder, '-sourcepath', folder, join(folder, 'SendMessage.java')], '');
    const printed = (run('java', ['-cp', folder, 'SendMessage'], '') ?? assert.fail('no java')).split('\0');
    assert.deepEqual(printed.slice(-4), [client.topic, all, all, 'Sent to partition 2, offset 7\n']);
    const jaas = printed.find((line) => line.startsWith('sasl.jaas.config=')) ?? '';
    if (client.mechanism === 'PLAIN') {
      assert.ok(jaas.endsWith('PlainLoginModule required username="access \\"id\\" \\\\" password="CANARY1";'), jaas);
      assert.ok(printed.includes('allowed=null'));
    } else {
      assert.match(jaas, /OAuthBearerLoginModule required clientId="user" clientSecret="CANARY2" scope="appKey:([^"\\]|\\.)*";$/su);
      assert.ok(printed.includes(`allowed=${all}`));
    }
  }
});
