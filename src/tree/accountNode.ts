import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { MarkdownString } from 'vscode';

import type { NodeFlag } from '../ids.ts';
import { permits } from '../model/account.ts';
import type { Account, Stage } from '../model/account.ts';
import { accessName, platformName, providerBadge, providerName, regionName, stageBadge, stageName, zoneName } from '../model/accountWords.ts';
import { facts } from '../model/format.ts';
import { unlockedText, unlockedWords } from './countdown.ts';
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
  readonly #leftMs: (accountId: string) => number | undefined;

  /**
   * @param account as it counts now, with an unlock that is in force
   * @param leftMs milliseconds an account stays unlocked; undefined where it is not unlocked
   */
  constructor(account: Account, services: AccountServices, leftMs: (accountId: string) => number | undefined = () => undefined) {
    super(undefined, account.id);
    this.#account = account;
    this.#services = services;
    this.#leftMs = leftMs;
  }

  override get account(): Account {
    return this.#account;
  }

  override get flags(): readonly NodeFlag[] {
    const { id, provider, isDemo, lane } = this.#account;
    const isUnlocked = this.#leftMs(id) !== undefined;
    return [
      provider,
      ...(isDemo === true ? ['demo' as const] : []),
      ...(isUnlocked ? ['unlocked' as const] : permits(lane.access, 'write') ? [] : ['locked' as const]),
    ];
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
    const leftMs = this.#leftMs(account.id);
    const usual = [providerBadge(account.provider), stageBadge(stage), access === 'full' ? undefined : accessName(access)];
    // While it is unlocked the time left is what matters, and stays in sight beside the buttons.
    const described = leftMs === undefined ? usual : [unlockedText(leftMs), stageBadge(stage)];
    const words = leftMs === undefined ? accessName(access) : unlockedWords(leftMs);
    return {
      label: account.name,
      description: facts(...described),
      iconPath: new ThemeIcon(leftMs !== undefined ? 'unlock' : access === 'full' ? 'cloud' : 'lock', new ThemeColor(COLOURS[stage])),
      accessibilityLabel: l10n.t('Account {0}, {1}, {2}, {3}', account.name, providerName(account.provider), stageName(stage), words),
    };
  }

  override details(): MarkdownString {
    const account = this.#account;
    const leftMs = this.#leftMs(account.id);
    return detailsTooltip(account.name, [
      [l10n.t('Cloud'), providerName(account.provider)],
      [l10n.t('Stage'), stageName(account.lane.stage)],
      [l10n.t('Access'), accessName(account.lane.access)],
      [l10n.t('Lock'), leftMs === undefined ? undefined : unlockedText(leftMs)],
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

  override children(): Promise<readonly TreeNode[]> {
    return Promise.resolve(this.#services(this.#account, this));
  }

  override emptyText(): string {
    return this.#account.provider === 'nhn'
      ? l10n.t('No app key yet. Edit the account to add one.')
      : l10n.t('No service in this zone.');
  }
}
