import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { setUpPage } from './pages.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

describe('a page', () => {
  it('is told nothing before it listens, then what it is, and each part as it comes', async () => {
    const { session, events, of, open, clock } = setUpPage();
    session.shown();
    await clock.pass(100);
    assert.deepEqual(events, []);
    await open();
    const [init] = of('init');
    assert.deepEqual([init?.name, init?.ref?.kind, init?.timeZone, init?.view], ['orders', 'easyQueue.topic', 'UTC', { range: { last: '1h' }, intervalSeconds: 10 }]);
    assert.deepEqual(of('part').map(({ part, data }) => [part, data]), [['topic', 'topic@10'], ['groups', 'groups@10']]);
    assert.equal(of('live').at(-1)?.state, 'live');
  });

  it('gets data only where they are other', async () => {
    const { open, of, clock, events } = setUpPage();
    await open();
    events.length = 0;
    await clock.pass(9_000);
    assert.deepEqual(events, []);
    await clock.pass(1_100);
    assert.deepEqual(of('part').filter(({ part }) => part === 'topic').map(({ isReading, data }) => [isReading, data]), [[true, undefined], [false, 'topic@10010']]);
  });

  it('that was hidden is read for no more, and told everything when it is there again', async () => {
    const { session, open, of, clock, events, asked } = setUpPage();
    await open();
    session.hidden();
    events.length = 0;
    await clock.pass(60_000);
    assert.equal(asked.length, 2);
    assert.deepEqual(events, []);
    await open();
    assert.equal(of('init').length, 1);
    assert.deepEqual(of('part').filter(({ data }) => data !== undefined).map(({ data }) => data), ['topic@10', 'groups@10', 'topic@60110', 'groups@60110']);
  });

  it('that is hidden is told nothing of what another page reads', async () => {
    const { session, open, events, clock, show, feed, asked } = setUpPage();
    await open();
    session.hidden();
    events.length = 0;
    show(feed('topic'), 5_000).resume();
    await clock.pass(20_000);
    assert.ok(asked.length > 2);
    assert.deepEqual(events, []);
  });

  it('keeps what it shows when something fails, and says why', async () => {
    const { session, open, of, world, clock } = setUpPage();
    await open();
    world.answer = () => {
      throw new CloudError('unauthorized', { reason: 'userAccessKey' });
    };
    session.receive({ type: 'refresh' });
    await clock.pass(100);
    const last = of('part').at(-1);
    assert.equal(last?.data, undefined);
    assert.equal(last?.problem?.message, 'The User Access Key was refused.');
    // Only what a button can do here.
    assert.deepEqual(last.problem.remedies, ['editAccount', 'retry']);
    const live = of('live').at(-1);
    assert.deepEqual([live?.state, live?.note], ['held', 'The User Access Key was refused']);
  });

  it('says that it is slowed down, and when it goes on', async () => {
    const { open, of, world } = setUpPage();
    world.answer = () => {
      throw new CloudError('rateLimited', { retryAfterMs: 42_000 });
    };
    await open();
    assert.deepEqual(of('live').at(-1), { type: 'live', state: 'slowed', nextMs: 1_042_010, note: 'Too many requests in a short time' });
  });

  it('of another range asks for other feeds, and goes on with those that need none', async () => {
    const base = setUpPage();
    const { session, open, clock, of } = setUpPage({
      feeds: ({ range }) => [base.feed('topic'), base.feed(`lines ${JSON.stringify(range)}`)].map((feed, n) => ({ ...feed, part: n === 0 ? 'topic' : 'lines' })),
    });
    await open();
    const before = base.asked.length;
    session.receive({ type: 'setRange', range: { last: '7d' } });
    await clock.pass(100);
    assert.deepEqual(base.asked.slice(before).map(({ key }) => key), ['lines {"last":"7d"}']);
    assert.deepEqual(of('view').at(-1)?.view.range, { last: '7d' });
    session.receive({ type: 'setRange', range: { fromMs: 5, toMs: 5 } });
    assert.deepEqual(session.view.range, { last: '7d' });
  });

  it('sets its range everywhere, and its interval for itself', async () => {
    const { session, open, ranges, clock, asked, of } = setUpPage();
    await open();
    session.receive({ type: 'rangeEverywhere' });
    assert.deepEqual(ranges, [{ last: '1h' }]);
    session.receive({ type: 'setInterval', seconds: 0 });
    await clock.pass(600_000);
    assert.equal(asked.length, 2);
    assert.equal(of('live').at(-1)?.state, 'off');
  });

  it('of another width gets its lines again, and nothing else', async () => {
    const base = setUpPage();
    const lines = { ...base.feed('lines'), show: (_: unknown, { widthPx }: { readonly widthPx: number }) => ({ times: new ArrayBuffer(0), widthPx }) };
    const { session, open, of, events } = setUpPage({ feeds: () => [base.feed('topic'), lines] });
    session.shown();
    await base.clock.pass(100);
    await open();
    await base.clock.pass(100);
    events.length = 0;
    session.receive({ type: 'zoom', widthPx: 321, window: { fromMs: 1, toMs: 2 } });
    assert.deepEqual(of('part').map(({ part, data }) => [part, (data as { widthPx: number }).widthPx]), [['lines', 321]]);
  });

  it('whose account is gone is told so, and reads nothing more', async () => {
    const { session, open, content, of, asked, clock } = setUpPage();
    await open();
    session.become({ ...content, gone: 'The account of this dashboard was removed.' });
    assert.equal(of('gone').at(-1)?.text, 'The account of this dashboard was removed.');
    await clock.pass(60_000);
    assert.equal(asked.length, 2);
  });

  it('whose account was renamed shows what it showed, though nothing can be read now', async () => {
    const { session, open, content, of, world, clock, events } = setUpPage();
    await open();
    world.answer = () => {
      throw new CloudError('rateLimited', { retryAfterMs: 60_000 });
    };
    await clock.pass(12_000);
    events.length = 0;
    session.become({ ...content, head: { ...content.head, where: 'EasyQueue KR1 · renamed' } });
    assert.deepEqual(of('init').map(({ where }) => where), ['EasyQueue KR1 · renamed']);
    assert.deepEqual(of('part').map(({ part, data }) => [part, data]), [['topic', 'topic@10'], ['groups', 'groups@10']]);
    assert.equal(of('live').at(-1)?.state, 'slowed');
  });

  it('that is closed becomes nothing any more', async () => {
    const { session, open, content, asked, clock } = setUpPage();
    await open();
    session.dispose();
    session.become(content);
    await clock.pass(60_000);
    assert.equal(asked.length, 2);
  });

  it('hears of another time zone', async () => {
    const { session, open, setting, of } = setUpPage();
    await open();
    setting.timeZone = 'Asia/Seoul';
    session.timeZoneChanged();
    assert.equal(of('view').at(-1)?.timeZone, 'Asia/Seoul');
  });

  it('shows a part that cannot be shown as a problem of ours', async () => {
    const base = setUpPage();
    const broken = { ...base.feed('topic'), show: () => {
      throw new TypeError('a mistake');
    } };
    const { open, of, session, did } = setUpPage({ feeds: () => [broken] });
    session.shown();
    await base.clock.pass(100);
    await open();
    await base.clock.pass(100);
    assert.equal(of('part').at(-1)?.problem?.message, 'Unexpected error.');
    assert.ok(did.includes('error: A part of a dashboard could not be shown'));
  });
});

describe('what a page asks for', () => {
  it('is left alone where no page of ours asks it, and its content is written down nowhere', async () => {
    const { session, open, warned, did, events, saved } = setUpPage({ open: () => Promise.reject(new Error('never')) });
    await open();
    const before = events.length;
    const garbage = [
      undefined, null, 'ready', 5, {}, [], { type: 'canary-in-a-type' }, { type: 'setRange', range: { last: 'canary' } }, { type: 'setRange' },
      { type: 'setInterval', seconds: 1 }, { type: 'zoom', widthPx: Number.NaN }, { type: 'open', part: 'topic', key: 'canary'.repeat(1_000) },
      { type: 'savePng', part: 'topic', base64: 5 }, { type: 'offer', offer: 'canary' }, { type: 'remedy', part: { canary: true }, remedy: 'retry' },
    ];
    for (const message of garbage) session.receive(message);
    assert.equal(warned.length, garbage.length);
    assert.equal(events.length, before);
    assert.deepEqual([did, saved], [[], []]);
    assert.ok(!warned.join().includes('canary'));
  });

  it('never throws, whatever it is', async () => {
    const { session, open } = setUpPage();
    await open();
    const types = fc.constantFrom('ready', 'setRange', 'setInterval', 'rangeEverywhere', 'refresh', 'zoom', 'copyCsv', 'savePng', 'open', 'offer', 'remedy');
    const call = fc.record({ type: types, range: fc.anything(), seconds: fc.anything(), part: fc.anything(), key: fc.anything(), remedy: fc.anything(), widthPx: fc.anything() }, { requiredKeys: ['type'] });
    fc.assert(fc.property(fc.oneof(fc.anything(), call), (message) => {
      session.receive(message);
    }));
  });

  it('is copied from the full values, with how many rows that are', async () => {
    const base = setUpPage();
    const { session, open, did, of } = setUpPage({ feeds: () => [{ ...base.feed('topic'), csv: () => 'time,name\r\n1,"a\r\nb"\r\n2,c\r\n' }] });
    session.receive({ type: 'ready' });
    session.receive({ type: 'copyCsv', part: 'topic' });
    session.shown();
    await base.clock.pass(100);
    await open();
    session.receive({ type: 'copyCsv', part: 'topic' });
    await base.clock.pass(0);
    assert.deepEqual(did, ['copied time,name\r\n1,"a\r\nb"\r\n2,c\r\n']);
    assert.deepEqual(of('said').map(({ text }) => text), ['There is nothing to copy yet.', 'Copied as CSV: 2 rows']);
  });

  it('is saved where it is a picture, under a name any file system takes', async () => {
    const { session, open, saved, clock, warned, of } = setUpPage();
    await open();
    session.receive({ type: 'savePng', part: 'topic', base64: Buffer.from('<svg/>').toString('base64') });
    session.receive({ type: 'savePng', part: '../etc', base64: PNG.toString('base64') });
    session.receive({ type: 'savePng', part: 'topic', base64: PNG.toString('base64') });
    await clock.pass(0);
    assert.deepEqual(saved.map(({ name }) => name), ['orders-topic.png']);
    assert.deepEqual(Buffer.from(saved[0]?.bytes ?? []), PNG);
    assert.equal(warned.length, 2);
    assert.deepEqual(of('said').map(({ text }) => text), ['Saved: orders-topic.png']);
  });

  it('is opened as a command opens it: problems are told, calling it off is silent', async () => {
    const answers = [new CancelledError(), new CloudError('notFound')];
    const { session, open, problems, clock } = setUpPage({ open: () => Promise.reject(answers.shift() ?? new Error('no more')) });
    await open();
    session.receive({ type: 'open', part: 'groups', key: 'billing' });
    await clock.pass(0);
    assert.deepEqual(problems, []);
    session.receive({ type: 'open', part: 'groups', key: 'billing' });
    await clock.pass(0);
    assert.deepEqual(problems.map(({ message }) => message), ['Not found.']);
  });

  it('is done only where it was offered', async () => {
    const offered: string[] = [];
    const { session, open, did, world, clock, asked } = setUpPage({ offer: (offer) => {
      offered.push(offer);
      return Promise.resolve();
    } });
    await open();
    for (const offer of ['run', 'document']) session.receive({ type: 'offer', offer });
    assert.deepEqual(offered, ['document']);
    session.receive({ type: 'remedy', part: 'topic', remedy: 'editAccount' });
    assert.deepEqual(did, []);
    world.answer = () => {
      throw new CloudError('unauthorized');
    };
    session.receive({ type: 'refresh' });
    await clock.pass(100);
    for (const remedy of ['showLog', 'constructor', 'editAccount']) session.receive({ type: 'remedy', part: 'topic', remedy });
    assert.deepEqual(did, ['editAccount']);
    const before = asked.length;
    session.receive({ type: 'remedy', part: 'topic', remedy: 'retry' });
    await clock.pass(100);
    assert.ok(asked.length > before);
  });
});
