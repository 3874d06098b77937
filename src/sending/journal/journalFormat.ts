import { hash } from 'node:crypto';

import type { ReadyMessage } from '../message.ts';
import type { FailureNote, MessageOutcome, RunHeader, RunSummary } from '../recording.ts';
import { isRecord, readNote } from './journalRead.ts';

/**
 * The journal of one run is a file of JSON Lines, written on this machine only and readable by its user only:
 *
 * - first the run: when it began, account (id, name, stage), topic, the documents it reads (address and name), how many messages and
 *   bytes, and a fingerprint of them all;
 * - for each message, before it leaves: its number, document and line, its length, and the start of a hash over key, partition and value;
 * - for each message, when it ended: acknowledged, or refused or unknown with the service's status, code and words, or not sent after all;
 * - last the sums.
 *
 * What was refused may leave once more when the run goes on: the last lines of a message count. A line stands in the file before its
 * message leaves, so a process that is killed loses none. The disk is told to keep them four times a second: after a power failure the
 * messages of the last quarter of a second may be on the topic and not in here, and would be sent again.
 *
 * Keys and values are in it only where the user has set that they are kept. No key of an account is ever in it.
 */
const VERSION = 1;

/** Longest note of a line, in UTF-16 code units; services say at most five hundred. */
const MAX_NOTE = { code: 80, detail: 500 } as const;

/** The first line. */
export function headerLine(run: RunHeader): string {
  return `${JSON.stringify({ journal: VERSION, run })}\n`;
}

/** The run in a first line; undefined where it is none. */
export function headerIn(line: unknown): unknown {
  return isRecord(line) && line['journal'] === VERSION ? line['run'] : undefined;
}

/** A message that is about to leave. */
export function leavingLine(message: ReadyMessage): string {
  return `${leavingStart(message)}]\n`;
}

/** The same with all of the message. */
export function payloadLine(message: ReadyMessage): string {
  const { key, value, partition, isKeyGenerated, place } = message;
  const payload = [key, value, partition ?? null, isKeyGenerated ? 1 : 0, place.column];
  return `${leavingStart(message)},${JSON.stringify(payload).slice(1)}\n`;
}

function leavingStart(message: ReadyMessage): string {
  return `["s",${message.index},${message.source},${message.place.line},${message.bytes},"${messageHash(message)}"`;
}

/**
 * Tells messages apart without holding them: the first 22 characters (132 bits) of the base64url of SHA-256 over the UTF-8 of
 * `partition LF length LF key value`, where `partition` is empty if the service chooses, and `length` is that of the key in UTF-16 code
 * units. For key `k`, partition 3 and value `v`: `printf '3\n1\nkv' | openssl dgst -sha256 -binary | basenc --base64url | head -c 22`.
 */
export function messageHash({ key, partition, value }: Pick<ReadyMessage, 'key' | 'partition' | 'value'>): string {
  return hash('sha256', `${partition ?? ''}\n${key.length}\n${key}${value}`, 'base64url').slice(0, 22);
}

const OUTCOMES = { acknowledged: 'a', refused: 'r', unknown: 'u', notSent: 'n' } as const satisfies Record<MessageOutcome['kind'], string>;

/** How a message ended. */
export function endedLine(index: number, outcome: MessageOutcome): string {
  if (outcome.kind === 'acknowledged' || outcome.kind === 'notSent') return `["${OUTCOMES[outcome.kind]}",${index}]\n`;
  return `["${OUTCOMES[outcome.kind]}",${index},${JSON.stringify(boundedNote(outcome.note))}]\n`;
}

/** A run goes on after its window went away. */
export function resumedLine(atMs: number): string {
  return `["resumed",${atMs}]\n`;
}

/** The last line. */
export function summaryLine(summary: RunSummary): string {
  const { stopped } = summary;
  const bounded = stopped === undefined || stopped === 'cancelled' ? summary : { ...summary, stopped: boundedNote(stopped) };
  return `["end",${JSON.stringify(bounded)}]\n`;
}

/** Only what a note is made of, and no more of it than fits a line. */
function boundedNote(note: FailureNote): FailureNote {
  const { code, detail } = note;
  return {
    ...(readNote(note) ?? { kind: 'unexpectedResponse' }),
    ...(code === undefined ? {} : { code: code.slice(0, MAX_NOTE.code) }),
    ...(detail === undefined ? {} : { detail: detail.slice(0, MAX_NOTE.detail) }),
  };
}
