import { CloudError } from '../model/cloudError.ts';
import { LOOPBACK_HOSTS } from '../model/loopback.ts';

/** The editor's `http.*` settings that concern an extension's own requests. */
export interface HttpSettings {
  readonly proxy: string;
  readonly noProxy: readonly string[];
  readonly proxyAuthorization: string | undefined;
  /** `off`, `on`, `override`, `fallback`. */
  readonly proxySupport: string;
  readonly useSystemCertificates: boolean;
}

/** Which proxy to use for what; an empty text means a direct connection. */
export interface ProxyPlan {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  /** Comma-separated hosts, as in the variable `NO_PROXY`. */
  readonly noProxy: string;
  /** Value of the `Proxy-Authorization` header. */
  readonly authorization: string | undefined;
}

/** This machine is never asked for through a proxy, whatever the settings say: the emulator lives there. */
const DIRECT: ProxyPlan = { httpProxy: '', httpsProxy: '', noProxy: LOOPBACK_HOSTS.join(','), authorization: undefined };

/**
 * Decides as the editor does for its own requests: the setting goes before the environment, both lists of exceptions count, and
 * `http.proxySupport: off` means a direct connection.
 * @throws CloudError network/proxy where the address is no proxy address; it does not repeat the address, which may hold a password
 */
export function planProxy(settings: HttpSettings, env: Readonly<Record<string, string | undefined>>): ProxyPlan {
  if (settings.proxySupport === 'off') return DIRECT;
  const fromEnv = (name: string): string => (env[name.toLowerCase()] ?? env[name.toUpperCase()] ?? '').trim();
  const exceptions = [...settings.noProxy, ...fromEnv('no_proxy').split(/[,\s]+/)].map((host) => host.trim()).filter((host) => host !== '');
  if (exceptions.includes('*')) return DIRECT;
  const setting = settings.proxy.trim();
  const httpProxy = proxyAddress(setting === '' ? fromEnv('http_proxy') : setting);
  const httpsProxy = setting === '' ? proxyAddress(fromEnv('https_proxy')) : httpProxy;
  return {
    httpProxy,
    httpsProxy: httpsProxy === '' ? httpProxy : httpsProxy,
    noProxy: [...LOOPBACK_HOSTS, ...exceptions].join(','),
    authorization: settings.proxyAuthorization === '' ? undefined : settings.proxyAuthorization,
  };
}

/** Everything secret in a plan: the header, and the user and password of an address. For the redactor. */
export function proxySecrets(plan: ProxyPlan): readonly string[] {
  const passwords = [plan.httpProxy, plan.httpsProxy].flatMap((address) => {
    if (address === '') return [];
    const { password } = new URL(address);
    return [password, decoded(password)];
  });
  const header = plan.authorization ?? '';
  return [header, header.replace(/^\S+\s+/, ''), ...passwords].filter((secret) => secret !== '');
}

function proxyAddress(text: string): string {
  if (text === '') return '';
  // The environment often holds a bare host:port.
  const address = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:', 'socks5:', 'socks:'].includes(url.protocol) || url.hostname === '') {
    throw new CloudError('network', { reason: 'proxy', mayHaveArrived: false });
  }
  return url.href;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
