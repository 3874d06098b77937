import * as l10n from '@vscode/l10n';

import type { DocumentValue } from '../documents/documentType.ts';
import type { Formatter } from '../model/format.ts';

type Value = DocumentValue | undefined;

/** What more partitions bring: Kafka chooses a message's partition by its key and their number. */
export function partitionsLoss(from: Value, to: Value): string | undefined {
  if (typeof from !== 'number' || typeof to !== 'number' || to <= from) return undefined;
  return l10n.t('Messages with the same key may go to another partition from then on. Partitions cannot be taken away again.');
}

/** What a shorter retention in milliseconds deletes. */
export function retentionLoss(from: Value, to: Value, format: Formatter): string | undefined {
  if (typeof from !== 'number' || typeof to !== 'number' || to >= from) return undefined;
  return l10n.t('Messages older than {0} are deleted.', format.duration(to));
}

/** What fewer bytes for each partition delete. */
export function retentionBytesLoss(from: Value, to: Value, format: Formatter): string | undefined {
  if (typeof from !== 'number' || typeof to !== 'number' || to >= from) return undefined;
  return l10n.t('Each partition keeps the newest {0}; older messages are deleted.', format.bytes(to));
}
