import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import type { NaverAccount } from '../../../src/model/account.ts';
import { isSameExec, Versions } from '../../../src/services/functions/editing/versions.ts';
import type { KeptExec, VersionsOf } from '../../../src/services/functions/editing/versions.ts';
import { naverAccount } from '../../support/accounts.ts';
import { NOW, versionsFolder } from './functionsEditingWorld.ts';

function action(name = 'resize', account: Partial<NaverAccount> = {}): VersionsOf {
  return { place: { account: naverAccount(account), region: 'KR' }, pkg: '-', name };
}

function exec(code: string, changes: Partial<KeptExec> = {}): KeptExec {
  return { runtime: 'nodejs:22', main: 'main', isBinary: false, code, imageUri: undefined, components: [], ...changes };
}

function files(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json')).map((file) => join(folder, file));
}

test('keeps what an action ran, newest first, and reads it back whole', async (t) => {
  const folder = versionsFolder(t);
  const versions = new Versions(folder, () => NOW);
  await versions.keep(action(), exec('one\r\n한\u0000'));
  await versions.keep(action(), exec('two', { isBinary: true, main: undefined }));
  const list = await versions.list(action());
  assert.deepEqual(list.map(({ keptAtMs }) => keptAtMs), [NOW + 1, NOW], 'the clock may stand still');
  const read = await Promise.all(list.map((version) => versions.read(version)));
  assert.deepEqual(read, [exec('two', { isBinary: true, main: undefined }), exec('one\r\n한\u0000')]);
  for (const [code, kept] of [['two', read[0]], ['one\r\n한\u0000', read[1]]] as const) assert.equal(kept?.code, code);
});

test('two accounts with an action of one name never mix, nor two platforms, regions, packages', async (t) => {
  const versions = new Versions(versionsFolder(t), () => NOW);
  const others: readonly VersionsOf[] = [
    action('resize', { id: 'n2' }), action('resize', { platform: 'classic' }), action('resize', { zone: 'financial' }), action('resize2'),
    { ...action(), pkg: 'a' }, { ...action(), place: { ...action().place, region: 'JP' } },
  ];
  await versions.keep(action(), exec('mine'));
  for (const other of others) assert.deepEqual(await versions.list(other), []);
});

test('where there is one platform, the choice of an account between two says nothing', async (t) => {
  const versions = new Versions(versionsFolder(t), () => NOW);
  const singapore = (platform: 'vpc' | 'classic'): VersionsOf => ({ ...action(), place: { account: naverAccount({ platform }), region: 'SG' } });
  const financial = (platform: 'vpc' | 'classic'): VersionsOf => action('resize', { platform, zone: 'financial' });
  for (const there of [singapore, financial]) {
    await versions.keep(there('vpc'), exec('one'));
    assert.equal((await versions.list(there('classic'))).length, 1);
  }
});

test('a version says which action it is of, where the service told its id', async (t) => {
  const versions = new Versions(versionsFolder(t), () => NOW);
  await versions.keep(action(), { ...exec('one'), resourceId: 'r1' });
  await versions.keep(action(), exec('two'));
  const read = await Promise.all((await versions.list(action())).map(async (version) => versions.read(version)));
  assert.deepEqual(read, [exec('two'), { ...exec('one'), resourceId: 'r1' }]);
});

test('only the user can read the files, and their names say nothing of an account', async (t) => {
  const folder = versionsFolder(t);
  await new Versions(folder, () => NOW).keep(action('resize', { id: 'account-1' }), { ...exec('code'), parameters: { password: 'CANARY' } } as KeptExec);
  const [file = '', ...more] = files(folder);
  assert.deepEqual(more, []);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(join(file, '..')).mode & 0o777, 0o700);
  assert.doesNotMatch(file.slice(folder.length), /account-1|resize/);
  assert.doesNotMatch(readFileSync(file, 'utf8'), /CANARY/, 'no parameters are kept');
});

test('ten versions of an action are kept, and the same once', async (t) => {
  let now = NOW;
  const folder = versionsFolder(t);
  const versions = new Versions(folder, () => (now += 1000));
  for (let n = 0; n < 12; n += 1) await versions.keep(action(), exec(`code ${n}`));
  const codes = async (): Promise<readonly (string | undefined)[]> =>
    Promise.all((await versions.list(action())).map(async (version) => (await versions.read(version))?.code));
  assert.deepEqual(await codes(), Array.from({ length: 10 }, (_, n) => `code ${11 - n}`));
  await versions.keep(action(), exec('code 5'));
  assert.equal((await codes())[0], 'code 5');
  assert.equal((await codes()).filter((code) => code === 'code 5').length, 1);
  assert.equal(files(folder).length, 10);
});

test('64 MB are kept beside the newest of each action, which stays whatever the sizes of others: the oldest go first', async (t) => {
  let now = NOW;
  const folder = versionsFolder(t);
  const versions = new Versions(folder, () => (now += 1000));
  const large = (letter: string, mb: number): KeptExec => exec(letter.repeat(mb * 1024 * 1024));
  await versions.keep(action('a'), large('a', 30));
  await versions.keep(action('b'), large('b', 20));
  await versions.keep(action('a'), large('c', 20));
  assert.deepEqual([(await versions.list(action('a'))).length, (await versions.list(action('b'))).length], [1, 1]);
  await versions.keep(action('b'), exec('small'));
  assert.equal((await versions.list(action('b'))).length, 2, 'there is room for the large one beside it');
  await versions.keep(action('c'), large('d', 70));
  assert.deepEqual([(await versions.list(action('a'))).length, (await versions.list(action('b'))).length, (await versions.list(action('c'))).length], [1, 1, 1]);
});

test('two windows keep at a time, and neither loses what the other kept', async (t) => {
  const folder = versionsFolder(t);
  const [one, two] = [new Versions(folder, () => NOW), new Versions(folder, () => NOW)];
  await Promise.all([one.keep(action(), exec('same')), two.keep(action(), exec('same')), one.keep(action(), exec('a')), two.keep(action(), exec('b'))]);
  const codes = await Promise.all((await one.list(action())).map(async (version) => (await two.read(version))?.code));
  assert.deepEqual(codes.toSorted(), ['a', 'b', 'same']);
});

test('what was damaged or taken away is no version, and what a window left unfinished goes', async (t) => {
  const folder = versionsFolder(t);
  let now = NOW;
  const versions = new Versions(folder, () => now);
  await versions.keep(action(), exec('code'));
  const [version] = await versions.list(action());
  assert.ok(version);
  writeFileSync(version.file, '{"code": "another"}');
  assert.equal(await versions.read(version), undefined);
  assert.equal(await versions.read({ ...version, file: `${version.file}x` }), undefined);
  writeFileSync(join(version.file, '..', 'notes.txt'), 'not ours');
  const unfinished = `${version.file}.4711.new`;
  writeFileSync(unfinished, '{');
  assert.equal((await versions.list(action())).length, 1);
  await versions.keep(action(), exec('2'));
  assert.ok(statSync(unfinished).isFile(), 'another window may be writing it');
  now += 2 * 3_600_000;
  await versions.keep(action(), exec('3'));
  assert.throws(() => statSync(unfinished));
  assert.ok(statSync(join(version.file, '..', 'notes.txt')).isFile());
});

test('the versions of an account go with it', async (t) => {
  const folder = versionsFolder(t);
  const versions = new Versions(folder, () => NOW);
  const other = action('resize', { id: 'n2' });
  await Promise.all([versions.keep(action('a'), exec('1')), versions.keep(action('b'), exec('2')), versions.keep(other, exec('3'))]);
  await versions.purge('n1');
  await versions.purge('nobody');
  assert.deepEqual([(await versions.list(action('a'))).length, (await versions.list(action('b'))).length, (await versions.list(other)).length], [0, 0, 1]);
});

test('two run the same where all that is kept is the same', () => {
  assert.ok(isSameExec(exec('a'), { ...exec('a') }));
  const others: readonly Partial<KeptExec>[] = [
    { code: 'b' }, { main: 'other' }, { runtime: 'nodejs:16' }, { isBinary: true }, { imageUri: 'a/b' }, { components: ['-/a'] },
  ];
  for (const change of others) assert.ok(!isSameExec(exec('a'), exec('a', change)), JSON.stringify(change));
});
