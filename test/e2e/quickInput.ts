import type { Locator, Page } from 'playwright-core';
import { isText, waitFor } from './wait.ts';

/** One row of a quick pick. */
export interface QuickPickRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** The quick input at the top of the window: picks, input boxes and the command palette. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget:visible');
  }

  /** Waits for a quick input; with a title, for the one with that title (steps as "(1/2)" are not part of it). */
  async open(title?: string | RegExp): Promise<void> {
    await waitFor(`a quick input${title === undefined ? '' : ` titled ${title}`}`, async () => {
      return (await this.#widget.isVisible()) && (title === undefined || isText(await this.title(), title));
    });
  }

  /** Whether a quick input is open by the end of the given time, in milliseconds. */
  async isOpenWithin(limitMs: number): Promise<boolean> {
    try {
      await this.#widget.waitFor({ timeout: limitMs });
      return true;
    } catch {
      return false;
    }
  }

  /** Waits until no quick input is open. */
  async closed(): Promise<void> {
    await this.#widget.waitFor({ state: 'hidden' });
  }

  /** The title without its step, '' where there is none. */
  async title(): Promise<string> {
    return (await this.#fullTitle()).replace(/\s*\(\d+\/\d+\)$/u, '');
  }

  /** The step and the number of steps, such as "2/4"; undefined where the title has none. */
  async step(): Promise<string | undefined> {
    return /\((\d+\/\d+)\)$/u.exec(await this.#fullTitle())?.[1];
  }

  async #fullTitle(): Promise<string> {
    return (await textOf(this.#widget.locator('.quick-input-title'))).trim();
  }

  /** The rows shown; a long list shows only those in sight. */
  async rows(): Promise<readonly QuickPickRow[]> {
    const rows = await this.#widget.locator('.quick-input-list .monaco-list-row').all();
    return Promise.all(
      rows.map(async (row) => ({
        label: (await textOf(row.locator('.quick-input-list-rows > .quick-input-list-row:first-child .label-name'))).trim(),
        description: (await textOf(row.locator('.quick-input-list-rows .label-description:visible'))).trim(),
        detail: (await textOf(row.locator('.quick-input-list-label-meta:visible'))).trim(),
      })),
    );
  }

  /** Replaces what stands in the input. */
  async type(text: string): Promise<void> {
    await this.open();
    await this.#input().fill(text);
  }

  /** What stands in the input. */
  async value(): Promise<string> {
    return this.#input().inputValue();
  }

  /** Whether the input hides what is typed, as for secrets. */
  async isPassword(): Promise<boolean> {
    return (await this.#input().getAttribute('type')) === 'password';
  }

  /** What an empty input shows in place of a text: the question of a pick, an example in an input; '' where nothing is asked. */
  async placeholder(): Promise<string> {
    const input = this.#input();
    return (await input.count()) === 0 ? '' : ((await input.first().getAttribute('placeholder')) ?? '');
  }

  /** The prompt or validation message under the input. */
  async message(): Promise<string> {
    return (await textOf(this.#widget.locator('.quick-input-message'))).trim();
  }

  /** Waits for a message under the input. */
  async waitForMessage(message: string | RegExp): Promise<void> {
    await waitFor(`the message ${message}`, async () => isText(await this.message(), message));
  }

  /** Picks the row with this label, waiting for it; filter first (`type`) where the list is long. */
  async pick(label: string | RegExp): Promise<void> {
    const row = await waitFor(`the row ${label}`, async () => {
      const index = (await this.rows()).findIndex((each) => isText(each.label, label));
      return index < 0 ? undefined : this.#widget.locator('.quick-input-list .monaco-list-row').nth(index);
    });
    await row.click();
  }

  /** Ticks or unticks the row with this label in a pick of several. */
  async toggle(label: string | RegExp): Promise<void> {
    const rows = this.#widget.locator('.quick-input-list .monaco-list-row');
    const row = await waitFor(`the row ${label}`, async () => {
      const index = (await this.rows()).findIndex((each) => isText(each.label, label));
      return index < 0 ? undefined : rows.nth(index);
    });
    await row.locator('.quick-input-list-checkbox, .monaco-checkbox').first().click();
  }

  /** How many rows of a pick of several are ticked, in the editor's words. */
  async count(): Promise<string> {
    return (await textOf(this.#widget.locator('.quick-input-count'))).trim();
  }

  /** Presses Enter. */
  async accept(): Promise<void> {
    await this.#input().press('Enter');
  }

  /** Types and presses Enter, in the quick input with this title if one is given. */
  async answer(text: string, title?: string | RegExp): Promise<void> {
    await this.open(title);
    await this.type(text);
    await this.accept();
  }

  /** Presses the Back button. */
  async back(): Promise<void> {
    await this.button('Back');
  }

  /** Presses a button of the title bar or of the input, by its tooltip. */
  async button(name: string): Promise<void> {
    await this.#widget.locator(`.action-label[aria-label^="${name}"]`).first().click();
  }

  /** Presses Escape. */
  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.closed();
  }

  #input(): Locator {
    return this.#widget.locator('.quick-input-box input');
  }
}

/** The text of the first element found, '' if there is none: never waits. */
async function textOf(locator: Locator): Promise<string> {
  const texts = await locator.allTextContents();
  return texts[0] ?? '';
}
