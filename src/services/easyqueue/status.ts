import * as l10n from '@vscode/l10n';

import type { Tone } from '../../tree/look.ts';

/** How a state looks and what it means. */
export interface StateLook {
  readonly icon: string;
  readonly tone: Tone;
  readonly words: string;
  /** The service changes it by itself before long. */
  readonly isSettling: boolean;
}

/** The looks of a topic's status (easyqueue seed, `topicStatus`); a word of the future is shown as it is. */
export function topicStatusLook(status: string | undefined): StateLook {
  switch (status) {
    case 'ACTIVE':
      return { icon: 'layers', tone: 'data', words: l10n.t('active'), isSettling: false };
    case 'WARNING':
      return { icon: 'warning', tone: 'attention', words: l10n.t('has a warning'), isSettling: false };
    case 'ERROR':
      return { icon: 'error', tone: 'bad', words: l10n.t('has an error'), isSettling: false };
    case 'DELETING':
      return { icon: 'trash', tone: 'waiting', words: l10n.t('being deleted'), isSettling: true };
    case undefined:
      return { icon: 'layers', tone: 'data', words: l10n.t('status unknown'), isSettling: false };
    default:
      return { icon: 'question', tone: 'attention', words: status, isSettling: false };
  }
}

/** The looks of a consumer group's state (easyqueue seed, `groupState`); a word of the future is shown as it is. */
export function groupStateLook(state: string | undefined): StateLook {
  switch (state) {
    case 'Stable':
      return { icon: 'organization', tone: 'good', words: l10n.t('all consumers work'), isSettling: false };
    case 'Empty':
      return { icon: 'organization', tone: 'attention', words: l10n.t('no consumer is connected'), isSettling: false };
    case 'Dead':
      return { icon: 'circle-slash', tone: 'bad', words: l10n.t('the group was deleted'), isSettling: false };
    case 'Assigning':
      return { icon: 'sync', tone: 'attention', words: l10n.t('partitions are being assigned'), isSettling: true };
    case 'Reconciling':
      return { icon: 'sync', tone: 'attention', words: l10n.t('members are taking over their partitions'), isSettling: true };
    case 'PreparingRebalance':
      return { icon: 'sync', tone: 'attention', words: l10n.t('a rebalance is being prepared'), isSettling: true };
    case 'CompletingRebalance':
      return { icon: 'sync', tone: 'attention', words: l10n.t('a rebalance is being completed'), isSettling: true };
    case 'Unknown':
    case undefined:
      return { icon: 'question', tone: 'waiting', words: l10n.t('state not known'), isSettling: false };
    default:
      return { icon: 'question', tone: 'attention', words: state, isSettling: false };
  }
}
