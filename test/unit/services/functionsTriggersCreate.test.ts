import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import type { TriggerSpec } from '../../../src/model/functions.ts';
import { createTriggerIn } from '../../../src/services/functions/triggers/createTrigger.ts';
import { typesAt } from '../../../src/services/functions/triggers/triggerTypes.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { naverAccount } from '../../support/accounts.ts';
import { triggersWorld } from './functionsTriggersWorld.ts';
import type { TriggerSetting } from './functionsTriggersWorld.ts';

const REST: readonly Answer[] = [{ type: '' }, { type: '' }, { pick: 'Create' }];
const LATER: Answer = { cancel: true };
const HOURLY: readonly Answer[] = [{ pick: 'Cron' }, { type: 'tick' }, { pick: 'Every hour' }, { type: '0 * * * *' }];
const GITHUB: readonly Answer[] = [
  { pick: 'GitHub' }, { type: 'pushed' }, { type: 'octocat' }, { type: 'ghp_CANARY' }, { type: 'shop/orders' }, { many: ['push', 'release'] },
  { type: 'hooks' }, { type: 'github' }, { type: 'real' },
];
const UPLOADS: readonly Answer[] = [{ pick: 'Object Storage' }, { type: 'uploaded' }, { type: 'orders' }, { type: 'uploads' }];

async function start(t: TestContext, answers: readonly Answer[], setting?: TriggerSetting) {
  const world = await triggersWorld(t, answers, setting);
  /** What was sent: the cloud tells no token and no flag of a webhook. */
  const specs: TriggerSpec[] = [];
  const put = world.client.putTrigger.bind(world.client);
  world.client.putTrigger = (spec, signal) => {
    specs.push(spec);
    return put(spec, signal);
  };
  const run = async (): Promise<string> => {
    const name = await createTriggerIn(world.place, world.deps);
    world.prompts.done();
    return name;
  };
  return { ...world, run, specs };
}

test('a schedule: the next five times are told while it is typed, in Korean time', async (t) => {
  const { run, prompts, scope, writes, said } = await start(t, [
    { pick: 'Cron' }, { refused: '-x', because: /cannot start with "-"/ }, { refused: 'notify', because: /"notify" is taken/ },
    { refused: 'on-push', because: /is taken/ }, { type: 'tick' },
    { pick: 'Every 5 minutes' }, { refused: '* * * *', because: /five fields/ }, { refused: '0 10 * * MON', because: /only numbers/ }, { type: ' */5  * * * * ' },
    { refused: 'é'.repeat(1501), because: /at most 3000 bytes/ }, { type: 'every five' },
    { refused: '[1]', because: /JSON object/ }, { type: '{"currency": "KRW", "big": 9007199254740993}' },
    { pick: 'Create' }, { many: [] },
  ]);
  assert.equal(await run(), 'tick');
  const note = prompts.notes.find(({ severity, message }) => severity === 'info' && message.startsWith('Next times'));
  assert.equal(note?.message, 'Next times in Korea: Sat, Nov 23, 12:35 · Sat, Nov 23, 12:40 · Sat, Nov 23, 12:45 · Sat, Nov 23, 12:50 · Sat, Nov 23, 12:55');
  assert.deepEqual(writes(), ['PUT triggers/tick?platform=vpc&type=cron']);
  const { spec, type } = scope().triggers.get('tick') ?? {};
  assert.equal(type, 'cron');
  assert.equal(spec?.cron, '*/5 * * * *');
  assert.equal(spec.description, 'every five');
  assert.match(JSON.stringify(spec.parameters, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)), /9007199254740993/);
  const review = prompts.asked.find(({ labels }) => labels[0] === 'Create');
  assert.match(review?.text ?? '', /Create trigger "tick" in account "acme" \(DEV\)\?/);
  assert.deepEqual(said, ['Trigger "tick" was created.']);
});

test('the usual schedules are made of a time and a day, and one that never comes is told', async (t) => {
  const { run, scope, prompts } = await start(t, [
    { pick: 'Cron' }, { type: 'weekly' }, { pick: 'Every week on…' }, { pick: 'Monday' }, { refused: '25:00', because: /a time such as 09:30/ }, { type: '１０:05' },
    { type: '5 10 * * 1' }, { type: '' }, { type: '' },
    { pick: 'Schedule' }, { pick: 'Every day at…' }, { type: '9:30' }, { type: '30 9 * * *' },
    { pick: 'Schedule' }, { pick: 'Another schedule…' }, { back: '0 0 31 2 *' }, { pick: 'Another schedule…' }, { type: '0 0 31 2 *' },
    { pick: 'Create' }, LATER,
  ]);
  await run();
  assert.equal(scope().triggers.get('weekly')?.spec.cron, '0 0 31 2 *');
  const schedules = prompts.asked.filter(({ text }) => text.startsWith('Minute, hour')).map(({ value }) => value);
  assert.deepEqual(schedules, ['5 10 * * 1', '30 9 * * *', '30 9 * * *', '0 0 31 2 *']);
  assert.ok(prompts.notes.some(({ severity, message }) => severity === 'warning' && message.includes('never fires')));
});

test('GitHub: the token is asked for in secret, sent, and shown and logged nowhere', async (t) => {
  const { run, prompts, emulator, scope, said, logged, requests, specs } = await start(t, [
    { pick: 'GitHub' }, { type: 'pushed' }, { refused: ' ', because: /Enter a text/ }, { type: 'octocat' },
    { refused: '', because: /Enter the token/ }, { refused: 'a b', because: /without blanks/ }, { type: 'ghp_CANARY' },
    { refused: 'https://github.com/shop/orders', because: /without an address/ }, { type: 'shop/orders' }, { many: ['*'] },
    { type: 'hooks' }, { type: 'github' }, { type: 'real' }, { type: '' }, { type: '' },
    { pick: 'Access token' }, { type: '' }, { pick: 'Create' }, LATER,
  ]);
  await run();
  assert.deepEqual(scope().triggers.get('pushed')?.spec.options, [{ key: 'events', value: '*' }]);
  assert.deepEqual(specs[0]?.source, {
    type: 'github', credential: { username: 'octocat', accessToken: 'ghp_CANARY', repository: 'shop/orders' }, events: ['*'],
    link: { product: 'hooks', apiName: 'github', stageName: 'real' },
  });
  const token = prompts.asked.filter(({ text }) => text.startsWith('Personal access token'));
  assert.ok(token.length > 0);
  assert.ok(token.every(({ isSecret, value }) => isSecret && value === undefined));
  const told = JSON.stringify([prompts.asked, prompts.notes, said, logged, requests.entries, emulator.log]);
  assert.ok(!told.includes('CANARY'));
});

test('in the government zone there are two types, and v2.0 takes them wrapped', async (t) => {
  const { run, prompts, writes, scope } = await start(t, [...GITHUB, ...REST, LATER], { zone: 'government', platform: 'classic' });
  await run();
  assert.deepEqual(prompts.asked[0]?.labels, ['Cron', 'GitHub']);
  assert.ok(prompts.asked.some(({ text }) => text.startsWith('Id of the API Gateway product')));
  assert.deepEqual(writes(), ['PUT triggers/pushed?type=github']);
  assert.equal(scope().triggers.get('pushed')?.type, 'github');
});

test('types by zone and region (cloudfunctions.md §7.9)', () => {
  const types = (zone: 'public' | 'financial' | 'government', region: 'KR' | 'SG' | 'JP') => typesAt({ account: naverAccount({ zone }), region });
  assert.equal(types('public', 'KR').types.length, 6);
  assert.deepEqual(types('public', 'SG').types, ['cron', 'github', 'insight', 'object_storage']);
  assert.deepEqual(types('public', 'JP').types, ['cron', 'github', 'insight', 'object_storage', 'secret_manager']);
  assert.deepEqual(types('government', 'KR').types, ['cron', 'github']);
  assert.deepEqual([types('financial', 'KR').types.length, types('financial', 'KR').isDocumented], [6, false]);
});

test('several rules: added, changed and taken away again', async (t) => {
  const { run, scope } = await start(t, [
    ...UPLOADS,
    { pick: 'Add a rule…' }, { type: 'logs' }, { type: 'rotated' },
    { pick: 'Add a rule…' }, { type: 'pictures' }, { back: 'half' }, { type: 'pictures' }, { type: 'added' },
    { pick: 'logs · rotated' }, { type: 'logs' }, { type: 'closed' },
    { pick: 'Go on with 3 rules' }, ...REST.slice(0, 2), { pick: 'Event rules' },
    { pick: 'Remove orders · uploads' }, { pick: 'Go on with 2 rules' }, { pick: 'Create' }, LATER,
  ]);
  await run();
  const values = scope().triggers.get('uploaded')?.spec.options.map(({ value }) => value);
  assert.deepEqual(values, ['logs', 'closed', 'pictures', 'added']);
});

test('the last rule that is needed leads to a new one when it is taken away', async (t) => {
  const { run, scope } = await start(t, [
    ...UPLOADS, { pick: 'Remove orders · uploads' }, { type: 'logs' }, { type: 'rotated' }, { pick: 'Go on with 1 rule' }, ...REST, LATER,
  ]);
  await run();
  assert.deepEqual(scope().triggers.get('uploaded')?.spec.options.map(({ value }) => value), ['logs', 'rotated']);
});

test('Cloud Insight needs no rule, and its reminder has bounds', async (t) => {
  const { run, scope, writes, specs } = await start(t, [
    { pick: 'Cloud Insight' }, { type: 'alarm' }, { pick: 'Go on without a rule' }, ...REST.slice(0, 2),
    { pick: 'Event rules' }, { pick: 'Add a rule…' }, { type: 'key-1' }, { type: 'group-1' },
    { refused: '4', because: /5 to 720/ }, { refused: '721', because: /5 to 720/ }, { refused: 'x', because: /5 to 720/ }, { type: '720' }, { pick: 'Yes' },
    { pick: 'Go on with 1 rule' }, { pick: 'Create' }, LATER,
  ]);
  await run();
  assert.deepEqual(writes(), ['PUT triggers/alarm?platform=vpc&type=insight']);
  assert.deepEqual(scope().triggers.get('alarm')?.spec.options.map(({ value }) => value), ['key-1', 'group-1']);
  assert.deepEqual(specs[0]?.source, {
    type: 'insight', rules: [{ prodKey: 'key-1', ruleGrpId: 'group-1', reminderTime: 720, enableNotiWhenEventClose: true }],
  });
});

test('SourceCommit and Secret Manager', async (t) => {
  const commits = await start(t, [
    { pick: 'SourceCommit' }, { type: 'committed' }, { type: 'orders' }, { type: 'build' }, { pick: 'No' }, { pick: 'Go on with 1 webhook' }, ...REST, LATER,
  ]);
  await commits.run();
  assert.deepEqual(commits.specs[0]?.source, { type: 'source_commit', webhooks: [{ repositoryName: 'orders', webhookName: 'build', enable: false }] });
  assert.deepEqual(commits.scope().triggers.get('committed')?.spec.options.map(({ value }) => value), ['orders', 'build']);
  const secret = await start(t, [{ pick: 'Secret Manager' }, { type: 'rotated' }, { type: 'database' }, ...REST, LATER]);
  await secret.run();
  assert.deepEqual(secret.scope().triggers.get('rotated')?.spec.options, [{ key: 'secretName', value: 'database' }]);
});

for (const [setup, answers, again, question] of [
  ['80711', [{ pick: 'Cloud Insight' }, { type: 'a' }, { pick: 'Add a rule…' }, { type: 'missing-key' }, { type: 'g' }, { type: '' }, { pick: 'No' }, { pick: 'Go on with 1 rule' }],
    [{ pick: 'missing-key · g' }, { type: 'key' }, { type: 'g' }, { type: '' }, { pick: 'No' }, { pick: 'Go on with 1 rule' }], /Which event rules/],
  ['80731', [{ pick: 'Object Storage' }, { type: 'a' }, { type: 'missing-bucket' }, { type: 'r' }, { pick: 'Go on with 1 rule' }],
    [{ pick: 'missing-bucket · r' }, { type: 'bucket' }, { type: 'r' }, { pick: 'Go on with 1 rule' }], /Which event rules/],
  ['80740', [{ pick: 'SourceCommit' }, { type: 'a' }, { type: 'r' }, { type: 'missing' }, { pick: 'Yes' }, { pick: 'Go on with 1 webhook' }],
    [{ pick: 'r · missing' }, { type: 'r' }, { type: 'hook' }, { pick: 'Yes' }, { pick: 'Go on with 1 webhook' }], /Which webhooks/],
  ['80751', [{ pick: 'Secret Manager' }, { type: 'a' }, { type: 'missing' }], [{ type: 'database' }], /Name of the secret/],
] as const) {
  test(`a refusal (${setup}) leads back to what it is about, with all answers kept`, async (t) => {
    const { run, prompts, writes } = await start(t, [...answers, { type: 'kept' }, { type: '' }, { pick: 'Create' }, ...again, { pick: 'Create' }, LATER]);
    assert.equal(await run(), 'a');
    const asked = prompts.asked.find(({ text }) => text.startsWith('Not created.'));
    assert.match(asked?.text ?? '', question);
    assert.equal(writes().length, 2);
  });
}

test('without a subscription the wizard says which, and stays open', async (t) => {
  const { run, prompts, emulator, writes } = await start(t, [...GITHUB, ...REST, { cancel: true }]);
  emulator.world.functions.unsubscribed.add('apiGateway');
  await assert.rejects(run(), CancelledError);
  assert.match(prompts.asked.at(-1)?.text ?? '', /^Not created\..*API Gateway/);
  assert.equal(writes().length, 1);
});

test('a secret that is being replaced leads back to the last step: it is worth another try', async (t) => {
  const { run, prompts, scope } = await start(t, [
    { pick: 'Secret Manager' }, { type: 'a' }, { type: 'rotating-one' }, ...REST, { pick: 'Secret' }, { type: 'database' }, { pick: 'Create' }, LATER,
  ]);
  await run();
  assert.ok(prompts.asked.some(({ text }) => /^Not created\..*just now\. Wait.* Create trigger "a"/.test(text)));
  assert.deepEqual(scope().triggers.get('a')?.spec.options, [{ key: 'secretName', value: 'database' }]);
});

test('one of that name that came meanwhile is not replaced, and its name is refused from then on', async (t) => {
  const world = await start(t, [...HOURLY, ...REST, { refused: 'tick', because: /"tick" is taken/ }, { type: 'tock' }, { pick: 'Create' }, LATER]);
  const { deps, place, emulator, scope, prompts, writes } = world;
  // After the names were read, before anything is sent.
  const progress: typeof deps.progress = (title, work) => {
    const options = [{ key: 'cronOption', value: '1 1 1 1 1' }];
    if (!scope().triggers.has('tick')) emulator.world.functions.addTrigger('vpc', 'tick', 'cron', { description: 'theirs', parameters: {}, options, cron: '1 1 1 1 1' });
    return deps.progress(title, work);
  };
  assert.equal(await createTriggerIn(place, { ...deps, progress }), 'tock');
  prompts.done();
  assert.equal(scope().triggers.get('tick')?.spec.description, 'theirs');
  assert.deepEqual(writes(), ['PUT triggers/tock?platform=vpc&type=cron']);
});

test('a name that an action has is refused by the service, and by the wizard from then on', async (t) => {
  const { run } = await start(t, [
    { pick: 'Cron' }, { type: 'hello-web' }, { pick: 'Every hour' }, { type: '0 * * * *' }, ...REST,
    { refused: 'hello-web', because: /"hello-web" is taken/ }, { type: 'tick' }, { pick: 'Create' }, LATER,
  ]);
  assert.equal(await run(), 'tick');
});

test('an answer that never came is looked up, and nothing is sent twice', async (t) => {
  const { run, emulator, said, writes } = await start(t, [...HOURLY, ...REST, LATER]);
  emulator.faults.inject({ method: 'PUT', effect: { kind: 'close', when: 'after' } });
  assert.equal(await run(), 'tick');
  assert.deepEqual(said, ['No answer came, but trigger "tick" exists now.']);
  assert.equal(writes().length, 1);

  const lost = await start(t, [...HOURLY, ...REST, { pick: 'Create' }, LATER]);
  lost.emulator.faults.inject({ method: 'PUT', effect: { kind: 'close', when: 'before' } });
  await lost.run();
  assert.match(lost.prompts.asked.at(-2)?.text ?? '', /^Not created\. No answer came, and there is no trigger "tick"\./);
  assert.equal(lost.writes().length, 2);
});

test('another type asks its own questions, with name and description kept', async (t) => {
  const { run, scope, prompts } = await start(t, [
    ...HOURLY, { type: 'kept' }, { type: '' }, { pick: 'Type' }, { pick: 'Secret Manager' }, { type: 'tick' }, { type: 'database' }, { type: 'kept' }, { type: '' },
    { pick: 'Create' }, LATER,
  ]);
  await run();
  assert.equal(scope().triggers.get('tick')?.type, 'secret_manager');
  assert.equal(prompts.asked.filter(({ text }) => text.startsWith('Name of the trigger')).at(-1)?.value, 'tick');
});

test('actions are linked right away', async (t) => {
  const { run, scope, said, writes } = await start(t, [...HOURLY, ...REST, { many: ['hello-web', 'notify/send-mail'] }]);
  await run();
  assert.deepEqual([...scope().triggers.get('tick')?.links ?? []], ['-/hello-web', 'notify/send-mail']);
  assert.deepEqual(said, ['Trigger "tick" was created.', '2 actions are linked to trigger "tick".']);
  assert.equal(writes().length, 3);
});

test('actions that cannot be read spoil nothing: the trigger is there', async (t) => {
  const { run, emulator, reports } = await start(t, [...HOURLY, ...REST]);
  emulator.faults.inject({ method: 'GET', path: /\/actions/, times: 99, effect: { kind: 'reply', status: 403, body: '{"error":{"errorCode":"80002","message":"SUB_ACC_NO_PERMISSION","details":""}}' } });
  assert.equal(await run(), 'tick');
  assert.deepEqual(reports.map(({ what }) => what), ['Reading the actions']);
});

test('closing a question creates nothing', async (t) => {
  const { run, writes } = await start(t, [...HOURLY, { cancel: true }]);
  await assert.rejects(run(), CancelledError);
  assert.deepEqual(writes(), []);
});
