import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';
import { waitFor } from './wait.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules of WCAG 2.1 A and AA. */
const RUN_AXE = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, any, all }) => html.slice(0, 160) + ' (' + [...any, ...all].map((one) => one.message).join('; ') + ')').join(' | ')))`;

/** A dashboard as a person sees it: the page inside the editor's frames. */
export class DashboardPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The frame of the dashboard that shows this name, once it is in sight. */
  async frame(name: string | RegExp): Promise<Frame> {
    return waitFor(`the dashboard ${String(name)}`, async () => {
      for (const frame of this.#page.frames()) {
        const heading = await titleOf(frame);
        if (heading !== undefined && (typeof name === 'string' ? heading === name : name.test(heading))) return frame;
      }
      return undefined;
    });
  }

  /** What axe finds in it. */
  async violations(name: string | RegExp): Promise<readonly string[]> {
    const frame = await this.frame(name);
    await frame.evaluate(AXE);
    return frame.evaluate<readonly string[]>(RUN_AXE);
  }

  /** The cells of a table, by the words of its caption; waits for rows. */
  async table(name: string | RegExp, caption: string): Promise<readonly (readonly string[])[]> {
    const frame = await this.frame(name);
    const rows = frame.locator('table').filter({ has: frame.locator('caption', { hasText: caption }) }).locator('tbody tr');
    return waitFor(`rows of ${caption}`, async () => {
      const texts = await rows.evaluateAll((all) => all.map((row) => [...(row as unknown as { cells: Iterable<{ innerText: string }> }).cells].map((cell) => cell.innerText.trim())));
      return texts.length === 0 ? undefined : texts;
    });
  }

  /** All that it says. */
  async text(name: string | RegExp): Promise<string> {
    return (await this.frame(name)).locator('body').innerText();
  }

  /** Waits until it says something. */
  async says(name: string | RegExp, words: string | RegExp): Promise<void> {
    await waitFor(`the dashboard to say ${String(words)}`, async () => {
      const text = await this.text(name);
      return typeof words === 'string' ? text.includes(words) : words.test(text);
    });
  }

  /** Presses a button or a link by its name. */
  async press(name: string | RegExp, button: string | RegExp): Promise<void> {
    const frame = await this.frame(name);
    await frame.getByRole('button', { name: button, exact: typeof button === 'string' }).first().click({ timeout: 10_000 });
  }

  /** Whether its page was told of breaking its content security policy. */
  async watchPolicy(name: string | RegExp): Promise<() => Promise<readonly string[]>> {
    const frame = await this.frame(name);
    await frame.evaluate("globalThis.broken = []; addEventListener('securitypolicyviolation', (event) => broken.push(event.violatedDirective + ' ' + event.blockedURI))");
    return () => frame.evaluate<readonly string[]>('broken');
  }
}

async function titleOf(frame: Frame): Promise<string | undefined> {
  try {
    const shown = "document.visibilityState === 'visible' && innerWidth > 0 ? document.querySelector('h1')?.innerText : undefined";
    return await frame.evaluate<string | undefined>(shown);
  } catch {
    // The editor takes frames away while it makes others.
    return undefined;
  }
}

/** Waits until the editor has written the state of its tabs down with this text in it, as it does once a minute. */
export async function waitForKeptState(page: Page, text: string): Promise<void> {
  await waitFor('the editor to keep its tabs', async () => page.evaluate<boolean>(`(${HOLDS_STATE})(${JSON.stringify(text)})`), 90_000);
}

/** Looks through what the workbench keeps in the browser. */
const HOLDS_STATE = `async (text) => {
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    const db = await new Promise((resolve, reject) => Object.assign(indexedDB.open(name), { onsuccess: ({ target }) => resolve(target.result), onerror: reject }));
    const values = await new Promise((resolve, reject) =>
      Object.assign(db.transaction('ItemTable').objectStore('ItemTable').getAll(), { onsuccess: ({ target }) => resolve(target.result), onerror: reject }));
    db.close();
    if (values.some((value) => typeof value === 'string' && value.includes(text))) return true;
  }
  return false;
}`;
