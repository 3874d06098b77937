import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { importAccounts } from '../../../src/accounts/importAccounts.ts';
import { memoryStore, naverAccount } from '../../support/accounts.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';

async function home(t: TestContext, content?: string | Buffer): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'cloud-streams-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  if (content !== undefined) {
    await mkdir(join(dir, '.ncloud'));
    await writeFile(join(dir, '.ncloud', 'configure'), content);
  }
  return dir;
}

const FILE = `[DEFAULT]
ncloud_access_key_id = AKIDDEFAULT123456789
ncloud_secret_access_key = canary-default
[bank]
ncloud_access_key_id = AKIDBANK123456789012
ncloud_secret_access_key = canary-bank
ncloud_api_url = https://fin-ncloud.apigw.fin-ntruss.com
[broken]
ncloud_access_key_id = AKID BROKEN
ncloud_secret_access_key = canary-broken
TOPSECRET half a line
[elsewhere]
ncloud_access_key_id = AKIDELSE123456789012
ncloud_secret_access_key = canary-else
ncloud_api_url = https://evil.example
[known]
ncloud_access_key_id = AKIDKNOWN12345678901
ncloud_secret_access_key = canary-known
[half]
ncloud_access_key_id = AKIDHALF
`;

test('takes over what was picked, with one answer for owner, stage and access', async (t) => {
  const { store, state } = memoryStore();
  await store.add(naverAccount({ name: 'ncloud' }), { keyId: 'AKIDKNOWN12345678901', secret: 'untouched' });
  const prompts = new ScriptedPrompts({ many: ['ncloud', 'bank'] }, { pick: 'The main account\'s' }, { pick: 'Production' }, { pick: 'Read-only' });
  const outcome = await importAccounts({ store, prompts, env: {}, homeDir: await home(t, FILE) });
  prompts.done();
  assert.deepEqual(outcome.names, ['ncloud 2', 'bank']);
  assert.match(outcome.remarks.join(), /11/);
  const [, first, second] = store.list();
  assert.ok(first?.provider === 'naver' && second?.provider === 'naver');
  assert.deepEqual([first.zone, first.keyOwner, first.lane, first.platform], ['public', 'main', { stage: 'prod', access: 'read-only' }, 'vpc']);
  assert.equal(second.zone, 'financial');
  assert.deepEqual(await store.secrets(second.id), { keyId: 'AKIDBANK123456789012', secret: 'canary-bank' });
  assert.equal((await store.secrets('n1')).secret, 'untouched');
  const shown = JSON.stringify([prompts.asked, outcome, [...state.values]]);
  assert.doesNotMatch(shown, /canary|TOPSECRET|AKID[A-Z]{4}/);
});

test('says why the others cannot be taken over', async (t) => {
  const { store } = memoryStore();
  await store.add(naverAccount({ name: 'mine' }), { keyId: 'AKIDKNOWN12345678901', secret: 's' });
  for (const label of ['broken', 'elsewhere', 'known', 'half']) {
    const prompts = new ScriptedPrompts({ many: [label] });
    await assert.rejects(importAccounts({ store, prompts, env: {}, homeDir: await home(t, FILE) }), /cannot be chosen/, label);
  }
});

test('finds the pair in the environment, and its zone', async (t) => {
  const { store } = memoryStore();
  const env = { NCLOUD_ACCESS_KEY: 'AKIDENV', NCLOUD_SECRET_KEY: 'canary-env', NCLOUD_API_GW: 'https://ncloud.apigw.gov-ntruss.com' };
  const prompts = new ScriptedPrompts({ many: ['ncloud env'] }, { pick: 'A sub account\'s' }, { pick: 'Development' }, { pick: 'Full access' });
  await importAccounts({ store, prompts, env, homeDir: await home(t) });
  const [account] = store.list();
  assert.ok(account?.provider === 'naver');
  assert.deepEqual([account.zone, account.platform, account.keyOwner], ['government', 'classic', 'sub']);
});

test('without anything to import nothing is asked', async (t) => {
  const { store } = memoryStore();
  const prompts = new ScriptedPrompts();
  assert.deepEqual(await importAccounts({ store, prompts, env: {}, homeDir: await home(t) }), { names: [], stored: 'stored', remarks: [] });
  const large = await importAccounts({ store, prompts, env: {}, homeDir: await home(t, Buffer.alloc(300 * 1024, 'x')) });
  assert.match(large.remarks.join(), /too large/);
  const dir = await home(t);
  await mkdir(join(dir, '.ncloud', 'configure'), { recursive: true });
  assert.match((await importAccounts({ store, prompts, env: {}, homeDir: dir })).remarks.join(), /could not be read/);
});

test('reads what a Windows editor wrote', async (t) => {
  const { store } = memoryStore();
  const prompts = new ScriptedPrompts({ many: ['w'] }, { pick: 'A sub account\'s' }, { pick: 'Development' }, { pick: 'Full access' });
  const text = '\uFEFF[w]\r\nncloud_access_key_id=AKIDW\r\nncloud_secret_access_key=S\r\n';
  const { names } = await importAccounts({ store, prompts, env: {}, homeDir: await home(t, Buffer.from(text, 'utf16le')) });
  assert.deepEqual(names, ['w']);
});
