import { Uri } from 'vscode';

import type { FunctionsRegion } from '../../../model/account.ts';
import type { ActionName } from '../../../model/functions.ts';
import type { ActionTarget } from '../context.ts';

/** What the address of a file in an archive says; nothing of it is secret. */
export interface ArchiveAddress extends ActionName {
  readonly accountId: string;
  readonly region: FunctionsRegion;
  /** Path in the archive. */
  readonly path: string;
}

/** Account, region, package and action stand before the path in the archive. */
const PLACES = 4;

/** The address of a file in an action's archive: `/{account}/{region}/{package}/{action}/{path…}`. */
export function archiveUri({ place: { account, region }, pkg, name }: ActionTarget, path: string, scheme: string): Uri {
  const where = [account.id, region, pkg, name].map(encodeURIComponent);
  return Uri.from({ scheme, path: `/${[...where, path].join('/')}` });
}

/** What an address of {@link archiveUri} says; undefined for any other. */
export function readArchivePath(uriPath: string): ArchiveAddress | undefined {
  const [start, ...segments] = uriPath.split('/');
  const [accountId, region, pkg, name] = segments.slice(0, PLACES).map(decoded);
  const path = segments.slice(PLACES).join('/');
  if (start !== '' || accountId === undefined || !isRegion(region) || pkg === undefined || name === undefined || path === '') return undefined;
  return { accountId, region, pkg, name, path };
}

/** Whether a path is a folder above all archives. */
export function isAboveArchives(uriPath: string): boolean {
  return uriPath.split('/').length <= PLACES + 1;
}

function isRegion(text: string | undefined): text is FunctionsRegion {
  return text === 'KR' || text === 'SG' || text === 'JP';
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
