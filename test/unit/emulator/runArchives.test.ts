import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bench, textsOf } from './runHelpers.ts';
import type { ZipEntry } from './zipped.ts';
import { zipped } from './zipped.ts';

function packed(files: Readonly<Record<string, string>>): string {
  return zipped(Object.entries(files).map(([path, text]): ZipEntry => ({ path, text }))).toString('base64');
}

const nodeArchives: Readonly<Record<string, readonly [files: Readonly<Record<string, string>>, main?: string]>> = {
  index: [{ 'index.js': 'exports.main = () => ({ from: require("./lib/inner.js") });', 'lib/inner.js': 'module.exports = "here";' }],
  named: [{ 'package.json': '{"main":"lib/start.js"}', 'lib/start.js': 'exports.main = () => ({ from: "here" });' }],
  modules: [{
    'index.js': 'exports.main = () => ({ from: require("dep") });',
    'node_modules/dep/index.js': 'module.exports = "here";',
  }],
  file: [{ 'tool.js': 'exports.start = () => ({ from: "here" });' }, 'tool.start'],
  modern: [{ 'package.json': '{"type":"module","main":"a.js"}', 'a.js': 'export const main = () => ({ from: "here" });' }],
  awaiting: [{ 'package.json': '{"type":"module","main":"a.js"}', 'a.js': 'const from = await "here";\nexport const main = () => ({ from });' }],
};

test('a packed action in Node.js runs from its package', async (context) => {
  const bench = await Bench.start(context);
  for (const [name, [files, main = 'main']] of Object.entries(nodeArchives)) {
    await bench.deploy(name, packed(files), { binary: true, main });
    const { response, logs } = await bench.run(name);
    assert.deepEqual(response, { result: { from: 'here' }, status: 'success', success: true }, logs.join('\n'));
  }
});

test('a packed action without what it needs says what', async (context) => {
  const bench = await Bench.start(context);
  const cases: readonly (readonly [code: string, error: string])[] = [
    [packed({ 'other.js': '' }), 'Zipped actions must contain either package.json or index.js at the root.'],
    [packed({ 'index.js': '' }), "Action entrypoint 'main' is not a function."],
    [Buffer.from('no archive!!').toString('base64'), 'There was an error uncompressing the action archive. It is not a ZIP archive.'],
    [packed({ '../index.js': '' }), 'There was an error uncompressing the action archive. The name "../index.js" leaves the folder.'],
  ];
  for (const [code, error] of cases) {
    await bench.deploy('packed', code, { binary: true });
    const { result, status } = (await bench.run('packed')).response;
    assert.deepEqual([status, result], ['action developer error', { error: `Initialization has failed due to: ${error}` }]);
  }
});

test('an action in Python really runs where python3 is', async (context) => {
  const bench = await Bench.start(context);
  const python = { kind: 'python:3.13' };
  if ((await bench.emulator.world.functions.runtimes?.languageOf('python:3.13')) === undefined) {
    context.skip('no python3 on this computer');
    return;
  }
  const developer = 'action developer error';
  const cases: readonly (readonly [code: string, status: string, result: unknown, logs?: string[]])[] = [
    [
      'import sys\ndef main(args):\n    print("하나")\n    print("two", file=sys.stderr)\n    return {"sum": args["a"] + args["b"]}',
      'success', { sum: 5 }, ['하나', '! two'],
    ],
    ['def main(args):\n    return {"error": "no"}', 'application error', { error: 'no' }, []],
    [
      'def main(args):\n    raise ValueError("broken")', 'application error', { error: 'broken' },
      ['! Traceback (most recent call last):', '!   File "python.py", line 2, in main', '!     raise ValueError("broken")', '! ValueError: broken'],
    ],
    ['def main(args):\n    return 5', developer, { error: 'The action did not return a dictionary.' }],
    ['def main(args):\n    return {"a": {1, 2}}', developer, { error: 'An error has occurred: Object of type set is not JSON serializable' }],
    ['import sys\ndef main(args):\n    sys.exit(0)', developer, { error: 'The action did not produce a valid response and exited unexpectedly.' }],
    ['other = 1', developer, { error: "Initialization has failed due to: Action entrypoint 'main' is not a function." }],
    ['def main(args):\n    while True: pass', developer, { error: 'The action exceeded its time limits of 900 milliseconds.' }],
    ['def main(args):\n    return {"a": len("x" * 900000000)}', developer, { error: 'The action exhausted its memory and was aborted.' }],
    ['def main(args):\n    return {"a": "x" * 1048577}', developer,
      { error: 'The action produced a response that exceeded the allowed length: 1048586 > 1048576 bytes.' }],
  ];
  for (const [code, status, result, logs] of cases) {
    await bench.deploy('python', code, { ...python, timeout: 900 });
    const run = await bench.run('python', { a: 2, b: 3 });
    assert.deepEqual([run.response.status, run.response.result], [status, result], code);
    if (logs !== undefined) assert.deepEqual(textsOf(run.logs).filter((line) => !/^!\s+[~^]+$/.test(line)), logs);
  }
  const files = { '__main__.py': 'from inner import here\ndef start(args):\n    return {"from": here}', 'inner.py': 'here = "here"' };
  await bench.deploy('packed', packed(files), { ...python, binary: true, main: 'start' });
  assert.deepEqual((await bench.run('packed')).response.result, { from: 'here' });
  await bench.deploy('packed', packed({ 'main.py': '' }), { ...python, binary: true });
  assert.match(String((await bench.run('packed')).response.result['error']), /Zip file does not include __main__\.py/);
});

test('what this emulator cannot run echoes, and says so', async (context) => {
  const bench = await Bench.start(context);
  const code = Buffer.from('PK').toString('base64');
  await bench.deploy('coffee', code, { kind: 'java:21', binary: true, main: 'Main' });
  const run = await bench.run('coffee', { a: 1 });
  assert.deepEqual(run.response, { result: { a: 1 }, status: 'success', success: true });
  assert.deepEqual(textsOf(run.logs), [
    'coffee started with a parameters',
    '! This emulator does not run java:21: the result repeats the parameters.',
  ]);
  const failed = await bench.run('coffee', { error: 'no' });
  assert.deepEqual([failed.response.status, failed.response.success], ['application error', false]);
});
