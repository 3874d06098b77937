import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

import { FunctionsClient } from '../../../src/api/functions/client.ts';
import { documentText } from '../../../src/documents/documentText.ts';
import type { DocumentValues } from '../../../src/documents/documentType.ts';
import { saveDocument } from '../../../src/documents/saveFlow.ts';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import type { NaverAccount } from '../../../src/model/account.ts';
import { createFormatter } from '../../../src/model/format.ts';
import type { ResourceRef } from '../../../src/model/resource.ts';
import type { FunctionsPlace } from '../../../src/services/functions/context.ts';
import { functionsDocuments } from '../../../src/services/functions/documents.ts';
import { naverAccount } from '../../support/accounts.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { connect } from '../api/support.ts';

/** When everything here happens: a Sunday, 11:30 in Korea. */
export const NOW = Date.UTC(2026, 10, 22, 2, 30);

/** Nobody calls anything off. */
function waiting<T>(_title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return work(new AbortController().signal);
}

/** A folder for versions that ends with the test. */
export function versionsFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'cloud-streams-versions-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'versions');
}

/** Cloud Functions of its own with its samples, and documents of what is there. */
export async function editingWorld(t: TestContext, changes: Partial<NaverAccount> = {}) {
  const emulator = await startEmulator({ runs: 'echo' });
  t.after(() => emulator.close());
  const { naver } = emulator.credentials;
  const account = naverAccount({ endpoints: naver, ...changes });
  /** The account pointed elsewhere. */
  const connectTo = (other: Partial<NaverAccount>) => {
    const pointed: NaverAccount = { ...account, ...other };
    const { connection } = connect(t, pointed, { keyId: naver.accessKeyId, secret: naver.secretKey });
    return { account: pointed, client: new FunctionsClient(connection, 'KR') };
  };
  const { client } = connectTo({});
  let current = { account, client };
  const place: FunctionsPlace = { account, region: 'KR', title: 'Cloud Functions · KR' };
  const folder = versionsFolder(t);
  const format = createFormatter('en');
  let now = NOW;
  let prompts = new ScriptedPrompts();
  const types = functionsDocuments({
    client: () => Promise.resolve(current.client), format, now: () => (now += 1000), versionsFolder: folder,
    account: (id) => (id === account.id ? current.account : undefined),
    prompts: {
      pick: (options) => prompts.pick(options), pickMany: (options) => prompts.pickMany(options), input: (options) => prompts.input(options),
      confirm: (options) => prompts.confirm(options), choose: (options) => prompts.choose(options), at: (at) => prompts.at(at),
    },
  });
  /** A document as it is opened, and what saving a text of it comes to where the user answers so. */
  const open = async (ref: ResourceRef) => {
    const type = types.find(({ kind }) => kind === ref.kind);
    const edit = await type?.edit?.();
    assert.ok(type !== undefined && edit !== undefined);
    const opened = await edit.read(ref);
    const save = async (mine: DocumentValues | string, ...answers: readonly Answer[]) => {
      prompts = new ScriptedPrompts(...answers);
      const text = typeof mine === 'string' ? mine : documentText(edit, mine);
      const outcome: unknown = await saveDocument({
        edit, ref, title: type.title(ref), account, text, base: opened.values, baseIdentity: opened.identity, waiting, ...(type.verb === undefined ? {} : { verb: type.verb() }),
      }, prompts).catch((error: unknown) => error);
      prompts.done();
      return { outcome, asked: prompts.asked };
    };
    return { type, edit, opened, values: opened.values, save };
  };
  const puts = (): readonly string[] => emulator.log.filter(({ method }) => method === 'PUT').map(({ target }) => target.replace(/^.*\/api\/v2\//, ''));
  /** The account was changed: documents that are open are somewhere else now. */
  const at = (where: typeof current): void => {
    current = where;
  };
  return { emulator, account, client, connectTo, at, place, folder, format, open, puts };
}
