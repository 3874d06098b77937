import { Disposable } from 'vscode';

import type { Account } from '../model/account.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { DataStreamHouse } from './datastream/context.ts';
import { createDataStream } from './datastream/module.ts';
import type { ServiceDeps } from './deps.ts';
import type { EasyQueueHouse } from './easyqueue/context.ts';
import { createEasyQueue } from './easyqueue/module.ts';
import type { FunctionsHouse } from './functions/context.ts';
import { createFunctions } from './functions/module.ts';
import type { Service } from './service.ts';

/** All services in the order of the tree, and what they add to the command table. */
export function createServices(deps: ServiceDeps & DataStreamHouse & FunctionsHouse & EasyQueueHouse) {
  const dataStream = createDataStream(deps);
  const functions = createFunctions(deps);
  const easyQueue = createEasyQueue(deps);
  const list: readonly Service[] = [dataStream, functions, easyQueue];
  return {
    list,
    /** The services of an account. */
    roots: (account: Account, parent: TreeNode): readonly TreeNode[] => list.flatMap((service) => service.roots(account, parent)),
    /** The row of one resource, from whichever service knows its kind; see {@link Service.find}. */
    find: async (ref: ResourceRef, account: Account, root: TreeNode, signal: AbortSignal): Promise<TreeNode | undefined> => {
      const found = await Promise.all(list.map((service) => service.find(ref, account, root, signal)));
      return found.find((row) => row !== undefined);
    },
    /** Deletes what the services keep on this machine of an account that was removed. */
    forget: async (accountId: string): Promise<void> => {
      await Promise.all(list.flatMap((service) => service.forget?.(accountId) ?? []));
    },
    /** Registers what the services add to editors. */
    register: (): Disposable => Disposable.from(...list.flatMap((service) => service.register?.() ?? [])),
    commands: { ...dataStream.commands, ...functions.commands, ...easyQueue.commands },
  };
}
