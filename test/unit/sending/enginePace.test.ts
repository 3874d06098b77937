import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { RateLimit } from '../../../src/sending/engine/rateLimit.ts';
import { Throttle } from '../../../src/sending/engine/throttle.ts';
import { batches, messages, run, targetOf, VirtualClock } from './engineSupport.ts';

/** What late timers may catch up, ms; beyond it no window of time holds more than the rate. */
const SLACK_MS = 20;

/** No window of time between two departures holds more than the rate allows. */
function assertRate(departures: readonly number[], perSecond: number, slackMs: number): void {
  for (const [first, from] of departures.entries()) {
    for (let last = first; last < departures.length; last += 1) {
      const windowMs = (departures[last] ?? 0) - from;
      const most = ((windowMs + slackMs) * perSecond) / 1_000 + 1;
      assert.ok(last - first + 1 <= most + 1e-6, `${last - first + 1} in ${windowMs} ms at ${perSecond}/s`);
    }
  }
}

describe('RateLimit', () => {
  it('lets no window of time have more than the rate, whenever requests come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.array(fc.nat(300), { minLength: 1, maxLength: 60 }), (perSecond, gaps) => {
        const limit = new RateLimit(perSecond);
        let now = 0;
        const departures = gaps.map((gap) => {
          now += gap;
          return now + limit.reserve(now);
        });
        assertRate(departures.toSorted((a, b) => a - b), perSecond, SLACK_MS);
      }),
    );
  });

  it('is as fast as it may be where everybody waits already', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 200 }), (perSecond, count) => {
        const limit = new RateLimit(perSecond);
        const waits = Array.from({ length: count }, () => limit.reserve(0));
        const last = Math.max(...waits);
        assert.ok(last <= ((count - 1) * 1_000) / perSecond + 1e-6);
        assert.ok(last >= ((count - 1) * 1_000) / perSecond - SLACK_MS - 1e-6);
      }),
    );
  });

  it('has nobody wait without a limit, but where all are held', () => {
    const limit = new RateLimit(0);
    assert.deepEqual([limit.reserve(5), limit.reserve(5), limit.reserve(4)], [0, 0, 0]);
    limit.notBefore(100);
    assert.deepEqual([limit.reserve(40), limit.reserve(90), limit.reserve(100)], [60, 10, 0]);
  });
});

describe('Throttle', () => {
  it('waits as long as told', () => {
    const throttle = new Throttle(() => 0);
    assert.equal(throttle.heldMs(0), 0);
    assert.equal(throttle.limited(throttle.generation, 7_000, 100), 7_100);
    assert.equal(throttle.heldMs(100), 7_000);
    assert.equal(throttle.heldMs(7_200), 0);
  });

  it('doubles its wait with each burst, between half and all of it, never beyond half a minute', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1, maxLength: 20 }), (dice) => {
        let roll = 0;
        const throttle = new Throttle(() => dice[roll++] ?? 0);
        for (const burst of dice.keys()) {
          const now = burst * 1_000_000;
          const waitMs = throttle.limited(throttle.generation, undefined, now) - now;
          const longest = Math.min(30_000, 1_000 * 2 ** burst);
          assert.ok(waitMs >= longest / 2 && waitMs <= longest, `${waitMs} at burst ${burst}`);
          assert.equal(throttle.bursts, burst + 1);
        }
      }),
    );
  });

  it('counts a burst once, however many were under way, and starts anew when something gets through', () => {
    const throttle = new Throttle(() => 1);
    const before = throttle.generation;
    for (let request = 0; request < 16; request += 1) throttle.limited(before, undefined, 0);
    assert.deepEqual([throttle.bursts, throttle.heldMs(0)], [1, 1_000]);
    throttle.passed(before);
    assert.equal(throttle.bursts, 1, 'who left before the burst says nothing about what is after it');
    throttle.limited(before, 9_000, 0);
    assert.deepEqual([throttle.bursts, throttle.heldMs(0)], [1, 9_000], 'the longest that was told counts');
    throttle.passed(throttle.generation);
    assert.equal(throttle.bursts, 0);
  });
});

describe('the rate of a run', () => {
  it('is never more than said, and hardly less', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 60 }), async (perSecond, concurrency, count) => {
        const clock = new VirtualClock();
        const departures: number[] = [];
        const target = targetOf(() => {
          departures.push(clock.now());
          return Promise.resolve();
        });
        await run(batches(messages(count)), target, { concurrency, ratePerSecond: perSecond, now: clock.now, wait: clock.wait });
        assert.equal(departures.length, count);
        assertRate(departures, perSecond, SLACK_MS);
        const tookMs = (departures.at(-1) ?? 0) - (departures[0] ?? 0);
        assert.ok(tookMs <= ((count - 1) * 1_000) / perSecond + 1e-6, `${tookMs} ms`);
      }),
      { numRuns: 40 },
    );
  });
});
