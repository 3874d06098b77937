import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execPath } from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import fc from 'fast-check';

import { JournalError, RunOverError } from '../../../src/sending/journal/journalErrors.ts';
import { headerLine, messageHash } from '../../../src/sending/journal/journalFormat.ts';
import { JournalWriter } from '../../../src/sending/journal/journalWriter.ts';
import type { MessageOutcome } from '../../../src/sending/recording.ts';
import { journalFolder, lettersOf, openJournal, runHeader, runMessage, SUMMARY } from './journalSupport.ts';

const REFUSED: MessageOutcome = { kind: 'refused', note: { kind: 'invalid', status: 400, code: 'E1', detail: 'no' } };
const UNKNOWN: MessageOutcome = { kind: 'unknown', note: { kind: 'unexpectedResponse', at: 'source' } };

/** The journal of a run in which everything happened; its window is gone. */
async function interruptedRun(folder: string, t: Parameters<typeof openJournal>[0]): Promise<string> {
  const journal = openJournal(t, folder, { pid: 2 });
  const writer = await journal.begin(runHeader());
  for (const index of [0, 1, 2, 3, 4]) await writer.leaving(runMessage(index));
  writer.ended(runMessage(0), { kind: 'acknowledged' });
  writer.ended(runMessage(1), REFUSED);
  writer.ended(runMessage(2), UNKNOWN);
  await journal.dispose();
  const [file = ''] = readdirSync(folder);
  return join(folder, file);
}

test('a run is read back as it was written down', async (t) => {
  const folder = await journalFolder(t);
  const journal = openJournal(t, folder);
  const header = runHeader({ only: [[0, 7]], repeats: { runId: 'other', what: 'rest' }, count: 7 });
  const writer = await journal.begin(header);
  await Promise.all([0, 1, 2, 3].map((index) => writer.leaving(runMessage(index))));
  writer.ended(runMessage(2), { kind: 'acknowledged' });
  writer.ended(runMessage(0), REFUSED);
  writer.ended(runMessage(3), UNKNOWN);
  const running = await journal.readRun('run-1');
  assert.ok(running !== undefined);
  assert.deepEqual([running.status, lettersOf(running), running.summary], ['running', 'rlau------', undefined]);
  assert.deepEqual(writer.counts(), { acknowledged: 1, refused: 1, unknown: 1, notSent: 4 });
  const summary = { ...SUMMARY, ...writer.counts(), stopped: { kind: 'network', detail: 'x'.repeat(2_000) } as const };
  await writer.finish(summary);

  const ended = await journal.readRun('run-1');
  assert.ok(ended !== undefined);
  assert.deepEqual(ended.header, JSON.parse(JSON.stringify(header)));
  assert.deepEqual([ended.status, lettersOf(ended)], ['ended', 'rlau------']);
  assert.deepEqual(ended.summary, { ...summary, stopped: { kind: 'network', detail: 'x'.repeat(500) } });
  assert.deepEqual([ended.outcomes.noteOf(0), ended.outcomes.noteOf(3), ended.outcomes.noteOf(2)], [REFUSED.note, UNKNOWN.note, undefined]);
  assert.deepEqual(ended.outcomes.placeOf(2), { source: 0, line: 3 });
  assert.equal(await journal.readRun('run-2'), undefined);
});

test('what was leaving when its window went away is unknown, and the rest can be gone on with', async (t) => {
  const folder = await journalFolder(t);
  await interruptedRun(folder, t);
  const journal = openJournal(t, folder);
  const before = await journal.readRun('run-1');
  assert.ok(before !== undefined);
  assert.deepEqual([before.status, lettersOf(before), before.outcomes.noteOf(3)], ['interrupted', 'aruuu-----', undefined]);

  const { state, writer } = await journal.resume('run-1');
  assert.equal(lettersOf(state), 'aruuu-----');
  assert.deepEqual(state.outcomes.ranges('notSent'), [[5, 10]]);
  await writer.leaving(runMessage(5));
  writer.ended(runMessage(5), { kind: 'acknowledged' });
  assert.deepEqual(writer.counts(), { acknowledged: 2, refused: 1, unknown: 3, notSent: 4 });
  await writer.finish({ ...SUMMARY, ...writer.counts() });
  const after = await journal.readRun('run-1');
  assert.ok(after !== undefined);
  assert.deepEqual([after.status, lettersOf(after)], ['ended', 'aruuua----']);

  await assert.rejects(journal.resume('run-1'), RunOverError);
  await assert.rejects(journal.resume('gone'), RunOverError);
});

test('a journal that breaks off anywhere is a run up to there, and can be gone on with', async (t) => {
  const folder = await journalFolder(t);
  const path = await interruptedRun(folder, t);
  const whole = readFileSync(path);
  const headerLength = whole.indexOf('\n') + 1;
  const journal = openJournal(t, folder);
  for (let length = 0; length <= whole.length; length += 1) {
    writeFileSync(path, whole.subarray(0, length));
    const state = await journal.readRun('run-1');
    assert.equal(state === undefined, length < headerLength, `${length} bytes`);
    if (state === undefined) continue;
    const lines = whole.subarray(0, length).toString('latin1').split('\n').slice(1, -1);
    const left = lines.filter((line) => line.startsWith('["s"')).length;
    const ended = lines.filter((line) => !line.startsWith('["s"')).map((line) => line[2]).join('');
    assert.equal(lettersOf(state), ended.padEnd(left, 'u').padEnd(10, '-'), `${length} bytes`);
    if (length % 7 !== 0) continue;
    const { writer } = await journal.resume('run-1');
    await writer.leaving(runMessage(9));
    writer.ended(runMessage(9), { kind: 'acknowledged' });
    await writer.finish(SUMMARY);
    const resumed = await journal.readRun('run-1');
    assert.ok(resumed !== undefined);
    assert.deepEqual([lettersOf(resumed), resumed.status], [`${lettersOf(state).slice(0, 9)}a`, 'ended']);
  }
});

test('a long line that breaks off is cut off when the run goes on', async (t) => {
  const folder = await journalFolder(t);
  const path = await interruptedRun(folder, t);
  appendFileSync(path, `["s",6,0,7,9000,"${'h'.repeat(22)}","k","${'v'.repeat(9_000)}`);
  const journal = openJournal(t, folder);
  const { writer } = await journal.resume('run-1');
  await writer.finish(SUMMARY);
  assert.deepEqual((await journal.entries(1)).entries.map((entry) => entry.kind === 'run' && entry.status), ['ended']);
  assert.ok(!readFileSync(path, 'utf8').includes('vvv'));
});

test('a window that closes leaves its run interrupted, and says so to whoever sends it', async (t) => {
  const folder = await journalFolder(t);
  const journal = openJournal(t, folder);
  const writer = await journal.begin(runHeader());
  await writer.leaving(runMessage(0));
  await journal.dispose();
  await assert.rejects(writer.leaving(runMessage(1)), JournalError);
  writer.ended(runMessage(0), { kind: 'acknowledged' });
  await assert.rejects(writer.finish(SUMMARY), JournalError);
  const state = await journal.readRun('run-1');
  assert.deepEqual([state?.status, state === undefined ? '' : lettersOf(state)], ['interrupted', 'u---------']);
});

test('what leaves at the same time is written together, and synced some time later', async (t) => {
  const folder = await journalFolder(t);
  await mkdir(folder, { recursive: true });
  let writes = 0;
  const written: number[] = [];
  const waits: number[] = [];
  const writer = await JournalWriter.create(join(folder, 'file'), {
    wait: (ms, signal) => {
      waits.push(ms);
      return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('over'))));
    },
    check: () => {
      writes += 1;
      return undefined;
    },
    onWritten: (bytes) => written.push(bytes),
    explain: (error) => error as Error,
  });
  await Promise.all(Array.from({ length: 64 }, (_unused, n) => writer.commit(`${n % 10}\n`)));
  assert.deepEqual([writes, written, waits], [1, [128], [250]]);
  writer.append('a\n');
  await writer.commit('b\n');
  assert.equal(readFileSync(join(folder, 'file'), 'utf8').slice(128), 'a\nb\n');
  assert.deepEqual([writes, waits], [2, [250]]);
  writer.append('c\n');
  await writer.close();
  assert.equal(statSync(join(folder, 'file')).size, 134);
});

test('lines that are not ours say nothing', async (t) => {
  const folder = await journalFolder(t);
  const path = await interruptedRun(folder, t);
  const noise = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.constantFrom('["s"]', '["s",5]', '["a",6]', '["a",-1]', '["s",99,0,1,1,"x"]', '["s",1e99,0,0,0,"x"]', '["a",0,', '["end",{}]', '["s",7,0,8,3,"ab]', '["r",5,{}]'),
  );
  const journal = openJournal(t, folder);
  const whole = readFileSync(path, 'utf8');
  await fc.assert(
    fc.asyncProperty(fc.array(noise), async (lines) => {
      writeFileSync(path, `${whole}${lines.map((line) => `${line.replaceAll('\n', ' ')}\n`).join('')}`);
      const state = await journal.readRun('run-1');
      assert.deepEqual([state?.status, state === undefined ? '' : lettersOf(state)], ['interrupted', 'aruuu-----']);
      assert.equal((await journal.entries(5)).entries.length, 1);
    }),
    { numRuns: 60 },
  );
  for (const first of ['', '{}', '{"journal":2,"run":{}}', '{"journal":1,"run":{"id":"run-1"}}', headerLine(runHeader({ total: 2 ** 40 }))]) {
    writeFileSync(path, `${first.trim()}\n${whole}`);
    const other = openJournal(t, folder);
    assert.equal(await other.readRun('run-1'), undefined, first);
    assert.deepEqual((await other.entries(5)).entries, []);
  }
});

test('messages are kept only where it is set, and come back whole', async (t) => {
  const folder = await journalFolder(t);
  const odd = runMessage(1, { key: '키"\n]', value: '{"a": "\\u0000 \u2028]"]', bytes: 22, partition: 3, isKeyGenerated: true, place: { line: 7, column: 9 } });
  for (const keeps of [false, true]) {
    const journal = openJournal(t, folder, { keepPayloads: () => keeps });
    const id = `run-${keeps}`;
    const writer = await journal.begin(runHeader({ id }));
    for (const message of [runMessage(0), odd, runMessage(2), runMessage(5)]) await writer.leaving(message);
    const kept = [];
    for await (const batch of journal.payloads(id, [[0, 2], [4, 6]])) kept.push(...batch);
    assert.deepEqual(kept, keeps ? [runMessage(0), odd, runMessage(5)] : []);
    const state = await journal.readRun(id);
    assert.equal(state === undefined ? '' : lettersOf(state), 'lll--l----');
    await writer.finish(SUMMARY);
  }
  const [plain = ''] = readdirSync(folder).filter((name) => name.includes('run-false'));
  assert.ok(!readFileSync(join(folder, plain), 'utf8').includes('"n\\":'), 'no value');
});

test('the hash of a message can be made by hand', () => {
  const by = (text: string): string =>
    execFileSync('bash', ['-c', `printf '${text}' | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | head -c 22`], { encoding: 'utf8' });
  assert.equal(messageHash({ key: 'k', partition: 3, value: 'v' }), by('3\\n1\\nkv'));
  assert.equal(messageHash({ key: '', partition: undefined, value: '값' }), by('\\n0\\n값'));
  assert.notEqual(messageHash({ key: 'ab', partition: 0, value: 'c' }), messageHash({ key: 'a', partition: 0, value: 'bc' }));
});

test('only the user can read the journal', async (t) => {
  const folder = await journalFolder(t);
  const journal = openJournal(t, folder);
  const writer = await journal.begin(runHeader({ id: 'Ünsafe/../../id' }));
  journal.writes.leaving({ atMs: 1, accountId: 'a', accountName: 'a', method: 'POST', origin: 'o', target: '/', bytes: 0, hash: undefined, body: undefined });
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  const names = readdirSync(folder);
  assert.equal(names.length, 3);
  for (const name of names) {
    assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
    assert.match(name, /^(run|writes)-000000001000000-[a-z0-9.]+$/);
  }
  await writer.finish(SUMMARY);
  assert.equal((await journal.readRun('Ünsafe/../../id'))?.status, 'ended');
});

test('a run does not begin where its journal cannot be written', async (t) => {
  const folder = await journalFolder(t);
  await mkdir(dirname(folder), { recursive: true });
  writeFileSync(folder, 'a file is in the way');
  const journal = openJournal(t, folder, { warn: () => undefined });
  await assert.rejects(journal.begin(runHeader()), JournalError);
  await rm(folder);
  const writer = await journal.begin(runHeader());
  // The same run again: what is there stays as it is.
  await assert.rejects(openJournal(t, folder, { pid: 200 }).begin(runHeader()));
  await writer.leaving(runMessage(0));
  await writer.finish(SUMMARY);
  await assert.rejects(journal.begin(runHeader()), JournalError);
  assert.equal((await journal.readRun('run-1'))?.status, 'ended');
});

test('nothing leaves any more when the disk is full, and the journal says so', async (t) => {
  const folder = await journalFolder(t);
  const child = fileURLToPath(new URL('journalChild.ts', import.meta.url));
  const task = JSON.stringify({ what: 'fill', folder, total: 100_000, concurrency: 16, origin: '', keyId: '', secret: '', topicName: '' });
  // No file may become larger than this: writing more fails in the middle of a write, as on a full disk.
  const shell = spawn('bash', ['-c', 'ulimit -f 64 && exec "$0" "$@"', execPath, child, task], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  shell.stdout.on('data', (text: Buffer) => (said += text.toString()));
  await once(shell, 'close');
  const { left, failure, finished } = JSON.parse(said) as { readonly left: number; readonly failure: string; readonly finished: string };
  assert.match(failure, /^JournalError: The disk is full/);
  const [name = ''] = readdirSync(folder);
  assert.ok(statSync(join(folder, name)).size <= 65_536);
  const state = await openJournal(t, folder).readRun('run-1');
  assert.ok(state !== undefined && left > 500);
  const { outcomes } = state;
  assert.equal(outcomes.count('acknowledged') + outcomes.count('unknown') + outcomes.count('leaving'), left, 'what could leave, and nothing else');
  assert.equal(state.status, finished === 'finished' ? 'ended' : 'interrupted');
  assert.ok(readFileSync(join(folder, name), 'utf8').endsWith('\n'), 'what did not fit is cut off');
});
