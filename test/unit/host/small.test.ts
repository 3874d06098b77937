import assert from 'node:assert/strict';
import { test } from 'node:test';

import { wait } from '../../../src/host/clock.ts';
import { Disposables } from '../../../src/host/disposables.ts';
import { Emitter } from '../../../src/host/emitter.ts';
import { once } from '../../../src/host/once.ts';
import { CancelledError } from '../../../src/model/cloudError.ts';

test('disposables end in reverse order, late arrivals at once, and one that throws keeps no other', () => {
  const order: string[] = [];
  const disposables = new Disposables();
  disposables.add({ dispose: () => order.push('first') });
  disposables.add({ dispose: () => { throw new Error('stuck'); } });
  disposables.add({ dispose: () => order.push('last') });
  assert.throws(() => disposables.dispose(), AggregateError);
  disposables.add({ dispose: () => order.push('late') });
  disposables.dispose();
  assert.deepEqual(order, ['last', 'first', 'late']);
});

test('once is done once for all, and again only where it failed', async () => {
  let times = 0;
  const load = once(() => {
    times += 1;
    return times === 1 ? Promise.reject(new Error('not there')) : Promise.resolve(times);
  });
  const results = await Promise.allSettled([load(), load()]);
  assert.deepEqual(results.map(({ status }) => status), ['rejected', 'rejected']);
  assert.deepEqual(await Promise.all([load(), load()]), [2, 2]);
  assert.equal(await load(), 2);
});

test('an emitter tells everyone who is still there', () => {
  const emitter = new Emitter<number>();
  const heard: string[] = [];
  const subscription = emitter.event((value) => heard.push(`a${String(value)}`));
  emitter.event((value) => heard.push(`b${String(value)}`));
  emitter.fire(1);
  subscription.dispose();
  emitter.fire(2);
  emitter.dispose();
  emitter.fire(3);
  assert.deepEqual(heard, ['a1', 'b1', 'b2']);
});

test('waiting ends with its signal', async () => {
  const controller = new AbortController();
  const waiting = wait(3_600_000, controller.signal);
  controller.abort();
  await assert.rejects(waiting, CancelledError);
  await assert.rejects(wait(0, controller.signal), CancelledError);
  await wait(0);
});
