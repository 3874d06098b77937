import * as l10n from '@vscode/l10n';

import { checkAppKey, checkKeys, CONFLICTS, deleted, GONE, INVALID_VALUES, QUOTAS, unknownUser } from './problemChanges.ts';
import { explainBy, said, type Explain, type Words } from './problemWords.ts';

/** The credentials were not accepted, or there are none. */
export const unauthorized: Explain = explainBy(
  {
    credentials: (details, subject) => (details.host === undefined ? keysUnusable : signatureRefused)(details, subject),
    userAccessKey: (_details, { accountName }) => ({
      message: l10n.t('The User Access Key was refused.'),
      hint:
        accountName === undefined
          ? l10n.t('Check the User Access Key ID and the Secret Access Key.')
          : l10n.t('Check the User Access Key ID and the Secret Access Key of account "{0}".', accountName),
      remedies: ['editAccount', 'testAccount'],
    }),
    clock: ({ clockSkewMs }) => ({
      message: clockSkewMs === undefined ? l10n.t('The time of the request was refused.') : clockWords(clockSkewMs),
      hint: l10n.t('Set the clock of this computer.'),
      remedies: ['retry'],
    }),
    user: unknownUser,
    token: (_details, { accountName }) => ({
      message: l10n.t('The access token was refused.'),
      hint:
        accountName === undefined
          ? l10n.t('Check that the User Access Key is active and of the token type Opaque.')
          : l10n.t('Check that the User Access Key of account "{0}" is active and of the token type Opaque.', accountName),
      remedies: ['editAccount', 'testAccount'],
    }),
  },
  (details, subject) => signatureRefused(details, subject),
);

/** The gateway says the same of a wrong id and of a wrong secret (datastream.md §6.3, code 200). */
const signatureRefused: Explain = (_details, { accountName }) => ({
  message: l10n.t('Signature refused.'),
  hint:
    accountName === undefined
      ? l10n.t('Check the Access Key ID and the Secret Key.')
      : l10n.t('Check the Access Key ID and the Secret Key of account "{0}".', accountName),
  remedies: ['editAccount', 'testAccount'],
});

/** Nothing was sent: no keys, a keychain that is closed, a variable that is not set. The detail is ours and says which. */
const keysUnusable: Explain = ({ detail }, subject) => ({
  message: detail ?? l10n.t('The stored keys cannot be used.'),
  hint: checkKeys(subject),
  remedies: ['retry', 'editAccount'],
});

/** "Your clock is 7 minutes behind the server." */
export function clockWords(skewMs: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(skewMs) / 60_000));
  if (minutes === 1) {
    return skewMs < 0
      ? l10n.t('Your clock is 1 minute behind the server.')
      : l10n.t('Your clock is 1 minute ahead of the server.');
  }
  return skewMs < 0
    ? l10n.t('Your clock is {0} minutes behind the server.', minutes)
    : l10n.t('Your clock is {0} minutes ahead of the server.', minutes);
}

/** The credentials are good, but not for this. */
export const forbidden: Explain = explainBy(
  {
    mainAccountKey: (_details, { accountName }) => ({
      message:
        accountName === undefined
          ? l10n.t("A main account's key cannot send messages.")
          : l10n.t('Account "{0}" uses a main account\'s key, which cannot send messages.', accountName),
      hint: l10n.t('Create a sub account and use its keys.'),
      remedies: ['editAccount'],
    }),
    ipAcl: () => ({
      message: l10n.t('The organization does not allow access from this IP address.'),
      hint: l10n.t("Add this computer's address to the organization's IP ACL."),
      remedies: ['testAccount'],
    }),
    role: (_details, { accountName }) => ({
      message: accountName === undefined ? l10n.t('No permission.') : l10n.t('Account "{0}" has no permission.', accountName),
      hint: l10n.t('Ask the administrator for a role or policy that allows this.'),
      remedies: ['testAccount', 'editAccount'],
    }),
  },
  ({ detail }) => ({ message: said(detail, l10n.t('Not allowed.')), remedies: ['testAccount', 'showLog'] }),
);

/** The account's own lane held it back. */
export const locked: Explain = ({ operation }, { accountName }) => ({
  ...(operation === 'send' ? readOnly(accountName) : unchangeable(accountName)),
  remedies: ['unlock', 'editAccount'],
});

/** Of a send, only the class is known here: it may be a message, or a run in Cloud Functions. */
function readOnly(accountName: string | undefined): Omit<Words, 'remedies'> {
  return {
    message: accountName === undefined ? l10n.t('The account is read-only.') : l10n.t('Account "{0}" is read-only.', accountName),
    hint: l10n.t('Unlock it to send messages or to run anything.'),
  };
}

function unchangeable(accountName: string | undefined): Omit<Words, 'remedies'> {
  return {
    message:
      accountName === undefined
        ? l10n.t('The account is locked against changes.')
        : l10n.t('Account "{0}" is locked against changes.', accountName),
    hint: l10n.t('Unlock it to change anything.'),
  };
}

/** What was asked for is not there. */
export const notFound: Explain = explainBy(
  {
    ...GONE,
    appKey: () => ({
      message: l10n.t('The app key was not found.'),
      hint: checkAppKey(),
      remedies: ['editAccount'],
    }),
    address: () => ({
      message: l10n.t('The service does not know this address, or the keys may not use it.'),
      hint: l10n.t('Check the permissions of the sub account and, where the account has custom endpoints, those.'),
      remedies: ['testAccount', 'editAccount', 'showLog'],
    }),
  },
  () => ({
    message: l10n.t('Not found.'),
    hint: deleted(),
    remedies: ['retry', 'showLog'],
  }),
);

/** What was asked for does not fit what is there. */
export const conflict: Explain = explainBy(CONFLICTS, ({ detail }) => ({
  message: said(detail, l10n.t('The service refused: it does not fit the present state.')),
  hint: l10n.t('Refresh, look at the present state and try again.'),
  remedies: ['retry'],
}));

/** The request itself was not accepted, by the service or, before it left, by us. */
export const invalid: Explain = explainBy(
  {
    ...INVALID_VALUES,
    region: () => ({
      message: l10n.t('The service does not exist in this zone.'),
      hint: l10n.t('Data Stream exists in the public zone only.'),
      remedies: ['editAccount'],
    }),
    tooLarge: () => ({
      message: l10n.t('The request is larger than the service takes.'),
      hint: l10n.t('Make it smaller.'),
      remedies: ['showLog'],
    }),
    endpoint: () => ({
      message: l10n.t('A custom endpoint is not a safe address.'),
      hint: l10n.t('Edit the account: endpoints take https, or http for this computer alone.'),
      remedies: ['editAccount'],
    }),
    name: ({ detail }) => ({
      message: l10n.t('Nothing can be asked about the name "{0}".', detail ?? ''),
      hint: l10n.t('An address cannot hold it.'),
      remedies: ['showLog'],
    }),
  },
  ({ detail }) => ({
    message: said(detail, l10n.t('The service refused the request.')),
    hint: l10n.t('Check what was entered.'),
    remedies: ['showLog'],
  }),
);

/** A limit on how much there may be. */
export const quotaExceeded: Explain = explainBy(QUOTAS, ({ detail }) => ({
  message: said(detail, l10n.t('A limit of the service is reached.')),
  hint: l10n.t('Delete what is not needed any more, or ask the provider for a higher limit.'),
  remedies: [],
}));

/** A limit on how often may be asked. */
export const rateLimited: Explain = ({ retryAfterMs }) => ({
  message: l10n.t('Too many requests in a short time.'),
  hint:
    retryAfterMs === undefined
      ? l10n.t('Wait a moment and try again.')
      : l10n.t('Try again in {0} seconds.', Math.max(1, Math.ceil(retryAfterMs / 1_000))),
  remedies: ['retry'],
});
