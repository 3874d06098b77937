import { window } from 'vscode';
import type { Disposable, Uri, WebviewPanel } from 'vscode';

import { Disposables } from '../host/disposables.ts';
import { once } from '../host/once.ts';
import { DASHBOARD_VIEW } from '../ids.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { DashboardType } from './dashboardType.ts';
import type { DashboardWork } from './dashboardWork.ts';
import type { PageDeps } from './pagePorts.ts';
import type { SchedulerDeps } from './scheduler.ts';

/** What dashboards need of the house. */
export interface DashboardsDeps extends Omit<PageDeps, 'saveFile' | 'timeZone'>, SchedulerDeps {
  readonly types: readonly DashboardType[];
  /** Where the extension stands. */
  readonly extensionUri: Uri;
  /** Tells that an account counts otherwise now: it was changed, removed, unlocked. */
  readonly onDidChangeAccounts: (listener: () => void) => Disposable;
  /** Tells the id of an account that speaks with other keys or to other places now. */
  readonly onDidChangeKeys: (listener: (accountId: string) => void) => { dispose(): void };
  readonly pins: {
    readonly pinned: () => readonly ResourceRef[];
    readonly onDidChange: (listener: () => void) => { dispose(): void };
  };
  /** Asks where a file goes; the editor's dialog without it. */
  readonly saveFile?: PageDeps['saveFile'];
  /** Makes an empty tab; the editor's without it. */
  readonly createPanel?: (viewType: string, title: string) => WebviewPanel;
  /** Type of the panels; another one where something else has registered this. */
  readonly viewType?: string;
}

/** Dashboards in tabs of the editor, one of each thing. What shows them loads with the first. */
export class Dashboards implements Disposable {
  readonly #ending = new Disposables();
  readonly #work: () => Promise<DashboardWork>;
  #loaded: DashboardWork | undefined;

  constructor(deps: DashboardsDeps) {
    this.#work = once(async () => {
      const { DashboardWork: Work } = await import('./dashboardWork.ts');
      this.#loaded = this.#ending.add(new Work(deps));
      return this.#loaded;
    });
    this.#ending.add(window.registerWebviewPanelSerializer(deps.viewType ?? DASHBOARD_VIEW, {
      deserializeWebviewPanel: (panel, state: unknown) => this.restore(panel, state),
    }));
  }

  /** Shows the dashboard of a thing, or brings the one that is open to the front. @throws CloudError where there is none */
  async open(ref: ResourceRef): Promise<void> {
    await (await this.#work()).open(ref);
  }

  /** Shows all pinned topics side by side. */
  async openBoard(): Promise<void> {
    await (await this.#work()).openBoard();
  }

  /** Fills a tab that the editor kept over a reload; closes one that nothing is known of. Never throws for what is gone. */
  async restore(panel: WebviewPanel, state: unknown): Promise<void> {
    const closed = new AbortController();
    panel.onDidDispose(() => closed.abort());
    await (await this.#work()).restore(panel, state, closed.signal);
  }

  /** The service refused a request of an account as one too many, and it is made again after so many milliseconds: pages wait with it. */
  limited(accountId: string, retryAfterMs: number): void {
    this.#loaded?.limited(accountId, retryAfterMs);
  }

  /** Ends what is read. The tabs stay: the editor brings them back. */
  dispose(): void {
    this.#ending.dispose();
  }
}
