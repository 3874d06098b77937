import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import type { AccessLevel } from '../../../src/model/account.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { outcomeOf } from '../../../src/sending/engine/outcome.ts';
import { readPartition } from '../../../src/sending/partition.ts';
import { sampleMessage } from '../../../src/sending/sampleMessage.ts';
import { accountsWithTopics, isSameTarget, readTarget, whyNotSend } from '../../../src/sending/target.ts';
import { naverAccount, nhnAccount } from '../../support/accounts.ts';

const NHN = nhnAccount();

describe('whyNotSend', () => {
  it('lets a sub account of the public zone send, unless its lane is read-only', () => {
    const expected: Record<AccessLevel, string | undefined> = { full: undefined, 'send-only': undefined, 'read-only': 'readOnly' };
    for (const [access, why] of Object.entries(expected)) {
      assert.equal(whyNotSend(naverAccount({ lane: { stage: 'prod', access: access as AccessLevel } })), why);
    }
  });

  it('says what is in the way', () => {
    assert.equal(whyNotSend(NHN), 'noSendApi');
    assert.equal(whyNotSend(naverAccount({ zone: 'financial' })), 'zone');
    assert.equal(whyNotSend(naverAccount({ keyOwner: 'main' })), 'mainAccountKey');
  });

  it('offers the topics of accounts that have Data Stream, allowed to send or not', () => {
    const main = naverAccount({ id: 'n2', keyOwner: 'main' });
    assert.deepEqual(accountsWithTopics([NHN, naverAccount(), main, naverAccount({ id: 'n3', zone: 'government' })]), [naverAccount(), main]);
  });
});

describe('stored targets', () => {
  it('are read back, and anything else is none', () => {
    const target = { accountId: 'a', topicId: 't', topicName: 'p-orders' };
    assert.deepEqual(readTarget(JSON.parse(JSON.stringify(target))), target);
    for (const broken of [undefined, null, 'x', 5, [], {}, { ...target, topicId: 1 }]) assert.equal(readTarget(broken), undefined);
  });

  it('are the same when account and topic are', () => {
    const target = { accountId: 'a', topicId: 't', topicName: 'p-orders' };
    assert.ok(isSameTarget(target, { ...target, topicName: 'renamed' }));
    assert.ok(!isSameTarget(target, { ...target, accountId: 'b' }));
    assert.ok(!isSameTarget(target, { ...target, topicId: 'u' }));
  });
});

describe('readPartition', () => {
  it('takes nothing, or a partition the topic has', () => {
    assert.deepEqual(readPartition('  ', 3), { ok: true, partition: undefined });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), fc.nat(40), (partitions, typed) => {
        const expected = typed < partitions ? { ok: true, partition: typed } : { ok: false, last: partitions - 1 };
        assert.deepEqual(readPartition(` ${typed} `, partitions), expected);
      }),
    );
  });

  it('refuses what is no whole number', () => {
    for (const text of ['-1', '1.5', 'x', '0x1', '1e1', '99999999999']) assert.deepEqual(readPartition(text, undefined), { ok: false, last: undefined });
  });

  it('takes any number where the count is not known', () => {
    assert.deepEqual(readPartition('42', undefined), { ok: true, partition: 42 });
  });
});

describe('outcomeOf', () => {
  it('knows that a service which said no did not take the message, unless it may have before', () => {
    for (const kind of ['unauthorized', 'forbidden', 'locked', 'notFound', 'conflict', 'invalid', 'quotaExceeded', 'rateLimited'] as const) {
      assert.equal(outcomeOf(new CloudError(kind)), 'refused', kind);
      assert.equal(outcomeOf(new CloudError(kind, { mayHaveArrived: false })), 'refused', kind);
      assert.equal(outcomeOf(new CloudError(kind, { mayHaveArrived: true })), 'unknown', kind);
    }
  });

  it('does not know where no answer came, unless nothing left', () => {
    for (const kind of ['unavailable', 'timeout', 'network', 'unexpectedResponse'] as const) {
      assert.equal(outcomeOf(new CloudError(kind)), 'unknown', kind);
      assert.equal(outcomeOf(new CloudError(kind, { mayHaveArrived: false })), 'refused', kind);
    }
    assert.equal(outcomeOf(new CancelledError()), 'unknown');
  });
});

describe('sampleMessage', () => {
  it('is JSON whatever the topic is called', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const sample = sampleMessage(name, 'id-1', 0);
        assert.ok(sample.endsWith('}\n'));
        assert.deepEqual(JSON.parse(sample), { id: 'id-1', time: '1970-01-01T00:00:00.000Z', text: `A message for ${name}` });
      }),
    );
  });
});
