import * as l10n from '@vscode/l10n';

import type { PickItem, Prompts } from '../../../host/prompts.ts';
import { permits } from '../../../model/account.ts';
import type { Account } from '../../../model/account.ts';
import { stageBadge } from '../../../model/accountWords.ts';
import { facts } from '../../../model/format.ts';
import { ProblemError } from '../../../model/problem.ts';
import type { FunctionsPlace } from '../context.ts';
import { placesOf } from '../places.ts';

/**
 * Asks for an account and a region; where there is one only, nothing.
 * @throws ProblemError where no account has Cloud Functions
 */
export async function pickPlace(prompts: Prompts, accounts: readonly Account[], question: string, active?: FunctionsPlace): Promise<FunctionsPlace> {
  const places = accounts.flatMap(placesOf);
  const [first, ...others] = places;
  if (first === undefined) throw new ProblemError({ message: l10n.t('No account has Cloud Functions yet. Add an account of NAVER Cloud.'), remedies: [] });
  if (others.length === 0) return first;
  const items = places.map((place): PickItem<FunctionsPlace> => ({
    label: place.account.name,
    description: facts(place.title, stageBadge(place.account.lane.stage)),
    value: place,
    ...(permits(place.account.lane.access, 'write') ? {} : { unavailable: l10n.t('Account "{0}" lets no change through. Unlock it first.', place.account.name) }),
  }));
  const same = places.find(({ account, region }) => account.id === active?.account.id && region === active.region);
  return prompts.pick({ placeholder: question, items, active: same });
}
