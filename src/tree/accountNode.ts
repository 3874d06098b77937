import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { MarkdownString } from 'vscode';

import type { NodeFlag } from '../ids.ts';
import type { Account, Stage } from '../model/account.ts';
import { accessName, platformName, providerBadge, providerName, regionName, stageBadge, stageName, zoneName } from '../model/accountWords.ts';
import { detailsTooltip } from './look.ts';
import { TreeNode } from './treeNode.ts';
import type { NodeFace } from './treeNode.ts';

/** The rows below an account: its services. */
export type AccountServices = (account: Account, parent: TreeNode) => readonly TreeNode[];

const COLOURS: Readonly<Record<Stage, string>> = { dev: 'charts.green', staging: 'charts.yellow', prod: 'charts.red' };

/** An account, the root of everything that belongs to it. */
export class AccountNode extends TreeNode {
  override readonly kind = 'account';
  readonly #account: Account;
  readonly #services: AccountServices;
  readonly #prepare: (account: Account) => Promise<void>;

  /** @param prepare runs before anything below is asked for: it wakes the demo account's emulator */
  constructor(account: Account, services: AccountServices, prepare: (account: Account) => Promise<void> = () => Promise.resolve()) {
    super(undefined, account.id);
    this.#account = account;
    this.#services = services;
    this.#prepare = prepare;
  }

  override get account(): Account {
    return this.#account;
  }

  override get flags(): readonly NodeFlag[] {
    const { provider, isDemo } = this.#account;
    return isDemo === true ? [provider, 'demo'] : [provider];
  }

  override get startsExpanded(): boolean {
    return true;
  }

  override get isLocal(): boolean {
    return true;
  }

  override get facts(): unknown {
    return this.#account;
  }

  override face(): NodeFace {
    const account = this.#account;
    const { stage, access } = account.lane;
    const facts = [providerBadge(account.provider), stageBadge(stage), ...(access === 'full' ? [] : [accessName(access)])];
    return {
      label: account.name,
      description: facts.join(' · '),
      iconPath: new ThemeIcon(access === 'full' ? 'cloud' : 'lock', new ThemeColor(COLOURS[stage])),
      accessibilityLabel: l10n.t('Account {0}, {1}, {2}, {3}', account.name, providerName(account.provider), stageName(stage), accessName(access)),
    };
  }

  override details(): MarkdownString {
    const account = this.#account;
    return detailsTooltip(account.name, [
      [l10n.t('Cloud'), providerName(account.provider)],
      [l10n.t('Stage'), stageName(account.lane.stage)],
      [l10n.t('Access'), accessName(account.lane.access)],
      ...(account.provider === 'naver'
        ? [
            [l10n.t('Zone'), zoneName(account.zone)] as const,
            [l10n.t('Key of'), account.keyOwner === 'sub' ? l10n.t('a sub account') : l10n.t('the main account, which cannot send messages')] as const,
            [l10n.t('Cloud Functions'), `${account.regions.join(', ')} · ${platformName(account.platform)}`] as const,
          ]
        : account.appKeys.map(({ label, appKey, region }) => [label, `${appKey} · ${region} · ${regionName(region)}`] as const)),
      ...Object.values(account.endpoints ?? {}).map((endpoint: string) => [l10n.t('Custom endpoint'), endpoint] as const),
      ...(account.isDemo === true ? [[l10n.t('Demo'), l10n.t('Runs inside the editor with sample data, which may start afresh with each window.')] as const] : []),
    ]);
  }

  override async children(): Promise<readonly TreeNode[]> {
    await this.#prepare(this.#account);
    return this.#services(this.#account, this);
  }

  override emptyText(): string {
    return this.#account.provider === 'nhn'
      ? l10n.t('No app key yet. Edit the account to add one.')
      : l10n.t('No service in this zone.');
  }
}
