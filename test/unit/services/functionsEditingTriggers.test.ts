import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { DocumentValue } from '../../../src/documents/documentType.ts';
import { CancelledError } from '../../../src/model/cloudError.ts';
import { problemOf, problemText } from '../../../src/model/problem.ts';
import { triggerResource } from '../../../src/services/functions/resources.ts';
import { editingWorld } from './functionsEditingWorld.ts';

type World = Awaited<ReturnType<typeof editingWorld>>;

const APPLY = { press: 'Apply' } as const;
const TOKEN = 'ghp_CANARY0123456789';

function triggerAt({ emulator }: World, name: string) {
  const trigger = emulator.world.functions.scope('vpc').triggers.get(name);
  assert.ok(trigger, name);
  return trigger;
}

function refOf({ place }: World, name: string) {
  return triggerResource(name, undefined, place).ref;
}

function told(outcome: unknown): string {
  const problem = problemOf(outcome);
  assert.ok(problem, String(outcome));
  return problemText(problem);
}

/** Answers the next looks at a trigger as a service that tells little (cloudfunctions.md §7.2). */
function tells({ emulator }: World, name: string, content: object): void {
  const body = JSON.stringify({ content: { name, actions: [], description: 'd', resourceId: 'r', ...content } });
  emulator.faults.inject({ service: 'functions', method: 'GET', path: new RegExp(`/triggers/${name}\\?`), times: 10, effect: { kind: 'reply', status: 200, body } });
}

test('a schedule is changed, and the plan says when it is due next, in Korea', async (t) => {
  const world = await editingWorld(t);
  const { values, save, edit } = await world.open(refOf(world, 'monday-report'));
  assert.deepEqual(values, { type: 'cron', description: '월요일 10시 · Mondays at ten', parameters: {}, cronOption: '0 10 * * 1' });
  const links = [...triggerAt(world, 'monday-report').links];
  const { outcome, asked } = await save({ ...values, cronOption: '30 9 * * 1-5', parameters: { report: 'weekly' } }, APPLY);
  assert.partialDeepStrictEqual(outcome, { kind: 'applied' }, String(outcome));
  assert.match(asked[0]?.text ?? '', /Schedule: 0 10 \* \* 1 → 30 9 \* \* 1-5, next Mon, Nov 23, 09:30 KST/);
  assert.partialDeepStrictEqual(triggerAt(world, 'monday-report').spec, { cron: '30 9 * * 1-5', parameters: { report: 'weekly' }, description: '월요일 10시 · Mondays at ten' });
  assert.deepEqual([...triggerAt(world, 'monday-report').links], links);
  assert.deepEqual(world.puts(), ['triggers/monday-report?platform=vpc&type=cron']);
  const words = edit.fields.find(({ name }) => name === 'cronOption')?.words?.('0 10 * * 1');
  assert.equal(words, 'next: Mon, Nov 23, 10:00 KST · Mon, Nov 30, 10:00 KST · Mon, Dec 7, 10:00 KST');
});

test('what is wrong with a trigger is said before anything is sent', async (t) => {
  const world = await editingWorld(t);
  const { values, save } = await world.open(refOf(world, 'monday-report'));
  const refusal = async (changes: Readonly<Record<string, DocumentValue>>): Promise<string> => told((await save({ ...values, ...changes })).outcome);
  assert.match(await refusal({ type: 'github' }), /The type of a trigger cannot be changed\.$/);
  assert.match(await refusal({ cronOption: '99 * * * *' }), /"99" \(minute\) is not right/);
  assert.match(await refusal({ cronOption: null }), /"cronOption" is missing, and the service does not return it\. Enter what fires this trigger\.$/);
  assert.match(await refusal({ events: ['push'] }), /A trigger of type "cron" has no "events"\.$/);
  assert.match(await refusal({ parameters: [1] }), /Parameters are a JSON object/);
  const upload = await world.open(refOf(world, 'on-upload'));
  const ofRules = async (rules: DocumentValue): Promise<string> => told((await upload.save({ ...upload.values, rules })).outcome);
  assert.match(await ofRules([]), /Write a list with at least one entry\.$/);
  assert.match(await ofRules([{ bucketName: 'a' }]), /"eventRuleName" is missing\.$/);
  assert.match(await ofRules([{ bucketName: 'a', eventRuleName: 'b' }, { bucketName: ' ', eventRuleName: 'b' }]), /Entry 2: "bucketName": Enter a text in quotation marks\.$/);
  assert.match(await ofRules([{ prodKey: 'a', ruleGrpId: 'b' }]), /A rule of a "object_storage" trigger takes bucketName, eventRuleName\.$/);
  const push = await world.open(refOf(world, 'on-push'));
  const ofEvents = async (events: DocumentValue): Promise<string> => told((await push.save({ ...push.values, events })).outcome);
  assert.match(await ofEvents(['*', 'push']), /"\*" stands for all events/);
  assert.match(await ofEvents(['push', 'push']), /The same event is listed twice\.$/);
  assert.match(await ofEvents(['pushed']), /No trigger can be fired by the event "pushed"\.$/);
  assert.deepEqual(world.puts(), []);
});

test('links of a trigger are changed', async (t) => {
  const world = await editingWorld(t);
  const { values, save } = await world.open(refOf(world, 'on-upload'));
  assert.deepEqual(values['rules'], [{ bucketName: 'demo-pictures', eventRuleName: 'uploaded' }]);
  await save({ ...values, rules: [{ bucketName: 'demo-pictures', eventRuleName: 'uploaded' }, { bucketName: 'more', eventRuleName: 'removed' }] }, APPLY);
  assert.deepEqual(triggerAt(world, 'on-upload').spec.options.map(({ value }) => value), ['demo-pictures', 'uploaded', 'more', 'removed']);
});

test('a GitHub trigger asks for its credential at saving; the token is in no document, plan or later question', async (t) => {
  const world = await editingWorld(t);
  const { values, save } = await world.open(refOf(world, 'on-push'));
  assert.deepEqual(values['events'], ['push', 'release']);
  const answers = [
    APPLY, { refused: ' ', because: /Enter a text/ }, { type: 'octocat' }, { refused: 'https://github.com/a/b', because: /without an address/ }, { type: 'shop/web' },
    { refused: '', because: /Enter the token/ }, { type: TOKEN },
  ];
  const { outcome, asked } = await save({ ...values, events: ['*'] }, ...answers);
  assert.partialDeepStrictEqual(outcome, { kind: 'applied' }, String(outcome));
  assert.match(asked[0]?.text ?? '', /asks for the GitHub user name, the repository and an access token with every change/);
  assert.deepEqual(asked.filter(({ isSecret }) => isSecret).length, 2);
  assert.deepEqual(triggerAt(world, 'on-push').spec.options, [{ key: 'events', value: '*' }]);
  const again = await save({ ...values, events: ['push'] }, { press: 'Overwrite' }, APPLY, { type: 'octocat' }, { type: 'shop/web' }, { type: TOKEN });
  assert.deepEqual(again.asked.slice(2).map(({ value }) => value), ['octocat', 'shop/web', undefined], 'all but the token is there again');
  assert.ok(!JSON.stringify([outcome, asked, again, await (await world.open(refOf(world, 'on-push'))).type.view(refOf(world, 'on-push'))]).includes('CANARY'));
});

test('closing a question of the credential sends nothing', async (t) => {
  const world = await editingWorld(t);
  const { values, save } = await world.open(refOf(world, 'on-push'));
  const { outcome } = await save({ ...values, events: ['star'] }, APPLY, { type: 'octocat' }, { cancel: true });
  assert.ok(outcome instanceof CancelledError, String(outcome));
  assert.deepEqual(world.puts(), []);
});

test('what was changed elsewhere while the credential was typed is not overwritten', async (t) => {
  const world = await editingWorld(t);
  const { values, save } = await world.open(refOf(world, 'on-push'));
  const get = world.client.getTrigger.bind(world.client);
  let reads = 0;
  world.client.getTrigger = async (...args) => {
    reads += 1;
    // The first look is before the plan, the second before the questions.
    if (reads === 3) triggerAt(world, 'on-push').spec = { ...triggerAt(world, 'on-push').spec, description: 'theirs' };
    return get(...args);
  };
  const { outcome } = await save({ ...values, events: ['star'] }, APPLY, { type: 'octocat' }, { type: 'shop/web' }, { type: TOKEN });
  assert.equal(told(outcome), 'Trigger "on-push" was changed elsewhere while you were confirming. Nothing was sent. Save again to compare both.');
  assert.deepEqual(world.puts(), []);
});

test('what the service does not tell has to be written, and what may be lost is said', async (t) => {
  const world = await editingWorld(t);
  tells(world, 'alarm', { type: 'insight' });
  const { values, save } = await world.open(refOf(world, 'alarm'));
  assert.deepEqual(values, { type: 'insight', description: 'd' });
  assert.match(told((await save({ ...values, description: 'e' })).outcome), /"rules" is missing, and the service does not return it/);
  const { asked } = await save({ ...values, rules: [{ prodKey: 'p', ruleGrpId: 'g' }] }, { cancel: true });
  const plan = asked[0]?.text ?? '';
  assert.match(plan, /Event rules: \[\{"prodKey":"p","ruleGrpId":"g"\}\] \(the service did not return what it was\)/);
  assert.match(plan, /The service does not tell the parameters of this trigger: those it has may be lost unless you write them here\./);
  assert.match(plan, /The reminder and close notice of a rule are reset to the default of the service unless you enter them here\./);
  const whole = await save({ ...values, parameters: {}, rules: [{ prodKey: 'p', ruleGrpId: 'g', reminderTime: 5, enableNotiWhenEventClose: false }] }, { cancel: true });
  assert.doesNotMatch(whole.asked[0]?.text ?? '', /may be lost|go back to/);
});

test('a webhook that is not told to be on is said to be switched on', async (t) => {
  const world = await editingWorld(t);
  tells(world, 'commits', { type: 'source_commit', parameters: {}, execOption: [{ key: 'repositoryName', value: 'shop' }, { key: 'webhookName', value: 'w' }] });
  const { values, save } = await world.open(refOf(world, 'commits'));
  assert.deepEqual(values['webhooks'], [{ repositoryName: 'shop', webhookName: 'w' }]);
  const { asked } = await save({ ...values, description: 'e' }, { cancel: true });
  assert.match(asked[0]?.text ?? '', /A webhook without "enable" is switched on\./);
});

test('a trigger that only the console can make can only be changed there', async (t) => {
  const world = await editingWorld(t);
  tells(world, 'gateway', { type: 'api_gateway' });
  const { values, save } = await world.open(refOf(world, 'gateway'));
  assert.match(told((await save({ ...values, description: 'e' })).outcome), /Triggers of this type can only be changed in the NAVER Cloud console\.$/);
  assert.deepEqual(world.puts(), []);
});

test('an access token can be replaced though nothing else changes', async (t) => {
  const world = await editingWorld(t);
  const { values, save } = await world.open(refOf(world, 'on-push'));
  const closed = await save(values, { cancel: true });
  assert.deepEqual([closed.outcome, world.puts()], [{ kind: 'unchanged' }, []]);
  const credential = [{ type: 'octocat' }, { type: 'shop/web' }, { type: TOKEN }] as const;
  const { outcome, asked } = await save(values, { press: 'Replace Access Token…' }, ...credential);
  assert.partialDeepStrictEqual(outcome, { kind: 'applied', values });
  assert.match(asked[0]?.text ?? '', /^Replace the access token of trigger "on-push"\?/);
  assert.equal(world.puts().length, 1);
  assert.ok(!JSON.stringify([outcome, asked]).includes('CANARY'));
  // Nobody is asked for a token over what somebody else did meanwhile, unseen.
  triggerAt(world, 'on-push').spec = { ...triggerAt(world, 'on-push').spec, description: 'theirs' };
  assert.partialDeepStrictEqual((await save(values, { press: 'Replace Access Token…' }, ...credential)).outcome, { values: { description: 'theirs' } });
  const schedule = await world.open(refOf(world, 'monday-report'));
  assert.deepEqual((await schedule.save(schedule.values)).outcome, { kind: 'unchanged' });
});

test('nothing is asked of an account that may not change it', async (t) => {
  const world = await editingWorld(t, { lane: { stage: 'prod', access: 'read-only' } });
  const { values, save } = await world.open(refOf(world, 'on-push'));
  assert.deepEqual((await save(values)).outcome, { kind: 'unchanged' });
});
