import type { KafkaClient } from './kafkaClient.ts';
import {
  aboutKeys, JAVA_ALLOWED_URLS, jaasText, javaCredentials, type JavaLogin, librdkafkaSettings, linesOf, literal, oneLineValue, type Secret, type Setting,
  unicodeEscape,
} from './kafkaProperties.ts';

/** What settings are written for: Java's `.properties`, librdkafka's own file, and programs in two languages. */
export type KafkaLanguage = 'java' | 'librdkafka' | 'python' | 'node';

/**
 * Settings with which a Kafka client reaches a topic (datastream.md §8.2, easyqueue.md §2.2), ready to be pasted. Secrets
 * are placeholders: environment variables where the language reads them, `${…}` elsewhere.
 */
export function kafkaSettings(client: KafkaClient, language: KafkaLanguage): string {
  switch (language) {
    case 'java':
      return java(client);
    case 'librdkafka':
      return librdkafka(client);
    case 'python':
      return python(client);
    case 'node':
      return node(client);
  }
}

/** EasyQueue takes only groups that begin with the app key (easyqueue.md §2.3). */
function groupOf(client: KafkaClient): string {
  return client.mechanism === 'PLAIN' ? 'my-group' : `${client.appKey}.my-group`;
}

function java(client: KafkaClient): string {
  const credentials = javaCredentials(client).map(([key, value]) => [key, typeof value === 'string' ? value : jaas(value)] as const);
  const kafka4 =
    client.mechanism === 'PLAIN'
      ? []
      : [
          '# From Kafka 4 on, Java has to be told that it may fetch tokens there:',
          `#   java -D${JAVA_ALLOWED_URLS}=${propertyText(client.tokenUrl)}`,
        ];
  return linesOf([
    `# Topic: ${propertyText(client.topic)}`,
    ...kafka4,
    `bootstrap.servers=${propertyText(client.bootstrapServers)}`,
    'security.protocol=SASL_SSL',
    `sasl.mechanism=${client.mechanism}`,
    `# ${aboutKeys(client)}`,
    ...credentials.map(([key, value]) => `${key}=${propertyText(value)}`),
    '# Consumers only:',
    `group.id=${propertyText(groupOf(client))}`,
  ]);
}

function librdkafka(client: KafkaClient): string {
  const setting = ([key, value]: Setting): string => `${key}=${typeof value === 'string' ? oneLineValue(value) : placeholder(value)}`;
  return linesOf([
    `# Topic: ${oneLineValue(client.topic)}`,
    `# ${aboutKeys(client)}`,
    ...librdkafkaSettings(client).map(setting),
    '# Consumers only:',
    setting(['group.id', groupOf(client)]),
  ]);
}

function python(client: KafkaClient): string {
  const setting = ([key, value]: Setting): string =>
    `    ${literal(key)}: ${typeof value === 'string' ? literal(value) : `os.environ[${literal(value.variable)}]`},`;
  return linesOf([
    '# pip install confluent-kafka',
    'import os',
    '',
    'from confluent_kafka import Consumer, Producer',
    '',
    `topic = ${literal(client.topic)}`,
    `# ${aboutKeys(client)}`,
    'settings = {',
    ...librdkafkaSettings(client).map(setting),
    '}',
    '',
    'producer = Producer(settings)',
    `consumer = Consumer({**settings, "group.id": ${literal(groupOf(client))}})`,
    'consumer.subscribe([topic])',
  ]);
}

function node(client: KafkaClient): string {
  const setting = ([key, value]: Setting): string =>
    `  ${literal(key)}: ${typeof value === 'string' ? literal(value) : `process.env.${value.variable}`},`;
  return linesOf([
    '// npm install @confluentinc/kafka-javascript',
    'const { Kafka } = require("@confluentinc/kafka-javascript").KafkaJS;',
    '',
    `const topic = ${literal(client.topic)};`,
    `// ${aboutKeys(client)}`,
    'const settings = {',
    ...librdkafkaSettings(client).map(setting),
    '};',
    '',
    'const producer = new Kafka().producer(settings);',
    `const consumer = new Kafka().consumer({ ...settings, "group.id": ${literal(groupOf(client))} });`,
  ]);
}

function jaas({ module, options }: JavaLogin): string {
  const written = options.map(([name, value]) => `${name}="${jaasText(typeof value === 'string' ? value : placeholder(value))}"`);
  return `org.apache.kafka.common.security.${module} required ${written.join(' ')};`;
}

function placeholder({ variable }: Secret): string {
  return `\${${variable}}`;
}

/** A value in Java's `.properties`, which is read as Latin-1. */
function propertyText(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replace(/[^\u0020-\u007e]/g, unicodeEscape)
    .replace(/^ /, '\\ ');
}
