import * as assert from 'node:assert/strict';
import * as path from 'node:path';

import * as vscode from 'vscode';

const EXTENSION_ID = 'cloud-streams.cloud-streams';

interface Contributions {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

function product(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension<unknown>(EXTENSION_ID);
  assert.ok(extension, `${EXTENSION_ID} is not installed`);
  return extension;
}

suite('the extension in its host', () => {
  test('activates', async () => {
    await product().activate();
    assert.equal(product().isActive, true);
  });

  test('loads nothing that speaks to a network before somebody looks', () => {
    const ours = Object.keys(require.cache).filter((file) => file.startsWith(path.join(product().extensionPath, 'out')));
    const names = ours.map((file) => path.basename(file).replace(/-[A-Z0-9]{8}\.cjs$/u, '.cjs'));
    assert.ok(names.includes('extension.cjs'), names.join(', '));
    assert.deepEqual(names.filter((name) => /^(?:undici|connection|client|emulator)/u.test(name)), []);
  });

  test('gives other extensions nothing', async () => {
    assert.equal(await product().activate(), undefined);
  });

  test('registers every command its manifest names', async () => {
    const manifest = product().packageJSON as Contributions;
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
