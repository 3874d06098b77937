import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bench } from './runHelpers.ts';

const shows = 'function main(args) { return { body: args }; }';
const form = 'application/x-www-form-urlencoded';

/** What stands in a parameter object besides headers. */
function withoutHeaders(json: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(json as Record<string, unknown>).filter(([name]) => name !== '__ow_headers'));
}

test('a web action gets query and body as parameters, and the request around them', async (context) => {
  const bench = await Bench.start(context);
  const { client } = bench;
  await bench.deploy('page', shows, { type: 'web', parameters: { a: 'action', own: 1 } });
  const got = await client.raw('GET', '/web/-/page/http?a=query&platform=vpc', { 'x-mine': 'yes' });
  assert.deepEqual(withoutHeaders(got.json), { a: 'query', own: 1, __ow_method: 'get', __ow_path: '' });
  assert.equal((got.json as { __ow_headers: Record<string, string> }).__ow_headers['x-mine'], 'yes');
  assert.match(String(got.headers['content-type']), /^application\/json/);
  const posted = await client.raw('POST', '/web/-/page/http/some/%ED%95%9C?a=query', { 'content-type': 'application/json' }, '{"a":"body","n":{"b":[1]}}');
  const expected = { a: 'body', n: { b: [1] }, own: 1, __ow_method: 'post', __ow_path: '/some/한' };
  assert.deepEqual(withoutHeaders(posted.json), expected);
  const sent = await client.raw('PUT', '/web/-/page/http', { 'content-type': form }, 'a=f+o&b=%26');
  assert.deepEqual(withoutHeaders(sent.json), { a: 'f o', b: '&', own: 1, __ow_method: 'put', __ow_path: '' });
  const text = await client.raw('PATCH', '/web/-/page/http', { 'content-type': 'text/plain' }, 'plain');
  assert.equal((text.json as Record<string, unknown>)['__ow_body'], 'plain');
  const bytes = await client.raw('POST', '/web/-/page/http', { 'content-type': 'image/png' }, 'PNG');
  assert.equal((bytes.json as Record<string, unknown>)['__ow_body'], Buffer.from('PNG').toString('base64'));
  assert.equal((await client.raw('POST', '/web/-/page/http', { 'content-type': 'application/json' }, 'half {')).status, 400);
  assert.equal((await client.raw('GET', '/web/-/page/http?__ow_method=x')).status, 400);
  const list = (await client.naver('GET', '/ncf/api/v2/packages/-/actions/page/activations')).json as { content: { totalCount: number } };
  assert.equal(list.content.totalCount, 5);
});

test('a raw action gets query and body as they are', async (context) => {
  const bench = await Bench.start(context);
  await bench.deploy('raw', shows, { type: 'web', http: { 'raw-http': true }, parameters: { a: 'action' } });
  const body = '{"a":"body"}';
  const answer = await bench.client.raw('POST', '/web/-/raw/http?a=1&b=%20', { 'content-type': 'application/json' }, body);
  assert.deepEqual(withoutHeaders(answer.json), {
    a: 'action',
    __ow_method: 'post',
    __ow_path: '',
    __ow_query: 'a=1&b=%20',
    __ow_body: Buffer.from(body).toString('base64'),
  });
  const sent = await bench.client.raw('POST', '/web/-/raw/http', { 'content-type': form }, 'a=1');
  assert.deepEqual([(sent.json as Record<string, unknown>)['__ow_query'], (sent.json as Record<string, unknown>)['__ow_body']], ['', 'a=1']);
});

test('what an action returns becomes status, headers and body', async (context) => {
  const bench = await Bench.start(context);
  const returned = async (result: unknown, type = 'http'): Promise<readonly [number, unknown, string]> => {
    await bench.deploy('page', `function main() { return ${JSON.stringify(result)}; }`, { type: 'web' });
    const { status, headers, text } = await bench.client.raw('GET', `/web/-/page/${type}`);
    return [status, headers['content-type'], text];
  };
  const json = 'application/json;charset=UTF-8';
  assert.deepEqual(await returned({ body: '<b>hi</b>' }), [200, 'text/html; charset=utf-8', '<b>hi</b>']);
  assert.deepEqual(await returned({ statusCode: 302, headers: { location: '/x' } }), [302, undefined, '']);
  assert.deepEqual(await returned({}), [204, undefined, '']);
  assert.deepEqual(await returned({ statusCode: 201, body: { a: 1 } }), [201, 'application/json', '{"a":1}']);
  const svg = { headers: { 'Content-Type': 'image/svg+xml' }, body: '<svg/>' };
  assert.deepEqual(await returned(svg), [200, 'image/svg+xml', '<svg/>']);
  const image = { headers: { 'content-type': 'image/png' }, body: Buffer.from('bytes').toString('base64') };
  assert.deepEqual(await returned(image), [200, 'image/png', 'bytes']);
  assert.deepEqual(await returned({ a: 1 }, 'json'), [200, json, '{"a":1}']);
  assert.deepEqual(await returned({ html: '<i/>' }, 'html'), [200, 'text/html; charset=utf-8', '<i/>']);
  assert.deepEqual(await returned({ svg: '<svg/>' }, 'svg'), [200, 'image/svg+xml', '<svg/>']);
  assert.deepEqual(await returned({ text: 5 }, 'text'), [200, 'text/plain; charset=utf-8', '5']);
  assert.equal((await returned({ text: 5 }, 'html'))[0], 404);
  assert.deepEqual(await returned({ error: 'no' }), [400, json, '{"error":"no"}']);
  assert.deepEqual(await returned({ error: { statusCode: 403, body: 'no' } }), [403, 'text/html; charset=utf-8', 'no']);
  for (const wrong of [{ statusCode: 'x' }, { statusCode: 99 }, { headers: 'x' }, { headers: { 'a b': 'c' } }, { headers: { a: 'x\r\ny' } }]) {
    assert.equal((await returned({ body: 'x', ...wrong }))[0], 400, JSON.stringify(wrong));
  }
  await bench.deploy('page', 'function main() { throw new Error("secret"); }', { type: 'web' });
  const broken = await bench.client.raw('GET', '/web/-/page/http');
  assert.deepEqual([broken.status, broken.json], [400, { error: 'There was an error processing your request.' }]);
});

test('headers that are between two ends of a connection are not the action\'s', async (context) => {
  const bench = await Bench.start(context);
  const names = ['Trailer', 'Upgrade', 'Keep-Alive', 'TE', 'Connection', 'Transfer-Encoding', 'Proxy-Authenticate', 'Proxy-Connection', 'Content-Length'];
  const headers = Object.fromEntries([...names, 'X-Own'].map((name) => [name, '99']));
  await bench.deploy('page', `function main() { return { headers: ${JSON.stringify(headers)}, body: 'x' }; }`, { type: 'web' });
  const answer = await bench.client.raw('GET', '/web/-/page/http');
  assert.deepEqual([answer.status, answer.text, answer.headers['x-own']], [200, 'x', '99']);
  for (const name of names) assert.notEqual(answer.headers[name.toLowerCase()], '99', name);
});

test('OPTIONS and the headers for other origins belong to the action only if it says so', async (context) => {
  const bench = await Bench.start(context);
  const { client } = bench;
  const code = 'function main({ __ow_method }) { return { headers: { "Set-Cookie": ["a=1", "b=2"] }, body: __ow_method }; }';
  await bench.deploy('plain', code, { type: 'web' });
  await bench.deploy('custom', code, { type: 'web', http: { 'custom-options': true } });
  const plain = await client.raw('OPTIONS', '/web/-/plain/http');
  assert.deepEqual([plain.status, plain.text, plain.headers['access-control-allow-origin']], [200, '', '*']);
  assert.equal((await client.raw('GET', '/web/-/plain/http')).headers['access-control-allow-origin'], '*');
  const custom = await client.raw('OPTIONS', '/web/-/custom/http');
  assert.deepEqual([custom.text, custom.headers['access-control-allow-origin']], ['options', undefined]);
  assert.deepEqual(custom.headers['set-cookie'], ['a=1', 'b=2']);
  const head = await client.raw('HEAD', '/web/-/custom/http');
  assert.deepEqual([head.status, head.text, head.headers['content-length']], [200, '', '4']);
});

test('a web sequence answers, what is no web action does not', async (context) => {
  const bench = await Bench.start(context);
  const { client } = bench;
  await bench.deploy('basic', 'function main({ name }) { return { body: "Hello, " + name }; }');
  await bench.sequence('pages', ['basic'], 'sequence-web');
  assert.equal((await client.raw('GET', '/web/-/pages/http?name=you')).text, 'Hello, you');
  for (const target of ['/web/-/basic/http', '/web/-/none/http', '/web/none/pages/http', '/web/-/pages/pdf', '/web/-/pages', '/web/-/pages/http?platform=classic']) {
    assert.equal((await client.raw('GET', target)).status, 404, target);
  }
  assert.equal((await client.raw('TRACE', '/web/-/pages/http')).status, 404);
});

test("somebody else's web page causes no run", async (context) => {
  const bench = await Bench.start(context);
  const { client } = bench;
  await bench.deploy('page', shows, { type: 'web' });
  const strangers = [{ host: 'evil.example' }, { origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }];
  for (const headers of strangers) {
    assert.equal((await client.raw('POST', '/web/-/page/http', headers)).status, 404, JSON.stringify(headers));
  }
  const list = (await client.naver('GET', '/ncf/api/v2/packages/-/actions/page/activations')).json as { content: { totalCount: number } };
  assert.equal(list.content.totalCount, 0);
  assert.equal((await client.raw('GET', '/web/-/page/http', { origin: 'http://localhost:3000' })).status, 200);
});
