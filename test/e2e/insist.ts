import type { Page } from 'playwright-core';
import { waitFor } from './wait.ts';

/** What is pressed on a row, and how it is seen to have come. */
export interface Pressing {
  readonly what: string;
  readonly press: () => Promise<void>;
  readonly hasCome: () => Promise<boolean>;
}

/**
 * Runs a command of a row. A list that is being drawn again in the moment of the click gives the command no row, and it asks which one is
 * meant: then the question is closed and the row pressed once more.
 */
export async function insist(page: Page, { what, press, hasCome }: Pressing): Promise<void> {
  await waitFor(what, async () => {
    await press();
    try {
      return await waitFor(what, hasCome, 8_000);
    } catch {
      await page.keyboard.press('Escape');
      return false;
    }
  });
}

/** Whether a modal question is open. */
export async function isAsked(page: Page): Promise<boolean> {
  return page.locator('.monaco-dialog-box').isVisible();
}
