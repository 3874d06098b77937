import { queryValue } from '../http.ts';
import type { EmulatorRequest, Reply } from '../http.ts';
import type { JsonObject } from '../json.ts';
import { committedOffset } from '../stream/group.ts';
import type { ConsumerGroup } from '../stream/group.ts';
import { dayMs, parseIso } from '../time.ts';
import { badParameter, refuse, success } from './codes.ts';
import { totalLag } from './groups.ts';
import type { EasyQueueState, Topic } from './state.ts';

interface Series {
  readonly labels: JsonObject;
  /** Value at a time in ms. */
  readonly value: (at: number) => number;
}

type SeriesOf = (state: EasyQueueState, topic: Topic, stepMs: number) => readonly Series[];

/** Labels as documented for each metrics type (seed "통계 조회"); the topic is labelled with its full name. */
const metrics: ReadonlyMap<string, SeriesOf> = new Map<string, SeriesOf>([
  ['BYTE_IN_RATE', byteIn],
  ['BYTE_OUT_RATE', byteOut],
  ['MESSAGE_COUNT', messageCount],
  ['CONSUMER_LAG', consumerLag],
  ['LOG_SIZE_PER_PARTITION', logSize],
]);

/** Statistics of one topic over a range (seed "통계 조회"; limits: easyqueue.md §2.4, §2.6). */
export function statistics(state: EasyQueueState, request: EmulatorRequest, now: number): Reply {
  const metricsType = required(request, 'metricsType');
  const seriesOf = metrics.get(metricsType);
  if (seriesOf === undefined) throw refuse(4000303);
  const name = required(request, 'topicName');
  const start = time(request, 'startDateTime');
  const end = time(request, 'endDateTime');
  if (end <= start) throw refuse(4000300);
  if (start < now - 90 * dayMs) throw refuse(4000301);
  if (end - start < 60_000 || end - start > 30 * dayMs) throw refuse(4000302);
  const topic = state.get(name);
  const step = state.statisticsStepSeconds ?? stepSeconds(end - start);
  const data = seriesOf(state, topic, step * 1000).map((series) => ({
    labels: series.labels,
    values: points(topic, series, start, Math.min(end, now), step),
  }));
  return success({ metricsType, step, data });
}

/** The server chooses the step by the range: about 360 points at most. */
function stepSeconds(rangeMs: number): number {
  const hours = rangeMs / 3_600_000;
  if (hours <= 6) return 60;
  if (hours <= 24) return 300;
  return hours <= 24 * 7 ? 1_800 : 7_200;
}

/** Points lie at start, start + step, …, as a Prometheus server answers; what never was is left out. */
function points(topic: Topic, series: Series, start: number, end: number, step: number): JsonObject[] {
  const values: JsonObject[] = [];
  for (let at = Math.floor(start / 1000) * 1000; at <= end; at += step * 1000) {
    if (at < topic.createdAt || (topic.hasGaps && isGap(at))) continue;
    values.push({ timestamp: at / 1000, value: Math.round(series.value(at) * 1000) / 1000 });
  }
  return values;
}

/** Ten minutes of every six hours were not recorded. */
function isGap(at: number): boolean {
  const phase = at % 21_600_000;
  return phase >= 3_600_000 && phase < 4_200_000;
}

function byteIn(state: EasyQueueState, topic: Topic, stepMs: number): readonly Series[] {
  const written = (at: number): bigint => topic.log.endOffsetSum(at) - topic.log.endOffsetSum(at - stepMs);
  return [{ labels: topicLabels(state, topic), value: (at) => perSecond(written(at), stepMs) * topic.messageBytes }];
}

function byteOut(state: EasyQueueState, topic: Topic, stepMs: number): readonly Series[] {
  const groups = state.groupsOf(topic);
  const read = (at: number): bigint => groups.reduce((sum, group) => sum + readSince(topic, group, at, stepMs), 0n);
  return [{ labels: topicLabels(state, topic), value: (at) => perSecond(read(at), stepMs) * topic.messageBytes }];
}

function readSince(topic: Topic, group: ConsumerGroup, at: number, stepMs: number): bigint {
  let sum = 0n;
  for (const [index, partition] of topic.log.partitions.entries()) {
    const before = committedOffset(group, partition, index, at - stepMs);
    const after = committedOffset(group, partition, index, at);
    // Offsets that were set back are no messages that went back.
    if (before !== undefined && after !== undefined && after > before) sum += after - before;
  }
  return sum;
}

function messageCount(state: EasyQueueState, topic: Topic): readonly Series[] {
  const value = (at: number): number => Number(topic.log.messageCount(at, topic.settings.maxRetentionTimeMs));
  return [{ labels: topicLabels(state, topic), value }];
}

function consumerLag(state: EasyQueueState, topic: Topic): readonly Series[] {
  return state.groupsOf(topic).map((group) => ({
    labels: { ...topicLabels(state, topic), consumergroup: `${state.appKey}.${group.name}` },
    value: (at) => Number(totalLag(topic, group, at)),
  }));
}

function logSize(state: EasyQueueState, topic: Topic): readonly Series[] {
  const retention = topic.settings.maxRetentionTimeMs;
  return topic.log.partitions.map((partition, index) => ({
    labels: { ...topicLabels(state, topic), partition: String(index), broker: String(index % 3) },
    value: (at) => Number(partition.endOffset(at) - partition.startOffset(at, retention)) * topic.messageBytes,
  }));
}

function topicLabels(state: EasyQueueState, topic: Topic): JsonObject {
  return { topic: `${state.appKey}.${topic.name}` };
}

function perSecond(count: bigint, stepMs: number): number {
  return Math.max(0, Number(count)) / (stepMs / 1000);
}

function required(request: EmulatorRequest, name: string): string {
  const value = queryValue(request, name);
  if (value === undefined || value === '') throw badParameter(name);
  return value;
}

function time(request: EmulatorRequest, name: string): number {
  const value = parseIso(required(request, name));
  if (value === undefined) throw badParameter(name);
  return value;
}
