import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';

import { createUndiciTransport } from '../../../src/api/undiciTransport.ts';
import { dispatcherFactory } from '../../../src/host/dispatcher.ts';
import type { HttpSettings } from '../../../src/host/proxyPlan.ts';
import { CloudError } from '../../../src/model/cloudError.ts';

interface Seen {
  readonly target: string;
  readonly authorization: string | undefined;
}

const seen: Seen[] = [];
let origin: Server;
let proxy: Server;

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

before(async () => {
  origin = createServer((_request, response) => response.end('hello'));
  proxy = createServer().on('connect', (request, socket) => {
    seen.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    const upstream = connect(portOf(origin), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  await Promise.all([listen(origin), listen(proxy)]);
});

after(() => {
  for (const server of [origin, proxy]) {
    server.closeAllConnections();
    server.close();
  }
});

async function ask(url: string, settings: Partial<HttpSettings>, secrets: string[] = []): Promise<string> {
  seen.length = 0;
  const transport = createUndiciTransport({
    dispatcher: dispatcherFactory({
      settings: () => ({ proxy: '', noProxy: [], proxyAuthorization: undefined, proxySupport: 'on', useSystemCertificates: true, ...settings }),
      env: {},
      onSecret: (...values) => secrets.push(...values),
    }),
  });
  try {
    const { origin: server, pathname } = new URL(url);
    const { text } = await transport.send({ method: 'GET', origin: server, target: pathname, headers: {}, timeoutMs: 10_000, maxBytes: 1_000 });
    return text;
  } finally {
    await transport.close();
  }
}

test('goes through the proxy with its authorization, which is known as a secret', async () => {
  const secrets: string[] = [];
  const settings = { proxy: `http://127.0.0.1:${String(portOf(proxy))}`, proxyAuthorization: 'Basic bWU6c2VjcmV0' };
  assert.equal(await ask('http://cloud.example/a', settings, secrets), 'hello');
  assert.deepEqual(seen, [{ target: 'cloud.example:80', authorization: 'Basic bWU6c2VjcmV0' }]);
  assert.ok(secrets.includes('Basic bWU6c2VjcmV0'));
});

test('user and password in the address become its authorization', async () => {
  assert.equal(await ask('http://cloud.example/a', { proxy: `http://me:p%40ss@127.0.0.1:${String(portOf(proxy))}` }), 'hello');
  assert.equal(seen[0]?.authorization, `Basic ${Buffer.from('me:p@ss').toString('base64')}`);
});

test('this machine is never reached through the proxy', async () => {
  assert.equal(await ask(`http://127.0.0.1:${String(portOf(origin))}/a`, { proxy: `http://127.0.0.1:${String(portOf(proxy))}` }), 'hello');
  assert.equal(await ask(`http://localhost:${String(portOf(origin))}/a`, { proxy: `http://127.0.0.1:${String(portOf(proxy))}` }), 'hello');
  assert.deepEqual(seen, []);
});

test('an exception is reached directly', async () => {
  const settings = { proxy: `http://127.0.0.1:${String(portOf(proxy))}`, noProxy: ['*.invalid'] };
  await assert.rejects(ask('http://cloud.invalid/a', settings));
  assert.deepEqual(seen, []);
});

test('what undici says about an impossible proxy goes no further', async () => {
  await assert.rejects(ask('http://cloud.example/a', { proxy: 'http://me:%zzTOPSECRET@proxy:1' }), (error) => {
    assert.ok(error instanceof CloudError && error.details.reason === 'proxy');
    assert.doesNotMatch(String(error.stack), /TOPSECRET/);
    return true;
  });
});
