import type { FunctionsRegion } from '../../model/account.ts';
import type { ResourceRef } from '../../model/resource.ts';
import type { TreeNode } from '../../tree/treeNode.ts';
import type { FunctionsNode } from './nodes.ts';
import { keysOf } from './resources.ts';

/**
 * The row of a resource of Cloud Functions, which may be in no list that was loaded.
 * @param listOf the row of a region; undefined where the account does not use it
 * @returns undefined where the reference is none of Cloud Functions', or the account does not use its region any more
 * @throws CloudError `notFound` where it is gone
 */
export async function findRow(
  ref: ResourceRef,
  listOf: (region: FunctionsRegion) => FunctionsNode | undefined,
  signal: AbortSignal,
): Promise<TreeNode | undefined> {
  switch (ref.kind) {
    case 'cloudFunctions.package':
    case 'cloudFunctions.action':
    case 'cloudFunctions.trigger': {
      const { region, first, second } = keysOf(ref);
      const list = listOf(region);
      if (ref.kind === 'cloudFunctions.package') return list?.readPackage(first, signal);
      return ref.kind === 'cloudFunctions.action' ? list?.readAction(first, second, signal) : list?.readTrigger(first, signal);
    }
    default:
      return undefined;
  }
}
