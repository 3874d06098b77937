import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import {
  allSentText, changedWhileSentText, duplicateQuestion, prodQuestion, progressText, restQuestion, runTitle, sentText, someSentText, unknownText,
} from '../../../src/messages/runs/runWords.ts';
import { watchTarget } from '../../../src/messages/runs/watchedTarget.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { createFormatter } from '../../../src/model/format.ts';
import { problemOf } from '../../../src/model/problem.ts';
import type { MessageTarget } from '../../../src/sending/messageTarget.ts';
import type { SendTarget } from '../../../src/sending/target.ts';
import { naverAccount } from '../../support/accounts.ts';

const FORMAT = createFormatter('en');
const PROD = naverAccount({ lane: { stage: 'prod', access: 'full' } });
const TARGET: SendTarget = { accountId: 'n1', topicId: 't', topicName: 'p-orders' };

describe('what the user is asked', () => {
  it('before production: how much goes where, as whom, and that there is no way back', () => {
    assert.deepEqual(prodQuestion(1, 1_200, TARGET, PROD, FORMAT), {
      message: 'Send this message to topic "p-orders" of account "acme"?',
      detail: 'The account is PROD. 1,200 bytes. A message cannot be taken back.',
      verb: 'Send',
    });
    assert.equal(prodQuestion(10_000, 5, TARGET, PROD, FORMAT).message, 'Send 10,000 messages to topic "p-orders" of account "acme"?');
  });

  it('where something cannot be sent: whether the others are, with their number on the button', () => {
    const { message, detail, verb } = restQuestion(98, 2, 5_000, TARGET, PROD, FORMAT);
    assert.equal(message, '2 messages cannot be sent. Send the others to topic "p-orders" of account "acme"?');
    assert.equal(detail, 'The account is PROD. 98 messages, 5,000 bytes. Messages cannot be taken back.');
    assert.equal(verb, 'Send 98 Messages');
    assert.equal(restQuestion(1, 1, 1, TARGET, PROD, FORMAT).verb, 'Send 1 Message');
  });

  it('before something may be there twice', () => {
    const { message, detail } = duplicateQuestion(3, TARGET, FORMAT);
    assert.equal(message, 'Send 3 messages again to topic "p-orders"? They may be there already.');
    assert.match(detail, /twice/);
  });
});

describe('what the user is told', () => {
  it('while messages leave: how far, how fast, how long', () => {
    const counts = { acknowledged: 1_000, refused: 1, unknown: 1 };
    assert.equal(runTitle(1, TARGET, FORMAT), 'Sending to topic "p-orders"…');
    assert.equal(runTitle(10_000, TARGET, FORMAT), 'Sending 10,000 messages to topic "p-orders"');
    assert.equal(progressText({ ...counts, perSecond: 500 }, 10_000, FORMAT), '1,002 of 10,000 · 500 a second · 18 s left');
    assert.equal(progressText({ ...counts, perSecond: 0.2 }, 1_003, FORMAT), '1,002 of 1,003 · 1 a second · 5 s left');
    assert.equal(progressText({ ...counts, perSecond: 0 }, 10_000, FORMAT), '1,002 of 10,000');
    assert.equal(progressText({ ...counts, perSecond: 500, waitingMs: 3_000 }, 10_000, FORMAT), '1,002 of 10,000 · the service has too many requests, waiting 3 s');
  });

  it('afterwards: what arrived, and what of the rest is known', () => {
    assert.equal(allSentText(10_000, TARGET, 61_000, FORMAT), '10,000 messages sent to topic "p-orders" in 1 min 1 s.');
    assert.equal(
      someSentText({ endedAtMs: 0, acknowledged: 90, refused: 5, unknown: 2, notSent: 1_003 }, TARGET, FORMAT),
      'Topic "p-orders": 90 acknowledged, 5 refused, 2 unknown, 1,003 not sent.',
    );
  });

  it('where a file was changed while it was sent: which one, and how far it got', () => {
    const summary = { endedAtMs: 0, acknowledged: 1_000, refused: 1, unknown: 1, notSent: 3 };
    assert.equal(
      changedWhileSentText('visits.jsonl', 200_000, summary, FORMAT),
      'visits.jsonl changed while it was being sent, so nothing more was sent. 1,002 of 200,000 messages had left.',
    );
    assert.match(changedWhileSentText('a\nb.json', 1, { ...summary, acknowledged: 0, refused: 0, unknown: 0 }, FORMAT), /^a b\.json changed .*0 of 1 message had left\.$/);
  });

  it('of one message: topic, key, partition if one was given, size and time', () => {
    const message = { key: 'k-1', partition: undefined, bytes: 1_200 };
    assert.equal(sentText(message, TARGET, 12.4, FORMAT), 'Message sent to topic "p-orders": key "k-1", 1,200 bytes, 12 ms.');
    assert.match(sentText({ ...message, key: `a\nb\u202e${'k'.repeat(10_000)}` }, TARGET, 12, FORMAT), /key "a b .{0,500}", 1,200 bytes/);
    assert.equal(sentText({ ...message, partition: 0 }, TARGET, 1_234, FORMAT), 'Message sent to topic "p-orders": key "k-1", partition 0, 1,200 bytes, 1,234 ms.');
  });

  it('of one message without an answer: that it may be there, and is not sent again', () => {
    const error = new CloudError('timeout', { operation: 'send', host: 'example.com' });
    assert.equal(
      unknownText(TARGET, error, problemOf(error)),
      'No answer came from example.com in time. The message may or may not be on topic "p-orders". It is not sent again by itself.',
    );
    assert.match(unknownText(TARGET, new CancelledError(), undefined), /^Sending was cancelled\. The message may or may not/);
  });
});

describe('a target that is watched', () => {
  it('knows the first failure, the last message and how long it took', async () => {
    let now = 0;
    const errors = [new CloudError('timeout'), new CloudError('network')];
    const target: MessageTarget = {
      limits: { maxValueBytes: 1, partitions: undefined, carries: [] },
      curl: ({ key }) => `curl ${key}`,
      send: () => {
        now += 7;
        const error = errors.shift();
        return error === undefined ? Promise.resolve() : Promise.reject(error);
      },
    };
    const watched = watchTarget(target, () => now);
    const [first] = errors;
    for (const key of ['a', 'b', 'c']) await watched.send({ key, value: '1', partition: 1 }, new AbortController().signal).catch(() => undefined);
    assert.equal(watched.seen.error, first);
    assert.equal(watched.seen.message?.key, 'c');
    assert.equal(watched.seen.durationMs, 7);
    assert.equal(watched.curl({ key: 'k', value: '', partition: undefined }), 'curl k');
  });
});
