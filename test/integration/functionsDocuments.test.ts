import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as vscode from 'vscode';

import { Connection } from '../../src/api/connection.ts';
import { FunctionsClient } from '../../src/api/functions/client.ts';
import { createUndiciTransport } from '../../src/api/undiciTransport.ts';
import { Documents } from '../../src/documents/documents.ts';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { createFormatter } from '../../src/model/format.ts';
import type { ResourceRef } from '../../src/model/resource.ts';
import { zipEntries } from '../../src/services/functions/actions/archive.ts';
import type { FunctionsDeps } from '../../src/services/functions/context.ts';
import { functionsDocuments } from '../../src/services/functions/documents.ts';
import { openCode } from '../../src/services/functions/editing/openCode.ts';
import { registerArchives } from '../../src/services/functions/editing/registerArchives.ts';
import { undoDeploy } from '../../src/services/functions/editing/undoDeploy.ts';
import { actionResource, codeRef, triggerResource } from '../../src/services/functions/resources.ts';
import { wait } from '../../src/host/clock.ts';
import { naverAccount } from '../support/accounts.ts';
import { MemoryMemento } from '../support/editorStorage.ts';
import { type Answer, ScriptedPrompts } from '../support/scriptedPrompts.ts';
import { endDocuments, type, when } from './documentsFixture.ts';

/** What the running tests started. */
const running: (() => unknown)[] = [];
let count = 0;

/** Cloud Functions over an emulator, and windows on it: each with documents of its own. */
async function start() {
  const emulator = await startEmulator({ runs: 'echo' });
  const { naver } = emulator.credentials;
  const account = naverAccount({ endpoints: naver });
  const transport = createUndiciTransport({ dispatcher: (undici) => new undici.Agent() });
  const connection = new Connection(() => account, () => Promise.resolve({ keyId: naver.accessKeyId, secret: naver.secretKey }), {
    transport, now: Date.now, random: () => 0.5, wait: () => Promise.resolve(), log: { request: () => undefined }, timeoutMs: () => 20_000,
  });
  const client = new FunctionsClient(connection, 'KR');
  const place = { account, region: 'KR', title: 'Cloud Functions · KR' } as const;
  const versionsFolder = fs.mkdtempSync(join(tmpdir(), 'cloud-streams-versions-'));
  const logged: string[] = [];
  running.push(async () => {
    await connection.dispose();
    await transport.close();
    await emulator.close();
    fs.rmSync(versionsFolder, { recursive: true, force: true });
    assert.deepEqual(logged, []);
  });
  const openWindow = () => {
    count += 1;
    const scheme = `cloud-streams-functions${count}`;
    const archives = `${scheme}-archive`;
    let script = new ScriptedPrompts();
    const log = { error: (message: string, error?: unknown) => void logged.push(`${message} ${String(error)}`) };
    const run = <T>(_title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => work(new AbortController().signal);
    const deps = {
      client: () => Promise.resolve(client), format: createFormatter('en'), now: Date.now, versionsFolder, log,
      account: (id: string) => (id === account.id ? account : undefined), reading: run, progress: run, wait, say: () => undefined, changed: () => undefined,
      prompts: {
        pick: (options) => script.pick(options), pickMany: (options) => script.pickMany(options), input: (options) => script.input(options),
        confirm: (options) => script.confirm(options), choose: (options) => script.choose(options), at: (at) => script.at(at),
      },
      openDocument: async (ref: ResourceRef, mode: 'edit' | 'view' | 'raw') => {
        await documents.open(ref, mode);
      },
    } satisfies Partial<FunctionsDeps> as unknown as FunctionsDeps;
    const documents: Documents = new Documents({
      types: functionsDocuments(deps), prompts: deps.prompts, state: new MemoryMemento(), account: deps.account, report: () => undefined,
      say: () => undefined, log, now: Date.now, scheme,
    });
    const registration = registerArchives(deps, archives);
    running.unshift(() => vscode.Disposable.from(documents, registration).dispose());
    const answering = async <T>(answers: readonly Answer[], work: () => PromiseLike<T>): Promise<T> => {
      script = new ScriptedPrompts(...answers);
      const result = await work();
      script.done();
      return result;
    };
    const save = (document: vscode.TextDocument, ...answers: readonly Answer[]) => answering(answers, () => document.save());
    return { documents, deps, answering, save, archives, asked: () => script.asked };
  };
  const codeOf = (path: string): string => emulator.world.functions.scope('vpc').actions.get(path)?.spec.exec.code ?? '';
  return { emulator, client, place, openWindow, codeOf };
}

suite('documents of Cloud Functions', () => {
  teardown(async () => {
    await endDocuments();
    for (const end of running.splice(0)) await end();
  });

  test('one window deploys, the other is asked, and nothing is overwritten', async () => {
    const { place, openWindow, codeOf, emulator } = await start();
    const [one, two] = [openWindow(), openWindow()];
    const ref = codeRef({ pkg: '-', name: 'hello-web' }, 'js', place);
    const [mine, theirs] = [await one.documents.open(ref, 'edit'), await two.documents.open(ref, 'edit')];
    assert.equal(mine.languageId, 'javascript');
    await type(mine, 'function', '// mine\nfunction');
    await type(theirs, 'function', '// theirs\nfunction');
    assert.ok(await two.save(theirs, { press: 'Deploy' }));
    const deployed = codeOf('-/hello-web');
    assert.match(deployed, /\/\/ theirs/);

    assert.equal(await one.save(mine, { cancel: true }), false);
    assert.match(one.asked()[0]?.text ?? '', /^Code of action "hello-web" was changed elsewhere since it was opened\.[^]*Changed elsewhere:\nCode: 1 line added[^]*Changed by you:\nCode: 1 line added/);
    assert.deepEqual(one.asked()[0]?.labels, ['Compare', 'Overwrite', 'Take Theirs']);
    assert.ok(mine.isDirty);
    assert.equal(codeOf('-/hello-web'), deployed);
    assert.equal(emulator.log.filter(({ method }) => method === 'PUT').length, 1);

    assert.ok(await one.save(mine, { press: 'Take Theirs' }));
    await when(vscode.workspace.onDidChangeTextDocument, () => mine.getText().includes('// theirs'));
    assert.equal(codeOf('-/hello-web'), deployed);
  });

  test('the last deploy is undone, and the code on the screen is what runs again', async () => {
    const { place, openWindow, codeOf } = await start();
    const { deps, save, answering } = openWindow();
    const target = { place, pkg: '-', name: 'hello-web' };
    const before = codeOf('-/hello-web');
    await answering([], () => openCode(target, deps));
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    const lenses = async () => (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri)).map(({ command }) => command?.title);
    assert.deepEqual((await lenses()).slice(1), ['Run', 'Activations']);
    await type(document, 'function', '// new\nfunction');
    assert.ok(await save(document, { press: 'Deploy' }));
    assert.notEqual(codeOf('-/hello-web'), before);
    assert.deepEqual((await lenses()).slice(1), ['Run', 'Activations', 'Undo Last Deploy']);
    await answering([{ press: 'Undo Deploy' }], () => undoDeploy(target, deps));
    assert.equal(codeOf('-/hello-web'), before);
    await when(vscode.workspace.onDidChangeTextDocument, () => document.getText() === before);
    assert.equal(document.isDirty, false);
  });

  test('settings open as JSON, and a trigger says when it is due', async () => {
    const { place, openWindow, emulator } = await start();
    const { documents, save } = openWindow();
    const settings = await documents.open(actionResource('order-tools', 'validate-order', place).ref, 'edit');
    assert.ok(settings.uri.path.endsWith('/validate-order.functions-action.json'));
    await type(settings, '"memoryMb": 256', '"memoryMb": 512');
    assert.ok(await save(settings, { press: 'Apply' }));
    assert.equal(emulator.world.functions.scope('vpc').actions.get('order-tools/validate-order')?.spec.limits?.memory, 512);
    const trigger = await documents.open(triggerResource('monday-report', undefined, place).ref, 'edit');
    await type(trigger, '0 10 * * 1', '0 9 * * 1');
    assert.ok(await save(trigger, { press: 'Apply' }));
    assert.equal(emulator.world.functions.scope('vpc').triggers.get('monday-report')?.spec.cron, '0 9 * * 1');
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', trigger.uri, new vscode.Range(0, 0, trigger.lineCount, 0));
    assert.deepEqual(hints.map(({ label }) => typeof label === 'string' && /^next: .* KST · /.test(label)), [true]);
  });

  test('a file of an archive is read, and cannot be changed', async () => {
    const { client, place, openWindow } = await start();
    const { deps, answering, archives, asked } = openWindow();
    const text = (content: string): Uint8Array => new TextEncoder().encode(content);
    const archive = await zipEntries([{ path: 'index.js', bytes: text('exports.main = () => ({});\n') }, { path: 'lib/안녕 #1.py', bytes: text('x = 1\n') }]);
    const detail = await client.getAction('-', 'hello-web');
    await client.putAction({ ...detail, code: Buffer.from(archive).toString('base64'), isBinary: true });
    const target = { place, pkg: '-', name: 'hello-web' };
    await answering([{ pick: 'lib/안녕 #1.py' }], () => openCode(target, deps, archives));
    assert.deepEqual(asked()[0]?.labels, ['index.js', 'lib/안녕 #1.py']);
    const inFront = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;
    await when(vscode.window.onDidChangeActiveTextEditor, () => inFront()?.uri.scheme === archives);
    const document = inFront();
    assert.deepEqual([document?.languageId, document?.getText()], ['python', 'x = 1\n']);
    assert.ok(document);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(archives), false);
    await assert.rejects(Promise.resolve(vscode.workspace.openTextDocument(document.uri.with({ path: document.uri.path.replace('.py', '.rb') }))));
    await assert.rejects(Promise.resolve(vscode.workspace.openTextDocument(document.uri.with({ path: document.uri.path.replace('n1', 'n2') }))));
  });

  test('what has no code of its own offers what it has', async () => {
    const { place, openWindow } = await start();
    const { deps, answering, asked } = openWindow();
    await answering([{ press: 'Edit Settings' }], () => openCode({ place, pkg: 'order-tools', name: 'accept-order' }, deps));
    assert.match(asked()[0]?.text ?? '', /is a sequence: it has no code of its own\. It runs: order-tools\/validate-order → /);
    assert.ok(vscode.window.activeTextEditor?.document.uri.path.endsWith('/accept-order.functions-action.json'));
    await answering([{ press: 'Edit Settings' }], () => openCode({ place, pkg: 'analytics', name: 'thumbnailer' }, deps));
    assert.match(asked()[0]?.text ?? '', /is a container image[^]*demo-registry\/thumbnailer:1\.4/);
  });
});
