import type { EmulatorRequest, Reply, Route, Service } from '../http.ts';
import type { NhnRole } from '../roles.ts';
import type { Tokens } from '../tokens.ts';
import { badParameter, badToken, failure, noSuchApi } from './codes.ts';
import { listGroups } from './groups.ts';
import type { EasyQueueState } from './state.ts';
import { statistics } from './statistics.ts';
import { topicOperations } from './topics.ts';

/** What the service asks about its surroundings. */
export interface EasyQueueOptions {
  readonly state: EasyQueueState;
  readonly tokens: Tokens;
  /** ms since the epoch */
  readonly now: () => number;
  readonly role: () => NhnRole;
}

const base = '/v1.0/appkeys/:appKey';

/** The EasyQueue REST API v1.0. */
export function easyQueueService(options: EasyQueueOptions): Service {
  const { state, tokens, now } = options;
  const topics = topicOperations(state, now);
  const route = (method: string, path: string, operation: string, handle: Handler): Route => {
    // The first parameter is the app key, which has been checked.
    const withoutAppKey: Route['handle'] = (request, ...[, name = '']) => handle(request, name);
    const kind = method === 'GET' ? 'read' : 'write';
    return { method, path: base + path, operation, kind, handle: withoutAppKey };
  };
  const routes: readonly Route[] = [
    route('GET', '/topics', 'listTopics', (request) => topics.list(request)),
    route('POST', '/topics', 'createTopic', (request) => topics.create(request)),
    route('GET', '/topics/:topicName', 'getTopic', (_request, name) => topics.get(name)),
    route('PUT', '/topics/:topicName', 'updateTopic', (request, name) => topics.update(request, name)),
    route('DELETE', '/topics/:topicName', 'deleteTopic', (_request, name) => topics.remove(name)),
    route('GET', '/topics/:topicName/partitions', 'listPartitions', (_request, name) => topics.partitions(name)),
    route('GET', '/topics/:topicName/consumer-groups', 'listGroups', (_request, name) =>
      listGroups(state, name, now()),
    ),
    route('GET', '/statistics', 'getStatistics', (request) => statistics(state, request, now())),
  ];
  function authorize(request: EmulatorRequest, { kind }: Route): Reply | undefined {
    if (!tokens.isValid(bearer(request))) return badToken();
    if (request.segments[2] !== state.appKey) return failure(4040400);
    const role = options.role();
    const isAllowed = role === 'ADMIN' || (kind === 'read' && role !== 'NONE');
    return isAllowed ? undefined : failure(4030000);
  }
  return {
    name: 'easyQueue',
    bodyLimit: 1_048_576,
    routes,
    authorize,
    noRoute: noSuchApi,
    tooLarge: () => badParameter('body').reply,
    failed: () => failure(5000000),
  };
}

type Handler = (request: EmulatorRequest, name: string) => Reply;

/** `X-NHN-Authorization: Bearer {token}` (easyqueue.md §1.5). */
function bearer(request: EmulatorRequest): string {
  const header = request.headers['x-nhn-authorization'];
  return typeof header === 'string' ? (/^Bearer +(\S+)$/i.exec(header)?.[1] ?? '') : '';
}
