import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { prepareSend, type SendPreparation, CannotPrepare } from '../../../src/messages/sendDocument.ts';
import { UnsendableText } from '../../../src/messages/messageFromText.ts';
import { TargetMemory } from '../../../src/messages/targetMemory.ts';
import type { NoText, TextSource } from '../../../src/messages/textSource.ts';
import type { MessageClient } from '../../../src/messages/topicLists.ts';
import type { Account, NaverAccount } from '../../../src/model/account.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import type { DataStreamTopic } from '../../../src/model/dataStream.ts';
import { createFormatter } from '../../../src/model/format.ts';
import type { TextFormat } from '../../../src/sending/messageText.ts';
import { naverAccount, nhnAccount } from '../../support/accounts.ts';
import { type Answer, Script } from './script.ts';

function naver(name: string, change: Partial<NaverAccount> = {}): NaverAccount {
  return naverAccount({ id: `id-${name}`, name, ...change });
}

const NHN = nhnAccount();

function topic(name: string, change: Partial<DataStreamTopic> = {}): DataStreamTopic {
  return {
    id: `t-${name}`, name, description: undefined, partitions: 6, retentionMs: undefined, status: 'CREATED',
    tcpEndpoint: undefined, isPinned: undefined, createdAt: undefined, updatedAt: undefined, ...change,
  };
}

function text(content: string, format: TextFormat = 'json', revealed: number[] = []): TextSource {
  return {
    text: content,
    format,
    documentUri: 'file:///orders.json',
    isUntitled: false,
    placeOf: (offset) => {
      const lines = content.slice(0, offset).split('\n');
      return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
    },
    reveal: (offset) => {
      revealed.push(offset);
      return Promise.resolve();
    },
    get cursorLine() {
      return { number: 2, source: text(content.split('\n')[1] ?? '', 'json', revealed) };
    },
  };
}

const EMPTY_STATE = { keys: () => [], get: () => undefined, update: () => Promise.resolve() };

interface World {
  readonly accounts: readonly Account[];
  readonly topics?: Readonly<Record<string, readonly DataStreamTopic[] | Error | 'never'>>;
  readonly answers?: readonly Answer[];
  readonly memory?: TargetMemory;
}

/** The whole way from text to delivery, over scripted answers and clouds that answer at once. */
function world({ accounts, topics = {}, answers = [], memory = new TargetMemory(EMPTY_STATE) }: World) {
  const script = new Script(...answers);
  const listed: string[] = [];
  const asking: (AbortSignal | undefined)[] = [];
  let ids = 0;
  const needs: SendPreparation = {
    accounts: () => accounts,
    clientOf: (accountId): Promise<MessageClient> =>
      Promise.resolve({
        listTopics: (_query, signal) => {
          listed.push(accountId);
          asking.push(signal);
          const answer = topics[accountId] ?? [];
          if (answer === 'never') return new Promise(() => undefined);
          return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
        },
        send: () => assert.fail('nothing is sent while preparing'),
      }),
    prompts: script,
    memory,
    format: createFormatter('en'),
    newId: () => `uuid-${(ids += 1)}`,
  };
  const prepare = (source: TextSource | NoText) => prepareSend(source, needs);
  return { prepare, script, listed, asking };
}

const ACME = naver('acme');

describe('preparing a send', () => {
  it('asks for topic, key and partition, and proposes a new UUID as the key', async () => {
    const { prepare, script } = world({
      accounts: [ACME],
      topics: { 'id-acme': [topic('p-orders'), topic('p-audit')] },
      answers: [{ pick: 'p-audit' }, 'accept', 'accept'],
    });
    const delivery = await prepare(text('{"id": 9007199254740993}\n'));
    script.done();
    assert.deepEqual(script.asked, [
      '1/3 Topic the message goes to',
      '2/3 Key of the message · p-audit · acme (DEV)',
      '3/3 Partition, counted from 0 · p-audit · acme (DEV)',
    ]);
    assert.equal(delivery.message.value, '{"id": 9007199254740993}\n');
    assert.deepEqual(
      [delivery.target.topicName, delivery.key, delivery.isKeyGenerated, delivery.partition, delivery.account],
      ['p-audit', 'uuid-1', true, undefined, ACME],
    );
  });

  it('stops asking an account that does not answer once the questions are answered', async () => {
    const { prepare, asking } = world({
      accounts: [ACME, naver('dead')],
      topics: { 'id-acme': [topic('p-orders')], 'id-dead': 'never' },
      answers: [{ pick: 'p-orders' }, 'accept', 'accept'],
    });
    await prepare(text('1'));
    assert.deepEqual(asking.map((signal) => signal?.aborted), [true, true]);
  });

  it('keeps what was answered when the user goes back', async () => {
    const { prepare, script } = world({
      accounts: [ACME],
      topics: { 'id-acme': [topic('p-orders'), topic('p-audit')] },
      answers: [{ pick: 'p-audit' }, { type: 'key 1' }, 'back', 'back', 'accept', 'accept', { type: '5' }],
    });
    const delivery = await prepare(text('1'));
    script.done();
    assert.deepEqual([delivery.target.topicName, delivery.key, delivery.isKeyGenerated, delivery.partition], ['p-audit', 'key 1', false, 5]);
  });

  it('refuses a partition the topic does not have', async () => {
    const { prepare, script } = world({
      accounts: [ACME],
      topics: { 'id-acme': [topic('p-orders', { partitions: 3 })] },
      answers: ['accept', { type: '' }, { type: '3' }, { type: '-1' }, { type: '2' }],
    });
    const delivery = await prepare(text('1'));
    assert.equal(delivery.partition, 2);
    assert.deepEqual([delivery.key, delivery.isKeyGenerated], ['uuid-1', true]);
    assert.deepEqual(script.notes, Array.from({ length: 2 }, () => 'Topic "p-orders" has the partitions 0 to 2.'));
  });

  it('shows every account on its own: a dead one hides nobody, and one that may not send is not asked at all', async () => {
    const { prepare, script, listed } = world({
      accounts: [naver('dead'), naver('main', { keyOwner: 'main' }), naver('locked', { lane: { stage: 'prod', access: 'read-only' } }), NHN, ACME, naver('empty'), naver('gov', { zone: 'government' })],
      topics: { 'id-acme': [topic('p-orders'), topic('p-new', { status: 'CREATING' })], 'id-dead': new CloudError('unauthorized', { reason: 'credentials', host: 'h.example' }) },
      answers: ['accept', 'accept', 'accept'],
    });
    await prepare(text('1'));
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

  it('does not wait for an account that does not answer', async () => {
    const { prepare, script } = world({
      accounts: [naver('slow'), ACME],
      topics: { 'id-slow': 'never', 'id-acme': [topic('p-orders')] },
      answers: [{ pick: 'p-orders' }, 'accept', { type: '5' }],
    });
    assert.equal((await prepare(text('1'))).target.topicName, 'p-orders');
    script.done();
  });

  it('offers targets used before at once and first, unless the topic is gone', async () => {
    const stored = {
      recent: ['p-gone', 'p-orders'].map((name) => ({ accountId: 'id-acme', topicId: `t-${name}`, topicName: name })),
      documents: [['file:///orders.json', { accountId: 'id-acme', topicId: 't-p-audit', topicName: 'p-audit' }]],
    };
    const memory = new TargetMemory({ ...EMPTY_STATE, get: () => stored as never });
    const { prepare, script } = world({
      accounts: [ACME],
      topics: { 'id-acme': [topic('p-a'), topic('p-audit'), topic('p-orders')] },
      answers: ['accept', 'accept', 'accept'],
      memory,
    });
    const delivery = await prepare(text('1'));
    assert.equal(delivery.target.topicName, 'p-audit');
    assert.deepEqual(script.rows.map(({ label, heading }) => [label, heading]), [['p-audit', 'Recent'], ['p-orders', undefined], ['p-a', 'acme · DEV']]);
  });

  it('keeps a target used before where the topics cannot be listed: the key may send all the same', async () => {
    const stored = { recent: [{ accountId: 'id-acme', topicId: 't-p-orders', topicName: 'p-orders' }] };
    const { prepare, script } = world({
      accounts: [ACME],
      topics: { 'id-acme': new CloudError('forbidden', { reason: 'role', host: 'h.example' }) },
      answers: ['accept', 'accept', 'accept'],
      memory: new TargetMemory({ ...EMPTY_STATE, get: () => stored as never }),
    });
    assert.equal((await prepare(text('1'))).target.topicName, 'p-orders');
    assert.deepEqual(script.rows.map(({ heading }) => heading), ['Recent', 'Not available']);
  });

  it('says once why nothing can be sent where no account has Data Stream', async () => {
    const cases: readonly (readonly [readonly Account[], RegExp])[] = [
      [[], /no account/],
      [[NHN, NHN], /^EasyQueue has no API for sending/],
      [[NHN, naver('gov', { zone: 'government' })], /public zone only/],
    ];
    for (const [accounts, expected] of cases) {
      const { prepare, listed } = world({ accounts });
      await assert.rejects(prepare(text('1')), (error) => error instanceof CannotPrepare && error.addAccount && expected.test(error.message));
      assert.deepEqual(listed, []);
    }
  });

  it('refuses a text that cannot be a message before any question', async () => {
    const cases: readonly (readonly [TextSource | NoText, RegExp])[] = [
      [text(' \n'), /empty/],
      [text('a'.repeat(1_048_577), 'text'), /1,048,577 bytes.*1,048,576/],
      [text('{"a":\n"\ud83d"}'), /Line 2, column 2/],
      ['noDocument', /Open the document/],
      ['severalSelections', /Several parts/],
    ];
    for (const [source, expected] of cases) {
      const { prepare, script } = world({ accounts: [ACME] });
      await assert.rejects(prepare(source), (error) => error instanceof UnsendableText && expected.test(error.message));
      assert.deepEqual(script.asked, []);
    }
  });

  it('says where JSON is broken, sends it as text if wanted, or goes there', async () => {
    const broken = '{\n  "a": 1,\n}';
    const asText = world({ accounts: [ACME], topics: { 'id-acme': [topic('p-a')] }, answers: [{ choose: 'Send as Text' }, 'accept', 'accept', 'accept'] });
    const delivery = await asText.prepare(text(broken));
    assert.equal(asText.script.asked[0], 'The text is not valid JSON. Line 3, column 1: a property name in double quotes is expected.');
    assert.equal(delivery.message.value, broken);

    const revealed: number[] = [];
    const going = world({ accounts: [ACME], answers: [{ choose: 'Go to Problem' }] });
    await assert.rejects(going.prepare(text(broken, 'json', revealed)), CancelledError);
    assert.deepEqual(revealed, [12]);
  });

  it('sends one line of JSON Lines, or all of it as text', async () => {
    const lines = '{"a":1}\n{"a":2}\n';
    const answers: readonly Answer[] = ['accept', 'accept', 'accept'];
    const one = world({ accounts: [ACME], topics: { 'id-acme': [topic('p-a')] }, answers: [{ choose: 'Send Line 2' }, ...answers] });
    assert.equal((await one.prepare(text(lines, 'jsonLines'))).message.value, '{"a":2}');
    const all = world({ accounts: [ACME], topics: { 'id-acme': [topic('p-a')] }, answers: [{ choose: 'Send as Text' }, ...answers] });
    assert.equal((await all.prepare(text(lines, 'jsonLines'))).message.value, lines);
  });
});
