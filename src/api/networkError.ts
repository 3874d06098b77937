import { CloudError, type CloudErrorReason } from '../model/cloudError.ts';
import { member, textOf } from './failure.ts';

/** What is known about a request when it broke. */
export interface Broken {
  readonly origin: string;
  /**
   * `connecting`: nothing has left. `started`: the connection was there, and the request may have left. `unknown`: the transport does not
   * tell, and the error has to.
   */
  readonly stage: 'connecting' | 'started' | 'unknown';
}

/** Node's and undici's error codes; OpenSSL's own are matched by {@link CERTIFICATE}. */
const REASONS: Readonly<Record<string, CloudErrorReason>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_NODATA: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  UND_ERR_SOCKET: 'reset',
  HPE_INVALID_CONSTANT: 'reset',
  UND_ERR_PRX_TLS: 'proxy',
};

const TIMEOUTS = ['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];

/** X.509 verification errors of Node's TLS (`tls`, "X509 certificate error codes") and host name mismatch. */
const CERTIFICATE =
  /^(?:CERT_|CRL_|DEPTH_ZERO_SELF_SIGNED_CERT|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|SELF_SIGNED_CERT|UNABLE_TO_)/;

/** undici has no code of its own for a tunnel that the proxy refused. */
const TUNNEL_REFUSED = /^Proxy response \((\d+)\)/;

/** The editor's `fetch` can be Chromium's, whose errors are words (`net::ERR_NAME_NOT_RESOLVED`). */
const CHROMIUM: readonly (readonly [RegExp, CloudErrorReason])[] = [
  [/net::ERR_NAME_/, 'dns'],
  [/net::ERR_CERT_/, 'certificate'],
  [/net::ERR_(?:PROXY|TUNNEL)_/, 'proxy'],
  [/net::ERR_(?:CONNECTION_REFUSED|ADDRESS_UNREACHABLE|INTERNET_DISCONNECTED)/, 'refused'],
];

/** Reasons for which no connection comes about. */
const BEFORE_CONNECTION: readonly (CloudErrorReason | undefined)[] = ['dns', 'refused', 'certificate', 'proxy'];

/** What a system calls that makes a connection. A read or a write that fails has the same codes (a route, a VPN that went away). */
const CONNECTING = ['connect', 'getaddrinfo'];

/** Chromium says these of a connection that is there, too. */
const CHROMIUM_ANYWHERE = /net::ERR_(?:ADDRESS_UNREACHABLE|INTERNET_DISCONNECTED)/;

/** An error of a transport as a {@link CloudError}, with its finer cause and whether the request may have arrived. */
export function networkError(error: unknown, broken: Broken): CloudError {
  const cause = rootOf(error);
  const message = cause instanceof Error ? cause.message : '';
  const code = textOf(member(cause, 'code'));
  if (code !== undefined && TIMEOUTS.includes(code)) {
    const isBefore = code === 'UND_ERR_CONNECT_TIMEOUT' || isConnecting(cause);
    return new CloudError('timeout', { code, mayHaveArrived: mayHaveLeft(broken, isBefore), cause });
  }
  const tunnelStatus = TUNNEL_REFUSED.exec(message)?.[1];
  const told = tunnelStatus === undefined ? reasonOf(code, message, cause, broken.origin) : 'proxy';
  const isBefore = BEFORE_CONNECTION.includes(told);
  const reason = broken.stage === 'started' && isBefore ? 'reset' : told;
  return new CloudError('network', {
    ...(reason === undefined ? {} : { reason }),
    ...(code === undefined ? {} : { code }),
    ...(tunnelStatus === undefined ? {} : { detail: `HTTP ${tunnelStatus}` }),
    mayHaveArrived: mayHaveLeft(broken, isBefore && isCertain(code, message, cause)),
    cause,
  });
}

/** @param isBefore whether the error says for certain that there was no connection */
function mayHaveLeft({ stage }: Broken, isBefore: boolean): boolean {
  return stage === 'started' || (stage === 'unknown' && !isBefore);
}

/** Whether an error that sounds as if no connection came about can mean nothing else. */
function isCertain(code: string | undefined, message: string, cause: unknown): boolean {
  const isOfSystem = code !== undefined && Object.hasOwn(REASONS, code) && code.startsWith('E');
  return isOfSystem ? isConnecting(cause) : !CHROMIUM_ANYWHERE.test(message);
}

function isConnecting(cause: unknown): boolean {
  return CONNECTING.includes(textOf(member(cause, 'syscall')) ?? '');
}

function reasonOf(
  code: string | undefined,
  message: string,
  cause: unknown,
  origin: string,
): CloudErrorReason | undefined {
  const chromium = CHROMIUM.find(([words]) => words.test(message))?.[1];
  if (code === undefined || chromium !== undefined) return chromium;
  if (CERTIFICATE.test(code)) return 'certificate';
  const reason = REASONS[code];
  return (reason === 'dns' || reason === 'refused') && isElsewhere(cause, origin) ? 'proxy' : reason;
}

/** Whether it was another machine than the one asked for that could not be reached: the proxy in between. */
function isElsewhere(cause: unknown, origin: string): boolean {
  const { hostname, port, protocol } = new URL(origin);
  const triedName = member(cause, 'hostname');
  if (typeof triedName === 'string') return triedName !== hostname;
  const triedPort = member(cause, 'port');
  const askedPort = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  return typeof triedPort === 'number' && triedPort !== askedPort;
}

/** `fetch` wraps what happened, Node's happy eyeballs collects several; the innermost first one says most. */
function rootOf(error: unknown): unknown {
  let root = error;
  for (let depth = 0; depth < 5; depth += 1) {
    const inner: unknown = root instanceof AggregateError ? root.errors[0] : member(root, 'cause');
    const isTold = !(root instanceof AggregateError) && textOf(member(root, 'code')) !== undefined;
    if (!(inner instanceof Error) || (isTold && textOf(member(root, 'code')) !== 'UND_ERR_PRX_TLS')) return root;
    root = inner;
  }
  return root;
}
