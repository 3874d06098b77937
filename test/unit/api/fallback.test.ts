import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createUndiciTransport } from '../../../src/api/undiciTransport.ts';
import { CancelledError } from '../../../src/model/cloudError.ts';
import { deadOrigin, failure, get, json, serve, transportOf } from './support.ts';

function addressOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : input.toString();
}

test('where no connection can be made, the fallback is tried once, and kept if it works', async (t) => {
  const { origin: real, seen } = await serve(t, (_seen, response) => json(response, '{"by":"fallback"}'));
  const dead = await deadOrigin();
  const asked: string[] = [];
  const fallback: typeof fetch = (input, init) => {
    asked.push(addressOf(input));
    assert.equal(init?.redirect, 'manual');
    return fetch(addressOf(input).replace(dead, real), init);
  };
  const built: unknown[] = [];
  const transport = createUndiciTransport({
    dispatcher: ({ Agent }) => {
      const agent = new Agent();
      built.push(agent);
      return agent.compose((dispatch) => (options, handler) => {
        asked.push('undici');
        return dispatch(options, handler);
      });
    },
    fallback,
  });
  t.after(() => transport.close());
  const request = get(dead, { method: 'POST', target: '/x?y=%20', headers: { 'x-key': 'k' }, body: 'b' });
  assert.equal((await transport.send(request)).text, '{"by":"fallback"}');
  assert.equal((await transport.send(request)).status, 200);
  assert.deepEqual(asked, ['undici', `${dead}/x?y=%20`, `${dead}/x?y=%20`]);
  assert.equal(seen[0]?.target, '/x?y=%20');
  assert.equal(seen[0].body, 'b');
  assert.equal(seen[0].headers['x-key'], 'k');
  transport.reset();
  await transport.send(request);
  assert.deepEqual(asked.slice(3), ['undici', `${dead}/x?y=%20`]);
});

test('the fallback is for nothing that may have left, and for no address it would change', async (t) => {
  const { origin } = await serve(t, (_seen, response) => {
    response.destroy();
  });
  let used = 0;
  const transport = transportOf(t, () => {
    used += 1;
    return Promise.reject(new TypeError('not here'));
  });
  await failure(transport.send(get(origin)), 'network');
  const dead = await deadOrigin();
  for (const target of ['/a/../b', "/a?q='", '/a b']) {
    await failure(transport.send(get(dead, { target })), 'network');
  }
  assert.equal(used, 0);
  await failure(transport.send(get(dead, { target: '/a?q=%20' })), 'network');
  assert.equal(used, 1);
});

test('where the fallback cannot connect either, the first reason is told', async (t) => {
  const dead = await deadOrigin();
  const transport = transportOf(t, () => Promise.reject(new TypeError('net::ERR_NAME_NOT_RESOLVED')));
  assert.equal((await failure(transport.send(get(dead)), 'network')).code, 'ECONNREFUSED');
});

test('a fallback that breaks after it left says so', async (t) => {
  const { origin: breaking } = await serve(t, (_seen, response) => {
    response.destroy();
  });
  const dead = await deadOrigin();
  const transport = transportOf(t, (input, init) => fetch(addressOf(input).replace(dead, breaking), init));
  assert.equal((await failure(transport.send(get(dead)), 'network')).mayHaveArrived, true);
});

test('the fallback follows no redirect, keeps the bound, the time and the signal', async (t) => {
  const { origin: real, seen } = await serve(t, ({ target }, response) => {
    if (target === '/redirect') response.writeHead(302, { location: `${real}/stolen` }).end();
    else if (target === '/big') response.end('x'.repeat(2_000));
    else if (target !== '/slow') json(response, '{}');
  });
  const dead = await deadOrigin();
  const transport = transportOf(t, (input, init) => fetch(addressOf(input).replace(dead, real), init));
  assert.equal((await transport.send(get(dead, { target: '/redirect' }))).status, 302);
  assert.equal((await failure(transport.send(get(dead, { target: '/big', maxBytes: 1_999 })), 'unexpectedResponse')).reason, 'tooLarge');
  assert.equal((await failure(transport.send(get(dead, { target: '/slow', timeoutMs: 50 })), 'timeout')).mayHaveArrived, true);
  const controller = new AbortController();
  const sent = transport.send(get(dead, { target: '/slow', signal: controller.signal }));
  controller.abort();
  await assert.rejects(sent, CancelledError);
  assert.ok(seen.every(({ target }) => target !== '/stolen'));
});
