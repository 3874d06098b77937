import { Uri, ViewColumn, window } from 'vscode';
import type { WebviewPanel } from 'vscode';

import { Disposables } from '../host/disposables.ts';
import { onDidChangeSettings } from '../host/settings.ts';
import { DASHBOARD_VIEW } from '../ids.ts';
import { CloudError } from '../model/cloudError.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { DashboardView, TimeRange } from '../protocol/view.ts';
import { boardContent } from './board.ts';
import { readIntervalSeconds, readTimeZone } from './dashboardSettings.ts';
import type { DashboardsDeps } from './dashboards.ts';
import type { PageContent } from './pageContent.ts';
import { readPageState } from './pageState.ts';
import { DashboardPanel, titleOf } from './panel.ts';
import type { PanelPorts, PanelSource } from './panel.ts';
import { saveFile } from './saveFile.ts';
import { FeedScheduler } from './scheduler.ts';
import { Thing } from './thing.ts';

const BOARD = 'board';

/** All dashboards that are open. */
export class DashboardWork extends Disposables {
  readonly #deps: DashboardsDeps;
  readonly #scheduler: FeedScheduler;
  readonly #panels = new Map<string, DashboardPanel>();
  /** Those that are about to open: a second click opens no second one. */
  readonly #opening = new Map<string, Promise<void>>();
  /** Counts what may make a page another one. */
  #changes = 0;
  #isOver = false;

  constructor(deps: DashboardsDeps) {
    super();
    this.#deps = deps;
    this.#scheduler = this.add(new FeedScheduler(deps));
    this.add(deps.onDidChangeKeys((accountId) => {
      // Nobody waits; what fails is noted.
      void this.#replace(accountId);
    }));
    this.add(deps.onDidChangeAccounts(() => this.#renew()));
    this.add(deps.pins.onDidChange(() => this.#renew(BOARD)));
    this.add(onDidChangeSettings(() => {
      for (const { session } of this.#panels.values()) session.timeZoneChanged();
    }));
  }

  /** @throws CloudError `notFound` where there is no such dashboard */
  async open(ref: ResourceRef): Promise<void> {
    const thing = this.#thingOf(ref);
    if (thing === undefined) throw new CloudError('notFound', { mayHaveArrived: false });
    await this.#show(keyOf(ref), contentOf(thing), () => thing.content());
  }

  async openBoard(): Promise<void> {
    const board = this.#board();
    await this.#show(BOARD, board, board.content);
  }

  /**
   * Fills a tab of before the reload. Where the same is open already, that one comes to the front, and this one closes.
   * @param closed ends when somebody closes it
   */
  async restore(panel: WebviewPanel, state: unknown, closed: AbortSignal): Promise<void> {
    const kept = readPageState(state);
    const key = kept?.ref === undefined ? BOARD : keyOf(kept.ref);
    const source = kept?.ref === undefined ? this.#board() : this.#restored(kept.ref);
    if (kept === undefined || source === undefined) {
      panel.dispose();
      return;
    }
    for (let opening = this.#opening.get(key); opening !== undefined; opening = this.#opening.get(key)) await opening;
    if (closed.aborted) return;
    const open = this.#panels.get(key);
    if (open !== undefined) {
      panel.dispose();
      open.reveal();
      return;
    }
    await this.#once(key, async () => {
      const content = await this.#latest(source, source.content);
      if (!closed.aborted) this.#attach(key, panel, { source, content, view: kept.view });
    });
  }

  /** The service refused a request of an account as one too many, and it is made again after so many milliseconds. */
  limited(accountId: string, retryAfterMs: number): void {
    this.#scheduler.limited(accountId, retryAfterMs);
  }

  override dispose(): void {
    this.#isOver = true;
    for (const panel of this.#panels.values()) panel.dispose();
    this.#panels.clear();
    super.dispose();
  }

  async #show(key: string, source: PanelSource, load: PanelSource['content']): Promise<void> {
    for (let opening = this.#opening.get(key); opening !== undefined; opening = this.#opening.get(key)) await opening;
    const open = this.#panels.get(key);
    if (open !== undefined) {
      open.reveal();
      return;
    }
    await this.#once(key, async () => {
      // Read before the tab opens: what fails is told like any other command's failure.
      const content = await this.#latest(source, load);
      const { createPanel = createInEditor, viewType = DASHBOARD_VIEW } = this.#deps;
      const view: DashboardView = { range: { last: '1h' }, intervalSeconds: readIntervalSeconds() };
      this.#attach(key, createPanel(viewType, titleOf(content)), { source, content, view });
    });
  }

  async #once(key: string, work: () => Promise<void>): Promise<void> {
    const opening = work().finally(() => this.#opening.delete(key));
    // Whoever comes second tries again by itself where this fails.
    this.#opening.set(key, opening.catch(() => undefined));
    await opening;
  }

  /** What a page shows that is about to open: no change that came meanwhile is missed. */
  async #latest(source: PanelSource, load: PanelSource['content']): Promise<PageContent> {
    for (;;) {
      const changes = this.#changes;
      const content = await load();
      if (changes === this.#changes) return content;
      source.forget();
    }
  }

  #attach(key: string, panel: WebviewPanel, page: { readonly source: PanelSource; readonly content: PageContent; readonly view: DashboardView }): void {
    if (this.#isOver) return;
    const shown = new DashboardPanel(panel, page, this.#ports());
    this.#panels.set(key, shown);
    panel.onDidDispose(() => {
      this.#panels.delete(key);
      shown.dispose();
    });
  }

  #ports(): PanelPorts {
    const { extensionUri } = this.#deps;
    return {
      saveFile,
      ...this.#deps,
      scheduler: this.#scheduler,
      timeZone: readTimeZone,
      rangeEverywhere: (range) => this.#rangeEverywhere(range),
      files: Uri.joinPath(extensionUri, 'out', 'webview'),
    };
  }

  #rangeEverywhere(range: TimeRange): void {
    for (const { session } of this.#panels.values()) session.setRange(range);
  }

  #renew(only?: string): void {
    this.#changes += 1;
    for (const [key, panel] of this.#panels) {
      // Nobody waits; what fails is noted.
      if (only === undefined || key === only) void this.#follow(panel.renew());
    }
  }

  /** Everything of an account is read anew, by pages that remember nothing of before. */
  async #replace(accountId: string): Promise<void> {
    this.#changes += 1;
    // Of one that was removed nothing is read any more: its pages say so.
    if (this.#deps.account(accountId) === undefined) return;
    const panels = [...this.#panels.values()].filter((panel) => panel.concerns(accountId));
    await Promise.all(panels.map((panel) => this.#follow(panel.replace())));
    this.#scheduler.accountChanged(accountId);
  }

  async #follow(change: Promise<void>): Promise<void> {
    try {
      await change;
    } catch (error) {
      this.#deps.log.error('A dashboard could not follow a change', error);
    }
  }

  #board(): PanelSource {
    const { types, pins, account } = this.#deps;
    return {
      content: () => boardContent({ types, account, pinned: () => pins.pinned(), open: (ref) => this.open(ref) }),
      // Its cards are made anew each time.
      forget: () => undefined,
    };
  }

  #thingOf(ref: ResourceRef): Thing | undefined {
    const type = this.#deps.types.find(({ kind }) => kind === ref.kind);
    return type === undefined ? undefined : new Thing(type, ref, () => this.#deps.account(ref.accountId));
  }

  #restored(ref: ResourceRef): PanelSource | undefined {
    const thing = this.#thingOf(ref);
    return thing === undefined ? undefined : contentOf(thing);
  }
}

/** The name it had when it was opened is no part of what it is. */
function keyOf({ accountId, kind, keys }: ResourceRef): string {
  return JSON.stringify([accountId, kind, ...keys]);
}

/** What a panel follows: where it fails, the page says why. */
function contentOf(thing: Thing): PanelSource {
  return { content: () => thing.contentOrReason(), forget: () => thing.forget() };
}

function createInEditor(viewType: string, title: string): WebviewPanel {
  return window.createWebviewPanel(viewType, title, ViewColumn.Active, { enableFindWidget: true });
}
