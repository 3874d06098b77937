import type { Account } from '../model/account.ts';
import { writeJson } from '../model/json.ts';
import { originOf } from './endpoints.ts';
import { NHN_TOKEN_ORIGIN } from './nhnToken.ts';
import type { Call } from './operation.ts';
import { targetOf } from './path.ts';

/** Neither is ever a line of what it ends: JSON is written on one line, which begins with another character. */
const END_OF_SCRIPT = 'END_OF_SCRIPT';
const END_OF_BODY = 'END_OF_BODY';

/** A request as a script sends it. */
export interface ScriptedRequest {
  readonly method: string;
  readonly origin: string;
  /** Path and query, percent-encoded. */
  readonly target: string;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** One operation as a bash script; see {@link requestScript}. */
export function curlScript({ endpoint, operation }: Call, account: Account): string {
  const { method, path, query, body } = operation;
  return requestScript({ method, origin: endpoint.origin, target: targetOf(path, query), body }, account);
}

/**
 * One request as a bash script of its own: it takes the keys from the environment, signs when it runs and prints the
 * body of the answer. It needs bash, curl 7.76 or newer, openssl and sed; no secret stands in it, nor in the arguments of
 * a command it runs, which every user of the machine could read. All of it is read by a shell of its own: pasted into a
 * terminal, whatever shell that is, it neither changes nor ends it.
 */
export function requestScript({ method, origin, target, body: given }: ScriptedRequest, account: Account): string {
  const where = [`method=${quoted(method)}`, `origin=${quoted(origin)}`, `target=${quoted(target)}`].join('\n');
  const body = given === undefined ? [] : [bodyOf(given)];
  const credentials =
    account.provider === 'naver'
      ? naverCredentials(where)
      : nhnCredentials(where, originOf(account.endpoints?.token, NHN_TOKEN_ORIGIN));
  const send = `} | curl ${OPTIONS} --request "$method"${body.length === 0 ? '' : DATA} --header @- "$origin$target"`;
  const script = ['set -euo pipefail', ...credentials, ...body, `{\n${headersOf(account)}\n${send}`];
  return `#!/usr/bin/env bash\nbash <<'${END_OF_SCRIPT}'\n${script.join('\n\n')}\n${END_OF_SCRIPT}\n`;
}

/** A redirect is not followed, a failure is one of the script's too, and nothing touches the path that was signed. */
const OPTIONS = '--silent --show-error --fail-with-body --max-time 60 --globoff --path-as-is';

/** `printf` is part of bash: what it writes is in no list of processes. */
const DATA = ` --data-binary @<(printf '%s' "$body")`;

function headersOf({ provider }: Account): string {
  const credentials =
    provider === 'naver'
      ? [
          `printf 'x-ncp-apigw-timestamp: %s\\n' "$timestamp"`,
          `printf 'x-ncp-iam-access-key: %s\\n' "$NCLOUD_ACCESS_KEY"`,
          `printf 'x-ncp-apigw-signature-v2: %s\\n' "$signature"`,
        ]
      : [`printf 'x-nhn-authorization: Bearer %s\\n' "$token"`];
  return [...credentials, `printf 'accept: application/json\\ncontent-type: application/json\\n'`]
    .map((line) => `  ${line}`)
    .join('\n');
}

/** Signature v2 (datastream.md §7). */
function naverCredentials(where: string): readonly string[] {
  const keys = [
    required('NCLOUD_ACCESS_KEY', 'the Access Key ID of the account'),
    required('NCLOUD_SECRET_KEY', 'the Secret Key of the account'),
  ];
  return [
    keys.join('\n'),
    where,
    HMAC,
    `# Valid for five minutes.
timestamp="$(date +%s)000"
signature="$(hmac_sha256 "$NCLOUD_SECRET_KEY" "$method $target"$'\\n'"$timestamp"$'\\n'"$NCLOUD_ACCESS_KEY")"`,
  ];
}

/** RFC 2104, Base64. A key of more than 64 bytes is replaced by its hash. */
const HMAC = `# HMAC-SHA256 made of two SHA-256: openssl takes the key of an HMAC as an argument, and arguments are for all to see.
hmac_sha256() {
  local key inner='' outer='' pair i
  key="$(printf '%s' "$1" | od -An -v -tx1 | tr -d ' \\n')"
  if ((\${#key} > 128)); then
    key="$(printf '%s' "$1" | openssl dgst -sha256 -binary | od -An -v -tx1 | tr -d ' \\n')"
  fi
  while ((\${#key} < 128)); do key+='00'; done
  for ((i = 0; i < 128; i += 2)); do
    printf -v pair '\\\\x%02x' "$((16#\${key:i:2} ^ 0x36))"
    inner+="$pair"
    printf -v pair '\\\\x%02x' "$((16#\${key:i:2} ^ 0x5c))"
    outer+="$pair"
  done
  {
    printf '%b' "$outer"
    { printf '%b' "$inner"; printf '%s' "$2"; } | openssl dgst -sha256 -binary
  } | openssl dgst -sha256 -binary | openssl base64 -A
}`;

/** An Opaque token for one request (easyqueue.md §1.2). */
function nhnCredentials(where: string, tokenOrigin: string): readonly string[] {
  const keys = [
    required('NHN_USER_ACCESS_KEY_ID', 'the User Access Key ID of the account'),
    required('NHN_SECRET_ACCESS_KEY', 'the Secret Access Key of the account'),
  ];
  return [
    keys.join('\n'),
    `token_origin=${quoted(tokenOrigin)}\n${where}`,
    `basic="$(printf '%s:%s' "$NHN_USER_ACCESS_KEY_ID" "$NHN_SECRET_ACCESS_KEY" | openssl base64 -A)"
if ! answer="$(printf 'authorization: Basic %s\\n' "$basic" |
  curl ${OPTIONS} --header @- --data 'grant_type=client_credentials' "$token_origin/oauth2/token/create")"; then
  printf 'No access token was given: %s\\n' "$answer" >&2
  exit 1
fi
token="$(printf '%s' "$answer" | sed -n -e 's,\\\\/,/,g' -e 's/.*"access_token"[[:space:]]*:[[:space:]]*"\\([^"]*\\)".*/\\1/p')"
if [[ -z "$token" ]]; then
  printf 'The answer holds no access token.\\n' >&2
  exit 1
fi`,
  ];
}

function required(variable: string, what: string): string {
  return `: "\${${variable}:?Set the environment variable ${variable} to ${what}.}"`;
}

/** The quoted delimiter keeps bash from reading anything into the text. */
function bodyOf(body: unknown): string {
  return `IFS= read -r -d '' body <<'${END_OF_BODY}' || true\n${writeJson(body)}\n${END_OF_BODY}\nbody="\${body%$'\\n'}"`;
}

/** One word of a command line, whatever it holds. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
