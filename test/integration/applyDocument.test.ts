import * as assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { CancelledError } from '../../src/model/cloudError.ts';
import { ProblemError } from '../../src/model/problem.ts';
import { DAY, endDocuments, startDocuments, type, when } from './documentsFixture.ts';

suite('applying a document by its command', () => {
  teardown(endDocuments);

  const changedText = vscode.workspace.onDidChangeTextDocument;

  test('the cloud has the change and the document is saved, with one question', async () => {
    const { documents, ref, topic, apply, puts, said, applied, reported, logged } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    assert.equal(await apply({ press: 'Apply' }), undefined);
    assert.equal(document.isDirty, false);
    assert.equal(topic.retentionMs, 7 * DAY);
    await type(document, String(7 * DAY), String(2 * DAY));
    assert.equal(await apply({ press: 'Apply' }), undefined);
    assert.equal(document.isDirty, false);
    assert.equal(topic.retentionMs, 2 * DAY);
    assert.equal(puts(), 2);
    assert.deepEqual(said, [`Topic "${topic.name}" was changed.`, `Topic "${topic.name}" was changed.`]);
    assert.deepEqual(applied, [ref, ref]);
    assert.deepEqual([...reported, ...logged], []);
  });

  test('closing the question is silent: nothing is sent, asked again or saved', async () => {
    const { documents, ref, topic, apply, puts, reported, logged } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    assert.ok(await apply({ cancel: true }) instanceof CancelledError);
    topic.retentionMs = 3 * DAY;
    assert.ok(await apply({ cancel: true }) instanceof CancelledError);
    assert.ok(await apply({ press: 'Compare' }) instanceof CancelledError);
    assert.ok(document.isDirty);
    assert.equal(puts(), 0);
    assert.deepEqual([...reported, ...logged], []);
  });

  test('a refusal is thrown once, with what to do, and stands at its field', async () => {
    const { documents, ref, emulator, apply, reported, logged } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    const body = '{"type":"about:blank","title":"Bad Request","status":400,"detail":"no","code":"InvalidPartition"}';
    emulator.faults.inject({ method: 'PUT', effect: { kind: 'reply', status: 400, body } });
    await type(document, '"partitions": 6', '"partitions": 7');
    const error = await apply({ press: 'Apply' });
    assert.ok(error instanceof ProblemError, String(error));
    assert.ok(document.isDirty);
    const marked = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Cloud Streams');
    assert.deepEqual(marked.map(({ message, range }) => [message, document.getText(range)]), [[error.message, '7']]);
    assert.deepEqual([...reported, ...logged], []);
    assert.equal(await apply({ press: 'Apply' }), undefined);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Cloud Streams'), []);
  });

  test('two windows that edit the same topic lose neither change', async () => {
    const first = await startDocuments();
    const second = await startDocuments(undefined, first.emulator);
    const { topic } = first;
    const mine = await first.documents.open(first.ref, 'edit');
    const theirs = await second.documents.open(second.ref, 'edit');
    await type(theirs, '"partitions": 6', '"partitions": 7');
    await type(mine, String(DAY), String(7 * DAY));
    assert.ok(await first.save(mine, { press: 'Apply' }));
    const isShown = when(changedText, () => theirs.getText().includes(String(7 * DAY)));
    assert.ok(await second.save(theirs, { press: 'Keep Both' }, { press: 'Apply' }));
    await isShown;
    assert.deepEqual([topic.retentionMs, topic.log.partitions.length], [7 * DAY, 7]);
    // The same field on both sides: nothing is lost before somebody says so.
    await type(theirs, String(7 * DAY), String(2 * DAY));
    await type(mine, String(7 * DAY), String(3 * DAY));
    assert.ok(await second.save(theirs, { press: 'Apply' }));
    assert.equal(await first.save(mine, { cancel: true }), false);
    assert.equal(topic.retentionMs, 2 * DAY);
    assert.ok(mine.isDirty);
  });

  test('a locked account is told with its remedy', async () => {
    const { documents, ref, apply, puts, reported } = await startDocuments({ stage: 'prod', access: 'read-only' });
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    const error = await apply();
    assert.ok(error instanceof ProblemError);
    assert.match(error.problem.message, /"acme"/);
    assert.ok(error.problem.remedies.includes('unlock'));
    assert.deepEqual(reported, []);
    assert.ok(document.isDirty);
    assert.equal(puts(), 0);
  });

  test('what the editor lays out anew while it saves is not asked about', async () => {
    const { documents, ref, topic, apply, puts, said } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    const laying = vscode.workspace.onWillSaveTextDocument((event) => {
      event.waitUntil(Promise.resolve([vscode.TextEdit.insert(new vscode.Position(0, 1), '\n')]));
    });
    try {
      await type(document, String(DAY), String(7 * DAY));
      assert.equal(await apply({ press: 'Apply' }), undefined);
    } finally {
      laying.dispose();
    }
    assert.equal(document.isDirty, false);
    assert.ok(document.getText().startsWith('{\n\n'));
    assert.deepEqual([topic.retentionMs, puts()], [7 * DAY, 1]);
    assert.deepEqual(said, [`Topic "${topic.name}" was changed.`]);
  });

  /** Has the editor do something to each text it saves. */
  const whileSaving = async (edit: (document: vscode.TextDocument) => vscode.TextEdit, work: () => Promise<void>): Promise<void> => {
    const laying = vscode.workspace.onWillSaveTextDocument((event) => {
      event.waitUntil(Promise.resolve([edit(event.document)]));
    });
    try {
      await work();
    } finally {
      laying.dispose();
    }
  };

  test('white space the editor adds to code while it saves it is asked about no more', async () => {
    const { documents, codeRef, cloud, apply, save, said, logged } = await startDocuments();
    cloud.code = 'function main() { return 1; }';
    const document = await documents.open(codeRef, 'edit');
    await type(document, 'return 1', 'return 2');
    await whileSaving((one) => vscode.TextEdit.insert(one.positionAt(one.getText().length), '\n'), async () => {
      assert.equal(await apply({ press: 'Deploy' }), undefined);
    });
    assert.deepEqual([document.isDirty, document.getText()], [false, 'function main() { return 2; }\n']);
    assert.deepEqual([cloud.code, cloud.updates], ['function main() { return 2; }', 1]);
    assert.equal(await apply(), undefined, 'it stands as it was saved');
    await type(document, 'return 2', 'return 3');
    assert.ok(await save(document, { press: 'Deploy' }));
    assert.deepEqual([cloud.code, cloud.updates], ['function main() { return 3; }\n', 2]);
    assert.equal(said.length, 2);
    assert.deepEqual(logged, []);
  });

  test('what else the editor makes of code while it saves it is planned as a change of what was deployed', async () => {
    const { documents, codeRef, cloud, apply, logged } = await startDocuments();
    cloud.code = 'main()\n';
    const document = await documents.open(codeRef, 'edit');
    await type(document, 'main', 'other');
    await whileSaving((one) => vscode.TextEdit.insert(one.positionAt(one.getText().indexOf(')') + 1), ';'), async () => {
      assert.equal(await apply({ press: 'Deploy' }, { press: 'Deploy' }), undefined);
    });
    assert.deepEqual([document.isDirty, cloud.code, cloud.updates], [false, 'other();\n', 2]);
    assert.deepEqual(logged, []);
  });

  test('the second of two at a time does nothing, and a save meanwhile asks nothing', async () => {
    const { documents, ref, topic, apply, puts } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    const results = await Promise.all([apply({ press: 'Apply' }), documents.applyActive(), document.save()]);
    assert.deepEqual(results, [undefined, undefined, true]);
    assert.equal(document.isDirty, false);
    assert.deepEqual([topic.retentionMs, puts()], [7 * DAY, 1]);
  });

  test('a text that goes on while it is applied stays unsaved, and is compared with what was applied', async () => {
    const { documents, ref, topic, apply, answerWith, puts } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    answerWith(() => type(document, '"partitions": 6', '"partitions": 7'));
    assert.equal(await apply({ press: 'Apply' }), undefined);
    assert.ok(document.isDirty);
    assert.deepEqual([topic.retentionMs, topic.log.partitions.length], [7 * DAY, 6]);
    assert.equal(await apply({ press: 'Apply' }), undefined);
    assert.equal(document.isDirty, false);
    assert.deepEqual([topic.log.partitions.length, puts()], [7, 2]);
  });

  test('theirs can be taken, and both be kept', async () => {
    const { documents, ref, topic, apply } = await startDocuments();
    const document = await documents.open(ref, 'edit');
    await type(document, String(DAY), String(7 * DAY));
    topic.retentionMs = 3 * DAY;
    assert.equal(await apply({ press: 'Take Theirs' }), undefined);
    await when(changedText, () => document.getText().includes(String(3 * DAY)));
    assert.equal(document.isDirty, false);
    await type(document, String(3 * DAY), String(7 * DAY));
    topic.description = 'from another window';
    assert.equal(await apply({ press: 'Keep Both' }, { press: 'Apply' }), undefined);
    await when(changedText, () => document.getText().includes('from another window'));
    assert.equal(document.isDirty, false);
  });

  test('what can only be read, or is none of ours, is left alone', async () => {
    const { documents, ref, apply } = await startDocuments();
    await documents.open(ref, 'view');
    assert.equal(await apply(), undefined);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'another' }));
    assert.equal(await apply(), undefined);
  });
});
