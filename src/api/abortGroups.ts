/**
 * Listens to each signal once, however many wait for it: thousands of requests share the signal of the run they belong to, and to add
 * and remove a listener costs more than all else that is done for the signal.
 */
export class AbortGroups {
  readonly #groups = new WeakMap<AbortSignal, Set<() => void>>();

  /** Calls back when the signal ends, once; not at all for one that ended before. Returns what ends the waiting. */
  wait(signal: AbortSignal, cancel: () => void): () => void {
    const group = this.#groupOf(signal);
    group.add(cancel);
    return () => {
      group.delete(cancel);
    };
  }

  #groupOf(signal: AbortSignal): Set<() => void> {
    const known = this.#groups.get(signal);
    if (known !== undefined) return known;
    const group = new Set<() => void>();
    this.#groups.set(signal, group);
    signal.addEventListener('abort', () => this.#end(signal, group), { once: true });
    return group;
  }

  #end(signal: AbortSignal, group: Set<() => void>): void {
    this.#groups.delete(signal);
    for (const cancel of group) cancel();
    group.clear();
  }
}
