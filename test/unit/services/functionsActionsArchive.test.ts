import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { createFormatter } from '../../../src/model/format.ts';
import { isArchive, isInside, unzipEntries, zipEntries } from '../../../src/services/functions/actions/archive.ts';
import type { ArchiveEntry } from '../../../src/services/functions/actions/archive.ts';
import { folderRules } from '../../../src/services/functions/actions/folderFiles.ts';
import { codeOf } from '../../../src/services/functions/actions/localCode.ts';
import { guessRuntime } from '../../../src/services/functions/actions/sourceSteps.ts';

const format = createFormatter('en');

function entry(path: string, text = path): ArchiveEntry {
  return { path, bytes: new TextEncoder().encode(text) };
}

/** Offsets of all places where a signature stands. */
function places(bytes: Uint8Array, ...signature: readonly number[]): readonly number[] {
  return [...bytes.keys()].filter((at) => signature.every((byte, n) => bytes[at + n] === byte));
}

/** An archive with some bytes of each central header replaced. */
function edited(archive: Uint8Array, offset: number, ...bytes: readonly number[]): Uint8Array {
  const copy = archive.slice();
  for (const at of places(copy, 0x50, 0x4b, 1, 2)) copy.set(bytes, at + offset);
  return copy;
}

test('what is packed comes back, byte for byte, and the same files give the same archive in any order', async () => {
  const path = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => isInside(text) && !text.endsWith('/'));
  const files = fc.uniqueArray(fc.record({ path, bytes: fc.uint8Array({ maxLength: 500 }) }), { selector: (one) => one.path, maxLength: 6 });
  await fc.assert(fc.asyncProperty(files, async (entries) => {
    const archive = await zipEntries(entries);
    assert.ok(isArchive(archive));
    assert.deepEqual(archive, await zipEntries(entries.toReversed()));
    const byPath = (a: ArchiveEntry, b: ArchiveEntry): number => (a.path < b.path ? -1 : 1);
    const back = unzipEntries(archive).map(({ path: name, bytes }) => ({ path: name, bytes: Uint8Array.from(bytes) }));
    assert.deepEqual(back.toSorted(byPath), entries.map(({ path: name, bytes }) => ({ path: name, bytes: Uint8Array.from(bytes) })).toSorted(byPath));
  }), { numRuns: 50 });
});

test('an archive is the same in any time zone', async () => {
  const before = process.env['TZ'];
  const made: Uint8Array[] = [];
  for (const zone of ['Asia/Seoul', 'America/New_York', 'UTC']) {
    process.env['TZ'] = zone;
    made.push(await zipEntries([entry('a')]));
  }
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
  assert.deepEqual(made[1], made[0]);
  assert.deepEqual(made[2], made[0]);
});

test('a file that leads out of the folder is refused, whatever system it is written for', async () => {
  for (const path of ['../a', 'a/../../b', '/etc/passwd', 'C:/a', 'a\\..\\b', 'a//b', './a', 'a/.']) {
    assert.equal(isInside(path), false, path);
    const archive = await zipEntries([entry(path)]);
    assert.throws(() => unzipEntries(archive), /outside of its folder/, path);
  }
  assert.deepEqual(['a', '..a', 'a/b..c', '가/나'].map(isInside), [true, true, true, true]);
});

test('damaged, encrypted, ZIP64 and overlarge archives are refused in words, and never unpacked halfway', async () => {
  const archive = await zipEntries([entry('a', 'x'.repeat(1000)), entry('b', 'y'.repeat(1000))]);
  assert.throws(() => unzipEntries(edited(archive, 8, 1, 0)), /encrypted/);
  assert.throws(() => unzipEntries(edited(archive, 24, 0xff, 0xff, 0xff, 0xff)), /ZIP64/);
  assert.throws(() => unzipEntries(edited(archive, 24, 0, 0, 0, 0x7f)), /too large to unpack here: 2 files, \d+ MB/);
  assert.throws(() => unzipEntries(edited(archive, 24, 10, 0, 0, 0)), /damaged/);
  assert.throws(() => unzipEntries(edited(archive, 16, 1, 2, 3, 4)), /damaged/);
  assert.throws(() => unzipEntries(edited(archive, 10, 12, 0)), /packed in a way/);
  assert.throws(() => unzipEntries(new Uint8Array(100)), /damaged, or is not an archive/);
  const twice = edited(await zipEntries([entry('aa'), entry('ab')]), 46, 0x61, 0x61);
  assert.throws(() => unzipEntries(twice), /file "aa" twice/);
  fc.assert(fc.property(fc.nat(archive.length - 1), fc.nat(255), (at, byte) => {
    const broken = archive.slice();
    broken[at] = byte;
    try {
      unzipEntries(broken);
    } catch (error) {
      assert.equal((error as Error).name, 'ProblemError', String(error));
    }
  }), { numRuns: 300 });
});

test('the rules of a folder: Git’s leave dependencies in, ".ncloudignore" counts as it stands', async () => {
  const text = 'node_modules\n*.log\n/dist/\n!keep.log\n';
  const git = await folderRules('.gitignore', text);
  const own = await folderRules('.ncloudignore', text);
  const leavesOut = (rules: typeof git): readonly string[] => [
    ['.git', 'folder'], ['a.log', 'file'], ['keep.log', 'file'], ['dist', 'folder'], ['src/dist', 'folder'], ['node_modules', 'folder'], ['node_modules/x/a.log', 'file'], ['src/.DS_Store', 'file'], ['index.js', 'file'],
  ].filter(([path = '', kind]) => rules.leavesOut(path, kind === 'folder' ? 'folder' : 'file')).map(([path = '']) => path);
  assert.deepEqual(leavesOut(git), ['.git', 'a.log', 'dist', 'src/.DS_Store']);
  assert.deepEqual(leavesOut(own), ['.git', 'a.log', 'dist', 'node_modules', 'node_modules/x/a.log', 'src/.DS_Store']);
});

test('code of files and folders: text as it stands, archives as Base64, limits with the biggest files', async () => {
  const file = (name: string, bytes: Uint8Array) => codeOf({ kind: 'file', uri: `mem:/${name}`, name, bytes }, 'nodejs:22', format);
  const text = 'a\r\n\tb  \n';
  assert.deepEqual(await file('a.js', new TextEncoder().encode(`\uFEFF${text}`)), { code: text, isBinary: false, size: 8, from: 'a.js', remarks: [] });
  const archive = await zipEntries([entry('index.js')]);
  assert.partialDeepStrictEqual(await file('a.zip', archive), { code: Buffer.from(archive).toString('base64'), isBinary: true, size: archive.length });
  await assert.rejects(file('a.js', new Uint8Array()), /"a\.js" is empty/);
  await assert.rejects(file('a.js', new Uint8Array(39 * 1024 * 1024).fill(97)), /at most 38 MiB can be sent.*a\.js \(39 MiB\).*\.ncloudignore/);
  const folder = (entries: readonly ArchiveEntry[], runtime = 'nodejs:22') =>
    codeOf({ kind: 'folder', uri: 'mem:/f', name: 'f', entries, ignoredBy: '.gitignore', leftOut: 2, links: 1 }, runtime, format);
  await assert.rejects(folder([]), /holds no file/);
  assert.deepEqual((await folder([entry('lib/a.js')])).remarks, [
    'It has neither "package.json" nor "index.js" at its top: Node.js looks for the action there.', '.gitignore leaves out 2 files and folders.', '1 link that leads elsewhere is left out.',
  ]);
  assert.match((await folder([entry('a.py')], 'python:3.13')).remarks[0] ?? '', /no "__main__\.py"/);
  assert.equal((await folder([entry('index.js')])).remarks.length, 2);
});

test('a runtime is guessed from what is there', () => {
  const of = (...paths: readonly string[]) => guessRuntime({ kind: 'folder', uri: '', name: '', entries: paths.map((path) => entry(path)), ignoredBy: undefined, leftOut: 0, links: 0 });
  assert.deepEqual([of('package.json', 'a.py'), of('__main__.py'), of('a.jar'), of('main.go'), of('x.txt'), of('lib/index.js'), of('a.cjs')], [
    'nodejs:22', 'python:3.13', 'java:21', 'go:1.19', undefined, undefined, 'nodejs:22',
  ]);
});

test('settings and parameter sets at the top of a folder are not deployed, unless a rule takes them in; rules tell case', async () => {
  const none = await folderRules(undefined, '');
  const taken = ['a.action.json', 'a.params.json', 'lib/a.params.json', 'params.json', 'index.js'].filter((path) => !none.leavesOut(path, 'file'));
  assert.deepEqual(taken, ['lib/a.params.json', 'params.json', 'index.js']);
  assert.equal(none.leavesOut('a.action.json', 'folder'), false);
  const own = await folderRules('.ncloudignore', '!a.params.json\nBuild\n');
  assert.deepEqual(['a.params.json', 'b.params.json', 'build', 'Build'].map((path) => own.leavesOut(path, 'file')), [false, true, false, true]);
});

test('a file that has the name of no file is refused in words', async () => {
  await assert.rejects(zipEntries([entry('index.js'), entry('__proto__')]), /A file named "__proto__" cannot be packed: rename it, or leave it out\./);
  const odd = ['constructor', 'lib/__proto__', 'toString', '10', '9'];
  assert.deepEqual(unzipEntries(await zipEntries(odd.map((path) => entry(path)))).map(({ path }) => path).toSorted(), odd.toSorted());
});
