import * as l10n from '@vscode/l10n';

import { gone } from './problemChanges.ts';
import { uncertain, type Explain, type Words } from './problemWords.ts';

type Remedies = Words['remedies'];

/** Packages, actions and triggers an account may have, each (cloudfunctions.md §10.2). */
const MOST = 500;

const nameRule = value(
  () => l10n.t('The name was refused.'),
  () => l10n.t('It takes 1 to 50 letters of A to Z, digits, "-" and "_", and does not begin with "-".'),
);

const hasNoType = value(
  () => l10n.t('The service does not know this type.'),
  () => l10n.t('Which types there are depends on the zone and the region: choose another one.'),
);

const notParameters = value(
  () => l10n.t('The parameters were refused.'),
  () => l10n.t('They are one JSON object of at most 1 MB.'),
);

const noActivation = words(
  () => l10n.t('The activation cannot be read.'),
  () => l10n.t('That takes up to a minute after a run, and an activation is kept for a month.'),
  ['retry'],
);

/**
 * Words for the codes of Cloud Functions (cloudfunctions.md §11); what is not listed takes the general words of its kind. They come with
 * the error (`CloudErrorDetails.explain`), so they are loaded with the service and not at the start.
 */
export const FUNCTION_WORDS: Readonly<Record<string, Explain>> = {
  80000: value(
    () => l10n.t('The service refused what was asked for.'),
    () => l10n.t('Activations are kept for a month: choose a time within it.'),
  ),
  80005: ({ detail }) => ({
    message: l10n.t('The account is not subscribed to another service that is needed for this.'),
    hint:
      detail === undefined
        ? l10n.t('Subscribe to it in the NAVER Cloud console, then try again.')
        : l10n.t('Subscribe to it in the NAVER Cloud console, then try again. The service says: {0}', detail),
    remedies: ['retry', 'showLog'],
  }),
  80011: words(
    () => l10n.t('The name is taken by a package, an action or a trigger.'),
    () => l10n.t('Choose another name.'),
  ),
  // Seen of requests that were malformed, too (cloudfunctions.md §11).
  80031: (details) => ({
    message: l10n.t('The service could not do it just now.'),
    hint: uncertain(details) ?? l10n.t('Try again in a few minutes. If it happens again, check what was entered.'),
    remedies: ['retry', 'showLog'],
  }),

  80100: nameRule,
  80101: gone(() => l10n.t('The package does not exist any more.')),
  80102: elsewhere(() => l10n.t('The package is on the other platform.')),
  80103: entered(() => l10n.t('A value of the package has the wrong type.')),
  80104: entered(() => l10n.t('A value of the package is missing.')),
  80105: entered(() => l10n.t('A value of the package was refused.')),
  80106: full(() => l10n.t('The account has all the {0} packages it may have.', MOST)),
  80109: words(
    () => l10n.t('The package still has actions.'),
    () => l10n.t('Delete its actions first.'),
    ['retry'],
  ),

  80300: nameRule,
  80301: gone(() => l10n.t('The action does not exist any more.')),
  80302: elsewhere(() => l10n.t('The action is on the other platform.')),
  80303: hasNoType,
  80304: words(
    () => l10n.t('The type of an action cannot be changed.'),
    () => l10n.t('Create an action of that type under another name, or delete this one first.'),
  ),
  80305: entered(() => l10n.t('A value of the action has the wrong type.')),
  80306: entered(() => l10n.t('A value of the action is missing.')),
  80307: entered(() => l10n.t('A value of the action was refused.')),
  80308: full(() => l10n.t('The account has all the {0} actions it may have.', MOST)),
  80316: notParameters,
  80322: noActivation,
  80324: words(
    () => l10n.t('The action is linked to the maximum number of triggers.'),
    () => l10n.t('Unlink it from one that does not need it any more.'),
  ),

  80500: nameRule,
  80501: gone(() => l10n.t('The trigger does not exist any more.')),
  80502: elsewhere(() => l10n.t('The trigger is on the other platform.')),
  80503: hasNoType,
  80504: words(
    () => l10n.t('The type of a trigger cannot be changed.'),
    () => l10n.t('Create a trigger of that type under another name, or delete this one first.'),
  ),
  80505: entered(() => l10n.t('A value of the trigger has the wrong type.')),
  80506: entered(() => l10n.t('A value of the trigger is missing.')),
  80507: entered(() => l10n.t('A value of the trigger was refused.')),
  80508: full(() => l10n.t('The account has all the {0} triggers it may have.', MOST)),
  80511: notParameters,
  80512: words(
    () => l10n.t('No action is linked to the trigger, so there is nothing to run.'),
    () => l10n.t('Link an action to it, then fire it again.'),
  ),
  80517: noActivation,
  80518: noActivation,
  80519: words(
    () => l10n.t('The trigger has as many actions linked as it may have.'),
    () => l10n.t('Unlink one that is not needed any more.'),
  ),
  80520: entered(() => l10n.t('A value of the link has the wrong type.')),
  80521: entered(() => l10n.t('A value of the link is missing.')),

  80700: unsubscribed('API Gateway'),
  80710: unsubscribed('Cloud Insight'),
  80711: value(
    () => l10n.t('The event rule of Cloud Insight was refused.'),
    () => l10n.t('Check in Cloud Insight that the product key and the rule group exist.'),
  ),
  80730: unsubscribed('Object Storage'),
  80731: value(
    () => l10n.t('The event rule of Object Storage was refused.'),
    () => l10n.t('Check in Object Storage that the bucket and the event rule exist.'),
  ),
  80740: value(
    () => l10n.t('The webhook of SourceCommit was refused.'),
    () => l10n.t('Check in SourceCommit that the repository and the webhook exist.'),
  ),
  80750: unsubscribed('Secret Manager'),
  80751: value(
    () => l10n.t('The secret of Secret Manager was refused.'),
    () => l10n.t('Check in Secret Manager that the secret exists and is active.'),
  ),
  80752: words(
    () => l10n.t('Secret Manager is replacing the secret just now.'),
    () => l10n.t('Wait until that is done, then try again.'),
    ['retry'],
  ),
  80900: words(
    () => l10n.t('The action is not linked to the trigger.'),
    () => l10n.t('It may have been unlinked meanwhile: refresh the list.'),
  ),
  80901: words(
    () => l10n.t('The action is linked to the trigger already.'),
    () => l10n.t('Refresh the list to see it.'),
  ),

  81311: subnet(() => l10n.t('The subnet of the VPC could not be looked up.')),
  81312: subnet(() => l10n.t('The subnet of the VPC could not be connected.')),
  81313: subnet(() => l10n.t('The subnet of the VPC is being connected just now.')),
  81314: subnet(() => l10n.t('The subnet of the VPC is being disconnected just now.')),
};

function words(message: () => string, hint: () => string, remedies: Remedies = []): Explain {
  return () => ({ message: message(), hint: hint(), remedies });
}

/** Something that was entered: what to enter instead helps more than a button. */
function value(message: () => string, hint: () => string): Explain {
  return words(message, hint, ['showLog']);
}

/** Which value it is, only the service's own words tell. */
function entered(message: () => string): Explain {
  return ({ detail }) => ({
    message: message(),
    hint: detail === undefined ? l10n.t('Check what was entered.') : l10n.t('Check what was entered. The service says: {0}', detail),
    remedies: ['showLog'],
  });
}

function elsewhere(message: () => string): Explain {
  return words(message, () => l10n.t('VPC and Classic share nothing: check the platform in the account.'), ['editAccount']);
}

function full(message: () => string): Explain {
  return words(message, () => l10n.t('This limit cannot be raised: delete what is not needed any more.'));
}

/** @param service its name, which no language translates */
function unsubscribed(service: string): Explain {
  return words(
    () => l10n.t('The account is not subscribed to {0}.', service),
    () => l10n.t('Subscribe to {0} in the NAVER Cloud console, then try again.', service),
    ['retry'],
  );
}

/** A 500, so nobody knows whether it was done; what helps is to wait either way. */
function subnet(message: () => string): Explain {
  return (details) => ({
    message: message(),
    hint:
      uncertain(details) === undefined
        ? l10n.t('Wait a few minutes, then try again.')
        : l10n.t('Wait a few minutes and refresh. If the change was not made, try again.'),
    remedies: ['retry', 'showLog'],
  });
}
