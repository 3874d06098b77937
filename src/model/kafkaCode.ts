import type { KafkaClient } from './kafkaClient.ts';
import {
  aboutKeys, JAVA_ALLOWED_URLS, jaasText, javaCredentials, type JavaLogin, librdkafkaSettings, linesOf, literal, oneLineValue, type Secret, secretsOf,
  type Setting, unicodeEscape,
} from './kafkaProperties.ts';

/** What code is written in: programs in three languages, and the command line of librdkafka, kcat. */
export type KafkaCodeLanguage = 'java' | 'python' | 'node' | 'kcat';

/** The message that is sent by the code. */
interface KafkaMessage {
  readonly key: string;
  readonly value: string;
}

const SAMPLE: KafkaMessage = { key: 'key-1', value: '{"hello": "world"}' };

/**
 * A whole program that puts one message on a topic and says where it is (datastream.md §8.2, easyqueue.md §2.2), ready to be run. It
 * takes the keys from the environment, and stops where they are not set. Names and the message may hold anything.
 */
export function kafkaCode(client: KafkaClient, language: KafkaCodeLanguage, message: KafkaMessage = SAMPLE): string {
  const { key, value } = message;
  // Half of a surrogate pair has no bytes: no client could send it.
  const whole = { key: key.toWellFormed(), value: value.toWellFormed() };
  switch (language) {
    case 'java':
      return java(client, whole);
    case 'python':
      return python(client, whole);
    case 'node':
      return node(client, whole);
    case 'kcat':
      return kcat(client, whole);
  }
}

function java(client: KafkaClient, { key, value }: KafkaMessage): string {
  const put = (name: string, expression: string): string => `    settings.put(${javaLiteral(name)}, ${expression});`;
  const allowed = client.mechanism === 'PLAIN'
    ? []
    : [
        '    // From Kafka 4 on, Java has to be told that it may fetch tokens there.',
        `    System.setProperty(${javaLiteral(JAVA_ALLOWED_URLS)}, ${javaLiteral(client.tokenUrl)});`,
      ];
  return linesOf([
    '// SendMessage.java, with org.apache.kafka:kafka-clients on the class path',
    'import java.util.Properties;',
    '',
    'import org.apache.kafka.clients.producer.KafkaProducer;',
    'import org.apache.kafka.clients.producer.ProducerRecord;',
    'import org.apache.kafka.clients.producer.RecordMetadata;',
    'import org.apache.kafka.common.serialization.StringSerializer;',
    '',
    'public final class SendMessage {',
    '  public static void main(String[] args) throws Exception {',
    ...allowed,
    '    Properties settings = new Properties();',
    put('bootstrap.servers', javaLiteral(client.bootstrapServers)),
    put('security.protocol', javaLiteral('SASL_SSL')),
    put('sasl.mechanism', javaLiteral(client.mechanism)),
    `    // ${aboutKeys(client)}`,
    ...javaCredentials(client).map(([name, setting]) => put(name, typeof setting === 'string' ? javaLiteral(setting) : javaLogin(setting))),
    '',
    `    String topic = ${javaLiteral(client.topic)};`,
    `    String key = ${javaLiteral(key)};`,
    `    String value = ${javaLiteral(value)};`,
    '    try (var producer = new KafkaProducer<String, String>(settings, new StringSerializer(), new StringSerializer())) {',
    '      RecordMetadata sent = producer.send(new ProducerRecord<>(topic, key, value)).get();',
    '      System.out.println("Sent to partition " + sent.partition() + ", offset " + sent.offset());',
    '    }',
    '  }',
    '',
    '  /** A variable of the environment, for a quoted value of JAAS. */',
    '  private static String env(String name) {',
    '    String value = System.getenv(name);',
    '    if (value == null || value.isEmpty()) throw new IllegalStateException("Set the environment variable " + name);',
    String.raw`    return value.replace("\\", "\\\\").replace("\"", "\\\"");`,
    '  }',
    '}',
  ]);
}

function javaLogin({ module, options }: JavaLogin): string {
  const written = options.map(([name, value]) =>
    typeof value === 'string'
      ? javaLiteral(` ${name}="${jaasText(value)}"`)
      : `${javaLiteral(` ${name}="`)} + env(${javaLiteral(value.variable)}) + ${javaLiteral('"')}`);
  return [javaLiteral(`org.apache.kafka.common.security.${module} required`), ...written, javaLiteral(';')].join('\n        + ');
}

/** Escaped to ASCII: older compilers read a file in the encoding of the machine. */
function javaLiteral(text: string): string {
  return JSON.stringify(text).replace(/[^\u0020-\u007e]/g, unicodeEscape);
}

function python(client: KafkaClient, { key, value }: KafkaMessage): string {
  const setting = ([name, given]: Setting): string =>
    `    ${literal(name)}: ${typeof given === 'string' ? literal(given) : `os.environ[${literal(given.variable)}]`},`;
  return linesOf([
    '# pip install confluent-kafka',
    'import os',
    '',
    'from confluent_kafka import KafkaException, Producer',
    '',
    `topic = ${literal(client.topic)}`,
    `key = ${literal(key)}`,
    `value = ${literal(value)}`,
    `# ${aboutKeys(client)}`,
    'settings = {',
    ...librdkafkaSettings(client).map(setting),
    '}',
    '',
    '',
    'def told(error, message):',
    '    if error is not None:',
    '        raise KafkaException(error)',
    '    print(f"Sent to partition {message.partition()}, offset {message.offset()}")',
    '',
    '',
    'producer = Producer(settings)',
    'producer.produce(topic, key=key.encode(), value=value.encode(), on_delivery=told)',
    'if producer.flush(60) > 0:',
    '    raise SystemExit("No answer came within a minute: the message may or may not be on the topic.")',
  ]);
}

function node(client: KafkaClient, { key, value }: KafkaMessage): string {
  const setting = ([name, given]: Setting): string => `  ${literal(name)}: ${typeof given === 'string' ? literal(given) : `env(${literal(given.variable)})`},`;
  return linesOf([
    '// npm install @confluentinc/kafka-javascript',
    'const { Kafka } = require("@confluentinc/kafka-javascript").KafkaJS;',
    '',
    'function env(name) {',
    '  const value = process.env[name];',
    '  if (!value) throw new Error(`Set the environment variable ${name}`);',
    '  return value;',
    '}',
    '',
    `const topic = ${literal(client.topic)};`,
    `const key = ${literal(key)};`,
    `const value = ${literal(value)};`,
    `// ${aboutKeys(client)}`,
    'const settings = {',
    ...librdkafkaSettings(client).map(setting),
    '};',
    '',
    'async function main() {',
    '  const producer = new Kafka().producer(settings);',
    '  await producer.connect();',
    '  try {',
    '    const [sent] = await producer.send({ topic, messages: [{ key, value }] });',
    '    console.log(`Sent to partition ${sent.partition}, offset ${sent.baseOffset}`);',
    '  } finally {',
    '    await producer.disconnect();',
    '  }',
    '}',
    '',
    'main().catch((error) => {',
    '  console.error(error);',
    '  process.exitCode = 1;',
    '});',
  ]);
}

/** In a shell of its own, so that what is pasted into a terminal does not end that. Keys are in no argument, which all could read. */
function kcat(client: KafkaClient, { key, value }: KafkaMessage): string {
  const { id, secret } = secretsOf(client);
  const required = ({ variable }: Secret): string => `: "\${${variable}:?Set the environment variable ${variable}.}"`;
  const setting = ([name, given]: Setting): string =>
    `  printf '%s\\n' ${typeof given === 'string' ? shellWord(`${name}=${oneLineValue(given)}`) : `"${name}=$${given.variable}"`}`;
  const delimiter = value.includes('\n') ? ` -D ${shellWord(delimiterFor(value))}` : '';
  const needs = client.mechanism === 'PLAIN' ? [] : ['# kcat has to be built with a librdkafka of 1.9 or newer that has curl.'];
  return linesOf([
    '#!/usr/bin/env bash',
    ...needs,
    '(',
    'set -euo pipefail',
    `# ${aboutKeys(client)}`,
    required(id),
    required(secret),
    'settings() {',
    ...librdkafkaSettings(client).map(setting),
    '}',
    `printf '%s' ${shellWord(value)} |`,
    `  kcat -P -b ${shellWord(client.bootstrapServers)} -F <(settings) -t ${shellWord(client.topic)} -k ${shellWord(key)}${delimiter}`,
    ')',
  ]);
}

/** kcat ends a message at each line break unless told of another end: one that is nowhere in the message. */
function delimiterFor(value: string): string {
  let delimiter = 'END_OF_MESSAGE';
  while (value.includes(delimiter)) delimiter += '_';
  return delimiter;
}

/** One word of a command line, whatever it holds; there is no byte 0 in any. */
function shellWord(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`;
}
