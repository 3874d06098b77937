import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import { AccountQueue } from '../../../src/tree/accountQueue.ts';

/** Work that ends when the test says so. */
function setUp() {
  const queue = new AccountQueue();
  const started: string[] = [];
  const gates = new Map<string, PromiseWithResolvers<string>>();
  const run = (account: string, name: string, signal = new AbortController().signal): Promise<string> => {
    const gate = Promise.withResolvers<string>();
    gates.set(name, gate);
    return queue.run(account, () => {
      started.push(name);
      return gate.promise;
    }, signal);
  };
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { run, started, settle, end: (name: string) => gates.get(name)?.resolve(name), fail: (name: string) => gates.get(name)?.reject(new Error(name)) };
}

test('four of one account run at the same time, the others in their turn; other accounts do not wait', async () => {
  const { run, started, settle, end, fail } = setUp();
  const runs = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'].map((name) => run('a', name));
  void run('b', 'b1');
  assert.deepEqual(started, ['a1', 'a2', 'a3', 'a4', 'b1']);
  end('a3');
  await settle();
  assert.deepEqual(started.slice(5), ['a5']);
  fail('a1');
  await assert.rejects(runs[0] ?? Promise.resolve(), /a1/u);
  assert.deepEqual(started.slice(5), ['a5', 'a6']);
  for (const name of ['a2', 'a4', 'a5', 'a6']) end(name);
  assert.deepEqual(await Promise.all(runs.slice(1)), ['a2', 'a3', 'a4', 'a5', 'a6']);
  void run('a', 'a7');
  assert.equal(started.at(-1), 'a7');
});

test('what is called off while it waits never starts, and holds nobody up', async () => {
  const { run, started, settle, end } = setUp();
  for (const name of ['1', '2', '3', '4']) void run('a', name);
  const controller = new AbortController();
  const waiting = run('a', '5', controller.signal);
  void run('a', '6');
  controller.abort();
  await assert.rejects(waiting, CancelledError);
  end('1');
  await settle();
  assert.deepEqual(started, ['1', '2', '3', '4', '6']);
});
