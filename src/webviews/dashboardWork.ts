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

  constructor(deps: DashboardsDeps) {
    super();
    this.#deps = deps;
    this.#scheduler = this.add(new FeedScheduler(deps));
    this.add(deps.onDidChangeKeys((accountId) => {
      // Of one that was removed nothing is read any more: its pages say so.
      if (deps.account(accountId) !== undefined) this.#scheduler.accountChanged(accountId);
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
    await this.#show(keyOf(ref), { content: () => thing.content() });
  }

  async openBoard(): Promise<void> {
    await this.#show(BOARD, this.#board());
  }

  /** Fills a tab of before the reload. */
  async restore(panel: WebviewPanel, state: unknown): Promise<void> {
    const kept = readPageState(state);
    const key = kept?.ref === undefined ? BOARD : keyOf(kept.ref);
    const source = kept?.ref === undefined ? this.#board() : this.#restored(kept.ref);
    if (kept === undefined || source === undefined || this.#panels.has(key) || this.#opening.has(key)) panel.dispose();
    else await this.#once(key, async () => this.#attach(key, panel, { source, content: await source.content(), view: kept.view }));
  }

  async #show(key: string, source: PanelSource): Promise<void> {
    for (let opening = this.#opening.get(key); opening !== undefined; opening = this.#opening.get(key)) await opening;
    const open = this.#panels.get(key);
    if (open !== undefined) {
      open.reveal();
      return;
    }
    await this.#once(key, async () => {
      // Read before the tab opens: what fails is told like any other command's failure.
      const content = await source.content();
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

  #attach(key: string, panel: WebviewPanel, page: { readonly source: PanelSource; readonly content: PageContent; readonly view: DashboardView }): void {
    const shown = this.add(new DashboardPanel(panel, page, this.#ports()));
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
    for (const [key, panel] of this.#panels) {
      if (only !== undefined && key !== only) continue;
      panel.renew().catch((error: unknown) => this.#deps.log.error('A dashboard could not follow a change', error));
    }
  }

  #board(): PanelSource {
    const { types, pins, account } = this.#deps;
    return { content: () => boardContent({ types, account, pinned: () => pins.pinned(), open: (ref) => this.open(ref) }) };
  }

  #thingOf(ref: ResourceRef): Thing | undefined {
    const type = this.#deps.types.find(({ kind }) => kind === ref.kind);
    return type === undefined ? undefined : new Thing(type, ref, () => this.#deps.account(ref.accountId));
  }

  #restored(ref: ResourceRef): PanelSource | undefined {
    const thing = this.#thingOf(ref);
    return thing === undefined ? undefined : { content: () => thing.contentOrReason() };
  }
}

/** The name it had when it was opened is no part of what it is. */
function keyOf({ accountId, kind, keys }: ResourceRef): string {
  return JSON.stringify([accountId, kind, ...keys]);
}

function createInEditor(viewType: string, title: string): WebviewPanel {
  return window.createWebviewPanel(viewType, title, ViewColumn.Active, { enableFindWidget: true });
}
