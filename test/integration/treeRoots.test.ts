import * as assert from 'node:assert/strict';

import type { TreeView } from 'vscode';
import { EventEmitter } from 'vscode';

import { CancelledError } from '../../src/model/cloudError.ts';
import { AccountNode } from '../../src/tree/accountNode.ts';
import { ResourceTree } from '../../src/tree/resourceTree.ts';
import type { TreeNode } from '../../src/tree/treeNode.ts';
import { naverAccount } from '../support/accounts.ts';

/** A tree of accounts with nothing below them, whose waiting is over when the test says so. */
function setUp(...ids: readonly string[]) {
  const told: string[] = [];
  const timers: { readonly ms: number; readonly end: () => void }[] = [];
  const tree = new ResourceTree({
    roots: () => ids.map((id) => new AccountNode(naverAccount({ id, name: id }), () => [])),
    logError: () => undefined,
    now: () => 0,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        timers.push({ ms, end: resolve });
        signal.addEventListener('abort', () => {
          reject(new CancelledError());
        });
      }),
  });
  tree.onDidChangeTreeData((changed) => told.push(changed === undefined ? 'everything' : [changed].flat().map(({ id }) => id).join(' ')));
  /** Lets all that waits now go on. */
  const pass = async (): Promise<void> => {
    for (const { end } of timers.splice(0)) end();
    // What was told in a turn of its own.
    await new Promise(setImmediate);
  };
  return { tree, told, pass };
}

suite('the rows at the top', () => {
  test('changes close together are one', async () => {
    const { tree, told, pass } = setUp('a', 'b');
    tree.forgetAccount('a');
    tree.referencesChanged();
    tree.forgetAccount('b');
    tree.rootsChanged();
    await pass();
    assert.deepEqual(told, ['everything']);
    tree.rootsChanged();
    await pass();
    assert.deepEqual(told, ['everything', 'everything']);
    tree.dispose();
  });

  test('an open row whose question the editor lost is told of once for each time it was given', async () => {
    const { tree, told, pass } = setUp('a', 'b');
    const [a] = await tree.getChildren();
    assert.ok(a);
    await tree.getChildren(a);
    for (let time = 0; time < 3; time += 1) await pass();
    assert.deepEqual(told, ['b']);
    await tree.getChildren();
    for (let time = 0; time < 3; time += 1) await pass();
    assert.deepEqual(told, ['b', 'a b']);
    tree.dispose();
  });

  test('nothing is told where the editor asks about every row, or has them given anew', async () => {
    const { tree, told, pass } = setUp('a', 'b');
    await tree.getChildren();
    for (const row of await tree.getChildren()) await tree.getChildren(row);
    await pass();
    assert.deepEqual(told, []);
    tree.dispose();
  });

  test('a row the user closed is left alone until it is opened', async () => {
    const { tree, told, pass } = setUp('a', 'b');
    const expanded = new EventEmitter<{ readonly element: TreeNode }>();
    const collapsed = new EventEmitter<{ readonly element: TreeNode }>();
    const view: Pick<TreeView<TreeNode>, 'onDidExpandElement' | 'onDidCollapseElement'> = {
      onDidExpandElement: expanded.event, onDidCollapseElement: collapsed.event,
    };
    tree.follow(view);
    const [a] = await tree.getChildren();
    assert.ok(a);
    collapsed.fire({ element: a });
    await pass();
    assert.deepEqual(told, ['b']);
    tree.forgetAccount('a');
    await pass();
    await tree.getChildren();
    await pass();
    assert.deepEqual(told, ['b', 'everything', 'b']);
    expanded.fire({ element: a });
    await tree.getChildren();
    await pass();
    assert.deepEqual(told, ['b', 'everything', 'b', 'a b']);
    tree.dispose();
  });
});
