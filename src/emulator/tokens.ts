import { emptyReply, jsonReply } from './http.ts';
import type { EmulatorRequest, Reply, Route, Service } from './http.ts';
import { sameText } from './gateway.ts';
import { alphanumeric } from './random.ts';
import type { Random } from './random.ts';

/** The Opaque tokens that are valid now (easyqueue.md §1.2, §1.3). */
export interface Tokens {
  /** Makes a token. */
  issue(): string;
  isValid(token: string): boolean;
  revoke(token: string): void;
  /** Ends every token at once, as expiry or "stop the key" would. */
  revokeAll(): void;
  /** Number of tokens that are valid now. */
  count(): number;
}

/** A store of tokens that live `lifeMs` each. */
export function createTokens(random: Random, now: () => number, lifeMs: number): Tokens {
  const expiry = new Map<string, number>();
  function prune(): void {
    // Tokens are kept in order of issue and live equally long: the expired ones come first.
    for (const [token, end] of expiry) {
      if (end > now()) break;
      expiry.delete(token);
    }
  }
  return {
    issue() {
      prune();
      const token = random.text(128, alphanumeric);
      expiry.set(token, now() + lifeMs);
      return token;
    },
    isValid: (token) => (expiry.get(token) ?? Number.NEGATIVE_INFINITY) > now(),
    revoke: (token) => {
      expiry.delete(token);
    },
    revokeAll: () => {
      expiry.clear();
    },
    count: () => {
      prune();
      return expiry.size;
    },
  };
}

/** A User Access Key of the NHN account, of the Opaque kind. */
export interface UserAccessKey {
  readonly userAccessKeyId: string;
  readonly secretAccessKey: string;
}

/** The token endpoint: issue and revoke; errors as RFC 6749 §5.2 (easyqueue.md §1.4). */
export function tokenService(key: UserAccessKey, tokens: Tokens, lifeMs: number): Service {
  function create(request: EmulatorRequest): Reply {
    const form = readForm(request);
    if (form === undefined)
      return oauthError(400, 'invalid_request', 'The body must be form-urlencoded, no name twice.');
    const grant = form.get('grant_type');
    if (grant === null) return oauthError(400, 'invalid_request', 'grant_type is missing.');
    if (grant !== 'client_credentials') return oauthError(400, 'unsupported_grant_type', 'Use client_credentials.');
    // The scope belongs to JWT keys only (easyqueue.md §1.2); this key is Opaque.
    if (form.has('scope')) return oauthError(400, 'invalid_scope', 'An Opaque token has no scope.');
    const answer = { access_token: tokens.issue(), token_type: 'Bearer', expires_in: Math.floor(lifeMs / 1000) };
    return jsonReply(200, answer, { 'Cache-Control': 'no-store', Pragma: 'no-cache' });
  }
  function revoke(request: EmulatorRequest): Reply {
    const token = readForm(request)?.get('token') ?? '';
    if (token === '') return oauthError(400, 'invalid_request', 'token is missing.');
    // Revoking what is not valid any more succeeds (RFC 7009 §2.2).
    tokens.revoke(token);
    return emptyReply(200);
  }
  const routes: readonly Route[] = [
    { method: 'POST', path: '/oauth2/token/create', operation: 'createToken', kind: 'read', handle: create },
    { method: 'POST', path: '/oauth2/token/revoke', operation: 'revokeToken', kind: 'read', handle: revoke },
  ];
  return {
    name: 'token',
    bodyLimit: 65_536,
    routes,
    authorize: (request) => (isClient(request, key) ? undefined : unknownClient()),
    noRoute: () => oauthError(404, 'invalid_request', 'No such address.'),
    tooLarge: () => oauthError(413, 'invalid_request', 'The body is too large.'),
    failed: () => oauthError(500, 'server_error', 'Unexpected error.'),
  };
}

function isClient(request: EmulatorRequest, key: UserAccessKey): boolean {
  const match = /^basic +([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? '');
  if (match === null) return false;
  const given = Buffer.from(match[1] ?? '', 'base64').toString('utf8');
  return sameText(`${key.userAccessKeyId}:${key.secretAccessKey}`, given);
}

function unknownClient(): Reply {
  const reply = oauthError(401, 'invalid_client', 'Client authentication failed.');
  return { ...reply, headers: { ...reply.headers, 'WWW-Authenticate': 'Basic realm="oauth2"' } };
}

/** The form of a request, or `undefined` when it is not one or names a parameter twice (RFC 6749 §3.2). */
function readForm(request: EmulatorRequest): URLSearchParams | undefined {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return undefined;
  const form = new URLSearchParams(request.body.toString('utf8'));
  const names = [...form.keys()];
  return new Set(names).size === names.length ? form : undefined;
}

function oauthError(status: number, error: string, description: string): Reply {
  return jsonReply(status, { error, error_description: description }, { 'Cache-Control': 'no-store' });
}
