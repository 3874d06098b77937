import type { KafkaClient } from './kafkaClient.ts';

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

/** The name of the variable a secret is in. */
interface Secret {
  readonly variable: string;
}

type Setting = readonly [key: string, value: string | Secret];

const SUB_ACCOUNT = 'Keys of a sub account: those of a main account can neither send nor receive.';
const JWT_KEY = 'A User Access Key of the token type JWT: the one of the REST API is another, of the type Opaque.';

function about({ mechanism }: KafkaClient): string {
  return mechanism === 'PLAIN' ? SUB_ACCOUNT : JWT_KEY;
}

function secretsOf({ mechanism }: KafkaClient): { readonly id: Secret; readonly secret: Secret } {
  return mechanism === 'PLAIN'
    ? { id: { variable: 'NCLOUD_ACCESS_KEY' }, secret: { variable: 'NCLOUD_SECRET_KEY' } }
    : { id: { variable: 'NHN_JWT_USER_ACCESS_KEY_ID' }, secret: { variable: 'NHN_JWT_SECRET_ACCESS_KEY' } };
}

/** EasyQueue takes only groups that begin with the app key (easyqueue.md §2.3). */
function groupOf(client: KafkaClient): string {
  return client.mechanism === 'PLAIN' ? 'my-group' : `${client.appKey}.my-group`;
}

/** In librdkafka's words, which its bindings share. */
function settingsOf(client: KafkaClient): readonly Setting[] {
  const { id, secret } = secretsOf(client);
  const first: readonly Setting[] = [
    ['bootstrap.servers', client.bootstrapServers],
    ['security.protocol', 'SASL_SSL'],
    ['sasl.mechanisms', client.mechanism],
  ];
  if (client.mechanism === 'PLAIN') return [...first, ['sasl.username', id], ['sasl.password', secret]];
  return [
    ...first,
    ['sasl.oauthbearer.method', 'oidc'],
    ['sasl.oauthbearer.token.endpoint.url', client.tokenUrl],
    ['sasl.oauthbearer.client.id', id],
    ['sasl.oauthbearer.client.secret', secret],
    ['sasl.oauthbearer.scope', `appKey:${client.appKey}`],
  ];
}

function java(client: KafkaClient): string {
  const { id, secret } = secretsOf(client);
  const login = (module: string, options: Readonly<Record<string, string>>): string =>
    `org.apache.kafka.common.security.${module} required ${Object.entries(options)
      .map(([name, value]) => `${name}="${jaasText(value)}"`)
      .join(' ')};`;
  const credentials: readonly (readonly [string, string])[] =
    client.mechanism === 'PLAIN'
      ? [['sasl.jaas.config', login('plain.PlainLoginModule', { username: placeholder(id), password: placeholder(secret) })]]
      : [
          ['sasl.oauthbearer.token.endpoint.url', client.tokenUrl],
          ['sasl.login.callback.handler.class', 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler'],
          [
            'sasl.jaas.config',
            login('oauthbearer.OAuthBearerLoginModule', {
              clientId: placeholder(id),
              clientSecret: placeholder(secret),
              scope: `appKey:${client.appKey}`,
            }),
          ],
        ];
  const kafka4 =
    client.mechanism === 'PLAIN'
      ? []
      : [
          '# From Kafka 4 on, Java has to be told that it may fetch tokens there:',
          `#   java -Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${propertyText(client.tokenUrl)}`,
        ];
  return lines([
    `# Topic: ${propertyText(client.topic)}`,
    ...kafka4,
    `bootstrap.servers=${propertyText(client.bootstrapServers)}`,
    'security.protocol=SASL_SSL',
    `sasl.mechanism=${client.mechanism}`,
    `# ${about(client)}`,
    ...credentials.map(([key, value]) => `${key}=${propertyText(value)}`),
    '# Consumers only:',
    `group.id=${propertyText(groupOf(client))}`,
  ]);
}

function librdkafka(client: KafkaClient): string {
  const setting = ([key, value]: Setting): string => `${key}=${typeof value === 'string' ? oneLine(value) : placeholder(value)}`;
  return lines([
    `# Topic: ${oneLine(client.topic)}`,
    `# ${about(client)}`,
    ...settingsOf(client).map(setting),
    '# Consumers only:',
    setting(['group.id', groupOf(client)]),
  ]);
}

function python(client: KafkaClient): string {
  const setting = ([key, value]: Setting): string =>
    `    ${literal(key)}: ${typeof value === 'string' ? literal(value) : `os.environ[${literal(value.variable)}]`},`;
  return lines([
    '# pip install confluent-kafka',
    'import os',
    '',
    'from confluent_kafka import Consumer, Producer',
    '',
    `topic = ${literal(client.topic)}`,
    `# ${about(client)}`,
    'settings = {',
    ...settingsOf(client).map(setting),
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
  return lines([
    '// npm install @confluentinc/kafka-javascript',
    'const { Kafka } = require("@confluentinc/kafka-javascript").KafkaJS;',
    '',
    `const topic = ${literal(client.topic)};`,
    `// ${about(client)}`,
    'const settings = {',
    ...settingsOf(client).map(setting),
    '};',
    '',
    'const producer = new Kafka().producer(settings);',
    `const consumer = new Kafka().consumer({ ...settings, "group.id": ${literal(groupOf(client))} });`,
  ]);
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

function placeholder({ variable }: Secret): string {
  return `\${${variable}}`;
}

/** A string of Python and JavaScript alike: JSON's escapes mean the same in both. */
function literal(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, unicodeEscape);
}

/** A value in Java's `.properties`, which is read as Latin-1. */
function propertyText(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replace(/[^\u0020-\u007e]/g, unicodeEscape)
    .replace(/^ /, '\\ ');
}

/** The inside of a quoted value of JAAS, which knows octal escapes where Java knows others. */
function jaasText(text: string): string {
  return text
    .replace(/["\\]/g, (character) => `\\${character}`)
    .replace(/\p{Cc}/gu, (control) => `\\${control.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

/** librdkafka's file has no escapes: what would end the line becomes a space. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
