import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Emitter } from '../../../src/host/emitter.ts';
import { CloudError } from '../../../src/model/cloudError.ts';
import type { CloudErrorDetails, CloudErrorKind } from '../../../src/model/cloudError.ts';
import { setUpFeeds } from './feeds.ts';

function failing(kind: CloudErrorKind, details: CloudErrorDetails = {}): () => never {
  return () => {
    throw new CloudError(kind, details);
  };
}

describe('feeds', () => {
  it('are read at once when they are seen, and at their interval from then on', async () => {
    const { clock, feed, show, timesOf } = setUpFeeds();
    const shown = show(feed('x'));
    await clock.pass(5_000);
    assert.deepEqual(timesOf('x'), []);
    shown.resume();
    await clock.pass(21_000);
    assert.deepEqual(timesOf('x'), [5_000, 15_000, 25_000]);
    assert.deepEqual(shown.last()?.value, 'x@25010');
    assert.equal(shown.last()?.isReading, false);
  });

  it('with equal keys are read once, for the most impatient who looks', async () => {
    const { clock, feed, show, timesOf } = setUpFeeds();
    const [slow, fast] = [show(feed('x'), 60_000), show(feed('x'), 5_000)];
    slow.resume();
    fast.resume();
    await clock.pass(6_000);
    assert.deepEqual(timesOf('x'), [0, 5_000]);
    assert.equal(slow.last()?.value, 'x@5010');
    fast.pause();
    await clock.pass(60_000);
    assert.deepEqual(timesOf('x'), [0, 5_000, 60_000]);
  });

  it('with equal keys of two accounts are two', async () => {
    const { clock, feed, show, asked } = setUpFeeds();
    for (const account of ['a', 'b']) show(feed('x', account)).resume();
    await clock.pass(100);
    assert.deepEqual(asked.map(({ accountId }) => accountId), ['a', 'b']);
  });

  it('give what is known to who comes late, and are not read again for it while that is young', async () => {
    const { clock, feed, show, timesOf } = setUpFeeds();
    show(feed('x')).resume();
    await clock.pass(3_000);
    const late = show(feed('x'));
    assert.equal(late.last()?.value, 'x@10');
    late.resume();
    await clock.pass(100);
    assert.deepEqual(timesOf('x'), [0]);
    const impatient = show(feed('x'), 1_000);
    impatient.resume();
    await clock.pass(100);
    assert.deepEqual(timesOf('x'), [0, 3_100]);
  });

  it('are not read while nobody sees them, and caught up with when somebody does', async () => {
    const { clock, feed, show, timesOf } = setUpFeeds();
    const shown = show(feed('x'));
    shown.resume();
    await clock.pass(100);
    shown.pause();
    await clock.pass(600_000);
    assert.deepEqual(timesOf('x'), [0]);
    shown.resume();
    await clock.pass(100);
    assert.deepEqual(timesOf('x'), [0, 600_100]);
  });

  it('by hand only are read once, and when somebody asks', async () => {
    const { clock, feed, show, timesOf } = setUpFeeds();
    const shown = show(feed('x'), 0);
    shown.resume();
    await clock.pass(1_000_000);
    assert.deepEqual(timesOf('x'), [0]);
    assert.equal(shown.last()?.pace.state, 'off');
    shown.refresh();
    await clock.pass(100);
    assert.deepEqual(timesOf('x'), [0, 1_000_000]);
    shown.setInterval(5_000);
    await clock.pass(5_000);
    assert.equal(timesOf('x').length, 3);
  });

  it('are read no more often than there is something new, unless somebody asks', async () => {
    const { clock, feed, show, timesOf } = setUpFeeds();
    const shown = show(feed('x', 'a', { everyMs: () => 60_000 }), 5_000);
    shown.resume();
    await clock.pass(59_000);
    assert.deepEqual(timesOf('x'), [0]);
    shown.refresh();
    await clock.pass(100);
    assert.deepEqual(timesOf('x'), [0, 59_000]);
  });

  it('of one account are read four at a time', async () => {
    const { clock, feed, show, world, asked } = setUpFeeds({ answerMs: 1_000 });
    for (let n = 0; n < 10; n += 1) show(feed(`x${n}`)).resume();
    await clock.pass(500);
    assert.equal(asked.length, 4);
    await clock.pass(3_000);
    assert.equal(asked.length, 10);
    assert.equal(world.most, 4);
  });

  it('tell what is known while the rest is still being read', async () => {
    const { clock, feed, show } = setUpFeeds({ answerMs: 1_000 });
    const progress = new Emitter<unknown>();
    const shown = show(feed('x', 'a', { onProgress: progress.event }));
    shown.resume();
    await clock.pass(100);
    progress.fire('half');
    assert.deepEqual([shown.last()?.value, shown.last()?.isReading, shown.last()?.readMs], ['half', true, undefined]);
    await clock.pass(1_000);
    progress.fire('late');
    assert.deepEqual([shown.last()?.value, shown.last()?.isReading], ['x@1000', false]);
  });
});

describe('a read that nobody wants any more', () => {
  it('is called off when its panel is hidden or closed, and done again when it is seen', async () => {
    const { clock, feed, show, asked } = setUpFeeds({ answerMs: 1_000 });
    const shown = show(feed('x'));
    shown.resume();
    await clock.pass(100);
    shown.pause();
    assert.equal(asked[0]?.signal.aborted, true);
    await clock.pass(5_000);
    assert.equal(shown.last()?.isReading, false);
    assert.equal(shown.last()?.error, undefined);
    shown.resume();
    await clock.pass(100);
    assert.equal(asked.length, 2);
    shown.dispose();
    assert.equal(asked[1]?.signal.aborted, true);
  });

  it('goes on while another panel wants it', async () => {
    const { clock, feed, show, asked } = setUpFeeds({ answerMs: 1_000 });
    const [one, other] = [show(feed('x')), show(feed('x'))];
    one.resume();
    other.resume();
    await clock.pass(100);
    one.dispose();
    await clock.pass(1_000);
    assert.equal(asked.length, 1);
    assert.equal(other.last()?.value, 'x@1000');
  });
});

describe('a failure', () => {
  it('takes nothing away', async () => {
    const { clock, feed, show, world } = setUpFeeds();
    const shown = show(feed('x'));
    shown.resume();
    await clock.pass(100);
    world.answer = failing('unexpectedResponse');
    await clock.pass(10_000);
    assert.equal(shown.last()?.value, 'x@10');
    assert.equal(shown.last()?.readMs, 1_000_010);
    assert.ok(shown.last()?.error instanceof CloudError);
  });

  it('with 429 pauses the whole account for as long as the service says, and no other', async () => {
    const { clock, feed, show, world, timesOf } = setUpFeeds();
    const shown = ['x', 'y'].map((key) => show(feed(key), 5_000));
    const other = show(feed('z', 'b'), 5_000);
    const { answer } = world;
    world.answer = (key) => (key === 'x' ? failing('rateLimited', { retryAfterMs: 20_000 })() : answer(key));
    for (const one of [...shown, other]) one.resume();
    await clock.pass(19_000);
    assert.deepEqual([timesOf('x'), timesOf('y')], [[0], [0]]);
    assert.equal(timesOf('z').length, 4);
    assert.deepEqual(shown.map((one) => one.last()?.pace.state), ['slowed', 'slowed']);
    assert.deepEqual(shown.map((one) => one.last()?.pace.nextMs), [1_020_010, 1_020_010]);
    assert.equal(other.last()?.pace.state, 'live');
    // Asked for by hand, it waits all the same: the service said so.
    shown[0]?.refresh();
    world.answer = answer;
    await clock.pass(2_000);
    assert.deepEqual([timesOf('x'), timesOf('y')], [[0, 20_010], [0, 20_010]]);
    assert.deepEqual(shown.map((one) => one.last()?.pace.state), ['live', 'live']);
  });

  it('with 429 and no time told doubles the interval, up to five minutes; several at the same time are one', async () => {
    const { clock, feed, show, world, timesOf } = setUpFeeds();
    world.answer = failing('rateLimited');
    for (const key of ['x', 'y', 'z']) show(feed(key), 10_000).resume();
    await clock.pass(3_600_000);
    const times = timesOf('x');
    const gaps = times.slice(1).map((at, n) => Math.round((at - (times[n] ?? 0)) / 1_000));
    assert.deepEqual(gaps.slice(0, 7), [20, 40, 80, 160, 300, 300, 300]);
  });

  it('of the network slows its account; by hand it is tried at once', async () => {
    const { clock, feed, show, world, timesOf } = setUpFeeds();
    world.answer = failing('network');
    const shown = show(feed('x'));
    shown.resume();
    await clock.pass(5_000);
    assert.equal(shown.last()?.pace.state, 'slowed');
    shown.refresh();
    await clock.pass(100);
    assert.deepEqual(timesOf('x'), [0, 5_000]);
  });

  it('of the keys holds the account until somebody asks, or until the account is another', async () => {
    const { clock, feed, show, world, timesOf, scheduler } = setUpFeeds();
    const { answer } = world;
    world.answer = failing('unauthorized');
    const shown = ['x', 'y'].map((key) => show(feed(key)));
    for (const one of shown) one.resume();
    await clock.pass(600_000);
    assert.deepEqual([timesOf('x'), timesOf('y')], [[0], [0]]);
    assert.deepEqual(shown.map((one) => one.last()?.pace.state), ['held', 'held']);
    shown[0]?.refresh();
    await clock.pass(100);
    assert.deepEqual([timesOf('x').length, timesOf('y').length], [2, 2]);
    assert.equal(shown[0]?.last()?.pace.state, 'held');
    world.answer = answer;
    scheduler.accountChanged('a');
    await clock.pass(100);
    assert.deepEqual(shown.map((one) => one.last()?.pace.state), ['live', 'live']);
    assert.deepEqual(shown.map((one) => one.last()?.error), [undefined, undefined]);
  });

  it('of what is not allowed holds this alone', async () => {
    const { clock, feed, show, world, timesOf } = setUpFeeds();
    const { answer } = world;
    world.answer = (key) => (key === 'x' ? failing('forbidden')() : answer(key));
    const shown = ['x', 'y'].map((key) => show(feed(key)));
    for (const one of shown) one.resume();
    await clock.pass(30_000);
    assert.deepEqual([timesOf('x').length, timesOf('y').length], [1, 4]);
    assert.deepEqual(shown.map((one) => one.last()?.pace.state), ['held', 'live']);
  });

  it('of a connection that ended is none', async () => {
    const { clock, feed, show, scheduler, asked } = setUpFeeds({ answerMs: 1_000 });
    const shown = show(feed('x'));
    shown.resume();
    await clock.pass(100);
    scheduler.accountChanged('a');
    assert.equal(asked[0]?.signal.aborted, true);
    await clock.pass(2_000);
    assert.equal(asked.length, 2);
    assert.deepEqual([shown.last()?.value, shown.last()?.error], ['x@1100', undefined]);
  });

  it('of ours is told once it happened, and tried again more slowly', async () => {
    const { clock, feed, show, world, timesOf } = setUpFeeds();
    world.answer = () => {
      throw new TypeError('a mistake');
    };
    const shown = show(feed('x'));
    shown.resume();
    await clock.pass(70_000);
    assert.deepEqual(timesOf('x'), [0, 20_000, 60_000]);
    assert.equal(shown.last()?.pace.state, 'slowed');
  });
});

it('ends everything', async () => {
  const { clock, feed, show, scheduler, asked } = setUpFeeds({ answerMs: 1_000 });
  show(feed('x')).resume();
  await clock.pass(100);
  scheduler.dispose();
  await clock.pass(60_000);
  assert.equal(asked.length, 1);
  assert.equal(asked[0]?.signal.aborted, true);
});
