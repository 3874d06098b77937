import { workspace } from 'vscode';
import type { Disposable } from 'vscode';

import type { HttpSettings } from './proxyPlan.ts';

/** The editor's `http.*` settings as they are now. All of them have machine scope: a workspace cannot set them. */
export function readHttpSettings(): HttpSettings {
  const http = workspace.getConfiguration('http');
  return {
    proxy: http.get<string>('proxy') ?? '',
    noProxy: http.get<readonly string[]>('noProxy') ?? [],
    proxyAuthorization: http.get<string | null>('proxyAuthorization') ?? undefined,
    proxySupport: http.get<string>('proxySupport') ?? 'override',
    useSystemCertificates: http.get<boolean>('systemCertificates') ?? true,
  };
}

/** Tells when one of them changed: connections have to be made anew. */
export function onDidChangeHttpSettings(listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('http')) listener();
  });
}
