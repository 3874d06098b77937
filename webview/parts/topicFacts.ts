import * as l10n from '@vscode/l10n';

import { oneLine } from '../../src/model/format.ts';
import type { TopicFacts } from '../../src/protocol/easyQueue.ts';
import type { PageContext } from '../page.ts';
import type { Fact } from './facts.ts';
import type { Numbers } from './numbers.ts';
import { wholeOf } from './numbers.ts';
import { toned } from './toned.ts';

/**
 * What is to be known of a topic at once; what the service did not tell is left out.
 * @param logBytes size of all its partitions now, where it is known
 */
export function topicFacts(
  topic: TopicFacts,
  logBytes: number | undefined,
  { format, time }: Pick<PageContext, 'format' | 'time'>,
  numbers: Numbers,
): readonly Fact[] {
  const fact = (label: string, value: string | Node | undefined): readonly Fact[] => (value === undefined || value === '' ? [] : [{ label, value }]);
  const count = (value: TopicFacts['messageCount'] | number): string | undefined => (value === undefined ? undefined : numbers.whole(value));
  const when = (text: string | undefined): string | undefined => (text === undefined ? undefined : timeText(text, time));
  return [
    ...fact(l10n.t('Status'), toned(topic.tone, oneLine(topic.status ?? topic.statusWords ?? l10n.t('status unknown')), topic.status === undefined ? undefined : topic.statusWords)),
    ...fact(l10n.t('Partitions'), count(topic.partitionCount)),
    ...fact(l10n.t('Messages'), count(topic.messageCount)),
    ...fact(l10n.t('Log size'), logBytes === undefined ? undefined : format.bytes(Math.round(logBytes))),
    ...fact(l10n.t('Consumer groups'), count(topic.consumerGroupCount)),
    ...fact(l10n.t('Retention'), retentionText(topic, format)),
    ...fact(l10n.t('Largest message'), topic.maxMessageBytes === undefined ? undefined : format.bytes(topic.maxMessageBytes)),
    ...fact(l10n.t('Created'), when(topic.createdAt)),
    ...fact(l10n.t('Updated'), when(topic.updatedAt)),
    ...fact(l10n.t('Bootstrap server'), topic.bootstrapServer === undefined ? undefined : oneLine(topic.bootstrapServer)),
    ...fact(l10n.t('Description'), topic.description === undefined ? undefined : oneLine(topic.description)),
  ];
}

/** "keeps 7 days or 25 GiB each": whichever comes first. Less than nothing is how Kafka writes that there is no limit. */
function retentionText({ retentionMs: toldMs, retentionBytes }: TopicFacts, format: PageContext['format']): string | undefined {
  const toldBytes = wholeOf(retentionBytes);
  const retentionMs = toldMs !== undefined && toldMs >= 0 ? toldMs : undefined;
  const bytes = toldBytes !== undefined && toldBytes >= 0n ? toldBytes : undefined;
  const isTold = toldMs !== undefined || toldBytes !== undefined;
  if (retentionMs === undefined && bytes === undefined) return isTold ? l10n.t('without limit') : undefined;
  if (retentionMs !== undefined && bytes !== undefined) {
    return l10n.t('{0} or {1} in each partition', format.duration(retentionMs), format.bytes(bytes));
  }
  if (retentionMs !== undefined) return l10n.t('keeps {0}', format.duration(retentionMs));
  return bytes === undefined ? undefined : l10n.t('{0} in each partition', format.bytes(bytes));
}

/** A time of the service in the chosen zone; as the service wrote it where that is no time. */
function timeText(text: string, time: PageContext['time']): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? oneLine(text) : time.dateTimeZone(ms);
}
