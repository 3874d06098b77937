import * as assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { CancelledError, CloudError } from '../../src/model/cloudError.ts';
import { DAY, endDocuments, startDocuments, type, when } from './documentsFixture.ts';

suite('opening documents', () => {
  teardown(endDocuments);

  const changedText = vscode.workspace.onDidChangeTextDocument;

  test('opening what is open already shows what is in the cloud now', async () => {
    const { documents, ref, topic } = await startDocuments();
    for (const mode of ['view', 'raw', 'edit'] as const) {
      const document = await documents.open(ref, mode);
      topic.description = `changed while ${mode} was open`;
      assert.equal((await documents.open(ref, mode)).uri.toString(), document.uri.toString());
      await when(changedText, () => document.getText().includes(topic.description));
    }
    const edited = await documents.open(ref, 'edit');
    await type(edited, String(DAY), String(7 * DAY));
    topic.description = 'changed again';
    await documents.open(ref, 'edit');
    assert.ok(edited.isDirty);
    assert.ok(edited.getText().includes(String(7 * DAY)));
  });

  test('opening can be called off', async () => {
    const { documents, ref, emulator } = await startDocuments();
    const release = emulator.faults.inject({ effect: { kind: 'hang' } });
    const controller = new AbortController();
    const opening = documents.open(ref, 'view', controller.signal);
    controller.abort();
    await assert.rejects(opening, CancelledError);
    release();
    await documents.open(ref, 'view');
  });

  test('whose a document is stands above it, and how its changes are applied', async () => {
    const { documents, ref, save } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    const lenses = async (uri: vscode.Uri) => (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri))
      .map(({ command }) => [command?.title, command?.command]);
    assert.deepEqual(await lenses(document.uri), [['acme · PROD', '']]);
    await type(document, String(DAY), String(7 * DAY));
    assert.deepEqual(await lenses(document.uri), [['acme · PROD · Apply Changes', 'cloudStreams.document.apply']]);
    assert.ok(await save(document, { press: 'Apply' }));
    assert.deepEqual(await lenses(document.uri), [['acme · PROD', '']]);
    assert.deepEqual(await lenses((await documents.open(ref, 'raw')).uri), [['acme · PROD', '']]);
  });

  test('the account of a document is known from its address', async () => {
    const { documents, ref } = await startDocuments();
    const { uri } = await documents.open(ref, 'raw');
    assert.equal(documents.accountIdOf(uri), ref.accountId);
    assert.equal(documents.accountIdOf(uri.with({ scheme: 'file' })), undefined);
    assert.equal(documents.accountIdOf(uri.with({ path: '/schema/dataStreamTopic.json' })), undefined);
  });

  test('what cannot be changed is shown and cannot be written', async () => {
    const { documents, ref, topic } = await startDocuments();
    const view = await documents.open(ref, 'view');
    assert.equal((JSON.parse(view.getText()) as { name: string }).name, topic.name);
    const raw = await documents.open(ref, 'raw');
    assert.match(raw.fileName, /\(raw\)\.json$/);
    assert.equal((JSON.parse(raw.getText()) as { topicName: string }).topicName, topic.name);
    const { permissions } = await vscode.workspace.fs.stat(raw.uri);
    assert.equal(permissions, vscode.FilePermission.Readonly);
    await assert.rejects(async () => vscode.workspace.fs.delete(raw.uri));
    await assert.rejects(async () => vscode.workspace.fs.stat(raw.uri.with({ path: '/none/of/ours.json' })));
  });

  test('what cannot be opened fails like any command', async () => {
    const { documents, ref } = await startDocuments();
    await assert.rejects(documents.open({ ...ref, keys: ['nobody'] }, 'edit'), CloudError);
    await assert.rejects(documents.open({ ...ref, kind: 'other' }, 'view'), CloudError);
  });

  test('numbers stand in the user’s units', async () => {
    const { documents, ref } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    const range = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, range);
    assert.deepEqual(hints.map(({ label, position }) => [label, document.lineAt(position).text]), [['1 d', `  "retentionMs": ${DAY}`]]);
    const view = await documents.open(ref, 'view');
    assert.ok(view.getText().includes('"retentionMs"'));
    assert.deepEqual(await vscode.commands.executeCommand('vscode.executeInlayHintProvider', view.uri, new vscode.Range(0, 0, view.lineCount, 0)), []);
  });

  test('the editor completes fields and values from the schema', async () => {
    const { documents, ref } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    const at = document.positionAt(document.getText().indexOf(String(DAY)));
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at);
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('7 days'), labels.join(', '));
  });

  test('the schema is served under the address the manifest gives, and says what a field means', async () => {
    const { documents, ref } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    const at = document.positionAt(document.getText().indexOf('retentionMs') + 1);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
    const text = hovers.flatMap(({ contents }) => contents).map((part) => (part instanceof vscode.MarkdownString ? part.value : '')).join('\n');
    assert.match(text, /How long messages are kept, in milliseconds/);
    const schema = await vscode.workspace.openTextDocument(vscode.Uri.parse('cloud-streams:///schema/dataStreamTopic.json'));
    assert.equal((JSON.parse(schema.getText()) as { title: string }).title, 'Data Stream topic');
    await assert.rejects(async () => vscode.workspace.fs.readFile(schema.uri.with({ path: '/schema/other.json' })));
  });
});
