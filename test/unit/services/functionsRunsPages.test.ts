import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { ActivationPages } from '../../../src/services/functions/runs/activationPages.ts';
import { withoutUnshown } from '../../../src/services/functions/runs/unshown.ts';

/** A list of so many rows, of which the service gives so many at once. */
function listOf(rows: number, mostRows: number, isCounted: boolean) {
  const all = Array.from({ length: rows }, (_, n) => ({ activationId: String(n), durationMs: 1, status: 'success' }));
  const asked: number[] = [];
  const list = ({ pageNo, pageSize }: { readonly pageNo: number; readonly pageSize: number }) => {
    asked.push(pageNo);
    const size = Math.min(pageSize, mostRows);
    return Promise.resolve({ activations: all.slice((pageNo - 1) * size, pageNo * size), totalCount: isCounted ? rows : undefined });
  };
  return { all, list, asked };
}

test('rows are read as wanted, however few of them the service gives at once', async () => {
  const rows = fc.integer({ min: 0, max: 250 });
  await fc.assert(fc.asyncProperty(rows, fc.integer({ min: 1, max: 120 }), fc.boolean(), rows, fc.integer({ min: 1, max: 250 }), async (many, most, isCounted, from, count) => {
    const { all, list } = listOf(many, most, isCounted);
    const { items, total } = await new ActivationPages(100).read(list, { from, count });
    assert.deepEqual(items, all.slice(from, from + count));
    if (isCounted) assert.equal(total, many);
  }));
});

test('a list that fits costs one request, and the next rows one more', async () => {
  const small = listOf(30, 100, true);
  await new ActivationPages(100).read(small.list, { from: 0, count: 100 });
  assert.deepEqual(small.asked, [1]);
  const long = listOf(250, 100, true);
  const pages = new ActivationPages(100);
  await pages.read(long.list, { from: 0, count: 100 });
  const { items } = await pages.read(long.list, { from: 100, count: 100 });
  assert.deepEqual(long.asked, [1, 2]);
  assert.equal(items[0]?.activationId, '100');
});

test('a service that gives the same page again and again, or says too many, comes to an end', async () => {
  const activations = [{ activationId: 'a', durationMs: 1, status: 'success' }];
  assert.deepEqual((await new ActivationPages(100).read(() => Promise.resolve({ activations, totalCount: 9 }), { from: 0, count: 100 })).items, activations);
  assert.deepEqual((await new ActivationPages(100).read(() => Promise.resolve({ activations: [], totalCount: 9 }), { from: 0, count: 100 })).items, []);
});

test('nothing that moves the cursor, breaks a line or turns it around is left, and all else stays', () => {
  assert.equal(withoutUnshown('a\u202Eb\u001B[2Jc\u2066\u200F\u0085\td'), 'a\\u202eb\u241B[2Jc\\u2066\\u200f\\u0085\td');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    assert.doesNotMatch(withoutUnshown(text), /[\0-\x08\x0B-\x1F\x7F-\x9F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/);
  }));
  fc.assert(fc.property(fc.string(), (text) => assert.equal(withoutUnshown(text), text)));
});
