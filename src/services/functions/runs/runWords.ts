import * as l10n from '@vscode/l10n';

import { oneLine } from '../../../model/format.ts';

/** How an activation ended, as it shows. */
export interface StatusLook {
  /** Name of a codicon. */
  readonly icon: string;
  readonly tone: 'good' | 'bad' | 'attention' | 'waiting';
  readonly words: string;
}

/** The four words OpenWhisk has for the end of an activation (cloudfunctions.md §6.4); any other is shown as it is. */
export function statusLook(status: string | undefined): StatusLook {
  switch (status) {
    case 'success':
      return { icon: 'pass', tone: 'good', words: l10n.t('Succeeded') };
    case 'application error':
      return { icon: 'error', tone: 'bad', words: l10n.t('Failed: the function answered with an error') };
    case 'action developer error':
      return { icon: 'error', tone: 'bad', words: l10n.t('Failed: the function crashed') };
    case 'whisk internal error':
      return { icon: 'error', tone: 'bad', words: l10n.t('Failed inside the service') };
    case undefined:
    case '':
      return { icon: 'question', tone: 'waiting', words: l10n.t('Ended') };
    default:
      return { icon: 'question', tone: 'attention', words: oneLine(status) };
  }
}
