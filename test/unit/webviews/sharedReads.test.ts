import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import { SharedReads } from '../../../src/webviews/sharedReads.ts';
import { Clock } from './clock.ts';

function setUp() {
  const clock = new Clock();
  const reads = new SharedReads(clock.now);
  const signals: AbortSignal[] = [];
  const load = async (signal: AbortSignal): Promise<string> => {
    signals.push(signal);
    await clock.wait(1_000, signal);
    return `read ${signals.length}`;
  };
  const read = (maxAgeMs: number, signal = new AbortController().signal): Promise<string> => reads.read('x', maxAgeMs, load, signal);
  return { clock, reads, read, signals };
}

describe('a shared read', () => {
  it('is made once for all who ask while it is under way, and for who takes it as new after that', async () => {
    const { clock, read, signals } = setUp();
    const both = Promise.all([read(0), read(0)]);
    await clock.pass(1_000);
    assert.deepEqual(await both, ['read 1', 'read 1']);
    assert.equal(await read(5_000), 'read 1');
    await clock.pass(4_000);
    const anew = read(5_000);
    await clock.pass(1_000);
    assert.equal(await anew, 'read 2');
    assert.equal(signals.length, 2);
  });

  it('ends when all who wait have called it off, not before', async () => {
    const { clock, read, signals } = setUp();
    const [one, other] = [new AbortController(), new AbortController()];
    const waiting = [read(0, one.signal), read(0, other.signal)];
    const results = Promise.allSettled(waiting);
    await clock.pass(100);
    one.abort();
    assert.deepEqual(signals.map(({ aborted }) => aborted), [false]);
    other.abort();
    assert.deepEqual(signals.map(({ aborted }) => aborted), [true]);
    for (const result of await results) assert.ok(result.status === 'rejected' && result.reason instanceof CancelledError);
    const anew = read(60_000);
    await clock.pass(1_000);
    assert.equal(await anew, 'read 2');
  });

  it('goes on for the one who stays', async () => {
    const { clock, read } = setUp();
    const gone = new AbortController();
    const left = read(0, gone.signal).catch((error: unknown) => error);
    const stays = read(0);
    gone.abort();
    await clock.pass(1_000);
    assert.ok(await left instanceof CancelledError);
    assert.equal(await stays, 'read 1');
  });

  it('is not begun for who called it off already', async () => {
    const { read, signals } = setUp();
    await assert.rejects(read(0, AbortSignal.abort()), CancelledError);
    assert.equal(signals.length, 0);
  });

  it('that failed is told to all, and made again', async () => {
    const { reads } = setUp();
    let times = 0;
    const load = (): Promise<number> => {
      times += 1;
      return times === 1 ? Promise.reject(new Error('no')) : Promise.resolve(times);
    };
    const { signal } = new AbortController();
    const results = await Promise.allSettled([reads.read('x', 60_000, load, signal), reads.read('x', 60_000, load, signal)]);
    assert.deepEqual(results.map(({ status }) => status), ['rejected', 'rejected']);
    assert.equal(await reads.read('x', 60_000, load, signal), 2);
  });

  it('that began in the future, before the clock was set back, is new to nobody', async () => {
    const { clock, read } = setUp();
    const first = read(60_000);
    await clock.pass(1_000);
    assert.equal(await first, 'read 1');
    clock.setBack(3_600_000);
    const anew = read(60_000);
    await clock.pass(1_000);
    assert.equal(await anew, 'read 2');
  });

  it('of another key is another', async () => {
    const { reads } = setUp();
    const { signal } = new AbortController();
    const values = await Promise.all(['x', 'y'].map((key) => reads.read(key, 60_000, () => Promise.resolve(key), signal)));
    assert.deepEqual(values, ['x', 'y']);
  });

  it('is forgotten by the beginning of its key: it is called off, and whoever asks next reads anew', async () => {
    const { clock, reads, read, signals } = setUp();
    const other = reads.read('y', 60_000, () => Promise.resolve('y'), new AbortController().signal);
    assert.equal(await other, 'y');
    const lost = assert.rejects(read(5_000));
    reads.forget('x');
    assert.equal(signals[0]?.aborted, true);
    await lost;
    const anew = read(5_000);
    await clock.pass(1_000);
    assert.equal(await anew, 'read 2');
    reads.forget('x');
    const third = read(5_000);
    await clock.pass(1_000);
    assert.equal(await third, 'read 3');
    assert.equal(await reads.read('y', 60_000, () => Promise.resolve('anew'), new AbortController().signal), 'y');
  });
});
