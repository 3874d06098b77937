import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import type { Stage } from '../../../src/model/account.ts';
import { CancelledError } from '../../../src/model/cloudError.ts';
import type { DataStreamTopic } from '../../../src/model/dataStream.ts';
import { readFlushCount, readFlushMinutes, readPartitions } from '../../../src/services/datastream/answers.ts';
import { createTopic } from '../../../src/services/datastream/createTopic.ts';
import type { WithProgress } from '../../../src/services/writing.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { dataStreamWorld } from './dataStreamWorld.ts';

async function start(t: TestContext, answers: readonly Answer[], stage?: Stage) {
  const world = await dataStreamWorld(t, answers, stage);
  const run = async (): Promise<DataStreamTopic> => {
    const [prefix, topics] = await Promise.all([world.client.getTopicPrefix(), world.client.listTopics()]);
    const topic = await createTopic({ ...world, prefix, topics });
    world.prompts.done();
    return topic;
  };
  return { ...world, run };
}

/** A refusal as Data Stream writes it (datastream.md §6.2). */
function refusal(status: number, code: string, detail: string) {
  return { kind: 'reply', status, body: JSON.stringify({ status, code, detail }) } as const;
}

/** Enter on every question. */
const DEFAULTS: readonly Answer[] = [{ type: '1' }, { type: '1 d' }, { type: '' }];

test('asks in the units people use, says what becomes of it, and creates', async (t) => {
  const { run, prompts, titles, emulator } = await start(t, [
    { refused: '', because: /Enter a name/ },
    { refused: 'Orders', because: /lower-case/ },
    { refused: 'orders', because: /"h4j6l-orders" exists already/ },
    { refused: 'x'.repeat(195), because: /at most 200 characters; with the prefix this one has 201/ },
    { type: ' clicks ' },
    { refused: '0', because: /1 to 16/ }, { refused: '17', because: /1 to 16/ }, { refused: '1.5', because: /whole number/ },
    { type: '4' },
    { refused: 'soon', because: /such as 7 d or 1 d 12 h/ }, { refused: '59 min', because: /from 1 h to 15 d/ }, { refused: '361', because: /from 1 h to 15 d/ },
    { type: '36h' },
    { refused: 'y'.repeat(201), because: /at most 200 characters, this one has 201/ },
    { type: '클릭 😀' },
    { pick: 'Create' },
  ]);
  const topic = await run();
  assert.deepEqual([topic.name, topic.partitions, topic.retentionMs, topic.description, topic.status], ['h4j6l-clicks', 4, 129_600_000, '클릭 😀', 'CREATING']);
  assert.match(prompts.asked[0]?.text ?? '', /prefix "h4j6l-"\. 2 of 3 topics are used\./);
  const echoes = prompts.notes.filter(({ severity }) => severity === 'info').map(({ message }) => message);
  assert.deepEqual(echoes, ['The full name is "h4j6l-clicks".', 'Up to 4 MB/s in and 8 MB/s out', '= 129,600,000 ms']);
  assert.equal(prompts.asked.at(-1)?.text, 'Create topic "h4j6l-clicks" in account "acme" (DEV)?');
  assert.deepEqual(titles, ['Creating topic "h4j6l-clicks"…']);
  assert.equal(emulator.world.dataStream.topics().length, 3);
});

test('takes the name with its prefix, too', async (t) => {
  const { run } = await start(t, [{ type: 'h4j6l-clicks' }, ...DEFAULTS, { pick: 'Create' }]);
  assert.equal((await run()).name, 'h4j6l-clicks');
});

test('every answer can be changed at the end, and Back keeps what was typed', async (t) => {
  const { run, prompts } = await start(t, [
    { type: 'clicks' }, { back: '7' }, { type: 'views' }, { type: '7' }, { type: '2 d' }, { type: '' },
    { pick: 'Retention' }, { type: '3 d' }, { pick: 'Name' }, { type: 'pages' }, { pick: 'Create' },
  ]);
  const topic = await run();
  assert.deepEqual([topic.name, topic.partitions, topic.retentionMs], ['h4j6l-pages', 7, 259_200_000]);
  const [, , again, kept] = prompts.asked.map(({ value }) => value);
  assert.deepEqual([again, kept], ['clicks', '7']);
});

test('all topics used is said, but the word of the service decides', async (t) => {
  const { run, prompts, emulator, writes } = await start(t, [{ type: 'clicks' }, ...DEFAULTS, { pick: 'Create' }, { cancel: true }]);
  const { dataStream, now } = emulator.world;
  dataStream.add({ name: 'h4j6l-third', description: '', partitions: 1, retentionMs: 3_600_000, createdAt: now(), creatingMs: 0 });
  await assert.rejects(run(), CancelledError);
  assert.match(prompts.asked[0]?.text ?? '', /3 of 3 topics are used/);
  assert.match(prompts.notes.find(({ severity }) => severity === 'warning')?.message ?? '', /All topics of the account are used/);
  assert.deepEqual(writes(), ['POST topics']);
  assert.match(prompts.asked.at(-1)?.text ?? '', /^Not created\./);
});

for (const [code, step, question] of [
  ['DuplicateName', 'name', /^Not created\..*Name of the topic/], ['InvalidName', 'name', /^Not created\..*Name of the topic/],
  ['InvalidPartition', 'partitions', /^Not created\..*Number of partitions/], ['InvalidRetention', 'retention', /^Not created\..*How long messages are kept/],
  ['InvalidDescription', 'description', /^Not created\..*Description/],
] as const) {
  test(`a refusal (${code}) leads back to its step with all answers kept`, async (t) => {
    const again: Answer = { type: { name: 'views', partitions: '3', retention: '2 d', description: 'x' }[step] };
    const { run, prompts, emulator, writes } = await start(t, [
      { type: 'clicks' }, { type: '2' }, { type: '1 d' }, { type: 'kept' }, { pick: 'Create' }, again, { pick: 'Create' },
    ]);
    emulator.faults.inject({ method: 'POST', effect: refusal(400, code, 'no') });
    const topic = await run();
    assert.match(prompts.asked.at(-2)?.text ?? '', question);
    assert.equal(prompts.asked.at(-2)?.value, { name: 'clicks', partitions: '2', retention: '1 d', description: 'kept' }[step]);
    assert.equal(topic.description, step === 'description' ? 'x' : 'kept');
    assert.deepEqual(writes(), ['POST topics', 'POST topics']);
  });
}

test('a name that turned out to be taken is refused at once from then on', async (t) => {
  const { run, emulator } = await start(t, [
    { type: 'clicks' }, ...DEFAULTS, { pick: 'Create' }, { refused: 'clicks', because: /exists already/ }, { type: 'views' }, { pick: 'Create' },
  ]);
  emulator.faults.inject({ method: 'POST', effect: refusal(400, 'DuplicateName', 'The name already exists') });
  assert.equal((await run()).name, 'h4j6l-views');
});

test('a name that is being deleted is left to the service, and a raised limit is no warning about three', async (t) => {
  const { run, prompts, emulator } = await start(t, [{ type: 'orders' }, ...DEFAULTS, { pick: 'Create' }, { type: 'orders' }, { pick: 'Create' }, { type: 'views' }, { cancel: true }]);
  const { dataStream, now } = emulator.world;
  for (const name of ['h4j6l-a', 'h4j6l-b']) dataStream.add({ name, description: '', partitions: 1, retentionMs: 3_600_000, createdAt: now(), creatingMs: 0 });
  const orders = dataStream.byName('h4j6l-orders');
  assert.ok(orders);
  orders.goneAt = Number.MAX_SAFE_INTEGER;
  await assert.rejects(run(), CancelledError);
  assert.match(prompts.asked[0]?.text ?? '', /The account has 4 topics\./);
  assert.match(prompts.asked[5]?.text ?? '', /^Not created\./);
});

for (const code of ['LimitExceeded', 'InvalidParameter', 'InvalidState', 'InternalError']) {
  test(`a refusal that no answer is the cause of (${code}) leads to the last step`, async (t) => {
    const { run, prompts, emulator } = await start(t, [{ type: 'clicks' }, ...DEFAULTS, { pick: 'Create' }, { pick: 'Create' }]);
    emulator.faults.inject({ method: 'POST', effect: refusal(400, code, 'no') });
    await run();
    assert.match(prompts.asked.at(-1)?.text ?? '', /^Not created\. .* Create topic "h4j6l-clicks"/);
    assert.ok(prompts.asked.at(-1)?.labels.includes('Not created.'));
  });
}

test('an answer that never came is looked up: it exists now', async (t) => {
  const { run, emulator, said, writes } = await start(t, [{ type: 'clicks' }, ...DEFAULTS, { pick: 'Create' }]);
  emulator.faults.inject({ method: 'POST', effect: { kind: 'close', when: 'after' } });
  assert.equal((await run()).name, 'h4j6l-clicks');
  assert.deepEqual(said, ['No answer came, but topic "h4j6l-clicks" exists now.']);
  assert.deepEqual(writes(), ['POST topics']);
});

test('an answer that never came is looked up: it does not exist, and is created again only when asked for', async (t) => {
  const { run, prompts, emulator, said, writes } = await start(t, [{ type: 'clicks' }, ...DEFAULTS, { pick: 'Create' }, { cancel: true }]);
  emulator.faults.inject({ method: 'POST', effect: { kind: 'close', when: 'before' } });
  await assert.rejects(run(), CancelledError);
  assert.match(prompts.asked.at(-1)?.text ?? '', /No answer came, and topic "h4j6l-clicks" does not exist\./);
  assert.deepEqual(said, []);
  assert.deepEqual(writes(), ['POST topics']);
});

test('where looking fails too, nobody claims anything', async (t) => {
  const { run, prompts, emulator } = await start(t, [{ type: 'clicks' }, ...DEFAULTS, { pick: 'Create' }, { cancel: true }]);
  emulator.faults.inject({ method: 'POST', effect: { kind: 'close', when: 'after' } });
  emulator.faults.inject({ method: 'GET', skip: 3, times: 100, effect: { kind: 'close', when: 'before' } });
  await assert.rejects(run(), CancelledError);
  assert.match(prompts.asked.at(-1)?.text ?? '', /^It may or may not have been created\. The connection to \S+ broke off\. Create topic/);
});

test('closing the wizard creates nothing', async (t) => {
  const { run, writes } = await start(t, [{ type: 'clicks' }, ...DEFAULTS, { cancel: true }]);
  await assert.rejects(run(), CancelledError);
  assert.deepEqual(writes(), []);
});

for (const kind of ['leaving', 'new'] as const) {
  test(`an answer that never came: a topic that was there before is not the one that was asked for (${kind})`, async (t) => {
    const { run, prompts, emulator, said } = await start(t, [
      { type: kind === 'new' ? 'clicks' : 'orders' }, ...DEFAULTS, { pick: 'Create' }, { type: 'views' }, { pick: 'Create' },
    ]);
    const { dataStream, now } = emulator.world;
    const orders = dataStream.byName('h4j6l-orders');
    assert.ok(orders);
    // Makes room under the limit of three.
    const audit = dataStream.byName('h4j6l-audit');
    assert.ok(audit);
    audit.goneAt = 0;
    if (kind === 'leaving') orders.goneAt = Number.MAX_SAFE_INTEGER;
    // Made by somebody else between the list and the request: the list knows nothing of it.
    const at = prompts.at.bind(prompts);
    prompts.at = (place) => {
      if (kind === 'new' && dataStream.byName('h4j6l-clicks') === undefined) {
        dataStream.add({ name: 'h4j6l-clicks', description: '', partitions: 1, retentionMs: 3_600_000, createdAt: now(), creatingMs: 0 });
      }
      return at(place);
    };
    emulator.faults.inject({ method: 'POST', effect: { kind: 'close', when: 'before' } });
    assert.equal((await run()).name, 'h4j6l-views');
    const name = kind === 'new' ? 'h4j6l-clicks' : 'h4j6l-orders';
    const again = prompts.asked[5];
    assert.ok(again);
    assert.ok(again.text.startsWith(`Not created. Topic "${name}" exists, but it was there before. Name of the topic`), again.text);
    assert.equal(again.value, kind === 'new' ? 'clicks' : 'orders');
    assert.deepEqual(said, []);
  });
}

test('a topic that was made and is going already is none', async (t) => {
  const { run, prompts, emulator, client, said } = await start(t, [{ type: 'clicks' }, ...DEFAULTS, { pick: 'Create' }, { cancel: true }]);
  emulator.faults.inject({ method: 'POST', effect: { kind: 'close', when: 'after' } });
  const createTopic = client.createTopic.bind(client);
  client.createTopic = async (...args) => {
    try {
      return await createTopic(...args);
    } finally {
      const made = emulator.world.dataStream.byName('h4j6l-clicks');
      assert.ok(made);
      made.goneAt = Number.MAX_SAFE_INTEGER;
    }
  };
  await assert.rejects(run(), CancelledError);
  assert.match(prompts.asked.at(-1)?.text ?? '', /^Not created\. No answer came, and topic "h4j6l-clicks" does not exist\./);
  assert.deepEqual(said, []);
});

/** Ends the progress of the creation as soon as it was asked for. */
function callingOff({ client }: Awaited<ReturnType<typeof start>>): WithProgress {
  const controller = new AbortController();
  const createTopic = client.createTopic.bind(client);
  client.createTopic = (settings, signal) => {
    const answer = createTopic(settings, signal);
    controller.abort();
    return answer;
  };
  return (title, work) => work(title.startsWith('Creating') ? controller.signal : new AbortController().signal);
}

test('calling the request off looks what became of it, in words of its own', async (t) => {
  const never = await start(t, [{ type: 'clicks' }, ...DEFAULTS, { pick: 'Create' }, { cancel: true }]);
  never.emulator.faults.inject({ method: 'POST', effect: { kind: 'hang' } });
  const creation = { ...never, prefix: 'h4j6l-', topics: [] };
  await assert.rejects(createTopic({ ...creation, progress: callingOff(never) }), CancelledError);
  assert.match(never.prompts.asked.at(-1)?.text ?? '', /^Cancelled\. Topic "h4j6l-clicks" does not exist so far\. Create topic/);

  const late = await start(t, [{ type: 'clicks' }, ...DEFAULTS, { pick: 'Create' }]);
  const topic = await createTopic({
    ...late, prefix: 'h4j6l-', topics: [],
    progress: async (title, work) => {
      const done = await work(new AbortController().signal);
      if (title.startsWith('Creating')) throw new CancelledError();
      return done;
    },
  });
  assert.equal(topic.name, 'h4j6l-clicks');
  assert.deepEqual(late.said, ['Cancelled, but topic "h4j6l-clicks" exists now.']);
});

test('called off before anything was sent, and looking called off too', async (t) => {
  const early = await start(t, [{ type: 'clicks' }, ...DEFAULTS, { pick: 'Create' }, { cancel: true }]);
  await assert.rejects(createTopic({ ...early, prefix: 'h4j6l-', topics: [], progress: (_title, work) => work(AbortSignal.abort()) }), CancelledError);
  assert.match(early.prompts.asked.at(-1)?.text ?? '', /^Cancelled\. Nothing was sent\. Create topic/);
  assert.deepEqual(early.writes(), []);

  const twice = await start(t, [{ type: 'clicks' }, ...DEFAULTS, { pick: 'Create' }]);
  twice.emulator.faults.inject({ method: 'POST', effect: { kind: 'hang' } });
  const first = callingOff(twice);
  const both: WithProgress = (title, work) => (title.startsWith('Creating') ? first(title, work) : work(AbortSignal.abort()));
  await assert.rejects(createTopic({ ...twice, prefix: 'h4j6l-', topics: [], progress: both }), CancelledError);
  twice.prompts.done();
});

test('where it cannot be read what is there, nothing is sent, and nobody claims that it may have been', async (t) => {
  const { run, prompts, emulator, writes } = await start(t, [{ type: 'clicks' }, ...DEFAULTS, { pick: 'Create' }, { cancel: true }]);
  emulator.faults.inject({ method: 'GET', skip: 2, times: 100, effect: { kind: 'close', when: 'before' } });
  await assert.rejects(run(), CancelledError);
  assert.match(prompts.asked.at(-1)?.text ?? '', /^Not created\. The connection to \S+ broke off\./);
  assert.deepEqual(writes(), []);
});

test('failures are logged, and what is mended outside the wizard is offered beside it, with the answers kept', async (t) => {
  const { run, prompts, emulator, failures } = await start(t, [{ type: 'clicks' }, ...DEFAULTS, { pick: 'Create' }, { pick: 'Create' }, { pick: 'Create' }]);
  emulator.faults.inject({ method: 'POST', effect: refusal(400, 'LimitExceeded', 'no') });
  emulator.faults.inject({ method: 'POST', effect: { kind: 'reply', status: 401, body: '{"error":{"errorCode":"200","message":"Authentication Failed"}}' } });
  assert.equal((await run()).name, 'h4j6l-clicks');
  assert.deepEqual(failures.map(({ error, problem }) => [error.kind, problem?.remedies]), [
    ['quotaExceeded', undefined], ['unauthorized', ['editAccount', 'testAccount']],
  ]);
  assert.match(prompts.asked.at(-1)?.text ?? '', /^Not created\. Signature refused\./);
});

test('digits as wide as a letter are digits', () => {
  assert.deepEqual(
    [readPartitions('３'), readFlushMinutes('１０'), readFlushCount('２０，０００')], [{ value: 3 }, { value: 10 }, { value: 20_000 }],
  );
});
