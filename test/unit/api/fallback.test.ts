import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';

import { createUndiciTransport } from '../../../src/api/undiciTransport.ts';
import { CancelledError } from '../../../src/model/cloudError.ts';
import { deadOrigin, errorOf, failure, get, json, serve, transportOf } from './support.ts';

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

test('a connection that is lost after the request left is no place to fall back from, whatever the system calls it', async (t) => {
  for (const code of ['EHOSTUNREACH', 'ENETUNREACH', 'ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'CERT_HAS_EXPIRED', 'UND_ERR_PRX_TLS']) {
    let lose = (): void => assert.fail('nothing is connected');
    const { origin, seen } = await serve(t, () => lose());
    const transport = createUndiciTransport({
      dispatcher: ({ Agent }) =>
        new Agent({
          connect: ({ hostname, port }, connected) => {
            const socket = connect(Number(port), hostname, () => connected(null, socket));
            lose = () => void socket.destroy(Object.assign(new Error(`read ${code}`), { code, syscall: 'read' }));
          },
        }),
      fallback: fetch,
    });
    t.after(() => transport.close());
    const kind = code === 'ETIMEDOUT' ? 'timeout' : 'network';
    const { mayHaveArrived, reason } = await failure(transport.send(get(origin, { method: 'POST', body: 'b' })), kind);
    assert.deepEqual([mayHaveArrived, reason], [true, kind === 'network' ? 'reset' : undefined], code);
    assert.equal(seen.length, 1, code);
  }
});

test('what the fallback says is believed where it was connecting', async (t) => {
  const dead = await deadOrigin();
  const broken = (details: object): TypeError => new TypeError('fetch failed', { cause: Object.assign(new Error('x'), details) });
  const cases: readonly (readonly [error: Error, mayHaveArrived: boolean])[] = [
    [broken({ code: 'EHOSTUNREACH', syscall: 'connect' }), false],
    [broken({ code: 'ETIMEDOUT', syscall: 'connect' }), false],
    [broken({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }), false],
    [broken({ code: 'UND_ERR_CONNECT_TIMEOUT' }), false],
    [broken({ code: 'CERT_HAS_EXPIRED' }), false],
    [new TypeError('net::ERR_CONNECTION_REFUSED'), false],
    [broken({ code: 'EHOSTUNREACH', syscall: 'read' }), true],
    [broken({ code: 'ENETUNREACH' }), true],
    [broken({ code: 'ETIMEDOUT', syscall: 'read' }), true],
    // Chromium's name for a host or a network that went away, on a connection that was there as well.
    [new TypeError('net::ERR_ADDRESS_UNREACHABLE'), true],
    [new TypeError('net::ERR_INTERNET_DISCONNECTED'), true],
  ];
  for (const [error, mayHaveArrived] of cases) {
    const transport = transportOf(t, () => Promise.reject(error));
    const { details } = await errorOf(transport.send(get(dead)));
    assert.equal(details.mayHaveArrived, mayHaveArrived, `${error.message} ${JSON.stringify(error.cause)}`);
  }
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
