import type { Account, FunctionsRegion } from '../../model/account.ts';
import { NodeMemory } from '../../tree/treeMemory.ts';
import { runProbes } from '../check.ts';
import type { Probe } from '../check.ts';
import type { ServiceDeps } from '../deps.ts';
import type { Service } from '../service.ts';
import { packagesText } from '../words.ts';
import type { FunctionsContext } from './context.ts';
import { functionsDocuments } from './documents.ts';
import { findRow } from './find.ts';
import { FunctionsNode } from './nodes.ts';

/** NAVER Cloud Functions: one row for each region of the account. */
export function createFunctions(deps: ServiceDeps): Service {
  const { memory } = deps;
  const context: FunctionsContext = {
    ...deps,
    packages: memory.keep(new NodeMemory()),
    actions: memory.keep(new NodeMemory()),
    triggers: memory.keep(new NodeMemory()),
    triggerDetails: memory.keep(new NodeMemory()),
    client: async (accountId: string, region: FunctionsRegion) => {
      const { FunctionsClient } = await import('../../api/functions/client.ts');
      return new FunctionsClient(await deps.connections.of(accountId), region);
    },
  };
  return {
    roots: (account, parent) => places(account).map((place) => new FunctionsNode(parent, { account, ...place }, context)),
    check: (account, secrets, signal) =>
      runProbes(deps.connections, account, secrets, places(account).map((place) => probe(place, deps, signal))),
    find: (ref, account, root, signal) => {
      const listOf = (region: FunctionsRegion): FunctionsNode | undefined => {
        const place = places(account).find((one) => one.region === region);
        return place && new FunctionsNode(root, { account, ...place }, context);
      };
      return findRow(ref, listOf, signal);
    },
    documents: functionsDocuments(context),
    commands: {},
  };
}

interface Place {
  readonly region: FunctionsRegion;
  readonly title: string;
}

/** The financial and the government zone have one region (cloudfunctions.md §1.1), which needs no name. */
function places(account: Account): readonly Place[] {
  if (account.provider !== 'naver') return [];
  if (account.zone !== 'public') return [{ region: 'KR', title: 'Cloud Functions' }];
  return [...new Set(account.regions)].map((region) => ({ region, title: `Cloud Functions · ${region}` }));
}

function probe({ region, title }: Place, { format }: ServiceDeps, signal: AbortSignal): Probe {
  return {
    target: title,
    read: async (connection) => {
      const { FunctionsClient } = await import('../../api/functions/client.ts');
      const packages = await new FunctionsClient(connection, region).listPackages(signal);
      return packagesText(format, packages.length);
    },
  };
}
