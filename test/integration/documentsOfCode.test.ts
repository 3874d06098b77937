import * as assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { CancelledError, CloudError } from '../../src/model/cloudError.ts';
import { ProblemError } from '../../src/model/problem.ts';
import { endDocuments, startDocuments, type, when } from './documentsFixture.ts';

suite('source code as a document', () => {
  teardown(endDocuments);

  const changedText = vscode.workspace.onDidChangeTextDocument;
  const ours = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Cloud Streams');
  const lenses = async (uri: vscode.Uri) => (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri))
    .map(({ command }) => [command?.title, command?.command, ...(command?.arguments ?? []) as unknown[]]);

  test('it opens in its language and goes to the cloud as it stands', async () => {
    const { documents, codeRef, cloud, save, said, applied, logged } = await startDocuments();
    cloud.code = 'function main() {\r\n  return { greeting: "안녕 😀" };  \r\n}';
    const document = await documents.open(codeRef, 'edit');
    assert.match(document.uri.path, /\/resize\/js\/resize\.js$/);
    assert.equal(document.languageId, 'javascript');
    await type(document, 'greeting', 'text');
    assert.ok(await save(document, { press: 'Deploy' }));
    assert.equal(cloud.code, 'function main() {\r\n  return { text: "안녕 😀" };  \r\n}');
    await type(document, 'text', 'words');
    assert.ok(await save(document, { press: 'Deploy' }), 'the editor takes no save of its own for a change elsewhere');
    assert.equal(cloud.code, 'function main() {\r\n  return { words: "안녕 😀" };  \r\n}');
    assert.equal(cloud.updates, 2);
    assert.deepEqual(said, ['Code of "resize" was changed.', 'Code of "resize" was changed.']);
    assert.deepEqual(applied, [codeRef, codeRef]);
    assert.deepEqual(logged, []);
  });

  test('what the editor does to a text by opening it is never sent', async () => {
    const { documents, codeRef, cloud, save, said } = await startDocuments();
    const source = '\uFEFFa();\r\nb();\nc();\n';
    cloud.code = source;
    const document = await documents.open(codeRef, 'edit');
    await type(document, 'b();', 'b(1);');
    await type(document, 'b(1);', 'b();');
    assert.ok(document.isDirty);
    assert.ok(await save(document));
    assert.deepEqual([cloud.code, cloud.updates, said], [source, 0, []]);
  });

  test('an empty text is wrong where its field says so, at the first line while it is typed', async () => {
    const { documents, codeRef, refusalOf } = await startDocuments();
    const document = await documents.open(codeRef, 'edit');
    await type(document, 'function', 'syntax error\nfunction');
    await when(vscode.languages.onDidChangeDiagnostics, () => ours(document.uri).length > 0);
    assert.deepEqual(ours(document.uri).map(({ message, range }) => [message, document.getText(range)]), [['Not JavaScript.', 'syntax error']]);
    assert.equal(await refusalOf(document), 'Not JavaScript.');
    await type(document, document.getText(), '');
    assert.equal(await refusalOf(document), 'The action has no code.');
  });

  test('a text of megabytes is not read at each keystroke, and still when it is saved', async () => {
    const { documents, codeRef, cloud, refusalOf, save } = await startDocuments();
    const line = 'console.log("something that is long enough to fill a line of this text");\n';
    cloud.code = line.repeat(20_000);
    const document = await documents.open(codeRef, 'edit');
    const changed = when(changedText, () => document.getText().startsWith('syntax'));
    await type(document, 'console', 'syntax error');
    await changed;
    assert.equal(await refusalOf(document), 'Not JavaScript.');
    await type(document, 'syntax error', 'void console');
    assert.ok(await save(document, { press: 'Deploy' }));
    assert.equal(cloud.code, `void ${line.repeat(20_000)}`);
  });

  test('code that was changed elsewhere is compared, taken or overwritten, and never mixed', async () => {
    const { documents, codeRef, cloud, save } = await startDocuments();
    const document = await documents.open(codeRef, 'edit');
    await type(document, 'main() {}', 'main() { return {}; }');
    cloud.code = 'theirs\n';
    assert.equal(await save(document, { press: 'Compare' }), false);
    await when(vscode.window.tabGroups.onDidChangeTabs, () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    const remote = await vscode.workspace.openTextDocument(input.original);
    assert.deepEqual([remote.getText(), remote.languageId], ['theirs\n', 'javascript']);
    assert.ok(await save(document, { press: 'Overwrite' }, { press: 'Deploy' }));
    assert.equal(cloud.code, 'function main() { return {}; }\n');
    await type(document, 'return {}', 'return 1');
    cloud.code = 'theirs again\n';
    const isShown = when(changedText, () => document.getText() === 'theirs again\n');
    assert.ok(await save(document, { press: 'Take Theirs' }));
    await isShown;
    assert.equal(document.isDirty, false);
  });

  test('the first line says what can be done, in the words of its type', async () => {
    const { documents, codeRef } = await startDocuments();
    const document = await documents.open(codeRef, 'edit');
    const run = ['Run resize', 'cloudStreams.log.show', 'resize', 'js'];
    assert.deepEqual(await lenses(document.uri), [['acme · PROD', ''], run]);
    await type(document, 'main', 'mine');
    assert.deepEqual(await lenses(document.uri), [['acme · PROD · Deploy', 'cloudStreams.document.apply'], run]);
    const view = await documents.open(codeRef, 'view');
    assert.match(view.uri.path, /\/resize\.js \(view\)\.json$/);
    assert.deepEqual(await lenses(view.uri), [['acme · PROD', '']]);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, new vscode.Range(0, 0, 9, 0));
    assert.deepEqual(hints, []);
  });

  test('a question of the change that is closed leaves the text unsaved, without a word', async () => {
    const { documents, codeRef, cloud, apply, said, reported, logged } = await startDocuments();
    const document = await documents.open(codeRef, 'edit');
    await type(document, 'main', 'mine');
    cloud.ask = () => Promise.reject(new CancelledError());
    assert.ok(await apply({ press: 'Deploy' }) instanceof CancelledError);
    assert.ok(document.isDirty);
    assert.deepEqual([cloud.updates, said, reported, logged], [0, [], [], []]);
    cloud.ask = () => Promise.reject(new CloudError('invalid', { mayHaveArrived: false }));
    const error = await apply({ press: 'Deploy' });
    assert.ok(error instanceof ProblemError, String(error));
    assert.deepEqual(ours(document.uri).map(({ range }) => document.getText(range)), ['function mine() {}']);
  });

  test('keys that no document has are refused like any other', async () => {
    const { documents, codeRef } = await startDocuments();
    await assert.rejects(documents.open({ ...codeRef, keys: ['resize'] }, 'edit'), CloudError);
  });
});
