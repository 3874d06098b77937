import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import { facts, isOne } from '../../model/format.ts';
import type { Trigger, TriggerDetail } from '../../model/functions.ts';
import { ListNode } from '../../tree/listNode.ts';
import type { Page, PageQuery } from '../../tree/listNode.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import type { Resource } from '../../tree/resource.ts';
import { TreeNode } from '../../tree/treeNode.ts';
import type { NodeFace } from '../../tree/treeNode.ts';
import type { FunctionsContext, FunctionsPlace } from './context.ts';
import { triggerResource } from './resources.ts';

/** Key of the row "Triggers" among its siblings: no name of a package begins like that. */
export const TRIGGERS_KEY = 'triggers';

/** All triggers of a region. */
export class TriggersNode extends ListNode<Trigger> {
  override readonly kind = 'cloudFunctions.triggers';
  readonly #place: FunctionsPlace;
  readonly #context: FunctionsContext;

  constructor(parent: TreeNode, place: FunctionsPlace, context: FunctionsContext) {
    super(parent, TRIGGERS_KEY, context, context.triggers);
    this.#place = place;
    this.#context = context;
  }

  override face(): NodeFace {
    const total = this.knownTotal;
    const count = total === undefined ? undefined : this.#context.format.count(total);
    const description = this.describe(count);
    return {
      label: l10n.t('Triggers'),
      description,
      iconPath: icon('zap', 'plain'),
      accessibilityLabel: [l10n.t('Triggers'), description].filter((part) => part !== '').join(', '),
    };
  }

  protected override nothingText(): string {
    return l10n.t('No trigger yet. Create the first one in the NAVER Cloud console.');
  }

  protected override async fetch(_query: PageQuery, signal: AbortSignal): Promise<Page<Trigger>> {
    const { account, region } = this.#place;
    return { items: await (await this.#context.client(account.id, region)).listTriggers(signal), total: undefined };
  }

  protected override nameOf(trigger: Trigger): string {
    return trigger.name;
  }

  protected override sorted(triggers: readonly Trigger[]): readonly Trigger[] {
    return triggers.toSorted((a, b) => this.#context.format.compare(a.name, b.name));
  }

  override rowOf(trigger: Trigger): TreeNode {
    return new TriggerNode(this, trigger, this.#place, this.#context);
  }
}

/** A trigger: the actions it starts. Its schedule and links are known once it was opened. */
class TriggerNode extends TreeNode {
  override readonly kind = 'cloudFunctions.trigger';
  readonly trigger: Trigger;
  readonly #place: FunctionsPlace;
  readonly #context: FunctionsContext;

  constructor(parent: TreeNode, trigger: Trigger, place: FunctionsPlace, context: FunctionsContext) {
    super(parent, `trigger:${trigger.name}`);
    this.trigger = trigger;
    this.#place = place;
    this.#context = context;
  }

  override get facts(): unknown {
    return this.trigger;
  }

  override get resource(): Resource {
    return triggerResource(this.trigger.name, this.#detail?.resourceId, this.#place);
  }

  get #detail(): TriggerDetail | undefined {
    return this.#context.triggerDetails.get(this.id);
  }

  override face(): NodeFace {
    const { name, type } = this.trigger;
    const linked = this.#linkedText();
    const schedule = scheduleOf(this.#detail);
    return {
      label: name,
      description: facts(type, schedule, linked),
      iconPath: icon(triggerIcon(type), 'data'),
      accessibilityLabel: [l10n.t('Trigger {0}', name), type, schedule, linked].filter((part) => part !== undefined).join(', '),
    };
  }

  #linkedText(): string | undefined {
    const count = this.#detail?.actions.length;
    if (count === undefined) return undefined;
    const text = this.#context.format.count(count);
    return isOne(count) ? l10n.t('{0} linked action', text) : l10n.t('{0} linked actions', text);
  }

  override details(): MarkdownString {
    const detail = this.#detail;
    return detailsTooltip(this.trigger.name, [
      [l10n.t('Type'), this.trigger.type],
      [l10n.t('Description'), detail?.description],
      ...(detail?.options ?? []).map(({ key, value }) => [key, value] as const),
      [l10n.t('Linked actions'), detail?.actions.join(', ')],
      [l10n.t('Resource ID'), detail?.resourceId],
      [l10n.t('More'), detail === undefined ? l10n.t('Open the row to see options and linked actions.') : undefined],
    ]);
  }

  override emptyText(): string {
    return l10n.t('No action is linked: this trigger starts nothing.');
  }

  override async children(signal: AbortSignal): Promise<readonly TreeNode[]> {
    const { account, region } = this.#place;
    const detail = await (await this.#context.client(account.id, region)).getTrigger(this.trigger.name, signal);
    this.#context.triggerDetails.set(this.id, detail);
    return detail.actions.map((action) => new LinkedActionNode(this, action));
  }
}

/** An action a trigger starts. */
class LinkedActionNode extends TreeNode {
  override readonly kind = 'cloudFunctions.linkedAction';
  /** As the service writes it: a name, or package and name. */
  readonly action: string;

  constructor(parent: TreeNode, action: string) {
    super(parent, `linked:${action}`);
    this.action = action;
  }

  override get facts(): unknown {
    return this.action;
  }

  override face(): NodeFace {
    return {
      label: this.action,
      description: l10n.t('linked action'),
      iconPath: icon('symbol-method', 'data'),
      accessibilityLabel: l10n.t('Linked action {0}', this.action),
    };
  }
}

/** The schedule of a cron trigger, whatever version of the API names it (cloudfunctions.md §7.2). */
function scheduleOf(detail: TriggerDetail | undefined): string | undefined {
  return detail?.options.find(({ key }) => key === 'cronOption' || key === 'cron')?.value;
}

function triggerIcon(type: string | undefined): string {
  switch (type) {
    case 'cron':
      return 'watch';
    case 'github':
      return 'github';
    case 'source_commit':
      return 'git-commit';
    case 'object_storage':
      return 'archive';
    case 'insight':
      return 'graph';
    case 'secret_manager':
      return 'key';
    case undefined:
    default:
      return 'zap';
  }
}
