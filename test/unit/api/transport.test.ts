import assert from 'node:assert/strict';
import { createServer as createTcpServer } from 'node:net';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { createUndiciTransport } from '../../../src/api/undiciTransport.ts';
import { CancelledError } from '../../../src/model/cloudError.ts';
import { deadOrigin, failure, get, json, listen, serve, transportOf, until } from './support.ts';

test('the target goes over the wire byte for byte', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '{}'));
  const transport = transportOf(t);
  for (const target of ['/a%2Fb/./../c?x=%20y&&z=+%2B', '/%EC%A3%BC?q=%f0', '//double//']) {
    await transport.send(get(origin, { target }));
    assert.equal(seen.at(-1)?.target, target);
  }
});

test('method, headers, body and the answer', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '{"값":"🚚"}', 201, { 'X-Thing': 'yes' }));
  const response = await transportOf(t).send(
    get(origin, { method: 'POST', target: '/p', headers: { 'x-a': '1', 'accept-encoding': 'identity' }, body: '주문' }),
  );
  assert.equal(response.status, 201);
  assert.equal(response.header('x-thing'), 'yes');
  assert.equal(response.header('nothing'), undefined);
  assert.equal(response.text, '{"값":"🚚"}');
  assert.equal(seen[0]?.body, '주문');
  assert.equal(seen[0].headers['x-a'], '1');
  assert.equal(seen[0].headers['content-length'], '6');
});

test('connections are kept', async (t) => {
  const ports = new Set<number>();
  const { origin, server } = await serve(t, (_seen, response) => json(response, '{}'));
  server.on('connection', (socket) => ports.add(socket.remotePort ?? 0));
  const transport = transportOf(t);
  for (let i = 0; i < 20; i += 1) await transport.send(get(origin));
  // Two, since the first is not yet free when its answer is.
  assert.ok(ports.size <= 2, `${ports.size} connections`);
});

test('after the end nothing leaves, and what was under way ends', async (t) => {
  const { origin, seen } = await serve(t, () => undefined);
  const transport = createUndiciTransport({ dispatcher: ({ Agent }) => new Agent() });
  const hanging = transport.send(get(origin));
  await until(() => seen.length === 1);
  await Promise.all([assert.rejects(hanging), transport.close()]);
  await assert.rejects(transport.send(get(origin)), CancelledError);
  assert.equal(seen.length, 1);
});

test('a redirect is an answer, not a way to go', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => {
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  assert.equal((await transportOf(t).send(get(origin))).status, 302);
  assert.equal(seen.length, 1);
});

test('an answer of 5 MB is read, one above the bound is cut off', async (t) => {
  const { origin } = await serve(t, (_seen, response) => {
    response.write('x'.repeat(5_000_000));
    response.end();
  });
  const transport = transportOf(t);
  assert.equal((await transport.send(get(origin, { maxBytes: 5_000_000 }))).text.length, 5_000_000);
  const details = await failure(transport.send(get(origin, { maxBytes: 4_999_999 })), 'unexpectedResponse');
  assert.equal(details.reason, 'tooLarge');
  assert.equal(details.mayHaveArrived, true);
});

test('an endless answer is cut off at the bound', async (t) => {
  const { origin } = await serve(t, (_seen, response) => {
    const chunk = 'x'.repeat(65_536);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  });
  assert.equal((await failure(transportOf(t).send(get(origin)), 'unexpectedResponse')).reason, 'tooLarge');
});

test('a body somebody compressed is read, within the bound', async (t) => {
  const { origin } = await serve(t, ({ target }, response) => {
    const body = target === '/bomb' ? gzipSync('0'.repeat(3_000_000)) : gzipSync('{"a":"주문"}');
    response.writeHead(200, { 'content-encoding': target === '/odd' ? 'zstd-of-the-future' : 'gzip' });
    response.end(target === '/broken' ? body.subarray(0, 12) : body);
  });
  const transport = transportOf(t);
  assert.equal((await transport.send(get(origin))).text, '{"a":"주문"}');
  assert.equal((await failure(transport.send(get(origin, { target: '/bomb' })), 'unexpectedResponse')).reason, 'tooLarge');
  assert.equal((await failure(transport.send(get(origin, { target: '/broken' })), 'unexpectedResponse')).reason, 'notJson');
  assert.equal((await failure(transport.send(get(origin, { target: '/odd' })), 'unexpectedResponse')).reason, 'notJson');
});

test('no answer in time: it may have arrived', async (t) => {
  const { origin } = await serve(t, () => undefined);
  const details = await failure(transportOf(t).send(get(origin, { timeoutMs: 50 })), 'timeout');
  assert.equal(details.mayHaveArrived, true);
});

test('a body that stalls half-way: it may have arrived', async (t) => {
  const { origin } = await serve(t, (_seen, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"half":');
  });
  assert.equal((await failure(transportOf(t).send(get(origin, { timeoutMs: 50 })), 'timeout')).mayHaveArrived, true);
});

test('no connection in time: nothing has left', async (t) => {
  // The dispatcher of the test never gets a connection, as behind a firewall that drops packets.
  const transport = createUndiciTransport({
    dispatcher: ({ Agent }) => new Agent({ connect: () => undefined }),
  });
  t.after(() => transport.close());
  const details = await failure(transport.send(get('http://192.0.2.1', { timeoutMs: 50 })), 'timeout');
  assert.equal(details.mayHaveArrived, false);
});

test('a socket closed before, or in the middle of, the answer: it may have arrived', async (t) => {
  const { origin } = await serve(t, ({ target }, response) => {
    if (target === '/half') {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"half":', () => response.destroy());
    } else {
      response.destroy();
    }
  });
  for (const target of ['/', '/half']) {
    const details = await failure(transportOf(t).send(get(origin, { target })), 'network');
    assert.equal(details.reason, 'reset');
    assert.equal(details.mayHaveArrived, true);
  }
});

test('nobody listens: refused, and nothing has left', async (t) => {
  const details = await failure(transportOf(t).send(get(await deadOrigin())), 'network');
  assert.equal(details.reason, 'refused');
  assert.equal(details.code, 'ECONNREFUSED');
  assert.equal(details.mayHaveArrived, false);
});

test('a name that does not exist: dns, and nothing has left', async (t) => {
  const details = await failure(transportOf(t).send(get('http://nowhere.invalid')), 'network');
  assert.equal(details.reason, 'dns');
  assert.equal(details.mayHaveArrived, false);
});

test('what is no HTTP', async (t) => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('SSH-2.0-OpenSSH_9.2\r\n');
  });
  const port = await listen(server);
  t.after(() => server.close());
  const details = await failure(transportOf(t).send(get(`http://127.0.0.1:${port}`)), 'network');
  assert.equal(details.mayHaveArrived, true);
});

test('a signal ends it, before and after it left', async (t) => {
  const { origin, seen } = await serve(t, () => undefined);
  const transport = transportOf(t);
  await assert.rejects(transport.send(get(origin, { signal: AbortSignal.abort() })), CancelledError);
  assert.equal(seen.length, 0);
  const controller = new AbortController();
  const sent = transport.send(get(origin, { signal: controller.signal }));
  controller.abort();
  await assert.rejects(sent, CancelledError);
});

test('a signal that many requests share ends those that are under way, and none that comes later is kept waiting', async (t) => {
  const { origin } = await serve(t, (seen, response) => (seen.target === '/answered' ? json(response, '{}') : undefined));
  const transport = transportOf(t);
  const { signal, abort } = sharedSignal();
  assert.equal((await transport.send({ ...get(origin, { signal }), target: '/answered' })).status, 200);
  const hanging = [transport.send(get(origin, { signal })), transport.send(get(origin, { signal }))];
  abort();
  for (const sent of hanging) await assert.rejects(sent, CancelledError);
  await assert.rejects(transport.send(get(origin, { signal })), CancelledError);
});

function sharedSignal(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

test('undici is loaded, and the dispatcher built, with the first request and after each reset', async (t) => {
  const { origin } = await serve(t, (_seen, response) => json(response, '{}'));
  const built: unknown[] = [];
  const transport = createUndiciTransport({
    dispatcher: ({ Agent }) => {
      const agent = new Agent();
      built.push(agent);
      return agent;
    },
  });
  t.after(() => transport.close());
  assert.equal(built.length, 0);
  await Promise.all([transport.send(get(origin)), transport.send(get(origin))]);
  assert.equal(built.length, 1);
  transport.reset();
  assert.equal(built.length, 1);
  await transport.send(get(origin));
  assert.equal(built.length, 2);
});

test('a request that is under way survives a reset', async (t) => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<() => void>();
  const { origin } = await serve(t, (_seen, response) => arrive(() => json(response, '{"late":1}')));
  const transport = transportOf(t);
  const sent = transport.send(get(origin));
  const answer = await arrived;
  transport.reset();
  answer();
  assert.equal((await sent).text, '{"late":1}');
});
