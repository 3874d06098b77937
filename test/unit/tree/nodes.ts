import type { NodeKind } from '../../../src/ids.ts';
import { TreeNode } from '../../../src/tree/treeNode.ts';
import type { NodeFace } from '../../../src/tree/treeNode.ts';

/** A row that says what it was given. */
export class Row extends TreeNode {
  override readonly kind: NodeKind = 'easyQueue.topic';
  readonly text: string;

  constructor(parent: TreeNode | undefined, key: string, text = key) {
    super(parent, key);
    this.text = text;
  }

  override get facts(): unknown {
    return this.text;
  }

  override face(): NodeFace {
    return { label: this.text, accessibilityLabel: this.text };
  }
}

/** A row whose children a test hands over. */
export class Branch extends Row {
  override readonly kind = 'easyQueue';
  readonly #load: (signal: AbortSignal) => Promise<readonly TreeNode[]>;

  constructor(key: string, load: (signal: AbortSignal, self: Branch) => Promise<readonly TreeNode[]>, parent?: TreeNode) {
    super(parent, key);
    this.#load = (signal) => load(signal, this);
  }

  override children(signal: AbortSignal): Promise<readonly TreeNode[]> {
    return this.#load(signal);
  }
}
