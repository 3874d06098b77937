import * as l10n from '@vscode/l10n';

import type { Prompts } from '../../host/prompts.ts';
import { type Formatter, isOne } from '../../model/format.ts';
import type { SourceKind } from '../../sending/reading/sourceKind.ts';
import type { SourceContent } from '../../sending/source.ts';
import type { ArrayReading } from '../targets/targetMemory.ts';

/** Whether a text is a JSON array that is no message document, however many elements it has. */
export function isBareArray({ format, content }: SourceKind, text: string): boolean {
  return format === 'json' && content === 'value' && /^[\uFEFF \t\r\n]*\[/.test(text);
}

/**
 * What such an array holds: what was said of arrays counts for those with one element, too. Without an answer, one without elements is
 * nothing to send, and not the two bytes it is written with.
 */
export function contentOfArray({ elements }: SourceKind, said: ArrayReading | undefined): SourceContent {
  if (said !== undefined) return said;
  return elements === 0 ? 'elements' : 'value';
}

/**
 * Asks how a JSON array that is no message document is sent.
 * @param elements how many it has
 * @throws CancelledError
 */
export async function askArray(prompts: Prompts, elements: number, format: Formatter): Promise<ArrayReading> {
  return prompts.choose<ArrayReading>({
    message: l10n.t('The document is a JSON array with {0} elements. How is it sent?', format.count(elements)),
    detail: l10n.t('The answer is remembered for this document.'),
    choices: [
      { label: l10n.t('Send {0} Messages', format.count(elements)), value: 'elements' },
      { label: l10n.t('Send as One Message'), value: 'value' },
    ],
  });
}

/**
 * The same for several files at once.
 * @param files how many are arrays
 * @throws CancelledError
 */
export async function askArrays(prompts: Prompts, files: number, format: Formatter): Promise<ArrayReading> {
  return prompts.choose<ArrayReading>({
    message: isOne(files)
      ? l10n.t('1 of the files is a JSON array. How is it sent?')
      : l10n.t('{0} of the files are JSON arrays. How are they sent?', format.count(files)),
    detail: l10n.t('Each element as a message, or each file as one message.'),
    choices: [
      { label: l10n.t('Send Elements'), value: 'elements' },
      { label: l10n.t('Send Files as They Are'), value: 'value' },
    ],
  });
}
