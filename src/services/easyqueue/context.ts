import type { EasyQueueClient } from '../../api/easyqueue/client.ts';
import type { Account, AppKey } from '../../model/account.ts';
import type { EasyQueueTopic } from '../../model/easyQueue.ts';
import type { LagHistory } from '../../model/lag.ts';
import type { ResourceRef } from '../../model/resource.ts';
import type { ListDeps } from '../../tree/listNode.ts';
import type { ListState, NodeMemory } from '../../tree/treeMemory.ts';

/** What EasyQueue needs of the house beyond what every service gets. */
export interface EasyQueueHouse {
  /** Opens the dashboard of something, or shows the one that is open. */
  readonly openDashboard: (ref: ResourceRef) => Promise<void>;
  /** Opens something as a document. */
  readonly openDocument: (ref: ResourceRef, mode: 'edit' | 'view' | 'raw', signal?: AbortSignal) => Promise<void>;
}

/** What EasyQueue's rows need. */
export interface EasyQueueContext extends ListDeps {
  readonly topics: NodeMemory<ListState<EasyQueueTopic>>;
  /** Lag of all groups of a topic, once they were loaded. */
  readonly topicLags: NodeMemory<bigint>;
  readonly lagHistory: LagHistory;
  readonly now: () => number;
  readonly client: (accountId: string, appKey: AppKey) => Promise<EasyQueueClient>;
}

/** One app key of an account. */
export interface EasyQueuePlace {
  readonly account: Account;
  readonly appKey: AppKey;
}
