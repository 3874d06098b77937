import * as l10n from '@vscode/l10n';

import type { AccountSecrets, NaverZone } from '../model/account.ts';
import { zoneOfApiUrl } from './configureFile.ts';
import type { ConfigureFile } from './configureFile.ts';
import { checkKey, MAX_NAME_LENGTH } from './validation.ts';

/** An account that was found outside and can be taken over, or why it cannot. */
export interface Importable {
  /** Where it was found. */
  readonly source: string;
  readonly name: string;
  readonly zone: NaverZone;
  readonly secrets: AccountSecrets | undefined;
  /** Why it cannot be taken over. */
  readonly obstacle: string | undefined;
}

/** A key that is known already. */
export interface KnownKey {
  readonly keyId: string;
  readonly accountName: string;
}

/**
 * Everything to import: the profiles of the configure file, and the pair of environment variables. What is known already, or cannot
 * be used, is named with the reason; no text repeats a key.
 */
export function importables(
  file: ConfigureFile | undefined,
  env: Readonly<Record<string, string | undefined>>,
  known: readonly KnownKey[],
): readonly Importable[] {
  const fromFile = (file?.profiles ?? []).map(({ profile, accessKeyId, secretKey, apiUrl }) => ({
    source: '~/.ncloud/configure',
    name: profile === 'DEFAULT' ? 'ncloud' : profile,
    keyId: accessKeyId,
    secret: secretKey,
    zone: zoneOfApiUrl(apiUrl),
  }));
  const [keyId, secret, apiUrl] = ['NCLOUD_ACCESS_KEY', 'NCLOUD_SECRET_KEY', 'NCLOUD_API_GW'].map((name) => env[name]);
  const fromEnv = keyId === undefined && secret === undefined
    ? []
    : [{ source: l10n.t('Environment'), name: 'ncloud env', keyId, secret, zone: zoneOfApiUrl(apiUrl) }];
  const seen = [...known];
  return [...fromFile, ...fromEnv].map(({ source, name, keyId: id, secret: key, zone }): Importable => {
    const checkedId = checkKey(id ?? '').value;
    const checkedKey = checkKey(key ?? '').value;
    const owner = seen.find((one) => one.keyId === checkedId)?.accountName;
    const found = { source, name: shortened(name), zone: zone ?? 'public' };
    const obstacle = obstacleOf({ id, key, checkedId, checkedKey, owner, hasZone: zone !== undefined });
    if (obstacle !== undefined || checkedId === undefined || checkedKey === undefined) return { ...found, secrets: undefined, obstacle };
    seen.push({ keyId: checkedId, accountName: name });
    return { ...found, secrets: { keyId: checkedId, secret: checkedKey }, obstacle: undefined };
  });
}

interface Facts {
  readonly id: string | undefined;
  readonly key: string | undefined;
  readonly checkedId: string | undefined;
  readonly checkedKey: string | undefined;
  readonly owner: string | undefined;
  readonly hasZone: boolean;
}

function obstacleOf({ id, key, checkedId, checkedKey, owner, hasZone }: Facts): string | undefined {
  if (id === undefined) return l10n.t('No access key id');
  if (key === undefined) return l10n.t('No secret key');
  if (checkedId === undefined) return l10n.t('Its access key id cannot be used');
  if (checkedKey === undefined) return l10n.t('Its secret key cannot be used');
  if (owner !== undefined) return l10n.t('Already there as "{0}"', owner);
  return hasZone ? undefined : l10n.t('Its API address is not one of NAVER Cloud');
}

function shortened(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').trim();
  return Array.from(clean).slice(0, MAX_NAME_LENGTH - 4).join('');
}
