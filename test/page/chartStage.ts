import assert from 'node:assert/strict';

import type { PageCall } from '../../src/protocol/calls.ts';
import type { HostEvent } from '../../src/protocol/dashboard.ts';
import type { SeriesTable, SeriesUnit } from '../../src/protocol/series.ts';
import { init, NOW_MS, part } from './easyQueueData.ts';
import { Stage, type OpenOptions, type StagePage } from './stage.ts';

const STEP_S = 10;
/** Points of a line. */
export const COUNT = 361;
/** When they begin, Unix seconds. */
export const FROM_S = Math.floor(NOW_MS / 1_000) - (COUNT - 1) * STEP_S;

/** An hour of lines that rise and fall, each higher than the one before; with a gap of five minutes in each. */
export function series(unit: SeriesUnit, labels: readonly string[], more: Partial<SeriesTable> = {}): SeriesTable {
  const value = (line: number, place: number): number => (place >= 100 && place < 130 ? Number.NaN : Math.round(1_000 * (line + 1) + 200 * Math.sin(place / 20)));
  return {
    unit, fromMs: FROM_S * 1_000, toMs: NOW_MS, stepSeconds: STEP_S, pointCount: COUNT, isReduced: false,
    times: Float64Array.from({ length: COUNT }, (_, place) => FROM_S + place * STEP_S).buffer,
    lines: labels.map((label, line) => ({ key: label, label, values: Float64Array.from({ length: COUNT }, (_, place) => value(line, place)).buffer })),
    ...more,
  };
}

const EVENTS: readonly HostEvent[] = [
  init('easyQueueTopic', 'orders'),
  part('bytesIn', series('bytesPerSecond', ['orders'])),
  part('bytesOut', series('bytesPerSecond', [])),
  part('messages', series('messagesPerSecond', ['in', 'out'])),
  part('lag', series('messages', ['billing', 'audit', 'reports'])),
  part('logSize', series('bytes', Array.from({ length: 20 }, (_, line) => `Partition ${line}`))),
];

/** Pages of charts, and what ends them. To be closed. */
export class ChartStage {
  readonly #stage: Stage;
  readonly #opened: StagePage[] = [];

  private constructor(stage: Stage) {
    this.#stage = stage;
  }

  static async open(): Promise<ChartStage> {
    return new ChartStage(await Stage.open());
  }

  /** A page of a topic's charts unless told otherwise. */
  async page(options: Partial<OpenOptions> = {}): Promise<StagePage> {
    const shown = await this.#stage.openPage({ events: EVENTS, height: 1_600, ...options });
    this.#opened.push(shown);
    // A time of today needs no date.
    await shown.page.clock.setFixedTime(NOW_MS);
    return shown;
  }

  /** Closes all pages. */
  async clear(): Promise<void> {
    for (const shown of this.#opened.splice(0)) await shown.close();
  }

  close(): Promise<void> {
    return this.#stage.close();
  }
}

/** The drawing of a chart, which has the focus and the keys. */
export function plot({ page }: StagePage, name: string): ReturnType<StagePage['page']['locator']> {
  return page.getByRole('application', { name: `${name}: chart.` });
}

/** What stands below a chart. */
export function values({ page }: StagePage, name: string): Promise<string> {
  return page.getByRole('figure', { name }).locator('.values').innerText();
}

/** What is zoomed into, or how to. */
export function zoomWords({ page }: StagePage): Promise<string> {
  return page.locator('.chart-group .note').innerText();
}

/** Drags over a chart, from one part of its width to another. */
export async function drag(shown: StagePage, name: string, from: number, to: number): Promise<void> {
  const area = plot(shown, name).locator('.u-over');
  await area.scrollIntoViewIfNeeded();
  const box = await area.boundingBox();
  assert.ok(box !== null);
  const [y, at] = [box.y + box.height / 2, (share: number): number => box.x + box.width * share];
  await shown.page.mouse.move(at(from), y);
  await shown.page.mouse.down();
  await shown.page.mouse.move(at((from + to) / 2), y);
  await shown.page.mouse.move(at(to), y);
  await shown.page.mouse.up();
}

/** Waits until something holds in the page. Without eval, which its Content-Security-Policy refuses. */
export async function until({ page }: StagePage, condition: string): Promise<void> {
  const holds: unknown = await page.evaluate(`new Promise((resolve) => {
    const check = (rounds) => (${condition} ? resolve(true) : rounds === 0 ? resolve(false) : requestAnimationFrame(() => check(rounds - 1)));
    check(1_000);
  })`);
  assert.equal(holds, true, condition);
}

/** What the page asked for of one kind, once it did so often. */
export async function called<T extends PageCall['type']>(shown: StagePage, type: T, count = 1): Promise<readonly Extract<PageCall, { readonly type: T }>[]> {
  await until(shown, `__stage.calls.filter(({ type }) => type === '${type}').length >= ${count}`);
  return (await shown.calls()).filter((call): call is Extract<PageCall, { readonly type: T }> => call.type === type);
}
