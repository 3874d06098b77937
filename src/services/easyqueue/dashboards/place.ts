import { shortName } from '../../../model/easyQueue.ts';
import type { AppKey } from '../../../model/account.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import { keysOf } from '../resources.ts';

/** What a dashboard is open on: a topic, or a consumer group as seen from one. */
export interface DashboardPlace {
  readonly accountId: string;
  readonly appKey: AppKey;
  /** The topic's name as the reference has it. */
  readonly topic: string;
  /** Empty where it is not a group's. */
  readonly groupId: string;
  /** Begins the names of the topic's requests and samples; the account is first, so that what is kept of it can be forgotten. */
  readonly key: string;
}

/**
 * Reads a reference.
 * @throws CloudError `notFound` where its keys name nothing
 */
export function placeOf(ref: ResourceRef): DashboardPlace {
  const { appKey, topic, groupId } = keysOf(ref);
  const { accountId } = ref;
  const key = [accountId, 'easyQueue', appKey.region, appKey.appKey, topic].map(encodeURIComponent).join('/');
  return { accountId, appKey, topic, groupId, key };
}

/** What a group's samples are kept under. */
export function groupKey({ key, appKey }: DashboardPlace, groupId: string): string {
  return `${key}/${encodeURIComponent(shortName(groupId, appKey.appKey))}`;
}
