import type { Memento, SecretStorage, SecretStorageChangeEvent } from 'vscode';

import { Emitter } from '../../src/host/emitter.ts';

/** Global state in memory; keeps what JSON keeps, as the editor's does. */
export class MemoryMemento implements Memento {
  readonly values = new Map<string, string>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get<T>(key: string, fallback?: T): T | undefined {
    const text = this.values.get(key);
    return text === undefined ? fallback : JSON.parse(text) as T;
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}

/** How a keychain behaves. */
export type KeychainMood = 'works' | 'forgets' | 'throws';

/** A keychain in memory, which can be missing in the two ways keychains are. */
export class MemorySecrets implements SecretStorage {
  readonly values = new Map<string, string>();
  readonly #changes = new Emitter<SecretStorageChangeEvent>();
  readonly log: string[] = [];
  mood: KeychainMood = 'works';

  readonly onDidChange = this.#changes.event as SecretStorage['onDidChange'];

  keys(): Promise<string[]> {
    return Promise.reject(new Error('not everywhere'));
  }

  get(key: string): Promise<string | undefined> {
    this.log.push(`get ${key}`);
    return this.mood === 'throws' ? Promise.reject(new Error('no keychain')) : Promise.resolve(this.values.get(key));
  }

  store(key: string, value: string): Promise<void> {
    this.log.push(`store ${key}`);
    if (this.mood === 'throws') return Promise.reject(new Error('no keychain'));
    if (this.mood === 'works') this.values.set(key, value);
    this.#changes.fire({ key });
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.log.push(`delete ${key}`);
    if (this.mood === 'throws') return Promise.reject(new Error('no keychain'));
    this.values.delete(key);
    this.#changes.fire({ key });
    return Promise.resolve();
  }

  /** What happens when another window wrote. */
  touch(key: string): void {
    this.#changes.fire({ key });
  }
}
