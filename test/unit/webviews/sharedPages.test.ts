import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Feed } from '../../../src/webviews/dashboardType.ts';
import { FeedScheduler } from '../../../src/webviews/scheduler.ts';
import { dashboardWorld, feedOf, NOON, VIEW } from '../services/easyQueueDashboardWorld.ts';
import { Clock, settle } from './clock.ts';

test('a topic, its group and its card, opened seconds apart, ask for each list once an interval', async (t) => {
  const world = await dashboardWorld(t);
  const clock = new Clock();
  const scheduler = new FeedScheduler(clock);
  t.after(() => scheduler.dispose());
  const reading = new Set<Promise<unknown>>();
  const open = (feed: Feed): void => {
    const read = (signal: AbortSignal): Promise<unknown> => {
      const result = feed.read(signal);
      reading.add(result);
      return result.finally(() => reading.delete(result));
    };
    scheduler.subscribe({ ...feed, read }, { intervalMs: 10_000, onState: () => undefined }).resume();
  };
  /** Second by second; in each, the service answers all that it was asked. */
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      world.clock.now = NOON + clock.passedMs + 1_000;
      await clock.pass(1_000);
      while (reading.size > 0) {
        await Promise.allSettled(reading);
        await settle();
      }
    }
  };

  const topic = await world.open('orders');
  for (const part of ['topic', 'groups']) open(feedOf(topic, part));
  await pass(3);
  const group = await world.open('orders', 'orders-billing');
  open(feedOf(group, 'group', VIEW));
  await pass(3);
  const card = await world.type('easyQueue.topic').card?.(world.ref('orders'), 'card:0');
  assert.ok(card);
  open(card);
  await pass(114);

  // Twelve intervals, and what each page asked for as it was opened.
  for (const operation of ['listGroups', 'getTopic']) {
    const requests = world.requests(operation);
    assert.ok(requests >= 12 && requests <= 12 + 3, `${operation}: ${requests}`);
  }
});
