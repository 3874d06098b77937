import type { Emulator } from '../../src/emulator/emulator.ts';

/** Packages of the account that is opened. */
export const PACKAGES = 20;

/** Actions in them: as many as an account may have (cloudfunctions.md §10.2). */
export const ACTIONS = 500;

/** Fills an empty cloud. */
export function addActions({ world: { functions } }: Emulator): void {
  const spec = {
    description: 'Takes an order apart and puts it together again', parameters: {}, rawHttp: false, customOptions: false,
    exec: { kind: 'nodejs:22', code: 'function main(args) { return args; }', binary: false, main: 'main' },
    limits: { timeout: 60_000, memory: 256 },
  };
  for (let index = 0; index < PACKAGES; index += 1) functions.addPackage('vpc', nameOf(index), `Package ${index}`, {});
  for (let index = 0; index < ACTIONS; index += 1) {
    functions.addAction('vpc', { pkg: nameOf(index % PACKAGES), name: `action-${index}` }, 'basic', spec);
  }
}

function nameOf(index: number): string {
  return `package-${index}`;
}
