import { createDataStream } from './datastream/module.ts';
import type { ServiceDeps } from './deps.ts';
import { createEasyQueue } from './easyqueue/module.ts';
import { createFunctions } from './functions/module.ts';

/** All services in the order of the tree, and what they add to the command table. */
export function createServices(deps: ServiceDeps) {
  const dataStream = createDataStream(deps);
  const functions = createFunctions(deps);
  const easyQueue = createEasyQueue(deps);
  return {
    list: [dataStream, functions, easyQueue],
    commands: { ...dataStream.commands, ...functions.commands, ...easyQueue.commands },
  };
}
