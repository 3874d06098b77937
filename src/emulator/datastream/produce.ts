import { maxMessageBytes, sendStatus } from '../choices.ts';
import { jsonReply } from '../http.ts';
import type { EmulatorRequest, Reply } from '../http.ts';
import { isObject } from '../json.ts';
import type { DataStreamState } from './state.ts';

/** An answer of "Send message", which has a form of its own (datastream.md §5). */
export function sendReply(status: number, detail: string): Reply {
  return jsonReply(status, { status, detail });
}

/** Appends one message to a topic (datastream.md §5); `now` in ms. */
export function produce(state: DataStreamState, now: () => number, request: EmulatorRequest): Reply {
  const body = readJson(request);
  if (!isObject(body)) return sendReply(sendStatus.invalid, 'The body must be a JSON object');
  const { topic: name, key, value, partition } = body as SendBody;
  if (typeof name !== 'string') return sendReply(sendStatus.invalid, 'topic is required and must be a string');
  if (typeof key !== 'string') return sendReply(sendStatus.invalid, 'key is required and must be a string');
  if (typeof value !== 'string') return sendReply(sendStatus.invalid, 'value is required and must be a string');
  if (Buffer.byteLength(key) + Buffer.byteLength(value) > maxMessageBytes) {
    return sendReply(sendStatus.tooLarge, 'The message is larger than 1 MB');
  }
  const topic = state.byName(name);
  if (topic === undefined) return sendReply(sendStatus.noTopic, 'There is no such topic');
  const status = state.statusOf(topic);
  if (status !== 'CREATED') return sendReply(sendStatus.invalid, `The topic is ${status}`);
  const index = partition ?? topic.log.nextPartition();
  const target = typeof index === 'number' ? topic.log.partitions[index] : undefined;
  if (target === undefined) return sendReply(sendStatus.invalid, 'The topic has no such partition');
  target.append(now(), key, value);
  return sendReply(200, 'OK');
}

interface SendBody {
  readonly topic?: unknown;
  readonly key?: unknown;
  readonly value?: unknown;
  readonly partition?: unknown;
}

/** Values are strings, so plain `JSON.parse` loses nothing, and thousands of sends a second stay cheap. */
function readJson(request: EmulatorRequest): unknown {
  try {
    return JSON.parse(request.body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
