import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ArchiveError, unzip } from '../../../src/emulator/functions/runs/unzip.ts';
import type { ZipEntry } from './zipped.ts';
import { zipped } from './zipped.ts';

function textsOf(archive: Buffer): Record<string, string> {
  return Object.fromEntries(unzip(archive).map(({ path, data }) => [path, data.toString('utf8')]));
}

test('stored and deflated files come out as they went in', () => {
  const entries = fc.uniqueArray(
    fc.record({ path: fc.stringMatching(/^[a-z]{1,8}(\/[a-z가-힣]{1,8}){0,3}$/), text: fc.string({ unit: 'binary' }), isStored: fc.boolean() }),
    { selector: ({ path }) => path },
  );
  fc.assert(
    fc.property(entries, fc.string({ maxLength: 50 }), (files, comment) => {
      const expected = Object.fromEntries(files.map(({ path, text }) => [path, Buffer.from(text).toString('utf8')]));
      assert.deepEqual(textsOf(zipped(files, comment.replaceAll('PK', ''))), expected);
    }),
    { numRuns: 60 },
  );
});

test('folders and symbolic links are left out, names of Windows become names of ours', () => {
  const entries: ZipEntry[] = [
    { path: 'folder/', text: '', isStored: true },
    { path: 'link', text: '/etc/passwd', mode: 0o120777 },
    { path: 'folder\\file.js', text: 'x' },
  ];
  assert.deepEqual(textsOf(zipped(entries)), { 'folder/file.js': 'x' });
});

test('what would leave the folder, is damaged or encrypted is refused', () => {
  const refused: readonly (readonly [RegExp, Buffer])[] = [
    ...['../out', 'a/../../out', '/etc/x', 'C:\\x', '..\\out', ''].map((path) => [/leaves the folder/, zipped([{ path, text: 'x' }])] as const),
    [/encrypted/, zipped([{ path: 'a', text: 'x', isEncrypted: true }])],
    [/damaged/, zipped([{ path: 'a', text: 'x', crc: 1 }])],
    [/damaged/, zipped([{ path: 'a', text: 'x'.repeat(5_000), size: 10 }])],
    [/512 MB/, zipped([{ path: 'a', text: 'x', size: 0x7fffffff }])],
    [/not a ZIP/, Buffer.from('const main = 1;')],
    [/not a ZIP/, Buffer.alloc(0)],
    [/damaged/, zipped([{ path: 'a', text: 'x' }]).subarray(4)],
  ];
  for (const [reason, archive] of refused) {
    assert.throws(() => unzip(archive), (error) => error instanceof ArchiveError && reason.test(error.message), String(reason));
  }
});

test('no bytes bring it down', () => {
  const archive = zipped([{ path: 'a/b', text: 'some text '.repeat(20) }, { path: 'c', text: 'd', isStored: true }]);
  fc.assert(
    fc.property(fc.nat(archive.length - 1), fc.nat(255), (at, byte) => {
      const changed = Buffer.from(archive);
      changed[at] = byte;
      try {
        for (const { path } of unzip(changed)) assert.ok(!path.startsWith('/') && !path.split('/').includes('..'));
      } catch (error) {
        assert.ok(error instanceof ArchiveError, String(error));
      }
    }),
    { numRuns: 500 },
  );
});
