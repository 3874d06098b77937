import { CloudError, isGone } from '../model/cloudError.ts';
import type { Account } from '../model/account.ts';
import type { ResourceRef } from '../model/resource.ts';
import { AccountQueue } from './accountQueue.ts';
import type { TreeNode } from './treeNode.ts';

/** What is known of the thing a reference names. */
export type ReferenceState =
  | { readonly status: 'loading' }
  | { readonly status: 'found'; readonly target: TreeNode }
  | { readonly status: 'gone' }
  | { readonly status: 'failed'; readonly error: unknown };

/** What following references needs from its surroundings. */
export interface ReferencesDeps {
  /**
   * The row of a resource, made for it where it is in no list that was loaded.
   * @returns undefined where its account or its place is gone
   * @throws CloudError `notFound` where it is gone
   */
  readonly find: (ref: ResourceRef, signal: AbortSignal) => Promise<TreeNode | undefined>;
  /** An account as it counts now. */
  readonly account: (accountId: string) => Account | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told when a reference shows something else now. */
  readonly onChange: (ref: ResourceRef) => void;
  readonly onGone: (ref: ResourceRef) => void;
  readonly queue?: AccountQueue;
}

interface Entry {
  readonly ref: ResourceRef;
  state: ReferenceState;
  loadedAtMs: number;
  failures: number;
  load: { readonly controller: AbortController; readonly done: Promise<void> } | undefined;
}

/** How long what was read counts as new, milliseconds; less where a service is still at work on it. */
const FRESH_MS = 20_000;
const SETTLING_MS = 1_000;
/** Pause after a failure, doubled with each, unless somebody asks. */
const PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 600_000;

/** What pins and recently used rows stand for, each looked up alone, so that a dead account hides no other. */
export class References {
  readonly #deps: ReferencesDeps;
  readonly #queue: AccountQueue;
  readonly #entries = new Map<string, Entry>();

  constructor(deps: ReferencesDeps) {
    this.#deps = deps;
    this.#queue = deps.queue ?? new AccountQueue();
  }

  /** What is known now; never a request. */
  stateOf(ref: ResourceRef): ReferenceState {
    return this.#entries.get(keyOf(ref))?.state ?? { status: 'loading' };
  }

  account(ref: ResourceRef): Account | undefined {
    return this.#deps.account(ref.accountId);
  }

  /** Looks up those of which nothing new is known, without waiting for them. */
  freshen(refs: readonly ResourceRef[]): void {
    for (const ref of refs) {
      const entry = this.#entryOf(ref);
      if (entry.load === undefined && this.#deps.now() >= dueAt(entry)) void this.#start(entry); // Never rejects.
    }
  }

  /** Looks one up anew, whatever is known of it. Never throws: what went wrong is in its state. */
  async reload(ref: ResourceRef): Promise<void> {
    const entry = this.#entryOf(ref);
    await (entry.load?.done ?? this.#start(entry));
  }

  /** Makes {@link freshen} look up all of these. */
  outdate(refs: readonly ResourceRef[]): void {
    for (const ref of refs) {
      const entry = this.#entries.get(keyOf(ref));
      if (entry === undefined) continue;
      entry.loadedAtMs = Number.NEGATIVE_INFINITY;
      entry.failures = 0;
    }
  }

  /**
   * The row it stands for, looked up where nothing new is known.
   * @throws CloudError `notFound` where it is gone; else what went wrong
   */
  async target(ref: ResourceRef): Promise<TreeNode> {
    const entry = this.#entryOf(ref);
    if (entry.load !== undefined || entry.state.status !== 'found' || this.#deps.now() >= dueAt(entry)) await this.reload(ref);
    const { state } = entry;
    if (state.status === 'found') return state.target;
    if (state.status === 'failed') throw state.error;
    throw new CloudError('notFound', { mayHaveArrived: false });
  }

  /** Rows that were read for a list tell as much. */
  saw(rows: readonly TreeNode[]): void {
    if (this.#entries.size === 0) return;
    for (const target of rows) {
      const { resource } = target;
      // A row below a topic may stand for it too, such as its endpoint's.
      if (resource?.ref.kind !== target.kind) continue;
      const entry = this.#entries.get(keyOf(resource.ref));
      if (entry !== undefined) this.#settle(entry, { status: 'found', target });
    }
  }

  /** Forgets what is known of an account's things: it changed, and so did every row made for it. */
  forgetAccount(accountId: string): void {
    for (const [key, { ref, load }] of this.#entries) {
      if (ref.accountId !== accountId) continue;
      load?.controller.abort();
      this.#entries.delete(key);
    }
  }

  /** Ends everything under way. */
  clear(): void {
    for (const { load } of this.#entries.values()) load?.controller.abort();
    this.#entries.clear();
  }

  #entryOf(ref: ResourceRef): Entry {
    const key = keyOf(ref);
    const entry = this.#entries.get(key)
      ?? { ref, state: { status: 'loading' }, loadedAtMs: Number.NEGATIVE_INFINITY, failures: 0, load: undefined };
    this.#entries.set(key, entry);
    return entry;
  }

  #start(entry: Entry): Promise<void> {
    const controller = new AbortController();
    const done = this.#run(entry, controller);
    entry.load = { controller, done };
    return done;
  }

  async #run(entry: Entry, { signal }: AbortController): Promise<void> {
    const { ref } = entry;
    let state: ReferenceState;
    try {
      const target = await this.#queue.run(ref.accountId, () => this.#deps.find(ref, signal), signal);
      state = target === undefined ? { status: 'gone' } : { status: 'found', target };
    } catch (error) {
      state = isGone(error) ? { status: 'gone' } : { status: 'failed', error };
    }
    // Forgotten meanwhile: whatever came was made for the account as it was.
    if (signal.aborted) return;
    entry.load = undefined;
    this.#settle(entry, state);
  }

  #settle(entry: Entry, state: ReferenceState): void {
    entry.state = state;
    entry.loadedAtMs = this.#deps.now();
    entry.failures = state.status === 'failed' ? entry.failures + 1 : 0;
    this.#deps.onChange(entry.ref);
    if (state.status === 'gone') this.#deps.onGone(entry.ref);
  }
}

function dueAt({ state, loadedAtMs, failures }: Entry): number {
  if (state.status === 'failed') return loadedAtMs + Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** Math.min(failures, 10));
  return loadedAtMs + (state.status === 'found' && state.target.isSettling ? SETTLING_MS : FRESH_MS);
}

function keyOf({ accountId, kind, keys }: ResourceRef): string {
  return JSON.stringify([accountId, kind, ...keys]);
}
