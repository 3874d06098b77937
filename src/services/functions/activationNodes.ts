import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import { COMMANDS, type NodeFlag } from '../../ids.ts';
import { facts } from '../../model/format.ts';
import type { Activation } from '../../model/functions.ts';
import { ListNode } from '../../tree/listNode.ts';
import type { Page, PageQuery } from '../../tree/listNode.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import { TreeNode } from '../../tree/treeNode.ts';
import type { NodeFace } from '../../tree/treeNode.ts';
import { ifKnown } from '../words.ts';
import type { ActivationRange, FunctionsContext } from './context.ts';
import type { ActivationPages } from './runs/activationPages.ts';
import { runAddress, shortId } from './runs/runAddress.ts';
import { statusLook } from './runs/runWords.ts';
import { listActivations, type RunSubject } from './runs/subject.ts';
import { koreanMinute, momentText } from './runs/times.ts';

/** Rows that one request asks for: how many the service gives at most is not documented (cloudfunctions.md §6.1). */
const PAGE_SIZE = 100;

/** The activations of an action or a trigger, the newest first. */
export class ActivationsNode extends ListNode<Activation> {
  override readonly kind = 'cloudFunctions.activations';
  readonly subject: RunSubject;
  readonly #context: FunctionsContext;
  #pages: ActivationPages | undefined;

  constructor(parent: TreeNode, subject: RunSubject, context: FunctionsContext) {
    super(parent, 'activations', { ...context, pageSize: () => PAGE_SIZE }, context.activations);
    this.subject = subject;
    this.#context = context;
  }

  /** Of which time it shows activations; undefined for all that are kept. */
  get range(): ActivationRange | undefined {
    return this.#context.activationRanges.get(this.id);
  }

  /** Ids are nothing anybody filters: a time is chosen instead. */
  override get flags(): readonly NodeFlag[] {
    return [];
  }

  override get facts(): unknown {
    return [this.filterText, this.range];
  }

  override face(): NodeFace {
    const count = ifKnown(this.knownTotal, (total) => this.#context.format.count(total));
    const description = this.describe(facts(rangeText(this.range, this.#context), count));
    return {
      label: l10n.t('Activations'),
      description,
      iconPath: icon('history', 'plain'),
      accessibilityLabel: [l10n.t('Activations of {0}', this.subject.name), description].filter((part) => part !== '').join(', '),
    };
  }

  protected override nothingText(): string {
    if (this.range !== undefined) return l10n.t('No activation in this time.');
    return this.subject.pkg === undefined
      ? l10n.t('No activation in the last month. They appear once the trigger was fired.')
      : l10n.t('No activation in the last month. They appear once the action was run.');
  }

  protected override async fetch({ page, limit }: PageQuery, signal: AbortSignal): Promise<Page<Activation>> {
    const { place } = this.subject;
    const client = await this.#context.client(place.account.id, place.region);
    const time = boundsOf(this.range, this.#context.now());
    const { ActivationPages } = await import('./runs/activationPages.ts');
    this.#pages ??= new ActivationPages(PAGE_SIZE);
    // A list that had several pages is read again up to where it was.
    const rows = limit > PAGE_SIZE ? { from: 0, count: this.loadedItems.length } : { from: (page - 1) * limit, count: limit };
    return this.#pages.read((query) => listActivations(client, this.subject, { ...query, ...time }, signal), rows);
  }

  protected override nameOf(activation: Activation): string {
    return activation.activationId;
  }

  override rowOf(activation: Activation): ActivationNode {
    return new ActivationNode(this, activation, this.subject, this.#context);
  }
}

/** One activation. When it began is told by its detail alone, so the row knows it once that was opened. */
export class ActivationNode extends TreeNode {
  override readonly kind = 'cloudFunctions.activation';
  readonly activation: Activation;
  readonly subject: RunSubject;
  readonly #context: FunctionsContext;

  constructor(parent: TreeNode, activation: Activation, subject: RunSubject, context: FunctionsContext) {
    super(parent, `activation:${activation.activationId}`);
    this.activation = activation;
    this.subject = subject;
    this.#context = context;
  }

  override get facts(): unknown {
    return this.activation;
  }

  override face(): NodeFace {
    const { activationId, status } = this.activation;
    const look = statusLook(status);
    const time = this.#durationText();
    return {
      label: shortId(activationId),
      description: facts(look.words, time),
      iconPath: icon(look.icon, look.tone),
      command: { command: COMMANDS.openActivation, title: l10n.t('Open Activation'), arguments: [this] },
      accessibilityLabel: [l10n.t('Activation {0}', shortId(activationId)), look.words, time].filter((part) => part !== undefined).join(', '),
    };
  }

  /** A trigger only starts others: its own duration says nothing. */
  #durationText(): string | undefined {
    return this.subject.pkg === undefined ? undefined : ifKnown(this.activation.durationMs, (ms) => this.#context.format.duration(ms));
  }

  override details(): MarkdownString {
    const { activationId, status } = this.activation;
    const startMs = this.#context.runs.startOf(runAddress(this.subject, activationId));
    return detailsTooltip(shortId(activationId), [
      [l10n.t('Activation'), activationId],
      [l10n.t('Status'), status],
      [l10n.t('Started'), ifKnown(startMs, (ms) => momentText(ms, this.#context.format))],
      [l10n.t('Duration'), this.#durationText()],
      [l10n.t('More'), startMs === undefined ? l10n.t('Open the row to see when it was, its result and its logs.') : undefined],
    ]);
  }
}

/** From when to when, in milliseconds since the epoch; nothing for all that is kept. */
function boundsOf(range: ActivationRange | undefined, nowMs: number): { readonly startMs?: number; readonly endMs?: number } {
  if (range === undefined) return {};
  const { from, untilMs } = range;
  const startMs = 'lastMs' in from ? nowMs - from.lastMs : from.sinceMs;
  return { startMs: Math.max(0, startMs), ...(untilMs === undefined ? {} : { endMs: untilMs }) };
}

function rangeText(range: ActivationRange | undefined, { format }: FunctionsContext): string {
  if (range === undefined) return l10n.t('last month');
  const { from, untilMs } = range;
  if ('lastMs' in from) return l10n.t('last {0}', format.duration(from.lastMs));
  return untilMs === undefined
    ? l10n.t('since {0} KST', koreanMinute(from.sinceMs))
    : l10n.t('{0} – {1} KST', koreanMinute(from.sinceMs), koreanMinute(untilMs));
}
