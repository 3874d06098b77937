import type { Locator, Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import { isText, waitFor } from './wait.ts';

/** A row of a tree view as it is shown. */
export interface TreeRow {
  /** Position from the top, 0 first. */
  readonly index: number;
  /** Depth, 1 for the roots. */
  readonly level: number;
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly accessibleName: string;
  /** Undefined for a row without children. */
  readonly isExpanded: boolean | undefined;
}

/** Labels from a root down to a row. */
export type TreePath = readonly (string | RegExp)[];

/** How a tree view is found: by the title it tells screen readers, or as the one inside another element. */
export type TreePlace = { readonly title: string } | { readonly within: string };

/** A tree view of an extension. */
export class Tree {
  readonly #page: Page;
  readonly #tree: Locator;

  constructor(page: Page, place: TreePlace) {
    this.#page = page;
    const list = '.monaco-list:has([role="tree"]), .monaco-list[role="tree"]';
    this.#tree =
      'title' in place
        ? page.locator(`.monaco-list[role="tree"][aria-label="${place.title}"]`)
        : page.locator(place.within).locator(list).first();
  }

  /** The rows in sight, top first. */
  async rows(): Promise<readonly TreeRow[]> {
    const rows = await this.#tree.locator('.monaco-list-row').evaluateAll((elements: readonly PageElement[]) =>
      elements.map((element) => {
        const text = (selector: string): string => element.querySelector(selector)?.textContent?.trim() ?? '';
        const expanded = element.getAttribute('aria-expanded');
        return {
          index: Number(element.getAttribute('data-index')),
          level: Number(element.getAttribute('aria-level')),
          label: text('.monaco-icon-name-container'),
          description: text('.label-description'),
          accessibleName: element.getAttribute('aria-label') ?? '',
          isExpanded: expanded === null ? undefined : expanded === 'true',
        };
      }),
    );
    // A row that is just being drawn has no depth yet.
    return rows.filter(({ level }) => level > 0).toSorted((a, b) => a.index - b.index);
  }

  /** Labels of the rows in sight, indented by their depth: handy in assertions and messages. */
  async outline(): Promise<readonly string[]> {
    return (await this.rows()).map((row) => `${'  '.repeat(row.level - 1)}${row.label}`);
  }

  /** What a screen reader says about the row the keyboard is on; '' where it is on none. */
  async focusedName(): Promise<string> {
    const row = this.#tree.locator('.monaco-list-row.focused');
    return (await row.count()) === 0 ? '' : ((await row.first().getAttribute('aria-label')) ?? '');
  }

  /** Expands all rows on the way and returns the row at the end of the path, scrolled into sight. */
  async find(...path: TreePath): Promise<TreeRow> {
    let row: TreeRow | undefined;
    for (const depth of path.keys()) {
      if (row !== undefined) {
        await this.#setExpanded(row, true);
      }
      row = await this.#waitForRow(path.slice(0, depth + 1), row);
    }
    if (row === undefined) {
      throw new Error('A path names at least one row.');
    }
    return row;
  }

  /** Expands a row with all above it; returns once its children, or what stands for them, are shown. */
  async expand(...path: TreePath): Promise<void> {
    await this.children(...path);
  }

  /** Expands every row in sight down to a level: 2 shows the children of the roots. Rows that cannot expand stay as they are. */
  async expandLevels(level: number): Promise<void> {
    await waitFor('the tree to show something', async () => (await this.rows()).length > 0);
    const next = async (): Promise<TreeRow | undefined> =>
      (await this.rows()).find((row) => row.level < level && row.isExpanded === false);
    for (let row = await next(); row !== undefined; row = await next()) {
      await this.#setExpanded(row, true);
      await this.loaded();
    }
  }

  /** Waits until no row turns its icon: the tree's own sign and that of a row that stands for what is being fetched. */
  async loaded(): Promise<void> {
    const turning = this.#tree.locator('.codicon-tree-item-loading, .codicon-loading, .codicon-modifier-spin');
    await waitFor('the tree to load', async () => (await turning.count()) === 0);
  }

  /** Collapses a row. */
  async collapse(...path: TreePath): Promise<void> {
    await this.#setExpanded(await this.find(...path), false);
  }

  /** Expands a row and returns the children in sight. */
  async children(...path: TreePath): Promise<readonly TreeRow[]> {
    const parent = await this.find(...path);
    await this.#setExpanded(parent, true);
    return waitFor(`children of ${path.join(' › ')}`, async () => {
      const children = below(parent, await this.rows()).filter((row) => row.level === parent.level + 1);
      return children.length > 0 && children;
    });
  }

  /** Waits until the row is as wanted, such as `(row) => row.description.includes('3 partitions')`. */
  async waitUntil(path: TreePath, is: (row: TreeRow) => boolean): Promise<TreeRow> {
    return waitFor(`${path.join(' › ')} to change`, async () => {
      const row = await this.find(...path);
      return is(row) ? row : undefined;
    });
  }

  /** Waits until no such row stands under its parent any more. */
  async waitUntilGone(...path: TreePath): Promise<void> {
    await waitFor(`${path.join(' › ')} to go`, async () => lookFor(path, await this.rows()) === undefined);
  }

  /** Selects a row by a click on it; a row with a command runs it. */
  async click(...path: TreePath): Promise<void> {
    await (await this.#element(path)).locator('.monaco-icon-label').click();
  }

  /** Adds a row to the selected ones. */
  async selectToo(...path: TreePath): Promise<void> {
    await (await this.#element(path)).locator('.monaco-icon-label').click({ modifiers: ['ControlOrMeta'] });
  }

  /** The labels of the selected rows in sight. */
  async selected(): Promise<readonly string[]> {
    const labels = this.#tree.locator('.monaco-list-row.selected .monaco-icon-name-container');
    return (await labels.allTextContents()).map((label) => label.trim());
  }

  /** The names of the buttons a row shows while the pointer is on it. */
  async inlineActions(...path: TreePath): Promise<readonly string[]> {
    const element = await this.#element(path);
    await element.hover();
    const labels = element.locator('.actions .action-label');
    return labels.evaluateAll((elements: readonly PageElement[]) => elements.map((each) => each.getAttribute('aria-label') ?? ''));
  }

  /** Presses the button of a row with this name. */
  async inlineAction(name: string, ...path: TreePath): Promise<void> {
    await waitFor(`the button ${name} of ${path.join(' › ')}`, async () => {
      const element = await this.#element(path);
      // Rows that come in above it move it from under the pointer.
      await element.hover({ timeout: 2_000 });
      await element.locator(`.actions .action-label[aria-label="${name}"]`).click({ timeout: 2_000 });
      return true;
    });
  }

  /** The tooltip of a row, as text. */
  async tooltip(...path: TreePath): Promise<string> {
    await (await this.#element(path)).locator('.monaco-icon-label').hover();
    const hover = this.#page.locator('.monaco-hover:visible .hover-contents, .workbench-hover:visible');
    await hover.first().waitFor();
    return (await hover.first().innerText()).trim();
  }

  /** Opens the context menu of a row; choose from it with the workbench's `menu`. */
  async openContextMenu(...path: TreePath): Promise<void> {
    await waitFor(`the menu of ${path.join(' › ')}`, async () => {
      await (await this.#element(path)).click({ button: 'right', timeout: 2_000 });
      return true;
    });
  }

  async #element(path: TreePath): Promise<Locator> {
    const row = await this.find(...path);
    // Not whatever may have moved to its place meanwhile.
    return this.#tree.locator(`.monaco-list-row[data-index="${row.index}"]`).filter({ hasText: row.label });
  }

  async #setExpanded(row: TreeRow, isExpanded: boolean): Promise<void> {
    if (row.isExpanded === undefined) {
      throw new Error(`"${row.label}" has no children to expand.`);
    }
    const look = async (): Promise<TreeRow | undefined> => {
      // Rows that come in above it move it down.
      const same = (await this.rows()).filter((each) => each.level === row.level && each.label === row.label);
      return same.toSorted((a, b) => Math.abs(a.index - row.index) - Math.abs(b.index - row.index))[0];
    };
    await waitFor(`"${row.label}" to ${isExpanded ? 'expand' : 'collapse'}`, async () => {
      const now = await look();
      if (now === undefined || now.isExpanded === isExpanded) return now !== undefined;
      // Rows may have moved between the look and the click: the click may have hit another one.
      await this.#tree.locator(`.monaco-list-row[data-index="${now.index}"] .monaco-tl-twistie`).click({ timeout: 2_000 });
      return waitFor('the row to change', async () => (await look())?.isExpanded === isExpanded, 2_000);
    });
  }

  /** Looks in sight, then scrolls down a page at a time, then starts again from the top. */
  async #waitForRow(path: TreePath, parent: TreeRow | undefined): Promise<TreeRow> {
    return waitFor(`the tree row ${path.join(' › ')}`, async () => {
      const rows = await this.rows();
      const row = lookFor(path, rows) ?? (parent === undefined ? undefined : lookBelow(parent, path, rows));
      if (row === undefined) {
        await this.#scroll();
      }
      return row;
    }).catch(async (error: unknown) => {
      throw new Error(`There is no such row in the tree:\n${(await this.outline()).join('\n')}`, { cause: error });
    });
  }

  async #scroll(): Promise<void> {
    const before = (await this.rows()).at(-1)?.index;
    const box = await this.#tree.boundingBox();
    if (before === undefined || box === null) {
      return;
    }
    await this.#page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.#page.mouse.wheel(0, box.height / 2);
    await this.#page.evaluate('new Promise(requestAnimationFrame)');
    if ((await this.rows()).at(-1)?.index === before) {
      await this.#page.mouse.wheel(0, -1_000_000);
    }
  }
}

/** The row at the end of the path, where it and all above it are in sight. */
function lookFor(path: TreePath, rows: readonly TreeRow[]): TreeRow | undefined {
  let found: TreeRow | undefined;
  for (const [depth, label] of path.entries()) {
    const candidates = found === undefined ? rows : below(found, rows);
    found = candidates.find((row) => row.level === depth + 1 && isText(row.label, label));
    if (found === undefined) {
      return undefined;
    }
  }
  return found;
}

/** The row at the end of the path below a parent seen before, which may be out of sight by now. */
function lookBelow(parent: TreeRow, path: TreePath, rows: readonly TreeRow[]): TreeRow | undefined {
  const label = path.at(-1) ?? '';
  return below(parent, rows).find((row) => row.level === parent.level + 1 && isText(row.label, label));
}

/** The rows that belong to a row: those after it that are deeper, up to the next one that is not. */
function below(parent: TreeRow, rows: readonly TreeRow[]): readonly TreeRow[] {
  const after = rows.filter((row) => row.index > parent.index);
  const end = after.findIndex((row) => row.level <= parent.level);
  return end < 0 ? after : after.slice(0, end);
}
