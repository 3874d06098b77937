import * as assert from 'node:assert/strict';

import * as vscode from 'vscode';

import type { Command } from '../../src/commands/command.ts';
import { COMMANDS } from '../../src/ids.ts';
import type { CommandId } from '../../src/ids.ts';
import type { Lane } from '../../src/model/account.ts';
import { sampleMessage } from '../../src/sending/sampleMessage.ts';
import { ReferenceNode } from '../../src/tree/referenceNodes.ts';
import { StatusNode } from '../../src/tree/statusNodes.ts';
import type { TreeNode } from '../../src/tree/treeNode.ts';
import { ScriptedPrompts } from '../support/scriptedPrompts.ts';
import { AnsweringPrompts } from './answeringPrompts.ts';
import { endHouses, setUpHouse } from './house.ts';
import { textOf } from './treeFixture.ts';

type House = Awaited<ReturnType<typeof setUpHouse>>;

const LOCKED: Lane = { stage: 'prod', access: 'read-only' };

suite('safety lanes', () => {
  teardown(async () => {
    await endHouses();
    while (vscode.window.activeTextEditor !== undefined) {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });

  test('no command, on no kind of row, lets a write or a message leave a locked account', async () => {
    const { changed, ran } = await runEverything(LOCKED);
    assert.deepEqual(changed, []);
    // On every kind of row something ran.
    assert.ok(ran > 100, String(ran));
  });

  test('an account that may only send sends, and nothing else leaves it', async () => {
    // On an account of production a plan comes first, whatever the command.
    const { changed } = await runEverything({ stage: 'prod', access: 'send-only' });
    const sent = new Set<string>(changed.map(({ command }) => command));
    // It takes the document in front, which is a run's only where that came in time.
    sent.delete(COMMANDS.runAgain);
    assert.deepEqual([...sent], [COMMANDS.sendPlan, COMMANDS.runAction, COMMANDS.fireTrigger]);
    assert.deepEqual([...new Set(changed.map(({ kind }) => kind))], ['send']);
  });

  test('the same commands on an account that is not locked do change things and send', async function () {
    this.timeout(180_000);
    const { changed } = await runEverything({ stage: 'prod', access: 'full' });
    const commands = new Set<string>(changed.map(({ command }) => command));
    commands.delete(COMMANDS.runAgain);
    assert.deepEqual([...commands].toSorted(), [
      COMMANDS.createPackage, COMMANDS.createAction, COMMANDS.createTrigger, COMMANDS.openCode, COMMANDS.runAction, COMMANDS.fireTrigger, COMMANDS.deployTo,
      COMMANDS.undoDeploy, COMMANDS.copyAction, COMMANDS.linkActions, COMMANDS.unlinkAction, COMMANDS.deleteTrigger, COMMANDS.deleteAction, COMMANDS.deletePackage,
      COMMANDS.createConnector, COMMANDS.createDataStreamTopic, COMMANDS.createEasyQueueTopic,
      COMMANDS.deleteConnector, COMMANDS.deleteDataStreamTopic, COMMANDS.deleteEasyQueueTopic,
      COMMANDS.editResource, COMMANDS.sendPlan,
    ].toSorted());
    assert.deepEqual([...new Set(changed.map(({ kind }) => kind))].toSorted(), ['send', 'write']);
  });

  test('"Unlock for 15 Minutes" asks for the name, opens everything, and ends by the clock', async () => {
    let nowMs = 0;
    const prompts = new ScriptedPrompts({ refused: 'sho', because: /^Type "shop" to unlock it\.$/u }, { type: 'shop' }, { press: 'Delete' }, { type: 'orders' });
    const house = await setUpHouse({ prompts, lane: LOCKED, now: () => nowMs });
    const { run, tree, problems, emulator, unlocks } = house;
    const topic = await rowOf(house, 'shop', 'EasyQueue · KR1 · shop', 'orders');
    assert.ok(!flagsOf(house, topic).includes('canWrite'));
    await run(COMMANDS.deleteEasyQueueTopic, topic);
    assert.deepEqual(problems[0]?.problem.remedies[0], 'unlock');
    assert.equal(prompts.asked.length, 0);

    await run(COMMANDS.unlockAccount, await rowOf(house, 'shop'));
    assert.match(prompts.asked[0]?.text ?? '', /^Production\. For 15 minutes messages can be sent, and resources created, changed and deleted\./u);
    const account = await rowOf(house, 'shop');
    assert.equal(tree.getTreeItem(account).description, 'unlocked, 15 min left · PROD');
    assert.ok(flagsOf(house, account).includes('unlocked'));
    const unlocked = await rowOf(house, 'shop', 'EasyQueue · KR1 · shop', 'orders');
    assert.ok(flagsOf(house, unlocked).includes('canWrite'));
    await run(COMMANDS.deleteEasyQueueTopic, unlocked);
    prompts.done();
    assert.equal(emulator.log.filter(({ kind }) => kind === 'write').length, 1);

    nowMs = 15 * 60_000;
    assert.equal(unlocks.get('nhn-id')?.lane.access, 'read-only');
    // The row was made while the account was unlocked, and is still clicked after that.
    const other = await rowOf(house, 'shop', 'EasyQueue · KR1 · shop', 'payments');
    await run(COMMANDS.deleteEasyQueueTopic, other);
    assert.equal(emulator.log.filter(({ kind }) => kind === 'write').length, 1);
  });

  test('"Lock Again" ends it, and from the palette only accounts that are locked can be unlocked', async () => {
    const prompts = new ScriptedPrompts({ pick: 'shop' }, { type: 'shop' }, { pick: 'acme' }, { type: 'acme' }, { pick: 'shop' });
    const house = await setUpHouse({ prompts, lane: LOCKED });
    const { run, unlocks } = house;
    await run(COMMANDS.unlockAccount);
    await run(COMMANDS.unlockAccount);
    await run(COMMANDS.lockAccount);
    prompts.done();
    assert.deepEqual(prompts.asked.map(({ labels }) => labels).filter(({ length }) => length > 0), [['acme', 'shop'], ['acme'], ['acme', 'shop']]);
    assert.deepEqual(unlocks.list().map(({ lane }) => lane.access), ['full', 'read-only']);
  });

  test('a copy of an unlocked account is locked, and so is the account after it was edited', async () => {
    const prompts = new AnsweringPrompts();
    const house = await setUpHouse({ prompts, lane: LOCKED });
    const { run, store, unlocks } = house;
    for (const command of [COMMANDS.duplicateAccount, COMMANDS.editAccount]) {
      await run(COMMANDS.unlockAccount, await rowOf(house, 'shop'));
      assert.equal(unlocks.get('nhn-id')?.lane.access, 'full');
      prompts.start();
      await run(command, await rowOf(house, 'shop'));
    }
    assert.ok(store.list().length > 2);
    assert.deepEqual([...new Set(store.list().map(({ lane }) => lane.access))], ['read-only']);
  });
});

interface Change {
  readonly command: CommandId;
  readonly kind: string;
}

/** Runs every command on every kind of row it works on, and from the palette; gives what reached the cloud. */
async function runEverything(lane: Lane): Promise<{ readonly changed: readonly Change[]; readonly ran: number }> {
  const prompts = new AnsweringPrompts();
  const house: House = await setUpHouse({
    prompts, lane,
    // What "Save" does with a document, without its questions.
    open: async (ref, mode) => {
      const type = house.services.list.flatMap(({ documents }) => documents).find(({ kind }) => kind === ref.kind);
      if (mode === 'raw') await type?.raw(ref);
      else await type?.view(ref);
      const edit = mode === 'edit' ? await type?.edit?.() : undefined;
      const remote = await edit?.read(ref);
      if (remote !== undefined) await edit?.update(ref, remote, remote.values);
    },
  });
  const { store, unlocks, entries, emulator, pins, tree } = house;
  const changed: Change[] = [];
  let ran = 0;
  let told = 0;
  const runOne = async (id: keyof House['table'], ...rows: readonly [] | readonly [TreeNode]): Promise<void> => {
    prompts.start();
    await house.run(id, ...rows);
    ran += 1;
    changed.push(...emulator.log.slice(told).filter(({ kind, operation }) => kind !== 'read' && !operation.includes('oken')).map(({ kind }) => ({ command: id, kind })));
    told = emulator.log.length;
    // Whatever the command did to the accounts: the next one finds them as they were.
    for (const { id: account } of unlocks.list()) unlocks.lock(account);
    for (const { id: account } of store.list()) if (!entries.some((entry) => entry.account.id === account)) await store.remove(account);
    for (const { account, secrets } of entries) {
      if (JSON.stringify(store.get(account.id)) !== JSON.stringify(account)) await store.update(account, secrets);
    }
  };

  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'json', content: sampleMessage('h4j6l-orders', 'uuid-1', 0) }));
  for (const row of await allRows(house)) if (row.resource !== undefined && row.kind.endsWith('.topic')) await pins.pin(row.resource.ref);
  // A topic has one connector at most, and the sample topics have theirs.
  const last = [
    COMMANDS.unlinkAction, COMMANDS.deleteTrigger, COMMANDS.deleteAction, COMMANDS.deletePackage,
    COMMANDS.deleteConnector, COMMANDS.createConnector, COMMANDS.deleteDataStreamTopic, COMMANDS.deleteEasyQueueTopic, COMMANDS.removeAccount,
  ];
  const order = [...Object.values(COMMANDS).filter((id) => !last.some((other) => other === id)), ...last];
  for (const id of order) {
    // Accounts of another emulator.
    if (id === COMMANDS.addDemo) continue;
    // Saves the document in front: what the `open` above does at once.
    if (id === COMMANDS.applyDocument) continue;
    const command: Command | undefined = house.table[id];
    assert.ok(command, `no command ${id}`);
    if (id === COMMANDS.sendDocument) await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await runOne(id);
    if (command.type !== 'node') continue;
    for (const row of kindsOf(await allRows(house))) {
      if (row instanceof StatusNode || row instanceof ReferenceNode || command.matches(row)) await runOne(id, row);
    }
  }
  tree.dispose();
  return { changed, ran };
}

/** One row of each kind and set of flags, as far as they matter to commands. */
function kindsOf(rows: readonly TreeNode[]): readonly TreeNode[] {
  return [...new Map(rows.map((row) => [[row.kind, row.account?.id, ...row.flags, row.resource?.opens].join(), row])).values()];
}

/** Every row, down to the last. */
async function allRows(house: House, below?: TreeNode): Promise<readonly TreeNode[]> {
  const rows = await house.tree.rows(below);
  const deeper: TreeNode[] = [];
  for (const row of rows) {
    deeper.push(row);
    if (row instanceof ReferenceNode) await row.resolve().catch(() => undefined);
    if (row.children !== undefined) deeper.push(...(await allRows(house, row)));
  }
  return deeper;
}

async function rowOf({ tree }: House, ...labels: readonly string[]): Promise<TreeNode> {
  let at: TreeNode | undefined;
  for (const label of labels) {
    const rows = await tree.rows(at);
    at = rows.find((row) => textOf(row) === label);
    assert.ok(at, `No "${label}" among ${rows.map(textOf).join(', ')}`);
  }
  assert.ok(at);
  return at;
}

function flagsOf({ tree }: House, row: TreeNode): readonly string[] {
  return tree.getTreeItem(row).contextValue?.split(';') ?? [];
}
