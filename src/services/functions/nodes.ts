import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import type { FunctionsClient } from '../../api/functions/client.ts';
import { facts, isOne } from '../../model/format.ts';
import { DEFAULT_PACKAGE } from '../../model/functions.ts';
import type { Action, FunctionsPackage } from '../../model/functions.ts';
import { ListNode } from '../../tree/listNode.ts';
import type { Page, PageQuery } from '../../tree/listNode.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import type { Resource } from '../../tree/resource.ts';
import type { NodeFace, TreeNode } from '../../tree/treeNode.ts';
import { ifKnown, packagesText } from '../words.ts';
import type { FunctionsContext, FunctionsPlace } from './context.ts';
import { ActionNode } from './actionNode.ts';
import { packageResource } from './resources.ts';
import { TRIGGERS_KEY, TriggersNode } from './triggerNodes.ts';

/** Cloud Functions of an account in one region: its packages and triggers. */
export class FunctionsNode extends ListNode<FunctionsPackage> {
  override readonly kind = 'cloudFunctions';
  readonly place: FunctionsPlace;
  readonly #context: FunctionsContext;

  constructor(parent: TreeNode, place: FunctionsPlace, context: FunctionsContext) {
    super(parent, `cloudFunctions:${place.region}`, context, context.packages);
    this.place = place;
    this.#context = context;
  }

  override get startsExpanded(): boolean {
    return true;
  }

  override face(): NodeFace {
    const description = this.describe(facts(this.#packagesText(), this.#triggersText()));
    return {
      label: this.place.title,
      description,
      iconPath: icon('server-process', 'plain'),
      accessibilityLabel: [this.place.title, description].filter((part) => part !== '').join(', '),
    };
  }

  /** The row that stands for "no package" is not counted. */
  #packagesText(): string | undefined {
    return ifKnown(this.knownTotal, (total) => packagesText(this.#context.format, total - 1));
  }

  /** Known once the triggers were opened: they are a list of their own. */
  #triggersText(): string | undefined {
    const total = this.#context.triggers.get(`${this.id}/${TRIGGERS_KEY}`)?.totalOfAll;
    if (total === undefined) return undefined;
    const count = this.#context.format.count(total);
    return isOne(total) ? l10n.t('{0} trigger', count) : l10n.t('{0} triggers', count);
  }

  protected override nothingText(): string {
    return l10n.t('No package yet. Create the first one with "Create Package…".');
  }

  /** The list leaves out the default package, which always exists (cloudfunctions.md §4.1). */
  protected override async fetch(_query: PageQuery, signal: AbortSignal): Promise<Page<FunctionsPackage>> {
    const packages = await (await this.#client()).listPackages(signal);
    const others = packages.filter(({ name }) => name !== DEFAULT_PACKAGE);
    return { items: [{ name: DEFAULT_PACKAGE, description: undefined }, ...others], total: undefined };
  }

  protected override nameOf(pkg: FunctionsPackage): string {
    return pkg.name;
  }

  protected override sorted(packages: readonly FunctionsPackage[]): readonly FunctionsPackage[] {
    const rank = ({ name }: FunctionsPackage): number => (name === DEFAULT_PACKAGE ? 0 : 1);
    return packages.toSorted((a, b) => rank(a) - rank(b) || this.#context.format.compare(a.name, b.name));
  }

  protected override rowOf(pkg: FunctionsPackage): TreeNode {
    return new PackageNode(this, pkg, this.place, this.#context);
  }

  protected override extraRows(): readonly TreeNode[] {
    return [new TriggersNode(this, this.place, this.#context)];
  }

  /**
   * The row of one package, read now.
   * @throws CloudError `notFound` where it is gone; so do the other two
   */
  async readPackage(name: string, signal: AbortSignal): Promise<TreeNode> {
    return this.rowOf(await (await this.#client()).getPackage(name, signal));
  }

  /** The row of one action, read now. */
  async readAction(pkg: string, name: string, signal: AbortSignal): Promise<TreeNode> {
    // The row keeps what a list tells of it: the code may be megabytes.
    const { description, runtime, type } = await (await this.#client()).getAction(pkg, name, signal);
    const list = new PackageNode(this, { name: pkg, description: undefined }, this.place, this.#context);
    return list.rowOf({ name, pkg, description, runtime, type });
  }

  /** The row of one trigger, read now. */
  async readTrigger(name: string, signal: AbortSignal): Promise<TreeNode> {
    const trigger = await (await this.#client()).getTrigger(name, signal);
    return new TriggersNode(this, this.place, this.#context).rowOf(trigger);
  }

  #client(): Promise<FunctionsClient> {
    return this.#context.client(this.place.account.id, this.place.region);
  }
}

/** A package: its actions. */
export class PackageNode extends ListNode<Action> {
  override readonly kind = 'cloudFunctions.package';
  readonly pkg: FunctionsPackage;
  readonly place: FunctionsPlace;
  readonly #context: FunctionsContext;

  constructor(parent: TreeNode, pkg: FunctionsPackage, place: FunctionsPlace, context: FunctionsContext) {
    super(parent, `package:${pkg.name}`, context, context.actions);
    this.pkg = pkg;
    this.place = place;
    this.#context = context;
  }

  override get facts(): unknown {
    return [this.pkg, this.filterText];
  }

  /** What stands for "no package" is no thing of its own. */
  override get resource(): Resource | undefined {
    return this.#isDefault ? undefined : packageResource(this.pkg.name, this.place);
  }

  get #isDefault(): boolean {
    return this.pkg.name === DEFAULT_PACKAGE;
  }

  override face(): NodeFace {
    const label = this.#isDefault ? l10n.t('- (no package)') : this.pkg.name;
    const description = this.describe(this.#actionsText());
    const spoken = this.#isDefault ? l10n.t('Actions without a package') : l10n.t('Package {0}', this.pkg.name);
    return {
      label,
      description,
      iconPath: icon('package', this.#isDefault ? 'plain' : 'data'),
      accessibilityLabel: [spoken, description].filter((part) => part !== '').join(', '),
    };
  }

  override details(): MarkdownString {
    return detailsTooltip(this.#isDefault ? l10n.t('- (no package)') : this.pkg.name, [
      [l10n.t('Description'), this.pkg.description],
      [l10n.t('Actions'), this.#actionsText()],
    ]);
  }

  #actionsText(): string | undefined {
    const total = this.knownTotal;
    if (total === undefined) return undefined;
    const count = this.#context.format.count(total);
    return isOne(total) ? l10n.t('{0} action', count) : l10n.t('{0} actions', count);
  }

  protected override nothingText(): string {
    return l10n.t('No action yet. Create the first one with "Create Action…".');
  }

  protected override async fetch(_query: PageQuery, signal: AbortSignal): Promise<Page<Action>> {
    const { account, region } = this.place;
    return { items: await (await this.#context.client(account.id, region)).listActions(this.pkg.name, signal), total: undefined };
  }

  protected override nameOf(action: Action): string {
    return action.name;
  }

  protected override sorted(actions: readonly Action[]): readonly Action[] {
    return actions.toSorted((a, b) => this.#context.format.compare(a.name, b.name));
  }

  override rowOf(action: Action): TreeNode {
    return new ActionNode(this, action, this.place, this.#context);
  }
}
