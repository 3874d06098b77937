import type { Disposable, Event } from 'vscode';

import { CloudError } from '../model/cloudError.ts';
import type { TreeNode } from './treeNode.ts';

/** What automatic refresh needs of the tree. */
interface RefreshableTree {
  readonly isLoading: boolean;
  readonly onDidLoad: Event<TreeNode>;
  expandedLists(): readonly TreeNode[];
  stateOf(node: TreeNode): { readonly error: unknown; readonly isSettling: boolean };
  refreshQuietly(node: TreeNode): Promise<unknown>;
}

/** What automatic refresh needs of everything else. */
export interface AutoRefreshDeps {
  readonly tree: RefreshableTree;
  /** Whether somebody can see the view: it is open, and its window has the focus. */
  readonly isWatched: () => boolean;
  /** Told when that, or the interval, may have changed. */
  readonly onDidChange: Event<unknown>;
  /** Milliseconds between two rounds; 0 for none. */
  readonly intervalMs: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
}

/** Milliseconds after which rows that are still changing by themselves are looked at again, growing. */
const SETTLING_STEPS_MS = [2_000, 3_000, 5_000, 8_000, 13_000, 20_000, 30_000];
const LONGEST_PAUSE_MS = 600_000;

interface Pause {
  readonly failures: number;
  readonly untilMs: number;
}

/**
 * Loads open lists again while somebody looks: by an interval, and sooner where a service is still at work. Accounts go side by
 * side, the lists of one account one after another; an account that fails is left alone for longer and longer.
 */
export class AutoRefresh implements Disposable {
  readonly #deps: AutoRefreshDeps;
  readonly #subscriptions: Disposable[];
  readonly #pauses = new Map<string, Pause>();
  #timer = new AbortController();
  #isRunning = false;
  #isDisposed = false;
  #lastRoundMs: number;
  #lastSettlingMs: number;
  #settlingStep = 0;

  constructor(deps: AutoRefreshDeps) {
    this.#deps = deps;
    this.#lastRoundMs = deps.now();
    this.#lastSettlingMs = deps.now();
    this.#subscriptions = [
      deps.onDidChange(() => {
        this.#schedule();
      }),
      deps.tree.onDidLoad(() => {
        this.#schedule();
      }),
    ];
    this.#schedule();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#timer.abort();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #schedule(): void {
    this.#timer.abort();
    if (this.#isDisposed || this.#isRunning) return;
    const dueMs = this.#nextDue();
    if (dueMs === undefined) return;
    this.#timer = new AbortController();
    this.#deps.wait(Math.max(0, dueMs - this.#deps.now()), this.#timer.signal).then(
      // Nobody waits for a round; it ends with the next one planned, whatever happens in it.
      () => void this.#round(),
      () => undefined,
    );
  }

  #nextDue(): number | undefined {
    if (!this.#deps.isWatched()) return undefined;
    const intervalMs = this.#deps.intervalMs();
    const regular = intervalMs > 0 ? this.#lastRoundMs + intervalMs : undefined;
    const isSettling = this.#settlingLists().length > 0;
    if (!isSettling) this.#settlingStep = 0;
    const settling = isSettling ? this.#lastSettlingMs + this.#settlingPauseMs : undefined;
    if (regular === undefined || settling === undefined) return regular ?? settling;
    return Math.min(regular, settling);
  }

  get #settlingPauseMs(): number {
    return SETTLING_STEPS_MS[Math.min(this.#settlingStep, SETTLING_STEPS_MS.length - 1)] ?? LONGEST_PAUSE_MS;
  }

  #settlingLists(): readonly TreeNode[] {
    return this.#deps.tree.expandedLists().filter((node) => this.#deps.tree.stateOf(node).isSettling);
  }

  async #round(): Promise<void> {
    const { tree, now } = this.#deps;
    const intervalMs = this.#deps.intervalMs();
    const isRegular = intervalMs > 0 && now() >= this.#lastRoundMs + intervalMs;
    const lists = isRegular ? tree.expandedLists() : this.#settlingLists();
    this.#isRunning = true;
    try {
      // A load under way brings what a round would bring.
      if (!tree.isLoading) await Promise.all(byAccount(lists).map((group) => this.#refresh(...group)));
    } finally {
      this.#isRunning = false;
      this.#lastSettlingMs = now();
      this.#settlingStep += 1;
      if (isRegular) this.#lastRoundMs = now();
      this.#schedule();
    }
  }

  async #refresh(accountId: string, lists: readonly TreeNode[]): Promise<void> {
    const pause = this.#pauses.get(accountId);
    if (pause !== undefined && this.#deps.now() < pause.untilMs) return;
    for (const list of lists) {
      if (this.#isDisposed || !this.#deps.isWatched()) return;
      if (needsPerson(this.#deps.tree.stateOf(list).error)) continue;
      const error = await this.#deps.tree.refreshQuietly(list);
      if (error === undefined) {
        this.#pauses.delete(accountId);
      } else {
        this.#pause(accountId, error);
        return;
      }
    }
  }

  #pause(accountId: string, error: unknown): void {
    const failures = (this.#pauses.get(accountId)?.failures ?? 0) + 1;
    const grown = Math.max(this.#deps.intervalMs(), SETTLING_STEPS_MS[0] ?? 0) * 2 ** Math.min(failures, 10);
    const told = error instanceof CloudError ? (error.details.retryAfterMs ?? 0) : 0;
    this.#pauses.set(accountId, { failures, untilMs: this.#deps.now() + Math.max(told, Math.min(grown, LONGEST_PAUSE_MS)) });
  }
}

/** A failure that stays until somebody does something: asking again would only be refused again. */
function needsPerson(error: unknown): boolean {
  return error instanceof CloudError && ['unauthorized', 'forbidden', 'locked', 'invalid'].includes(error.kind);
}

function byAccount(nodes: readonly TreeNode[]): readonly (readonly [string, readonly TreeNode[]])[] {
  return [...Map.groupBy(nodes, (node) => node.account?.id ?? '')];
}
