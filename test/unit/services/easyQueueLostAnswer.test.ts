import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import type { WithProgress } from '../../../src/services/writing.ts';
import { until } from '../api/support.ts';
import { CREATE, PROPOSED, wizard } from './easyQueueWizard.ts';
import { requests } from './easyQueueWorld.ts';

test('an answer that never came is looked up: it exists now', async (t) => {
  const { world, prompts, said, run } = await wizard(t, [{ type: 'billing' }, ...PROPOSED, CREATE], ({ emulator }) => {
    emulator.faults.inject({ service: 'easyQueue', method: 'POST', effect: { kind: 'close', when: 'after' } });
  });
  assert.match((await run()).fullName, /\.billing$/);
  prompts.done();
  assert.deepEqual(said, ['No answer came, but topic "billing" exists now.']);
  assert.equal(requests(world, 'createTopic'), 1);
});

test('an answer that never came is looked up: it does not exist, and nothing is repeated unless the user says so', async (t) => {
  const { world, prompts, said, run } = await wizard(t, [{ type: 'billing' }, ...PROPOSED, CREATE, CREATE], ({ emulator }) => {
    emulator.faults.inject({ service: 'easyQueue', method: 'POST', effect: { kind: 'close', when: 'before' } });
  });
  await run();
  prompts.done();
  assert.equal(prompts.asked.at(-1)?.text, 'Not created. No answer came, and topic "billing" does not exist. Create topic "billing" in account "shop" (DEV)?');
  assert.deepEqual(said, ['Topic "billing" was created.']);
  // The request that was cut off before it was carried out is in no log.
  assert.equal(requests(world, 'createTopic'), 1);
});

for (const known of ['in the list', 'newer than the list'] as const) {
  test(`an answer that never came: a topic that was there before is not the one that was asked for (${known})`, async (t) => {
    const { world, prompts, said, run } = await wizard(
      t, [{ type: 'orders' }, ...PROPOSED, CREATE, { type: 'orders-2' }, CREATE],
      ({ emulator }) => { emulator.faults.inject({ service: 'easyQueue', method: 'POST', effect: { kind: 'close', when: 'before' } }); },
    );
    const topic = await run(known === 'in the list' ? undefined : []);
    assert.match(topic.fullName, /\.orders-2$/);
    prompts.done();
    assert.match(prompts.asked[7]?.text ?? '', /^Not created\. Topic "orders" exists, but it was there before\. Name of the topic/);
    assert.equal(prompts.asked[7]?.value, 'orders');
    assert.deepEqual(said, ['Topic "orders-2" was created.']);
    assert.equal(requests(world, 'createTopic'), 1);
  });
}

test('an answer that never came: a topic that is being deleted does not count as created', async (t) => {
  const { world, prompts, said, run } = await wizard(t, [{ type: 'billing' }, ...PROPOSED, CREATE, { cancel: true }], ({ emulator, client }) => {
    emulator.faults.inject({ service: 'easyQueue', method: 'POST', effect: { kind: 'close', when: 'after' } });
    const createTopic = client.createTopic.bind(client);
    client.createTopic = (...args) => createTopic(...args).finally(() => emulator.world.easyQueue.remove(emulator.world.easyQueue.get('billing')));
  });
  await assert.rejects(run(), CancelledError);
  assert.equal(world.emulator.world.easyQueue.find('billing')?.status, 'DELETING');
  assert.match(prompts.asked.at(-1)?.text ?? '', /^Not created\. No answer came, and topic "billing" does not exist\./);
  assert.deepEqual(said, []);
});

test('calling off the request: what it did is looked up, and the answers stay', async (t) => {
  const controllers = new Map<string, AbortController>();
  const progress: WithProgress = (title, work) => {
    const controller = new AbortController();
    controllers.set(title, controller);
    return work(controller.signal);
  };
  const { prompts, said, run } = await wizard(
    t,
    [{ type: 'never' }, ...PROPOSED, CREATE, { pick: 'Name' }, { type: 'late' }, CREATE],
    ({ emulator, client }) => {
      const createTopic = client.createTopic.bind(client);
      client.createTopic = (topic, signal) => {
        emulator.faults.clear();
        const effect = topic.name === 'never' ? { kind: 'hang' } as const : { kind: 'delay', ms: 60_000 } as const;
        emulator.faults.inject({ service: 'easyQueue', method: 'POST', path: /topics/, effect });
        const answer = createTopic(topic, signal);
        const isTime = (): boolean => topic.name === 'never' || emulator.world.easyQueue.find(topic.name) !== undefined;
        void until(isTime).then(() => controllers.get(`Creating topic "${topic.name}"…`)?.abort());
        return answer;
      };
    },
    progress,
  );
  assert.match((await run()).fullName, /\.late$/);
  prompts.done();
  assert.equal(prompts.asked[7]?.text, 'Cancelled. Topic "never" does not exist so far. Create topic "never" in account "shop" (DEV)?');
  assert.deepEqual(said, ['Cancelled, but topic "late" exists now.']);
});
