import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type CurlDeps, scriptOf } from '../../../src/messages/activity/activityCurl.ts';
import { createFormatter } from '../../../src/model/format.ts';
import { ProblemError } from '../../../src/model/problem.ts';
import type { ReadyMessage } from '../../../src/sending/message.ts';
import { Outcomes } from '../../../src/sending/journal/outcomes.ts';
import { ACME, run, write } from './activityEntries.ts';
import { type Answer, Script } from './script.ts';

function message(index: number): ReadyMessage {
  return { index, source: 0, place: { line: 1, column: 1 }, key: 'k', isKeyGenerated: false, value: 'v', bytes: 1, partition: undefined };
}

function world(answers: readonly Answer[] = [], changes: Partial<CurlDeps> = {}) {
  const prompts = new Script(...answers);
  const asked: (readonly [string, number])[] = [];
  const deps: CurlDeps = {
    readRun: () => Promise.resolve(undefined),
    messageOf: (runId, index) => {
      asked.push([runId, index]);
      return Promise.resolve(message(index));
    },
    curlOfSend: (accountId, topicName, { key, value }) => Promise.resolve(`${accountId} ${topicName} ${key} ${value}`),
    curlOfWrite: ({ target }) => Promise.resolve(`write ${target}`),
    account: (id) => (id === 'n1' ? ACME : undefined),
    prompts,
    format: createFormatter('en'),
    ...changes,
  };
  return { deps, prompts, asked };
}

test('the one message of a run needs no question', async () => {
  for (const header of [{ count: 1, total: 1 }, { count: 1, total: 50, only: [[7, 8]] as const }]) {
    const { deps, asked } = world();
    const { text, what } = await scriptOf(run({ header }), 'x', deps);
    assert.equal(text, 'n1 h4j6l-orders k v');
    assert.deepEqual(asked, [['r1', header.total === 1 ? 0 : 7]]);
    assert.match(what, /^Copied: a cURL script that sends message [18] to topic "h4j6l-orders"/);
  }
});

test('of several messages it asks which, by the numbers the run has', async () => {
  const { deps, prompts, asked } = world([{ type: '0' }, { type: '10001' }, { type: '1.5' }, { type: 'x' }, { type: '' }, { type: ' 10000 ' }]);
  await scriptOf(run(), 'x', deps);
  assert.deepEqual(asked, [['r1', 9_999]]);
  assert.deepEqual(prompts.notes, Array(5).fill('This send has no message with that number.'));
  assert.match(prompts.asked[0] ?? '', /from 1 to 10,000/);

  const part = world([{ type: '3' }, { type: '12' }]);
  await scriptOf(run({ header: { only: [[0, 2], [10, 12]] } }), 'x', part.deps);
  assert.deepEqual([part.asked, part.prompts.notes.length], [[['r1', 11]], 1]);
});

test('the first message that did not arrive for certain is offered', async () => {
  const entry = run({ counts: { acknowledged: 9_999, refused: 0, unknown: 1, notSent: 0 } });
  const outcomes = new Outcomes(entry.header);
  outcomes.leaving(4, 0, 5);
  outcomes.ended(4, 'unknown');
  const { deps, asked } = world(['accept'], { readRun: () => Promise.resolve({ header: entry.header, status: 'ended', outcomes }) });
  await scriptOf(entry, 'x', deps);
  assert.deepEqual(asked, [['r1', 4]]);
});

test('what cannot be copied is told, with why', async () => {
  const one = run({ header: { count: 1, total: 1 } });
  const gone = { ...one.header.job, target: { accountId: 'other', topicId: 't', topicName: 'x' } };
  const kept = write({ method: 'PUT', bytes: 2, body: '{}' });
  const cases: readonly (readonly [Parameters<typeof scriptOf>[0], Partial<CurlDeps>, RegExp])[] = [
    [one, { messageOf: () => Promise.resolve(undefined) }, /^Message 1 is not at hand\. Its document changed/],
    [run({ header: { count: 1, total: 1, job: gone } }), {}, /account was removed/],
    [write({ accountId: 'other' }), {}, /account was removed/],
    [write({ bytes: 5 }), {}, /was not kept/],
    [kept, { curlOfWrite: () => Promise.resolve(undefined) }, /does not have the address https:\/\/datastream\.apigw\.ntruss\.com any more/],
  ];
  for (const [entry, changes, message] of cases) {
    await assert.rejects(scriptOf(entry, 'x', world([], changes).deps), (error) => error instanceof ProblemError && message.test(error.message));
  }
  assert.deepEqual(await scriptOf(kept, 'Change topic a', world().deps), {
    text: 'write /api/v1/topics/t1',
    what: 'Copied: a cURL script for "Change topic a". It takes the keys from the environment.',
  });
});
