import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Refusal } from '../../../src/messages/refusal.ts';
import { askTarget, sendingAccount, sendingAccounts, type TargetDeps, topicByName } from '../../../src/messages/targets/targetChoice.ts';
import type { MessageClient } from '../../../src/messages/targets/topicLists.ts';
import type { Account, NaverAccount } from '../../../src/model/account.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import type { DataStreamTopic } from '../../../src/model/dataStream.ts';
import type { SendTarget } from '../../../src/sending/target.ts';
import { naverAccount, nhnAccount } from '../../support/accounts.ts';
import { type Answer, Script } from './script.ts';

function naver(name: string, change: Partial<NaverAccount> = {}): NaverAccount {
  return naverAccount({ id: `id-${name}`, name, ...change });
}

const NHN = nhnAccount();
const ACME = naver('acme');

function topic(name: string, change: Partial<DataStreamTopic> = {}): DataStreamTopic {
  return {
    id: `t-${name}`, name, description: undefined, partitions: 6, retentionMs: undefined, status: 'CREATED',
    tcpEndpoint: undefined, isPinned: undefined, createdAt: undefined, updatedAt: undefined, ...change,
  };
}

function targetOf(account: string, name: string): SendTarget {
  return { accountId: `id-${account}`, topicId: `t-${name}`, topicName: name };
}

interface World {
  readonly accounts: readonly Account[];
  readonly topics?: Readonly<Record<string, readonly DataStreamTopic[] | Error | 'never'>>;
  readonly answers?: readonly Answer[];
}

/** Scripted answers, and clouds that answer at once. */
function world({ accounts, topics = {}, answers = [] }: World) {
  const script = new Script(...answers);
  const listed: string[] = [];
  const asking: (AbortSignal | undefined)[] = [];
  const clientOf = (accountId: string): Promise<MessageClient> =>
    Promise.resolve({
      listTopics: (_query, signal) => {
        listed.push(accountId);
        asking.push(signal);
        const answer = topics[accountId] ?? [];
        if (answer === 'never') return new Promise(() => undefined);
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
    });
  const deps: TargetDeps = { accounts: () => accounts, clientOf, prompts: script };
  const ask = (recent: readonly SendTarget[] = [], key: string | undefined = 'uuid-1') => askTarget(deps, recent, key);
  const byName = (name: string, bound?: SendTarget) => topicByName(deps, name, bound, new AbortController().signal);
  return { deps, ask, byName, script, listed, asking };
}

describe('asking where to send', () => {
  it('asks for topic, key and partition of one message, and proposes the key it has', async () => {
    const { ask, script } = world({ accounts: [ACME], topics: { 'id-acme': [topic('p-orders'), topic('p-audit')] }, answers: [{ pick: 'p-audit' }, 'accept', 'accept'] });
    assert.deepEqual(await ask(), { target: targetOf('acme', 'p-audit'), key: undefined, partition: undefined });
    script.done();
    assert.deepEqual(script.asked, [
      '1/3 Topic the message goes to',
      '2/3 Key of the message · p-audit · acme (DEV)',
      '3/3 Partition, counted from 0 · p-audit · acme (DEV)',
    ]);
  });

  it('asks for the topic alone where there are many messages, or they say the rest themselves', async () => {
    const { deps, script } = world({ accounts: [ACME], topics: { 'id-acme': [topic('p-orders')] }, answers: ['accept'] });
    assert.deepEqual(await askTarget(deps, [], undefined), { target: targetOf('acme', 'p-orders'), key: undefined, partition: undefined });
    script.done();
  });

  it('stops asking an account that does not answer once the questions are answered', async () => {
    const { ask, asking } = world({
      accounts: [naver('dead'), ACME],
      topics: { 'id-acme': [topic('p-orders')], 'id-dead': 'never' },
      answers: [{ pick: 'p-orders' }, 'accept', { type: '' }],
    });
    await ask();
    assert.deepEqual(asking.map((signal) => signal?.aborted), [true, true]);
  });

  it('keeps what was answered when the user goes back', async () => {
    const { ask, script } = world({
      accounts: [ACME],
      topics: { 'id-acme': [topic('p-orders'), topic('p-audit')] },
      answers: [{ pick: 'p-audit' }, { type: 'key 1' }, 'back', 'back', 'accept', 'accept', { type: '5' }],
    });
    assert.deepEqual(await ask(), { target: targetOf('acme', 'p-audit'), key: 'key 1', partition: 5 });
    script.done();
  });

  it('refuses a partition the topic does not have', async () => {
    const { ask, script } = world({
      accounts: [ACME],
      topics: { 'id-acme': [topic('p-orders', { partitions: 3 })] },
      answers: ['accept', { type: '' }, { type: '3' }, { type: '-1' }, { type: '2' }],
    });
    assert.deepEqual(await ask(), { target: targetOf('acme', 'p-orders'), key: undefined, partition: 2 });
    assert.deepEqual(script.notes, Array.from({ length: 2 }, () => 'Topic "p-orders" has the partitions 0 to 2.'));
  });

  it('shows every account on its own: a dead one hides nobody, and one that may not send is not asked at all', async () => {
    const { ask, script, listed } = world({
      accounts: [naver('dead'), naver('main', { keyOwner: 'main' }), naver('locked', { lane: { stage: 'prod', access: 'read-only' } }), NHN, ACME, naver('empty'), naver('gov', { zone: 'government' })],
      topics: { 'id-acme': [topic('p-orders'), topic('p-new', { status: 'CREATING' })], 'id-dead': new CloudError('unauthorized', { reason: 'credentials', host: 'h.example' }) },
      answers: ['accept', 'accept', 'accept'],
    });
    await ask();
    assert.deepEqual([...listed].sort(), ['id-acme', 'id-dead', 'id-empty']);
    const rows = script.rows.map(({ label, heading, unavailable }) => [label, heading, unavailable === undefined ? 'yes' : 'no']);
    assert.deepEqual(rows, [
      ['p-orders', 'acme · DEV', 'yes'],
      ['p-new', undefined, 'no'],
      ['dead', 'Not available', 'no'],
      ['main', undefined, 'no'],
      ['locked', undefined, 'no'],
      ['empty', undefined, 'no'],
    ]);
    const why = Object.fromEntries(script.rows.map(({ label, unavailable }) => [label, unavailable ?? '']));
    assert.match(why['dead'] ?? '', /Secret Key/);
    assert.match(why['main'] ?? '', /main account/);
    assert.match(why['locked'] ?? '', /read-only/);
  });

  it('offers targets used before at once and first, unless the topic is gone', async () => {
    const { ask, script } = world({
      accounts: [ACME],
      topics: { 'id-acme': [topic('p-a'), topic('p-audit'), topic('p-orders')] },
      answers: ['accept', 'accept', 'accept'],
    });
    const { target } = await ask(['p-audit', 'p-gone', 'p-orders'].map((name) => targetOf('acme', name)));
    assert.equal(target.topicName, 'p-audit');
    assert.deepEqual(script.rows.map(({ label, heading }) => [label, heading]), [['p-audit', 'Recent'], ['p-orders', undefined], ['p-a', 'acme · DEV']]);
  });

  it('keeps a target used before where the topics cannot be listed: the key may send all the same', async () => {
    const { ask, script } = world({
      accounts: [ACME],
      topics: { 'id-acme': new CloudError('forbidden', { reason: 'role', host: 'h.example' }) },
      answers: ['accept', 'accept', 'accept'],
    });
    assert.equal((await ask([targetOf('acme', 'p-orders')])).target.topicName, 'p-orders');
    assert.deepEqual(script.rows.map(({ heading }) => heading), ['Recent', 'Not available']);
  });
});

describe('accounts that send', () => {
  it('are told once, with what helps, where there is none', () => {
    const cases: readonly (readonly [readonly Account[], RegExp, readonly string[]])[] = [
      [[], /no account/, ['addAccount']],
      [[NHN, NHN], /^EasyQueue has no API for sending/, ['copyKafkaCode', 'addAccount']],
      [[NHN, naver('gov', { zone: 'government' })], /public zone only/, ['addAccount']],
    ];
    for (const [accounts, expected, actions] of cases) {
      assert.throws(() => sendingAccounts(accounts), (error) => {
        assert.ok(error instanceof Refusal);
        assert.match(error.message, expected);
        assert.deepEqual(error.actions.map(({ kind }) => kind), actions);
        return true;
      });
    }
  });

  it('are refused with their lane, their key, or when they are gone', () => {
    const locked = naver('locked', { lane: { stage: 'prod', access: 'read-only' } });
    const main = naver('main', { keyOwner: 'main' });
    const all = [ACME, locked, main, NHN];
    assert.equal(sendingAccount(all, ACME.id), ACME);
    assert.throws(() => sendingAccount(all, locked.id), /read-only/);
    assert.throws(() => sendingAccount(all, main.id), /main account/);
    assert.throws(() => sendingAccount(all, 'nobody'), /removed/);
    assert.throws(() => sendingAccount(all, NHN.id), (error) => error instanceof Refusal && error.actions[0]?.kind === 'copyKafkaCode');
  });
});

describe('a topic that a document names', () => {
  it('is where the document went before, without a request', async () => {
    const { byName, listed } = world({ accounts: [ACME] });
    assert.deepEqual(await byName('p-orders', targetOf('acme', 'p-orders')), targetOf('acme', 'p-orders'));
    assert.deepEqual(listed, []);
  });

  it('is looked for in the account the document is bound to, and nowhere else where that has it', async () => {
    const { byName, listed } = world({ accounts: [naver('other'), ACME], topics: { 'id-acme': [topic('p-orders')], 'id-other': [topic('p-orders')] } });
    assert.deepEqual(await byName('p-orders', targetOf('acme', 'p-audit')), targetOf('acme', 'p-orders'));
    assert.deepEqual(listed, ['id-acme']);
  });

  it('is found in the only account that has it; one that does not answer well hides nobody', async () => {
    const { byName } = world({
      accounts: [naver('dead'), naver('locked', { lane: { stage: 'dev', access: 'read-only' } }), ACME],
      topics: { 'id-dead': new CloudError('network'), 'id-locked': [topic('p-orders')], 'id-acme': [topic('p-orders')] },
    });
    assert.deepEqual(await byName('p-orders'), targetOf('acme', 'p-orders'));
  });

  it('asks which account where several have it', async () => {
    const { byName, script } = world({
      accounts: [ACME, naver('other')],
      topics: { 'id-acme': [topic('p-orders')], 'id-other': [topic('p-orders')] },
      answers: [{ pick: 'other' }],
    });
    assert.deepEqual(await byName('p-orders'), targetOf('other', 'p-orders'));
    assert.deepEqual(script.asked, ['Several accounts have topic "p-orders". Which one?']);
  });

  it('is of another account than before only where somebody says so', async () => {
    const { byName, script } = world({
      accounts: [ACME, naver('other')],
      topics: { 'id-acme': [topic('p-audit')], 'id-other': [topic('p-orders')] },
      answers: [{ pick: 'other' }],
    });
    assert.deepEqual(await byName('p-orders', targetOf('acme', 'p-audit')), targetOf('other', 'p-orders'));
    assert.deepEqual(script.asked, ['The document went to another account before. Whose topic "p-orders"?']);
  });

  it('is not looked for elsewhere where the account it went to does not answer, nor called missing where nobody could be asked', async () => {
    const error = new CloudError('network', { host: 'h.example' });
    const { byName, listed } = world({ accounts: [ACME, naver('other')], topics: { 'id-acme': error, 'id-other': [topic('p-orders')] } });
    await assert.rejects(byName('p-orders', targetOf('acme', 'p-audit')), error);
    assert.deepEqual(listed, ['id-acme']);
    await assert.rejects(byName('p-none'), error);
  });

  it('is not told of as missing by somebody who called the search off', async () => {
    const { deps } = world({ accounts: [ACME], topics: { 'id-acme': new CancelledError() } });
    const controller = new AbortController();
    controller.abort();
    await assert.rejects(topicByName(deps, 'p-orders', undefined, controller.signal), CancelledError);
  });

  it('is a refusal where nobody has it', async () => {
    const { byName } = world({ accounts: [ACME], topics: { 'id-acme': [topic('p-audit')] } });
    await assert.rejects(byName('p-orders'), /No account that can send has topic "p-orders"/);
  });
});
