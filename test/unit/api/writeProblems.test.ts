import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import { FunctionsClient } from '../../../src/api/functions/client.ts';
import { startEmulator, type Emulator } from '../../../src/emulator/emulator.ts';
import type { FaultEffect } from '../../../src/emulator/faults.ts';
import type { CloudError } from '../../../src/model/cloudError.ts';
import { problemOf } from '../../../src/model/problem.ts';
import { DATA_STREAM_CAUSES, DATA_STREAM_CODES, DATA_STREAM_WORDS } from './problemsOfDataStream.ts';
import { EASY_QUEUE_CAUSES, EASY_QUEUE_CODES, EASY_QUEUE_WORDS, WRONG_USER_KEY } from './problemsOfEasyQueue.ts';
import { FUNCTIONS_CALLS, FUNCTIONS_CAUSES, FUNCTIONS_WORDS } from './problemsOfFunctions.ts';
import { connect, errorOf, naver } from './support.ts';
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

async function functions(t: TestContext): Promise<{ readonly emulator: Emulator; readonly client: FunctionsClient }> {
  const emulator = await startEmulator({ sampleData: 'none' });
  t.after(() => emulator.close());
  const { accessKeyId, secretKey, dataStream } = emulator.credentials.naver;
  const account = naver(dataStream, { lane: { stage: 'dev', access: 'full' } });
  const { connection } = connect(t, account, { keyId: accessKeyId, secret: secretKey });
  return { emulator, client: new FunctionsClient(connection, 'KR') };
}

/** The codes of the table itself (cloudfunctions.md §11), so that none is forgotten. */
const FUNCTIONS_CODES = [
  80000, 80002, 80005, 80011, 80031, 80100, 80101, 80102, 80103, 80104, 80105, 80106, 80109, 80300, 80301, 80302, 80303, 80304, 80305,
  80306, 80307, 80308, 80316, 80322, 80324, 80500, 80501, 80502, 80503, 80504, 80505, 80506, 80507, 80508, 80511, 80512, 80517, 80518,
  80519, 80520, 80521, 80700, 80710, 80711, 80730, 80731, 80740, 80750, 80751, 80752, 80900, 80901, 81311, 81312, 81313, 81314,
].map(String);

test('each code of Cloud Functions has words, and an operation that can give it', () => {
  assert.deepEqual(Object.keys(FUNCTIONS_WORDS).sort(), FUNCTIONS_CODES);
  const given = Object.values(FUNCTIONS_CALLS).flatMap(({ codes }) => codes.map(String));
  assert.deepEqual([...new Set(given)].sort(), FUNCTIONS_CODES);
  assert.equal(Object.keys(FUNCTIONS_CALLS).length, 21);
});

for (const [name, { method, run, codes }] of Object.entries(FUNCTIONS_CALLS)) {
  test(`${name} of Cloud Functions: what the user reads for each code`, async (t) => {
    const { emulator, client } = await functions(t);
    for (const code of codes.map(String)) {
      const { status, body, text, isUnknown } = FUNCTIONS_WORDS[code] ?? assert.fail(`no words for ${code}`);
      const already = emulator.log.length;
      emulator.faults.inject({ service: 'functions', method, effect: { kind: 'reply', status, body } });
      const error = await errorOf(run(client));
      assert.equal(read(error), text, `${name}, ${code}`);
      assert.equal(error.details.mayHaveArrived, isUnknown === true, `${name}, ${code}`);
      assert.equal(emulator.log.length - already, 1, `${name}, ${code}: asked more than once`);
      const { detail = '' } = problemOf(error) ?? {};
      assert.match(detail, new RegExp(`\\b${code}\\b.*\\bNAME: why$`), `${name}, ${code}`);
    }
  });
}

for (const { code, says, before, run } of FUNCTIONS_CAUSES) {
  test(`${code} of Cloud Functions, where the cloud's own rules cause it`, async (t) => {
    const { emulator, client } = await functions(t);
    await before?.(client, emulator);
    const error = await errorOf(run(client));
    assert.equal(error.details.code, String(code), error.message);
    assert.equal(read(error), says);
  });
}

test('tags in what Cloud Functions says are removed (cloudfunctions.md §11, 80031)', async (t) => {
  const { emulator, client } = await functions(t);
  const message = '<strong>Please try again in a few minutes.</strong><br>If the problem persists, contact support &amp; wait.';
  const body = JSON.stringify({ error: { errorCode: '80031', message, details: '' } });
  emulator.faults.inject({ service: 'functions', method: 'PUT', effect: { kind: 'reply', status: 400, body } });
  const error = await errorOf(client.putPackage({ name: 'shop', description: '', parameters: {} }));
  assert.equal(error.details.detail, 'Please try again in a few minutes. If the problem persists, contact support & wait.');
  // What only a service has to say may quote it, too.
  const quoted = JSON.stringify({ error: { errorCode: '80105', message: 'Field <b>description</b><br>is too long' } });
  emulator.faults.inject({ service: 'functions', method: 'PUT', effect: { kind: 'reply', status: 400, body: quoted } });
  const other = await errorOf(client.putPackage({ name: 'shop', description: '', parameters: {} }));
  assert.equal(read(other), 'A value of the package was refused. | Check what was entered. The service says: Field description is too long');
});

test('a failed run is a run: its record is the answer, in whatever status it comes (cloudfunctions.md §1.4)', async (t) => {
  const { emulator, client } = await functions(t);
  const response = { result: { error: 'boom' }, status: 'application error', success: false };
  const record = { activationId: 'e251b49a25094dcd91b49a25093dcdb0', duration: 3, response };
  for (const [status, answer] of [[200, { content: record }], [502, record], [500, { content: record }]] as const) {
    emulator.faults.inject({ service: 'functions', method: 'POST', effect: { kind: 'reply', status, body: JSON.stringify(answer) } });
    const { activationId, ended } = await client.runAction({ pkg: '-', name: 'resize' }, {}, 1_000);
    assert.equal(activationId, record.activationId);
    assert.deepEqual([ended?.isSuccess, ended?.status, ended?.result], [false, 'application error', { error: 'boom' }]);
  }
});

test('nobody knows whether an action ran where no answer came', async (t) => {
  const { emulator, client } = await functions(t);
  emulator.faults.inject({ service: 'functions', method: 'POST', effect: { kind: 'close', when: 'after' } });
  const error = await errorOf(client.fireTrigger('nightly', {}));
  assert.equal(problemOf(error)?.hint, 'It may or may not have run: look at the activations.');
});

test('a GitHub token that Cloud Functions repeats in a refusal is told to nobody', async (t) => {
  const { emulator, client } = await functions(t);
  const accessToken = 'CANARYghp0000000000000000000000000000000';
  const body = JSON.stringify({ error: { errorCode: '80507', message: 'Bad credential', details: `{"accessToken":"${accessToken}"}` } });
  emulator.faults.inject({ service: 'functions', method: 'PUT', effect: { kind: 'reply', status: 400, body } });
  const credential = { username: 'octo', accessToken, repository: 'octo/shop' };
  const source = { type: 'github', credential, events: ['push'], link: undefined } as const;
  const error = await errorOf(client.putTrigger({ name: 'pushed', description: '', parameters: {}, source }));
  assert.match(read(error), /^A value of the trigger was refused\. \| Check what was entered\. The service says: Bad credential/);
  assert.doesNotMatch(JSON.stringify([read(error), problemOf(error), error.message]), /CANARY|ghp000/);
});
