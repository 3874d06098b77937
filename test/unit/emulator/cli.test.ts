import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseCli } from '../../../src/emulator/cliOptions.ts';
import type { Credentials } from '../../../src/emulator/emulator.ts';
import { Client, contentOf } from './helpers.ts';
import { deploy, startGate, waitsAtGate } from './runHelpers.ts';

const cli = fileURLToPath(new URL('../../../src/emulator/cli.ts', import.meta.url));

interface Run {
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly firstOutput: Promise<unknown>;
  readonly exited: Promise<readonly unknown[]>;
  readonly stop: (signal: NodeJS.Signals) => void;
}

function run(context: TestContext, ...args: string[]): Run {
  const child = spawn(process.execPath, [cli, ...args]);
  context.after(() => child.kill('SIGKILL'));
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  return {
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    firstOutput: once(child.stdout, 'data'),
    exited: once(child, 'close'),
    stop: (signal) => void child.kill(signal),
  };
}

const shape = {
  naver: ['accessKeyId', 'secretKey', 'mainAccessKeyId', 'mainSecretKey', 'dataStream', 'messages', 'cloudFunctions'],
  nhn: ['userAccessKeyId', 'secretAccessKey', 'appKey', 'token', 'easyQueue'],
};

test('--json prints exactly one line with accounts and addresses, and SIGTERM ends it', async (context) => {
  const child = run(context, '--json', '--topics', '3', '--seed', '5');
  await child.firstOutput;
  const credentials = JSON.parse(child.stdout()) as Record<string, Record<string, string>>;
  assert.deepEqual(
    Object.entries(credentials).map(([name, value]) => [name, Object.keys(value)]),
    Object.entries(shape),
  );
  const origin = String(credentials['naver']?.['dataStream']);
  assert.match(origin, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal((await fetch(`${origin}/api/v1/topics`)).status, 401);
  child.stop('SIGTERM');
  assert.deepEqual(await child.exited, [0, null]);
  assert.equal(child.stdout().split('\n').length, 2);
});

test('without --json it is a text for people, and SIGINT ends it', async (context) => {
  const child = run(context);
  await child.firstOutput;
  assert.match(child.stdout(), /^Cloud Streams emulator at http:\/\/127\.0\.0\.1:\d+/);
  child.stop('SIGINT');
  assert.deepEqual(await child.exited, [0, null]);
});

test('a port in use is said so', async (context) => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  context.after(() => blocker.close());
  const child = run(context, '--json', '--port', String((blocker.address() as AddressInfo).port));
  assert.deepEqual(await child.exited, [1, null]);
  assert.match(child.stderr(), /The port is in use/);
  assert.equal(child.stdout(), '');
});

test('a wrong command line prints how to use it', async (context) => {
  const child = run(context, '--ports', '80');
  assert.deepEqual(await child.exited, [2, null]);
  assert.match(child.stderr(), /^Usage: npm run emulator/);
  assert.equal(child.stdout(), '');
});

test('the detail of a run is missing as long as the flag says, half a minute without it', async (context) => {
  for (const [args, status] of [[['--activation-gap', '0'], 200], [[], 404]] as const) {
    const child = run(context, '--json', ...args);
    await child.firstOutput;
    const client = new Client({ credentials: JSON.parse(child.stdout()) as Credentials }, Date.now);
    await deploy(client, 'fine', 'function main() { return {}; }');
    const { activationId } = contentOf(await client.naver('POST', '/ncf/api/v2/packages/-/actions/fine', {}));
    const detail = `/ncf/api/v2/packages/-/actions/fine/activations/${String(activationId)}`;
    assert.equal((await client.naver('GET', detail)).status, status);
    child.stop('SIGTERM');
    await child.exited;
  }
});

test('what runs ends with the emulator, even when that is killed', async (context) => {
  const gate = await startGate(context);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const child = run(context, '--json');
    await child.firstOutput;
    const client = new Client({ credentials: JSON.parse(child.stdout()) as Credentials }, Date.now);
    await deploy(client, 'waits', waitsAtGate);
    const called = gate.next();
    await client.naver('POST', '/ncf/api/v2/packages/-/actions/waits?timeout=0', { url: gate.url });
    const { query, gone } = await called;
    const home = dirname(dirname(String(query.get('cwd'))));
    child.stop(signal);
    await child.exited;
    await gone;
    if (signal === 'SIGTERM') assert.equal(existsSync(home), false);
    else await rm(home, { recursive: true, force: true });
  }
});

test('an endless loop, and what left its group, end with an emulator that is killed', { skip: process.platform === 'win32' }, async (context) => {
  const gate = await startGate(context);
  const child = run(context, '--json');
  await child.firstOutput;
  const client = new Client({ credentials: JSON.parse(child.stdout()) as Credentials }, Date.now);
  const calls = `require('node:http').get(process.argv.at(-1)); `;
  const spins = `function main({ url }) {
    const { spawn } = require('node:child_process');
    const start = (code, options) => spawn(process.execPath, ['-e', code, url], { stdio: 'ignore', ...options });
    start(${JSON.stringify(`${calls} setTimeout(() => { for (;;); }, 100)`)}, {});
    ${process.platform === 'linux' ? `start(${JSON.stringify(calls)}, { detached: true });` : ''}
    for (;;);
  }`;
  await deploy(client, 'spins', spins, { timeout: 300_000 });
  const called = gate.take(process.platform === 'linux' ? 2 : 1);
  await client.naver('POST', '/ncf/api/v2/packages/-/actions/spins?timeout=0', { url: gate.url });
  const gone = (await called).map((one) => one.gone);
  child.stop('SIGKILL');
  await child.exited;
  await Promise.all(gone);
});

test('the help says whose rights an action has', async (context) => {
  const child = run(context, '--help');
  assert.deepEqual(await child.exited, [2, null]);
  assert.match(child.stderr(), /They run as you, with all your rights and no sandbox/);
});

test('the command line is read as written', () => {
  assert.deepEqual(parseCli([]), { json: false, port: 0, topics: 0, groups: 0, seed: undefined, activationGap: 30_000 });
  assert.deepEqual(parseCli(['--json', '--port', '80', '--topics=30000', '--groups', '50', '--seed', '0', '--activation-gap', '5']), {
    json: true,
    port: 80,
    topics: 30_000,
    groups: 50,
    seed: 0,
    activationGap: 5,
  });
  for (const bad of [
    ['--port', '65536'],
    ['--port', 'x'],
    ['--topics', '-1'],
    ['--topics', '100001'],
    ['--groups', '1001'],
    ['--seed', '1.5'],
    ['--activation-gap', '600001'],
    ['extra'],
    ['--help'],
  ]) {
    assert.equal(parseCli(bad), undefined, bad.join(' '));
  }
});
