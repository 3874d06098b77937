import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import fc from 'fast-check';

import { FunctionsClient } from '../../../src/api/functions/client.ts';
import type { ActivationQuery } from '../../../src/api/functions/client.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { planSlices } from '../../../src/services/functions/dashboards/slicePlan.ts';
import type { SlicePlan } from '../../../src/services/functions/dashboards/slicePlan.ts';
import { SliceReader } from '../../../src/services/functions/dashboards/sliceReader.ts';
import { naverAccount } from '../../support/accounts.ts';
import { connect } from '../api/support.ts';
import { runsWorld } from './functionsRunsWorld.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
const NOW = Date.UTC(2026, 10, 22, 3, 4, 5, 678);
const quiet = (): void => undefined;
const open = new AbortController().signal;

test('slices stand side by side, cover the range as far as it can be read, and are no more than one beyond thirty', () => {
  fc.assert(fc.property(fc.integer({ min: 60_000, max: 90 * DAY_MS }), fc.integer({ min: 0, max: 80 * DAY_MS }), (lengthMs, agoMs) => {
    const toMs = NOW - agoMs;
    const plan = planSlices({ fromMs: toMs - lengthMs, toMs }, NOW);
    const oldestFirst = plan.slices.toReversed();
    assert.ok(plan.slices.length <= 31);
    for (const [n, slice] of oldestFirst.entries()) {
      assert.equal(slice.toMs - slice.fromMs, plan.sliceMs);
      assert.equal(slice.fromMs, plan.fromMs + n * plan.sliceMs);
      assert.ok(slice.fromMs >= NOW - 30 * DAY_MS, 'nothing older than a month is asked for');
    }
    const [oldest, newest] = [oldestFirst[0], plan.slices[0]];
    if (oldest === undefined || newest === undefined) return;
    assert.equal(plan.toMs, newest.toMs);
    assert.ok(newest.fromMs < toMs && newest.toMs >= toMs);
    const isCut = toMs - lengthMs < NOW - 30 * DAY_MS + plan.sliceMs;
    assert.ok(isCut || oldest.fromMs <= toMs - lengthMs);
  }));
});

test('bounds stay where they are while time goes on; days begin in Korea', () => {
  const early = planSlices({ fromMs: NOW - HOUR_MS, toMs: NOW }, NOW);
  const late = planSlices({ fromMs: NOW - HOUR_MS + 7_000, toMs: NOW + 7_000 }, NOW + 7_000);
  assert.deepEqual(late, early);
  assert.equal(early.sliceMs, 2 * MINUTE_MS);
  const month = planSlices({ fromMs: NOW - 30 * DAY_MS, toMs: NOW }, NOW);
  assert.equal(month.sliceMs, DAY_MS);
  assert.equal(new Date(month.fromMs).toISOString(), '2026-10-23T15:00:00.000Z');
  assert.deepEqual(planSlices({ fromMs: NOW - 60 * DAY_MS, toMs: NOW - 40 * DAY_MS }, NOW).slices, []);
});

/** A reader on an action of the samples, and what it asked. */
async function reading(t: TestContext, onList: (query: ActivationQuery, count: number) => void = quiet) {
  const world = await runsWorld(t, { emulator: { runs: 'echo' } });
  const asked: ActivationQuery[] = [];
  const atOnce = { now: 0, most: 0 };
  const reader = new SliceReader({
    list: async (query, signal) => {
      asked.push(query);
      atOnce.now += 1;
      atOnce.most = Math.max(atOnce.most, atOnce.now);
      onList(query, asked.length);
      try {
        return await world.client.listActionActivations('analytics', 'count-sessions', query, signal);
      } finally {
        atOnce.now -= 1;
      }
    },
    now: () => world.now(),
    clock: 'milliseconds',
  });
  const plan = (lastMs: number): SlicePlan => planSlices({ fromMs: world.now() - lastMs, toMs: world.now() }, world.now());
  const sum = (of: SlicePlan): number => reader.known(of).reduce((total, slice) => total + slice.total, 0);
  const listed = async ({ fromMs, toMs }: SlicePlan): Promise<number | undefined> =>
    (await world.client.listActionActivations('analytics', 'count-sessions', { pageSize: 1, startMs: fromMs, endMs: toMs })).totalCount;
  return { world, reader, asked, atOnce, plan, sum, listed };
}

test('each slice is asked for by its own times, three at a time, and together they are all there is', async (t) => {
  const { reader, asked, atOnce, plan, sum, listed } = await reading(t);
  const day = plan(DAY_MS);
  let told = 0;
  await reader.read(day, MINUTE_MS, open, () => void (told += 1));
  assert.equal(sum(day), await listed(day));
  assert.ok(sum(day) > 0);
  assert.equal(asked.length, day.slices.length);
  assert.equal(told, day.slices.length);
  assert.equal(atOnce.most, 3);
  assert.deepEqual(asked.slice(0, 2).map(({ startMs, endMs }) => [startMs, endMs]), [[day.slices[0]?.fromMs, undefined], [day.slices[1]?.fromMs, (day.slices[1]?.toMs ?? 0) - 1]]);
});

test('what is over is kept: a refresh asks for the newest slices only, and finds what came', async (t) => {
  const { world, reader, asked, plan, sum, listed } = await reading(t);
  await reader.read(plan(DAY_MS), MINUTE_MS, open, quiet);
  asked.length = 0;
  const { activationId } = await world.client.runAction({ pkg: 'analytics', name: 'count-sessions' }, {}, 60_000);
  await world.deps.wait(MINUTE_MS);
  const later = plan(DAY_MS);
  await reader.read(later, MINUTE_MS, open, quiet);
  assert.ok(asked.length <= 2, String(asked.length));
  assert.equal(sum(later), await listed(later));
  assert.ok(reader.known(later).some(({ activations }) => activations.some((one) => one.activationId === activationId)));
});

test('a slice is asked for again until runs that began in it have ended and are listed: the newest two each time, others once a minute', async (t) => {
  const { world, reader, asked, plan } = await reading(t);
  const first = plan(15 * MINUTE_MS);
  await reader.read(first, 5 * MINUTE_MS, open, quiet);
  asked.length = 0;
  await reader.read(first, 5 * MINUTE_MS, open, quiet);
  assert.deepEqual(asked.map(({ startMs }) => startMs), first.slices.slice(0, 2).map(({ fromMs }) => fromMs));
  asked.length = 0;
  await world.deps.wait(MINUTE_MS);
  await reader.read(first, 5 * MINUTE_MS, open, quiet);
  // Seven minutes of half a minute each, and the one that was under way.
  assert.ok(asked.length >= 13 && asked.length <= 16, String(asked.length));
  asked.length = 0;
  await world.deps.wait(60 * MINUTE_MS);
  await reader.read(first, 5 * MINUTE_MS, open, quiet);
  await world.deps.wait(MINUTE_MS);
  await reader.read(first, 5 * MINUTE_MS, open, quiet);
  assert.ok(asked.length <= 16, String(asked.length));
});

test('a short range asks for no more than a slice every two seconds', async (t) => {
  for (const { lastMs, most } of [{ lastMs: MINUTE_MS, most: 45 }, { lastMs: 5 * MINUTE_MS, most: 45 }, { lastMs: 15 * MINUTE_MS, most: 30 }]) {
    const { world, reader, plan } = await reading(t);
    const fixed = plan(lastMs);
    for (const now of [(): SlicePlan => plan(lastMs), (): SlicePlan => fixed]) {
      await reader.read(now(), 5 * MINUTE_MS, open, quiet);
      const before = world.emulator.log.length;
      for (let seconds = 0; seconds < 60; seconds += 10) {
        await world.deps.wait(10_000);
        await reader.read(now(), 5 * MINUTE_MS, open, quiet);
      }
      const requests = world.emulator.log.length - before;
      assert.ok(requests > 0 && requests <= most, `${lastMs} ${requests}`);
    }
  }
});

test('what was read while runs were thought to be shorter is asked for again', async (t) => {
  const { world, reader, asked, plan } = await reading(t);
  const first = plan(30 * MINUTE_MS);
  await reader.read(first, MINUTE_MS, open, quiet);
  await world.deps.wait(MINUTE_MS);
  asked.length = 0;
  await reader.read(first, 20 * MINUTE_MS, open, quiet);
  assert.ok(asked.length >= 20, String(asked.length));
});

test('a slice that fails leaves the others, and is asked for again', async (t) => {
  const { world, reader, plan, sum, listed } = await reading(t);
  const day = plan(DAY_MS);
  const third = day.slices[2]?.fromMs ?? 0;
  const mend = world.emulator.faults.inject({ service: 'functions', path: new RegExp(`start=${third}`), times: 99, effect: { kind: 'reply', status: 503, body: '{}' } });
  await assert.rejects(reader.read(day, MINUTE_MS, open, quiet), (error: unknown) => error instanceof CloudError && error.kind === 'unavailable');
  assert.equal(reader.known(day).length, day.slices.length - 1);
  mend();
  await reader.read(day, MINUTE_MS, open, quiet);
  assert.equal(sum(day), await listed(day));
});

test('asked to slow down it asks no more; what it has stays, and the rest comes later', async (t) => {
  const { world, reader, asked, plan, sum, listed } = await reading(t);
  const day = plan(DAY_MS);
  world.emulator.faults.inject({ service: 'functions', skip: 6, times: 99, effect: { kind: 'reply', status: 429, body: '{}' } });
  await assert.rejects(reader.read(day, MINUTE_MS, open, quiet), (error: unknown) => error instanceof CloudError && error.kind === 'rateLimited');
  assert.equal(reader.known(day).length, 6);
  assert.ok(asked.length <= 9, String(asked.length));
  world.emulator.faults.clear();
  await reader.read(day, MINUTE_MS, open, quiet);
  assert.equal(sum(day), await listed(day));
});

test('several failures in a row are enough', async (t) => {
  const { world, reader, asked, plan } = await reading(t);
  world.emulator.faults.inject({ service: 'functions', times: 999, effect: { kind: 'reply', status: 503, body: '{}' } });
  await assert.rejects(reader.read(plan(DAY_MS), MINUTE_MS, open, quiet), CloudError);
  assert.ok(asked.length <= 5, String(asked.length));
});

test('called off, it asks for nothing more and keeps what it has', async (t) => {
  const controller = new AbortController();
  const { reader, asked, plan } = await reading(t, (_, count) => {
    if (count === 5) controller.abort();
  });
  const day = plan(DAY_MS);
  await assert.rejects(reader.read(day, MINUTE_MS, controller.signal, quiet), CancelledError);
  assert.ok(asked.length <= 5);
  assert.ok(reader.known(day).length >= 1 && reader.known(day).length < 5);
});

/** A reader on a list of so many activations in each slice, of which the service gives so many at once, or refuses to. */
function bounded(rows: number, most: number, refusesMore: boolean, isCounted: boolean) {
  const asked: ActivationQuery[] = [];
  const reader = new SliceReader({
    list: (query) => {
      asked.push(query);
      const { pageNo = 1, pageSize = 20 } = query;
      if (refusesMore && pageSize > most) return Promise.reject(new CloudError('invalid', { code: '80000' }));
      const size = Math.min(pageSize, most);
      const ids = Array.from({ length: rows }, (_, n) => `${query.startMs ?? 0}-${n}`).slice((pageNo - 1) * size, pageNo * size);
      return Promise.resolve({ activations: ids.map((activationId) => ({ activationId, durationMs: 1, status: 'success' })), totalCount: isCounted ? rows : undefined });
    },
    now: () => NOW,
    clock: 'milliseconds',
  });
  return { reader, asked, plan: planSlices({ fromMs: NOW - DAY_MS, toMs: NOW }, NOW) };
}

test('no more than 500 of a slice are looked at, in five requests at most; the others are counted', async () => {
  for (const { rows, most, looked, requests } of [
    { rows: 12, most: 500, looked: 12, requests: 1 },
    { rows: 2_000, most: 500, looked: 500, requests: 1 },
    { rows: 2_000, most: 200, looked: 500, requests: 3 },
    { rows: 2_000, most: 20, looked: 100, requests: 5 },
  ]) {
    const { reader, asked, plan } = bounded(rows, most, false, true);
    await reader.read(plan, MINUTE_MS, open, quiet);
    const slices = reader.known(plan);
    assert.equal(slices[0]?.activations.length, looked);
    assert.ok(slices.every(({ total }) => total === rows));
    assert.equal(asked.length, requests * plan.slices.length);
  }
});

test('where nothing is counted, a list ends with its last page', async () => {
  const { reader, plan } = bounded(130, 100, false, false);
  await reader.read(plan, MINUTE_MS, open, quiet);
  assert.ok(reader.known(plan).every(({ total }) => total === 130));
});

test('a page that is too large for the service is asked for smaller, and smaller from then on', async () => {
  const { reader, asked, plan } = bounded(30, 100, true, true);
  await reader.read(plan, MINUTE_MS, open, quiet);
  assert.ok(reader.known(plan).every(({ total, activations }) => total === 30 && activations.length === 30));
  assert.ok(asked.filter(({ pageSize }) => pageSize === 500).length <= 3);
  assert.equal(asked.length - asked.filter(({ pageSize }) => pageSize === 500).length, plan.slices.length);
});

test('a refusal that smaller pages do not mend is told', async () => {
  const { reader, plan, asked } = bounded(30, 1, true, true);
  await assert.rejects(reader.read(plan, MINUTE_MS, open, quiet), (error: unknown) => error instanceof CloudError && error.kind === 'invalid');
  assert.ok(asked.length <= 5 * 3);
});

test('the government zone is asked in local times, and neither loses nor doubles any', async (t) => {
  const world = await runsWorld(t, { emulator: { runs: 'echo' } });
  const { naver } = world.emulator.credentials;
  const now = (): number => world.now();
  const account = naverAccount({ endpoints: naver, zone: 'government', platform: 'classic' });
  const { connection } = connect(t, account, { keyId: naver.accessKeyId, secret: naver.secretKey }, { now });
  const client = new FunctionsClient(connection, 'KR');
  const reader = new SliceReader({ list: (query, signal) => client.listActionActivations('civil', 'register', query, signal), now, clock: 'seconds' });
  const plan = planSlices({ fromMs: now() - 7 * DAY_MS, toMs: now() }, now());
  await reader.read(plan, MINUTE_MS, open, quiet);
  const { totalCount } = await client.listActionActivations('civil', 'register', { startMs: plan.fromMs });
  assert.equal(reader.known(plan).reduce((sum, { total }) => sum + total, 0), totalCount);
  assert.ok(world.emulator.log.some(({ target }) => /start=\d{4}-\d\d-\d\dT\d\d(:|%3A)00(:|%3A)00&end=\d{4}-/.test(target)), world.emulator.log.at(-1)?.target);
});
