import * as l10n from '@vscode/l10n';

import { once } from '../host/once.ts';
import type { Account } from '../model/account.ts';
import { stageBadge } from '../model/accountWords.ts';
import { oneLine } from '../model/format.ts';
import { problemOf, problemText } from '../model/problem.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { Dashboard, DashboardType } from './dashboardType.ts';
import type { PageContent } from './pageContent.ts';

/** The page of one thing; of what was opened once, the same goes on however often it is asked for. */
export class Thing {
  readonly #type: DashboardType;
  readonly #ref: ResourceRef;
  readonly #account: () => Account | undefined;
  #open: () => Promise<Dashboard>;

  constructor(type: DashboardType, ref: ResourceRef, account: () => Account | undefined) {
    this.#type = type;
    this.#ref = ref;
    this.#account = account;
    this.#open = this.#opener();
  }

  /** What its page shows now. @throws CloudError where the keys name nothing */
  async content(): Promise<PageContent> {
    const account = this.#account();
    if (account === undefined) return this.#gone(l10n.t('The account of this dashboard was removed.'));
    const dashboard = await this.#open();
    return {
      head: this.#head(account),
      feeds: (view) => dashboard.feeds(view),
      ...(dashboard.open === undefined ? {} : { open: (part, key) => dashboard.open?.(part, key) ?? Promise.resolve() }),
      ...(dashboard.offer === undefined ? {} : { offer: (offer) => dashboard.offer?.(offer) ?? Promise.resolve() }),
    };
  }

  /** The same where nobody can be told of an error but on the page itself. Never throws. */
  async contentOrReason(): Promise<PageContent> {
    try {
      return await this.content();
    } catch (error) {
      const problem = problemOf(error, { what: this.#ref.name });
      return this.#gone(problem === undefined ? '' : problemText(problem));
    }
  }

  /** It is opened anew the next time: what it remembers was read with other keys, or elsewhere. */
  forget(): void {
    this.#open = this.#opener();
  }

  #opener(): () => Promise<Dashboard> {
    return once(() => this.#type.open(this.#ref));
  }

  #gone(gone: string): PageContent {
    return { head: this.#head(undefined), feeds: () => [], gone };
  }

  #head(account: Account | undefined): PageContent['head'] {
    const { page, hasRange, offers, where } = this.#type;
    return {
      page, hasRange,
      ref: this.#ref,
      name: oneLine(this.#ref.name),
      where: account === undefined ? where(this.#ref) : `${where(this.#ref)} · ${account.name}`,
      stage: account === undefined ? '' : stageBadge(account.lane.stage),
      offers: account === undefined ? [] : offers(account, this.#ref),
    };
  }
}
