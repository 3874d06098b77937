import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { confirmation, type Delivery, sentText, unknownText } from '../../../src/messages/delivery.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { createFormatter } from '../../../src/model/format.ts';
import { problemOf } from '../../../src/model/problem.ts';

const FORMAT = createFormatter('en');

const DELIVERY: Delivery = {
  account: {
    id: 'n1', name: 'acme', provider: 'naver', lane: { stage: 'prod', access: 'full' },
    keyOwner: 'sub', zone: 'public', regions: ['KR'], platform: 'vpc',
  },
  target: { accountId: 'n1', topicId: 't', topicName: 'p-orders' },
  message: { value: 'x'.repeat(1200), bytes: 1200 },
  key: 'k-1',
  isKeyGenerated: false,
  partition: undefined,
};

describe('what the user is told', () => {
  it('before production: topic, account, stage, size, and that there is no way back', () => {
    const { message, detail, verb } = confirmation(DELIVERY, FORMAT);
    assert.equal(message, 'Send this message to topic "p-orders" of account "acme"?');
    assert.equal(detail, 'The account is PROD. 1,200 bytes. A message cannot be taken back.');
    assert.equal(verb, 'Send');
  });

  it('afterwards: topic, key, partition if one was given, size and time', () => {
    assert.equal(sentText(DELIVERY, 12.4, FORMAT), 'Message sent to topic "p-orders": key "k-1", 1,200 bytes, 12 ms.');
    assert.equal(sentText({ ...DELIVERY, partition: 0 }, 1234, FORMAT), 'Message sent to topic "p-orders": key "k-1", partition 0, 1,200 bytes, 1,234 ms.');
  });

  it('where no answer came: that it may be there, and is not sent again', () => {
    const error = new CloudError('timeout', { operation: 'send', host: 'example.com' });
    assert.equal(
      unknownText(DELIVERY.target, error, problemOf(error)),
      'No answer came from example.com in time. The message may or may not be on topic "p-orders". It is not sent again by itself.',
    );
    assert.match(unknownText(DELIVERY.target, new CancelledError(), undefined), /^Sending was cancelled\. The message may or may not/);
  });
});
