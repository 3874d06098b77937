import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import { FilterError, literalPart, matchNames, MAX_FILTER_LENGTH, parseFilter } from '../../../src/model/filter.ts';
import { testRegExp } from '../../../src/tree/boundedRegExp.ts';

function matches(typed: string, ...names: readonly string[]): readonly string[] {
  const filter = parseFilter(typed);
  assert.ok(filter);
  const passes = matchNames(filter, names, testRegExp);
  return names.filter((_, index) => passes[index] === true);
}

test('blanks are no filter', () => {
  assert.equal(parseFilter('  '), undefined);
});

test('text finds a part of the name in upper or lower case', () => {
  assert.deepEqual(matches('ORD', 'orders', 'reorder', 'audit'), ['orders', 'reorder']);
});

test('text finds Korean in either normal form', () => {
  assert.deepEqual(matches('주문'.normalize('NFD'), '주문-토픽'), ['주문-토픽']);
});

test('a glob is about the whole name', () => {
  assert.deepEqual(matches('orders*', 'orders', 'orders-eu', 'reorders'), ['orders', 'orders-eu']);
  assert.deepEqual(matches('*-??', 'orders-eu', 'orders-asia', 'orders'), ['orders-eu']);
  assert.deepEqual(matches('o?🎉*', 'ox🎉', 'o🎉'), ['ox🎉']);
});

test('a glob agrees with the expression it stands for', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 8 }).map((parts) => parts.join(''));
  const name = fc.array(fc.constantFrom('a', 'b'), { maxLength: 10 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, name, (glob, candidate) => {
      const pattern = `${glob}*`;
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(candidate);
      assert.equal(matches(pattern, candidate).length === 1, expected, `${pattern} on ${candidate}`);
    }),
  );
});

test('a glob made to be slow is not', () => {
  const pattern = `${'*a'.repeat(60)}*b`;
  assert.deepEqual(matches(pattern, 'a'.repeat(300)), []);
});

test('an expression between slashes is one', () => {
  assert.deepEqual(matches('/^orders-\\d+$/', 'orders-1', 'orders-x', 'Orders-1'), ['orders-1']);
  assert.deepEqual(matches('/ORDERS/i', 'orders'), ['orders']);
});

test('an expression that would take forever is stopped', () => {
  assert.throws(() => matches('/^(a+)+$/', `${'a'.repeat(60)}!`), FilterError);
});

test('a broken expression, a wrong flag and an endless text are refused', () => {
  assert.throws(() => parseFilter('/(/'), FilterError);
  assert.throws(() => parseFilter('/a/g'), FilterError);
  assert.throws(() => parseFilter('x'.repeat(MAX_FILTER_LENGTH + 1)), FilterError);
  assert.equal(parseFilter('x'.repeat(MAX_FILTER_LENGTH))?.kind, 'text');
});

test('a service is asked for the longest text every match contains', () => {
  const literal = (typed: string) => {
    const filter = parseFilter(typed);
    return filter === undefined ? undefined : literalPart(filter);
  };
  assert.equal(literal('orders'), 'orders');
  assert.equal(literal('a*orders-?x'), 'orders-');
  assert.equal(literal('***'), undefined);
  assert.equal(literal('/orders/'), undefined);
});

test('what a glob lets through contains the text a service is asked for', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '*', '?'), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
  const name = fc.array(fc.constantFrom('a', 'b'), { maxLength: 10 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, name, (typed, candidate) => {
      const filter = parseFilter(typed);
      const literal = filter === undefined ? undefined : literalPart(filter);
      if (literal === undefined || matches(typed, candidate).length === 0) return;
      assert.ok(candidate.includes(literal));
    }),
  );
});
