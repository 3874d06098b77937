import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import type { FaultEffect } from '../../../src/emulator/faults.ts';
import type { CloudError } from '../../../src/model/cloudError.ts';
import { problemOf } from '../../../src/model/problem.ts';
import { DATA_STREAM_CAUSES, DATA_STREAM_CODES, DATA_STREAM_WORDS } from './problemsOfDataStream.ts';
import { EASY_QUEUE_CAUSES, EASY_QUEUE_CODES, EASY_QUEUE_WORDS, WRONG_USER_KEY } from './problemsOfEasyQueue.ts';
import { errorOf } from './support.ts';
import { clouds, prepared, write, WRITES, type Clouds, type Write } from './writeSupport.ts';

/** What the user reads: what happened, and what to do. */
function read(error: CloudError): string {
  const problem = problemOf(error, { accountName: 'acme' });
  return `${problem?.message ?? ''} | ${problem?.hint ?? ''}`;
}

const METHODS: Readonly<Record<Write, string>> = {
  createTopic: 'POST',
  updateTopic: 'PUT',
  deleteTopic: 'DELETE',
  createConnector: 'POST',
  updateConnector: 'PUT',
  deleteConnector: 'DELETE',
  'queue.createTopic': 'POST',
  'queue.updateTopic': 'PUT',
  'queue.deleteTopic': 'DELETE',
};

const UNCERTAIN = 'The change may or may not have been made. Refresh to see.';

/** A refused token is bought anew, once; of a topic that is not found, the other form of the name is tried. */
const TWICE = ['80007', '80401', '4040100'];

async function injected(t: TestContext, which: Write, reply: Extract<FaultEffect, { kind: 'reply' }>): Promise<CloudError> {
  const here = await clouds(t);
  here.emulator.faults.inject({ service: serviceOf(which), method: METHODS[which], times: 2, effect: reply });
  const error = await errorOf(write(here, which));
  const code = String(error.details.code);
  assert.equal(here.arrived().length, TWICE.includes(code) ? 2 : 1, `${which} ${code}: ${here.arrived().join(', ')}`);
  return error;
}

function serviceOf(which: Write): 'dataStream' | 'easyQueue' {
  return which.startsWith('queue.') ? 'easyQueue' : 'dataStream';
}

for (const which of WRITES) {
  test(`${which}: what the user reads for each code`, async (t) => {
    const isQueue = serviceOf(which) === 'easyQueue';
    const codes = isQueue ? EASY_QUEUE_CODES[which] : DATA_STREAM_CODES[which];
    assert.ok(codes !== undefined && codes.length > 5);
    for (const code of codes) {
      const words = (isQueue ? EASY_QUEUE_WORDS : DATA_STREAM_WORDS)[code] ?? assert.fail(`no words for ${code}`);
      const error = await injected(t, which, { kind: 'reply', status: words.status, body: words.body });
      assert.equal(read(error), typeof words.text === 'string' ? words.text : words.text(which), `${which}, ${code}`);
      assert.equal(error.details.mayHaveArrived, words.isUnknown === true, `${which}, ${code}`);
      // The service's own words, and its code, are at hand.
      const { detail = '' } = problemOf(error) ?? {};
      assert.match(detail, /\bwhy\b/, `${which}, ${code}`);
      assert.ok(detail.includes(code), `${which}, ${code}: ${detail}`);
    }
  });

  test(`${which}: the same, where the cloud's own rules cause it`, async (t) => {
    const causes = (serviceOf(which) === 'easyQueue' ? EASY_QUEUE_CAUSES : DATA_STREAM_CAUSES)[which] ?? [];
    assert.ok(causes.length > 0);
    for (const { code, says, options, cause } of causes) {
      const here = await clouds(t, options);
      const { work, already } = await cause(here);
      const error = await errorOf(work());
      assert.equal(error.details.code, code, `${which}, ${code}: ${error.message}`);
      assert.equal(read(error), says, `${which}, ${code}`);
      assert.equal(here.arrived().length - already, TWICE.includes(code) ? 2 : 1, `${which}, ${code}`);
    }
  });

  test(`${which}: no answer, half an answer, somebody else's answer`, async (t) => {
    const cases: readonly (readonly [FaultEffect, kind: string, reason: string | undefined])[] = [
      [{ kind: 'close', when: 'before' }, 'network', 'reset'],
      [{ kind: 'close', when: 'after' }, 'network', 'reset'],
      [{ kind: 'garbage' }, 'network', undefined],
      // Waiting takes its time, so one write of each service has to do.
      ...(which.endsWith('createTopic') ? ([[{ kind: 'hang' }, 'timeout', undefined]] as const) : []),
      [{ kind: 'html' }, 'unavailable', 'notJson'],
      [{ kind: 'reply', status: 200, body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } }, 'unexpectedResponse', 'notJson'],
      // This one's answer is empty, so there is nothing to cut off.
      ...(which === 'deleteConnector' ? [] : ([[{ kind: 'truncate', bytes: 2 }, 'network', 'reset']] as const)),
    ];
    for (const [effect, kind, reason] of cases) {
      const here = await clouds(t);
      const given = await prepared(here, which);
      // The connection is open, and the token bought.
      await (serviceOf(which) === 'easyQueue' ? here.easyQueue.listTopics() : here.dataStream.listTopics());
      const already = here.arrived().length;
      here.emulator.faults.inject({ service: serviceOf(which), method: METHODS[which], effect });
      if (effect.kind === 'hang') here.patience.timeoutMs = 1_000;
      const error = await errorOf(write(here, which, given));
      assert.equal(error.kind, kind, `${which}, ${effect.kind}: ${error.message}`);
      if (reason !== undefined) assert.equal(error.details.reason, reason, `${which}, ${effect.kind}`);
      assert.equal(error.details.mayHaveArrived, true, `${which}, ${effect.kind}`);
      assert.equal(problemOf(error)?.hint, UNCERTAIN, `${which}, ${effect.kind}`);
      assert.equal(here.arrived().length - already, 1, `${which}, ${effect.kind}: asked more than once`);
    }
  });
}

test('a status without a code (datastream.md §6.1)', async (t) => {
  const expected: Readonly<Record<number, string>> = {
    400: 'The service says: Title: why | Check what was entered.',
    401: 'Signature refused. | Check the Access Key ID and the Secret Key of account "acme".',
    403: 'Account "acme" has no permission. | Ask the administrator for a role or policy that allows this.',
    404: 'Not found. | It may have been deleted meanwhile: refresh the list.',
    409: 'The service says: Title: why | Refresh, look at the present state and try again.',
    429: 'Too many requests in a short time. | Wait a moment and try again.',
    500: `The service says: Title: why | ${UNCERTAIN}`,
  };
  for (const which of WRITES.filter((name) => serviceOf(name) === 'dataStream')) {
    for (const [status, text] of Object.entries(expected)) {
      const body = JSON.stringify({ type: 'about:blank', title: 'Title', status: Number(status), instance: '/stream', detail: 'why' });
      const error = await injected(t, which, { kind: 'reply', status: Number(status), body });
      assert.equal(read(error), text, `${which}, ${status}`);
      assert.equal(error.details.mayHaveArrived, status === '500');
    }
  }
});

test('a create whose answer was lost did happen, and is there to be looked up', async (t) => {
  const here: Clouds = await clouds(t);
  here.emulator.faults.inject({ method: 'POST', service: 'dataStream', effect: { kind: 'close', when: 'after' } });
  here.emulator.faults.inject({ method: 'POST', service: 'easyQueue', effect: { kind: 'close', when: 'after' } });
  await errorOf(write(here, 'createTopic'));
  await errorOf(write(here, 'queue.createTopic'));
  assert.deepEqual((await here.dataStream.listTopics()).map(({ name }) => name), ['h4j6l-orders']);
  assert.equal((await here.easyQueue.listTopics()).topics.length, 1);
});

test('a User Access Key that is refused keeps every write from going out', async (t) => {
  const here = await clouds(t, { nhnSecret: 'wrong' });
  for (const which of WRITES.filter((name) => serviceOf(name) === 'easyQueue')) {
    const error = await errorOf(write(here, which));
    assert.equal(read(error), WRONG_USER_KEY);
    assert.equal(error.details.mayHaveArrived, false);
  }
  assert.deepEqual(here.arrived(), []);
});
