import * as l10n from '@vscode/l10n';

import type { Connector, DataStreamTopic } from '../../../model/dataStream.ts';
import type { Formatter } from '../../../model/format.ts';
import { problemOf } from '../../../model/problem.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import type { BoardCard } from '../../../protocol/board.ts';
import type { Feed } from '../../../webviews/dashboardType.ts';
import { CardPart } from '../../cardPart.ts';
import type { CardPartRead } from '../../cardPart.ts';
import { ifKnown, statusText } from '../../words.ts';
import { topicIdOf } from '../documentValues.ts';
import { connectorStatusLook } from '../status.ts';
import type { DataStreamDashboardContext } from './dashboards.ts';
import { endpointOf, lines, topicFacts } from './topicFacts.ts';
import type { TopicConnector, TopicReads } from './topicReads.ts';

/** A topic with its connector, which may fail alone. */
interface TopicAtAGlance {
  readonly topic: DataStreamTopic;
  readonly connector: CardPartRead<TopicConnector>;
}

const CARD_MS = 10_000;
/** A connector that could not be read is asked for again after that, milliseconds. */
const AGAIN_MS = 60_000;

/** A topic as a card of the board. */
export function topicCard(ref: ResourceRef, part: string, { reads, format, now }: DataStreamDashboardContext & { readonly reads: TopicReads }): Feed {
  const connector = new CardPart<TopicConnector>({ now, againMs: AGAIN_MS });
  const feed: Feed<TopicAtAGlance> = {
    part,
    key: `${ref.accountId} dataStream.card ${topicIdOf(ref)}`,
    accountId: ref.accountId,
    read: async (signal) => {
      // Reading the connector looks at the topic first, anyway.
      const topic = await reads.topic(ref, signal);
      return { topic, connector: await connector.read(() => reads.connector(ref, signal)) };
    },
    show: (value) => cardOf(value, format),
    everyMs: () => CARD_MS,
  };
  return feed as Feed;
}

/** The service tells neither offsets nor groups nor statistics (datastream.md): the card does not pretend to. */
function cardOf({ topic, connector: read }: TopicAtAGlance, format: Formatter): BoardCard {
  const connector = 'value' in read ? read.value.connector : undefined;
  const { status, statusWords, tone, partitionCount } = topicFacts(topic);
  return {
    status, statusWords, partitionCount,
    // What keeps the messages stands out, also where the topic itself is well.
    tone: connector?.status === 'FAILED' ? 'bad' : tone,
    messageCount: undefined,
    groups: undefined,
    rate: undefined,
    more: lines([
      [l10n.t('Retention'), ifKnown(topic.retentionMs, (ms) => format.duration(ms))],
      [l10n.t('Connector'), 'error' in read ? problemOf(read.error)?.message : connectorText(connector)],
      [l10n.t('Kafka endpoint'), endpointOf(topic)],
    ]),
  };
}

function connectorText(connector: Connector | undefined): string {
  if (connector === undefined) return l10n.t('none');
  const { status, failedMessage = '' } = connector;
  const state = statusText(status, connectorStatusLook(status).words);
  return status === 'FAILED' && failedMessage !== '' ? l10n.t('{0}: {1}', state, failedMessage) : state;
}
