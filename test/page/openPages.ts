import { after, afterEach, before } from 'node:test';

import type { HostEvent } from '../../src/protocol/dashboard.ts';
import { Stage, type OpenOptions, type StagePage } from './stage.ts';

/** Opens pages for the tests of one file; what a test opened is closed after it, and the stage after the last. */
export function openPages(events: () => readonly HostEvent[]): (options?: Partial<OpenOptions>) => Promise<StagePage> {
  let stage: Stage;
  const opened: StagePage[] = [];
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());
  afterEach(async () => {
    for (const shown of opened.splice(0)) await shown.close();
  });
  return async (options = {}) => {
    const shown = await stage.openPage({ events: events(), ...options });
    opened.push(shown);
    return shown;
  };
}

/** What stands in a region, in one line. */
export async function textOf({ page }: StagePage, name: string): Promise<string> {
  return (await page.getByRole('region', { name, exact: true }).innerText()).replaceAll(/\s+/g, ' ');
}
