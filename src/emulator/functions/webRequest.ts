import type { EmulatorRequest } from '../http.ts';
import { asJsonObject, isObject, tryParse } from '../json.ts';
import type { JsonObject } from '../json.ts';

/** Query parameters that are the emulator's own, as elsewhere. */
const ownQuery = 'platform';

/**
 * What a web action gets of a request (OpenWhisk, docs/webactions.md): the request itself as `__ow_…`, and unless the action takes raw
 * HTTP the query and a JSON or form body as parameters, the body above the query. `reserved` when a parameter is called `__ow_…`.
 */
export function parametersOfRequest(request: EmulatorRequest, isRaw: boolean): JsonObject | 'malformed' | 'reserved' {
  const { method, segments, target, body } = request;
  const path = segments.slice(4);
  const common = {
    __ow_method: method.toLowerCase(),
    __ow_headers: headersOf(request),
    // The type's own segment ends what belongs to the address.
    __ow_path: path.length === 0 ? '' : `/${path.join('/')}`,
  };
  const mark = target.indexOf('?');
  if (isRaw) return { ...common, __ow_query: mark === -1 ? '' : target.slice(mark + 1), __ow_body: rawBody(request) };
  const query = fieldsOf(new URLSearchParams([...request.query].filter(([name]) => name !== ownQuery)));
  const type = contentType(request);
  const given = body.length === 0 ? {} : bodyFields(type, body.toString('utf8'));
  if (given === 'malformed') return given;
  const parameters = { ...query, ...given };
  if (Object.keys(parameters).some((name) => name.startsWith('__ow_'))) return 'reserved';
  // A body that is neither an object nor a form has no names.
  return given === undefined ? { ...parameters, ...common, __ow_body: rawBody(request) } : { ...parameters, ...common };
}

function bodyFields(type: string, text: string): JsonObject | 'malformed' | undefined {
  if (type === 'application/x-www-form-urlencoded') return fieldsOf(new URLSearchParams(text));
  if (type !== 'application/json') return undefined;
  const value = tryParse(text);
  if (value === undefined) return 'malformed';
  return isObject(value) ? asJsonObject(value) : undefined;
}

function fieldsOf(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(query);
}

/** Text as it is; bytes, and JSON for OpenWhisk's old reasons, as Base64. */
function rawBody(request: EmulatorRequest): string {
  const type = contentType(request);
  const isText = type === '' || type.startsWith('text/') || type === 'application/x-www-form-urlencoded' || type.endsWith('xml');
  return request.body.toString(isText ? 'utf8' : 'base64');
}

function contentType({ headers }: EmulatorRequest): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function headersOf({ headers }: EmulatorRequest): JsonObject {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
