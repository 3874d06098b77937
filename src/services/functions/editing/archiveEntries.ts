import { Buffer } from 'node:buffer';

import type { ActionDetail } from '../../../model/functions.ts';
import type { ArchiveEntry } from '../actions/archive.ts';

/** The files of an action's archive, by their names. @throws ProblemError where it is none, damaged, or too large to unpack */
export async function archiveEntries({ code = '' }: Pick<ActionDetail, 'code'>): Promise<readonly ArchiveEntry[]> {
  const { unzipEntries } = await import('../actions/archive.ts');
  const entries = unzipEntries(Buffer.from(code, 'base64'));
  return entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
