import * as l10n from '@vscode/l10n';

import type { Account } from '../model/account.ts';
import { stageBadge } from '../model/accountWords.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { CardHead } from '../protocol/dashboard.ts';
import type { DashboardType, Feed } from './dashboardType.ts';
import type { PageContent } from './pageContent.ts';

/** What the board is made of. */
export interface BoardDeps {
  readonly types: readonly DashboardType[];
  readonly pinned: () => readonly ResourceRef[];
  readonly account: (id: string) => Account | undefined;
  /** Opens the dashboard of one thing. */
  readonly open: (ref: ResourceRef) => Promise<void>;
}

interface Card {
  readonly ref: ResourceRef;
  readonly account: Account;
  readonly type: DashboardType;
  readonly make: NonNullable<DashboardType['card']>;
}

/** The page of all pinned things that have a card, in the order in which they were pinned. Never throws: a card fails by itself. */
export async function boardContent(deps: BoardDeps): Promise<PageContent> {
  const cards = deps.pinned().flatMap((ref) => cardOf(ref, deps) ?? []);
  const feeds = await Promise.all(cards.map(({ ref, make }, index) => feedOf(ref, make, `card:${index}`)));
  return {
    head: {
      page: 'board',
      name: l10n.t('Pinned Topics'),
      where: '',
      stage: '',
      // A card shows the same length of time as all others.
      hasRange: false,
      offers: [],
      cards: cards.map(headOf),
    },
    feeds: () => feeds,
    open: async (part) => {
      const card = cards[feeds.findIndex((feed) => feed.part === part)];
      if (card !== undefined) await deps.open(card.ref);
    },
  };
}

function cardOf(ref: ResourceRef, { types, account: accountOf }: BoardDeps): Card | undefined {
  const type = types.find(({ kind }) => kind === ref.kind);
  const account = accountOf(ref.accountId);
  return type?.card === undefined || account === undefined ? undefined : { ref, account, type, make: type.card };
}

function headOf({ ref, account, type }: Card): CardHead {
  return { ref, where: `${type.where(ref)} · ${account.name}`, stage: stageBadge(account.lane.stage) };
}

async function feedOf(ref: ResourceRef, make: Card['make'], part: string): Promise<Feed> {
  try {
    return await make(ref, part);
  } catch (error) {
    // Its keys name nothing: the card says so, and stands where it stood.
    return {
      part,
      key: JSON.stringify(['card', ref.kind, ...ref.keys]),
      accountId: ref.accountId,
      read: () => Promise.reject(error instanceof Error ? error : new Error(String(error))),
      show: () => undefined,
    };
  }
}
