import * as l10n from '@vscode/l10n';

import { addressOf, failureWords, type WriteEntry, writeOutcomeWords } from './activityWords.ts';
import type { Times } from './times.ts';

/**
 * A resource write with all that is known of it, as JSON to be looked at. A body that was kept stands in it as it was sent, byte for
 * byte: no number is rounded and no property lost.
 */
export function writeDocument(entry: WriteEntry, title: string, { times, nowMs }: { readonly times: Times; readonly nowMs: number }): string {
  const { write, end } = entry;
  const { atMs, accountName, bytes, hash, body } = write;
  const failed = end === undefined || end.kind === 'done' ? undefined : end;
  const known = {
    what: title,
    time: times.exact(atMs),
    account: accountName,
    request: addressOf(write),
    outcome: writeOutcomeWords(entry, nowMs),
    httpStatus: end?.status,
    problem: failureWords(end, accountName),
    code: failed?.code,
    detail: failed?.detail,
    bodyBytes: bytes === 0 ? undefined : bytes,
    bodySha256: hash,
  };
  const text = JSON.stringify(known, undefined, 2);
  if (bytes === 0) return `${text}\n`;
  const last = body === undefined
    ? `"bodyNote": ${JSON.stringify(l10n.t('The body was not kept: the setting for that is off.'))}`
    : `"body": ${isJson(body) ? body : JSON.stringify(body)}`;
  return `${text.slice(0, -2)},\n  ${last}\n}\n`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
