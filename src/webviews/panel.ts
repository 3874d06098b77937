import { randomBytes } from 'node:crypto';

import { l10n, Uri } from 'vscode';
import type { WebviewPanel } from 'vscode';

import { Disposables } from '../host/disposables.ts';
import type { DashboardView } from '../protocol/view.ts';
import { pageHtml } from './html.ts';
import type { PageContent } from './pageContent.ts';
import type { PagePorts } from './pagePorts.ts';
import { PageSession } from './pageSession.ts';

/** What a panel needs beside its page. */
export interface PanelPorts extends Omit<PagePorts, 'post'> {
  /** The folder of the page's files. */
  readonly files: Uri;
}

/** What a panel is about. */
export interface PanelSource {
  /** What it shows now. */
  readonly content: () => Promise<PageContent>;
  /** What it remembers was read with other keys, or elsewhere. */
  readonly forget: () => void;
}

/** A page in a tab of the editor. */
export class DashboardPanel extends Disposables {
  readonly #panel: WebviewPanel;
  readonly #source: PanelSource;
  readonly #session: PageSession;
  /** The last try to follow a change; what it shows is newer than what those before it would. */
  #renewing: Promise<void> | undefined;
  #isOutdated = false;

  constructor(panel: WebviewPanel, { source, content, view }: { readonly source: PanelSource; readonly content: PageContent; readonly view: DashboardView }, ports: PanelPorts) {
    super();
    this.#panel = panel;
    this.#source = source;
    const { webview } = panel;
    const { log, files, locale } = ports;
    this.#session = this.add(new PageSession(content, view, {
      ...ports,
      post: (event) => {
        webview.postMessage(event).then(undefined, (error: unknown) => log.error('A dashboard could not be told something', error));
      },
    }));
    this.add(webview.onDidReceiveMessage((message: unknown) => this.#session.receive(message)));
    this.add(panel.onDidChangeViewState(() => this.#followVisibility()));
    webview.options = { enableScripts: true, localResourceRoots: [files] };
    panel.title = titleOf(content);
    panel.iconPath = { light: icon('#424242'), dark: icon('#c5c5c5') };
    const address = (name: string): string => webview.asWebviewUri(Uri.joinPath(files, name)).toString();
    webview.html = pageHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64url'),
      locale,
      files: { dashboard: address('dashboard.js'), controls: address('controls.js'), style: address('dashboard.css') },
    });
    this.#followVisibility();
  }

  /** What the page is, without its window. */
  get session(): PageSession {
    return this.#session;
  }

  /** Whether it is about this account, or may be. */
  concerns(accountId: string): boolean {
    const { ref } = this.#session.content.head;
    return ref === undefined || ref.accountId === accountId;
  }

  /** Brings the tab to the front. */
  reveal(): void {
    this.#panel.reveal();
  }

  /** What it shows may be another now: an account was renamed, something was pinned. */
  async renew(): Promise<void> {
    const renewing: Promise<void> = this.#source.content().then((content) => {
      if (renewing === this.#renewing) this.#become(content);
    });
    this.#renewing = renewing;
    await renewing;
    // What was asked for later is newer.
    await this.#renewing;
  }

  /** What it shows was read with other keys, or elsewhere. */
  async replace(): Promise<void> {
    this.#isOutdated = true;
    this.#source.forget();
    await this.renew();
  }

  #become(content: PageContent): void {
    if (!this.#isOutdated && isSame(content, this.#session.content)) return;
    this.#isOutdated = false;
    this.#session.become(content);
    this.#panel.title = titleOf(content);
  }

  #followVisibility(): void {
    if (this.#panel.visible) this.#session.shown();
    else this.#session.hidden();
  }
}

/** The name of the tab. */
export function titleOf({ head: { name } }: Pick<PageContent, 'head'>): string {
  return l10n.t('{0} · Dashboard', name);
}

function isSame(a: PageContent, b: PageContent): boolean {
  return a.gone === b.gone && JSON.stringify(a.head) === JSON.stringify(b.head);
}

/** Two bars and a line. The editor colours no image of a tab by its theme. */
function icon(colour: string): Uri {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="${colour}"><path d="M1.5 1.5v13h13M4.5 12V8.5M7.5 12V5.5M10.5 12V7M13.5 12V3.5"/></svg>`;
  return Uri.from({ scheme: 'data', path: `image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` });
}
