import * as assert from 'node:assert/strict';

import type { NodeCommand } from '../../src/commands/command.ts';
import { COMMANDS } from '../../src/ids.ts';
import type { CommandId } from '../../src/ids.ts';
import { CloudError } from '../../src/model/cloudError.ts';
import { ActivationsNode } from '../../src/services/functions/activationNodes.ts';
import { LinkedActionNode, TriggerNode } from '../../src/services/functions/triggerNodes.ts';
import type { TreeNode } from '../../src/tree/treeNode.ts';
import { ScriptedPrompts } from '../support/scriptedPrompts.ts';
import type { Answer } from '../support/scriptedPrompts.ts';
import { described, endAll, find, labels, setUp } from './treeFixture.ts';
import type { Setting } from './treeFixture.ts';

const TRIGGERS = ['acme', 'Cloud Functions · KR', 'Triggers'] as const;
/** An opened trigger: its schedule, and when it is due next in Korea. */
const EVERY_FIVE = /^\*\/5 \* \* \* \* · next \w{3}, \w{3} \d{1,2}, \d{2}:[0-5][05] KST · 1 linked action$/u;

suite('triggers of Cloud Functions', () => {
  teardown(() => endAll());

  async function start(answers: readonly Answer[], setting: Setting = {}) {
    const prompts = new ScriptedPrompts(...answers);
    const world = await setUp({ ...setting, prompts });
    const { services, emulator } = world;
    const table: Readonly<Partial<Record<CommandId, unknown>>> = services.commands;
    const run = async (id: CommandId, ...nodes: readonly TreeNode[]): Promise<void> => {
      const command = table[id] as NodeCommand;
      assert.ok(nodes.every((node) => command.matches(node)), 'a row the command is not for');
      const context = { signal: new AbortController().signal, busy: () => undefined };
      const [first] = nodes;
      assert.ok(first);
      if (command.runAll === undefined) await command.run(first, context);
      else await command.runAll(nodes, context);
    };
    const writes = (): readonly string[] => emulator.log.filter(({ method }) => method !== 'GET').map(({ method, target }) => `${method} ${target.split('?')[0] ?? ''}`);
    return { ...world, prompts, run, writes };
  }

  test('an opened trigger tells when it fires next, its actions, and its activations', async () => {
    const { tree } = await start([]);
    const row = await find(tree, ...TRIGGERS, 'every-five-minutes');
    assert.equal(described(tree, row), 'cron');
    assert.deepEqual(await labels(tree, row), ['analytics/count-sessions', 'Activations']);
    assert.match(described(tree, row), EVERY_FIVE);
    const tooltip = row.details?.().value ?? '';
    assert.equal(tooltip.match(/[0-5][05] KST/gu)?.length, 5, tooltip);

    const [linked, activations] = await tree.rows(row);
    assert.ok(linked instanceof LinkedActionNode && row instanceof TriggerNode && activations instanceof ActivationsNode);
    assert.equal(linked.trigger, row);
    assert.deepEqual([linked.target?.pkg, linked.target?.name, linked.target?.place.region], ['analytics', 'count-sessions', 'KR']);
    assert.deepEqual([activations.subject.pkg, activations.subject.name], [undefined, 'every-five-minutes']);
  });

  test('a trigger without actions says so, and other types tell what the service tells', async () => {
    const { tree } = await start([]);
    const row = await find(tree, ...TRIGGERS, 'on-secret');
    const [nothing, activations] = await labels(tree, row);
    assert.match(nothing ?? '', /^No action is linked.*Link Actions…/u);
    assert.equal(activations, 'Activations');
    assert.equal(described(tree, row), 'secret_manager · 0 linked actions');
  });

  test('created with an action, shown, linked to another, unlinked, deleted', async () => {
    const { run, tree, revealed, prompts, emulator, said } = await start([
      { pick: 'Cron' }, { type: 'tick' }, { pick: 'Every 5 minutes' }, { type: '*/5 * * * *' }, { type: '' }, { type: '' }, { pick: 'Create' }, { many: ['hello-web'] },
      { many: ['hello-web', 'notify/send-mail'] },
      { press: 'Unlink' },
      { press: 'Delete' },
    ]);
    await run(COMMANDS.createTrigger, await find(tree, ...TRIGGERS));
    assert.deepEqual(revealed, ['tick']);
    const row = await find(tree, ...TRIGGERS, 'tick');
    assert.deepEqual(await labels(tree, row), ['hello-web', 'Activations']);
    assert.match(described(tree, row), EVERY_FIVE);

    await run(COMMANDS.linkActions, row);
    assert.deepEqual(await labels(tree, row), ['hello-web', 'notify/send-mail', 'Activations']);
    await run(COMMANDS.unlinkAction, await find(tree, ...TRIGGERS, 'tick', 'notify/send-mail'));
    assert.deepEqual(await labels(tree, await find(tree, ...TRIGGERS, 'tick')), ['hello-web', 'Activations']);
    await run(COMMANDS.deleteTrigger, await find(tree, ...TRIGGERS, 'tick'));
    prompts.done();
    assert.ok(!(await labels(tree, await find(tree, ...TRIGGERS))).includes('tick'));
    assert.ok(!emulator.world.functions.scope('vpc').triggers.has('tick'));
    assert.equal(said[0], 'Trigger "tick" was created.');
  });

  test('fired from its row, with an activation of its own', async () => {
    const { run, tree, emulator, writes, prompts } = await start([{ pick: 'Without Parameters' }]);
    const row = await find(tree, ...TRIGGERS, 'on-push');
    const { triggers } = emulator.world.functions.scope('vpc');
    const before = triggers.get('on-push')?.activations.length ?? 0;
    await run(COMMANDS.fireTrigger, row);
    prompts.done();
    assert.deepEqual(writes().map((text) => text.split(' ')[0]), ['POST']);
    assert.equal(triggers.get('on-push')?.activations.length, before + 1);
  });

  test('a locked account is told so before the first question, and nothing leaves', async () => {
    const { run, tree, writes } = await start([], { lane: { access: 'read-only' } });
    const list = await find(tree, ...TRIGGERS);
    const row = await find(tree, ...TRIGGERS, 'on-push');
    const linked = await find(tree, ...TRIGGERS, 'on-push', 'notify/send-mail');
    for (const [id, node] of [
      [COMMANDS.createTrigger, list], [COMMANDS.fireTrigger, row], [COMMANDS.linkActions, row], [COMMANDS.unlinkAction, linked], [COMMANDS.deleteTrigger, row],
    ] as const) {
      await assert.rejects(run(id, node), (error) => error instanceof CloudError && error.kind === 'locked', id);
    }
    assert.deepEqual(writes(), []);
  });
});
