import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import { facts } from '../../model/format.ts';
import { DEFAULT_PACKAGE } from '../../model/functions.ts';
import type { Action } from '../../model/functions.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import type { Resource } from '../../tree/resource.ts';
import { TreeNode } from '../../tree/treeNode.ts';
import type { NodeFace } from '../../tree/treeNode.ts';
import type { FunctionsPlace } from './context.ts';
import { actionResource } from './resources.ts';

/** An action. */
export class ActionNode extends TreeNode {
  override readonly kind = 'cloudFunctions.action';
  readonly action: Action;
  readonly #place: FunctionsPlace;

  constructor(parent: TreeNode, action: Action, place: FunctionsPlace) {
    super(parent, `action:${action.name}`);
    this.action = action;
    this.#place = place;
  }

  override get facts(): unknown {
    return this.action;
  }

  override get resource(): Resource {
    return actionResource(this.action.pkg, this.action.name, this.#place);
  }

  override face(): NodeFace {
    const { name, runtime, type } = this.action;
    // A sequence has "sequence" as its runtime, too (cloudfunctions.md §5.1).
    const description = facts(runtime === type ? undefined : runtime, type);
    return {
      label: name,
      description,
      iconPath: icon(actionIcon(type), 'data'),
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
}

function actionIcon(type: string | undefined): string {
  if (type === 'web' || type === 'sequence-web') return 'globe';
  return type === 'sequence' ? 'list-tree' : 'symbol-method';
}
