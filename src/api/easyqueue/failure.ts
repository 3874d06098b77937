import { envelopeFailure } from '../nhnFailure.ts';
import type { Answer, Failure } from '../operation.ts';

/** The path's topic does not exist, or exists under the other form of its name. */
export const TOPIC_NOT_FOUND = '4040100';

/** EasyQueue's own result codes (easyqueue.md §2.6). */
const CODES: Readonly<Record<string, Failure>> = {
  '4000100': { kind: 'conflict', reason: 'duplicateName' },
  '4000101': { kind: 'invalid', reason: 'partitions' },
  '4000102': { kind: 'invalid', reason: 'parameter' },
  '4000103': { kind: 'conflict', reason: 'state' },
  '4000104': { kind: 'invalid', reason: 'parameter' },
  '4000300': { kind: 'invalid' },
  '4000301': { kind: 'invalid' },
  '4000302': { kind: 'invalid' },
  '4000303': { kind: 'invalid' },
  '4000400': { kind: 'quotaExceeded', reason: 'topicQuota' },
  '4000401': { kind: 'quotaExceeded', reason: 'topicPartitionQuota' },
  '4000402': { kind: 'quotaExceeded', reason: 'projectPartitionQuota' },
  '4030000': { kind: 'forbidden', reason: 'role' },
  [TOPIC_NOT_FOUND]: { kind: 'notFound', reason: 'topicGone' },
  '4040200': { kind: 'notFound', reason: 'cluster' },
  '4040400': { kind: 'notFound', reason: 'appKey' },
  '5000000': { kind: 'unavailable', reason: 'internal' },
  '5000100': { kind: 'unavailable', reason: 'createFailed' },
  '5000101': { kind: 'unavailable', reason: 'updateFailed' },
  '5000102': { kind: 'unavailable', reason: 'deleteFailed' },
  '5000103': { kind: 'unavailable' },
  '5000104': { kind: 'unavailable' },
  '5000105': { kind: 'unavailable' },
};

/** How EasyQueue fails: always 200 with `header.isSuccessful` false; other statuses come from what stands before it. */
export function easyQueueFailure({ status, json }: Answer): Failure | undefined {
  return envelopeFailure(status, json, CODES);
}
