import type { Memento } from 'vscode';

import { Emitter } from '../host/emitter.ts';
import { isSameResource } from '../model/resource.ts';
import type { ResourceRef } from '../model/resource.ts';

const PINS_KEY = 'cloudStreams.pins';
const RECENTS_KEY = 'cloudStreams.recents';

/** How many recently used resources are kept. */
const MAX_RECENTS = 16;
/** How many of them are shown. */
const MAX_SHOWN = 8;

/** The resources that were pinned, and those that were used last. Kept for this machine: what is pinned is no secret, and no setting. */
export class Pins {
  readonly #memento: Memento;
  readonly #changes = new Emitter<undefined>();

  /** Told when either list changed. */
  readonly onDidChange = this.#changes.event;

  /** @param memento not bound to a workspace, and not synchronized with other machines */
  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** In the order in which they were pinned. */
  pinned(): readonly ResourceRef[] {
    return this.#read(PINS_KEY);
  }

  /** The last one first; those that are pinned stand above already. */
  recents(): readonly ResourceRef[] {
    const pinned = this.pinned();
    return this.#read(RECENTS_KEY).filter((ref) => !has(pinned, ref)).slice(0, MAX_SHOWN);
  }

  isPinned(ref: ResourceRef): boolean {
    return has(this.pinned(), ref);
  }

  /** Pins a resource; nothing for one that is pinned. */
  async pin(ref: ResourceRef): Promise<void> {
    const pinned = this.pinned();
    if (!has(pinned, ref)) await this.#write(PINS_KEY, [...pinned, plain(ref)]);
  }

  async unpin(ref: ResourceRef): Promise<void> {
    await this.#keep(PINS_KEY, (other) => !isSameResource(other, ref));
  }

  /** Notes that something was done with a resource. */
  async note(ref: ResourceRef): Promise<void> {
    const recents = this.#read(RECENTS_KEY);
    const [last] = recents;
    if (last !== undefined && isSameResource(last, ref) && last.name === ref.name) return;
    const others = recents.filter((other) => !isSameResource(other, ref));
    await this.#write(RECENTS_KEY, [plain(ref), ...others].slice(0, MAX_RECENTS));
  }

  /** Takes a resource that is gone out of those used last; a pin of it stays until it is unpinned. */
  async forgetRecent(ref: ResourceRef): Promise<void> {
    await this.#keep(RECENTS_KEY, (other) => !isSameResource(other, ref));
  }

  /** Forgets everything of an account that was removed. */
  async forgetAccount(accountId: string): Promise<void> {
    for (const key of [PINS_KEY, RECENTS_KEY]) await this.#keep(key, (ref) => ref.accountId !== accountId);
  }

  async #keep(key: string, holds: (ref: ResourceRef) => boolean): Promise<void> {
    const before = this.#read(key);
    const left = before.filter(holds);
    if (left.length < before.length) await this.#write(key, left);
  }

  #read(key: string): readonly ResourceRef[] {
    const stored: unknown = this.#memento.get(key);
    return Array.isArray(stored) ? stored.flatMap((value: unknown) => readRef(value) ?? []) : [];
  }

  async #write(key: string, refs: readonly ResourceRef[]): Promise<void> {
    await this.#memento.update(key, refs);
    this.#changes.fire(undefined);
  }
}

function has(refs: readonly ResourceRef[], ref: ResourceRef): boolean {
  return refs.some((other) => isSameResource(other, ref));
}

/** What is stored: nothing but the reference itself. */
function plain({ accountId, kind, keys, name }: ResourceRef): ResourceRef {
  return { accountId, kind, keys, name };
}

/** Other versions of this extension write there too. */
function readRef(value: unknown): ResourceRef | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { accountId, kind, keys, name } = value as Readonly<Record<string, unknown>>;
  const isRef = typeof accountId === 'string' && typeof kind === 'string' && typeof name === 'string' && Array.isArray(keys);
  if (!isRef || !keys.every((key): key is string => typeof key === 'string')) return undefined;
  return { accountId, kind, keys, name };
}
