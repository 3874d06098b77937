import * as l10n from '@vscode/l10n';

import type { Tone } from '../../tree/look.ts';

/** How a status looks and what it says beside its own word. */
export interface StatusLook {
  readonly icon: string;
  readonly tone: Tone;
  /** For the description; undefined where all is well and nothing needs saying. */
  readonly text: string | undefined;
  /** For tooltip and screen reader. */
  readonly words: string;
  /** The service changes it by itself before long. */
  readonly isSettling: boolean;
}

/** The looks of a topic's status (datastream.md §3.2); a word of the future is shown as it is. */
export function topicStatusLook(status: string | undefined): StatusLook {
  switch (status) {
    case 'CREATED':
      return { icon: 'layers', tone: 'data', text: undefined, words: l10n.t('ready'), isSettling: false };
    case 'CREATING':
      return { icon: 'clock', tone: 'waiting', text: 'CREATING…', words: l10n.t('being created'), isSettling: true };
    case 'PENDING_DELETION':
      return { icon: 'trash', tone: 'waiting', text: 'PENDING_DELETION…', words: l10n.t('being deleted'), isSettling: true };
    case 'DELETE_ERROR':
      return { icon: 'error', tone: 'bad', text: 'DELETE_ERROR', words: l10n.t('could not be deleted'), isSettling: false };
    case 'DELETED':
      return { icon: 'trash', tone: 'waiting', text: 'DELETED', words: l10n.t('deleted'), isSettling: false };
    case undefined:
      return { icon: 'layers', tone: 'data', text: undefined, words: l10n.t('status unknown'), isSettling: false };
    default:
      return { icon: 'question', tone: 'attention', text: status, words: status, isSettling: false };
  }
}

/** The looks of a connector's status (datastream.md §4.2). */
export function connectorStatusLook(status: string | undefined): StatusLook {
  switch (status) {
    case 'RUNNING':
      return { icon: 'plug', tone: 'good', text: 'RUNNING', words: l10n.t('running'), isSettling: false };
    case 'FAILED':
      return { icon: 'error', tone: 'bad', text: 'FAILED', words: l10n.t('failed'), isSettling: false };
    case undefined:
      return { icon: 'plug', tone: 'plain', text: undefined, words: l10n.t('status unknown'), isSettling: false };
    default:
      return { icon: 'question', tone: 'attention', text: status, words: status, isSettling: false };
  }
}
