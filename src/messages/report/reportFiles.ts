import { FileSystemError } from 'vscode';

import { ReadOnlyFiles } from '../../host/readOnlyFiles.ts';
import { type ReportAddress, readReportPath } from './reportUri.ts';
import type { ReportVersion } from './reportWork.ts';

/** Reports as files of the editor that are only read. Light: what draws them loads with the first one. */
export class ReportFiles extends ReadOnlyFiles {
  constructor(read: (address: ReportAddress) => Promise<ReportVersion>) {
    super({
      isFolder: (path) => path.split('/').length < 4,
      read: async (uri) => {
        const address = readReportPath(uri.path);
        if (address === undefined) throw FileSystemError.FileNotFound(uri);
        return read(address);
      },
    });
  }
}
