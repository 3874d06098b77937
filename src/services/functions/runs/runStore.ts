import { Emitter } from '../../../host/emitter.ts';
import { RUN_SCHEME } from '../../../ids.ts';
import type { ActivationDetail, Parameters } from '../../../model/functions.ts';
import type { RunAddress } from './runAddress.ts';
import { runKey } from './runAddress.ts';

/** What an action or a trigger is started with. */
export interface RunInput {
  readonly parameters: Parameters;
  /** Where they come from, in the user's language: `small · resize.params.json`. */
  readonly source: string;
}

/** Where a record stands: `running` and `logs` are looked at again, the other two are not. */
type RunState =
  /** It has not ended, or the service has not written it down. */
  | 'running'
  /** It has ended; its logs are not there yet. */
  | 'logs'
  | 'complete'
  /** Nobody looks any more, although something is missing: the note says why. */
  | 'given up';

/** What is known of one activation. */
export interface RunRecord {
  readonly address: RunAddress;
  readonly state: RunState;
  readonly detail: ActivationDetail | undefined;
  /** Why something is missing, in the user's language. */
  readonly note: string | undefined;
  /** Where its parameters came from; undefined where it was not started from this window. */
  readonly source: string | undefined;
  /** Milliseconds since the epoch; grows with each change. */
  readonly changedMs: number;
}

/** What the record of a run does not tell and its action does; the code is not kept. */
export interface ActionFacts {
  readonly runtime: string | undefined;
  readonly type: string | undefined;
  readonly memoryMb: number | undefined;
  readonly timeoutMs: number | undefined;
  /** Whether its code is a text that can be opened. */
  readonly isText: boolean;
  /** Actions of a sequence, in order. */
  readonly components: readonly string[];
  /** When that was, milliseconds since the epoch. */
  readonly readMs: number;
}

/** A terminal that shows activations as they come. */
export interface WatchTerminal {
  show(): void;
  end(): void;
}

type RunChange = Partial<Pick<RunRecord, 'state' | 'detail' | 'note' | 'source'>>;

/** Runs whose parameters are kept, for each may have a megabyte of them (cloudfunctions.md §10.2). */
const MAX_INPUTS = 50;

/**
 * What this window knows of runs: it ends with the window, for parameters may hold anything. Keys begin with the account's id, as
 * those of the tree's memory do.
 */
export class RunStore {
  readonly #records = new Map<string, RunRecord>();
  /** Records of runs under way whose documents were closed: they end with their run. */
  readonly #closed = new Set<string>();
  readonly #inputs = new Map<string, RunInput>();
  /** When activations began that were read once, milliseconds since the epoch. */
  readonly #starts = new Map<string, number>();
  readonly #lastTyped = new Map<string, string>();
  readonly #facts = new Map<string, ActionFacts>();
  readonly #following = new Map<string, AbortController>();
  readonly #terminals = new Map<string, WatchTerminal>();
  readonly #changes = new Emitter<RunAddress>();
  /** Scheme of the documents that show runs. */
  readonly scheme: string;
  readonly #lenses = new Emitter<void>();

  /** @param scheme of the documents that show runs */
  constructor(scheme: string = RUN_SCHEME) {
    this.scheme = scheme;
  }

  /** A record, or what its action tells, is another one now. */
  readonly onDidChange = this.#changes.event;
  /** A local file is deployed to another action now. */
  readonly onDidBind = this.#lenses.event;

  get(address: RunAddress): RunRecord | undefined {
    return this.#records.get(runKey(address));
  }

  /** Takes down what became known. @param nowMs milliseconds since the epoch */
  update(address: RunAddress, change: RunChange, nowMs: number): void {
    const before = this.get(address);
    const record: RunRecord = {
      address, state: 'running', detail: undefined, note: undefined, source: undefined, ...before, ...change,
      changedMs: Math.max(nowMs, (before?.changedMs ?? 0) + 1),
    };
    const key = runKey(address);
    this.#records.set(key, record);
    if (record.detail?.startMs !== undefined) this.#starts.set(key, record.detail.startMs);
    if (isOver(record)) this.#following.delete(key);
    if (isOver(record) && this.#closed.delete(key)) this.#records.delete(key);
    this.#changes.fire(address);
  }

  /** What an activation was started with, where that was in this window. */
  inputOf(address: RunAddress): RunInput | undefined {
    return this.#inputs.get(runKey(address));
  }

  keepInput(address: RunAddress, input: RunInput): void {
    this.#inputs.set(runKey(address), input);
    for (const key of [...this.#inputs.keys()].slice(0, -MAX_INPUTS)) this.#inputs.delete(key);
  }

  /** When an activation began, where it was read once; milliseconds since the epoch. */
  startOf(address: RunAddress): number | undefined {
    return this.#starts.get(runKey(address));
  }

  /** An editor shows it. */
  opened(address: RunAddress): void {
    this.#closed.delete(runKey(address));
  }

  /** No editor shows it any more: what was read can be read again, and what is under way is kept until it is over. */
  closed(address: RunAddress): void {
    const record = this.get(address);
    if (record === undefined) return;
    if (isOver(record)) this.#records.delete(runKey(address));
    else this.#closed.add(runKey(address));
  }

  /** The parameters typed last for an action or a trigger. @param subject as `subjectKey` writes it */
  lastTyped(subject: string): string | undefined {
    return this.#lastTyped.get(subject);
  }

  keepTyped(subject: string, text: string): void {
    this.#lastTyped.set(subject, text);
  }

  /** @param subject as `subjectKey` writes it */
  factsOf(subject: string): ActionFacts | undefined {
    return this.#facts.get(subject);
  }

  /** @param address of an activation whose document shows them */
  keepFacts(subject: string, facts: ActionFacts, address: RunAddress): void {
    const before = this.#facts.get(subject);
    this.#facts.set(subject, facts);
    const isSame = before !== undefined && JSON.stringify({ ...before, readMs: facts.readMs }) === JSON.stringify(facts);
    if (!isSame && this.get(address) !== undefined) this.update(address, {}, facts.readMs);
  }

  /** Begins to look for what is missing, and ends whoever looked before. */
  follow(address: RunAddress): AbortSignal {
    const key = runKey(address);
    this.#following.get(key)?.abort();
    const controller = new AbortController();
    this.#following.set(key, controller);
    return controller.signal;
  }

  terminalOf(subject: string): WatchTerminal | undefined {
    return this.#terminals.get(subject);
  }

  keepTerminal(subject: string, terminal: WatchTerminal): void {
    this.#terminals.set(subject, terminal);
  }

  dropTerminal(subject: string, terminal: WatchTerminal): void {
    if (this.#terminals.get(subject) === terminal) this.#terminals.delete(subject);
  }

  /** Call it when a local file was bound to an action. */
  bound(): void {
    this.#lenses.fire();
  }

  /**
   * Forgets what belongs to an account, and looks for nothing of it any more; a document that shows any of it is read anew. A terminal ends
   * by itself, and says why.
   */
  forget(prefix: string): void {
    for (const [key, controller] of this.#following) {
      if (!key.startsWith(prefix)) continue;
      controller.abort();
      this.#following.delete(key);
    }
    const forgotten = [...this.#records].flatMap(([key, { address }]) => (key.startsWith(prefix) ? [address] : []));
    for (const kept of [this.#records, this.#closed, this.#inputs, this.#starts, this.#lastTyped, this.#facts]) {
      for (const key of kept.keys()) {
        if (key.startsWith(prefix)) kept.delete(key);
      }
    }
    for (const address of forgotten) this.#changes.fire(address);
  }

  dispose(): void {
    // Nobody reads anything anew any more.
    this.#changes.dispose();
    this.forget('');
    for (const terminal of [...this.#terminals.values()]) terminal.end();
    this.#terminals.clear();
    this.#lenses.dispose();
  }
}

function isOver({ state }: RunRecord): boolean {
  return state === 'complete' || state === 'given up';
}
