import { l10n, ThemeIcon } from 'vscode';
import type { MarkdownString } from 'vscode';

import { NODE_KINDS } from '../ids.ts';
import type { NodeFlag, NodeKind } from '../ids.ts';
import type { Account } from '../model/account.ts';
import { stageBadge } from '../model/accountWords.ts';
import { problemOf } from '../model/problem.ts';
import type { Problem } from '../model/problem.ts';
import type { ResourceRef } from '../model/resource.ts';
import { detailsTooltip, icon } from './look.ts';
import type { References } from './references.ts';
import type { Resource } from './resource.ts';
import { TreeNode } from './treeNode.ts';
import type { NodeFace } from './treeNode.ts';

/** A group of references beside the accounts, across all of them: what is pinned, or what was used last. */
export class ReferenceGroupNode extends TreeNode {
  override readonly kind: 'pins' | 'recents';
  readonly #refs: () => readonly ResourceRef[];
  readonly #references: References;

  /** @param refs what is in it now */
  constructor(kind: 'pins' | 'recents', refs: () => readonly ResourceRef[], references: References) {
    // No account's id begins like this.
    super(undefined, `!${kind}`);
    this.kind = kind;
    this.#refs = refs;
    this.#references = references;
  }

  override get startsExpanded(): boolean {
    return this.kind === 'pins';
  }

  override get facts(): unknown {
    return this.kind;
  }

  /** Those whose account is there; another window may have removed one. */
  get refs(): readonly ResourceRef[] {
    return this.#refs().filter((ref) => this.#references.account(ref) !== undefined);
  }

  override get isSettling(): boolean {
    return false;
  }

  override face(): NodeFace {
    const label = this.kind === 'pins' ? l10n.t('Pinned') : l10n.t('Recently Used');
    return { label, iconPath: new ThemeIcon(this.kind === 'pins' ? 'pinned' : 'history'), accessibilityLabel: label };
  }

  /** At once: what each row stands for is looked up for it alone. */
  override children(): Promise<readonly TreeNode[]> {
    const { refs } = this;
    this.#references.freshen(refs);
    return Promise.resolve(refs.map((ref) => new ReferenceNode(this, ref, this.#references)));
  }

  /** Makes the next load look everything up. */
  outdate(): void {
    this.#references.outdate(this.refs);
  }

  override emptyText(): string {
    return l10n.t('Nothing here any more.');
  }
}

/** A row that stands for a row elsewhere in the tree, perhaps one that no list has loaded. Commands work on that row. */
export class ReferenceNode extends TreeNode {
  readonly ref: ResourceRef;
  readonly #references: References;

  constructor(parent: ReferenceGroupNode, ref: ResourceRef, references: References) {
    super(parent, JSON.stringify([ref.accountId, ref.kind, ...ref.keys]));
    this.ref = ref;
    this.#references = references;
  }

  override get kind(): NodeKind {
    const { target } = this;
    if (target !== undefined) return target.kind;
    if (this.#problem !== undefined) return 'problem';
    return NODE_KINDS.find((kind) => kind === this.ref.kind) ?? 'empty';
  }

  override get account(): Account | undefined {
    return this.#references.account(this.ref);
  }

  override get flags(): readonly NodeFlag[] {
    return [...(this.target?.flags ?? []), 'reference'];
  }

  override get resource(): Resource | undefined {
    return this.target?.resource;
  }

  override get facts(): unknown {
    return this.ref;
  }

  override get isSettling(): boolean {
    return this.target?.isSettling ?? false;
  }

  /** The row it stands for, where that is known. */
  get target(): TreeNode | undefined {
    const state = this.#references.stateOf(this.ref);
    return state.status === 'found' ? state.target : undefined;
  }

  /**
   * The row it stands for.
   * @throws CloudError where it could not be read
   */
  resolve(): Promise<TreeNode> {
    return this.#references.target(this.ref);
  }

  /** Looks up what it stands for. Never throws. */
  reload(): Promise<void> {
    return this.#references.reload(this.ref);
  }

  get #place(): readonly string[] {
    const { account } = this;
    return account === undefined ? [] : [account.name, stageBadge(account.lane.stage)];
  }

  get #problem(): Problem | undefined {
    const state = this.#references.stateOf(this.ref);
    const accountName = this.account?.name;
    switch (state.status) {
      case 'gone':
        return { message: l10n.t('No longer there.'), hint: l10n.t('Unpin it.'), remedies: [] };
      case 'failed':
        return problemOf(state.error, accountName === undefined ? {} : { accountName });
      case 'found':
      case 'loading':
        return undefined;
    }
  }

  /** Account and stage first: the editor cuts the end off where there is little room. */
  override face(): NodeFace {
    const { target } = this;
    if (target !== undefined) {
      const face = target.face();
      const more = typeof face.description === 'string' && face.description !== '' ? [face.description] : [];
      return { ...face, description: [...this.#place, ...more].join(' · ') };
    }
    const { name } = this.ref;
    const problem = this.#problem;
    const words = problem === undefined ? l10n.t('Loading…') : [problem.message, problem.hint ?? ''].join(' ').trim();
    return {
      label: name,
      description: [...this.#place, words].join(' · '),
      iconPath: problem === undefined ? new ThemeIcon('loading~spin') : icon('error', 'bad'),
      accessibilityLabel: problem === undefined ? `${name}, ${words}` : l10n.t('Problem: {0}', `${name}, ${words}`),
    };
  }

  override details(): MarkdownString {
    const problem = this.#problem;
    return this.target?.details?.() ?? detailsTooltip(this.ref.name, [
      [l10n.t('Account'), this.account?.name],
      [l10n.t('Problem'), problem?.message],
      [l10n.t('What to do'), problem?.hint],
      [l10n.t('Details'), problem?.detail],
    ]);
  }
}
