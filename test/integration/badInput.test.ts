import * as assert from 'node:assert/strict';

import { checkAppKey, checkKey } from '../../src/accounts/validation.ts';
import { ProblemNode } from '../../src/tree/statusNodes.ts';
import { described, EASY_QUEUE, endAll, find, labels, setUp, textOf } from './treeFixture.ts';

/** Names a service may give back, whatever its own rules say. */
const NAMES: readonly string[] = [
  'a/b', '50%', '%2F', '주문-🧾', '<b>bold</b>', '|`[x](command:y)', '..', '.', 'two words', 'line\nbreak', '#!problem', 'n'.repeat(200),
];

/** EasyQueue's list of topics. */
const TOPICS = /^\/v1\.0\/appkeys\/[^/]+\/topics\?/u;

/** An envelope of EasyQueue around these fields. */
function envelope(fields: object): string {
  return JSON.stringify({ header: { isSuccessful: true, resultCode: 0, resultMessage: 'SUCCESS' }, ...fields });
}

/** What the rows below "EasyQueue" say when the list of topics is answered with this, and what the hint says. */
async function answered(body: string, { status = 200, type = 'application/json' } = {}): Promise<{ text: string; hint: string }> {
  const { tree, emulator, unexpected } = await setUp();
  const list = await find(tree, 'shop', EASY_QUEUE);
  emulator.faults.inject({ path: TOPICS, times: 20, effect: { kind: 'reply', status, body, headers: { 'content-type': type } } });
  const [row, ...others] = await tree.rows(list);
  assert.ok(row);
  if (row instanceof ProblemNode) {
    assert.deepEqual(others, []);
    assert.equal(unexpected.length, 1);
    assert.doesNotMatch(row.problem.message, /Unexpected error/u);
  }
  // The other account goes on as if nothing had happened.
  assert.equal((await tree.rows(await find(tree, 'acme', 'Data Stream'))).length, 2);
  return { text: textOf(row), hint: described(tree, row) };
}

suite('bad input', () => {
  teardown(endAll);

  test('a page of a proxy says that somebody else answered', async () => {
    const page = '<!DOCTYPE html><html><head><title>Login</title></head><body><h1>Sign in</h1></body></html>';
    for (const status of [200, 403]) {
      const { text, hint } = await answered(page, { status, type: 'text/html' });
      assert.match(text, /^The answer of 127\.0\.0\.1:\d+ is not JSON\.$/u);
      assert.equal(hint, 'A proxy or a login page may have answered in its place.');
    }
    assert.equal((await answered(page, { status: 502 })).text, 'The service is not available.');
  });

  test('an empty body, half a body and another shape say so', async () => {
    assert.match((await answered('')).text, /^The answer of 127\.0\.0\.1:\d+ is empty\.$/u);
    assert.match((await answered(envelope({ topicList: [{ topicName: 'a' }] }).slice(0, -9))).text, /is not JSON\.$/u);
    const shape = envelope({ topicList: [{ topicName: 'a' }, { topicId: 'no name' }] });
    assert.match((await answered(shape)).text, /^Unexpected response from 127\.0\.0\.1:\d+ at "topicList\.1\.topicName"\.$/u);
    assert.match((await answered('{"topicList":[]}')).text, /^Unexpected response from .* at "header"\.$/u);
  });

  test('a body of five megabytes is read, one of forty is refused', async () => {
    const { text } = await answered(envelope({ totalCount: 1, topicList: [{ topicName: 'big', description: 'x'.repeat(5 * 1024 * 1024) }] }));
    assert.equal(text, 'big');
    assert.match((await answered(`"${'x'.repeat(5 * 1024 * 1024)}`)).text, /is not JSON\.$/u);
    const huge = envelope({ topicList: [{ topicName: 'huge', description: 'x'.repeat(40 * 1024 * 1024) }] });
    const { text: refused, hint } = await answered(huge);
    assert.match(refused, /is too large\.$/u);
    assert.equal(hint, 'Narrow the list with a filter.');
  });

  test('an unknown status and an unknown field are shown and passed over', async () => {
    const { tree, emulator } = await setUp();
    const list = await find(tree, 'shop', EASY_QUEUE);
    const topic = { topicName: 'a', topicStatus: 'FROZEN', partitionCount: 2, colour: { deep: [1] }, description: null };
    const body = envelope({ totalCount: 1, topicList: [topic], more: 'to come' });
    emulator.faults.inject({ path: TOPICS, effect: { kind: 'reply', status: 200, body } });
    const [row] = await tree.rows(list);
    assert.ok(row);
    assert.equal(described(tree, row), 'FROZEN · 2 partitions');
    assert.match(tree.getTreeItem(row).accessibilityInformation?.label ?? '', /^Topic a, FROZEN, /u);
    const streams = await find(tree, 'acme', 'Data Stream');
    const stream = { list: [{ topicId: 't1', topicName: 'h4j6l-x', status: 'MIGRATING', shards: 3 }] };
    emulator.faults.inject({ path: /\/api\/v1\/topics/u, effect: { kind: 'reply', status: 200, body: JSON.stringify(stream) } });
    const [other] = await tree.rows(streams);
    assert.ok(other);
    assert.equal(described(tree, other), 'MIGRATING');
  });

  test('any name is a row of its own, in plain text, and its row asks for that name and no other', async () => {
    const { tree, emulator, unexpected } = await setUp();
    const list = await find(tree, 'shop', EASY_QUEUE);
    const prefix = `${emulator.credentials.nhn.appKey}.`;
    const body = envelope({ totalCount: NAMES.length, topicList: NAMES.map((name) => ({ topicName: prefix + name, partitionCount: 1 })) });
    emulator.faults.inject({ path: TOPICS, effect: { kind: 'reply', status: 200, body } });
    const rows = await tree.rows(list);
    assert.deepEqual(rows.map((row) => tree.getTreeItem(row).label), NAMES.map((name) => name.replace('\n', ' ')));
    assert.equal(new Set(rows.map(({ id }) => id)).size, NAMES.length);
    for (const [index, row] of rows.entries()) {
      const item = tree.resolveTreeItem(tree.getTreeItem(row), row);
      const { tooltip } = item;
      assert.ok(typeof tooltip === 'object' && tooltip.isTrusted !== true && tooltip.supportHtml !== true);
      assert.doesNotMatch(tooltip.value, /<b>|\]\(/u);
      const before = emulator.log.length;
      const [below] = await tree.rows(row);
      assert.ok(below instanceof ProblemNode);
      // The emulator has no such topic: both forms of the name are tried, each as one segment of the path.
      const name = NAMES[index] ?? '';
      const isDots = /^\.+$/u.test(name);
      assert.equal(textOf(below), isDots ? `Nothing can be asked about the name "${name}".` : 'The topic does not exist any more.');
      for (const { target } of emulator.log.slice(before)) {
        const segment = /\/topics\/([^/?]+)\/consumer-groups$/u.exec(target)?.[1];
        assert.ok(segment !== undefined, target);
        assert.ok([name, prefix + name].includes(decodeURIComponent(segment)), target);
      }
    }
    assert.ok(unexpected.every((error) => error instanceof Error && error.name === 'CloudError'));
  });

  test('a secret key or an app key pasted with a line break works, one with a space inside is refused with the reason', async () => {
    const { tree } = await setUp({ nhn: { secret: 'wrong-secret' } });
    // As the wizard keeps it: the line break is left out, and that is said.
    const pasted = checkKey('AKIDPASTED1234567890\r\n');
    assert.equal(pasted.value, 'AKIDPASTED1234567890');
    assert.equal(pasted.note?.message, 'The spaces around the key are left out.');
    const spaced = checkAppKey('r9Zd7vDE mWMfQb00');
    assert.equal(spaced.value, undefined);
    assert.equal(spaced.note.severity, 'error');
    assert.match(spaced.note.message, /cannot hold spaces/u);
    // One that came into the profile by another way (an older version, a hand) is a problem row and not an exception.
    assert.deepEqual(await labels(tree, await find(tree, 'shop', EASY_QUEUE)), ['The User Access Key was refused.']);
  });

  test('keys and app keys that no wizard would take are a problem of their account alone', async () => {
    for (const nhn of [{ appKey: 'r9Zd 7vDE' }, { appKey: '..' }, { secret: 'line\nbreak' }, { keyId: 'ключ', secret: '🔑' }]) {
      const { tree, unexpected } = await setUp({ nhn });
      const [row] = await tree.rows(await find(tree, 'shop', EASY_QUEUE));
      assert.ok(row instanceof ProblemNode);
      assert.doesNotMatch(row.problem.message, /Unexpected error/u, JSON.stringify(nhn));
      assert.ok(unexpected.every((error) => error instanceof Error && error.name === 'CloudError'));
      assert.equal((await tree.rows(await find(tree, 'acme', 'Data Stream'))).length, 2);
    }
  });
});
