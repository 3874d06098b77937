import { Buffer } from 'node:buffer';

import * as l10n from '@vscode/l10n';

import { oneLine } from '../../../model/format.ts';
import type { Formatter } from '../../../model/format.ts';
import { codeChangeText } from './lineChange.ts';
import type { KeptExec } from './versions.ts';

/** What changes when an action runs something else, a line each: code, runtime, entry point, image, order of a sequence. */
export function execChangeLines(from: KeptExec, to: KeptExec, format: Formatter): readonly string[] {
  const line = (label: string, before: string | undefined, after: string | undefined): readonly string[] =>
    (before === after ? [] : [l10n.t('{0}: {1} → {2}', label, shown(before), shown(after))]);
  return [
    ...codeLines(from, to, format),
    ...line(l10n.t('Runtime'), from.runtime, to.runtime),
    ...line(l10n.t('Main function'), from.main, to.main),
    ...line(l10n.t('Image'), from.imageUri, to.imageUri),
    ...line(l10n.t('Actions in order'), listed(from.components), listed(to.components)),
  ];
}

/** What changes in the code, `Code: 3 lines added, 1 removed (…)`; sizes alone where one of the two is an archive. */
function codeLines(from: KeptExec, to: KeptExec, format: Formatter): readonly string[] {
  const [before, after] = [from.code ?? '', to.code ?? ''];
  const isArchive = from.isBinary === true || to.isBinary === true;
  if (before === after && from.isBinary === to.isBinary) return [];
  const change = isArchive ? l10n.t('{0} → {1}', sizeText(from, format), sizeText(to, format)) : codeChangeText(before, after, format);
  return [l10n.t('{0}: {1}', l10n.t('Code'), change)];
}

function sizeText({ code = '', isBinary }: KeptExec, format: Formatter): string {
  return isBinary === true
    ? l10n.t('archive of {0}', format.bytes(Buffer.byteLength(code, 'base64')))
    : l10n.t('text of {0}', format.bytes(Buffer.byteLength(code)));
}

function listed(components: readonly string[]): string | undefined {
  return components.length === 0 ? undefined : components.join(' → ');
}

function shown(text: string | undefined): string {
  return text === undefined || text === '' ? l10n.t('none') : oneLine(text);
}
