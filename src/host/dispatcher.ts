import * as tls from 'node:tls';

import type { Dispatcher, EnvHttpProxyAgent } from 'undici';

import { CloudError } from '../model/cloudError.ts';
import { planProxy, proxySecrets } from './proxyPlan.ts';
import type { HttpSettings } from './proxyPlan.ts';

/** What the dispatcher is made from; asked each time one is built. */
export interface DispatcherSources {
  readonly settings: () => HttpSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Gets the proxy's credentials, so that no log shows them. */
  readonly onSecret: (...secrets: readonly string[]) => void;
}

/** The part of undici a dispatcher is built with. */
interface Undici {
  readonly EnvHttpProxyAgent: typeof EnvHttpProxyAgent;
}

/**
 * How to build undici's dispatcher: undici knows neither the editor's proxy settings nor the certificates of the operating system.
 * Building it is left to the first request.
 * @throws CloudError network/proxy, when built, where a proxy's address is none
 */
export function dispatcherFactory({ settings, env, onSecret }: DispatcherSources): (undici: Undici) => Dispatcher {
  return (undici) => {
    const current = settings();
    const plan = planProxy(current, env);
    onSecret(...proxySecrets(plan));
    const certificates = current.useSystemCertificates ? trustedCertificates() : undefined;
    // One context for all connections: hundreds of certificates are parsed once, not for each connection.
    const trust = certificates === undefined ? {} : { secureContext: tls.createSecureContext({ ca: [...certificates] }) };
    try {
      return new undici.EnvHttpProxyAgent({
        httpProxy: plan.httpProxy,
        httpsProxy: plan.httpsProxy,
        noProxy: plan.noProxy,
        ...(plan.authorization === undefined ? {} : { token: plan.authorization }),
        connect: trust,
        requestTls: trust,
        proxyTls: trust,
      });
    } catch {
      // The error may name the address with its password, so it goes no further.
      throw new CloudError('network', { reason: 'proxy', mayHaveArrived: false });
    }
  };
}

/** Node's own certificates, those of `NODE_EXTRA_CA_CERTS` and those of the operating system; undefined where Node cannot tell. */
function trustedCertificates(): readonly string[] | undefined {
  // Older extension hosts lack it, whatever the types say.
  const { getCACertificates } = tls as Partial<Pick<typeof tls, 'getCACertificates'>>;
  if (getCACertificates === undefined) return undefined;
  try {
    return [...new Set([...tls.rootCertificates, ...getCACertificates('extra'), ...getCACertificates('system')])];
  } catch {
    // A store that cannot be read leaves Node's own certificates.
    return undefined;
  }
}
