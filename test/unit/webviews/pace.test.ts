import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { CloudError } from '../../../src/model/cloudError.ts';
import { liveEvent } from '../../../src/webviews/livePace.ts';
import { setUpFeeds } from './feeds.ts';

const HOUR_MS = 3_600_000;
/** The clock of the tests begins little later than 1970: an hour back would be before that. */
const JUMP_MS = 900_000;

function limited(retryAfterMs?: number): never {
  throw new CloudError('rateLimited', retryAfterMs === undefined ? {} : { retryAfterMs });
}

describe('an account of which one request is refused as one too many', () => {
  it('says so even where another one went well beside it', async () => {
    const { clock, world, feed, show } = setUpFeeds();
    world.answer = () => limited(20_000);
    const shown = ['x', 'y', 'z'].map((key) => show(feed(key)));
    shown[0]?.resume();
    await clock.pass(1_000);
    world.answer = (key) => (key === 'z' ? limited(120_000) : key);
    for (const one of shown) one.resume();
    await clock.pass(25_000);
    assert.deepEqual(shown.map((one) => one.last()?.pace.state), ['slowed', 'slowed', 'slowed']);
    assert.equal(shown[0]?.last()?.pace.nextMs, 1_140_020);
  });

  it('is left alone for longer each time, though others go well in between, and at will again when all do', async () => {
    const { clock, world, feed, show, timesOf } = setUpFeeds();
    const { answer } = world;
    world.answer = (key) => (key === 'y' ? limited() : answer(key));
    const shown = ['x', 'y'].map((key) => show(feed(key)));
    for (const one of shown) one.resume();
    await clock.pass(300_000);
    const gaps = timesOf('y').map((at, n, all) => Math.round((at - (all[n - 1] ?? 0)) / 1_000));
    assert.deepEqual(gaps.slice(1), [20, 40, 80]);
    world.answer = answer;
    await clock.pass(200_000);
    assert.deepEqual(shown.map((one) => one.last()?.pace.state), ['live', 'live']);
    const before = timesOf('x').length;
    await clock.pass(60_000);
    assert.equal(timesOf('x').length, before + 6);
  });

  it('by whoever waits and tries again: others wait with it, say why, and go on when it went well', async () => {
    const { clock, feed, show, timesOf, scheduler } = setUpFeeds();
    const [x, other] = [show(feed('x')), show(feed('x', 'b'))];
    x.resume();
    other.resume();
    await clock.pass(5_000);
    scheduler.limited('a', 20_000);
    assert.deepEqual([x.last()?.pace.state, x.last()?.pace.nextMs, other.last()?.pace.state], ['slowed', 1_025_000, 'live']);
    assert.ok(x.last()?.pace.error instanceof CloudError);
    x.refresh();
    await clock.pass(19_999);
    assert.deepEqual(timesOf('x'), [0, 0, 10_000, 20_000]);
    await clock.pass(1_000);
    assert.deepEqual(timesOf('x').at(-1), 25_000);
    assert.equal(x.last()?.pace.state, 'live');
  });

  it('by whoever waits, and whose own read goes well in the end, is at will again at once', async () => {
    const { clock, feed, show, scheduler } = setUpFeeds({ answerMs: 3_000 });
    const shown = show(feed('x'), 60_000);
    shown.resume();
    await clock.pass(1_000);
    scheduler.limited('a', 2_000);
    assert.equal(shown.last()?.pace.state, 'slowed');
    await clock.pass(2_000);
    assert.equal(shown.last()?.pace.state, 'live');
  });

  it('for no time at all is left alone for as long as if none had been told', async () => {
    const { clock, world, feed, show, timesOf } = setUpFeeds();
    world.answer = () => limited(0);
    const shown = show(feed('x'), 5_000);
    shown.resume();
    await clock.pass(100_000);
    assert.ok(timesOf('x').length <= 5, String(timesOf('x')));
    assert.equal(shown.last()?.pace.state, 'slowed');
  });

  it('for months is asked again after a day, and no timer is longer than a minute', async () => {
    const { clock, world, feed, show, timesOf } = setUpFeeds();
    world.answer = () => limited(9_999_999_000);
    show(feed('x')).resume();
    await clock.pass(24 * HOUR_MS);
    assert.deepEqual(timesOf('x'), [0]);
    await clock.pass(100);
    assert.deepEqual(timesOf('x'), [0, 24 * HOUR_MS + 10]);
    assert.ok(Math.max(...clock.waits) <= 60_000);
  });
});

describe('a clock that is set back', () => {
  it('makes no read after read, whether by itself, by hand or under way', async () => {
    for (const at of ['between', 'byHand', 'underWay']) {
      const { clock, feed, show, asked } = setUpFeeds();
      const shown = show(feed('x'));
      shown.resume();
      if (at !== 'underWay') await clock.pass(100);
      clock.setBack(JUMP_MS);
      if (at === 'byHand') shown.refresh();
      await clock.pass(9_000);
      assert.ok(asked.length <= 2, `${at}: ${asked.length}`);
    }
  });

  it('stops nothing: at the next look it is read on at its interval', async () => {
    const { clock, feed, show, asked } = setUpFeeds();
    show(feed('x')).resume();
    await clock.pass(100);
    clock.setBack(JUMP_MS);
    await clock.pass(120_000);
    assert.ok(asked.length >= 10, String(asked.length));
  });

  it('makes a pause no longer than was told', async () => {
    const { clock, world, feed, show, asked } = setUpFeeds();
    const { answer } = world;
    world.answer = () => limited(30_000);
    const shown = show(feed('x'));
    shown.resume();
    await clock.pass(100);
    world.answer = answer;
    clock.setBack(JUMP_MS);
    await clock.pass(95_000);
    assert.ok(asked.length > 1);
    assert.equal(shown.last()?.pace.state, 'live');
  });
});

describe('an account with other keys or addresses', () => {
  it('is asked for everything at once: what is shown is of before', async () => {
    const { clock, scheduler, feed, show, timesOf } = setUpFeeds();
    const shown = [show(feed('slow', 'a', { everyMs: () => 300_000 })), show(feed('by hand'), 0), show(feed('hidden'))];
    for (const one of shown) one.resume();
    await clock.pass(100);
    shown[2]?.pause();
    scheduler.accountChanged('a');
    await clock.pass(100);
    assert.deepEqual(['slow', 'by hand', 'hidden'].map((key) => timesOf(key)), [[0, 100], [0, 100], [0]]);
    shown[2]?.resume();
    assert.deepEqual(timesOf('hidden'), [0, 200]);
  });

  it('waits for nothing that was told before', async () => {
    const { clock, scheduler, world, feed, show, timesOf } = setUpFeeds();
    world.answer = () => limited(120_000);
    show(feed('x')).resume();
    await clock.pass(1_000);
    scheduler.accountChanged('a');
    await clock.pass(1_000);
    assert.deepEqual(timesOf('x'), [0, 1_000]);
  });
});

describe('a page', () => {
  it('is held where all of it is, not where one part is refused', async () => {
    const { clock, world, feed, show } = setUpFeeds();
    world.answer = (key) => {
      if (key === 'y') throw new CloudError('forbidden');
      return key;
    };
    const shown = ['x', 'y'].map((key) => show(feed(key)));
    for (const one of shown) one.resume();
    await clock.pass(100);
    const paced = shown.flatMap((one) => one.last() ?? []).map(({ pace }) => ({ pace, account: undefined }));
    assert.deepEqual(liveEvent(paced, 10), { type: 'live', state: 'live', nextMs: 1_010_000 });
    assert.equal(liveEvent(paced.slice(1), 10).state, 'held');
    assert.equal(liveEvent([], 10).state, 'live');
  });
});

describe('a page that is opened while its account is left alone', () => {
  it('is read at once where that was a guess, and waits where the service said for how long', async () => {
    for (const retryAfterMs of [undefined, 60_000]) {
      const { clock, world, feed, show, timesOf } = setUpFeeds();
      world.answer = () => limited(retryAfterMs);
      show(feed('x')).resume();
      await clock.pass(1_000);
      show(feed('y')).resume();
      await clock.pass(1_000);
      assert.deepEqual(timesOf('y'), retryAfterMs === undefined ? [1_000] : []);
    }
  });

  it('names no time in the past as the next one', async () => {
    const { clock, world, feed, show } = setUpFeeds({ answerMs: 5_000 });
    world.answer = () => limited();
    const shown = show(feed('x'));
    shown.resume();
    await clock.pass(6_000);
    for (let n = 0; n < 4; n += 1) show(feed(`slow ${String(n)}`)).resume();
    shown.refresh();
    const paced = [{ pace: shown.last()?.pace ?? assert.fail(), account: undefined }];
    assert.equal(liveEvent(paced, 10).nextMs, undefined);
  });
});

describe('feeds of one account', () => {
  it('that were opened seconds apart are read in the same moment from then on', async () => {
    const { clock, feed, show, timesOf } = setUpFeeds();
    for (const key of ['x', 'y', 'z']) {
      show(feed(key)).resume();
      await clock.pass(3_000);
    }
    await clock.pass(40_000);
    assert.deepEqual(['x', 'y', 'z'].map((key) => timesOf(key).filter((at) => at >= 20_000)), Array(3).fill([20_000, 30_000, 40_000]));
  });

  it('that answer slowly are left alone for half their interval at least', async () => {
    const { clock, feed, show, timesOf } = setUpFeeds({ answerMs: 8_000 });
    show(feed('x')).resume();
    await clock.pass(60_000);
    assert.deepEqual(timesOf('x'), [0, 20_000, 40_000, 60_000]);
  });
});
