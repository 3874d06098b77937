import type { EasyQueueRegion, NhnAccount } from '../../model/account.ts';
import { originOf } from '../endpoints.ts';
import type { Endpoint } from '../operation.ts';
import { easyQueueFailure } from './failure.ts';

/** The two regions of EasyQueue (easyqueue.md §2). */
const HOSTS: Readonly<Record<EasyQueueRegion, string>> = {
  KR1: 'https://kr1-easyqueue.api.nhncloudservice.com',
  KR2: 'https://kr2-easyqueue.api.nhncloudservice.com',
};

/** Where EasyQueue is for one account and region. */
export function easyQueueEndpoint(account: NhnAccount, region: EasyQueueRegion): Endpoint {
  const origin = originOf(account.endpoints?.easyQueue, HOSTS[region]);
  return { origin, provider: 'nhn', failureOf: easyQueueFailure };
}
