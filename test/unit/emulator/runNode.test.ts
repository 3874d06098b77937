import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { noon } from './helpers.ts';
import { Bench, startGate, textsOf } from './runHelpers.ts';

test('an action in Node.js really runs, however its function is named', async (context) => {
  const bench = await Bench.start(context);
  const sources = {
    plain: 'function main({ a, b }) { return { sum: a + b }; } // the end',
    constant: 'const main = ({ a, b }) => ({ sum: a + b });',
    exported: 'exports.main = ({ a, b }) => ({ sum: a + b });',
    module: 'module.exports = { main: ({ a, b }) => ({ sum: a + b }) };',
    promised: 'async function main({ a, b }) { await null; return { sum: a + b }; }',
    strict: '"use strict";\nfunction main({ a, b }) { return { sum: a + b }; }',
    modern: 'import path from "node:path";\nexport function main({ a, b }) { return { sum: path.sep.length - 1 + a + b }; }',
    awaited: 'const more = await Promise.resolve(0);\nexport const main = ({ a, b }) => ({ sum: a + b + more });',
    requiring: 'const { join } = require("node:path");\nfunction main({ a, b }) { return { sum: a + b + join("").length - 1 }; }',
  };
  for (const [name, code] of Object.entries(sources)) {
    await bench.deploy(name, code);
    const { response } = await bench.run(name, { a: 2, b: 3 });
    assert.deepEqual(response, { result: { sum: 5 }, status: 'success', success: true }, name);
  }
  await bench.deploy('inner', 'exports.tools = { run: () => ({ inner: true }) };', { main: 'tools.run' });
  assert.deepEqual((await bench.run('inner')).response.result, { inner: true });
  await bench.deploy('nothing', 'function main() {}');
  assert.deepEqual((await bench.run('nothing')).response.result, {});
});

test('lines of both streams are logged in their order, with their time', async (context) => {
  const bench = await Bench.start(context);
  await bench.deploy(
    'talk',
    `function main() {
      console.log('one');
      console.error('two %d', 2);
      process.stdout.write('thr');
      process.stderr.write('four\\n');
      process.stdout.write('ee\\r\\n\\n한글');
      return {};
    }`,
  );
  const { logs, start, end, duration } = await bench.run('talk');
  assert.deepEqual(textsOf(logs), ['one', '! two 2', '! four', 'three', '', '한글']);
  assert.deepEqual([start, end], [noon, noon + duration]);
  for (const line of logs) {
    const at = Date.parse(line.slice(0, 24));
    assert.ok(at >= start && at <= end + 1, `${line} is not between ${start} and ${end}`);
  }
});

test('each way to fail has the words of OpenWhisk', async (context) => {
  const bench = await Bench.start(context);
  const developer = 'action developer error';
  const cases: readonly (readonly [code: string, status: string, error: unknown, logs?: string[]])[] = [
    ['function main() { return { error: "no", more: 1 }; }', 'application error', 'no', []],
    ['async function main() { return { error: { statusCode: 404 } }; }', 'application error', { statusCode: 404 }, []],
    ['function main() { return Promise.reject("later"); }', 'application error', 'later', []],
    ['function main() { return Promise.reject(); }', 'application error', {}, []],
    ['function main() { return 5; }', developer, 'The action did not return a dictionary.', [
      '! Result must be of type object but has type "number": 5',
    ]],
    ['function main() { return [1]; }', developer, 'The action did not return a dictionary.', [
      '! Result must be of type object but has type "object": [ 1 ]',
    ]],
    ['function main() { return null; }', developer, 'The action did not return a dictionary.'],
    ['function main() { return { toJSON: () => 5 }; }', developer, 'The action did not return a dictionary.'],
    ['function main() { process.exit(0); }', developer, 'The action did not produce a valid response and exited unexpectedly.'],
    ['function main() { return { a: "x".repeat(1048577) }; }', developer,
      'The action produced a response that exceeded the allowed length: 1048585 > 1048576 bytes.'],
    ['const other = 1;', developer, "Initialization has failed due to: Action entrypoint 'main' is not a function."],
    ['const main = 1;', developer, "Initialization has failed due to: Action entrypoint 'main' is not a function."],
    ['function main() { for (;;); }', developer, 'The action exceeded its time limits of 700 milliseconds.'],
    ['function main() { return new Promise(() => {}); }', developer, 'The action exceeded its time limits of 700 milliseconds.'],
  ];
  for (const [code, status, error, logs] of cases) {
    await bench.deploy('fails', code, { timeout: 700 });
    const run = await bench.run('fails');
    assert.deepEqual(run.response, { result: { error }, status, success: false }, code);
    if (logs !== undefined) assert.deepEqual(textsOf(run.logs), logs, code);
    if (String(error).includes('time limits')) assert.ok(run.duration >= 700, String(run.duration));
  }
});

test('what is thrown stands in the log with its place in the code, and nothing of the emulator', async (context) => {
  const bench = await Bench.start(context);
  await bench.deploy('throws', '// one\nfunction inner() { throw new TypeError("broken"); }\nfunction main() { inner(); }');
  const thrown = await bench.run('throws');
  const { result, status } = thrown.response;
  assert.deepEqual([status, result], ['action developer error', { error: 'An error has occurred: TypeError: broken' }]);
  assert.deepEqual(textsOf(thrown.logs), [
    '! TypeError: broken',
    '!     at inner (throws.js:2:26)',
    '!     at main (throws.js:3:19)',
  ]);
  await bench.deploy('rejects', 'async function main() {\n  throw new TypeError("broken");\n}');
  const rejected = (await bench.run('rejects')).response;
  const stack = 'TypeError: broken\n    at main (rejects.js:2:9)';
  assert.deepEqual(rejected.result, { error: { name: 'TypeError', message: 'broken', stack } });
  assert.equal(rejected.status, 'application error');
  await bench.deploy('unreadable', 'function main( {');
  const { error } = (await bench.run('unreadable')).response.result;
  assert.match(String(error), /^Initialization has failed due to: unreadable\.js:1\nfunction main\( \{\n.*\n\nSyntaxError: [^\n]+$/s);
  await bench.deploy('late', 'function main() { setTimeout(() => { throw new Error("late"); }, 1); return new Promise(() => {}); }');
  const late = await bench.run('late');
  assert.equal(late.response.result['error'], 'The action did not produce a valid response and exited unexpectedly.');
  assert.ok(textsOf(late.logs).includes('! Error: late'), late.logs.join('\n'));
});

test('memory is what the limit says', async (context) => {
  const bench = await Bench.start(context);
  const code = 'function main({ count }) { const all = []; for (let i = 0; i < count; i += 1) all.push(new Array(1000).fill(i)); return { count: all.length }; }';
  await bench.deploy('hungry', code, { memory: 128 });
  const aborted = await bench.run('hungry', { count: 1e7 });
  assert.deepEqual(aborted.response.result, { error: 'The action exhausted its memory and was aborted.' });
  assert.equal(aborted.response.status, 'action developer error');
  assert.deepEqual(aborted.logs, []);
  assert.deepEqual((await bench.run('hungry', { count: 100 })).response.result, { count: 100 });
});

test('memory outside of the heap counts, too', { skip: process.platform !== 'linux' }, async (context) => {
  const bench = await Bench.start(context);
  const filled = 'const all = []; for (let n = 0; n < 8; n += 1) all.push(Buffer.alloc(64 * 1048576, 1));';
  await bench.deploy('fills', `function main() { ${filled} return { count: all.length }; }`, { memory: 1_024 });
  const { response: fits } = await bench.run('fills');
  assert.deepEqual(fits.result, { count: 8 });
  // Noticed at the end, and where there is none.
  for (const code of [`function main() { ${filled} return {}; }`, `function main() { ${filled} for (;;) all[0].fill(1); }`]) {
    await bench.deploy('fills', code, { memory: 128 });
    const { response } = await bench.run('fills');
    assert.deepEqual([response.status, response.result], ['action developer error', { error: 'The action exhausted its memory and was aborted.' }], code);
  }
});

test('what left its process group ends with the run all the same', { skip: process.platform !== 'linux' }, async (context) => {
  const bench = await Bench.start(context);
  const [gate, other] = [await startGate(context), await startGate(context)];
  const code = `async function main({ url, other }) {
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'require("node:http").get(process.argv.at(-1))', other], { detached: true, stdio: 'ignore' });
    child.unref();
    await fetch(url);
    return {};
  }`;
  await bench.deploy('leaves', code);
  const both = Promise.all([gate.next(), other.next()]);
  const ran = bench.run('leaves', { url: gate.url, other: other.url });
  const [, stray] = await both;
  gate.open();
  await ran;
  await stray.gone;
});

test('of a log larger than 1 MB the rest is cut, and a line says so', async (context) => {
  const bench = await Bench.start(context);
  const last = 'Logs were truncated because the total bytes size exceeds the limit of 1048576 bytes.';
  await bench.deploy('loud', 'function main() { for (let i = 0; i < 30000; i += 1) console.log("x".repeat(90)); return { ok: true }; }');
  const loud = await bench.run('loud');
  assert.deepEqual(loud.response.result, { ok: true });
  assert.equal(textsOf(loud.logs.slice(-1))[0], `! ${last}`);
  const bytes = loud.logs.slice(0, -1).reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  assert.equal(bytes, 1_048_576);
  await bench.deploy('endless', 'function main() { process.stdout.write("y".repeat(3e6)); return {}; }');
  const endless = await bench.run('endless');
  assert.deepEqual([endless.logs.length, textsOf(endless.logs)[1]], [2, `! ${last}`]);
});

test('a run knows nothing of this computer, and has a folder of its own that is gone afterwards', async (context) => {
  const bench = await Bench.start(context);
  const code = `const fs = require('node:fs');
    function main() {
      const before = [...fs.readdirSync('.'), ...fs.readdirSync('..')];
      fs.writeFileSync('left', 'x');
      return { before, names: Object.keys(process.env).sort(), cwd: process.cwd(), argv: process.execArgv };
    }`;
  await bench.deploy('look', code, { memory: 256 });
  const folders: unknown[] = [];
  for (let count = 0; count < 2; count += 1) {
    const { result } = (await bench.run('look')).response;
    assert.deepEqual(result['before'], ['action']);
    assert.deepEqual(result['argv'], ['--max-old-space-size=256']);
    assert.deepEqual(result['names'], ['ELECTRON_RUN_AS_NODE', 'HOME', 'LANG', 'TEMP', 'TMP', 'TMPDIR']);
    folders.push(result['cwd']);
    assert.equal(existsSync(String(result['cwd'])), false);
  }
  assert.notEqual(folders[0], folders[1]);
});

test('what an action writes where only its runtime should does no harm', async (context) => {
  const bench = await Bench.start(context);
  const code = `const fs = require('node:fs');
    function main() {
      for (const text of ['no JSON', '[]', '["stdout",1e300,"odd"]', '["stdout"]', '["result",5]', '["result","[1"]']) fs.writeSync(3, text + '\\n');
      return { fine: true };
    }`;
  await bench.deploy('meddles', code);
  const { response, logs } = await bench.run('meddles');
  assert.deepEqual(response.result, { error: 'The action did not return a dictionary.' });
  assert.deepEqual(textsOf(logs), ['odd']);
  await bench.deploy('floods', "function main() { for (let i = 0; i < 40; i += 1) require('node:fs').writeSync(3, 'x'.repeat(1e6)); return {}; }");
  assert.equal((await bench.run('floods')).response.status, 'action developer error');
  assert.equal((await bench.run('meddles')).logs.length, 1);
});

test('it is no matter when temporary files are cleaned away between two runs', async (context) => {
  const bench = await Bench.start(context);
  await bench.deploy('where', 'function main() { return { cwd: process.cwd() }; }');
  const { cwd } = (await bench.run('where')).response.result;
  await rm(dirname(dirname(String(cwd))), { recursive: true });
  assert.equal((await bench.run('where')).response.success, true);
});
