import * as assert from 'node:assert/strict';

import { testConnection } from '../../src/accounts/testConnection.ts';
import type { TestLine } from '../../src/accounts/testConnection.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { Account, AccountSecrets } from '../../src/model/account.ts';
import { EASY_QUEUE, endAll, setUp } from './treeFixture.ts';

/** One thing that is wrong with an account, and what "Test Connection" must say of it. */
interface Case {
  readonly what: string;
  readonly provider: Account['provider'];
  readonly secrets?: (right: AccountSecrets) => AccountSecrets;
  readonly account?: (right: Account) => Account;
  readonly world?: (emulator: Emulator) => void;
  readonly says: RegExp;
}

const CASES: readonly Case[] = [
  { what: 'NAVER key', provider: 'naver', secrets: (right) => ({ ...right, keyId: 'AKIDWRONG' }), says: /^Signature refused\. Check the Access Key ID and the Secret Key of account "acme"\./u },
  { what: 'NAVER secret', provider: 'naver', secrets: (right) => ({ ...right, secret: 'wrong' }), says: /^Signature refused\. .* Secret Key of account "acme"\./u },
  { what: 'NHN key', provider: 'nhn', secrets: (right) => ({ ...right, keyId: 'wrong' }), says: /^The User Access Key was refused\. Check the User Access Key ID and the Secret Access Key of account "shop"\./u },
  { what: 'NHN secret', provider: 'nhn', secrets: (right) => ({ ...right, secret: 'wrong' }), says: /^The User Access Key was refused\. /u },
  { what: 'key that no header can hold', provider: 'naver', secrets: (right) => ({ ...right, keyId: 'two words' }), says: /^The stored keys cannot be used\. Check the keys of account "acme"\./u },
  { what: 'NAVER role', provider: 'naver', world: ({ world }) => { world.naverRole = 'none'; }, says: /^Account "acme" has no permission\. Ask the administrator for a role/u },
  { what: 'NHN role', provider: 'nhn', world: ({ world }) => { world.nhnRole = 'NONE'; }, says: /^Account "shop" has no permission\. Ask the administrator for a role/u },
  {
    what: 'app key',
    provider: 'nhn',
    account: (right) => (right.provider === 'nhn' ? { ...right, appKeys: right.appKeys.map((one) => ({ ...one, appKey: 'a'.repeat(16) })) } : right),
    says: /^The app key was not found\. Check the app key and its region in the account\./u,
  },
  {
    what: 'network',
    provider: 'naver',
    account: (right) => (right.provider === 'naver' ? { ...right, endpoints: { dataStream: 'http://127.0.0.1:1', cloudFunctions: 'http://127.0.0.1:1' } } : right),
    says: /^No connection to 127\.0\.0\.1:1 could be made\. Check the network connection and the proxy settings\./u,
  },
  {
    what: 'unsafe endpoint',
    provider: 'naver',
    account: (right) => (right.provider === 'naver' ? { ...right, endpoints: { dataStream: 'http://cloud.example', cloudFunctions: 'http://cloud.example' } } : right),
    says: /^A custom endpoint is not a safe address\. Edit the account/u,
  },
  {
    what: 'a page in between',
    provider: 'nhn',
    world: ({ faults }) => void faults.inject({ times: 20, effect: { kind: 'reply', status: 200, body: '<html><h1>Sign in</h1></html>' } }),
    says: /^The answer of 127\.0\.0\.1:\d+ is not JSON\. A proxy or a login page may have answered in its place\./u,
  },
];

suite('Test Connection', () => {
  teardown(endAll);

  async function run(provider: Account['provider'], wrong: Partial<Case> = {}): Promise<{ lines: readonly TestLine[]; emulator: Emulator }> {
    const { services, entries, emulator } = await setUp();
    const entry = entries.find(({ account }) => account.provider === provider);
    assert.ok(entry);
    wrong.world?.(emulator);
    const lines = await testConnection(
      services.list.map((service) => service.check.bind(service)),
      {
        account: wrong.account?.(entry.account) ?? entry.account,
        secrets: wrong.secrets?.(entry.secrets) ?? entry.secrets,
        signal: new AbortController().signal,
      },
    );
    return { lines, emulator };
  }

  for (const wrong of CASES) {
    test(`says that it is the ${wrong.what}, at every place`, async () => {
      const { lines } = await run(wrong.provider, wrong);
      assert.equal(lines.length, wrong.provider === 'naver' ? 2 : 1);
      for (const { isOk, text, hint } of lines) {
        assert.equal(isOk, false);
        assert.match(`${text} ${hint ?? ''}`, wrong.says);
      }
    });
  }

  test('a wrong clock is followed, in either direction', async () => {
    for (const clockSkewMs of [-900_000, 900_000]) {
      const { lines } = await run('naver', { world: ({ world }) => { world.clockSkewMs = clockSkewMs; } });
      assert.deepEqual(lines.map(({ isOk }) => isOk), [true, true]);
    }
  });

  test('gives back the token it took', async () => {
    const { lines, emulator } = await run('nhn');
    assert.deepEqual(lines.map(({ target, isOk }) => [target, isOk]), [[EASY_QUEUE, true]]);
    assert.deepEqual(
      emulator.log.map(({ target }) => target.split('?')[0]?.replace(/^\/v1\.0\/appkeys\/[^/]+/u, '')),
      ['/oauth2/token/create', '/topics', '/oauth2/token/revoke'],
    );
  });
});
