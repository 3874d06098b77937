import type { Disposable } from 'vscode';

import { Disposables } from '../host/disposables.ts';
import { Emitter } from '../host/emitter.ts';
import type { Account } from '../model/account.ts';
import { permits } from '../model/account.ts';
import type { AccountStore } from './accountStore.ts';

/** How long an unlocked account stays so, milliseconds. */
export const UNLOCK_MS = 15 * 60_000;

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** What unlocking needs from outside. */
export interface UnlocksDeps {
  readonly store: AccountStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

interface Unlock {
  /** The latest time it was looked at, milliseconds since the epoch. */
  seenMs: number;
  /** Milliseconds since the epoch. */
  readonly untilMs: number;
  /** The profile it was asked for, as JSON: another one is locked. */
  readonly profile: string;
}

/**
 * The accounts as they count now: the store's profiles, with full access while an unlock is in force. Unlocks live in this
 * object alone, so that none survives a restart or reaches another window; any change of an account ends its unlock.
 */
export class Unlocks implements Disposable {
  readonly #deps: UnlocksDeps;
  readonly #unlocks = new Map<string, Unlock>();
  readonly #disposables = new Disposables();
  readonly #changes = this.#disposables.add(new Emitter<string>());
  readonly #ticks = this.#disposables.add(new Emitter<string>());
  #timer = new AbortController();

  /** Tells the id of an account that was unlocked or is locked again. */
  readonly onDidChange = this.#changes.event;
  /** Tells the id of an unlocked account whose time left reads otherwise now. */
  readonly onDidTick = this.#ticks.event;

  constructor(deps: UnlocksDeps) {
    this.#deps = deps;
    this.#disposables.add(deps.store.onDidChange(({ id, credentialsChanged }) => {
      const unlock = this.#unlocks.get(id);
      const account = deps.store.get(id);
      if (unlock !== undefined && (credentialsChanged || account === undefined || JSON.stringify(account) !== unlock.profile)) this.lock(id);
    }));
    this.#disposables.add({ dispose: () => this.#timer.abort() });
  }

  /** All accounts, as they count now. */
  list(): readonly Account[] {
    return this.#deps.store.list().map((account) => this.effective(account));
  }

  /** An account, as it counts now. */
  get(accountId: string): Account | undefined {
    const account = this.#deps.store.get(accountId);
    return account === undefined ? undefined : this.effective(account);
  }

  /** A stored profile, with full access where and as long as an unlock is in force. Ask anew for each use. */
  effective(profile: Account): Account {
    return this.#unlockOf(profile) === undefined ? profile : { ...profile, lane: { ...profile.lane, access: 'full' } };
  }

  /** Milliseconds until an account is locked again; undefined where it is not unlocked. */
  remainingMs(accountId: string): number | undefined {
    const account = this.#deps.store.get(accountId);
    const unlock = account === undefined ? undefined : this.#unlockOf(account);
    return unlock === undefined ? undefined : unlock.untilMs - this.#deps.now();
  }

  /**
   * Gives an account full access for {@link UNLOCK_MS}.
   * @param asked the profile somebody saw and named; one that changed since, or that is not locked, stays as it is
   */
  unlock(asked: Account): void {
    const { id } = asked;
    const profile = JSON.stringify(asked);
    if (JSON.stringify(this.#deps.store.get(id)) !== profile || permits(asked.lane.access, 'write')) return;
    const seenMs = this.#deps.now();
    this.#unlocks.set(id, { seenMs, untilMs: seenMs + UNLOCK_MS, profile });
    this.#changes.fire(id);
    this.#schedule();
  }

  /** Ends an unlock. */
  lock(accountId: string): void {
    if (!this.#unlocks.delete(accountId)) return;
    this.#changes.fire(accountId);
    this.#schedule();
  }

  dispose(): void {
    this.#unlocks.clear();
    this.#disposables.dispose();
  }

  /** The clock decides at each look: timers stand still while the computer sleeps. */
  #unlockOf(profile: Account): Unlock | undefined {
    const unlock = this.#unlocks.get(profile.id);
    if (unlock?.profile !== JSON.stringify(profile)) return undefined;
    const now = this.#deps.now();
    // A clock that was turned back must not make it longer; a second is what setting it right may take.
    if (now < unlock.seenMs - SECOND_MS) this.lock(profile.id);
    if (now < unlock.seenMs - SECOND_MS || now >= unlock.untilMs) return undefined;
    unlock.seenMs = Math.max(unlock.seenMs, now);
    return unlock;
  }

  #schedule(): void {
    this.#timer.abort();
    const now = this.#deps.now();
    const pauses = this.#unlocks.values().map(({ untilMs }) => pauseBefore(untilMs - now));
    const pauseMs = Math.min(...pauses);
    if (!Number.isFinite(pauseMs)) return;
    this.#timer = new AbortController();
    // Rejected where another plan took its place.
    this.#deps.wait(pauseMs, this.#timer.signal).then(() => this.#tick(), () => undefined);
  }

  #tick(): void {
    for (const id of [...this.#unlocks.keys()]) {
      if (this.remainingMs(id) === undefined) {
        this.#unlocks.delete(id);
        this.#changes.fire(id);
      } else {
        this.#ticks.fire(id);
      }
    }
    this.#schedule();
  }
}

/** Until the words for the time left change: each minute, and each second in the last one. */
function pauseBefore(leftMs: number): number {
  const unitMs = leftMs > MINUTE_MS ? MINUTE_MS : SECOND_MS;
  const overMs = leftMs % unitMs;
  return Math.max(1, overMs === 0 ? unitMs : overMs);
}
