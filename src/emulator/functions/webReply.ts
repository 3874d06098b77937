import { jsonReply } from '../http.ts';
import type { Reply } from '../http.ts';
import { isObject, toJson } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Activation } from './model.ts';

/** What the last part of the address asks for (cloudfunctions.md §9.1). */
const webTypes = ['http', 'json', 'html', 'svg', 'text'] as const;
type WebType = (typeof webTypes)[number];

/** Whether a part of an address is one of `http`, `json`, `html`, `svg`, `text`. */
export function isWebType(text: string): text is WebType {
  return webTypes.some((type) => type === text);
}

/** What a web action without custom-options lets web pages of other origins do (OpenWhisk, docs/webactions.md). */
export const crossOrigin: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'OPTIONS, GET, DELETE, POST, PUT, HEAD, PATCH',
  'Access-Control-Allow-Headers': 'Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent',
};

/** An answer of the runtime's own, in OpenWhisk's shape. */
export function webProblem(status: number, error: string): Reply {
  return jsonReply(status, { error });
}

/** The answer a run makes: `undefined` when it takes longer than anybody waits. */
export function replyOf(activation: Activation | undefined, type: WebType, headers: Readonly<Record<string, string>>): Reply {
  const reply = activation === undefined ? webProblem(202, 'Response not yet ready.') : projected(activation, type);
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

function projected({ status, result }: Activation, type: WebType): Reply {
  if (status === 'success') return type === 'http' ? httpReply(result) : fieldReply(result, type);
  const { error } = result;
  // An application's error may be a whole answer.
  if (status === 'application error' && isObject(error) && type === 'http' && isHttp(error)) return httpReply(error);
  if (status === 'application error') return jsonReply(400, { error: error ?? null });
  return webProblem(400, 'There was an error processing your request.');
}

const contentTypes = { html: 'text/html; charset=utf-8', svg: 'image/svg+xml', text: 'text/plain; charset=utf-8' } as const;

function fieldReply(result: JsonObject, type: Exclude<WebType, 'http'>): Reply {
  if (type === 'json') return jsonReply(200, result);
  // A whole answer of which only the body is asked for, or the field of that name.
  const value = result[type] ?? result['body'];
  if (value === undefined) return webProblem(404, 'Response does not include requested property.');
  const body = typeof value === 'string' ? value : toJson(value);
  return { status: 200, body, headers: { 'Content-Type': contentTypes[type] } };
}

function isHttp(value: Readonly<Record<string, unknown>>): boolean {
  return ['statusCode', 'headers', 'body'].some((name) => value[name] !== undefined);
}

/** `{statusCode, headers, body}`: a body that is no text is JSON, and bytes come as Base64. */
function httpReply({ statusCode, headers = {}, body }: JsonObject): Reply {
  const given = statusCode ?? (isEmpty(body) ? 204 : 200);
  const status = Number(given);
  const names = isObject(headers) ? fieldsOf(headers) : undefined;
  if (!Number.isInteger(status) || status < 200 || status > 599 || names === undefined) {
    return webProblem(400, 'The action did not return a valid HTTP response.');
  }
  const type = Object.entries(names).find(([name]) => name.toLowerCase() === 'content-type')?.[1]?.toString();
  if (isEmpty(body)) return { status, body: '', headers: names };
  if (typeof body !== 'string') {
    return { status, body: toJson(body), headers: type === undefined ? { ...names, 'Content-Type': 'application/json' } : names };
  }
  if (type === undefined) return { status, body, headers: { ...names, 'Content-Type': 'text/html; charset=utf-8' } };
  return { status, body: isBytes(type) ? Buffer.from(body, 'base64') : body, headers: names };
}

function isEmpty(body: Json | undefined): body is undefined | null | '' {
  return body === undefined || body === null || body === '';
}

function isBytes(type: string): boolean {
  return /^(image\/(?!svg)|audio\/|video\/|font\/|application\/(octet-stream|pdf|zip|gzip))/i.test(type);
}

const serversOwn =
  /^(content-length|transfer-encoding|connection|keep-alive|proxy-(authenticate|authorization|connection)|te|trailer|upgrade|date)$/i;

/** Headers that can be sent, several of a name as a list; `undefined` when one cannot. */
function fieldsOf(headers: JsonObject): Record<string, string | string[]> | undefined {
  const fields: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    const texts = (Array.isArray(value) ? value : [value]).map((item: Json | undefined) => typeof item === 'string' ? item : toJson(item ?? null));
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || texts.some((text) => /[^\t\x20-\x7e\x80-\xff]/.test(text))) return undefined;
    // Length, transfer and whatever else is between two ends of a connection are the server's own.
    if (!serversOwn.test(name)) fields[name] = texts.length === 1 ? texts.join() : texts;
  }
  return fields;
}
