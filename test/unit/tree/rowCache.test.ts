import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { RowCache } from '../../../src/tree/rowCache.ts';
import { PartialLoadError } from '../../../src/tree/treeNode.ts';
import type { TreeNode } from '../../../src/tree/treeNode.ts';
import { naverAccount } from '../../support/accounts.ts';
import { Branch, Row } from './nodes.ts';

/** A cache whose waiting is over when the test says so. */
function setUp() {
  const changed: string[] = [];
  const timers: (() => void)[] = [];
  const cache = new RowCache({
    problemRow: (node, error) => new Row(node, '!problem', error instanceof CloudError ? error.kind : String(error)),
    emptyRow: (node) => new Row(node, '!empty'),
    loadingRow: (node) => new Row(node, '!loading'),
    faceKey: (node) => textOf(node),
    onRowsChanged: (node) => changed.push(node.id),
    onLoaded: () => undefined,
    wait: (_, signal) =>
      new Promise((resolve, reject) => {
        timers.push(resolve);
        signal.addEventListener('abort', () => {
          reject(new CancelledError());
        });
      }),
    now: () => 0,
  });
  const timeIsUp = () => {
    for (const end of timers.splice(0)) end();
  };
  return { cache, changed, timeIsUp };
}

const textOf = (node: TreeNode) => (node instanceof Row ? node.text : node.id);
const texts = (rows: readonly TreeNode[]) => rows.map(textOf);

test('rows are loaded once and kept', async () => {
  const { cache } = setUp();
  let loads = 0;
  const branch = new Branch('b', (_, self) => Promise.resolve([new Row(self, `row ${String((loads += 1))}`)]));
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['row 1']);
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['row 1']);
});

test('two who ask at once share a load', async () => {
  const { cache } = setUp();
  let loads = 0;
  const gate = Promise.withResolvers<undefined>();
  const branch = new Branch('b', async (_, self) => {
    loads += 1;
    await gate.promise;
    return [new Row(self, 'row')];
  });
  const both = Promise.all([cache.rowsToShow(branch), cache.rows(branch)]);
  gate.resolve(undefined);
  await both;
  assert.equal(loads, 1);
});

test('the editor gets a row that says "Loading…" when it takes long, and is told when the rows are there', async () => {
  const { cache, changed, timeIsUp } = setUp();
  const gate = Promise.withResolvers<readonly TreeNode[]>();
  const branch = new Branch('b', () => gate.promise);
  const asked = cache.rowsToShow(branch);
  timeIsUp();
  assert.deepEqual(texts(await asked), ['!loading']);
  gate.resolve([new Row(branch, 'row')]);
  assert.deepEqual(texts(await cache.rows(branch)), ['row']);
  assert.deepEqual(changed, ['b']);
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['row']);
});

test('a dead account delays no other', async () => {
  const { cache } = setUp();
  const dead = new Branch('dead', () => new Promise(() => undefined));
  const alive = new Branch('alive', (_, self) => Promise.resolve([new Row(self, 'row')]));
  void cache.rowsToShow(dead);
  assert.deepEqual(texts(await cache.rowsToShow(alive)), ['row']);
});

test('old rows stay until the new ones are there', async () => {
  const { cache, changed, timeIsUp } = setUp();
  const answers = [Promise.withResolvers<readonly TreeNode[]>(), Promise.withResolvers<readonly TreeNode[]>()];
  let loads = 0;
  const branch = new Branch('b', () => answers[loads++]?.promise ?? Promise.resolve([]));
  answers[0]?.resolve([new Row(branch, 'k', 'old')]);
  await cache.rowsToShow(branch);
  const reloaded = cache.reload(branch);
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['old']);
  timeIsUp();
  answers[1]?.resolve([new Row(branch, 'k', 'new')]);
  await reloaded;
  assert.deepEqual(changed, ['b']);
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['new']);
});

test('a reload aborts the load under way, and what that brings is dropped', async () => {
  const { cache } = setUp();
  const first = Promise.withResolvers<readonly TreeNode[]>();
  const signals: AbortSignal[] = [];
  const branch = new Branch('b', (signal, self) => {
    signals.push(signal);
    return signals.length === 1 ? first.promise : Promise.resolve([new Row(self, 'second')]);
  });
  const asked = cache.rowsToShow(branch);
  await cache.reload(branch);
  assert.deepEqual(signals.map(({ aborted }) => aborted), [true, false]);
  first.resolve([new Row(branch, 'first')]);
  assert.deepEqual(texts(await asked), ['second']);
});

test('the same rows again are the same objects, and nobody is told', async () => {
  const { cache, changed } = setUp();
  const branch = new Branch('b', (_, self) => Promise.resolve([new Row(self, 'row')]));
  const before = await cache.rowsToShow(branch);
  await cache.reload(branch);
  assert.equal(await cache.rowsToShow(branch), before);
  assert.deepEqual(changed, []);
});

test('siblings with one key get ids of their own, the same after every load', async () => {
  const { cache } = setUp();
  const branch = new Branch('b', (_, self) => Promise.resolve([1, 2, 3].map((n) => new Row(self, 'same', `row ${String(n)}`))));
  const ids = (await cache.rowsToShow(branch)).map(({ id }) => id);
  assert.equal(new Set(ids).size, 3);
  await cache.reload(branch);
  assert.deepEqual((await cache.rowsToShow(branch)).map(({ id }) => id), ids);
});

test('a key may hold anything', () => {
  const row = new Row(new Row(undefined, 'a/b'), 'lone \uD800 # % 한글');
  assert.match(row.id, /^a%2Fb\/[^/#]+$/u);
});

test('a failure is a problem row; rows that are still true stay below it', async () => {
  const { cache } = setUp();
  let error: CloudError | undefined;
  const branch = new Branch('b', (_, self) => (error === undefined ? Promise.resolve([new Row(self, 'row')]) : Promise.reject(error)));
  await cache.rowsToShow(branch);
  error = new CloudError('timeout');
  assert.equal(await cache.reload(branch), error);
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['timeout', 'row']);
  error = new CloudError('unauthorized');
  await cache.reload(branch);
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['unauthorized']);
  error = undefined;
  await cache.reload(branch);
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['row']);
});

test('where a part of the rows is known, both are shown', async () => {
  const { cache } = setUp();
  const cause = new CloudError('unavailable');
  const branch = new Branch('b', (_, self) => Promise.reject(new PartialLoadError([new Row(self, 'row')], cause)));
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['unavailable', 'row']);
  assert.equal(await cache.reloadQuietly(branch), cause);
});

test('being told to wait leaves no trace of a quiet reload', async () => {
  const { cache, changed } = setUp();
  let isLimited = false;
  const branch = new Branch('b', (_, self) =>
    isLimited ? Promise.reject(new CloudError('rateLimited')) : Promise.resolve([new Row(self, 'row')]),
  );
  await cache.rowsToShow(branch);
  isLimited = true;
  assert.ok((await cache.reloadQuietly(branch)) instanceof CloudError);
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['row']);
  assert.deepEqual(changed, []);
});

test('nothing below is a row that says so', async () => {
  const { cache } = setUp();
  const branch = new Branch('b', () => Promise.resolve([]));
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['!empty']);
});

test('another load sets the rows; where it fails the rows stay and the failure is thrown', async () => {
  const { cache } = setUp();
  const branch = new Branch('b', (_, self) => Promise.resolve([new Row(self, 'one')]));
  await cache.rowsToShow(branch);
  await cache.replace(branch, () => Promise.resolve([new Row(branch, 'one'), new Row(branch, 'two')]));
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['one', 'two']);
  const failure = new CloudError('timeout');
  await assert.rejects(cache.replace(branch, () => Promise.reject(failure)), failure);
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['one', 'two']);
});

test('a row that is gone takes what was below it along', async () => {
  const { cache } = setUp();
  let hasInner = true;
  let innerSignal: AbortSignal | undefined;
  const outer = new Branch('o', (_, self) => Promise.resolve(hasInner ? [inner(self)] : []));
  const inner = (parent: TreeNode) =>
    new Branch('i', (signal) => {
      innerSignal = signal;
      return new Promise(() => undefined);
    }, parent);
  const [row] = await cache.rowsToShow(outer);
  assert.ok(row);
  void cache.rowsToShow(row);
  hasInner = false;
  await cache.reload(outer);
  assert.equal(innerSignal?.aborted, true);
  assert.equal(cache.isLoading, false);
});

test('collapsed rows, and all below them, are not open', async () => {
  const { cache } = setUp();
  const outer = new Branch('o', (_, self) => Promise.resolve([new Branch('i', () => Promise.resolve([]), self)]));
  const [inner] = await cache.rowsToShow(outer);
  assert.ok(inner);
  await cache.rowsToShow(inner);
  assert.deepEqual(cache.expanded().map(({ id }) => id), ['o', 'o/i']);
  const slot = cache.peek(outer);
  assert.ok(slot);
  slot.isCollapsed = true;
  assert.deepEqual(cache.expanded(), []);
});

test('a cancelled load asks to be tried again', async () => {
  const { cache } = setUp();
  const branch = new Branch('b', () => Promise.reject(new CancelledError()));
  assert.deepEqual(texts(await cache.rowsToShow(branch)), ['CancelledError: Cancelled']);
});

test('four loads of one account run at the same time; other accounts, and rows that cost no request, do not wait', async () => {
  const { cache } = setUp();
  const started: string[] = [];
  const gates: (() => void)[] = [];
  class AccountBranch extends Branch {
    readonly #accountId: string;
    readonly #isLocal: boolean;

    constructor(key: string, accountId: string, isLocal = false) {
      super(key, (_, self) => new Promise((resolve) => {
        started.push(key);
        gates.push(() => resolve([new Row(self, 'row')]));
      }));
      this.#accountId = accountId;
      this.#isLocal = isLocal;
    }

    override get account() {
      return naverAccount({ id: this.#accountId });
    }

    override get isLocal() {
      return this.#isLocal;
    }
  }
  const reloads = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'].map((key) => cache.reload(new AccountBranch(key, 'a')));
  reloads.push(cache.reload(new AccountBranch('b1', 'b')), cache.reload(new AccountBranch('local', 'a', true)));
  assert.deepEqual(started, ['a1', 'a2', 'a3', 'a4', 'b1', 'local']);
  const all = Promise.all(reloads);
  while (gates.length > 0) {
    gates.shift()?.();
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  assert.deepEqual(await all, reloads.map(() => undefined));
  assert.deepEqual(started.slice(6), ['a5', 'a6']);
});

test('rows that are forgotten while the editor waits for them are loaded anew: nobody else would tell of them', async () => {
  const { cache } = setUp();
  let loads = 0;
  const branch = new Branch('b', (_, self) => Promise.resolve([new Row(self, `row ${String((loads += 1))}`)]));
  const asked = cache.rowsToShow(branch);
  cache.drop(branch);
  assert.deepEqual(texts(await asked), ['row 2']);
  const last = cache.rowsToShow(branch);
  cache.outdate();
  cache.clear();
  await last;
  const ended = cache.rowsToShow(new Branch('c', (_, self) => Promise.resolve([new Row(self, `row ${String((loads += 1))}`)])));
  cache.clear();
  await ended;
  assert.equal(loads, 3);
});

test('rows that cost no request wait for none, not even those of the account itself', async () => {
  const { cache } = setUp();
  const account = naverAccount({ id: 'a' });
  const lists = [1, 2, 3, 4].map((n) => new (class extends Branch {
    override get account() {
      return account;
    }
  })(`l${String(n)}`, () => new Promise(() => undefined)));
  for (const list of lists) void cache.rows(list);
  const root = new (class extends Branch {
    override get isLocal() {
      return true;
    }
  })('a', (_, self) => Promise.resolve([new Row(self, 'service')]));
  const soon = new Promise<readonly TreeNode[]>((resolve) => setImmediate(() => resolve([])));
  assert.deepEqual(texts(await Promise.race([cache.rows(root), soon])), ['service']);
});
