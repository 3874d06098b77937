import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Emitter } from '../../../src/host/emitter.ts';
import type { Account } from '../../../src/model/account.ts';
import { CloudError } from '../../../src/model/cloudError.ts';
import { AutoRefresh } from '../../../src/tree/autoRefresh.ts';
import type { TreeNode } from '../../../src/tree/treeNode.ts';
import { Row } from './nodes.ts';

/** A list at the top of an account of its own. */
class AccountRow extends Row {
  constructor(name: string) {
    super(undefined, name);
  }

  override get account(): Account {
    return { id: this.id, name: this.id, lane: { stage: 'dev', access: 'full' }, provider: 'nhn', appKeys: [] };
  }
}

/** A clock that goes when the test says so, and a tree that notes what is loaded. */
function setUp(names: readonly string[] = ['a']) {
  let nowMs = 0;
  const timers = new Set<{ readonly atMs: number; readonly ring: () => void }>();
  const changes = new Emitter<unknown>();
  const loads = new Emitter<TreeNode>();
  const state = {
    isWatched: true,
    intervalMs: 30_000,
    isLoading: false,
    settling: new Set<string>(),
    errors: new Map<string, unknown>(),
    answers: new Map<string, unknown>(),
  };
  const loaded: string[] = [];
  const lists = names.map((name) => new AccountRow(name));
  const refresh = new AutoRefresh({
    tree: {
      get isLoading() {
        return state.isLoading;
      },
      onDidLoad: loads.event,
      expandedLists: () => lists,
      stateOf: ({ id }) => ({ error: state.errors.get(id), isSettling: state.settling.has(id) }),
      refreshQuietly: ({ id }) => {
        loaded.push(`${id}@${String(nowMs / 1000)}`);
        return Promise.resolve(state.answers.get(id));
      },
    },
    isWatched: () => state.isWatched,
    onDidChange: changes.event,
    intervalMs: () => state.intervalMs,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const timer = { atMs: nowMs + ms, ring: resolve };
        timers.add(timer);
        signal.addEventListener('abort', () => {
          timers.delete(timer);
          reject(new Error('aborted'));
        });
      }),
    now: () => nowMs,
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  /** Lets time pass, second by second. */
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      nowMs += 1000;
      for (const timer of [...timers]) {
        if (timer.atMs > nowMs) continue;
        timers.delete(timer);
        timer.ring();
      }
      await settle();
    }
  };
  return { refresh, state, loaded, changes, loads, lists, pass };
}

test('open lists are loaded at the interval', async () => {
  const { loaded, pass } = setUp();
  await pass(65);
  assert.deepEqual(loaded, ['a@30', 'a@60']);
});

test('an interval of 0 loads nothing', async () => {
  const { loaded, pass, state, changes } = setUp();
  state.intervalMs = 0;
  changes.fire(undefined);
  await pass(300);
  assert.deepEqual(loaded, []);
});

test('nothing is loaded while nobody looks, and it is made up for when somebody does', async () => {
  const { loaded, pass, state, changes } = setUp();
  state.isWatched = false;
  changes.fire(undefined);
  await pass(100);
  assert.deepEqual(loaded, []);
  state.isWatched = true;
  changes.fire(undefined);
  await pass(1);
  assert.deepEqual(loaded, ['a@101']);
});

test('a round is left out while a load is under way', async () => {
  const { loaded, pass, state } = setUp();
  state.isLoading = true;
  await pass(45);
  state.isLoading = false;
  await pass(20);
  assert.deepEqual(loaded, ['a@60']);
});

test('an account that fails is left alone for longer and longer, the others are not', async () => {
  const { loaded, pass, state } = setUp(['a', 'b']);
  state.answers.set('a', new CloudError('timeout'));
  await pass(241);
  assert.deepEqual(loaded.filter((entry) => entry.startsWith('b')).length, 8);
  assert.deepEqual(loaded.filter((entry) => entry.startsWith('a')), ['a@30', 'a@90', 'a@210']);
});

test('a service that says how long to wait is obeyed', async () => {
  const { loaded, pass, state } = setUp();
  state.answers.set('a', new CloudError('rateLimited', { retryAfterMs: 100_000 }));
  await pass(161);
  assert.deepEqual(loaded, ['a@30', 'a@150']);
});

test('what only a person can put right is not asked for again', async () => {
  const { loaded, pass, state } = setUp();
  state.errors.set('a', new CloudError('unauthorized'));
  await pass(120);
  assert.deepEqual(loaded, []);
});

test('rows that are still changing are looked at sooner, without an interval, too, until they are done', async () => {
  const { loaded, pass, state, loads, lists } = setUp();
  state.intervalMs = 0;
  state.settling.add('a');
  const [list] = lists;
  assert.ok(list);
  loads.fire(list);
  await pass(6);
  assert.deepEqual(loaded, ['a@2', 'a@5']);
  state.settling.clear();
  await pass(60);
  assert.deepEqual(loaded, ['a@2', 'a@5']);
});

test('the end is the end', async () => {
  const { loaded, pass, refresh, changes } = setUp();
  refresh.dispose();
  changes.fire(undefined);
  await pass(100);
  assert.deepEqual(loaded, []);
});
