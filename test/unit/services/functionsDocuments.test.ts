import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { FunctionsClient } from '../../../src/api/functions/client.ts';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import type { ActionDetail } from '../../../src/model/functions.ts';
import { createFormatter } from '../../../src/model/format.ts';
import { functionsDocuments } from '../../../src/services/functions/documents.ts';
import { maskCredentials } from '../../../src/services/functions/maskCredentials.ts';
import { actionResource, packageResource, triggerResource } from '../../../src/services/functions/resources.ts';
import { actionView } from '../../../src/services/functions/views.ts';
import { naverAccount } from '../../support/accounts.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import { connect, failure } from '../api/support.ts';

const PLACE = { account: naverAccount(), region: 'KR', title: 'Cloud Functions · KR' } as const;

async function open(t: TestContext) {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const { naver } = emulator.credentials;
  const { connection } = connect(t, naverAccount({ endpoints: naver }), { keyId: naver.accessKeyId, secret: naver.secretKey });
  const client = new FunctionsClient(connection, 'KR');
  const types = functionsDocuments({
    format: createFormatter('en'), client: () => Promise.resolve(client), now: () => 0, prompts: new ScriptedPrompts(), account: () => undefined, versionsFolder: '',
  });
  const typeOf = (kind: string) => {
    const type = types.find((one) => one.kind === kind);
    assert.ok(type);
    return type;
  };
  return { emulator, client, typeOf };
}

test('shows a package, as words and as it came', async (t) => {
  const { typeOf } = await open(t);
  const type = typeOf('cloudFunctions.package');
  const { ref } = packageResource('order-tools', PLACE);
  assert.equal(type.title(ref), 'Package "order-tools"');
  assert.partialDeepStrictEqual(await type.view(ref), { name: 'order-tools', platform: 'vpc' });
  assert.match(await type.raw(ref), /"name": ?"order-tools"/);
});

test('shows an action without its code, whose size is said', async (t) => {
  const { typeOf, client } = await open(t);
  const type = typeOf('cloudFunctions.action');
  const { ref } = actionResource('order-tools', 'validate-order', PLACE);
  const code = (await client.getAction('order-tools', 'validate-order')).code ?? '';
  assert.ok(code.length > 0);
  const view = await type.view(ref) as Readonly<Record<string, unknown>>;
  assert.partialDeepStrictEqual(view, { name: 'validate-order', package: 'order-tools', runtime: 'nodejs:22', type: 'basic' });
  assert.match(String(view['code']), /^Left out here: [\d,.]+ K?i?B of text\. The raw response has it\.$/);
  assert.ok(!JSON.stringify(view).includes(JSON.stringify(code).slice(1, 30)));
  assert.ok((await type.raw(ref)).includes(JSON.stringify(code).slice(1, -1)));
});

test('an archive is said to be one, and an action without code says nothing of it', () => {
  const action: ActionDetail = {
    name: 'a', pkg: '-', description: undefined, runtime: 'python:3.11', type: 'basic', parameters: {}, isRawHttp: undefined, hasCustomOptions: undefined,
    code: 'QUJD'.repeat(1024), isBinary: true, main: undefined, imageUri: undefined, components: [], memoryMb: 256, timeoutMs: 60_000, vpc: [], resourceId: undefined,
  };
  const format = createFormatter('en');
  assert.partialDeepStrictEqual(actionView(action, format), { code: 'Left out here: an archive of 3 KiB. The raw response has it.', timeout: '1 min' });
  assert.partialDeepStrictEqual(actionView({ ...action, code: undefined }, format), { code: undefined });
});

test('shows a trigger, as words and as it came', async (t) => {
  const { typeOf, client } = await open(t);
  const type = typeOf('cloudFunctions.trigger');
  const [first] = await client.listTriggers();
  assert.ok(first);
  const { ref } = triggerResource(first.name, undefined, PLACE);
  assert.partialDeepStrictEqual(await type.view(ref), { name: first.name, type: first.type });
  assert.ok((await type.raw(ref)).includes(`"${first.name}"`));
});

test('a credential of a trigger is in no document (cloudfunctions.md §7.3)', async (t) => {
  const { emulator, typeOf } = await open(t);
  const type = typeOf('cloudFunctions.trigger');
  const { ref } = triggerResource('hook', undefined, PLACE);
  const body = '{"content":{"name":"hook","type":"github","resourceId":"abc","actions":[],"credential":{"username":"u","accessToken":"ghp_CANARY"},'
    + '"execOption":[{"key":"accessToken","value":"ghp_CANARY"},{"key":"events","value":"push"}],"number":9007199254740993}}';
  emulator.faults.inject({ service: 'functions', times: 2, effect: { kind: 'reply', status: 200, body } });
  const raw = await type.raw(ref);
  assert.equal(raw, body.replaceAll('"ghp_CANARY"', '"***"'));
  assert.ok(!JSON.stringify(await type.view(ref)).includes('CANARY'));
});

test('only what lets somebody in is masked, and every other character stays', () => {
  const untouched = '{ "secretManagerLink": [ {"secretName": "db", "n": 1.0} ], "key": "cronOption", "value": "* * * * *", "n": 1e400 }\n';
  assert.equal(maskCredentials(untouched), untouched);
  assert.equal(maskCredentials('{"apiKey": 123, "passwords": ["a", {"b": "c"}], "x": {"authorization": null}}'), '{"apiKey": "***", "passwords": ["***", {"b": "***"}], "x": {"authorization": null}}');
  assert.equal(maskCredentials('{"accessToken": {"value": "CANARY", "username": "u"}}'), '{"accessToken": {"value": "***", "username": "u"}}');
  const inText = String.raw`{"execOption": [{"key": "githubOption", "value": "{\"username\":\"u\",\"accessToken\":\"CANARY\"}"}]}`;
  assert.equal(maskCredentials(inText), inText.replace('CANARY', '***'));
  assert.equal(maskCredentials('not json'), 'not json');
});

test('what is gone is not found, and so is an address that names nothing', async (t) => {
  const { emulator, typeOf } = await open(t);
  await failure(typeOf('cloudFunctions.package').view(packageResource('nothing', PLACE).ref), 'notFound');
  const before = emulator.log.length;
  const action = typeOf('cloudFunctions.action');
  for (const keys of [[], ['KR', 'only-one'], ['XX', 'a', 'b']]) {
    await failure(action.view({ accountId: 'n1', kind: 'cloudFunctions.action', keys, name: 'x' }), 'notFound');
  }
  assert.equal(emulator.log.length, before);
});

test('rows know their console and how they open', () => {
  assert.deepEqual(triggerResource('nightly', 'xyz', { ...PLACE, account: naverAccount({ zone: 'government' }) }), {
    ref: { accountId: 'n1', kind: 'cloudFunctions.trigger', keys: ['KR', 'nightly'], name: 'nightly' },
    console: 'https://console.gov-ncloud.com',
    opens: 'edit',
    id: 'xyz',
  });
  assert.deepEqual(actionResource('-', 'resize', PLACE).ref.keys, ['KR', '-', 'resize']);
});
