import { Disposable } from 'vscode';

import { withCancellableProgress } from '../../host/progress.ts';
import type { FunctionsRegion } from '../../model/account.ts';
import { NodeMemory } from '../../tree/treeMemory.ts';
import { runProbes } from '../check.ts';
import type { Probe } from '../check.ts';
import type { ServiceDeps } from '../deps.ts';
import { reading } from '../reading.ts';
import type { Service } from '../service.ts';
import { packagesText } from '../words.ts';
import { functionsCommands } from './commands.ts';
import type { FunctionsCommandId } from './commands.ts';
import type { FunctionsDeps, FunctionsHouse, FunctionsPlace } from './context.ts';
import { functionsDashboards } from './dashboards/dashboards.ts';
import { functionsDocuments } from './documents.ts';
import { registerArchives } from './editing/registerArchives.ts';
import { findRow } from './find.ts';
import { FunctionsNode } from './nodes.ts';
import { placesOf } from './places.ts';
import { registerRuns } from './runs/registerRuns.ts';
import { RunStore } from './runs/runStore.ts';

/** NAVER Cloud Functions: one row for each region of the account. */
export function createFunctions(deps: ServiceDeps & FunctionsHouse): Service<FunctionsCommandId> {
  const { memory } = deps;
  const context: FunctionsDeps = {
    ...deps,
    progress: withCancellableProgress,
    reading,
    packages: memory.keep(new NodeMemory()),
    actions: memory.keep(new NodeMemory()),
    triggers: memory.keep(new NodeMemory()),
    activations: memory.keep(new NodeMemory()),
    activationRanges: memory.keep(new NodeMemory()),
    triggerDetails: memory.keep(new NodeMemory()),
    runs: memory.keep(new RunStore()),
    client: async (accountId: string, region: FunctionsRegion) => {
      const { FunctionsClient } = await import('../../api/functions/client.ts');
      return new FunctionsClient(await deps.connections.of(accountId), region);
    },
  };
  return {
    roots: (account, parent) => placesOf(account).map((place) => new FunctionsNode(parent, place, context)),
    check: (account, secrets, signal) =>
      runProbes(deps.connections, account, secrets, placesOf(account).map((place) => probe(place, deps, signal))),
    find: (ref, account, root, signal) => {
      const listOf = (region: FunctionsRegion): FunctionsNode | undefined => {
        const place = placesOf(account).find((one) => one.region === region);
        return place && new FunctionsNode(root, place, context);
      };
      return findRow(ref, listOf, signal);
    },
    documents: functionsDocuments(context),
    dashboards: functionsDashboards(context),
    commands: functionsCommands(context),
    register: () => Disposable.from(registerRuns(context), registerArchives(context)),
    forget: async (accountId) => {
      const { Versions } = await import('./editing/versions.ts');
      await new Versions(deps.versionsFolder, deps.now).purge(accountId);
    },
  };
}

function probe({ region, title }: FunctionsPlace, { format }: ServiceDeps, signal: AbortSignal): Probe {
  return {
    target: title,
    read: async (connection) => {
      const { FunctionsClient } = await import('../../api/functions/client.ts');
      const packages = await new FunctionsClient(connection, region).listPackages(signal);
      return packagesText(format, packages.length);
    },
  };
}
