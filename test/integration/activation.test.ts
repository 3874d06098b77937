import * as assert from 'node:assert/strict';
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
