import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';

import { EasyQueueClient } from '../../../src/api/easyqueue/client.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/emulator.ts';
import { createFormatter } from '../../../src/model/format.ts';
import type { ResourceRef } from '../../../src/model/resource.ts';
import type { SeriesTable } from '../../../src/protocol/series.ts';
import type { DashboardView } from '../../../src/protocol/view.ts';
import { easyQueueDashboards } from '../../../src/services/easyqueue/dashboards/dashboards.ts';
import { TreeMemory } from '../../../src/tree/treeMemory.ts';
import type { Dashboard, DashboardType, Feed, FeedView } from '../../../src/webviews/dashboardType.ts';
import { nhnAccount } from '../../support/accounts.ts';
import { MemoryMemento } from '../../support/editorStorage.ts';
import { connect } from '../api/support.ts';

/** What a page is set to, unless a test says otherwise. */
export const VIEW: FeedView = { range: { last: '1h' }, intervalSeconds: 10, widthPx: 800 };

/** Half a minute after noon in Korea. */
export const NOON = Date.parse('2026-03-02T12:00:30+09:00');

/** The dashboards of EasyQueue over an emulator whose clock stands still until it is moved. */
export interface DashboardWorld {
  readonly emulator: Emulator;
  readonly clock: { now: number };
  readonly memory: TreeMemory;
  /** What was opened: dashboards, and documents with their mode in front. */
  readonly opened: string[];
  readonly type: (kind: string) => DashboardType;
  readonly ref: (topic: string, group?: string) => ResourceRef;
  /** The page of a topic, or of a group. */
  readonly open: (topic: string, group?: string) => Promise<Dashboard>;
  /** How many requests of one operation arrived. */
  readonly requests: (operation: string) => number;
}

/** Starts it with the sample topics. */
export async function dashboardWorld(t: TestContext, options: EmulatorOptions = {}): Promise<DashboardWorld> {
  const clock = { now: NOON };
  const emulator = await startEmulator({ clock: () => clock.now, ...options });
  t.after(() => emulator.close());
  const { nhn } = emulator.credentials;
  const account = nhnAccount({ appKeys: [{ appKey: nhn.appKey, label: 'shop', region: 'KR1' }], endpoints: { token: nhn.token, easyQueue: nhn.easyQueue } });
  const { connection } = connect(t, account, { keyId: nhn.userAccessKeyId, secret: nhn.secretAccessKey }, { now: () => clock.now });
  const memory = new TreeMemory(new MemoryMemento());
  const opened: string[] = [];
  const types = easyQueueDashboards({
    client: (_accountId, appKey) => Promise.resolve(new EasyQueueClient(connection, appKey)),
    format: createFormatter('en'),
    now: () => clock.now,
    memory,
    openDashboard: (ref) => Promise.resolve(void opened.push(`${ref.kind} ${ref.name}: ${ref.keys.join(' ')}`)),
    openDocument: (ref, mode) => Promise.resolve(void opened.push(`${mode} ${ref.kind} ${ref.name}`)),
  });
  const type = (kind: string): DashboardType => {
    const found = types.find((one) => one.kind === kind);
    assert.ok(found, kind);
    return found;
  };
  const ref = (topic: string, group?: string): ResourceRef => {
    const full = (name: string): string => `${nhn.appKey}.${name}`;
    const keys = ['KR1', nhn.appKey, full(topic), ...(group === undefined ? [] : [full(group)])];
    return { accountId: account.id, kind: group === undefined ? 'easyQueue.topic' : 'easyQueue.group', keys, name: group ?? topic };
  };
  return {
    emulator, clock, memory, opened, type, ref,
    open: (topic, group) => {
      const one = ref(topic, group);
      return type(one.kind).open(one);
    },
    requests: (operation) => emulator.log.filter((request) => request.operation === operation).length,
  };
}

/** The feed of one part. */
export function feedOf(dashboard: Dashboard, part: string, view: DashboardView = VIEW): Feed {
  const found = dashboard.feeds(view).find((feed) => feed.part === part);
  assert.ok(found, part);
  return found;
}

/** Reads a part, and gives what its page gets. */
export async function shown(dashboard: Dashboard, part: string, view: FeedView = VIEW): Promise<unknown> {
  const feed = feedOf(dashboard, part, view);
  return feed.show(await feed.read(new AbortController().signal), view);
}

/** A part as CSV, line by line. */
export async function csvOf(dashboard: Dashboard, part: string, view: DashboardView = VIEW): Promise<readonly string[]> {
  const feed = feedOf(dashboard, part, view);
  const text = feed.csv?.(await feed.read(new AbortController().signal)) ?? '';
  return text.split('\r\n').slice(0, -1);
}

/** The lines of a chart as plain arrays, by their labels. */
export function linesOf(table: unknown): Readonly<Record<string, readonly number[]>> {
  const { lines } = table as SeriesTable;
  return Object.fromEntries(lines.map(({ label, values }) => [label, [...new Float64Array(values)]]));
}

/** The times of a chart, Unix seconds. */
export function timesOf(table: unknown): readonly number[] {
  return [...new Float64Array((table as SeriesTable).times)];
}
