import * as assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { CloudError } from '../../src/model/cloudError.ts';
import { DAY, endDocuments, startDocuments, type, when } from './documentsFixture.ts';

suite('documents', () => {
  teardown(endDocuments);

  const changedText = vscode.workspace.onDidChangeTextDocument;

  test('a topic is opened, edited and saved, and the cloud has the change', async () => {
    const { documents, ref, topic, save, puts, said, applied, logged } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    assert.equal(document.languageId, 'json');
    assert.deepEqual(JSON.parse(document.getText()), { description: topic.description, partitions: topic.log.partitions.length, retentionMs: DAY });
    await type(document, String(DAY), String(7 * DAY));
    assert.ok(await save(document, { press: 'Apply' }));
    assert.equal(document.isDirty, false);
    assert.equal(topic.retentionMs, 7 * DAY);
    assert.deepEqual(said, [`Topic "${topic.name}" was changed.`]);
    assert.deepEqual(applied, [ref]);

    await type(document, String(7 * DAY), String(2 * DAY));
    assert.ok(await save(document, { press: 'Apply' }), 'the editor takes no save of its own for a change elsewhere');
    assert.equal(topic.retentionMs, 2 * DAY);
    assert.equal(puts(), 2);
    assert.deepEqual(logged, []);
  });

  test('closing the plan leaves the text unsaved and sends nothing', async () => {
    const { documents, ref, save, puts } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    assert.equal(await save(document, { cancel: true }), false);
    assert.ok(document.isDirty);
    assert.equal(puts(), 0);
  });

  test('a change made elsewhere is kept beside the own one, and shows in the text', async () => {
    const { documents, ref, topic, save } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    topic.description = 'from another window';
    assert.ok(await save(document, { press: 'Keep Both' }, { press: 'Apply' }));
    assert.deepEqual([topic.description, topic.retentionMs], ['from another window', 7 * DAY]);
    await when(changedText, () => document.getText().includes('from another window'));
    assert.equal(document.isDirty, false);
  });

  test('a change made elsewhere is overwritten only where that is chosen', async () => {
    const { documents, ref, topic, save } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    topic.retentionMs = 3 * DAY;
    assert.ok(await save(document, { press: 'Overwrite' }, { press: 'Apply' }));
    assert.equal(topic.retentionMs, 7 * DAY);
  });

  test('theirs can be taken', async () => {
    const { documents, ref, topic, save, puts } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    topic.retentionMs = 3 * DAY;
    assert.ok(await save(document, { press: 'Take Theirs' }));
    await when(changedText, () => document.getText().includes(String(3 * DAY)));
    assert.equal(document.isDirty, false);
    assert.equal(puts(), 0);
  });

  test('both can be compared, and saving asks again', async () => {
    const { documents, ref, topic, save, puts } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    topic.retentionMs = 3 * DAY;
    assert.equal(await save(document, { press: 'Compare' }), false);
    const compared = (): vscode.TabInputTextDiff | undefined => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff ? input : undefined;
    };
    await when(vscode.window.tabGroups.onDidChangeTabs, () => compared() !== undefined);
    assert.equal(compared()?.modified.toString(), document.uri.toString());
    const remote = await vscode.workspace.openTextDocument(compared()?.original ?? document.uri);
    assert.ok(remote.getText().includes(String(3 * DAY)));
    assert.ok(document.isDirty);
    assert.equal(await save(document, { cancel: true }), false);
    assert.equal(puts(), 0);
  });

  test('reading beside does not move what the text is compared with', async () => {
    const { documents, ref, topic, save } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    topic.retentionMs = 3 * DAY;
    const read = new TextDecoder().decode(await vscode.workspace.fs.readFile(document.uri));
    assert.ok(read.includes(String(DAY)), '"Compare with Saved" shows what was opened');
    assert.ok(await save(document, { press: 'Overwrite' }, { press: 'Apply' }));
  });

  test('a text that was not saved is compared after a restart with what it was made from', async () => {
    const { documents, ref, topic, save, restart } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    restart();
    topic.description = 'meanwhile';
    assert.ok(await save(document, { press: 'Keep Both' }, { press: 'Apply' }));
    assert.deepEqual([topic.description, topic.retentionMs], ['meanwhile', 7 * DAY]);
    await when(changedText, () => document.getText().includes('meanwhile'));
  });

  test('a document that is looked at after its topic was deleted is marked as deleted', async () => {
    const { documents, ref, topic, save, logged } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'another' }), { preview: false });
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(document.uri, '..'), '*'));
    const deleted = new Promise((resolve) => watcher.onDidDelete(resolve));
    topic.goneAt = 0;
    await vscode.window.showTextDocument(document);
    await deleted;
    watcher.dispose();
    await type(document, String(DAY), String(7 * DAY));
    assert.equal(await save(document), false);
    assert.ok(document.isDirty);
    assert.deepEqual(logged, []);
  });

  test('a topic that was deleted elsewhere is said to be', async () => {
    const { documents, ref, topic, save, refusalOf } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    topic.goneAt = 0;
    assert.equal(await save(document), false);
    assert.ok(document.isDirty);
    assert.match(await refusalOf(document), new RegExp(`Topic "${topic.name}" was deleted elsewhere\\.`));
  });

  test('a refusal leaves the text unsaved and stands at its field until the next change or save', async () => {
    const { documents, ref, emulator, save } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    const refuse = (): void => {
      const body = '{"type":"about:blank","title":"Bad Request","status":400,"detail":"no","code":"InvalidPartition"}';
      emulator.faults.inject({ method: 'PUT', effect: { kind: 'reply', status: 400, body } });
    };
    refuse();
    await type(document, '"partitions": 6', '"partitions": 7');
    assert.equal(await save(document, { press: 'Apply' }), false);
    assert.ok(document.isDirty);
    assert.deepEqual(ours(document).map(({ range }) => document.getText(range)), ['7']);
    await type(document, '"partitions": 7', '"partitions": 8');
    await when(vscode.languages.onDidChangeDiagnostics, () => ours(document).length === 0);

    refuse();
    assert.equal(await save(document, { press: 'Apply' }), false);
    assert.equal(ours(document).length, 1);
    assert.ok(await save(document, { press: 'Apply' }));
    assert.deepEqual(ours(document), []);
  });

  test('mistakes are marked while they are typed', async () => {
    const { documents, ref, emulator, save } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    const requests = emulator.log.length;
    await type(document, '"partitions": 6', '"partitions": 2');
    await when(vscode.languages.onDidChangeDiagnostics, () => ours(document).length > 0);
    assert.deepEqual(ours(document).map(({ message, range }) => [message, document.getText(range)]), [['Partitions can only be added: 6 now', '2']]);
    assert.equal(await save(document), false);
    assert.equal(emulator.log.length, requests);
  });

  test('a locked account is told with its remedy, and nothing is sent', async () => {
    const { documents, ref, save, puts, reported } = await startDocuments({ stage: 'prod', access: 'read-only' });
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    assert.equal(await save(document), false);
    assert.ok(reported[0] instanceof CloudError && reported[0].kind === 'locked');
    assert.equal(puts(), 0);
  });

  test('a save the user did not make applies nothing', async () => {
    const { documents, ref, topic, save, puts } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    const files = vscode.workspace.getConfiguration('files');
    const before = files.inspect('autoSave')?.globalValue;
    const saves = new vscode.EventEmitter<vscode.TextDocumentSaveReason>();
    const watching = vscode.workspace.onWillSaveTextDocument(({ reason }) => saves.fire(reason));
    const seen: vscode.TextDocumentSaveReason[] = [];
    saves.event((reason) => seen.push(reason));
    try {
      await files.update('autoSaveDelay', 1, vscode.ConfigurationTarget.Global);
      await files.update('autoSave', 'afterDelay', vscode.ConfigurationTarget.Global);
      await type(document, String(DAY), String(7 * DAY));
      await when(saves.event, () => seen.includes(vscode.TextDocumentSaveReason.AfterDelay));
      assert.ok(document.isDirty);
      // Another save of the editor's own beside the user's would be taken for it.
      await files.update('autoSave', 'off', vscode.ConfigurationTarget.Global);
      assert.equal(puts(), 0);
      await type(document, String(7 * DAY), String(2 * DAY));
      assert.ok(document.isDirty);
      assert.ok(await save(document, { press: 'Apply' }));
      assert.equal(topic.retentionMs, 2 * DAY);
      assert.equal(puts(), 1);
    } finally {
      watching.dispose();
      await files.update('autoSave', before, vscode.ConfigurationTarget.Global);
      await files.update('autoSaveDelay', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('what is given up and opened again is what is in the cloud', async () => {
    const { documents, ref, topic, save } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    topic.retentionMs = 3 * DAY;
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await when(changedText, () => document.getText().includes(String(3 * DAY)));
    await type(document, String(3 * DAY), String(7 * DAY));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    topic.retentionMs = 4 * DAY;
    const again = await documents.open(ref, 'edit');
    await when(changedText, () => again.getText().includes(String(4 * DAY)));
    await type(again, String(4 * DAY), String(5 * DAY));
    assert.ok(await save(again, { press: 'Apply' }));
  });

  test('a document without unsaved changes follows the cloud when it is shown again', async () => {
    const { documents, ref, topic } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'another' }), { preview: false });
    topic.description = 'changed in the console';
    await vscode.window.showTextDocument(document);
    await when(changedText, () => document.getText().includes('changed in the console'));
    assert.equal(document.isDirty, false);
  });

  test('no words of a service become a link', async () => {
    const { documents, ref, emulator, refusalOf } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    const body = '{"type":"about:blank","title":"Bad Request","status":400,"detail":"see [here](command:workbench.action.openSettings) now","code":"Odd"}';
    emulator.faults.inject({ method: 'PUT', effect: { kind: 'reply', status: 400, body } });
    await type(document, String(DAY), String(7 * DAY));
    const refusal = await refusalOf(document, { press: 'Apply' });
    assert.match(refusal, /here/);
    assert.doesNotMatch(refusal, /\]\(/);
  });

  /** What we mark; the editor's own JSON support marks too. */
  function ours(document: vscode.TextDocument): readonly vscode.Diagnostic[] {
    return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Cloud Streams');
  }
});
