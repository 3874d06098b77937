import type { KafkaClient } from './kafkaClient.ts';

/** The name of the variable a secret is in. */
export interface Secret {
  readonly variable: string;
}

/** One property of a client. */
export type Setting = readonly [key: string, value: string | Secret];

/** Java's way to log in: `sasl.jaas.config`, whose parts are quoted by whoever writes it. */
export interface JavaLogin {
  readonly module: string;
  readonly options: readonly Setting[];
}

/** Since Kafka 4, Java fetches tokens only where this system property lets it. */
export const JAVA_ALLOWED_URLS = 'org.apache.kafka.sasl.oauthbearer.allowed.urls';

const SUB_ACCOUNT = 'Keys of a sub account: those of a main account can neither send nor receive.';
const JWT_KEY = 'A User Access Key of the token type JWT: the one of the REST API is another, of the type Opaque.';

/** Which keys are meant, for a comment. */
export function aboutKeys({ mechanism }: KafkaClient): string {
  return mechanism === 'PLAIN' ? SUB_ACCOUNT : JWT_KEY;
}

/** The variables the keys are in (datastream.md §8.2, easyqueue.md §2.2). */
export function secretsOf({ mechanism }: KafkaClient): { readonly id: Secret; readonly secret: Secret } {
  return mechanism === 'PLAIN'
    ? { id: { variable: 'NCLOUD_ACCESS_KEY' }, secret: { variable: 'NCLOUD_SECRET_KEY' } }
    : { id: { variable: 'NHN_JWT_USER_ACCESS_KEY_ID' }, secret: { variable: 'NHN_JWT_SECRET_ACCESS_KEY' } };
}

/** In librdkafka's words, which its bindings share. */
export function librdkafkaSettings(client: KafkaClient): readonly Setting[] {
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

/** How Java's client gets in, beside `bootstrap.servers`, `security.protocol` and `sasl.mechanism`. */
export function javaCredentials(client: KafkaClient): readonly (readonly [key: string, value: string | JavaLogin])[] {
  const { id, secret } = secretsOf(client);
  if (client.mechanism === 'PLAIN') {
    return [['sasl.jaas.config', { module: 'plain.PlainLoginModule', options: [['username', id], ['password', secret]] }]];
  }
  return [
    ['sasl.oauthbearer.token.endpoint.url', client.tokenUrl],
    ['sasl.login.callback.handler.class', 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler'],
    ['sasl.jaas.config', {
      module: 'oauthbearer.OAuthBearerLoginModule',
      options: [['clientId', id], ['clientSecret', secret], ['scope', `appKey:${client.appKey}`]],
    }],
  ];
}

/** Lines of a file. */
export function linesOf(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

/** A string of Python and JavaScript alike: JSON's escapes mean the same in both. */
export function literal(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, unicodeEscape);
}

/** The inside of a quoted value of JAAS, which knows octal escapes where Java knows others. */
export function jaasText(text: string): string {
  return text
    .replace(/["\\]/g, (character) => `\\${character}`)
    .replace(/\p{Cc}/gu, (control) => `\\${control.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

/** A value of librdkafka's file, which has no escapes: what would end the line becomes a space. */
export function oneLineValue(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** One UTF-16 code unit as Java, JavaScript and Python escape it. */
export function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
