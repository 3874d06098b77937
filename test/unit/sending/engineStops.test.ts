import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { CancelledError, CloudError, type CloudErrorDetails, type CloudErrorKind } from '../../../src/model/cloudError.ts';
import type { ReadyMessage } from '../../../src/sending/message.ts';
import { failedOutcome, failureNote } from '../../../src/sending/engine/outcome.ts';
import { batches, MemoryRecorder, messages, run, targetOf, VirtualClock } from './engineSupport.ts';

/** Fails the first messages so, and takes the others. */
function failing(count: number, error: () => Error) {
  let calls = 0;
  return targetOf(() => {
    calls += 1;
    return calls <= count ? Promise.reject(error()) : Promise.resolve();
  });
}

const tooMany = (retryAfterMs?: number): CloudError =>
  new CloudError('rateLimited', { mayHaveArrived: false, status: 429, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });

describe('what would hit every message alike', () => {
  const cases: readonly (readonly [CloudErrorKind, CloudErrorDetails, 'refused' | 'unknown'])[] = [
    ['unauthorized', { reason: 'credentials', status: 401, mayHaveArrived: false }, 'refused'],
    ['forbidden', { reason: 'role', status: 403, mayHaveArrived: false }, 'refused'],
    ['locked', { reason: 'lane', mayHaveArrived: false }, 'refused'],
    ['notFound', { reason: 'address', status: 404, mayHaveArrived: false }, 'refused'],
    ['network', { reason: 'dns', mayHaveArrived: false }, 'refused'],
    ['network', { reason: 'proxy', status: 407, mayHaveArrived: false }, 'refused'],
    ['timeout', { code: 'UND_ERR_CONNECT_TIMEOUT', mayHaveArrived: false }, 'refused'],
    ['invalid', { reason: 'endpoint', mayHaveArrived: false }, 'refused'],
    ['network', { reason: 'redirect', status: 302 }, 'unknown'],
  ];

  it('ends the run: the rest is not sent', async () => {
    for (const [kind, details, outcome] of cases) {
      const error = new CloudError(kind, details);
      const { result, recorder } = await run(batches(messages(500)), failing(500, () => error), { concurrency: 2 });
      assert.equal(result[outcome], 2, error.message);
      assert.equal(recorder.left.length, 2);
      assert.deepEqual(result.stopped, failureNote(error));
      assert.equal(result.error, error);
    }
  });

  it('is nothing that one message alone may be refused for', async () => {
    for (const kind of ['invalid', 'conflict', 'quotaExceeded'] as const) {
      const error = new CloudError(kind, { status: 400, mayHaveArrived: false });
      const { result } = await run(batches(messages(300)), failing(100, () => error));
      assert.deepEqual(result, { acknowledged: 200, refused: 100, unknown: 0 });
    }
  });

  it('includes a journal that cannot be written: then nothing leaves', async () => {
    const full = new Error('ENOSPC: no space left on device');
    const recorder = new (class extends MemoryRecorder {
      override leaving(leaving: ReadyMessage): Promise<void> {
        return this.left.length === 5 ? Promise.reject(full) : super.leaving(leaving);
      }
    })();
    const { result } = await run(batches(messages(50)), targetOf(() => Promise.resolve()), { concurrency: 1, recorder });
    assert.deepEqual(result, { acknowledged: 5, refused: 0, unknown: 0, stopped: { kind: 'unexpectedResponse', at: 'journal' }, error: full });
  });

  it('includes a source that breaks off', async () => {
    const broken = new Error('gone');
    async function* source(): AsyncGenerator<readonly ReadyMessage[]> {
      yield messages(3);
      await Promise.resolve();
      throw broken;
    }
    const { result } = await run(source(), targetOf(() => Promise.resolve()));
    assert.deepEqual(result, { acknowledged: 3, refused: 0, unknown: 0, stopped: { kind: 'unexpectedResponse', at: 'source' }, error: broken });
  });

  it('includes a mistake of ours, whose words go nowhere, and a connection that was closed', async () => {
    const { result } = await run(batches(messages(9)), failing(9, () => new TypeError('{"n":0}')), { concurrency: 1 });
    assert.deepEqual(result, { acknowledged: 0, refused: 0, unknown: 1, stopped: { kind: 'unexpectedResponse' }, error: result.error });
    const closed = await run(batches(messages(9)), failing(9, () => new CancelledError()), { concurrency: 1 });
    assert.deepEqual(closed.result.stopped, { kind: 'cancelled' });
    assert.equal(closed.result.unknown, 1);
  });
});

describe('unknown outcomes', () => {
  const noAnswer = (): CloudError => new CloudError('timeout', { mayHaveArrived: true });

  it('in a row end the run, more of them than one broken connection makes', async () => {
    const few = await run(batches(messages(100)), failing(8, noAnswer), { concurrency: 4 });
    assert.deepEqual(few.result, { acknowledged: 92, refused: 0, unknown: 8 });
    const many = await run(batches(messages(100)), failing(100, noAnswer), { concurrency: 4 });
    assert.ok(many.result.unknown >= 9 && many.result.unknown < 9 + 4);
    assert.deepEqual(many.result.stopped, { kind: 'timeout' });
  });

  it('here and there do not', async () => {
    let calls = 0;
    const target = targetOf(() => {
      calls += 1;
      return calls % 3 === 0 ? Promise.resolve() : Promise.reject(noAnswer());
    });
    const { result } = await run(batches(messages(300)), target, { concurrency: 1 });
    assert.deepEqual(result, { acknowledged: 100, refused: 0, unknown: 200 });
  });
});

describe('too many requests', () => {
  it('have all wait as long as told, and no longer', async () => {
    const clock = new VirtualClock();
    const departures: number[] = [];
    const target = targetOf(async () => {
      departures.push(clock.now());
      const isRefused = departures.length <= 3;
      await clock.wait(1);
      if (isRefused) throw tooMany(2_500);
    });
    const { result, progress } = await run(batches(messages(6)), target, { concurrency: 3, now: clock.now, wait: clock.wait });
    assert.equal(result.acknowledged, 6);
    const first = departures[0] ?? 0;
    assert.deepEqual(departures.map((at) => at - first).slice(0, 6), [0, 0, 0, 2_501, 2_501, 2_501]);
    assert.ok(progress.some(({ waitingMs }) => waitingMs === 2_500));
  });

  it('have those wait, too, whose turn by the rate would come before', async () => {
    const clock = new VirtualClock();
    const departures: number[] = [];
    const target = targetOf(() => {
      departures.push(clock.now() - 1_000);
      return departures.length === 1 ? Promise.reject(tooMany(5_000)) : Promise.resolve();
    });
    await run(batches(messages(4)), target, { concurrency: 3, ratePerSecond: 10, now: clock.now, wait: clock.wait });
    assert.equal(departures.length, 5);
    for (const [index, at] of departures.entries()) assert.ok(index === 0 || at >= 5_000 + (index - 1) * 100, `${index} left at ${at}`);
  });

  it('are not held against what comes later, once something got through', async () => {
    const seen = new Set<string>();
    const target = targetOf(({ value }) => {
      const isNew = !seen.has(value);
      seen.add(value);
      return isNew ? Promise.reject(tooMany()) : Promise.resolve();
    });
    const { result, clock } = await run(batches(messages(50)), target, { concurrency: 1 });
    assert.equal(result.acknowledged, 50);
    assert.ok(clock.now() <= 1_000 + 50 * 1_000, 'each burst is waited for as the first');
  });

  it('are tried again some times, and then refused; where nothing else gets through either, the run ends', async () => {
    let calls = 0;
    const target = targetOf(({ value }) => {
      if (value !== '{"n":1}') return Promise.resolve();
      calls += 1;
      return Promise.reject(tooMany());
    });
    const one = await run(batches(messages(200)), target, { concurrency: 2 });
    assert.equal(calls, 10);
    assert.deepEqual(one.recorder.outcomes.get(1), { kind: 'refused', note: { kind: 'rateLimited', status: 429 } });
    const all = await run(batches(messages(200)), failing(10_000, tooMany), { concurrency: 2 });
    assert.deepEqual({ ...all.result, error: 0 }, { acknowledged: 0, refused: 2, unknown: 0, stopped: { kind: 'rateLimited', status: 429 }, error: 0 });
  });

  it('are not waited for where the service wants very long', async () => {
    const { result, clock } = await run(batches(messages(9)), failing(9, () => tooMany(3_600_000)), { concurrency: 1 });
    assert.deepEqual({ ...result, error: 0 }, { acknowledged: 0, refused: 1, unknown: 0, stopped: { kind: 'rateLimited', status: 429 }, error: 0 });
    assert.equal(clock.now(), 1_000);
  });

  it('are no reason to send again what may be there already', async () => {
    const calls: string[] = [];
    const target = targetOf(({ value }) => {
      calls.push(value);
      return calls.length === 1 ? Promise.reject(new CloudError('unavailable', { status: 429, mayHaveArrived: true })) : Promise.resolve();
    });
    const { result } = await run(batches(messages(5)), target, { concurrency: 1 });
    assert.deepEqual(result, { acknowledged: 4, refused: 0, unknown: 1 });
    assert.equal(calls.length, 5);
  });

  it('are not taken for a quota, which says 429 as well, and a wait of 0 is none', async () => {
    const quota = (): CloudError => new CloudError('quotaExceeded', { status: 429, retryAfterMs: 0, mayHaveArrived: false });
    const { result, clock } = await run(batches(messages(9)), failing(3, quota), { concurrency: 1 });
    assert.equal(result.acknowledged, 9);
    assert.ok(clock.now() > 1_000 + 3 * 500);
  });
});

describe('what is written down of a failure', () => {
  it('is what the service said, and nothing of ours', () => {
    const error = new CloudError('invalid', { status: 400, code: 'InvalidParameter', detail: 'bad', target: '/api/produce', cause: new Error('x') });
    assert.deepEqual(failedOutcome(error), { kind: 'refused', note: { kind: 'invalid', status: 400, code: 'InvalidParameter', detail: 'bad' } });
    assert.deepEqual(failedOutcome(new CancelledError()), { kind: 'unknown', note: { kind: 'cancelled' } });
    assert.deepEqual(failedOutcome(new Error('secret')), { kind: 'unknown', note: { kind: 'unexpectedResponse' } });
  });
});

describe('what a run reads from', () => {
  it('is let go of at the end, however it ends', async () => {
    for (const target of [targetOf(() => Promise.resolve()), failing(500, () => new CloudError('forbidden', { status: 403, mayHaveArrived: false }))]) {
      let isClosed = false;
      async function* source(): AsyncGenerator<readonly ReadyMessage[]> {
        try {
          yield* batches(messages(500), 10);
        } finally {
          isClosed = true;
        }
      }
      await run(source(), target);
      assert.ok(isClosed);
    }
  });
});
