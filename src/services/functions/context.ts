import type { Memento } from 'vscode';

import type { FunctionsClient } from '../../api/functions/client.ts';
import type { Account, FunctionsRegion } from '../../model/account.ts';
import type { Action, ActionName, Activation, FunctionsPackage, Trigger, TriggerDetail } from '../../model/functions.ts';
import type { ResourceRef } from '../../model/resource.ts';
import type { ListDeps } from '../../tree/listNode.ts';
import type { ListState, NodeMemory } from '../../tree/treeMemory.ts';
import type { ServiceDeps } from '../deps.ts';
import type { WithProgress } from '../writing.ts';
import type { RunStore } from './runs/runStore.ts';

/** What the rows of Cloud Functions need. */
export interface FunctionsContext extends ListDeps {
  readonly packages: NodeMemory<ListState<FunctionsPackage>>;
  readonly actions: NodeMemory<ListState<Action>>;
  readonly triggers: NodeMemory<ListState<Trigger>>;
  /** Activations of each action and trigger that were opened. */
  readonly activations: NodeMemory<ListState<Activation>>;
  /** Of which time a list shows activations; all that are kept where none is here. */
  readonly activationRanges: NodeMemory<ActivationRange>;
  /** Options and links of triggers that were opened: the list does not tell them. */
  readonly triggerDetails: NodeMemory<OpenedTrigger>;
  /** What this window knows of runs and activations. */
  readonly runs: RunStore;
  readonly client: (accountId: string, region: FunctionsRegion) => Promise<FunctionsClient>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A trigger that was opened, with what its schedule says: reading one loads with the first trigger that is opened. */
export interface OpenedTrigger extends TriggerDetail {
  /** The next times it fires, soonest first, in the user's words; none where it has no schedule. */
  readonly nextTimes: (count: number) => readonly string[];
}

/** A stretch of time. */
export interface ActivationRange {
  /** The last so many milliseconds, or from a time on; Unix milliseconds. */
  readonly from: { readonly lastMs: number } | { readonly sinceMs: number };
  /** Unix milliseconds; now, where it is not given. */
  readonly untilMs?: number;
}

/** One region of an account. */
export interface FunctionsPlace {
  readonly account: Account;
  readonly region: FunctionsRegion;
  /** E.g. "Cloud Functions · KR". */
  readonly title: string;
}

/** An action somewhere. */
export interface ActionTarget extends ActionName {
  readonly place: FunctionsPlace;
}

/** What Cloud Functions needs of the house, beside what every service gets. */
export interface FunctionsHouse {
  /** An account as it is now, an unlock in force included. */
  readonly account: (id: string) => Account | undefined;
  /** All accounts as they are now. */
  readonly accounts: () => readonly Account[];
  /** Opens a resource as a document. @throws CloudError where it cannot be read; CancelledError where the signal ended it */
  readonly openDocument: (ref: ResourceRef, mode: 'edit' | 'view' | 'raw', signal?: AbortSignal) => Promise<void>;
  /** Shows what failed where no command is told of it, with remedies. */
  readonly report: (what: string, error: unknown, account: Account) => void;
  /** Rows of these resources, and lists they stand in, are read again. */
  readonly changed: (refs: readonly ResourceRef[]) => void;
  /** Asks for a file or a folder of this machine, by the text of its URI; the editor's own dialog where it is absent. @throws CancelledError */
  readonly pickLocal?: (what: 'file' | 'folder', title: string, verb: string) => Promise<string>;
  /** State of the workspace. */
  readonly state: Memento;
  /** Folder for the earlier versions of deployed code. */
  readonly versionsFolder: string;
  /** @throws as soon as the signal ends it */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Told when accounts or their unlocks change. */
  readonly onDidChangeAccounts: (listener: () => void) => { dispose(): void };
}

/** What the commands of Cloud Functions work with. */
export interface FunctionsDeps extends ServiceDeps, FunctionsContext, FunctionsHouse {
  readonly now: () => number;
  /** Runs work under a progress whose Cancel button ends the signal. */
  readonly progress: WithProgress;
  /** Reads what a question needs: quiet where it is quick, with a Cancel button where it takes long. */
  readonly reading: WithProgress;
}
