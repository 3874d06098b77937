import { open } from 'node:fs/promises';
import { join } from 'node:path';

import * as l10n from '@vscode/l10n';

import type { Prompts } from '../host/prompts.ts';
import { runWizard } from '../host/wizard.ts';
import { zoneName } from '../model/accountWords.ts';
import { CancelledError } from '../model/cloudError.ts';
import type { AccountStore } from './accountStore.ts';
import { accessStep, stageStep } from './commonSteps.ts';
import { parseConfigureFile } from './configureFile.ts';
import type { ConfigureFile } from './configureFile.ts';
import { accountOf, newDraft } from './draft.ts';
import type { Draft } from './draft.ts';
import { importables } from './importable.ts';
import type { Importable, KnownKey } from './importable.ts';
import type { SecretStored } from './keychain.ts';
import { keyOwnerStep } from './naverSteps.ts';
import { uniqueName } from './names.ts';
import { maskKey } from './secrets.ts';

/** A configure file has a few lines; more than this is something else. */
const MAX_FILE_BYTES = 256 * 1024;

/** What the import needs. */
export interface ImportDeps {
  readonly store: AccountStore;
  readonly prompts: Prompts;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
}

/** What the import did, for the notification. */
export interface ImportOutcome {
  readonly names: readonly string[];
  readonly stored: SecretStored;
  /** What the user should know, such as lines that could not be read. Never their content. */
  readonly remarks: readonly string[];
}

/**
 * Takes over accounts of the NAVER Cloud CLI and of the environment: the user picks which, and says once for all of them whose keys
 * they are and what may be done. Nothing that is there already is changed.
 * @throws CancelledError when the user closed it
 */
export async function importAccounts({ store, prompts, env, homeDir }: ImportDeps): Promise<ImportOutcome> {
  const { file, remark } = await readConfigure(homeDir);
  const remarks = [
    ...(remark === undefined ? [] : [remark]),
    ...(file === undefined || file.brokenLines.length === 0
      ? []
      : [l10n.t('These lines of {0} could not be read: {1}.', FILE, file.brokenLines.join(', '))]),
  ];
  const found = importables(file, env, await knownKeys(store));
  if (!found.some(({ secrets }) => secrets !== undefined)) {
    return { names: [], stored: 'stored', remarks: [...remarks, ...found.map(({ name, obstacle }) => `${name}: ${obstacle ?? ''}`)] };
  }
  const draft: ImportDraft = { ...newDraft(''), chosen: [] };
  await runWizard(prompts, l10n.t('Import Accounts'), [
    {
      id: 'chosen',
      run: async (at, into) => {
        into.chosen = await at.pickMany({
          placeholder: [l10n.t('Which accounts are taken over?'), ...remarks].join(' '),
          items: found.map(itemOf),
          validate: (values) => (values.length === 0 ? l10n.t('Choose at least one account.') : undefined),
        });
        return undefined;
      },
    },
    keyOwnerStep(),
    stageStep(),
    accessStep(),
  ], draft);
  const names: string[] = [];
  const added = draft.chosen.flatMap(({ name: wanted, zone, secrets }) => {
    if (secrets === undefined) return [];
    const name = uniqueName(wanted, [...store.list().map((account) => account.name), ...names]);
    names.push(name);
    return [{ account: accountOf({ ...draft, id: store.newId(), name, zone }), secrets }];
  });
  return { names, stored: await store.addAll(added), remarks };
}

const FILE = '~/.ncloud/configure';

type ImportDraft = Draft & { chosen: readonly Importable[] };

function itemOf(found: Importable): { label: string; description: string; value: Importable; unavailable: string | undefined; isPicked: boolean } {
  const { name, source, zone, secrets, obstacle } = found;
  const key = secrets === undefined ? [] : [maskKey(secrets.keyId)];
  return { label: name, description: [zoneName(zone), ...key, source].join(' · '), value: found, unavailable: obstacle, isPicked: obstacle === undefined };
}

async function readConfigure(homeDir: string): Promise<{ file: ConfigureFile | undefined; remark?: string }> {
  try {
    const handle = await open(join(homeDir, '.ncloud', 'configure'));
    try {
      const buffer = Buffer.alloc(MAX_FILE_BYTES + 1);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      if (bytesRead > MAX_FILE_BYTES) return { file: undefined, remark: l10n.t('{0} is too large to be read.', FILE) };
      return { file: parseConfigureFile(decode(buffer.subarray(0, bytesRead))) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return { file: undefined };
    return { file: undefined, remark: l10n.t('{0} could not be read ({1}).', FILE, code) };
  }
}

/** Windows editors write UTF-16 with a mark. */
function decode(bytes: Buffer): string {
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
}

async function knownKeys(store: AccountStore): Promise<readonly KnownKey[]> {
  const accounts = store.list().filter(({ provider }) => provider === 'naver');
  const keys = await Promise.all(accounts.map(async ({ id, name }): Promise<readonly KnownKey[]> => {
    try {
      return [{ keyId: (await store.secrets(id)).keyId, accountName: name }];
    } catch (error) {
      // An account without keys is the double of none.
      if (error instanceof CancelledError) throw error;
      return [];
    }
  }));
  return keys.flat();
}
