import * as l10n from '@vscode/l10n';

import { filledProblem, MAX_REMINDER, MIN_REMINDER, reminderProblem } from './checks.ts';
import { NO, YES } from './triggerDraft.ts';
import type { ListedType } from './triggerDraft.ts';

/** One value of an entry: a text, or yes and no. */
export type EntryField = TextField | FlagField;

interface TextField {
  /** As the service calls it (cloudfunctions.md §7.3). */
  readonly name: string;
  readonly isFlag?: undefined;
  readonly prompt: () => string;
  readonly placeholder?: string;
  readonly problemOf: (text: string) => string | undefined;
}

interface FlagField {
  readonly name: string;
  readonly isFlag: true;
  readonly prompt: () => string;
  /** The service's own default. */
  readonly otherwise: string;
}

/** What makes up one entry, in the order of the questions (cloudfunctions.md §7.3). */
export const ENTRY_FIELDS: Readonly<Record<ListedType, readonly EntryField[]>> = {
  insight: [
    { name: 'prodKey', prompt: () => l10n.t('Product key of the product that Cloud Insight watches.'), problemOf: filledProblem },
    { name: 'ruleGrpId', prompt: () => l10n.t('Id of the group of event rules in Cloud Insight.'), problemOf: filledProblem },
    {
      name: 'reminderTime', problemOf: reminderProblem,
      prompt: () => l10n.t('Fire again every how many minutes while the event lasts ({0} to {1})? Leave it empty to fire once.', MIN_REMINDER, MAX_REMINDER),
    },
    { name: 'enableNotiWhenEventClose', isFlag: true, prompt: () => l10n.t('Fire when the event ends, too?'), otherwise: NO },
  ],
  object_storage: [
    { name: 'bucketName', prompt: () => l10n.t('Name of the bucket.'), placeholder: 'orders', problemOf: filledProblem },
    { name: 'eventRuleName', prompt: () => l10n.t('Name of the event rule of that bucket.'), placeholder: 'uploads', problemOf: filledProblem },
  ],
  source_commit: [
    { name: 'repositoryName', prompt: () => l10n.t('Name of the SourceCommit repository.'), problemOf: filledProblem },
    { name: 'webhookName', prompt: () => l10n.t('Name of the webhook of that repository.'), problemOf: filledProblem },
    { name: 'enable', isFlag: true, prompt: () => l10n.t('Is the webhook on from the start?'), otherwise: YES },
  ],
};
