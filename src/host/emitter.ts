/** Ends what it was given for. */
export interface Subscription {
  dispose(): void;
}

/** The editor's `EventEmitter`, without the editor: what only tells others of changes stays testable without a window. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Fits the editor's `Event`. */
  readonly event = (listener: (value: T) => void): Subscription => {
    const entry = (value: T): void => {
      listener(value);
    };
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  };

  /** Tells everyone; a listener that throws is reported and does not keep the others from hearing. */
  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Nobody is told any more. */
  dispose(): void {
    this.#listeners.clear();
  }
}
