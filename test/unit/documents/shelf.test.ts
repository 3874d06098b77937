import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Drafts } from '../../../src/documents/drafts.ts';
import { type EditorState, type Loaded, Shelf } from '../../../src/documents/shelf.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { MemoryMemento } from '../../support/editorStorage.ts';

const URI = 'cloud-streams:/edit/a1/dataStream.topic/t1/orders.datastream-topic.json';

/** A shelf, the cloud behind it, and the editor before it. */
function shelf(memento = new MemoryMemento()) {
  const editor: { state: EditorState } = { state: 'closed' };
  const cloud: { now: Loaded | undefined; reads: number; hold: AbortSignal | undefined } = { now: values(1), reads: 0, hold: undefined };
  const changes: string[] = [];
  let clock = 1_000;
  const made = new Shelf({
    drafts: new Drafts(memento),
    load: (_uri, signal) => {
      cloud.reads += 1;
      if (signal !== undefined && signal === cloud.hold) {
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new CancelledError())));
      }
      return cloud.now === undefined ? Promise.reject(new CloudError('notFound')) : Promise.resolve(cloud.now);
    },
    stateOf: () => editor.state,
    now: () => (clock += 10),
    changed: (_uri, change) => changes.push(change),
    isGone: (error) => error instanceof CloudError,
    logError: (message, error) => assert.fail(`${message}: ${String(error)}`),
  });
  const open = async (): Promise<string> => {
    await made.stat(URI);
    const { text } = await made.read(URI);
    editor.state = 'clean';
    await made.opened(URI);
    return text;
  };
  const type = async (): Promise<void> => {
    editor.state = 'dirty';
    await made.dirtied(URI);
  };
  const clean = async (): Promise<void> => {
    editor.state = 'clean';
    await made.cleaned(URI);
  };
  return { shelf: made, editor, cloud, changes, memento, open, type, clean };
}

function values(n: number): Loaded {
  return { text: `{"n":${n}}`, values: { n } };
}

test('opening asks the cloud once, and once more after it was closed', async () => {
  const { shelf: documents, editor, cloud, open } = shelf();
  assert.equal(await open(), '{"n":1}');
  await documents.stat(URI);
  assert.equal(cloud.reads, 1);
  editor.state = 'closed';
  await documents.closed(URI);
  cloud.now = values(2);
  assert.equal(await open(), '{"n":2}');
  assert.equal(cloud.reads, 2);
});

test('who reads without opening gets what is in the cloud, asked for once a reading', async () => {
  const { shelf: documents, cloud } = shelf();
  await documents.stat(URI);
  await documents.read(URI);
  cloud.now = values(2);
  const { mtime } = await documents.stat(URI);
  assert.deepEqual(documents.base(URI), { n: 1 }, 'what was given is what a text was made from');
  assert.deepEqual(await documents.read(URI), { ...values(2), mtime });
  assert.equal(cloud.reads, 2);
});

test('what an unsaved text was made from stays, whoever reads, and nothing tells the editor that it moved', async () => {
  const { shelf: documents, cloud, changes, open, type } = shelf();
  await open();
  const { mtime } = await documents.stat(URI);
  await type();
  cloud.now = values(2);
  await documents.refresh(URI);
  assert.equal((await documents.read(URI)).text, '{"n":1}');
  assert.deepEqual(await documents.stat(URI), { ...values(1), mtime });
  assert.deepEqual(documents.base(URI), { n: 1 });
  assert.deepEqual(changes, []);
});

test('what an unsaved text was made from survives a restart, and ends with the draft', async () => {
  const before = shelf();
  await before.open();
  await before.type();
  const { mtime } = await before.shelf.stat(URI);

  const after = shelf(before.memento);
  after.cloud.now = values(2);
  assert.deepEqual(await after.shelf.stat(URI), { ...values(1), mtime });
  after.editor.state = 'dirty';
  assert.deepEqual(after.shelf.base(URI), { n: 1 });
  assert.equal(after.cloud.reads, 0);
  await after.clean();
  assert.deepEqual(after.changes, ['changed']);
  assert.equal((await after.shelf.read(URI)).text, '{"n":2}');
  assert.equal(before.memento.values.size, 0);
});

test('a document that comes back without its draft gets what is in the cloud', async () => {
  const before = shelf();
  await before.open();
  await before.type();
  const after = shelf(before.memento);
  after.cloud.now = values(2);
  assert.equal(await after.open(), '{"n":1}');
  assert.deepEqual(after.changes, ['changed']);
  assert.equal((await after.shelf.read(URI)).text, '{"n":2}');
});

test('a draft whose origin was lost is compared with nothing', async () => {
  const { shelf: documents, editor } = shelf();
  editor.state = 'dirty';
  await documents.stat(URI);
  assert.equal(documents.base(URI), undefined);
});

test('opening what is open already shows what is in the cloud now, and leaves unsaved changes alone', async () => {
  const { shelf: documents, cloud, changes, open, type } = shelf();
  await open();
  cloud.now = values(2);
  await documents.open(URI);
  assert.deepEqual(changes, ['changed']);
  assert.equal((await documents.read(URI)).text, '{"n":2}');
  cloud.now = undefined;
  await assert.rejects(documents.open(URI), CloudError);
  assert.deepEqual(changes, ['changed', 'deleted']);
  cloud.now = values(2);
  await documents.open(URI);
  assert.deepEqual(changes, ['changed', 'deleted', 'changed']);
  documents.showed(URI, (await documents.read(URI)).text);
  await type();
  cloud.now = values(3);
  await documents.open(URI);
  assert.equal((await documents.read(URI)).text, '{"n":2}');
  assert.deepEqual(documents.base(URI), { n: 2 });
  assert.equal(changes.length, 3);
});

test('opening that is called off ends, and takes nobody else with it', async () => {
  const { shelf: documents, cloud } = shelf();
  const controller = new AbortController();
  cloud.hold = controller.signal;
  const opening = documents.open(URI, controller.signal);
  const beside = documents.stat(URI);
  controller.abort();
  await assert.rejects(opening, CancelledError);
  assert.equal((await beside).text, '{"n":1}');
});

test('a clean document follows the cloud when it is looked at again', async () => {
  const { shelf: documents, cloud, changes, open } = shelf();
  await open();
  const { mtime } = await documents.stat(URI);
  await documents.refresh(URI);
  assert.deepEqual(changes, []);
  cloud.now = values(2);
  await documents.refresh(URI);
  assert.deepEqual(changes, ['changed']);
  assert.ok((await documents.stat(URI)).mtime > mtime);
  assert.deepEqual(documents.base(URI), { n: 1 }, 'the editor has not read it yet');
  assert.equal((await documents.read(URI)).text, '{"n":2}');
  assert.deepEqual(documents.base(URI), { n: 2 });
});

test('who types before the new text has arrived works on the old one', async () => {
  const { shelf: documents, cloud, open, type } = shelf();
  await open();
  cloud.now = values(2);
  await documents.refresh(URI);
  await documents.read(URI);
  await type();
  assert.deepEqual(documents.base(URI), { n: 1 });
  assert.equal((await documents.read(URI)).text, '{"n":1}');
});

test('who types after the new text has arrived works on the new one', async () => {
  const { shelf: documents, cloud, open, type } = shelf();
  await open();
  cloud.now = values(2);
  await documents.refresh(URI);
  documents.showed(URI, (await documents.read(URI)).text);
  await type();
  assert.deepEqual(documents.base(URI), { n: 2 });
});

test('a saved text stays as the user wrote it', async () => {
  const { shelf: documents, cloud, changes, memento, open, type, clean } = shelf();
  await open();
  await type();
  assert.equal(memento.values.size, 1);
  cloud.now = values(5);
  documents.saved(URI, '{ "n" : 5 }', { n: 5 }, values(5));
  await clean();
  assert.equal(memento.values.size, 0);
  assert.equal(cloud.reads, 1);
  await documents.refresh(URI);
  assert.deepEqual(changes, []);
  assert.equal((await documents.read(URI)).text, '{ "n" : 5 }');
  await type();
  cloud.now = values(6);
  await clean();
  assert.deepEqual(changes, ['changed'], 'the next time nothing was saved');
});

test('what a save made different from the text is read once the save is over', async () => {
  const { shelf: documents, changes, open, type, clean } = shelf();
  await open();
  await type();
  documents.saved(URI, '{"n":1}', { n: 1 }, values(7));
  const { mtime } = await documents.stat(URI);
  assert.deepEqual(documents.base(URI), { n: 1 });
  await clean();
  assert.deepEqual(changes, ['changed']);
  assert.ok((await documents.stat(URI)).mtime > mtime);
  assert.equal((await documents.read(URI)).text, '{"n":7}');
  assert.deepEqual(documents.base(URI), { n: 7 });
});

test('who types in a text whose line ends the editor made alike works on what it shows', async () => {
  const { shelf: documents, cloud, open, type } = shelf();
  await open();
  cloud.now = { text: 'a\r\nb\n', values: { n: 2 } };
  await documents.refresh(URI);
  await documents.read(URI);
  documents.showed(URI, 'a\nb\n');
  await type();
  assert.deepEqual(documents.base(URI), { n: 2 });
});

test('what is gone is said to be, and comes back', async () => {
  const { shelf: documents, cloud, changes, open } = shelf();
  await open();
  cloud.now = undefined;
  await documents.refresh(URI);
  assert.deepEqual(changes, ['deleted']);
  await assert.rejects(documents.stat(URI), CloudError);
  cloud.now = values(1);
  await documents.refresh(URI);
  assert.deepEqual(changes, ['deleted', 'changed']);
  assert.equal((await documents.read(URI)).text, '{"n":1}');
});

test('only so many drafts are remembered, the last ones, and nothing strange is read back', async () => {
  const memento = new MemoryMemento();
  const drafts = new Drafts(memento);
  for (let n = 0; n < 60; n += 1) await drafts.keep(`u${n}`, { ...values(n), mtime: n });
  assert.equal(drafts.get('u9'), undefined);
  assert.deepEqual(drafts.get('u10'), { ...values(10), mtime: 10 });
  for (const odd of [5, 'x', [1], [['u', 1]], [['u', { text: 1, values: {}, mtime: 1 }]]]) {
    await memento.update('cloudStreams.documents.drafts', odd);
    assert.equal(drafts.get('u'), undefined);
  }
});

test('a text that went on while it was applied stays a draft, made from what was applied', async () => {
  const { shelf: documents, editor, cloud, changes, memento, open, type } = shelf();
  await open();
  await type();
  const { mtime } = await documents.stat(URI);
  cloud.now = values(2);
  await documents.outran(URI, '{"n": 2}', { n: 2 }, values(2));
  // A later time would make the editor refuse the next save.
  assert.equal((await documents.stat(URI)).mtime, mtime);
  assert.deepEqual(documents.base(URI), { n: 2 });
  assert.deepEqual(new Drafts(memento).get(URI)?.values, { n: 2 });
  assert.deepEqual(changes, []);

  editor.state = 'clean';
  await documents.outran(URI, '{"n": 3}', { n: 3 }, values(3));
  assert.deepEqual(documents.base(URI), { n: 2 });
});

test('another thing at the same address is not what an unsaved text was made from, though it says the same', async () => {
  const { shelf: documents, cloud, memento, open, type } = shelf();
  cloud.now = { ...values(1), identity: 'first' };
  await open();
  await type();
  assert.equal(new Drafts(memento).get(URI)?.identity, 'first');
  documents.saved(URI, '{"n":1}', { n: 1 }, { ...values(1), identity: 'second', isPrivate: true });
  assert.equal(documents.shown(URI)?.identity, 'second');
  await type();
  assert.equal(memento.values.size, 0, 'what may hold secrets is not kept');
});
