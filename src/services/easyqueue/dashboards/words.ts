import * as l10n from '@vscode/l10n';

import type { Tone } from '../../../protocol/whole.ts';
import { groupStateLook, topicStatusLook } from '../status.ts';
import type { StateLook } from '../status.ts';

/** How a topic's status stands on a page. */
export function topicTone(status: string | undefined): Tone {
  return status === undefined ? 'quiet' : toneOf(topicStatusLook(status));
}

/** How a group's state stands on a page. */
export function groupTone(state: string | undefined): Tone {
  return toneOf(groupStateLook(state));
}

function toneOf({ tone, isSettling }: StateLook): Tone {
  if (isSettling) return 'busy';
  switch (tone) {
    case 'data':
      return 'good';
    case 'waiting':
    case 'plain':
      return 'quiet';
    case 'good':
    case 'attention':
    case 'bad':
      return tone;
  }
}

/** What a group's state means and what to do (easyqueue seed, `groupState`; easyqueue.md §2.4); undefined for a word of the future. */
export function groupStateWords(state: string | undefined): string | undefined {
  switch (state) {
    case 'Stable':
      return l10n.t('All consumers of the group are working.');
    case 'Empty':
      return l10n.t('No consumer is connected. Start a client of this group: after 7 days without one, the service deletes it with its offsets.');
    case 'Dead':
      return l10n.t('The group was deleted, and its offsets with it. It comes back when a client joins.');
    case 'Assigning':
      return l10n.t('Partitions are being assigned to the consumers. If this goes on, look at the log of the clients.');
    case 'Reconciling':
      return l10n.t('The consumers are taking over their partitions. If this goes on, look at the log of the clients.');
    case 'PreparingRebalance':
      return l10n.t('A rebalance is being prepared: nothing is read until all consumers have joined. If this goes on, a client joins and leaves again and again.');
    case 'CompletingRebalance':
      return l10n.t('A rebalance is being completed: the consumers get their partitions. If this goes on, look at the log of the clients.');
    case 'Unknown':
    case undefined:
      return l10n.t('The state of the group is not known.');
    default:
      return undefined;
  }
}
