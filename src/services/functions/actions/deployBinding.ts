import type { Memento } from 'vscode';

import { functionsPlace } from '../../../api/functions/hosts.ts';
import type { Account, FunctionsRegion } from '../../../model/account.ts';
import type { ActionName } from '../../../model/functions.ts';
import { isRegion } from '../resources.ts';
import { BINDINGS_KEY } from '../stateKeys.ts';

/** The action a local file or folder is deployed to, and what its code was when that was last looked at. No secret. */
export interface DeployBinding extends ActionName {
  readonly accountId: string;
  readonly region: FunctionsRegion;
  /** Where that was, see {@link whereOf}: an account may be pointed elsewhere, where the name is another action's. Undefined where nobody knows. */
  readonly where?: string | undefined;
  /** Fingerprint of the code as it was deployed, or read, last; undefined where it never was. */
  readonly seen: string | undefined;
}

/** The address of a file or a folder: an editor's `Uri`, or its text. */
export interface FileAddress {
  toString(): string;
}

const MAX_BINDINGS = 200;

/** Documents that were never saved: the next one has the address again. */
const UNTITLED = 'untitled:';

/** Zone, platform in force and address of an account's region, as one text. */
export function whereOf(account: Account, region: FunctionsRegion): string | undefined {
  if (account.provider !== 'naver') return undefined;
  const { endpoint: { origin }, platform } = functionsPlace(account, region);
  return [account.zone, platform ?? '', origin].join(' ');
}

/** Where a file or folder is deployed without a question; undefined where it never was. Reads memory alone. */
export function bindingOf(uri: FileAddress, state: Pick<Memento, 'get'>): DeployBinding | undefined {
  const key = uri.toString();
  return key.startsWith(UNTITLED) ? undefined : readAll(state).get(key);
}

/** Remembers where a file or folder is deployed, unless it has no address of its own yet; of too many the ones that were not used for longest are forgotten. */
export async function bind(uri: FileAddress, binding: DeployBinding, state: Pick<Memento, 'get' | 'update'>): Promise<void> {
  const key = uri.toString();
  if (key.startsWith(UNTITLED)) return;
  const all = readAll(state);
  all.delete(key);
  all.set(key, binding);
  await state.update(BINDINGS_KEY, [...all].slice(-MAX_BINDINGS).map(([address, { accountId, region, pkg, name, where, seen }]) =>
    [address, { accountId, region, pkg, name, ...(where === undefined ? {} : { where }), ...(seen === undefined ? {} : { seen }) }]));
}

/** Anything may stand in the state: another version may have written it. */
function readAll(state: Pick<Memento, 'get'>): Map<string, DeployBinding> {
  return new Map(list(state.get<unknown>(BINDINGS_KEY)).flatMap((entry): [string, DeployBinding][] => {
    const [address, stored] = list(entry);
    const binding = readBinding(stored);
    return typeof address === 'string' && binding !== undefined ? [[address, binding]] : [];
  }));
}

function readBinding(stored: unknown): DeployBinding | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { accountId, region, pkg, name, where, seen } = stored as Readonly<Record<string, unknown>>;
  if (typeof accountId !== 'string' || typeof pkg !== 'string' || typeof name !== 'string' || !isRegion(region)) return undefined;
  return { accountId, region, pkg, name, where: typeof where === 'string' ? where : undefined, seen: typeof seen === 'string' ? seen : undefined };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
