import type { NaverAccount } from '../../model/account.ts';
import { CloudError } from '../../model/cloudError.ts';
import { originOf } from '../endpoints.ts';
import type { Endpoint } from '../operation.ts';
import { dataStreamFailure, sendFailure } from './failure.ts';

/** Topics and connectors (datastream.md §1). */
const MANAGEMENT = 'https://datastream.apigw.ntruss.com';
/** Messages have a host of their own (datastream.md §5). */
const MESSAGES = 'https://api.datastream.naverncp.com';

/** Where topics and connectors are managed. @throws CloudError `invalid` (`region`) outside the public zone */
export function managementEndpoint(account: NaverAccount): Endpoint {
  checkZone(account);
  const origin = originOf(account.endpoints?.dataStream, MANAGEMENT);
  return { origin, provider: 'naver', failureOf: dataStreamFailure };
}

/** Where messages are sent to. @throws CloudError `invalid` (`region`) outside the public zone */
export function messageEndpoint(account: NaverAccount): Endpoint {
  checkZone(account);
  const origin = originOf(account.endpoints?.messages, MESSAGES);
  return { origin, provider: 'naver', refusesMainKeys: true, failureOf: sendFailure };
}

/** Data Stream exists in the public zone only (datastream.md §1). */
function checkZone({ zone }: NaverAccount): void {
  if (zone !== 'public') throw new CloudError('invalid', { reason: 'region', mayHaveArrived: false });
}
