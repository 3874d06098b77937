import { envelopeFailure } from '../nhnFailure.ts';
import type { Answer, Failure } from '../operation.ts';

/** The path's topic does not exist, or exists under the other form of its name. */
export const TOPIC_NOT_FOUND = '4040100';

/** EasyQueue's own result codes (easyqueue.md §2.6). */
const CODES: Readonly<Record<string, Failure>> = {
  '4000100': { kind: 'conflict' },
  '4000101': { kind: 'invalid' },
  '4000102': { kind: 'invalid' },
  '4000103': { kind: 'conflict' },
  '4000104': { kind: 'invalid' },
  '4000300': { kind: 'invalid' },
  '4000301': { kind: 'invalid' },
  '4000302': { kind: 'invalid' },
  '4000303': { kind: 'invalid' },
  '4000400': { kind: 'quotaExceeded' },
  '4000401': { kind: 'quotaExceeded' },
  '4000402': { kind: 'quotaExceeded' },
  '4030000': { kind: 'forbidden', reason: 'role' },
  [TOPIC_NOT_FOUND]: { kind: 'notFound' },
  '4040200': { kind: 'notFound' },
  '4040400': { kind: 'notFound', reason: 'appKey' },
  '5000000': { kind: 'unavailable' },
  '5000100': { kind: 'unavailable' },
  '5000101': { kind: 'unavailable' },
  '5000102': { kind: 'unavailable' },
  '5000103': { kind: 'unavailable' },
  '5000104': { kind: 'unavailable' },
  '5000105': { kind: 'unavailable' },
};

/** How EasyQueue fails: always 200 with `header.isSuccessful` false; other statuses come from what stands before it. */
export function easyQueueFailure({ status, json }: Answer): Failure | undefined {
  return envelopeFailure(status, json, CODES);
}
