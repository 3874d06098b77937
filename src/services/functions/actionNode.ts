import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import type { NodeFlag } from '../../ids.ts';
import { permits } from '../../model/account.ts';
import type { Account } from '../../model/account.ts';
import { facts } from '../../model/format.ts';
import { DEFAULT_PACKAGE, IMAGE_RUNTIME, SEQUENCE_RUNTIME } from '../../model/functions.ts';
import type { Action } from '../../model/functions.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import type { Resource } from '../../tree/resource.ts';
import { TreeNode } from '../../tree/treeNode.ts';
import type { NodeFace } from '../../tree/treeNode.ts';
import { ActivationsNode } from './activationNodes.ts';
import type { ActionTarget, FunctionsContext, FunctionsPlace } from './context.ts';
import { actionResource } from './resources.ts';

/** An action: its activations. */
export class ActionNode extends TreeNode {
  override readonly kind = 'cloudFunctions.action';
  readonly action: Action;
  readonly place: FunctionsPlace;
  readonly #context: FunctionsContext;

  constructor(parent: TreeNode, action: Action, place: FunctionsPlace, context: FunctionsContext) {
    super(parent, `action:${action.name}`);
    this.action = action;
    this.place = place;
    this.#context = context;
  }

  /** What commands work on. */
  get target(): ActionTarget {
    return { place: this.place, pkg: this.action.pkg, name: this.action.name };
  }

  override get facts(): unknown {
    return this.action;
  }

  override get resource(): Resource {
    return actionResource(this.action.pkg, this.action.name, this.place);
  }

  /** A sequence and a container have no code of their own. */
  override get flags(): readonly NodeFlag[] {
    const { runtime } = this.action;
    return [...runFlags(this.account), ...(isSequence(this.action) || runtime === IMAGE_RUNTIME ? [] : ['code' as const])];
  }

  /** What is below asks for itself. */
  override get isLocal(): boolean {
    return true;
  }

  override face(): NodeFace {
    const { name, runtime, type } = this.action;
    // A sequence has "sequence" as its runtime, too (cloudfunctions.md §5.1).
    const description = facts(runtime === type ? undefined : runtime, type);
    return {
      label: name,
      description,
      iconPath: icon(actionIcon(this.action), 'data'),
      accessibilityLabel: [l10n.t('Action {0}', name), description].filter((part) => part !== '').join(', '),
    };
  }

  override details(): MarkdownString {
    const { name, pkg, description, runtime, type } = this.action;
    return detailsTooltip(name, [
      [l10n.t('Package'), pkg === DEFAULT_PACKAGE ? l10n.t('- (no package)') : pkg],
      [l10n.t('Description'), description],
      [l10n.t('Runtime'), runtime],
      [l10n.t('Type'), type],
    ]);
  }

  override children(): Promise<readonly TreeNode[]> {
    return Promise.resolve([new ActivationsNode(this, this.target, this.#context)]);
  }
}

function isSequence({ runtime, type }: Action): boolean {
  return runtime === SEQUENCE_RUNTIME || type === 'sequence' || type === 'sequence-web';
}

/** None of them is a box: that is what a package shows. */
function actionIcon({ type, runtime }: Action): string {
  if (type === 'web' || type === 'sequence-web') return 'globe';
  if (type === 'sequence') return 'list-tree';
  return runtime === IMAGE_RUNTIME ? 'layers' : 'code';
}

/** Whether the account may run and fire something now. */
export function runFlags(account: Account | undefined): readonly NodeFlag[] {
  return account !== undefined && permits(account.lane.access, 'send') ? ['canRun'] : [];
}
