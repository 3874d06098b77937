import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import { createFormatter } from '../../../src/model/format.ts';
import { createTopic } from '../../../src/services/easyqueue/createTopic.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import { CREATE, PROPOSED, untilItEnds, wizard } from './easyQueueWizard.ts';
import { addTopic, refuseNext, requests } from './easyQueueWorld.ts';
import type { EasyQueueWorld } from './easyQueueWorld.ts';

const GIBIBYTE = 1_073_741_824n;

test('creates a topic from what is typed, in the units of people', async (t) => {
  const { world, prompts, said, run } = await wizard(t, [
    { type: 'billing' }, { type: '5' }, { type: '1 d 12 h' }, { type: '1.5 GiB' }, { type: '64' }, { type: '청구서' }, CREATE,
  ]);
  const topic = await run();
  prompts.done();
  const { appKey } = world.appKey;
  assert.equal(topic.fullName, `${appKey}.billing`);
  assert.deepEqual(
    [topic.partitionCount, topic.retentionMs, topic.retentionBytes, topic.maxMessageBytes, topic.description],
    [5, 36 * 3_600_000, GIBIBYTE * 3n / 2n, 65_536, '청구서'],
  );
  assert.deepEqual(said, ['Topic "billing" was created.']);
  assert.deepEqual(prompts.notes.map(({ severity, message }) => `${severity}: ${message}`), [
    `info: The full name is "${appKey}.billing".`,
    'info: Messages are kept for 1 d 12 h.',
    'info: Up to 7.5 GiB in all partitions together.',
    'info: Messages of up to 64 KiB.',
  ]);
});

test('proposes values, says the prefix and the quotas, and shows all answers before anything is created', async (t) => {
  const { world, prompts, run } = await wizard(t, [{ type: 'billing' }, ...PROPOSED, { cancel: true }]);
  await assert.rejects(run(), CancelledError);
  const { appKey } = world.appKey;
  assert.deepEqual(prompts.asked.map(({ text, value }) => [text, value]), [
    [`Name of the topic, without or with its prefix "${appKey}.". 8 of 10 topics are used.`, ''],
    ['Number of partitions, 1 to 16. They can be added later, but never taken away. 45 of 64 partitions are used.', '3'],
    ['How long messages are kept, 1 h to 14 d.', '7 d'],
    ['How much each partition keeps, 1 GiB to 25 GiB.', '5 GiB'],
    ['Largest message with key and headers, 1 KiB to 256 KiB.', '256 KiB'],
    ['Description, at most 255 characters. It can stay empty.', ''],
    ['Create topic "billing" in account "shop" (DEV)?', undefined],
  ]);
  assert.deepEqual(prompts.asked.at(-1)?.labels, [
    'Create', 'Name', 'Partitions', 'Retention', 'Retention per partition', 'Largest message', 'Description',
  ]);
  assert.equal(requests(world, 'createTopic'), 0);
});

test('takes the topics of the list where it has them all, and asks the cloud where it has not', async (t) => {
  const { world, run } = await wizard(t, [{ cancel: true }, { cancel: true }]);
  await assert.rejects(run([]), CancelledError);
  assert.equal(requests(world, 'listTopics'), 0);
  await assert.rejects(run(undefined), CancelledError);
  assert.equal(requests(world, 'listTopics'), 1);
});

test('refuses what the documents rule out, while it is typed', async (t) => {
  const { prompts, run } = await wizard(t, [
    { refused: '', because: /^Enter a name\.$/ },
    { refused: 'a.b', because: /only the letters A to Z, digits and "-"/ },
    { refused: 'x'.repeat(51), because: /at most 50 characters/ },
    { type: 'x'.repeat(50) },
    { refused: '0', because: /1 to 16 partitions/ },
    { refused: '17', because: /1 to 16 partitions/ },
    { refused: '1.5', because: /1 to 16 partitions/ },
    { type: '16' },
    { refused: 'soon', because: /Enter a time such as 14 d or 1 d 12 h/ },
    { refused: '59 min', because: /kept from 1 h to 14 d/ },
    { refused: '15 d', because: /kept from 1 h to 14 d/ },
    { type: '336' },
    { refused: 'much', because: /Enter a size such as 25 GiB/ },
    { refused: '1023 MiB', because: /can keep 1 GiB to 25 GiB/ },
    { refused: '26', because: /can keep 1 GiB to 25 GiB/ },
    { type: '25' },
    { refused: '1023 B', because: /can be 1 KiB to 256 KiB/ },
    { refused: '257', because: /can be 1 KiB to 256 KiB/ },
    { type: '1' },
    { refused: '가'.repeat(256), because: /at most 255 characters/ },
    { type: '가'.repeat(255) },
    CREATE,
  ]);
  const topic = await run();
  prompts.done();
  assert.deepEqual(
    [topic.partitionCount, topic.retentionMs, topic.retentionBytes, topic.maxMessageBytes], [16, 1_209_600_000, 25n * GIBIBYTE, 1024],
  );
});

test('takes the app key off a full name', async (t) => {
  const { world, run, prompts } = await wizard(t, [{ cancel: true }]);
  await assert.rejects(run(), CancelledError);
  const other = new ScriptedPrompts({ type: `${world.appKey.appKey}.billing` }, ...PROPOSED, CREATE);
  const { client, account, appKey } = world;
  const topic = await createTopic({
    client, account, appKey, prompts: other, known: [], progress: untilItEnds, reading: untilItEnds, format: createFormatter('en'), say: () => undefined,
    onFailure: () => undefined,
  });
  assert.equal(topic.fullName, `${appKey.appKey}.billing`);
  prompts.done();
});

test('changes an answer from the last step, and keeps what was typed when the user goes back', async (t) => {
  const { prompts, run } = await wizard(t, [
    { type: 'billing' }, { back: '7' }, { type: 'invoices' }, ...PROPOSED, { pick: 'Partitions' }, { type: '2' }, CREATE,
  ]);
  const topic = await run();
  prompts.done();
  assert.equal(topic.partitionCount, 2);
  assert.match(topic.fullName, /\.invoices$/);
  const partitions = prompts.asked.filter(({ text }) => text.startsWith('Number of partitions'));
  assert.deepEqual(partitions.map(({ value }) => value), ['3', '7', '3']);
});

test('a name that is taken: said from the list, and refused by the service, back at the name (4000100)', async (t) => {
  const { world, prompts, said, run } = await wizard(t, [{ type: 'orders' }, ...PROPOSED, CREATE, { type: 'orders-2' }, CREATE]);
  const topic = await run();
  prompts.done();
  assert.match(topic.fullName, /\.orders-2$/);
  assert.deepEqual(prompts.notes[0], { severity: 'warning', message: 'Topic "orders" exists already.' });
  const again = prompts.asked[7];
  assert.equal(again?.value, 'orders');
  assert.match(again.text, /^Not created\. The name is taken already\. Choose another name\. Name of the topic,/);
  assert.deepEqual(prompts.asked.slice(8).map(({ text }) => text), ['Create topic "orders-2" in account "shop" (DEV)?']);
  assert.equal(requests(world, 'createTopic'), 2);
  assert.deepEqual(said, ['Topic "orders-2" was created.']);
});

test('no topic left: said at once, and refused at the last step with all answers kept (4000400)', async (t) => {
  const fill = (world: EasyQueueWorld): void => ['nine', 'ten'].forEach((name) => addTopic(world, name));
  const { prompts, run, world } = await wizard(t, [{ type: 'eleven' }, ...PROPOSED, CREATE, { cancel: true }], fill);
  await assert.rejects(run(), CancelledError);
  assert.match(prompts.asked[0]?.text ?? '', /All 10 topics of the project are used: the service may refuse another one\.$/);
  assert.equal(prompts.notes[0]?.severity, 'warning');
  assert.match(prompts.asked.at(-1)?.text ?? '', /^Not created\. The project has all the 10 topics it may have\..* Create topic "eleven" in account "shop" \(DEV\)\?$/);
  assert.equal(requests(world, 'createTopic'), 1);
});

test('too many partitions for one topic: back at their number (4000401)', async (t) => {
  const { prompts, run } = await wizard(
    t, [{ type: 'billing' }, ...PROPOSED, CREATE, { type: '2' }, CREATE], (world) => refuseNext(world, 'POST', 4000401, 'Topic partition quota exceeded.'),
  );
  assert.equal((await run()).partitionCount, 2);
  prompts.done();
  assert.match(prompts.asked[7]?.text ?? '', /^Not created\. A topic may not have so many partitions\. It may have 16 at most\. Number of partitions/);
});

test('too few partitions left in the project: said when the number is typed, and back at it (4000402)', async (t) => {
  const { prompts, run } = await wizard(
    t, [{ type: 'billing' }, { type: '16' }, ...PROPOSED.slice(1), CREATE, { type: '9' }, CREATE], (world) => addTopic(world, 'wide', 10),
  );
  assert.equal((await run()).partitionCount, 9);
  prompts.done();
  assert.deepEqual(prompts.notes[1], { severity: 'warning', message: '55 of 64 partitions are used: the service may refuse 16 more.' });
  assert.match(prompts.asked[7]?.text ?? '', /^Not created\. The project has not enough partitions left.* Number of partitions/);
  assert.equal(prompts.asked[7]?.value, '16');
});

test('proposes no more partitions than there are left', async (t) => {
  const fill = (world: EasyQueueWorld): void => {
    addTopic(world, 'wide', 16);
    addTopic(world, 'narrow', 1);
  };
  const { prompts, run } = await wizard(t, [{ type: 'billing' }, { cancel: true }], fill);
  await assert.rejects(run(), CancelledError);
  assert.equal(prompts.asked[1]?.value, '2');
});

test('no permission: said at the last step, with all answers kept (4030000)', async (t) => {
  const { prompts, failures, run } = await wizard(
    t, [{ type: 'billing' }, ...PROPOSED, CREATE, { cancel: true }], ({ emulator }) => { emulator.world.nhnRole = 'VIEWER'; },
  );
  await assert.rejects(run(), CancelledError);
  assert.deepEqual(failures.map((problem) => problem?.remedies), [['testAccount', 'editAccount']]);
  assert.match(prompts.asked.at(-1)?.text ?? '', /^Not created\. Account "shop" has no permission\./);
});

for (const [code, message, words] of [
  [4040200, 'Cluster not found.', 'The Kafka cluster of the app key was not found.'],
  [4040400, 'AppKey not found.', 'The app key was not found.'],
  [5000000, 'Internal API fail.', 'The service had an internal error. It says: Internal API fail. Topic "billing" does not exist.'],
  [5000100, 'Topic create fail.', 'The service could not create it. It says: Topic create fail. Topic "billing" does not exist.'],
] as const) {
  test(`a refusal or a breakdown is told at the last step, with all answers kept (${String(code)})`, async (t) => {
    const { world, prompts, run } = await wizard(
      t, [{ type: 'billing' }, ...PROPOSED, CREATE, { cancel: true }], (of) => refuseNext(of, 'POST', code, message),
    );
    await assert.rejects(run(), CancelledError);
    assert.ok(prompts.asked.at(-1)?.text.startsWith(`Not created. ${words}`), prompts.asked.at(-1)?.text);
    assert.match(prompts.asked.at(-1)?.text ?? '', /Create topic "billing" in account "shop" \(DEV\)\?$/);
    // A second request would have made it.
    assert.equal(world.emulator.world.easyQueue.find('billing'), undefined);
  });
}
