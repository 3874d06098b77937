import type { Command } from '../commands/command.ts';
import { createDataStream } from './datastream/module.ts';
import type { DataStreamCommandId } from './datastream/commands.ts';
import type { ServiceDeps } from './deps.ts';
import { createEasyQueue } from './easyqueue/module.ts';
import { createFunctions } from './functions/module.ts';
import type { Service } from './service.ts';

/** All services and what they add to the command table. */
export interface Services {
  /** In the order of the tree. */
  readonly list: readonly Service[];
  readonly commands: Readonly<Record<DataStreamCommandId, Command>>;
}

/** Builds all services. A new one is one line here. */
export function createServices(deps: ServiceDeps): Services {
  const dataStream = createDataStream(deps);
  const list = [dataStream, createFunctions(deps), createEasyQueue(deps)];
  return { list, commands: dataStream.commands };
}
