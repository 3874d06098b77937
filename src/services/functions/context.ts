import type { FunctionsClient } from '../../api/functions/client.ts';
import type { Account, FunctionsRegion } from '../../model/account.ts';
import type { Action, FunctionsPackage, Trigger, TriggerDetail } from '../../model/functions.ts';
import type { ListDeps } from '../../tree/listNode.ts';
import type { ListState, NodeMemory } from '../../tree/treeMemory.ts';

/** What the rows of Cloud Functions need. */
export interface FunctionsContext extends ListDeps {
  readonly packages: NodeMemory<ListState<FunctionsPackage>>;
  readonly actions: NodeMemory<ListState<Action>>;
  readonly triggers: NodeMemory<ListState<Trigger>>;
  /** Options and links of triggers that were opened: the list does not tell them. */
  readonly triggerDetails: NodeMemory<TriggerDetail>;
  readonly client: (accountId: string, region: FunctionsRegion) => Promise<FunctionsClient>;
}

/** One region of an account. */
export interface FunctionsPlace {
  readonly account: Account;
  readonly region: FunctionsRegion;
  /** E.g. "Cloud Functions · KR". */
  readonly title: string;
}
