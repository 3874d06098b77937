import * as l10n from '@vscode/l10n';

import { CancelledError } from '../../../model/cloudError.ts';
import { type Formatter, isOne } from '../../../model/format.ts';
import type { Activation, ActivationDetail, ActivationPage } from '../../../model/functions.ts';
import { problemOf, problemText } from '../../../model/problem.ts';
import { linkedText } from '../triggers/linkedName.ts';
import { isMissing, isPassing } from './follow.ts';
import { koreanClock, koreanSeconds } from './koreanClock.ts';
import { readLogLine, readRuleLine } from './logLines.ts';
import { shortId } from './runAddress.ts';
import { statusLook } from './runWords.ts';

/** How a line of the watch looks. */
export type LineTone = 'plain' | 'good' | 'bad' | 'quiet';

/** What a watch looks at, and where it writes. */
export interface WatchPorts {
  /** One page, the newest first. @throws CloudError, CancelledError */
  readonly list: (query: { readonly pageNo: number; readonly pageSize: number }, signal: AbortSignal) => Promise<ActivationPage>;
  /** @throws CloudError, CancelledError */
  readonly detail: (id: string, signal: AbortSignal) => Promise<ActivationDetail>;
  /** Whether the account is still there. */
  readonly isThere: () => boolean;
  /** Of the account, for what goes wrong. */
  readonly accountName: string;
  readonly subjectName: string;
  /** Whether it is a trigger: its log tells what it started, that of an action is the function's own. */
  readonly isTrigger: boolean;
  /** One line; it may hold anything. */
  readonly write: (text: string, tone: LineTone) => void;
  readonly format: Formatter;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** @throws CancelledError as soon as the signal ends */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly logError: (message: string, error: unknown) => void;
}

const PAUSE_MS = 5_000;
/** As long as the service does not say itself when it wants to be asked again. */
const MAX_PAUSE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Failures in a row after which a watch ends. */
const MAX_FAILURES = 5;
/** Some that began before others end after them, and stand further down. The service may give fewer (cloudfunctions.md §6.1). */
const PAGE_SIZE = 50;
/** New ones that one look shows. */
const MAX_FRESH = 200;
/** How long the logs of one are looked for after it was seen: the service has them within a minute (cloudfunctions.md §6.2). */
const LOGS_MS = 90_000;
/** Logs that are asked for at one look: the others come with the next. */
const MAX_DETAILS = 5;

/** Shows new activations as they come, and their logs when the service has them, until it cannot go on: it always says why. */
export async function watch(ports: WatchPorts, signal: AbortSignal): Promise<void> {
  const watching = new Watching(ports, signal);
  try {
    await watching.run();
  } catch (error) {
    // The terminal was closed: nobody reads on.
    if (signal.aborted) return;
    ports.write(watching.whyItEnded(error), 'bad');
  }
  if (!signal.aborted) ports.write(l10n.t('Press Enter in this terminal, or run "Watch Activations" again, to go on.'), 'plain');
}

class Watching {
  readonly #ports: WatchPorts;
  readonly #signal: AbortSignal;
  readonly #seen = new Set<string>();
  /** Whose logs are missing, and since when, milliseconds since the epoch. */
  readonly #awaited = new Map<string, number>();
  #pauseMs = PAUSE_MS;
  #failures = 0;

  constructor(ports: WatchPorts, signal: AbortSignal) {
    this.#ports = ports;
    this.#signal = signal;
  }

  /** @throws what ends the watch */
  async run(): Promise<never> {
    const { write, wait } = this.#ports;
    write(l10n.t('Looking for new activations of {0} every {1}. Close this terminal to stop.', this.#ports.subjectName, this.#pauseText()), 'quiet');
    let hasStarted = false;
    for (;;) {
      if (!this.#ports.isThere()) throw new CancelledError();
      try {
        await (hasStarted ? this.#look() : this.#start());
        hasStarted = true;
        this.#recovered();
      } catch (error) {
        this.#failed(error);
      }
      await wait(this.#pauseMs, this.#signal);
    }
  }

  whyItEnded(error: unknown): string {
    const { isThere, accountName, logError } = this.#ports;
    if (!isThere()) return l10n.t('The watch has ended: account "{0}" was removed.', accountName);
    logError('Watching activations failed', error);
    const problem = problemOf(error, { accountName });
    return l10n.t('The watch has ended: {0}', problem === undefined ? '' : problemText(problem));
  }

  /** What is there at first is not new. */
  async #start(): Promise<void> {
    const { list, write, format } = this.#ports;
    const { activations, totalCount } = await list({ pageNo: 1, pageSize: PAGE_SIZE }, this.#signal);
    for (const { activationId } of activations) this.#seen.add(activationId);
    if (totalCount === undefined) return;
    const count = format.count(totalCount);
    write(isOne(totalCount) ? l10n.t('{0} is older than this watch.', count) : l10n.t('{0} are older than this watch.', count), 'quiet');
  }

  async #look(): Promise<void> {
    for (const activation of (await this.#fresh()).toReversed()) this.#show(activation);
    await this.#fetchLogs();
  }

  /** Those not seen before, the newest first. */
  async #fresh(): Promise<readonly Activation[]> {
    const { list, write } = this.#ports;
    // What was found counts as seen once it is shown: a page that fails takes none of the others along.
    const fresh = new Map<string, Activation>();
    let read = 0;
    for (let pageNo = 1; fresh.size < MAX_FRESH; pageNo += 1) {
      const { activations, totalCount } = await list({ pageNo, pageSize: PAGE_SIZE }, this.#signal);
      read += activations.length;
      const before = fresh.size;
      const unseen = activations.filter(({ activationId }) => !this.#seen.has(activationId));
      for (const activation of unseen) fresh.set(activation.activationId, activation);
      // How many a page holds is not known: what follows one that was seen is older than it, and a page of nothing new is the last.
      if (unseen.length < activations.length || fresh.size === before || read >= (totalCount ?? Infinity)) return [...fresh.values()];
    }
    write(l10n.t('There are more new activations than are shown here: the list has all of them.'), 'quiet');
    return [...fresh.values()];
  }

  #show({ activationId, status, durationMs }: Activation): void {
    const { write, now, format } = this.#ports;
    this.#seen.add(activationId);
    const look = statusLook(status);
    const duration = durationMs === undefined ? '' : `  ${format.duration(durationMs)}`;
    const tone = look.tone === 'good' || look.tone === 'bad' ? look.tone : 'plain';
    write(`${koreanSeconds(now())}  ${shortId(activationId)}  ${look.words}${duration}  ${l10n.t('(logs come later)')}`, tone);
    this.#awaited.set(activationId, now());
  }

  async #fetchLogs(): Promise<void> {
    const { now, detail, write } = this.#ports;
    for (const [id, sinceMs] of [...this.#awaited].slice(0, MAX_DETAILS)) {
      // Whoever had a turn goes to the end: one that never comes holds up none of the others.
      this.#awaited.delete(id);
      try {
        this.#showLogs(id, await detail(id, this.#signal));
      } catch (error) {
        if (!isMissing(error)) {
          this.#awaited.set(id, sinceMs);
          throw error;
        }
        if (now() - sinceMs < LOGS_MS) this.#awaited.set(id, sinceMs);
        else write(l10n.t('{0}: no logs came. Open the activation to look again.', shortId(id)), 'quiet');
      }
    }
  }

  #showLogs(id: string, { startMs, logs }: ActivationDetail): void {
    const { write, isTrigger } = this.#ports;
    const started = startMs === undefined ? '' : l10n.t('started {0} KST', koreanClock(startMs));
    write(`${shortId(id)}  ${started}${logs.length === 0 ? `  ${l10n.t('It wrote nothing.')}` : ''}`, 'quiet');
    for (const line of logs) {
      const rule = isTrigger ? readRuleLine(line) : undefined;
      if (rule !== undefined) {
        write(`  ${linkedText(rule)}  ${rule.activationId ?? rule.error ?? ''}`, rule.isSuccess ? 'plain' : 'bad');
        continue;
      }
      const { atMs, stream, text } = readLogLine(line);
      write(`  ${atMs === undefined ? '' : `${koreanClock(atMs)}  `}${text}`, stream === 'stderr' ? 'bad' : 'plain');
    }
  }

  #recovered(): void {
    this.#failures = 0;
    if (this.#pauseMs === PAUSE_MS) return;
    this.#pauseMs = Math.max(PAUSE_MS, Math.round(Math.min(MAX_PAUSE_MS, this.#pauseMs) / 2));
    if (this.#pauseMs === PAUSE_MS) this.#ports.write(l10n.t('Checking every {0} again.', this.#pauseText()), 'quiet');
  }

  /** @throws what ends the watch */
  #failed(error: unknown): void {
    // Other keys have a connection of their own; whether the account is still there is asked before the next look.
    if (error instanceof CancelledError && !this.#signal.aborted) return;
    if (!isPassing(error)) throw error;
    const { write, accountName } = this.#ports;
    if (error.kind === 'rateLimited') {
      const doubledMs = Math.min(MAX_PAUSE_MS, this.#pauseMs * 2);
      // A timer that is set for longer than some weeks ends at once.
      this.#pauseMs = Math.min(DAY_MS, Math.max(doubledMs, error.details.retryAfterMs ?? 0));
      write(l10n.t('The service asks for fewer requests: checking every {0} now.', this.#pauseText()), 'quiet');
      return;
    }
    this.#failures += 1;
    if (this.#failures >= MAX_FAILURES) throw error;
    const problem = problemOf(error, { accountName });
    write(l10n.t('{0} Trying again ({1} of {2}).', problem?.message ?? '', this.#failures, MAX_FAILURES - 1), 'bad');
  }

  #pauseText(): string {
    return this.#ports.format.duration(this.#pauseMs);
  }
}
