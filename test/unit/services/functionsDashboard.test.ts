import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { CloudError } from '../../../src/model/cloudError.ts';
import { createFormatter } from '../../../src/model/format.ts';
import type { ResourceRef } from '../../../src/model/resource.ts';
import type { ActionFacts, ActivationSlices, LatestActivation } from '../../../src/protocol/action.ts';
import type { DashboardView } from '../../../src/protocol/view.ts';
import type { ActionTarget } from '../../../src/services/functions/context.ts';
import { actionDashboard } from '../../../src/services/functions/dashboards/actionDashboard.ts';
import type { Dashboard, Feed, FeedView } from '../../../src/webviews/dashboardType.ts';
import { naverAccount } from '../../support/accounts.ts';
import { runsWorld } from './functionsRunsWorld.ts';
import type { RunsWorld, RunsWorldOptions } from './functionsRunsWorld.ts';

const open = new AbortController().signal;
const LAST_DAY: DashboardView = { range: { last: '24h' }, intervalSeconds: 10 };
const VIEW: FeedView = { ...LAST_DAY, widthPx: 800 };

interface PageOptions extends RunsWorldOptions {
  /** Whether there are actions that take long, too. */
  readonly slow?: boolean;
}

/** An action that is killed after five minutes, and a sequence of five of them that takes about a quarter of an hour. */
function addSlow({ emulator }: RunsWorld): void {
  const { functions } = emulator.world;
  const spec = functions.scope('vpc').actions.get('analytics/count-sessions')?.spec;
  assert.ok(spec);
  functions.addAction('vpc', { pkg: '-', name: 'slow', typicalMs: 500_000 }, 'basic', { ...spec, limits: { timeout: 300_000, memory: 128 } });
  const sequence = functions.scope('vpc').actions.get('order-tools/accept-order')?.spec;
  assert.ok(sequence);
  const components = Array<string>(5).fill('-/slow');
  functions.addAction('vpc', { pkg: '-', name: 'slow-sequence', typicalMs: 950_000 }, 'sequence', { ...sequence, exec: { kind: 'sequence', components } });
}

/** The page of an action of the samples, and what it did. */
async function pageOf(t: TestContext, [pkg, name]: readonly [string, string] = ['analytics', 'count-sessions'], { slow, ...options }: PageOptions = {}) {
  const world = await runsWorld(t, { emulator: { runs: 'echo' }, ...options });
  if (slow === true) addSlow(world);
  const ref: ResourceRef = { accountId: world.account.id, kind: 'cloudFunctions.action', keys: ['KR', pkg, name], name };
  const opened: string[] = [];
  const ran: ActionTarget[] = [];
  const documents: string[] = [];
  const page = actionDashboard(ref, {
    client: () => Promise.resolve(world.client),
    account: (id) => (id === world.account.id ? world.account : undefined),
    format: createFormatter('en'),
    now: () => world.now(),
    openDocument: (_, mode) => Promise.resolve(void documents.push(mode)),
    showActivation: (target, id) => Promise.resolve(void opened.push(`${target.pkg}/${target.name} ${id}`)),
    runAction: (target) => Promise.resolve(void ran.push(target)),
  });
  return { world, ref, page, opened, ran, documents };
}

function feedOf(page: Dashboard, part: string, view: DashboardView = LAST_DAY): Feed {
  const feed = page.feeds(view).find((one) => one.part === part);
  assert.ok(feed !== undefined);
  return feed;
}

test('the head of an action says what it is and its limits, and holds no code', async (t) => {
  const { page } = await pageOf(t);
  const feed = feedOf(page, 'action');
  const value = await feed.read(open);
  assert.ok(!JSON.stringify(value).includes('package main'));
  const facts = feed.show(value, VIEW) as ActionFacts;
  assert.equal(facts.kind, 'go:1.19');
  assert.deepEqual(facts.more.filter(({ label }) => ['Memory', 'Time limit', 'Package'].includes(label)), [
    { label: 'Package', value: 'analytics' }, { label: 'Memory', value: '256 MiB' }, { label: 'Time limit', value: '2 min' },
  ]);
  const { page: sequence } = await pageOf(t, ['order-tools', 'accept-order']);
  const head = feedOf(sequence, 'action');
  const { more } = head.show(await head.read(open), VIEW) as ActionFacts;
  assert.match(more.find(({ label }) => label === 'Actions in order')?.value ?? '', /validate-order → .*price-order → /);
});

test('one read fills the bars and the table; sums and percentiles are those of the list', async (t) => {
  const { world, page } = await pageOf(t);
  const [slices, latest] = [feedOf(page, 'slices'), feedOf(page, 'latest')];
  assert.equal(slices.key, latest.key);
  const value = await slices.read(open);
  const shown = slices.show(value, VIEW) as ActivationSlices;
  const { activations, totalCount } = await world.client.listActionActivations('analytics', 'count-sessions', { pageSize: 500, startMs: shown.fromMs });
  assert.equal(shown.total, String(totalCount));
  assert.equal(shown.failure, activations.filter(({ status }) => status !== 'success').length);
  const sorted = activations.map(({ durationMs = 0 }) => durationMs).sort((a, b) => a - b);
  assert.equal(shown.p50Ms, sorted[Math.ceil(sorted.length / 2) - 1]);
  assert.equal(shown.p95Ms, sorted[Math.ceil(sorted.length * 0.95) - 1]);
  assert.equal(shown.missing, 0);
  assert.equal(shown.slices.reduce((sum, { success, failure }) => sum + success + failure, 0), totalCount);
  assert.ok(shown.slices.every(({ unread }) => unread === 0));
  const rows = latest.show(value, VIEW) as readonly LatestActivation[];
  assert.deepEqual(rows.map(({ activationId }) => activationId), activations.slice(0, 50).map(({ activationId }) => activationId));
  const detail = await world.client.getActionActivation('analytics', 'count-sessions', rows[0]?.activationId ?? '');
  assert.ok((detail.startMs ?? 0) >= (rows[0]?.fromMs ?? Infinity) && (detail.startMs ?? Infinity) < (rows[0]?.toMs ?? 0));
  assert.deepEqual(JSON.parse(JSON.stringify([shown, rows])), [shown, rows]);
});

test('what is read so far is told while the rest is being read, newest first', async (t) => {
  const { page } = await pageOf(t);
  const slices = feedOf(page, 'slices');
  const seen: ActivationSlices[] = [];
  const listening = slices.onProgress?.((value) => seen.push(slices.show(value, VIEW) as ActivationSlices));
  await slices.read(open);
  assert.ok(seen.length >= 24);
  assert.deepEqual(seen.map(({ missing }) => missing), seen.map((_, n) => seen.length - 1 - n));
  const [, , third] = seen;
  assert.equal(third?.slices.length, 3);
  assert.ok(third.slices.every(({ fromMs }) => fromMs >= third.toMs - 5 * third.sliceMs));
  listening?.dispose();
  const told = seen.length;
  await slices.read(open);
  assert.equal(seen.length, told);
});

test('another range is another request; nothing of an older time is asked for than is kept', async (t) => {
  const { world, page } = await pageOf(t);
  const nowMs = world.now();
  assert.notEqual(feedOf(page, 'slices').key, feedOf(page, 'slices', { ...LAST_DAY, range: { last: '1h' } }).key);
  const old = feedOf(page, 'slices', { ...LAST_DAY, range: { fromMs: nowMs - 80 * 86_400_000, toMs: nowMs - 60 * 86_400_000 } });
  const before = world.emulator.log.length;
  const shown = old.show(await old.read(open), VIEW) as ActivationSlices;
  assert.equal(world.emulator.log.length, before);
  assert.deepEqual([shown.slices, shown.total, shown.missing, shown.p50Ms], [[], '0', 0, undefined]);
  assert.ok(shown.fromMs >= nowMs - 30 * 86_400_000);
});

test('the newest slices are looked at as often as they are long, within bounds', async (t) => {
  const { page } = await pageOf(t);
  const every = async (last: '15m' | '1h' | '30d'): Promise<number | undefined> => {
    const feed = feedOf(page, 'slices', { ...LAST_DAY, range: { last } });
    return feed.everyMs?.(await feed.read(open));
  };
  assert.equal(await every('15m'), 10_000);
  assert.equal(await every('1h'), 30_000);
  assert.equal(await every('30d'), 60_000);
  assert.equal(feedOf(page, 'action').everyMs?.(undefined), 300_000);
});

/** Runs an action that takes as long as it may, opens its page some time after that, and looks again later. @returns how many runs the page counts */
async function countAfter(t: TestContext, name: string, last: '15m' | '1h', [openedMs, lookedMs]: readonly [number, number]): Promise<string> {
  const { world, page } = await pageOf(t, ['-', name], { slow: true });
  await world.client.runAction({ pkg: '-', name }, {}, 0);
  await world.deps.wait(openedMs);
  const view: DashboardView = { ...LAST_DAY, range: { last } };
  const [action, slices] = [feedOf(page, 'action', view), feedOf(page, 'slices', view)];
  const [, first] = await Promise.all([action.read(open), slices.read(open)]);
  assert.equal((slices.show(first, VIEW) as ActivationSlices).total, '0');
  await world.deps.wait(lookedMs - openedMs);
  return (slices.show(await slices.read(open), VIEW) as ActivationSlices).total;
}

test('a run that takes as long as it may is found, also where its slice was read before the limit was known', async (t) => {
  assert.equal(await countAfter(t, 'slow', '15m', [240_000, 440_000]), '1');
  assert.equal(await countAfter(t, 'slow-sequence', '1h', [640_000, 1_340_000]), '1');
});

test('a row that is on the page opens its activation; whatever else is asked for opens nothing', async (t) => {
  const { page, opened } = await pageOf(t);
  const latest = feedOf(page, 'latest');
  const [row] = latest.show(await latest.read(open), VIEW) as readonly LatestActivation[];
  await page.open?.('latest', row?.activationId ?? '');
  await page.open?.('latest', 'f'.repeat(32));
  await page.open?.('slices', row?.activationId ?? '');
  assert.deepEqual(opened, [`analytics/count-sessions ${row?.activationId ?? ''}`]);
});

test('it runs from the page with the account as it is, and not where the lane is closed', async (t) => {
  const { page, ran, documents, world } = await pageOf(t);
  await page.offer?.('run');
  await page.offer?.('document');
  assert.deepEqual(ran, [{ place: world.place, pkg: 'analytics', name: 'count-sessions' }]);
  assert.deepEqual(documents, ['edit']);
  const { page: locked, ran: none } = await pageOf(t, undefined, { lane: { stage: 'prod', access: 'read-only' } });
  await assert.rejects(async () => locked.offer?.('run'), (error: unknown) => error instanceof CloudError && error.kind === 'locked');
  assert.deepEqual(none, []);
});

test('CSV has every slice with its times, and every row of the table', async (t) => {
  const { page } = await pageOf(t);
  const [slices, latest] = [feedOf(page, 'slices'), feedOf(page, 'latest')];
  const value = await slices.read(open);
  const shown = slices.show(value, VIEW) as ActivationSlices;
  const lines = slices.csv?.(value).trimEnd().split('\r\n') ?? [];
  assert.equal(lines[0], 'from,to,total,success,failure,not looked at,p50 ms,p95 ms,max ms');
  assert.equal(lines.length, shown.slices.length + 1);
  assert.ok(lines[1]?.startsWith(`${new Date(shown.fromMs).toISOString()},`));
  const rows = latest.show(value, VIEW) as readonly LatestActivation[];
  assert.equal(latest.csv?.(value).trimEnd().split('\r\n').length, rows.length + 1);
});

test('a reference that names no action, or of an account that is gone, is not found', () => {
  const deps = {
    client: () => Promise.reject(new Error('not asked')), account: () => undefined, format: createFormatter('en'), now: Date.now,
    openDocument: () => Promise.resolve(), showActivation: () => Promise.resolve(), runAction: () => Promise.resolve(),
  };
  const isNotFound = (error: unknown): boolean => error instanceof CloudError && error.kind === 'notFound';
  const ref: ResourceRef = { accountId: naverAccount().id, kind: 'cloudFunctions.action', keys: ['KR', 'p'], name: 'a' };
  assert.throws(() => actionDashboard(ref, { ...deps, account: () => naverAccount() }), isNotFound);
  assert.throws(() => actionDashboard({ ...ref, keys: ['KR', 'p', 'a'] }, deps), isNotFound);
});
