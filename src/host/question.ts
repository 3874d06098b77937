import type { QuickInput } from 'vscode';

import { Disposables } from './disposables.ts';

/** One question on the screen: settles once, then cleans up. */
export class Question<T> extends Disposables {
  readonly #controller = new AbortController();
  readonly #resolve: (value: T) => void;
  readonly #reject: (error: unknown) => void;
  onBack: (() => void) | undefined;

  constructor(input: QuickInput, resolve: (value: T) => void, reject: (error: unknown) => void) {
    super();
    this.#resolve = resolve;
    this.#reject = reject;
    this.add(input);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  resolve(value: T): void {
    this.#resolve(value);
    this.#end();
  }

  reject(error: unknown): void {
    this.#reject(error);
    this.#end();
  }

  #end(): void {
    if (this.signal.aborted) return;
    this.#controller.abort();
    this.dispose();
  }
}
