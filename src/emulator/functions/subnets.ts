import { troubledSubnets } from '../choices.ts';
import type { Call } from './call.ts';
import { refuse } from './errors.ts';
import type { Action } from './model.ts';
import type { SubnetTrouble } from './state.ts';

const codes = { unreadable: 81311, unconnectable: 81312, connecting: 81313, disconnecting: 81314 } as const;

/** Whether an action may be put into a subnet: not while it is being disconnected. @throws Refusal 81311 to 81314 */
export function checkSubnetOfPut(call: Call, former: Action | undefined, subnetNo: number | undefined): void {
  if (subnetNo === undefined) return;
  const trouble = call.state.subnets.get(subnetNo) ?? troubledSubnets.get(subnetNo);
  const leftAt = call.state.subnetsLeftAt.get(subnetNo);
  const isLeaving = former === undefined && leftAt !== undefined && call.now < leftAt + call.subnetMs;
  refuseIf(trouble ?? (isLeaving ? 'disconnecting' : undefined));
}

/** Whether an action may leave its subnet: not while it is being connected. @throws Refusal 81311 to 81314 */
export function checkSubnetOfDelete(call: Call, action: Action): void {
  const { vpc } = action.spec;
  if (vpc === undefined) return;
  const isNew = call.now < action.createdAt + call.subnetMs;
  refuseIf(call.state.subnets.get(vpc.subnetNo) ?? (isNew ? 'connecting' : undefined));
}

/** Notes down that a deleted action was the last one in its subnet. */
export function leaveSubnet({ state, scope, now }: Call, action: Action): void {
  const { vpc } = action.spec;
  if (vpc === undefined) return;
  const isUsed = scope.actions.values().some(({ spec }) => spec.vpc?.subnetNo === vpc.subnetNo);
  if (!isUsed) state.subnetsLeftAt.set(vpc.subnetNo, now);
}

function refuseIf(trouble: SubnetTrouble | undefined): void {
  if (trouble !== undefined) throw refuse(codes[trouble]);
}
