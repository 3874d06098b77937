import * as path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import { isText, waitFor } from './wait.ts';

/** The editor that is shown, and its tabs. */
export class Editor {
  readonly #page: Page;
  readonly #workspace: string;

  constructor(page: Page, workspace: string) {
    this.#page = page;
    this.#workspace = workspace;
  }

  /** Opens a file of the workspace by its path in it. */
  async openFile(name: string): Promise<void> {
    await waitFor(`${name} to open`, async () => {
      await this.#page.keyboard.press('Control+p');
      try {
        const input = this.#page.locator('.quick-input-widget:visible .quick-input-box input');
        // A whole path is opened without searching the workspace.
        await input.fill(path.join(this.#workspace, name), { timeout: 1_000 });
        const row = this.#page.locator(`.quick-input-list .monaco-list-row[aria-label^="${path.basename(name)}"]`).first();
        await row.click({ timeout: 3_000 });
      } catch {
        await this.#page.keyboard.press('Escape');
        return false;
      }
      return true;
    });
    await this.waitForTab(path.basename(name));
  }

  /** The title of the active tab. */
  async activeTab(): Promise<string> {
    const labels = await this.#page.locator('.tab.active .monaco-icon-label').allTextContents();
    return (labels[0] ?? '').trim();
  }

  /** Waits until the tab with this title is the active one. */
  async waitForTab(title: string | RegExp): Promise<void> {
    await waitFor(`the editor ${title}`, async () => isText(await this.activeTab(), title));
    await this.#lines().waitFor();
  }

  /** Whether the active editor has unsaved changes. */
  async isDirty(): Promise<boolean> {
    return (await this.#page.locator('.tab.active.dirty').count()) > 0;
  }

  /** The lines in sight as they are shown (view lines: a wrapped line is two). */
  async text(): Promise<string> {
    const lines = await this.#lines()
      .locator('.view-line')
      .evaluateAll((elements: readonly PageElement[]) =>
        elements.map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent ?? '' })),
      );
    return lines
      .toSorted((a, b) => a.top - b.top)
      .map((line) => line.text.replaceAll('\u00A0', ' '))
      .join('\n');
  }

  /** All of the document, with what is out of sight. */
  async wholeText(): Promise<string> {
    await this.selectAll();
    return waitFor('the text of the document', async () => {
      await this.#page.evaluate(`navigator.clipboard.writeText('')`);
      await this.#page.keyboard.press('Control+c');
      const text = await this.#page.evaluate<string>('navigator.clipboard.readText()');
      return text !== '' && text;
    });
  }

  /** Waits until the editor shows a text. */
  async waitForText(text: string | RegExp): Promise<void> {
    await waitFor(`the editor to show ${text}`, async () => {
      const shown = await this.text();
      return typeof text === 'string' ? shown.includes(text) : text.test(shown);
    });
  }

  /** Puts the keyboard at the start of the document. A click would have to find a place between lenses and hints. */
  async focus(): Promise<void> {
    await this.#page.locator('.editor-instance').first().locator('.native-edit-context, textarea.inputarea').first().focus();
    await this.#page.keyboard.press('Control+Home');
  }

  /** Selects the whole document. */
  async selectAll(): Promise<void> {
    await this.focus();
    await this.#page.keyboard.press('Control+a');
  }

  /** Selects whole lines, counted from 1, both included. */
  async selectLines(first: number, last: number): Promise<void> {
    await this.focus();
    await this.#page.keyboard.press('Control+Home');
    for (let line = 1; line < first; line += 1) {
      await this.#page.keyboard.press('ArrowDown');
    }
    for (let line = first; line < last; line += 1) {
      await this.#page.keyboard.press('Shift+ArrowDown');
    }
    await this.#page.keyboard.press('Shift+End');
  }

  /** Replaces the whole document, as pasting does: nothing is completed or closed by the editor. */
  async replaceAll(text: string): Promise<void> {
    await this.selectAll();
    await this.#page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await this.#page.keyboard.press('Control+v');
  }

  /** Types at the cursor, key by key. */
  async type(text: string): Promise<void> {
    await this.focus();
    await this.#page.keyboard.type(text);
  }

  /** Saves the document and waits until that is done. */
  async save(): Promise<void> {
    await this.#page.keyboard.press('Control+s');
    await waitFor('the document to be saved', async () => !(await this.isDirty()));
  }

  /** Asks to save the document; questions may follow. */
  async startSave(): Promise<void> {
    await this.focus();
    await this.#page.keyboard.press('Control+s');
  }

  /** Waits until the document has unsaved changes, or none any more. */
  async waitUntilDirty(isDirty: boolean): Promise<void> {
    await waitFor(isDirty ? 'unsaved changes' : 'no unsaved changes', async () => (await this.isDirty()) === isDirty);
  }

  /** How many places are underlined as wrong. */
  async squiggles(): Promise<number> {
    return this.#page.locator('.editor-instance .squiggly-error').count();
  }

  /** What is said about a word while the pointer is on it; waits until something is. */
  async hover(word: string): Promise<string> {
    const place = this.#lines().locator('.view-line span span').filter({ hasText: word }).first();
    const hover = this.#page.locator('.monaco-resizable-hover:visible .monaco-hover-content, .monaco-hover:visible .hover-contents').first();
    return waitFor(`a word on ${word}`, async () => {
      await this.#page.mouse.move(5, 5);
      await place.hover();
      try {
        await hover.waitFor({ timeout: 3_000 });
      } catch {
        return false;
      }
      return (await hover.innerText()).trim();
    });
  }

  /** What is offered at the cursor. */
  async completions(): Promise<readonly string[]> {
    const rows = this.#page.locator('.suggest-widget.visible .monaco-list-row');
    return waitFor('completions', async () => {
      if (!(await rows.first().isVisible())) await this.#page.keyboard.press('Control+Space');
      await rows.first().waitFor({ timeout: 2_000 });
      const labels = await rows.evaluateAll((elements: readonly PageElement[]) => elements.map((each) => each.getAttribute('aria-label') ?? ''));
      return labels.length > 0 && labels;
    });
  }

  /** Goes to an open tab. */
  async openTab(title: RegExp): Promise<void> {
    await this.#page.locator('.tab .monaco-icon-label').filter({ hasText: title }).first().click();
    await this.waitForTab(title);
  }

  /** Closes the active tab. */
  async closeTab(): Promise<void> {
    await this.#page.locator('.tab.active .tab-actions .action-label').first().click();
  }

  /** Opens a new untitled document. */
  async openUntitled(): Promise<void> {
    await this.#page.keyboard.press('Control+Alt+n');
  }

  /** Presses a button in the title of the editor, by its name. */
  async titleAction(name: string): Promise<void> {
    await this.#page.locator(`.editor-actions .action-label[aria-label^="${name}"]`).first().click();
  }

  /** The CodeLenses in sight. */
  async codeLenses(): Promise<readonly string[]> {
    return this.#page.locator('.codelens-decoration > a').allTextContents();
  }

  /** Presses a CodeLens; of several with this title one of them, from 0. */
  async codeLens(title: string | RegExp, nth = 0): Promise<void> {
    await this.#page.locator('.codelens-decoration > a').filter({ hasText: title }).nth(nth).click();
  }

  /** Waits for a CodeLens in sight. */
  async waitForCodeLens(title: string | RegExp): Promise<void> {
    await waitFor(`the lens ${title}`, async () => (await this.codeLenses()).some((each) => isText(each, title)));
  }

  /** Follows a link of the document, by its words. */
  async followLink(text: string): Promise<void> {
    const link = this.#lines().locator('[class*="detected-link"]').filter({ hasText: text }).first();
    await link.waitFor();
    // The link is drawn anew under the pointer, so it is not an element that is clicked, but its place.
    const box = await link.boundingBox();
    if (box === null) throw new Error(`The link ${text} went away.`);
    await this.#page.keyboard.down('ControlOrMeta');
    await this.#page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await this.#page.keyboard.up('ControlOrMeta');
  }

  #lines(): Locator {
    return this.#page.locator('.editor-instance .view-lines').first();
  }
}
