import { type Disposable, EventEmitter, type Memento, type TreeDataProvider, type TreeView, Uri, window, workspace } from 'vscode';

import { argumentCommand, type Command, globalCommand } from '../../commands/command.ts';
import { Disposables } from '../../host/disposables.ts';
import { ACTIVITY_SCHEME, ACTIVITY_VIEW, COMMANDS } from '../../ids.ts';
import type { ActivityEntry } from '../../sending/journal/journalStore.ts';
import type { CurlDeps } from './activityCurl.ts';
import type { ActivityWork } from './activityWork.ts';
import { InterruptedBadge } from './interruptedBadge.ts';

/** What the Activity view needs from outside. */
export interface ActivityDeps extends CurlDeps {
  /** The newest entries of the journal, newest first. */
  readonly entries: (limit: number) => Promise<{ readonly entries: readonly ActivityEntry[]; readonly hasMore: boolean }>;
  /** What `entries` gives changed. */
  readonly onDidChange: (listener: () => void) => { dispose(): void };
  /** Deletes all entries but what is running. */
  readonly clear: () => Promise<void>;
  /** Puts a text on the clipboard and says what it is. */
  readonly copy: (text: string, what: string) => Promise<void>;
  /** Keeps the filter. */
  readonly state: Memento;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly warn: (message: string, error: unknown) => void;
  /** Scheme of the documents that show a resource write; another than the product's where both run in one window. */
  readonly scheme?: string;
}

type ActivityCommandId = (typeof COMMANDS)[
  'openActivity' | 'copyActivityCurl' | 'filterActivity' | 'clearActivityFilter' | 'loadMoreActivity' | 'clearActivity'
];

/**
 * The view of what was sent and changed from this machine. Its rows are named by text, so that commands on a row get what a lens would
 * give them: a run's id.
 */
export class Activity implements Disposable {
  readonly commands: Readonly<Record<ActivityCommandId, Command>>;
  /** What the view shows. */
  readonly rows: TreeDataProvider<string>;
  readonly #view: TreeView<string>;
  readonly #badge: InterruptedBadge;
  readonly #deps: ActivityDeps;
  readonly #scheme: string;
  readonly #ending = new Disposables();
  readonly #changes = this.#ending.add(new EventEmitter<undefined>());
  readonly #documents = this.#ending.add(new EventEmitter<Uri>());
  #loading: Promise<ActivityWork> | undefined;
  #work: ActivityWork | undefined;

  constructor(deps: ActivityDeps) {
    this.#deps = deps;
    this.#scheme = deps.scheme ?? ACTIVITY_SCHEME;
    this.rows = {
      onDidChangeTreeData: this.#changes.event,
      getChildren: (id) => this.#children(id),
      getTreeItem: async (id) => (await this.#get()).item(id),
    };
    this.#view = this.#ending.add(window.createTreeView<string>(ACTIVITY_VIEW, { treeDataProvider: this.rows }));
    this.#ending.add(this.#view.onDidChangeVisibility(({ visible }) => this.#work?.list.setVisible(visible)));
    this.#badge = this.#ending.add(new InterruptedBadge(this.#view, deps));
    this.#ending.add(deps.onDidChange(() => {
      this.#work?.list.changed();
      this.#badge.changed();
    }));
    this.#ending.add(workspace.registerTextDocumentContentProvider(this.#scheme, {
      onDidChange: this.#documents.event,
      provideTextDocumentContent: async ({ query }) => (await this.#get()).text(query),
    }));
    this.commands = this.#commands();
  }

  dispose(): void {
    this.#ending.dispose();
  }

  #commands(): Readonly<Record<ActivityCommandId, Command>> {
    const onRow = (run: (work: ActivityWork, id: string) => Promise<void>): Command =>
      argumentCommand(async ([given]) => {
        const id = typeof given === 'string' ? given : this.#view.selection[0];
        if (id !== undefined) await run(await this.#get(), id);
      });
    const onList = (run: (work: ActivityWork) => Promise<void>): Command => globalCommand(async () => run(await this.#get()));
    return {
      [COMMANDS.openActivity]: onRow(async (work, id) => {
        const uri = Uri.from({ scheme: this.#scheme, path: '/change.json', query: id });
        // One that is open shows what became of it meanwhile.
        this.#documents.fire(uri);
        await work.open(id, uri);
      }),
      [COMMANDS.copyActivityCurl]: onRow((work, id) => work.copyCurl(id)),
      [COMMANDS.filterActivity]: onList((work) => work.filter()),
      [COMMANDS.clearActivityFilter]: onList((work) => work.list.setFilter('')),
      [COMMANDS.loadMoreActivity]: onList((work) => work.list.more()),
      [COMMANDS.clearActivity]: onList((work) => work.clear()),
    };
  }

  #get(): Promise<ActivityWork> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<ActivityWork> {
    const { ActivityWork } = await import('./activityWork.ts');
    const work = this.#ending.add(new ActivityWork(this.#deps));
    this.#ending.add(work.list.onDidChange(() => {
      this.#changes.fire(undefined);
      this.#badge.look();
      // Nobody waits for a heading.
      void work.head(this.#view);
    }));
    work.list.setVisible(this.#view.visible);
    this.#work = work;
    return work;
  }

  async #children(id: string | undefined): Promise<string[]> {
    const work = await this.#get();
    if (id === undefined) await work.head(this.#view);
    return work.children(id);
  }
}
