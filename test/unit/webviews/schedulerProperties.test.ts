import assert from 'node:assert/strict';
import { it } from 'node:test';

import fc from 'fast-check';

import { CloudError } from '../../../src/model/cloudError.ts';
import { setUpFeeds } from './feeds.ts';
import type { Shown } from './feeds.ts';

const KEYS = ['x', 'y', 'z', 'v', 'w', 'u'];
const INTERVALS = [0, 5_000, 10_000, 60_000];

interface Step {
  readonly what: 'resume' | 'pause' | 'refresh' | 'interval' | 'dispose' | 'fail' | 'mend';
  readonly panel: number;
  readonly passMs: number;
  readonly interval: number;
}

const steps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom('resume', 'resume', 'pause', 'refresh', 'interval', 'dispose', 'fail', 'mend'),
    panel: fc.nat(11),
    passMs: fc.nat(30_000),
    interval: fc.nat(INTERVALS.length - 1),
  }),
  { maxLength: 30 },
);

/** Panels over few keys, each key with several panels of other intervals; what is open and seen. */
function setUp() {
  const world = setUpFeeds({ answerMs: 500 });
  const panels = Array.from({ length: 12 }, (_, n) => {
    const key = KEYS[n % KEYS.length] ?? '';
    return { key, shown: world.show(world.feed(key), INTERVALS[n % INTERVALS.length]), isActive: false, isOpen: true };
  });
  return { ...world, panels };
}

function does(what: Step['what'], shown: Shown, intervalMs: number): void {
  if (what === 'resume') shown.resume();
  else if (what === 'pause') shown.pause();
  else if (what === 'refresh') shown.refresh();
  else if (what === 'interval') shown.setInterval(intervalMs);
}

void it('whatever panels do: one read a key, four an account, none for nobody, and every wanted feed is filled', async () => {
  await fc.assert(fc.asyncProperty(steps, async (all) => {
    const { clock, asked, world, panels } = setUp();
    const { answer } = world;
    for (const { what, panel: n, passMs, interval } of all) {
      const panel = panels[n];
      if (panel === undefined) continue;
      if (what === 'fail') world.answer = () => { throw new CloudError('unavailable'); };
      else if (what === 'mend') world.answer = answer;
      else if (what === 'dispose') panel.shown.dispose();
      else if (panel.isOpen) does(what, panel.shown, INTERVALS[interval] ?? 0);
      if (what === 'dispose') panel.isOpen = false;
      if (what === 'resume' && panel.isOpen) panel.isActive = true;
      if (what === 'pause' || what === 'dispose') panel.isActive = false;

      const seen = new Set(panels.filter(({ isActive }) => isActive).map(({ key }) => key));
      const running = asked.filter(({ signal, atMs }) => !signal.aborted && atMs + 500 > clock.passedMs);
      // Nothing is under way that nobody sees, and nothing twice.
      assert.ok(running.every(({ key }) => seen.has(key)));
      assert.equal(new Set(running.map(({ key }) => key)).size, running.length);
      const before = asked.length;
      await clock.pass(passMs);
      assert.ok(asked.slice(before).every(({ key }) => seen.has(key)));
      assert.ok(running.length <= 4);
    }
    // Whatever happened: once the service answers again, all that is seen is filled.
    world.answer = answer;
    await clock.pass(400_000);
    for (const { shown, isActive } of panels) if (isActive) shown.refresh();
    await clock.pass(5_000);
    for (const { key, shown, isActive } of panels) {
      if (isActive) assert.match(String(shown.last()?.value), new RegExp(`^${key}@`));
    }
    assert.ok(world.most <= 4, String(world.most));
  }), { numRuns: 150 });
});

void it('however many panels look and however long: a key is read about as often as the most impatient wants', async () => {
  await fc.assert(fc.asyncProperty(
    fc.array(fc.constantFrom(5_000, 10_000, 30_000, 60_000), { minLength: 1, maxLength: 8 }), fc.integer({ min: 60_000, max: 600_000 }),
    async (intervals, totalMs) => {
      const { clock, show, feed, timesOf } = setUpFeeds({ answerMs: 100 });
      for (const interval of intervals) show(feed('x'), interval).resume();
      await clock.pass(totalMs);
      const fastest = Math.min(...intervals);
      assert.equal(timesOf('x').length, Math.floor(totalMs / fastest) + 1);
    },
  ), { numRuns: 50 });
});

void it('no account is asked before the time its service told', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 6 }), async (seconds, count) => {
    const { clock, show, feed, asked, world } = setUpFeeds({ answerMs: 10 });
    const { answer } = world;
    world.answer = () => {
      throw new CloudError('rateLimited', { retryAfterMs: seconds * 1_000 });
    };
    const shown = KEYS.slice(0, count).map((key) => show(feed(key), 5_000));
    for (const one of shown) one.resume();
    await clock.pass(9);
    const before = asked.length;
    await clock.pass(1);
    world.answer = answer;
    for (const one of shown) one.refresh();
    await clock.pass(seconds * 1_000 - 1);
    assert.equal(asked.length, before);
    await clock.pass(2_000);
    assert.ok(asked.length >= count + before);
  }), { numRuns: 100 });
});
