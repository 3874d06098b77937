import { createFormatter } from '../../../src/model/format.ts';
import type { Account } from '../../../src/model/account.ts';
import type { ResourceWrite, ResourceWriteEnd } from '../../../src/model/resourceWrite.ts';
import type { RowContext } from '../../../src/messages/activity/activityRows.ts';
import type { RunEntry, WriteEntry } from '../../../src/messages/activity/activityWords.ts';
import { createTimes } from '../../../src/messages/activity/times.ts';
import type { RunHeader } from '../../../src/sending/recording.ts';
import { naverAccount } from '../../support/accounts.ts';

/** 21 November 2026, 14:03:22.120 in Seoul. */
export const NOON = Date.UTC(2026, 10, 21, 5, 3, 22, 120);
/** Half past three of the same day there. */
export const NOW = Date.UTC(2026, 10, 21, 6, 30);

export const ACME: Account = naverAccount({ id: 'n1', name: 'acme', lane: { stage: 'prod', access: 'full' } });

/** What rows are made with: in Seoul, in English unless told otherwise. */
export function rowContext(changes: Partial<RowContext> & { readonly locale?: string } = {}): RowContext {
  const { locale = 'en', ...others } = changes;
  return {
    format: createFormatter(locale),
    times: createTimes(locale, 'Asia/Seoul'),
    nowMs: NOW,
    account: (id) => (id === 'n1' ? ACME : undefined),
    ...others,
  };
}

/** A run of 10,000 messages that all arrived, unless told otherwise. */
export function run(changes: Partial<Omit<RunEntry, 'header' | 'kind'>> & { readonly header?: Partial<RunHeader>; readonly topic?: string } = {}): RunEntry {
  const { header, topic = 'h4j6l-orders', ...others } = changes;
  const counts = { acknowledged: 10_000, refused: 0, unknown: 0, notSent: 0 };
  return {
    kind: 'run',
    status: 'ended',
    counts,
    ...(others.status === undefined || others.status === 'ended' ? { summary: { endedAtMs: NOON + 65_000, ...counts } } : {}),
    ...others,
    header: {
      id: 'r1',
      startedAtMs: NOON,
      job: {
        target: { accountId: 'n1', topicId: 't1', topicName: topic },
        sources: [{ uri: 'file:///orders.jsonl', name: 'data/orders.jsonl', format: 'jsonLines', content: 'value' }],
        seed: 's', nowMs: NOON, environment: undefined,
      },
      account: { name: 'acme', stage: 'prod' },
      order: 'parallel', count: 10_000, total: 10_000, bytes: 1_234_567, fingerprint: 'abc123',
      ...header,
    },
  };
}

/** A topic that was deleted, unless told otherwise; no end for `null`. */
export function write(changes: Partial<ResourceWrite> = {}, end: ResourceWriteEnd | null = { kind: 'done', status: 200 }): WriteEntry {
  return {
    kind: 'write',
    id: 'w1',
    write: {
      atMs: NOON, accountId: 'n1', accountName: 'acme', method: 'DELETE', origin: 'https://datastream.apigw.ntruss.com', target: '/api/v1/topics/t1',
      bytes: 0, hash: undefined, body: undefined, ...changes,
    },
    ...(end === null ? {} : { end }),
  };
}
