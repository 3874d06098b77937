import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { holdsSecret } from '../../../src/accounts/holdsSecret.ts';
import { Redactor } from '../../../src/host/redactor.ts';
import { EnvironmentAccess } from '../../../src/messages/sources/environmentAccess.ts';
import { fileSource, textSource, unreadableSource } from '../../../src/messages/sources/fileSource.ts';
import { includedFile } from '../../../src/messages/sources/includedFiles.ts';
import { keptInputs, withAnswers } from '../../../src/messages/sources/readInputs.ts';
import { CancelledError } from '../../../src/model/cloudError.ts';
import type { Reading } from '../../../src/sending/message.ts';
import { type MessageSource, SourceError, type SourceRef } from '../../../src/sending/source.ts';
import { memoryStore, naverAccount } from '../../support/accounts.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';

const REF: SourceRef = { uri: 'file:///orders.json', name: 'orders.json', format: 'json', content: 'value' };

let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'cloud-streams-'));
});

after(() => rmSync(folder, { recursive: true }));

async function textOf(source: MessageSource, signal = new AbortController().signal): Promise<string> {
  let text = '';
  for await (const piece of source.read(signal)) text += piece;
  return text;
}

describe('files as sources', () => {
  it('are read in pieces as UTF-8, characters between pieces included, without a byte order mark', async () => {
    const path = join(folder, 'large.json');
    const text = '주문 😀'.repeat(60_000);
    writeFileSync(path, `\uFEFF${text}`);
    const source = await fileSource(REF, path);
    assert.equal(await textOf(source), text);
    assert.equal(await textOf(source), text);
    assert.ok(await source.isUnchanged());
  });

  it('say what is in the way', async () => {
    const path = join(folder, 'latin.json');
    writeFileSync(path, Buffer.from([0x22, 0xe9, 0x22]));
    const reasonOf = async (source: MessageSource): Promise<unknown> => {
      const error: unknown = await textOf(source).then(() => undefined, (thrown: unknown) => thrown);
      return error instanceof SourceError ? error.reason.kind : error;
    };
    assert.equal(await reasonOf(await fileSource(REF, path)), 'notUtf8');
    writeFileSync(path, Buffer.from([0x22, 0xec, 0x9d]));
    assert.equal(await reasonOf(await fileSource(REF, path)), 'notUtf8');
    assert.equal(await reasonOf(await fileSource(REF, join(folder, 'nothing.json'))), 'unreadable');
    assert.equal(await reasonOf(unreadableSource(REF, { kind: 'documentTooLarge' })), 'documentTooLarge');
    assert.equal(await reasonOf(await fileSource(REF, folder)), 'unreadable');
  });

  it('know that they were written since, and do not pass that over', async () => {
    const path = join(folder, 'moving.json');
    writeFileSync(path, '1');
    const source = await fileSource(REF, path);
    utimesSync(path, new Date(0), new Date(0));
    assert.equal(await source.isUnchanged(), false);
    await assert.rejects(textOf(source), SourceError);
  });

  it('pass on no piece of what was written while they are read, nor of a file that took their place', async () => {
    const path = join(folder, 'written.jsonl');
    const other = join(folder, 'other.jsonl');
    const before = '1'.repeat(600_000);
    for (const change of [() => writeFileSync(path, '2'.repeat(600_000)), () => renameSync(other, path)]) {
      writeFileSync(path, before);
      writeFileSync(other, '2'.repeat(600_000));
      // As `cp -p` and others leave it: the same length, the same time.
      utimesSync(other, statSync(path).atime, statSync(path).mtime);
      const reading = (await fileSource(REF, path)).read(new AbortController().signal)[Symbol.asyncIterator]();
      assert.match(String((await reading.next()).value), /^1+$/);
      change();
      await assert.rejects(reading.next(), (error) => error instanceof SourceError && error.reason.kind === 'unreadable');
    }
  });

  it('are no pipes, which nobody may ever write into', { skip: process.platform === 'win32' }, async () => {
    const pipe = join(folder, 'pipe.jsonl');
    execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', pipe]);
    const source = await fileSource(REF, pipe);
    await assert.rejects(textOf(source), SourceError);
    assert.deepEqual(await includedFile('pipe.jsonl', folder, folder), { issue: 'fileNotFound' });
  });

  it('end with their signal', async () => {
    const path = join(folder, 'endless.json');
    writeFileSync(path, 'x'.repeat(1_000_000));
    const controller = new AbortController();
    const reading = (await fileSource(REF, path)).read(controller.signal)[Symbol.asyncIterator]();
    await reading.next();
    controller.abort();
    await assert.rejects(async () => {
      while ((await reading.next()).done !== true);
    }, CancelledError);
  });

  it('are texts of editors as they were', async () => {
    const source = textSource(REF, '\uFEFF{"a": 1}', { line: 3, column: 2 });
    assert.equal(await textOf(source), '{"a": 1}');
    assert.deepEqual(source.start, { line: 3, column: 2 });
  });
});

describe('a file that a message names', () => {
  it('is read where it is in the folder it may come from', async () => {
    const root = join(folder, 'workspace');
    mkdirSync(join(root, 'sub'), { recursive: true });
    mkdirSync(join(folder, 'outside'));
    writeFileSync(join(root, 'note.txt'), '\uFEFF주문');
    writeFileSync(join(folder, 'outside', 'secret.txt'), 'x');
    symlinkSync(join(folder, 'outside'), join(root, 'link'));
    symlinkSync(join(root, 'note.txt'), join(root, 'sub', 'inner.txt'));
    const read = (path: string) => includedFile(path, join(root, 'sub'), root);
    assert.deepEqual(await read('../note.txt'), { text: '주문' });
    assert.deepEqual(await read('inner.txt'), { text: '주문' });
    for (const path of ['../../outside/secret.txt', '../link/secret.txt', join(folder, 'outside', 'secret.txt'), '..']) {
      assert.deepEqual(await read(path), { issue: 'fileOutside' }, path);
    }
    for (const path of ['nothing.txt', '', '../sub', 'a\0b']) {
      assert.ok('issue' in (await read(path)), path);
    }
    assert.deepEqual(await includedFile('note.txt', root, root), { text: '주문' });
  });

  it('is bounded, and a text', async () => {
    const root = join(folder, 'bounded');
    mkdirSync(root);
    writeFileSync(join(root, 'most.txt'), 'x'.repeat(1_048_576));
    writeFileSync(join(root, 'more.txt'), 'x'.repeat(1_048_577));
    writeFileSync(join(root, 'binary.bin'), Buffer.from([0xff]));
    const most = await includedFile('most.txt', root, root);
    assert.ok('text' in most && most.text.length === 1_048_576);
    assert.deepEqual(await includedFile('more.txt', root, root), { issue: 'fileNotFound' });
    assert.deepEqual(await includedFile('binary.bin', root, root), { issue: 'fileNotFound' });
  });
});

describe('the environment', () => {
  const env = { HOME: '/home/acme', TOKEN: 'canary-secret-0001' };

  function access(isTrusted: boolean, ...answers: readonly Answer[]) {
    const prompts = new ScriptedPrompts(...answers);
    return { prompts, env: new EnvironmentAccess({ env, prompts, isTrusted: () => isTrusted, isSecret: (value) => Promise.resolve(value.includes('canary')) }) };
  }

  it('is read in a workspace that is trusted; a key of an account never is', async () => {
    const { env: read } = access(true);
    assert.deepEqual(await read.read('HOME'), { value: '/home/acme' });
    for (const name of ['NOBODY', 'constructor', '__proto__']) assert.deepEqual(await read.read(name), { issue: 'envNotSet' }, name);
    assert.deepEqual(await read.read('TOKEN'), { issue: 'envIsSecret' });
  });

  it('gives no key of an account that this window never used', async () => {
    const first = memoryStore();
    await first.store.add(naverAccount(), { keyId: 'key-id-0001', secret: '${env:TOKEN}' });
    const redactor = new Redactor();
    const { store } = memoryStore({ env, onSecret: (...values) => redactor.register(...values) }, first.state, first.secrets);
    const isSecret = (value: string): Promise<boolean> => holdsSecret(value, store, redactor);
    const fresh = new EnvironmentAccess({ env, prompts: new ScriptedPrompts(), isTrusted: () => true, isSecret });
    assert.deepEqual(await fresh.read('TOKEN'), { issue: 'envIsSecret' });
    assert.deepEqual(await fresh.read('HOME'), { value: '/home/acme' });
  });

  it('is asked for once in one that is not, name by name or all at once', async () => {
    const { env: read, prompts } = access(false, { press: 'Allow' }, { press: 'Allow All Variables' });
    assert.deepEqual(await read.read('HOME'), { value: '/home/acme' });
    assert.deepEqual(await read.read('HOME'), { value: '/home/acme' });
    assert.deepEqual(await Promise.all([read.read('A'), read.read('B')]), [{ issue: 'envNotSet' }, { issue: 'envNotSet' }]);
    prompts.done();
    assert.match(prompts.asked[0]?.text ?? '', /"HOME"/);
  });

  it('stays closed where the user does not want it, and can be asked for again', async () => {
    const { env: read, prompts } = access(false, { cancel: true }, { press: 'Allow' });
    assert.deepEqual(await read.read('HOME'), { issue: 'envNotAllowed' });
    assert.deepEqual(await read.read('HOME'), { value: '/home/acme' });
    prompts.done();
  });
});

describe('inputs of a plan', () => {
  it('are asked once, so that what goes out is what was shown', async () => {
    let asked = 0;
    const inputs = keptInputs({
      variables: new Map(),
      env: () => Promise.resolve({ value: String((asked += 1)) }),
      file: (path, uri) => Promise.resolve({ text: `${path} ${uri} ${String((asked += 1))}` }),
    });
    assert.deepEqual([await inputs.env('A'), await inputs.env('A'), await inputs.env('B')], [{ value: '1' }, { value: '1' }, { value: '2' }]);
    assert.deepEqual([await inputs.file('a', 'u'), await inputs.file('a', 'u'), await inputs.file('a', 'v')], [{ text: 'a u 3' }, { text: 'a u 3' }, { text: 'a v 4' }]);
  });

  it('put what was typed in place of what was made up', async () => {
    const message: Reading = { index: 0, source: 0, place: { line: 1, column: 1 }, key: 'made-up', isKeyGenerated: true, value: '1', bytes: 1, partition: undefined };
    async function* readings(): AsyncGenerator<readonly Reading[]> {
      yield await Promise.resolve([message]);
    }
    const read = async (key: string | undefined, partition: number | undefined): Promise<readonly Reading[]> => {
      const found: Reading[] = [];
      for await (const batch of withAnswers(readings(), { key, partition })) found.push(...batch);
      return found;
    };
    assert.deepEqual(await read('k', 2), [{ ...message, key: 'k', isKeyGenerated: false, partition: 2 }]);
    assert.deepEqual(await read(undefined, 0), [{ ...message, partition: 0 }]);
  });
});
