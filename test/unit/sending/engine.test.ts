import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import type { ReadyMessage } from '../../../src/sending/message.ts';
import { batches, MemoryRecorder, message, messages, run, targetOf, VirtualClock } from './engineSupport.ts';

const invalid = (): CloudError => new CloudError('invalid', { mayHaveArrived: false, status: 400 });
const unknown = (): CloudError => new CloudError('unavailable', { mayHaveArrived: true, status: 503 });
const tooMany = (retryAfterMs?: number): CloudError =>
  new CloudError('rateLimited', { mayHaveArrived: false, status: 429, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });

type Fate = 'arrives' | 'refused' | 'unknown' | 'limited';

const fates = fc.array(
  fc.record({
    fate: fc.oneof({ weight: 8, arbitrary: fc.constant<Fate>('arrives') }, fc.constantFrom<Fate>('refused', 'unknown', 'limited')),
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    takesMs: fc.nat(50),
  }),
  { minLength: 1, maxLength: 60 },
);

describe('a run in the order of keys', () => {
  it('has one message of a key under way, in their order, and none behind one that did not arrive for certain', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 20 }), async (plan, concurrency, batch) => {
        const clock = new VirtualClock();
        const busy = new Set<string>();
        const lastOf = new Map<string, number>();
        const limited = new Set<number>();
        const target = targetOf(async ({ key, value }) => {
          const { n } = JSON.parse(value) as { readonly n: number };
          const { fate, takesMs } = plan[n] ?? { fate: 'arrives', takesMs: 0 };
          assert.ok(!busy.has(key), `two messages of ${key} at a time`);
          assert.ok((lastOf.get(key) ?? -1) < n || limited.has(n), `${n} after ${String(lastOf.get(key))}`);
          lastOf.set(key, n);
          busy.add(key);
          await clock.wait(takesMs);
          busy.delete(key);
          if (fate === 'limited' && !limited.has(n)) {
            limited.add(n);
            throw tooMany();
          }
          if (fate === 'refused') throw invalid();
          if (fate === 'unknown') throw unknown();
        });
        const all = plan.map(({ key }, index) => message(index, key));
        const options = { concurrency, order: 'perKey', now: clock.now, wait: clock.wait } as const;
        const { recorder, result } = await run(batches(all, batch), target, options);
        if (result.stopped !== undefined) return;
        for (const key of ['a', 'b', 'c', 'd']) {
          const own = plan.flatMap(({ key: other, fate }, index) => (other === key ? [{ index, fate }] : []));
          const bad = own.findIndex(({ fate }) => fate === 'refused' || fate === 'unknown');
          const expected = own.map(({ fate }, place) => {
            if (bad !== -1 && place > bad) return undefined;
            return fate === 'limited' || fate === 'arrives' ? 'acknowledged' : fate;
          });
          assert.deepEqual(own.map(({ index }) => recorder.outcomes.get(index)?.kind), expected);
        }
      }),
    );
  });

  it('reads on behind a key that keeps all waiting, but not without end', async () => {
    let read = 0;
    let ended = 0;
    let most = 0;
    async function* source(): AsyncGenerator<readonly ReadyMessage[]> {
      for (let index = 0; index < 5_000; index += 50) {
        await Promise.resolve();
        read += 50;
        most = Math.max(most, read - ended);
        yield Array.from({ length: 50 }, (_unused, place) => message(index + place, 'one'));
      }
    }
    const target = targetOf(async () => {
      await Promise.resolve();
      ended += 1;
    });
    const { result } = await run(source(), target, { order: 'perKey', concurrency: 16 });
    assert.equal(result.acknowledged, 5_000);
    assert.ok(most <= 1_000 + 16 + 150, `${most} messages were read ahead`);
  });

  it('counts what waits in bytes, too', async () => {
    let read = 0;
    let ended = 0;
    let most = 0;
    async function* source(): AsyncGenerator<readonly ReadyMessage[]> {
      for (let index = 0; index < 100; index += 1) {
        await Promise.resolve();
        read += 1;
        most = Math.max(most, read - ended);
        yield [{ ...message(index, 'one'), bytes: 1_048_576 }];
      }
    }
    const target = targetOf(async () => {
      await Promise.resolve();
      ended += 1;
    });
    const { result } = await run(source(), target, { order: 'perKey', concurrency: 4 });
    assert.equal(result.acknowledged, 100);
    assert.ok(most <= 16 + 1 + 3, `${most} MiB were read ahead`);
  });

  it('reads on behind a key whose messages stay behind', async () => {
    const all = [...Array.from({ length: 1_500 }, (_unused, index) => message(index, 'bad')), ...Array.from({ length: 50 }, (_unused, index) => message(1_500 + index))];
    const clock = new VirtualClock();
    const target = targetOf(async ({ key }) => {
      // Long enough for all that may wait to wait.
      await clock.wait(10);
      if (key === 'bad') throw invalid();
    });
    const { result, recorder } = await run(batches(all), target, { order: 'perKey', now: clock.now, wait: clock.wait });
    assert.deepEqual(result, { acknowledged: 50, refused: 1, unknown: 0 });
    assert.deepEqual(recorder.indexes('refused'), [0]);
  });
});

describe('a parallel run', () => {
  it('has as many under way as it may, never more, and sends each once', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), async (plan, concurrency, batch) => {
        const clock = new VirtualClock();
        const calls = new Map<number, number>();
        let underWay = 0;
        let most = 0;
        const target = targetOf(async ({ value }) => {
          const { n } = JSON.parse(value) as { readonly n: number };
          underWay += 1;
          most = Math.max(most, underWay);
          calls.set(n, (calls.get(n) ?? 0) + 1);
          const { fate, takesMs } = plan[n] ?? { fate: 'arrives', takesMs: 0 };
          await clock.wait(10 + takesMs);
          underWay -= 1;
          if (fate === 'limited' && calls.get(n) === 1) throw tooMany(5);
          if (fate === 'refused') throw invalid();
          if (fate === 'unknown') throw unknown();
        });
        const all = plan.map((_fate, index) => message(index));
        const { recorder, result } = await run(batches(all, batch), target, { concurrency, now: clock.now, wait: clock.wait });
        assert.ok(most <= concurrency);
        if (batch >= concurrency) assert.equal(most, Math.min(concurrency, plan.length));
        if (result.stopped !== undefined) return;
        for (const [index, { fate }] of plan.entries()) {
          const expected = fate === 'limited' || fate === 'arrives' ? 'acknowledged' : fate;
          assert.equal(recorder.outcomes.get(index)?.kind, expected);
          assert.equal(calls.get(index), fate === 'limited' ? 2 : 1);
        }
      }),
    );
  });

  it('reads no further ahead than the batch after the one that is leaving', async () => {
    let read = 0;
    let ended = 0;
    let most = 0;
    async function* source(): AsyncGenerator<readonly ReadyMessage[]> {
      for (let index = 0; index < 2_000; index += 50) {
        await Promise.resolve();
        read += 50;
        most = Math.max(most, read - ended);
        yield Array.from({ length: 50 }, (_unused, place) => message(index + place));
      }
    }
    const { result } = await run(source(), targetOf(async () => {
      await Promise.resolve();
      ended += 1;
    }));
    assert.equal(result.acknowledged, 2_000);
    assert.ok(most <= 100 + 4, `${most} messages were read ahead`);
  });

  it('tells how far it is, and how fast', async () => {
    const clock = new VirtualClock();
    const target = targetOf(() => clock.wait(100));
    const { progress } = await run(batches(messages(400)), target, { concurrency: 4, now: clock.now, wait: clock.wait });
    assert.ok(progress.length > 20 && progress.length <= 41, `${progress.length} times in 10 s`);
    assert.deepEqual({ ...progress.at(-1), perSecond: 0 }, { acknowledged: 400, refused: 0, unknown: 0, perSecond: 0 });
    for (const { perSecond } of progress.slice(4)) assert.ok(Math.abs(perSecond - 40) < 4, `${perSecond} a second`);
  });
});

describe('a cancelled run', () => {
  it('lets nothing leave any more, and every message that left comes to one outcome', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.nat(200), fc.nat(60), fc.constantFrom('parallel', 'perKey'), async (plan, cancelMs, graceMs, order) => {
        const clock = new VirtualClock();
        const controller = new AbortController();
        const answered = new Set<number>();
        const target = targetOf(async ({ value }, signal) => {
          assert.ok(!controller.signal.aborted, 'something left after the cancellation');
          const { n } = JSON.parse(value) as { readonly n: number };
          const { fate, takesMs } = plan[n] ?? { fate: 'arrives', takesMs: 0 };
          await clock.wait(takesMs, signal);
          if (fate === 'limited') throw tooMany();
          if (fate === 'refused') throw invalid();
          if (fate === 'unknown') throw unknown();
          answered.add(n);
        });
        void clock.wait(cancelMs).then(() => controller.abort());
        const all = plan.map(({ key }, index) => message(index, key));
        const { recorder, result } = await run(batches(all, 10), target, {
          ...{ concurrency: 3, order, graceMs, signal: controller.signal, now: clock.now, wait: clock.wait },
        });
        assert.deepEqual(recorder.indexes('acknowledged').toSorted(byNumber), [...answered].toSorted(byNumber));
        if (result.stopped === 'cancelled') assert.ok(controller.signal.aborted);
        else if (order === 'parallel' && result.stopped === undefined) assert.equal(recorder.outcomes.size, plan.length);
      }),
    );
  });

  it('waits for what is under way as long as said, and cuts it off then', async () => {
    for (const [graceMs, kind] of [[100, 'acknowledged'], [40, 'unknown'], [0, 'unknown']] as const) {
      const clock = new VirtualClock();
      const controller = new AbortController();
      void clock.wait(10).then(() => controller.abort());
      const { result, recorder } = await run(batches(messages(5)), targetOf((_message, signal) => clock.wait(60, signal)), {
        ...{ concurrency: 2, graceMs, signal: controller.signal, now: clock.now, wait: clock.wait },
      });
      assert.deepEqual(recorder.indexes(kind), [0, 1], `${graceMs} ms`);
      assert.equal(result.stopped, 'cancelled');
    }
  });

  it('is not cancelled where all had left, and all was answered', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    void clock.wait(10).then(() => controller.abort());
    const { result } = await run(batches(messages(2)), targetOf(() => clock.wait(60)), {
      ...{ concurrency: 4, signal: controller.signal, now: clock.now, wait: clock.wait },
    });
    assert.deepEqual(result, { acknowledged: 2, refused: 0, unknown: 0 });
  });

  it('withdraws what was being written down: it was not sent', async () => {
    const controller = new AbortController();
    const recorder = new (class extends MemoryRecorder {
      override async leaving(leaving: ReadyMessage): Promise<void> {
        await super.leaving(leaving);
        controller.abort();
      }
    })();
    const { result } = await run(batches(messages(3)), targetOf(() => assert.fail('it left')), { concurrency: 2, recorder, signal: controller.signal });
    assert.deepEqual(result, { acknowledged: 0, refused: 0, unknown: 0, stopped: 'cancelled' });
    assert.deepEqual([...recorder.outcomes], [[0, { kind: 'notSent' }], [1, { kind: 'notSent' }]]);
    recorder.assertAgrees(result);
  });

  it('does not wait for the turn of what has not left', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    void clock.wait(10).then(() => controller.abort());
    const options = { ratePerSecond: 1, concurrency: 2, signal: controller.signal, now: clock.now, wait: clock.wait };
    const { result, recorder } = await run(batches(messages(2)), targetOf(() => Promise.resolve()), options);
    assert.deepEqual(result, { acknowledged: 1, refused: 0, unknown: 0, stopped: 'cancelled' });
    assert.deepEqual(recorder.left, [0]);
  });

  it('sends nothing at all where it was cancelled before it began', async () => {
    const { result } = await run(batches(messages(3)), targetOf(() => assert.fail('it left')), { signal: AbortSignal.abort() });
    assert.deepEqual(result, { acknowledged: 0, refused: 0, unknown: 0, stopped: 'cancelled' });
  });

  it('ends where the source ends with it', async () => {
    const controller = new AbortController();
    async function* source(): AsyncGenerator<readonly ReadyMessage[]> {
      yield messages(1);
      await new Promise((resolve) => controller.signal.addEventListener('abort', resolve));
      throw new CancelledError();
    }
    const clock = new VirtualClock();
    const target = targetOf(() => {
      controller.abort();
      return clock.wait(5);
    });
    const { result } = await run(source(), target, { concurrency: 1, signal: controller.signal, now: clock.now, wait: clock.wait });
    assert.deepEqual(result, { acknowledged: 1, refused: 0, unknown: 0, stopped: 'cancelled' });
  });
});

function byNumber(a: number, b: number): number {
  return a - b;
}
