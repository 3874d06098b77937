import { Disposable, workspace } from 'vscode';

import { ReadOnlyFiles } from '../../../host/readOnlyFiles.ts';
import { ARCHIVE_SCHEME } from '../../../ids.ts';
import type { FunctionsDeps } from '../context.ts';
import { isAboveArchives } from './archiveAddress.ts';
import type { ArchiveReader } from './archiveFiles.ts';

/** Makes the files of actions' archives readable. What reads them loads with the first. @param scheme another one where two run in one window */
export function registerArchives(deps: FunctionsDeps, scheme = ARCHIVE_SCHEME): Disposable {
  let reader: ArchiveReader | undefined;
  const files = new ReadOnlyFiles({
    isFolder: isAboveArchives,
    read: async (uri) => {
      const { ArchiveReader } = await import('./archiveFiles.ts');
      reader ??= new ArchiveReader(deps);
      return reader.read(uri);
    },
  });
  return Disposable.from(files, new Disposable(() => reader?.dispose()), workspace.registerFileSystemProvider(scheme, files, { isCaseSensitive: true, isReadonly: true }));
}
