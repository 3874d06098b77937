import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { test, type TestContext } from 'node:test';

import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { createUndiciTransport, type UndiciTransportOptions } from '../../../src/api/undiciTransport.ts';
import { connect, errorOf, json, listen, naver, NAVER_SECRETS } from './support.ts';

/** A certificate nobody vouches for (test/fixtures/api/README.md). */
const FIXTURES = new URL('../../fixtures/api/', import.meta.url);
const CERTIFICATE = {
  key: readFileSync(new URL('test-only-key.pem', FIXTURES), 'utf8'),
  cert: readFileSync(new URL('test-only-cert.pem', FIXTURES), 'utf8'),
};

async function serveTls(t: TestContext): Promise<{ readonly port: number; readonly targets: string[] }> {
  const targets: string[] = [];
  const server = createHttpsServer(CERTIFICATE, ({ url, headers }, response) => {
    targets.push(`${headers['x-ncp-iam-access-key'] === undefined ? '' : 'signed '}${url ?? ''}`);
    json(response, '{"prefix":"h4j6l-"}');
  });
  const port = await listen(server);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port, targets };
}

/** A proxy that connects everything to one port of loopback, or refuses. */
async function serveProxy(t: TestContext, to: number, status = 200): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server: Server = createHttpServer((_request, response) => response.writeHead(500).end());
  server.on('connect', ({ url }, socket) => {
    asked.push(url ?? '');
    socket.on('error', () => undefined);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const onward = connectTcp(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  const port = await listen(server);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}`, asked };
}

function client(t: TestContext, origin: string, options: UndiciTransportOptions): DataStreamClient {
  const transport = createUndiciTransport(options);
  t.after(() => transport.close());
  return new DataStreamClient(connect(t, naver(origin), NAVER_SECRETS, { transport }).connection);
}

test('a certificate nobody vouches for is refused and named, and no credential has left', async (t) => {
  const { port, targets } = await serveTls(t);
  const error = await errorOf(client(t, `https://localhost:${port}`, { dispatcher: ({ Agent }) => new Agent() }).getTopicPrefix());
  assert.equal(error.kind, 'network');
  assert.equal(error.details.reason, 'certificate');
  assert.equal(error.details.code, 'DEPTH_ZERO_SELF_SIGNED_CERT');
  assert.equal(error.details.mayHaveArrived, false);
  assert.equal(targets.length, 0);
});

test('a certificate for another name is refused and named', async (t) => {
  const { port } = await serveTls(t);
  const dispatcher: UndiciTransportOptions['dispatcher'] = ({ Agent }) => new Agent({ connect: { ca: CERTIFICATE.cert } });
  const error = await errorOf(client(t, `https://127.0.0.1:${port}`, { dispatcher }).getTopicPrefix());
  assert.equal(error.details.reason, 'certificate');
  assert.equal(error.details.code, 'ERR_TLS_CERT_ALTNAME_INVALID');
});

test('a certificate that a known authority vouches for is accepted', async (t) => {
  const { port, targets } = await serveTls(t);
  const dispatcher: UndiciTransportOptions['dispatcher'] = ({ Agent }) => new Agent({ connect: { ca: CERTIFICATE.cert } });
  assert.equal(await client(t, `https://localhost:${port}`, { dispatcher }).getTopicPrefix(), 'h4j6l-');
  assert.deepEqual(targets, ['signed /api/v1/topic-prefix']);
});

test('through a proxy: a tunnel to the host asked for', async (t) => {
  const { port, targets } = await serveTls(t);
  const proxy = await serveProxy(t, port);
  const dispatcher: UndiciTransportOptions['dispatcher'] = ({ ProxyAgent }) =>
    new ProxyAgent({ uri: proxy.url, requestTls: { ca: CERTIFICATE.cert } });
  assert.equal(await client(t, 'https://datastream.example', { dispatcher }).getTopicPrefix(), 'h4j6l-');
  assert.deepEqual(proxy.asked, ['datastream.example:443']);
  assert.deepEqual(targets, ['signed /api/v1/topic-prefix']);
});

test('a certificate that is not accepted behind a proxy is the certificate, not the proxy', async (t) => {
  const { port } = await serveTls(t);
  const proxy = await serveProxy(t, port);
  const error = await errorOf(
    client(t, 'https://datastream.example', { dispatcher: ({ ProxyAgent }) => new ProxyAgent(proxy.url) }).getTopicPrefix(),
  );
  assert.equal(error.details.reason, 'certificate');
});

test('a proxy that wants a password, or refuses, is told as the proxy; nothing has left', async (t) => {
  for (const status of [407, 403, 502]) {
    const proxy = await serveProxy(t, 0, status);
    const error = await errorOf(
      client(t, 'https://datastream.example', { dispatcher: ({ ProxyAgent }) => new ProxyAgent(proxy.url) }).send({
        topic: 't',
        key: 'k',
        value: 'v',
      }),
    );
    assert.equal(error.kind, 'network');
    assert.equal(error.details.reason, 'proxy');
    assert.equal(error.details.detail, `HTTP ${status}`);
    assert.equal(error.details.mayHaveArrived, false);
  }
});

test('a proxy that is not there is told as the proxy', async (t) => {
  for (const uri of ['http://127.0.0.1:9', 'http://nowhere.invalid:8080']) {
    const error = await errorOf(
      client(t, 'https://datastream.example', { dispatcher: ({ ProxyAgent }) => new ProxyAgent(uri) }).getTopicPrefix(),
    );
    assert.equal(error.details.reason, 'proxy', error.message);
  }
});
