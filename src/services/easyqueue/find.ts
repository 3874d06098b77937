import type { AppKey } from '../../model/account.ts';
import { CloudError } from '../../model/cloudError.ts';
import type { ResourceRef } from '../../model/resource.ts';
import type { TreeNode } from '../../tree/treeNode.ts';
import type { EasyQueueNode } from './nodes.ts';
import { keysOf } from './resources.ts';

const KINDS = ['easyQueue.topic', 'easyQueue.partitions', 'easyQueue.group'];

/**
 * The row of a resource of EasyQueue, which may be in no list that was loaded.
 * @param listOf the row of an app key
 * @returns undefined where the reference is none of EasyQueue's, or the account has its app key no more
 * @throws CloudError `notFound` where it is gone
 */
export async function findRow(
  ref: ResourceRef,
  appKeys: readonly AppKey[],
  listOf: (appKey: AppKey) => EasyQueueNode,
  signal: AbortSignal,
): Promise<TreeNode | undefined> {
  if (!KINDS.includes(ref.kind)) return undefined;
  const { appKey: { region, appKey }, topic, groupId } = keysOf(ref);
  const known = appKeys.find((one) => one.region === region && one.appKey === appKey);
  if (known === undefined) return undefined;
  const list = listOf(known);
  if (ref.kind !== 'easyQueue.group') {
    const row = await list.readRow(topic, signal);
    return ref.kind === 'easyQueue.topic' ? row : row.partitionsRow();
  }
  const [row, groups] = await Promise.all([list.readRow(topic, signal), list.readGroups(topic, signal)]);
  const group = row.groupRows(groups).find((one) => one.group.groupId === groupId);
  if (group === undefined) throw new CloudError('notFound', { reason: 'resourceGone', operation: 'read' });
  return group;
}
