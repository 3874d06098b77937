import type { Problem } from '../../../src/model/problem.ts';
import type { HostEvent } from '../../../src/protocol/dashboard.ts';
import type { TimeRange, TimeZone } from '../../../src/protocol/view.ts';
import type { Feed } from '../../../src/webviews/dashboardType.ts';
import type { PageContent } from '../../../src/webviews/pageContent.ts';
import { PageSession } from '../../../src/webviews/pageSession.ts';
import { nhnAccount } from '../../support/accounts.ts';
import { setUpFeeds } from './feeds.ts';

/** A page over two feeds, and all that it did. */
export function setUpPage({ feeds, ...more }: { readonly feeds?: PageContent['feeds'] } & Partial<Omit<PageContent, 'head' | 'feeds'>> = {}) {
  const base = setUpFeeds();
  const account = nhnAccount({ id: 'a', name: 'shop' });
  const events: HostEvent[] = [];
  const did: string[] = [];
  const warned: string[] = [];
  const problems: Problem[] = [];
  const ranges: TimeRange[] = [];
  const saved: { name: string; bytes: Uint8Array }[] = [];
  const setting: { timeZone: TimeZone } = { timeZone: 'UTC' };
  const content: PageContent = {
    head: {
      page: 'easyQueueTopic', name: 'orders', where: 'EasyQueue KR1 · shop', stage: 'DEV', hasRange: true, offers: ['document'],
      ref: { accountId: 'a', kind: 'easyQueue.topic', keys: ['KR1', 'key', 'orders'], name: 'orders' },
    },
    feeds: feeds ?? (() => ['topic', 'groups'].map((key): Feed => base.feed(key))),
    ...more,
  };
  const session = new PageSession(content, { range: { last: '1h' }, intervalSeconds: 10 }, {
    scheduler: base.scheduler,
    post: (event) => events.push(event),
    rangeEverywhere: (range) => ranges.push(range),
    account: (id) => (id === 'a' ? account : undefined),
    remedies: () => ({ editAccount: () => did.push('editAccount'), showLog: () => did.push('showLog') }),
    showProblem: (problem) => problems.push(problem),
    log: { warn: (message) => warned.push(message), error: (message) => did.push(`error: ${message}`) },
    copy: (text) => {
      did.push(`copied ${text}`);
      return Promise.resolve();
    },
    saveFile: (name, bytes) => {
      saved.push({ name, bytes });
      return Promise.resolve(name);
    },
    locale: 'en',
    texts: undefined,
    timeZone: () => setting.timeZone,
  });
  const of = <T extends HostEvent['type']>(type: T): Extract<HostEvent, { type: T }>[] =>
    events.filter((event): event is Extract<HostEvent, { type: T }> => event.type === type);
  /** The page is there, and everything was read once. */
  const open = async (): Promise<void> => {
    session.shown();
    session.receive({ type: 'ready' });
    await base.clock.pass(100);
  };
  return { ...base, session, content, events, did, warned, problems, ranges, saved, setting, of, open };
}
