import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Client } from './helpers.ts';
import { emulate } from './helpers.ts';

const create = '/oauth2/token/create';

function list(client: Client, appKey: string, token: string, header = 'x-nhn-authorization'): Promise<Answer> {
  return client.raw('GET', `/v1.0/appkeys/${appKey}/topics?sortKey=CREATED_AT`, { [header]: `Bearer ${token}` });
}

function resultCode(answer: Answer): unknown {
  assert.equal(answer.status, 200);
  return (answer.json as { header: { resultCode: number } }).header.resultCode;
}

test('a token is Opaque, 128 characters, a bearer token with its life in seconds', async (context) => {
  const { client } = await emulate(context, { timings: { tokenLifeMs: 90_000 } });
  const { status, json } = await client.oauth(create, 'grant_type=client_credentials');
  const token = json as { access_token: string; token_type: string; expires_in: number };
  assert.equal(status, 200);
  assert.match(token.access_token, /^[A-Za-z0-9]{128}$/);
  assert.deepEqual([token.token_type, token.expires_in], ['Bearer', 90]);
});

test('the token endpoint refuses as RFC 6749 §5.2 says', async (context) => {
  const { client } = await emulate(context);
  const cases: readonly (readonly [number, string, string, Record<string, string>])[] = [
    [400, 'invalid_request', '', {}],
    [400, 'invalid_request', 'grand_type=client_credentials', {}],
    [400, 'invalid_request', 'grant_type=client_credentials&grant_type=client_credentials', {}],
    [400, 'invalid_request', '{"grant_type":"client_credentials"}', { 'content-type': 'application/json' }],
    [400, 'unsupported_grant_type', 'grant_type=password', {}],
    [400, 'invalid_scope', 'grant_type=client_credentials&scope=appKey%3Aabc', {}],
    [401, 'invalid_client', 'grant_type=client_credentials', { authorization: 'Basic bm9ib2R5Om5vdGhpbmc=' }],
    [401, 'invalid_client', 'grant_type=client_credentials', { authorization: 'Bearer x' }],
  ];
  for (const [status, error, form, headers] of cases) {
    const answer = await client.oauth(create, form, headers);
    assert.deepEqual([answer.status, (answer.json as { error: string }).error], [status, error], form);
    assert.equal(answer.headers['www-authenticate'] !== undefined, status === 401);
  }
});

test('a token opens EasyQueue until it expires, in its own header only', async (context) => {
  const { emulator, client, clock } = await emulate(context, { timings: { tokenLifeMs: 60_000 } });
  const { appKey } = emulator.credentials.nhn;
  const token = await client.newToken();
  assert.equal(resultCode(await list(client, appKey, token)), 0);
  assert.equal(resultCode(await list(client, appKey, token, 'authorization')), 80007);
  assert.equal(resultCode(await list(client, appKey, 'unknown')), 80007);
  clock.now += 59_999;
  assert.equal(resultCode(await list(client, appKey, token)), 0);
  clock.now += 1;
  assert.equal(resultCode(await list(client, appKey, token)), 80007);
  assert.equal(emulator.world.tokens.count(), 0);
});

test('several tokens live at once, and a revoked one is dead', async (context) => {
  const { emulator, client } = await emulate(context);
  const { appKey } = emulator.credentials.nhn;
  const [first, second] = [await client.newToken(), await client.newToken()];
  const revoked = await client.oauth('/oauth2/token/revoke', `token=${first}`);
  assert.deepEqual([revoked.status, revoked.text], [200, '']);
  assert.equal(resultCode(await list(client, appKey, first)), 80007);
  assert.equal(resultCode(await list(client, appKey, second)), 0);
  assert.equal((await client.oauth('/oauth2/token/revoke', '')).status, 400);
  assert.equal((await client.oauth('/oauth2/token/revoke', 'token=unknown')).status, 200);
  emulator.world.tokens.revokeAll();
  assert.equal(resultCode(await list(client, appKey, second)), 80007);
});
