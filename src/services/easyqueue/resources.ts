import type { Account, AppKey, EasyQueueRegion } from '../../model/account.ts';
import { CloudError } from '../../model/cloudError.ts';
import { shortName } from '../../model/easyQueue.ts';
import type { EasyQueueTopic } from '../../model/easyQueue.ts';
import type { ResourceRef } from '../../model/resource.ts';
import type { Resource } from '../../tree/resource.ts';
import type { EasyQueueContext, EasyQueuePlace } from './context.ts';

/** The console's first page: no address below it is documented. */
const CONSOLE = 'https://console.nhncloud.com';

/** Where Kafka clients get their tokens, unless the account has an endpoint of its own (easyqueue.md §1.2, §2.2). */
const TOKEN_ORIGIN = 'https://oauth.api.nhncloudservice.com';
const TOKEN_PATH = '/oauth2/token/create';

/** What a topic's row stands for. */
export function topicResource({ id, fullName, bootstrapServer }: EasyQueueTopic, place: EasyQueuePlace, client: EasyQueueContext['client']): Resource {
  const { account, appKey } = place;
  return {
    ref: topicRef(fullName, place),
    ...(id === undefined ? {} : { id }),
    ...(bootstrapServer === undefined ? {} : {
      endpoint: bootstrapServer,
      kafka: {
        mechanism: 'OAUTHBEARER', bootstrapServers: bootstrapServer, topic: fullName, appKey: appKey.appKey, tokenUrl: tokenUrlOf(account),
      },
    }),
    curl: async () => (await client(account.id, appKey)).curlOfTopic(fullName),
    console: CONSOLE,
    dashboard: true,
    opens: 'edit',
  };
}

/** What the row of a topic's partitions stands for. */
export function partitionsResource(topicFullName: string, place: EasyQueuePlace): Resource {
  return { ref: { ...topicRef(topicFullName, place), kind: 'easyQueue.partitions' }, console: CONSOLE, opens: 'view' };
}

/** What the row of a consumer group, as seen from one topic, stands for. Kafka knows it by its full name. */
export function groupResource(groupId: string, topicFullName: string, { account, appKey: { region, appKey } }: EasyQueuePlace): Resource {
  const ref = { accountId: account.id, kind: 'easyQueue.group', keys: [region, appKey, topicFullName, groupId], name: shortName(groupId, appKey) };
  return { ref, id: groupId, console: CONSOLE, dashboard: true, opens: 'view' };
}

function topicRef(fullName: string, { account, appKey: { region, appKey } }: EasyQueuePlace): ResourceRef {
  return { accountId: account.id, kind: 'easyQueue.topic', keys: [region, appKey, fullName], name: shortName(fullName, appKey) };
}

/** What the keys of a reference say. */
export interface EasyQueueKeys {
  readonly appKey: AppKey;
  readonly topic: string;
  /** Empty where it is not a group's. */
  readonly groupId: string;
}

/**
 * Reads the keys of a reference, which may come from an address somebody wrote.
 * @throws CloudError `notFound` where they name nothing
 */
export function keysOf({ keys }: ResourceRef): EasyQueueKeys {
  const [region, appKey = '', topic = '', groupId = ''] = keys;
  if (!isRegion(region) || appKey === '' || topic === '') throw new CloudError('notFound', { reason: 'resourceGone', mayHaveArrived: false });
  return { appKey: { appKey, label: '', region }, topic, groupId };
}

function isRegion(text: string | undefined): text is EasyQueueRegion {
  return text === 'KR1' || text === 'KR2';
}

/** Never throws: an endpoint that is no address is refused where requests leave. */
function tokenUrlOf(account: Account): string {
  const custom = account.provider === 'nhn' ? account.endpoints?.token : undefined;
  const origin = custom !== undefined && URL.canParse(custom) ? custom : TOKEN_ORIGIN;
  return new URL(TOKEN_PATH, origin).href;
}
