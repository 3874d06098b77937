import type { Locator, Page } from 'playwright-core';
import { Editor } from './editor.ts';
import { QuickInput } from './quickInput.ts';
import { Tree } from './tree.ts';
import { isText, waitFor } from './wait.ts';

/** The view container of Cloud Streams: the resources, and below them the activity. */
const CONTAINER = '[id="workbench.view.extension.cloudStreams"]';
const RESOURCES = `${CONTAINER} .split-view-view:nth-child(1)`;
const ACTIVITY = `${CONTAINER} .split-view-view:nth-child(2)`;

/** What a person sees of a VS Code window and does in it. */
export class Workbench {
  readonly quickInput: QuickInput;
  readonly editor: Editor;
  readonly #page: Page;

  /** The workspace is the folder opened in the window. */
  constructor(page: Page, workspace: string) {
    this.#page = page;
    this.quickInput = new QuickInput(page);
    this.editor = new Editor(page, workspace);
  }

  /** Runs a command from the palette by the words it shows there, such as "Cloud Streams: Add Account"; waits for it to be offered. */
  async runCommand(title: string): Promise<void> {
    await waitFor(`the command "${title}"`, async () => {
      try {
        await this.#openPalette(title);
        return await waitFor(title, async () => this.#pickExact(title), 2_000);
      } catch {
        await this.#page.keyboard.press('Escape');
        return false;
      }
    });
  }

  /** A window that is still being restored does not hear the key yet. */
  async #openPalette(text: string): Promise<void> {
    await waitFor('the palette', async () => {
      await this.#page.keyboard.press('F1');
      return this.quickInput.isOpenWithin(1_000);
    });
    await this.quickInput.type(`>${text}`);
  }

  async #pickExact(title: string): Promise<boolean> {
    const rows = this.#page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    const index = (await this.quickInput.rows()).findIndex((row) => row.label === title);
    if (index >= 0) {
      await rows.nth(index).click({ timeout: 1_000 });
    }
    return index >= 0;
  }

  /** Whether the palette offers a command: false once other commands match and this one is not among them. */
  async offersCommand(title: string): Promise<boolean> {
    await this.#openPalette(title);
    const rows = await waitFor('commands in the palette', async () => {
      const shown = await this.quickInput.rows();
      return shown.length > 0 && shown;
    });
    await this.quickInput.cancel();
    return rows.some((row) => row.label === title);
  }

  /** Opens the view container with this title from the activity bar. */
  async openView(title: string): Promise<void> {
    const tab = this.#page.locator(`.activitybar .action-item:has([aria-label^="${title}"])`).first();
    await tab.waitFor();
    await waitFor(`the view ${title}`, async () => {
      if (await this.#isShown(title)) return true;
      // In a window that is still being restored the click may close what was about to open: then it takes another one.
      await tab.click();
      return waitFor(`the view ${title}`, async () => this.#isShown(title), 2_000);
    });
  }

  async #isShown(title: string): Promise<boolean> {
    const titles = await this.#page.locator('.sidebar .composite.title h2:visible').allTextContents();
    return titles.some((each) => each.trim().toLowerCase().startsWith(title.toLowerCase()));
  }

  /** The tree view with this title. */
  tree(title: string): Tree {
    return new Tree(this.#page, { title });
  }

  /** The tree view of Cloud Streams, whatever the display language calls it. */
  resources(): Tree {
    return new Tree(this.#page, { within: CONTAINER });
  }

  /** The tree of what was sent and changed, below the one of resources. */
  activity(): Tree {
    return new Tree(this.#page, { within: ACTIVITY });
  }

  /** The files of the workspace, while the Explorer is open. */
  explorer(): Tree {
    return new Tree(this.#page, { within: '.explorer-folders-view' });
  }

  /** Opens the view of what was sent and changed. */
  async openActivity(): Promise<void> {
    await this.openView('Cloud Streams');
    const header = this.#page.locator(`${ACTIVITY} .pane-header`);
    await waitFor('the activity', async () => {
      if ((await header.getAttribute('aria-expanded')) === 'true') return true;
      await header.click({ timeout: 2_000 });
      return waitFor('the view to open', async () => (await header.getAttribute('aria-expanded')) === 'true', 1_000);
    });
  }

  /** Presses a button in the title of the view of resources, or of that of activity. */
  async viewAction(name: string, view: 'resources' | 'activity' = 'resources'): Promise<void> {
    const header = this.#page.locator(`${view === 'resources' ? RESOURCES : ACTIVITY} .pane-header`);
    await header.hover();
    await header.locator(`.action-label[aria-label^="${name}"]:visible`).first().click();
  }

  /** The texts and buttons of the welcome content in the side bar. */
  async welcome(): Promise<string> {
    const content = this.#page.locator('.sidebar .welcome-view-content:visible');
    await content.first().waitFor();
    return (await content.first().innerText()).trim();
  }

  /** Presses a button of the welcome content. */
  async welcomeButton(name: string): Promise<void> {
    await this.#page.locator('.sidebar .welcome-view-content .monaco-button').filter({ hasText: name }).click();
  }

  /** Waits for a notification and returns its text. */
  async notification(text: string | RegExp): Promise<string> {
    return waitFor(`the notification ${text}`, async () =>
      (await this.notifications()).find((each) => isText(each, text)));
  }

  /** The texts of the notifications in sight. */
  async notifications(): Promise<readonly string[]> {
    const texts = await this.#toasts().locator('.notification-list-item-message').allTextContents();
    return texts.map((text) => text.trim());
  }

  /** Presses a button of the notification with this text. */
  async notificationButton(text: string | RegExp, button: string): Promise<void> {
    await this.notification(text);
    const toast = this.#toasts().filter({ hasText: text }).first();
    await toast.hover();
    await toast.locator('.notification-list-item-buttons-container .monaco-button').filter({ hasText: button }).first().click();
  }

  /** Dismisses all notifications. */
  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.#toasts().first().waitFor({ state: 'hidden' });
  }

  #toasts(): Locator {
    return this.#page.locator('.notifications-toasts .notification-list-item');
  }

  /** Waits for a modal dialog and returns its message and detail. */
  async dialog(message?: string | RegExp): Promise<{ readonly message: string; readonly detail: string }> {
    const box = this.#page.locator('.monaco-dialog-box');
    await box.waitFor();
    const title = (await box.locator('.dialog-message-text').innerText()).trim();
    const detail = (await box.locator('.dialog-message-detail').allInnerTexts()).join('\n').trim();
    if (message !== undefined && !isText(title, message)) {
      throw new Error(`The dialog says "${title}" instead of ${message}.`);
    }
    return { message: title, detail };
  }

  /** The names of the buttons of the modal dialog. */
  async dialogButtons(): Promise<readonly string[]> {
    const names = await this.#page.locator('.monaco-dialog-box .dialog-buttons .monaco-button').allTextContents();
    return names.map((name) => name.trim()).filter((name) => name !== '');
  }

  /** Presses a button of the modal dialog. */
  async dialogButton(name: string): Promise<void> {
    const box = this.#page.locator('.monaco-dialog-box');
    const question = await box.locator('.dialog-message-text').innerText();
    await box.locator('.monaco-button').filter({ hasText: name }).first().click();
    // The next question may be there at once.
    await waitFor('the dialog to close', async () => (await box.locator('.dialog-message-text', { hasText: question }).count()) === 0);
  }

  /** The names in the open menu. */
  async menuItems(): Promise<readonly string[]> {
    const labels = this.#page.locator('.monaco-menu:visible .action-menu-item .action-label');
    await labels.first().waitFor();
    return (await labels.allTextContents()).map((label) => label.trim());
  }

  /** Chooses from the open menu. */
  async menu(name: string): Promise<void> {
    const item = this.#page.locator(`.monaco-menu:visible .action-menu-item .action-label[aria-label="${name}"]`);
    await item.waitFor();
    // A menu takes no click in its first 100 ms, so that the click that opened it chooses nothing.
    await waitFor(`the menu to take ${name}`, async () => {
      if (await item.isVisible()) {
        await item.click({ timeout: 1_000 });
      }
      return item.isHidden();
    });
  }

  /** Opens a submenu of the open menu. */
  async openSubmenu(menu: string): Promise<void> {
    const all = this.#page.locator('.monaco-menu:visible .action-menu-item');
    const before = (await this.menuItems()).length;
    await waitFor(`the submenu ${menu}`, async () => {
      await this.#page.locator(`.monaco-menu:visible .action-menu-item .action-label[aria-label="${menu}"]`).first().hover({ timeout: 1_000 });
      return (await all.count()) > before;
    });
  }

  /** Chooses from a submenu of the open menu. */
  async submenu(menu: string, name: string): Promise<void> {
    const parent = this.#page.locator(`.monaco-menu:visible .action-menu-item .action-label[aria-label="${menu}"]`);
    const item = this.#page.locator(`.monaco-menu:visible .action-menu-item .action-label[aria-label="${name}"]`);
    let isClicked = false;
    await waitFor(`the menu to take ${name}`, async () => {
      if (await item.isVisible()) {
        await item.click({ timeout: 1_000 });
        isClicked = true;
      } else if (!isClicked) {
        await parent.hover({ timeout: 1_000 });
      }
      return isClicked && item.isHidden();
    });
  }

  /** The texts of the status bar. */
  async statusBar(): Promise<readonly string[]> {
    const texts = await this.#page.locator('.statusbar-item').allTextContents();
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  }

  /** The text on the clipboard. */
  async clipboard(): Promise<string> {
    return this.#page.evaluate<string>('navigator.clipboard.readText()');
  }
}
