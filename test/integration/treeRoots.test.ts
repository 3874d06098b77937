import * as assert from 'node:assert/strict';

import type { TreeView } from 'vscode';
import { EventEmitter } from 'vscode';

import { CancelledError } from '../../src/model/cloudError.ts';
import { AccountNode } from '../../src/tree/accountNode.ts';
import { ResourceTree } from '../../src/tree/resourceTree.ts';
import { TreeNode } from '../../src/tree/treeNode.ts';
import type { NodeFace } from '../../src/tree/treeNode.ts';
import { naverAccount } from '../support/accounts.ts';

/** A row whose rows never come. */
class SlowNode extends TreeNode {
  override readonly kind = 'easyQueue';

  constructor(parent: TreeNode) {
    super(parent, 'slow');
  }

  override face(): NodeFace {
    return { label: 'slow', accessibilityLabel: 'slow' };
  }

  override children(): Promise<readonly TreeNode[]> {
    return new Promise(() => undefined);
  }
}

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
  /** Lets all that waits now go on, or what waits for so long. */
  const pass = async (ms?: number): Promise<void> => {
    const left = timers.filter((timer) => ms !== undefined && timer.ms !== ms);
    for (const { end } of timers.splice(0).filter((timer) => !left.includes(timer))) end();
    timers.push(...left);
    // What was told in a turn of its own.
    await new Promise(setImmediate);
  };
  return { tree, told, pass };
}

/** A view in which nothing happens. */
const NOTHING: Pick<TreeView<TreeNode>, 'onDidExpandElement' | 'onDidCollapseElement' | 'onDidChangeVisibility'> = {
  onDidExpandElement: new EventEmitter<never>().event,
  onDidCollapseElement: new EventEmitter<never>().event,
  onDidChangeVisibility: new EventEmitter<never>().event,
};

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

  test('the open ones are told of once for each time they were given, or shown again, when the editor is quiet', async () => {
    const { tree, told, pass } = setUp('a', 'b');
    const shown = new EventEmitter<{ readonly visible: boolean }>();
    tree.follow({ ...NOTHING, onDidChangeVisibility: shown.event });
    const [a] = await tree.getChildren();
    assert.ok(a);
    await tree.getChildren(a);
    assert.deepEqual(told, []);
    for (let time = 0; time < 3; time += 1) await pass();
    assert.deepEqual(told, ['a b']);
    await tree.getChildren(a);
    for (let time = 0; time < 3; time += 1) await pass();
    assert.deepEqual(told, ['a b']);
    shown.fire({ visible: true });
    for (let time = 0; time < 3; time += 1) await pass();
    assert.deepEqual(told, ['a b', 'a b']);
    tree.dispose();
  });

  test('nothing is told while the editor waits for an answer', async () => {
    const { tree, told, pass } = setUp('a');
    const [a] = await tree.getChildren();
    assert.ok(a);
    const asking = tree.getChildren(new SlowNode(a));
    tree.rootsChanged();
    await pass(50);
    assert.deepEqual(told, []);
    // It is answered with a row that says so.
    await pass();
    await asking;
    for (let time = 0; time < 3; time += 1) await pass();
    assert.equal(told[0], 'everything');
    tree.dispose();
  });

  test('a row the user closed is left alone until it is opened', async () => {
    const { tree, told, pass } = setUp('a', 'b');
    const expanded = new EventEmitter<{ readonly element: TreeNode }>();
    const collapsed = new EventEmitter<{ readonly element: TreeNode }>();
    tree.follow({ ...NOTHING, onDidExpandElement: expanded.event, onDidCollapseElement: collapsed.event });
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
