import { l10n, ThemeIcon, ThemeColor, MarkdownString } from 'vscode';

import { COMMANDS } from '../ids.ts';
import type { NodeFlag } from '../ids.ts';
import { detailsMarkdown } from '../model/markdown.ts';
import type { Problem } from '../model/problem.ts';
import { TreeNode } from './treeNode.ts';
import type { NodeFace } from './treeNode.ts';

/** A row that is about the row above it: a command run on it works on that row. */
export abstract class StatusNode extends TreeNode {
  /** The row whose children these are. */
  readonly target: TreeNode;

  constructor(target: TreeNode, key: string) {
    super(target, key);
    this.target = target;
  }
}

/** Stands where rows could not be loaded: what failed, what to do. */
export class ProblemNode extends StatusNode {
  override readonly kind = 'problem';
  readonly problem: Problem;

  constructor(target: TreeNode, problem: Problem) {
    super(target, '!problem');
    this.problem = problem;
  }

  /** Offers to unlock the account where its lock is what failed. */
  override get flags(): readonly NodeFlag[] {
    return this.problem.remedies.includes('unlock') ? ['locked'] : [];
  }

  override get facts(): unknown {
    return this.problem;
  }

  override face(): NodeFace {
    const { message, hint } = this.problem;
    return {
      label: message,
      ...(hint === undefined ? {} : { description: hint }),
      iconPath: new ThemeIcon('error', new ThemeColor('testing.iconFailed')),
      accessibilityLabel: l10n.t('Problem: {0}', hint === undefined ? message : `${message} ${hint}`),
    };
  }

  override details(): MarkdownString {
    return new MarkdownString(
      detailsMarkdown(this.problem.message, [
        [l10n.t('What to do'), this.problem.hint],
        [l10n.t('Details'), this.problem.detail],
      ]),
    );
  }
}

/** Stands where nothing is: says how to create the first. */
export class EmptyNode extends StatusNode {
  override readonly kind = 'empty';
  readonly #text: string;

  constructor(target: TreeNode, text: string) {
    super(target, '!empty');
    this.#text = text;
  }

  override get facts(): unknown {
    return this.#text;
  }

  override face(): NodeFace {
    return { label: this.#text, tooltip: this.#text, accessibilityLabel: this.#text };
  }
}

/** Stands where the first rows are still on their way. */
export class LoadingNode extends StatusNode {
  override readonly kind = 'empty';

  constructor(target: TreeNode) {
    super(target, '!loading');
  }

  override face(): NodeFace {
    const text = l10n.t('Loading…');
    return { label: text, iconPath: new ThemeIcon('loading~spin'), accessibilityLabel: text };
  }
}

/** A list that has more pages. */
export interface PagedList extends TreeNode {
  /** Loads the next page and gives all rows, those that were there before included. */
  loadMore(signal: AbortSignal): Promise<readonly TreeNode[]>;
}

/** Loads the next page of a list when it is chosen. */
export class LoadMoreNode extends StatusNode {
  override readonly kind = 'loadMore';
  readonly list: PagedList;
  readonly #label: string;

  /** @param label says how much is there and how much there is, e.g. "Load more (1,000 of 3,000)" */
  constructor(list: PagedList, label: string) {
    super(list, '!more');
    this.list = list;
    this.#label = label;
  }

  override get facts(): unknown {
    return this.#label;
  }

  override face(): NodeFace {
    return {
      label: this.#label,
      iconPath: new ThemeIcon('ellipsis'),
      command: { command: COMMANDS.loadMore, title: this.#label, arguments: [this] },
      accessibilityLabel: this.#label,
    };
  }
}
