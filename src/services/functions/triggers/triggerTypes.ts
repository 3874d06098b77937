import * as l10n from '@vscode/l10n';

import { TRIGGER_TYPES } from '../../../model/functions.ts';
import type { TriggerType } from '../../../model/functions.ts';
import type { FunctionsPlace } from '../context.ts';

/** Which types there are in a place. */
export interface TypesHere {
  readonly types: readonly TriggerType[];
  /** False where no document tells: then all are offered. */
  readonly isDocumented: boolean;
}

const SINGAPORE: readonly TriggerType[] = ['cron', 'github', 'insight', 'object_storage'];

/**
 * Types of triggers by zone and region (cloudfunctions.md §7.9). Whether Japan has Secret Manager is told both ways: it is offered, and
 * the service decides.
 */
export function typesAt({ account, region }: Pick<FunctionsPlace, 'account' | 'region'>): TypesHere {
  const zone = account.provider === 'naver' ? account.zone : 'public';
  if (zone === 'government') return { types: ['cron', 'github'], isDocumented: true };
  if (zone === 'financial') return { types: TRIGGER_TYPES, isDocumented: false };
  if (region === 'KR') return { types: TRIGGER_TYPES, isDocumented: true };
  return { types: region === 'SG' ? SINGAPORE : [...SINGAPORE, 'secret_manager'], isDocumented: true };
}

/** A type as the console calls it. */
export function typeName(type: TriggerType): string {
  switch (type) {
    case 'cron':
      return 'Cron';
    case 'github':
      return 'GitHub';
    case 'insight':
      return 'Cloud Insight';
    case 'object_storage':
      return 'Object Storage';
    case 'source_commit':
      return 'SourceCommit';
    case 'secret_manager':
      return 'Secret Manager';
  }
}

/** When a trigger of this type fires, a sentence. */
export function typeDetail(type: TriggerType): string {
  switch (type) {
    case 'cron':
      return l10n.t('At the times of a schedule, in Korean time');
    case 'github':
      return l10n.t('When something happens in a repository; needs API Gateway');
    case 'insight':
      return l10n.t('When an event rule of Cloud Insight reports');
    case 'object_storage':
      return l10n.t('When an event rule of a bucket reports');
    case 'source_commit':
      return l10n.t('When a webhook of a repository is called');
    case 'secret_manager':
      return l10n.t('When a secret is to be rotated');
  }
}
