import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CloudError } from '../../../src/model/cloudError.ts';
import type { ResourceRef } from '../../../src/model/resource.ts';
import { References } from '../../../src/tree/references.ts';
import type { Resource } from '../../../src/tree/resource.ts';
import type { TreeNode } from '../../../src/tree/treeNode.ts';
import { naverAccount } from '../../support/accounts.ts';
import { Row } from './nodes.ts';

const ref = (id: string, accountId = 'a'): ResourceRef => ({ accountId, kind: 'easyQueue.topic', keys: [id], name: id });

/** A row that stands for something. */
class Topic extends Row {
  override get resource(): Resource {
    return { ref: ref(this.text) };
  }
}

/** References over a find whose answers a test gives. */
function setUp() {
  let nowMs = 0;
  const asked: string[] = [];
  const answers = new Map<string, TreeNode | Error | undefined>();
  const hanging = new Set<string>();
  const changed: string[] = [];
  const gone: string[] = [];
  const references = new References({
    find: (wanted, signal) => {
      asked.push(wanted.name);
      if (hanging.has(wanted.name)) return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
      const answer = answers.get(wanted.name);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    account: (id) => naverAccount({ id }),
    now: () => nowMs,
    onChange: ({ name }) => changed.push(name),
    onGone: ({ name }) => gone.push(name),
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { references, asked, answers, hanging, changed, gone, settle, pass: (ms: number) => { nowMs += ms; } };
}

test('each is looked up for itself: one that hangs or fails hides no other', async () => {
  const { references, answers, hanging, settle, changed, gone } = setUp();
  const row = new Topic(undefined, 'ok');
  answers.set('ok', row);
  answers.set('dead', new CloudError('unauthorized'));
  answers.set('deleted', new CloudError('notFound'));
  hanging.add('slow');
  references.freshen(['slow', 'dead', 'deleted', 'ok', 'nowhere'].map((name) => ref(name)));
  await settle();
  assert.deepEqual(references.stateOf(ref('ok')), { status: 'found', target: row });
  assert.equal(references.stateOf(ref('dead')).status, 'failed');
  assert.equal(references.stateOf(ref('deleted')).status, 'gone');
  assert.equal(references.stateOf(ref('slow')).status, 'loading');
  assert.deepEqual(changed.toSorted(), ['dead', 'deleted', 'nowhere', 'ok']);
  assert.deepEqual(gone.toSorted(), ['deleted', 'nowhere']);
});

test('what is new is not asked for again, what is old is, and what failed waits longer and longer', async () => {
  const { references, answers, asked, settle, pass } = setUp();
  answers.set('ok', new Topic(undefined, 'ok'));
  answers.set('dead', new CloudError('unauthorized'));
  const both = [ref('ok'), ref('dead')];
  const look = async (): Promise<void> => {
    references.freshen(both);
    await settle();
  };
  await look();
  await look();
  assert.deepEqual(asked, ['ok', 'dead']);
  pass(20_000);
  await look();
  assert.deepEqual(asked.slice(2), ['ok']);
  pass(10_000);
  await look();
  assert.deepEqual(asked.slice(3), ['dead']);
  pass(30_000);
  await look();
  assert.deepEqual(asked.slice(4), ['ok']);
  references.outdate(both);
  await look();
  assert.deepEqual(asked.slice(5), ['ok', 'dead']);
});

test('a command gets the row, or what went wrong', async () => {
  const { references, answers, asked } = setUp();
  const row = new Topic(undefined, 'ok');
  answers.set('ok', row);
  assert.equal(await references.target(ref('ok')), row);
  assert.equal(await references.target(ref('ok')), row);
  assert.deepEqual(asked, ['ok']);
  answers.set('dead', new CloudError('timeout'));
  await assert.rejects(references.target(ref('dead')), (error) => error instanceof CloudError && error.kind === 'timeout');
  await assert.rejects(references.target(ref('nowhere')), (error) => error instanceof CloudError && error.kind === 'notFound');
});

test('rows of a list that was loaded tell as much as a look of its own', async () => {
  const { references, answers } = setUp();
  answers.set('one', new Topic(undefined, 'one'));
  await references.target(ref('one'));
  const newer = new Topic(undefined, 'one');
  references.saw([newer, new Topic(undefined, 'unasked'), new Row(undefined, 'plain')]);
  assert.deepEqual(references.stateOf(ref('one')), { status: 'found', target: newer });
});

test('what was read for an account as it was is forgotten with it', async () => {
  const { references, answers, hanging, settle, changed } = setUp();
  answers.set('one', new Topic(undefined, 'one'));
  hanging.add('slow');
  references.freshen([ref('one'), ref('slow'), ref('one', 'b')]);
  await settle();
  changed.length = 0;
  references.forgetAccount('a');
  await settle();
  assert.deepEqual([ref('one'), ref('slow'), ref('one', 'b')].map((wanted) => references.stateOf(wanted).status), ['loading', 'loading', 'found']);
  assert.deepEqual(changed, []);
});
