import * as assert from 'node:assert/strict';

import { argumentCommand, globalCommand, nodeCommand } from '../../src/commands/command.ts';
import type { Command } from '../../src/commands/command.ts';
import { CommandRunner } from '../../src/commands/runner.ts';
import { treeCommands } from '../../src/commands/treeCommands.ts';
import type { RemedyHandlers } from '../../src/host/notifications.ts';
import { COMMANDS } from '../../src/ids.ts';
import { CancelledError, CloudError } from '../../src/model/cloudError.ts';
import { createFormatter } from '../../src/model/format.ts';
import type { Problem } from '../../src/model/problem.ts';
import { AccountNode } from '../../src/tree/accountNode.ts';
import { testRegExp } from '../../src/tree/boundedRegExp.ts';
import { ListNode } from '../../src/tree/listNode.ts';
import { LoadMoreNode, ProblemNode } from '../../src/tree/statusNodes.ts';
import { TreeNode } from '../../src/tree/treeNode.ts';
import { ScriptedPrompts } from '../support/scriptedPrompts.ts';
import type { Answer } from '../support/scriptedPrompts.ts';
import { described, EASY_QUEUE, endAll, find, labels, setUp } from './treeFixture.ts';
import type { Setting } from './treeFixture.ts';

/** A runner over a tree, with prompts that answer by script; notes what it tells the user. */
async function setUpRunner(answers: readonly Answer[] = [], setting: Setting = {}) {
  const world = await setUp(setting);
  const prompts = new ScriptedPrompts(...answers);
  const problems: { problem: Problem; remedies: RemedyHandlers }[] = [];
  const logged: string[] = [];
  const runner = new CommandRunner({
    tree: world.tree,
    prompts,
    log: { info: (line) => logged.push(line), error: (line) => logged.push(line) },
    showProblem: (problem, remedies) => problems.push({ problem, remedies }),
  });
  const table = treeCommands({
    tree: world.tree,
    memory: world.memory,
    prompts,
    format: createFormatter('en'),
    testRegExp,
    showLog: () => logged.push('log shown'),
  });
  const run = (command: Command, ...args: readonly unknown[]) => runner.run(COMMANDS.refreshNode, command, args);
  return { ...world, prompts, problems, logged, runner, table, run };
}

suite('commands', () => {
  teardown(endAll);

  test('a node command runs on the row it was given', async () => {
    const { tree, run } = await setUpRunner();
    const node = await find(tree, 'acme');
    const ran: TreeNode[] = [];
    await run(nodeCommand(AccountNode, (given) => void ran.push(given)), node);
    assert.deepEqual(ran, [node]);
  });

  test('on a problem row it runs on the row above that fits', async () => {
    const { tree, run } = await setUpRunner([], { nhn: { secret: 'wrong-secret' } });
    const [problem] = await tree.rows(await find(tree, 'shop', EASY_QUEUE));
    assert.ok(problem instanceof ProblemNode);
    const ran: string[] = [];
    await run(nodeCommand(AccountNode, ({ account }) => void ran.push(account.name)), problem);
    assert.deepEqual(ran, ['shop']);
  });

  test('from the palette it asks which resource, over all accounts, with account and stage', async () => {
    const { prompts, services, run, emulator, opened } = await setUpRunner([{ pick: 'h4j6l-orders' }]);
    await run(services.commands[COMMANDS.newMessage]);
    prompts.done();
    const [asked] = prompts.asked;
    assert.equal(asked?.text, 'Choose the topic the message is for');
    assert.deepEqual(asked.labels, ['h4j6l-orders', 'h4j6l-audit']);
    assert.equal(opened.length, 1);
    assert.deepEqual(opened.map(({ topicName, accountId }) => [topicName, accountId]), [['h4j6l-orders', 'naver-id']]);
    // Nothing is opened that cannot lead to a topic of Data Stream.
    assert.deepEqual([...new Set(emulator.log.map(({ service }) => service))], ['dataStream']);
  });

  test('a dead account is a row that says so, and hides no other', async () => {
    const { prompts, run } = await setUpRunner([{ pick: 'h4j6l-audit' }], { nhn: { secret: 'wrong-secret' } });
    const ran: TreeNode[] = [];
    const anyTopic: Command = {
      type: 'node',
      matches: ({ kind }) => kind.endsWith('.topic'),
      run: (node) => void ran.push(node),
      options: {},
    };
    await run(anyTopic);
    assert.equal(ran.length, 1);
    assert.ok(prompts.asked[0]?.labels.includes('The User Access Key was refused.'));
  });

  test('a closed question is silent', async () => {
    const { run, services, problems } = await setUpRunner([{ cancel: true }]);
    await run(services.commands[COMMANDS.newMessage]);
    assert.deepEqual(problems, []);
  });

  test('cancelling is silent, everything else is a problem with the account in it', async () => {
    const { tree, run, problems, logged } = await setUpRunner();
    const node = await find(tree, 'shop');
    const failing = (error: Error) => nodeCommand(TreeNode, () => Promise.reject(error));
    await run(failing(new CancelledError()), node);
    assert.equal(problems.length, 0);
    await run(failing(new CloudError('unauthorized', { reason: 'credentials' })), node);
    assert.match(`${problems[0]?.problem.message ?? ''} ${problems[0]?.problem.hint ?? ''}`, /"shop"/u);
    assert.deepEqual(Object.keys(problems[0]?.remedies ?? {}).toSorted(), [
      'editAccount', 'openProxySettings', 'retry', 'showLog', 'testAccount', 'unlock',
    ]);
    await run(globalCommand(() => { throw new TypeError('a mistake'); }));
    assert.equal(problems[1]?.problem.message, 'Unexpected error.');
    assert.ok(logged.some((line) => line.includes('failed')));
  });

  test('a second click on the same row while the command runs changes nothing', async () => {
    const { tree, run } = await setUpRunner();
    const node = await find(tree, 'acme');
    const gate = Promise.withResolvers<undefined>();
    let runs = 0;
    const command = nodeCommand(TreeNode, async () => {
      runs += 1;
      await gate.promise;
    });
    const first = run(command, node);
    await run(command, node);
    assert.equal(runs, 1);
    gate.resolve(undefined);
    await first;
    await run(command, node);
    assert.equal(runs, 2);
  });

  test('a second click on what a lens is about changes nothing while the command runs; on something else it runs', async () => {
    const { run } = await setUpRunner();
    const gate = Promise.withResolvers<undefined>();
    const runs: unknown[] = [];
    const command = argumentCommand(async ([about]) => {
      runs.push(about);
      await gate.promise;
    }, { key: ([about]) => (typeof about === 'string' ? about : undefined) });
    const all = ['a', 'a', 'b', 1, 1].map((about) => run(command, about));
    assert.deepEqual(runs, ['a', 'b', 1, 1]);
    gate.resolve(undefined);
    await Promise.all(all);
    await run(command, 'a');
    assert.equal(runs.length, 5);
    // One that fails is over, too.
    const failing = argumentCommand(() => {
      runs.push('failed');
      throw new CancelledError();
    }, { key: () => 'a' });
    for (let n = 0; n < 2; n += 1) await run(failing);
    assert.equal(runs.length, 7);
  });

  test('the row says what is being done, and what is below it is loaded again', async () => {
    const { tree, run, emulator } = await setUpRunner();
    const list = await find(tree, 'acme', 'Data Stream');
    await tree.rows(list);
    const before = emulator.log.length;
    let during = '';
    await run(
      nodeCommand(ListNode, (node) => { during = described(tree, node); }, { busy: () => 'Working…', refresh: 'node' }),
      list,
    );
    assert.equal(during, 'Working…');
    assert.equal(described(tree, list), '2 of 3 topics');
    assert.equal(emulator.log.length, before + 1);
  });

  test('filters a list, says how much the filter lets through, and clears it again', async () => {
    const { tree, run, table, prompts } = await setUpRunner([
      { refused: '/(/', because: /Not a valid expression/u },
      { type: ' pay* ' },
    ]);
    const list = await find(tree, 'shop', EASY_QUEUE);
    await tree.rows(list);
    await run(table[COMMANDS.filterList], list);
    prompts.done();
    assert.equal(prompts.notes.at(-1)?.message, '1 of 8 loaded match');
    assert.deepEqual(await labels(tree, list), ['payments']);
    await run(table[COMMANDS.clearFilter], list);
    assert.equal((await tree.rows(list)).length, 8);
  });

  test('loads more, and refreshes from a problem row', async () => {
    const { tree, run, table, emulator } = await setUpRunner([], { extraTopics: 92, pageSize: 60 });
    const list = await find(tree, 'shop', EASY_QUEUE);
    const more = (await tree.rows(list)).at(-1);
    assert.ok(more instanceof LoadMoreNode);
    await run(table[COMMANDS.loadMore], more);
    assert.equal((await tree.rows(list)).length, 100);
    emulator.faults.inject({ path: /appkeys/u, times: 1, effect: { kind: 'reply', status: 404, body: '' } });
    await tree.refresh(list);
    const [problem] = await tree.rows(list);
    assert.ok(problem instanceof ProblemNode);
    await run(table[COMMANDS.retryNode], problem);
    assert.equal((await tree.rows(list)).length, 100);
  });
});
