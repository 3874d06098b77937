import { permits } from '../../../model/account.ts';
import type { Account } from '../../../model/account.ts';
import type { DashboardType } from '../../../webviews/dashboardType.ts';
import type { FunctionsDeps } from '../context.ts';
import { isRegion } from '../resources.ts';
import { placeIn } from '../places.ts';

/** Actions. What reads and shows them loads with the first that is opened. */
export function functionsDashboards(deps: FunctionsDeps): readonly DashboardType[] {
  return [
    {
      kind: 'cloudFunctions.action',
      page: 'action',
      hasRange: true,
      offers: ({ lane }: Account) => (permits(lane.access, 'send') ? ['run', 'document'] : ['document']),
      where: ({ accountId, keys: [region] }) => (isRegion(region) ? placeIn(deps.account(accountId), region)?.title : undefined) ?? 'Cloud Functions',
      open: async (ref) => {
        const { actionDashboard } = await import('./actionDashboard.ts');
        return actionDashboard(ref, {
          ...deps,
          showActivation: async (target, id) => (await import('../runs/openActivation.ts')).showActivation(target, id, 'ended', deps),
          runAction: async (target) => (await import('../runs/runAction.ts')).runAction(target, deps),
        });
      },
    },
  ];
}
