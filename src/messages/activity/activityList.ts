import type { Memento } from 'vscode';

import { Emitter } from '../../host/emitter.ts';
import type { ActivityEntry } from '../../sending/journal/journalStore.ts';
import { type ActivityDay, type ActivityRow, daysOf, matchingRows, type RowContext, rowsOf } from './activityRows.ts';

/** What the list needs from outside. */
export interface ActivityListDeps {
  /** The newest entries of the journal, newest first. */
  readonly entries: (limit: number) => Promise<{ readonly entries: readonly ActivityEntry[]; readonly hasMore: boolean }>;
  /** Keeps the filter. */
  readonly state: Memento;
  readonly context: () => RowContext;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** The journal could not be read. */
  readonly warn: (message: string, error: unknown) => void;
}

/** What the view shows. */
export interface ActivityPage {
  readonly days: readonly ActivityDay[];
  /** Rows the filter lets through. */
  readonly rows: ReadonlyMap<string, ActivityRow>;
  /** Entries that were looked at. */
  readonly looked: number;
  /** There are older entries. */
  readonly hasMore: boolean;
  /** Empty for none. */
  readonly filter: string;
}

const STATE_KEY = 'cloudStreams.activity.filter';
const PAGE = 100;
/** A filter that shows little is worth little: it looks further back. */
const FILTERED_PAGE = 1_000;
/** Between two readings: the journal can change many times a second, and says nothing of how far a run is. */
const PAUSE_MS = 1_000;

/** The entries of the journal as the view shows them: read again when they changed, while somebody can see it. */
export class ActivityList {
  readonly #deps: ActivityListDeps;
  readonly #changes = new Emitter<undefined>();
  readonly #ending = new AbortController();
  #limit = PAGE;
  #page: ActivityPage | undefined;
  #shown = '';
  #turn = 0;
  #isVisible = false;
  #isStale = false;
  #isFollowing = false;
  #isSending = false;

  /** What the page shows is different now. */
  readonly onDidChange = this.#changes.event;

  constructor(deps: ActivityListDeps) {
    this.#deps = deps;
  }

  dispose(): void {
    this.#ending.abort();
    this.#changes.dispose();
  }

  /** The filter's text; empty for none. */
  get filter(): string {
    const stored = this.#deps.state.get<unknown>(STATE_KEY);
    return typeof stored === 'string' ? stored : '';
  }

  /** What is shown; read first where nothing was yet, or where it changed while nobody followed it. */
  async page(): Promise<ActivityPage> {
    if (this.#page === undefined || (this.#isStale && !this.#isFollowing)) {
      this.#isStale = false;
      await this.#read();
    }
    return this.#page ?? EMPTY;
  }

  /** A row of the page, or of all that can be looked up. */
  async find(id: string): Promise<ActivityRow | undefined> {
    const row = (await this.page()).rows.get(id);
    if (row !== undefined) return row;
    const { entries } = await this.#deps.entries(Math.max(this.#limit, FILTERED_PAGE));
    return rowsOf(entries, this.#deps.context()).find((one) => one.id === id);
  }

  /** Shows the filtered rows alone; all of them for an empty text. */
  async setFilter(filter: string): Promise<void> {
    await this.#deps.state.update(STATE_KEY, filter.trim() === '' ? undefined : filter.trim());
    await this.#read();
  }

  /** Shows older entries, too. */
  async more(): Promise<void> {
    this.#limit = this.#looksAt() + (this.filter === '' ? PAGE : FILTERED_PAGE);
    await this.#read();
  }

  /** Begins or ends to follow the journal. */
  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    // Other windows write to the journal, too, and the day may be another.
    if (isVisible && this.#page !== undefined) this.changed();
  }

  /** The journal changed. */
  changed(): void {
    this.#isStale = true;
    this.#follow();
  }

  #follow(): void {
    if (this.#isFollowing || !this.#isVisible) return;
    this.#isFollowing = true;
    // Nobody waits for it; what fails is told to the log.
    void this.#catchUp();
  }

  async #catchUp(): Promise<void> {
    try {
      while ((this.#isStale || this.#isSending) && this.#isVisible && !this.#ending.signal.aborted) {
        this.#isStale = false;
        await this.#read();
        await this.#deps.wait(PAUSE_MS, this.#ending.signal);
      }
    } catch {
      // The wait was ended, and so was the list.
    } finally {
      this.#isFollowing = false;
    }
  }

  #looksAt(): number {
    return this.filter === '' ? this.#limit : Math.max(this.#limit, FILTERED_PAGE);
  }

  /** Reads the journal; of several readings the last one counts. */
  async #read(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const { entries, hasMore } = await this.#deps.entries(this.#looksAt());
      if (turn === this.#turn && !this.#ending.signal.aborted) this.#show(entries, hasMore);
    } catch (error) {
      this.#deps.warn('The journal could not be read', error);
    }
  }

  #show(entries: readonly ActivityEntry[], hasMore: boolean): void {
    const { filter } = this;
    const context = this.#deps.context();
    const isFirst = this.#page === undefined;
    const rows = matchingRows(rowsOf(entries, context), filter);
    this.#page = { days: daysOf(rows, context), rows: new Map(rows.map((row) => [row.id, row])), looked: entries.length, hasMore, filter };
    this.#isSending = rows.some(({ entry }) => entry.kind === 'run' && entry.status === 'running');
    if (this.#isSending) this.#follow();
    // Rows that look as before are left alone: the view would only flicker.
    const shown = JSON.stringify([this.#page.days, entries.length, hasMore, filter], (key, value: unknown) => (key === 'entry' ? undefined : value));
    if (shown === this.#shown) return;
    this.#shown = shown;
    // Whoever asked for the first page gets it as an answer.
    if (!isFirst) this.#changes.fire(undefined);
  }
}

const EMPTY: ActivityPage = { days: [], rows: new Map(), looked: 0, hasMore: false, filter: '' };
