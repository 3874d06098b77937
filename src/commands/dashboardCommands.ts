import { l10n } from 'vscode';

import { COMMANDS } from '../ids.ts';
import type { ResourceRef } from '../model/resource.ts';
import { globalCommand, resourceCommand } from './command.ts';
import type { Command } from './command.ts';

/** What opens dashboards. */
export interface DashboardCommandDeps {
  /** @throws CloudError where there is nothing to open */
  readonly open: (ref: ResourceRef) => Promise<void>;
  readonly openBoard: () => Promise<void>;
}

type DashboardCommandId = (typeof COMMANDS)['openDashboard' | 'openBoard'];

/** The dashboard of a row, and the one of everything that is pinned. */
export function dashboardCommands({ open, openBoard }: DashboardCommandDeps): Readonly<Record<DashboardCommandId, Command>> {
  return {
    [COMMANDS.openDashboard]: resourceCommand(({ dashboard }) => dashboard === true, ({ ref }) => open(ref), {
      ask: () => l10n.t('Choose what to open the dashboard of'),
      // A consumer group is offered where it is loaded, pinned or recently used: there may be thousands of topics to look below.
      through: ['account', 'dataStream', 'cloudFunctions', 'cloudFunctions.package', 'easyQueue'],
    }),
    [COMMANDS.openBoard]: globalCommand(openBoard),
  };
}
