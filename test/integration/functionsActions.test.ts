import * as assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { commands, Uri, window, workspace, WorkspaceEdit } from 'vscode';

import type { ArgumentCommand, NodeCommand } from '../../src/commands/command.ts';
import { COMMANDS } from '../../src/ids.ts';
import type { CommandId } from '../../src/ids.ts';
import { CloudError } from '../../src/model/cloudError.ts';
import { editorFiles } from '../../src/services/functions/actions/editorFiles.ts';
import type { LocalFolder } from '../../src/services/functions/actions/localCode.ts';
import type { TreeNode } from '../../src/tree/treeNode.ts';
import { ScriptedPrompts } from '../support/scriptedPrompts.ts';
import type { Answer } from '../support/scriptedPrompts.ts';
import { endAll, find, labels, setUp } from './treeFixture.ts';
import type { Setting } from './treeFixture.ts';

const PLACE = ['acme', 'Cloud Functions · KR'] as const;
const signal = new AbortController().signal;

suite('packages and actions of Cloud Functions', () => {
  let folder = '';

  setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'actions-'));
  });

  teardown(async () => {
    await endAll();
    await commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true });
  });

  async function start(answers: readonly Answer[], setting: Setting = {}) {
    const prompts = new ScriptedPrompts(...answers);
    const world = await setUp({ ...setting, prompts });
    const { services, emulator } = world;
    const table: Readonly<Partial<Record<CommandId, unknown>>> = services.commands;
    const run = async (id: CommandId, ...nodes: readonly TreeNode[]): Promise<void> => {
      const command = table[id] as NodeCommand;
      assert.ok(nodes.every((node) => command.matches(node)), 'a row the command is not for');
      const context = { signal, busy: () => undefined };
      const [first] = nodes;
      assert.ok(first);
      if (command.runAll === undefined) await command.run(first, context);
      else await command.runAll(nodes, context);
    };
    const deploy = async (uri: Uri): Promise<void> => (table[COMMANDS.deployFile] as ArgumentCommand).run([uri]);
    const writes = (): readonly string[] => emulator.log.filter(({ method }) => method !== 'GET').map(({ method, target }) => `${method} ${target.split('?')[0]?.split('/v2/')[1] ?? ''}`);
    return { ...world, prompts, run, deploy, writes };
  }

  test('creates a package and an action in it, and selects their rows', async () => {
    const { tree, run, revealed, said, prompts, writes } = await start([
      { type: 'images' }, { type: '' }, { type: '' }, { pick: 'Create' },
      { pick: 'Template' }, { pick: 'Node.js 22' }, { pick: 'Action' }, { type: 'resize' }, { type: 'main' }, { pick: '256 MB' }, { type: '1 min' },
      { pick: 'VPC 21538, subnet 45007' }, { type: '' }, { type: '' }, { pick: 'Create' },
    ]);
    await run(COMMANDS.createPackage, await find(tree, ...PLACE));
    await run(COMMANDS.createAction, await find(tree, ...PLACE, 'images'));
    prompts.done();
    assert.deepEqual([revealed, said], [['images', 'resize'], ['Package "images" was created.', 'Action "resize" was created.']]);
    assert.deepEqual(await labels(tree, await find(tree, ...PLACE, 'images')), ['resize']);
    assert.deepEqual(writes(), ['PUT packages/images', 'PUT packages/images/actions/resize']);
  });

  test('deletes actions and a package with what is in it; the rows go', async () => {
    const { tree, run, prompts } = await start([{ press: 'Delete' }, { press: 'Delete' }]);
    const rows = [await find(tree, ...PLACE, 'notify', 'greet'), await find(tree, ...PLACE, 'notify', 'send-mail')];
    await run(COMMANDS.deleteAction, ...rows);
    assert.deepEqual(await labels(tree, await find(tree, ...PLACE, 'notify')), ['order-page']);
    await run(COMMANDS.deletePackage, await find(tree, ...PLACE, 'notify'));
    assert.ok(!(await labels(tree, await find(tree, ...PLACE))).includes('notify'));
    assert.match(prompts.asked[1]?.text ?? '', /1 action in it is deleted first/u);
    prompts.done();
  });

  test('a locked account is refused before the first question', async () => {
    const { tree, run, writes } = await start([], { lane: { stage: 'prod', access: 'read-only' } });
    const isLocked = (error: unknown): boolean => error instanceof CloudError && error.kind === 'locked';
    await assert.rejects(run(COMMANDS.createPackage, await find(tree, ...PLACE)), isLocked);
    await assert.rejects(run(COMMANDS.deletePackage, await find(tree, ...PLACE, 'notify')), isLocked);
    await assert.rejects(run(COMMANDS.deployTo, await find(tree, ...PLACE, 'notify', 'send-mail')), isLocked);
    assert.deepEqual(writes(), []);
  });

  test('deploys a document as it stands in its editor, saved or not', async () => {
    const { deploy, emulator, prompts, said, writes } = await start([{ pick: 'notify/send-mail' }, { press: 'Deploy' }]);
    const uri = Uri.file(join(folder, 'mail.js'));
    await writeFile(uri.fsPath, 'exports.main = () => ({});\n');
    await window.showTextDocument(uri);
    const edit = new WorkspaceEdit();
    edit.insert(uri, (await workspace.openTextDocument(uri)).positionAt(0), '// not saved\n');
    await workspace.applyEdit(edit);
    await deploy(uri);
    prompts.done();
    const body = emulator.log.find(({ method }) => method === 'PUT');
    assert.ok(body);
    assert.deepEqual([said, writes()], [['"mail.js" was deployed to action "send-mail".'], ['PUT packages/notify/actions/send-mail']]);
    assert.match(prompts.asked[1]?.text ?? '', /^Deploy "mail\.js" to action "send-mail" of account "acme" \(DEV\)\? Code: 2 lines added/u);
    await commands.executeCommand('workbench.action.files.revert');
  });

  test('a folder without what its rules name, without links out of it, and with what is not saved', async () => {
    for (const path of ['.git/config', 'node_modules/x/index.js', 'dist/old.js', 'lib/a.js', 'index.js']) {
      await mkdir(join(folder, 'tool', path, '..'), { recursive: true });
      await writeFile(join(folder, 'tool', path), path);
    }
    const root = join(folder, 'tool');
    await writeFile(join(folder, 'secret'), 'secret');
    await writeFile(join(root, '.gitignore'), 'node_modules\ndist/\n');
    await symlink(join(folder, 'secret'), join(root, 'out'));
    await symlink(join(root, 'index.js'), join(root, 'in.js'));
    await symlink(root, join(root, 'loop'));
    const uri = Uri.file(root);
    const open = Uri.joinPath(uri, 'lib/a.js');
    await window.showTextDocument(open);
    const edit = new WorkspaceEdit();
    edit.insert(open, (await workspace.openTextDocument(open)).positionAt(0), 'new ');
    await workspace.applyEdit(edit);
    const read = await editorFiles().read(uri.toString(), signal) as LocalFolder;
    await commands.executeCommand('workbench.action.files.revert');
    const texts = read.entries.map(({ path, bytes }) => `${path}: ${new TextDecoder().decode(bytes)}`);
    assert.deepEqual(texts, ['in.js: index.js', 'index.js: index.js', 'lib/a.js: new lib/a.js', 'node_modules/x/index.js: node_modules/x/index.js']);
    assert.deepEqual([read.ignoredBy, read.leftOut, read.links], ['.gitignore', 3, 2]);
  });

  test('files are written with the folders above them; what cannot be read says so', async () => {
    const files = editorFiles();
    const uri = files.below(Uri.file(folder).toString(), 'a b/c#d/e.js');
    await files.write(uri, new TextEncoder().encode('x'));
    assert.equal(await files.exists(uri), true);
    assert.partialDeepStrictEqual(await files.read(uri, signal), { kind: 'file', name: 'e.js' });
    await assert.rejects(files.read(`${uri}x`, signal), /cannot be read/u);
  });
});
