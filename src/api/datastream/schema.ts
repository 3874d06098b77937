import * as z from 'zod/mini';

import type { Connector, DataStreamTopic } from '../../model/dataStream.ts';
import { answerRows, name, optionalBoolean, optionalInteger, optionalText } from '../wire.ts';

/** A topic as created, read, edited or listed (datastream.md §3.1). */
export const topicSchema = z.pipe(
  z.object({
    topicId: name,
    topicName: name,
    description: optionalText,
    partitions: optionalInteger,
    retentionMs: optionalInteger,
    pinned: optionalBoolean,
    status: optionalText,
    tcpEndpoint: optionalText,
    createdDate: optionalText,
    updatedDate: optionalText,
  }),
  z.transform(
    (wire): DataStreamTopic => ({
      id: wire.topicId,
      name: wire.topicName,
      description: wire.description,
      partitions: wire.partitions,
      retentionMs: wire.retentionMs,
      status: wire.status,
      tcpEndpoint: wire.tcpEndpoint,
      isPinned: wire.pinned,
      createdAt: wire.createdDate,
      updatedAt: wire.updatedDate,
    }),
  ),
);

/** `{list: [...]}`, without pages (datastream.md §3.4). */
export const topicListSchema = z.pipe(
  z.object({ list: answerRows(topicSchema) }),
  z.transform(({ list }) => list),
);

/** The trailing hyphen is part of it (datastream.md §3.5). */
export const prefixSchema = z.pipe(
  z.object({ prefix: name }),
  z.transform(({ prefix }) => prefix),
);

/** A connector as created, read or edited (datastream.md §4.2). */
export const connectorSchema = z.pipe(
  z.object({
    id: name,
    topicId: optionalText,
    connectorName: optionalText,
    status: optionalText,
    description: optionalText,
    consumerSpec: optionalText,
    exportType: optionalText,
    location: optionalText,
    locationWithTopicName: optionalText,
    objectStorageLocation: optionalText,
    includeTopicInPath: optionalBoolean,
    dateFormat: optionalText,
    roleNrn: optionalText,
    groupId: optionalText,
    createdDate: optionalText,
    failedMessage: optionalText,
    failedDate: optionalText,
    flushInterval: optionalInteger,
    flushCount: optionalInteger,
    schemaType: optionalText,
  }),
  z.transform(
    (wire): Connector => ({
      id: wire.id,
      topicId: wire.topicId,
      name: wire.connectorName,
      status: wire.status,
      description: wire.description,
      consumerSpec: wire.consumerSpec,
      exportType: wire.exportType,
      location: wire.location,
      locationWithTopicName: wire.locationWithTopicName,
      objectStorageLocation: wire.objectStorageLocation,
      includeTopicInPath: wire.includeTopicInPath,
      dateFormat: wire.dateFormat,
      roleNrn: wire.roleNrn,
      groupId: wire.groupId,
      createdAt: wire.createdDate,
      failedMessage: wire.failedMessage,
      failedAt: wire.failedDate,
      flushIntervalMinutes: wire.flushInterval,
      flushCount: wire.flushCount,
      schemaType: wire.schemaType,
    }),
  ),
);

/**
 * The connector of a topic, or none: the documents do not say how "none" looks, so an empty body, `null`, `{}` and `[]` all
 * mean it, and a list of one is that one (datastream.md §4.3, §10 no. 7).
 */
export const connectorOrNoneSchema: z.ZodMiniType<Connector | undefined> = z.pipe(
  z.pipe(z.unknown(), z.transform(firstOrNone)),
  z.optional(connectorSchema),
);

function firstOrNone(value: unknown): unknown {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  const isEmpty = one === undefined || one === null || (typeof one === 'object' && Object.keys(one).length === 0);
  return isEmpty ? undefined : one;
}

/** What Send message answered. */
export interface SendResult {
  readonly status: number | undefined;
  readonly detail: string | undefined;
}

/** Send message's answer; any 2xx is a success, with or without a body (datastream.md §5). */
export const sentSchema = z.pipe(
  z.nullish(z.object({ status: optionalInteger, detail: optionalText })),
  z.transform((wire) => ({ status: wire?.status, detail: wire?.detail })),
);
