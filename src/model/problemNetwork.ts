import * as l10n from '@vscode/l10n';

import { BREAKDOWNS } from './problemChanges.ts';
import { explainBy, said, uncertain, type Explain } from './problemWords.ts';

/** The other end of the line, for a sentence. */
function where({ host }: { readonly host?: string }): string {
  return host ?? l10n.t('the server');
}

/** The service, or what stands before it, broke down. */
export const unavailable: Explain = explainBy(BREAKDOWNS, (details) => ({
  message: said(details.reason === 'notJson' ? undefined : details.detail, l10n.t('The service is not available.')),
  hint: uncertain(details) ?? l10n.t('Try again in a few minutes.'),
  remedies: ['retry', 'showLog'],
}));

/** No answer in time. */
export const timeout: Explain = (details) => ({
  message: l10n.t('No answer came from {0} in time.', where(details)),
  hint: uncertain(details) ?? l10n.t('Check the network, or allow more time in the settings.'),
  remedies: ['retry', 'showLog'],
});

/** No connection, or one that broke. */
export const network: Explain = explainBy(
  {
    dns: unreached((host) => l10n.t('The address of {0} was not found.', host)),
    refused: unreached((host) => l10n.t('No connection to {0} could be made.', host)),
    certificate: (details) => ({
      message: l10n.t('The certificate of {0} was not accepted ({1}).', where(details), details.code ?? '?'),
      hint: l10n.t("If your company inspects traffic, add its certificate to the system's."),
      remedies: ['retry', 'openProxySettings', 'showLog'],
    }),
    proxy: (details) => ({
      message: l10n.t('The proxy did not connect to {0}.', where(details)),
      hint: l10n.t('Check the address and the credentials of the proxy.'),
      remedies: ['openProxySettings', 'retry'],
    }),
    redirect: (details) => ({
      message: l10n.t('The request was to be redirected by {0}. That was refused.', where(details)),
      hint: l10n.t('Credentials are not handed on. Check for a login page of your network and custom endpoints.'),
      remedies: ['editAccount', 'showLog'],
    }),
  },
  (details) => ({
    message: l10n.t('The connection to {0} broke off.', where(details)),
    hint: uncertain(details) ?? l10n.t('Try again.'),
    remedies: ['retry', 'showLog'],
  }),
);

function unreached(message: (host: string) => string): Explain {
  return (details) => ({
    message: message(where(details)),
    hint: l10n.t('Check the network connection and the proxy settings.'),
    remedies: ['retry', 'openProxySettings'],
  });
}

/** An answer that is not what the documents say. */
export const unexpectedResponse: Explain = explainBy(
  {
    notJson: (details) => ({
      message: l10n.t('The answer of {0} is not JSON.', where(details)),
      hint: uncertain(details) ?? l10n.t('A proxy or a login page may have answered in its place.'),
      remedies: ['retry', 'openProxySettings', 'showLog'],
    }),
    empty: (details) => ({
      message: l10n.t('The answer of {0} is empty.', where(details)),
      hint: uncertain(details) ?? l10n.t('Try again.'),
      remedies: ['retry', 'showLog'],
    }),
    tooLarge: (details) => ({
      message: l10n.t('The answer of {0} is too large.', where(details)),
      hint: uncertain(details) ?? l10n.t('Narrow the list with a filter.'),
      remedies: ['showLog'],
    }),
  },
  (details) => {
    const { path } = details;
    return {
      message:
        path === undefined || path === ''
          ? l10n.t('Unexpected response from {0}.', where(details))
          : l10n.t('Unexpected response from {0} at "{1}".', where(details), path),
      hint: uncertain(details) ?? l10n.t('The log has the details.'),
      remedies: ['retry', 'showLog'],
    };
  },
);
