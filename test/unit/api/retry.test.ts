import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { withRetries, type Attempted } from '../../../src/api/retry.ts';
import { CloudError, type CloudErrorDetails, type CloudErrorKind } from '../../../src/model/cloudError.ts';

interface Run {
  readonly attempts: number;
  readonly waits: readonly number[];
  readonly value: string | undefined;
}

async function run(
  retry: 'read' | 'never',
  attempt: (number: number) => Attempted<string>,
  random: () => number = () => 1,
): Promise<Run> {
  const waits: number[] = [];
  let attempts = 0;
  const wait = (ms: number): Promise<void> => {
    waits.push(ms);
    return Promise.resolve();
  };
  const value = await withRetries(
    (number) => {
      attempts += 1;
      assert.equal(number, attempts);
      return Promise.resolve(attempt(number));
    },
    retry,
    { random, wait },
    undefined,
  ).catch((error: unknown) => {
    assert.ok(error instanceof CloudError);
    return undefined;
  });
  return { attempts, waits, value };
}

function failing(kind: CloudErrorKind, details: CloudErrorDetails = {}, isMended = false): () => Attempted<string> {
  return () => ({ error: new CloudError(kind, details), isMended });
}

test('which failures of a read are tried again, and how often', async () => {
  const expected: readonly (readonly [CloudErrorKind, CloudErrorDetails, number])[] = [
    ['unavailable', {}, 3],
    ['network', { reason: 'dns' }, 3],
    ['network', { reason: 'refused' }, 3],
    ['network', { reason: 'reset', mayHaveArrived: true }, 3],
    ['network', {}, 3],
    ['network', { reason: 'certificate' }, 1],
    ['network', { reason: 'proxy' }, 1],
    ['network', { reason: 'redirect' }, 1],
    ['timeout', { mayHaveArrived: false }, 3],
    ['timeout', { mayHaveArrived: true }, 1],
    ['timeout', {}, 1],
    ['rateLimited', {}, 4],
    ['unauthorized', {}, 1],
    ['forbidden', {}, 1],
    ['locked', {}, 1],
    ['notFound', {}, 1],
    ['conflict', {}, 1],
    ['invalid', {}, 1],
    ['quotaExceeded', {}, 1],
    ['unexpectedResponse', {}, 1],
  ];
  for (const [kind, details, attempts] of expected) {
    assert.equal((await run('read', failing(kind, details))).attempts, attempts, `${kind} ${JSON.stringify(details)}`);
    assert.equal((await run('never', failing(kind, details))).attempts, 1);
  }
});

test('a mended refusal is tried once more at once, sends too, and only once', async () => {
  for (const retry of ['read', 'never'] as const) {
    const { attempts, waits } = await run(retry, failing('unauthorized', { mayHaveArrived: false }, true));
    assert.equal(attempts, 2);
    assert.deepEqual(waits, []);
  }
});

test('the first value ends it', async () => {
  const { attempts, value } = await run('read', (number) => (number < 3 ? failing('unavailable')() : { value: 'v' }));
  assert.equal(attempts, 3);
  assert.equal(value, 'v');
});

test('a send that may have arrived is not repeated, mended or not', async () => {
  const open = await run('never', failing('unauthorized', { mayHaveArrived: true }, true));
  assert.equal(open.attempts, 1);
  const silent = await run('never', failing('unauthorized', {}, true));
  assert.equal(silent.attempts, 1);
  const refused = await run('never', failing('unauthorized', { mayHaveArrived: false }, true));
  assert.equal(refused.attempts, 2);
});

test('whatever happens, it ends, never waits long, and never repeats a send unmended', async () => {
  const kinds = fc.constantFrom<CloudErrorKind>('unavailable', 'network', 'timeout', 'rateLimited', 'unauthorized');
  const failure = fc.record({ kind: kinds, isMended: fc.boolean(), retryAfterMs: fc.option(fc.nat(), { nil: undefined }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(failure, { minLength: 20, maxLength: 20 }),
      fc.constantFrom<'read' | 'never'>('read', 'never'),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (failures, retry, dice) => {
        const { attempts, waits } = await run(
          retry,
          (number) => {
            const { kind, isMended, retryAfterMs } = failures[number - 1] ?? { kind: 'invalid' as const, isMended: false };
            const details = { mayHaveArrived: false, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
            return { error: new CloudError(kind, details), isMended };
          },
          () => dice,
        );
        assert.ok(attempts <= 1 + 1 + 2 + 3);
        assert.ok(waits.every((ms) => ms >= 0 && ms <= 30_000));
        if (retry === 'never') assert.ok(attempts <= (failures[0]?.isMended === true ? 2 : 1));
      },
    ),
  );
});
