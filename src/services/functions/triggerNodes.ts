import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import type { NodeFlag } from '../../ids.ts';
import { facts, isOne } from '../../model/format.ts';
import type { Trigger } from '../../model/functions.ts';
import { ListNode } from '../../tree/listNode.ts';
import type { Page, PageQuery } from '../../tree/listNode.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import type { Resource } from '../../tree/resource.ts';
import { EmptyNode } from '../../tree/statusNodes.ts';
import { TreeNode } from '../../tree/treeNode.ts';
import type { NodeFace } from '../../tree/treeNode.ts';
import { runFlags } from './actionNode.ts';
import { ActivationsNode } from './activationNodes.ts';
import type { ActionTarget, FunctionsContext, FunctionsPlace, OpenedTrigger } from './context.ts';
import { triggerResource } from './resources.ts';
import { triggerIcon } from './triggers/icon.ts';
import { linkedAction } from './triggers/linkedName.ts';

/** Key of the row "Triggers" among its siblings: no name of a package begins like that. */
export const TRIGGERS_KEY = 'triggers';

/** How many of the next times a tooltip tells. */
const TIMES = 5;

/** All triggers of a region. */
export class TriggersNode extends ListNode<Trigger> {
  override readonly kind = 'cloudFunctions.triggers';
  readonly place: FunctionsPlace;
  readonly #context: FunctionsContext;

  constructor(parent: TreeNode, place: FunctionsPlace, context: FunctionsContext) {
    super(parent, TRIGGERS_KEY, context, context.triggers);
    this.place = place;
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
    return l10n.t('No trigger yet. Create the first one with "Create Trigger…".');
  }

  protected override async fetch(_query: PageQuery, signal: AbortSignal): Promise<Page<Trigger>> {
    const { account, region } = this.place;
    return { items: await (await this.#context.client(account.id, region)).listTriggers(signal), total: undefined };
  }

  protected override nameOf(trigger: Trigger): string {
    return trigger.name;
  }

  protected override sorted(triggers: readonly Trigger[]): readonly Trigger[] {
    return triggers.toSorted((a, b) => this.#context.format.compare(a.name, b.name));
  }

  override rowOf(trigger: Trigger): TriggerNode {
    return new TriggerNode(this, trigger, this.place, this.#context);
  }
}

/** A trigger: the actions it starts, and its activations. Its schedule and links are known once it was opened. */
export class TriggerNode extends TreeNode {
  override readonly kind = 'cloudFunctions.trigger';
  readonly trigger: Trigger;
  readonly place: FunctionsPlace;
  readonly #context: FunctionsContext;

  constructor(parent: TreeNode, trigger: Trigger, place: FunctionsPlace, context: FunctionsContext) {
    super(parent, `trigger:${trigger.name}`);
    this.trigger = trigger;
    this.place = place;
    this.#context = context;
  }

  override get flags(): readonly NodeFlag[] {
    return runFlags(this.account);
  }

  override get facts(): unknown {
    return this.trigger;
  }

  override get resource(): Resource {
    return triggerResource(this.trigger.name, this.#detail?.resourceId, this.place);
  }

  get #detail(): OpenedTrigger | undefined {
    return this.#context.triggerDetails.get(this.id);
  }

  override face(): NodeFace {
    const { name, type } = this.trigger;
    const linked = this.#linkedText();
    const schedule = scheduleOf(this.#detail);
    const next = this.#nextText();
    return {
      label: name,
      description: facts(...(next === undefined ? [type, schedule] : [schedule, next]), linked),
      iconPath: icon(triggerIcon(type), 'data'),
      accessibilityLabel: [l10n.t('Trigger {0}', name), type, schedule, next, linked].filter((part) => part !== undefined).join(', '),
    };
  }

  /** When it fires next; undefined where it has no schedule, or that names no day. */
  #nextText(): string | undefined {
    const [next] = this.#detail?.nextTimes(1) ?? [];
    return next === undefined ? undefined : l10n.t('next {0}', next);
  }

  #linkedText(): string | undefined {
    const count = this.#detail?.actions.length;
    if (count === undefined) return undefined;
    const text = this.#context.format.count(count);
    return isOne(count) ? l10n.t('{0} linked action', text) : l10n.t('{0} linked actions', text);
  }

  override details(): MarkdownString {
    const detail = this.#detail;
    const times = detail?.nextTimes(TIMES) ?? [];
    return detailsTooltip(this.trigger.name, [
      [l10n.t('Type'), this.trigger.type],
      [l10n.t('Description'), detail?.description],
      ...(detail?.options ?? []).map(({ key, value }) => [key, value] as const),
      [l10n.t('Next times'), times.length === 0 ? undefined : times.join(' · ')],
      [l10n.t('Linked actions'), detail?.actions.join(', ')],
      [l10n.t('Resource ID'), detail?.resourceId],
      [l10n.t('More'), detail === undefined ? l10n.t('Open the row to see options and linked actions.') : undefined],
    ]);
  }

  override async children(signal: AbortSignal): Promise<readonly TreeNode[]> {
    const { account, region } = this.place;
    const { format, now } = this.#context;
    const [detail, { firingText, nextFirings }] = await Promise.all([
      this.#context.client(account.id, region).then((client) => client.getTrigger(this.trigger.name, signal)), import('../../model/cron.ts'),
    ]);
    const schedule = scheduleOf(detail) ?? '';
    const nextTimes = (count: number): readonly string[] => nextFirings(schedule, count, now()).map((ms) => firingText(ms, format));
    this.#context.triggerDetails.set(this.id, { ...detail, nextTimes });
    const nothing = new EmptyNode(this, l10n.t('No action is linked: this trigger starts nothing. Link one with "Link Actions…".'));
    const linked = detail.actions.map((action) => new LinkedActionNode(this, action));
    const activations = new ActivationsNode(this, { place: this.place, name: this.trigger.name }, this.#context);
    return [...(linked.length === 0 ? [nothing] : linked), activations];
  }
}

/** An action a trigger starts. */
export class LinkedActionNode extends TreeNode {
  override readonly kind = 'cloudFunctions.linkedAction';
  /** As the service writes it: a name, or package and name. */
  readonly action: string;
  readonly trigger: TriggerNode;

  constructor(trigger: TriggerNode, action: string) {
    super(trigger, `linked:${action}`);
    this.action = action;
    this.trigger = trigger;
  }

  /** The action itself; undefined where its name is none. */
  get target(): ActionTarget | undefined {
    const name = linkedAction(this.action);
    return name && { place: this.trigger.place, ...name };
  }

  /** Whether it has code is known when it is opened. */
  override get flags(): readonly NodeFlag[] {
    return this.target === undefined ? [] : [...runFlags(this.account), 'code'];
  }

  override get facts(): unknown {
    return this.action;
  }

  override face(): NodeFace {
    return {
      label: this.action,
      description: l10n.t('linked action'),
      iconPath: icon('code', 'data'),
      accessibilityLabel: l10n.t('Linked action {0}', this.action),
    };
  }
}

/** The schedule of a cron trigger, whatever version of the API names it (cloudfunctions.md §7.2). */
function scheduleOf(detail: Pick<OpenedTrigger, 'options'> | undefined): string | undefined {
  return detail?.options.find(({ key }) => key === 'cronOption' || key === 'cron')?.value;
}
