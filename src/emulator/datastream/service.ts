import { sendStatus } from '../choices.ts';
import { gatewayError } from '../gateway.ts';
import type { Gateway } from '../gateway.ts';
import type { EmulatorRequest, OperationKind, Reply, Route, Service } from '../http.ts';
import type { NaverRole } from '../roles.ts';
import type { Timings } from '../timings.ts';
import { connectorOperations } from './connectors.ts';
import { problem } from './errors.ts';
import { produce, sendReply } from './produce.ts';
import { schemaOperations } from './schemas.ts';
import type { DataStreamState } from './state.ts';
import { topicOperations } from './topics.ts';

/** What the two services ask about their surroundings. */
export interface DataStreamOptions {
  readonly state: DataStreamState;
  readonly gateway: Gateway;
  /** ms since the epoch */
  readonly now: () => number;
  readonly role: () => NaverRole;
  readonly timings: Timings;
}

/** The management API, `/api/v1` (datastream.md §2, §9). */
export function dataStreamService(options: DataStreamOptions): Service {
  const { state, gateway, now } = options;
  const topics = topicOperations(state, now, options.timings);
  const connectors = connectorOperations(state, now);
  const schemas = schemaOperations(state, now);
  const one = '/topics/:topicId';
  const routes: readonly Route[] = [
    route('GET', '/topic-prefix', 'getTopicPrefix', () => topics.prefix()),
    route('GET', '/topics', 'listTopics', topics.list),
    route('POST', '/topics', 'createTopic', topics.create),
    route('GET', one, 'getTopic', topics.get),
    route('PUT', one, 'updateTopic', topics.update),
    route('DELETE', one, 'deleteTopic', topics.remove),
    route('GET', `${one}/connectors`, 'getConnector', connectors.get),
    route('POST', `${one}/connectors`, 'createConnector', connectors.create),
    route('PUT', `${one}/connectors/:connectorId`, 'updateConnector', connectors.update),
    route('DELETE', `${one}/connectors/:connectorId`, 'deleteConnector', connectors.remove),
    route('GET', `${one}/schemas`, 'listSchemas', schemas.list),
    route('POST', `${one}/schemas`, 'createSchema', schemas.create),
    route('GET', `${one}/schemas/:resourceId`, 'getSchema', schemas.get),
    route('DELETE', `${one}/schemas/:resourceId`, 'deleteSchema', schemas.remove),
    route('GET', `${one}/registry-config`, 'getRegistryConfig', schemas.config),
    route('PUT', `${one}/registry-config`, 'updateRegistryConfig', schemas.changeConfig),
    route('GET', `${one}/registry-info`, 'getRegistryInfo', schemas.info),
    route(
      'POST',
      `${one}/schemas/validate/compatibility/latest`,
      'checkCompatibility',
      schemas.checkCompatibility,
      'read',
    ),
  ];
  function authorize(request: EmulatorRequest, { kind }: Route): Reply | undefined {
    const key = gateway(request);
    if ('status' in key) return key;
    const role = options.role();
    if (role === 'none') return gatewayError(210);
    return kind === 'read' || role === 'manager' ? undefined : problem(request, 403);
  }
  return {
    name: 'dataStream',
    bodyLimit: 1_048_576,
    routes,
    authorize,
    noRoute: () => gatewayError(300),
    tooLarge: () => gatewayError(430),
    failed: () => gatewayError(900),
  };
}

/** The message API, `POST /api/produce`; a main account's key is refused (datastream.md §1, §5). */
export function messageService(options: DataStreamOptions): Service {
  const { state, gateway, now } = options;
  const routes: readonly Route[] = [
    {
      method: 'POST',
      path: '/api/produce',
      operation: 'sendMessage',
      kind: 'send',
      handle: (request) => produce(state, now, request),
    },
  ];
  function authorize(request: EmulatorRequest): Reply | undefined {
    const key = gateway(request);
    if ('status' in key) return key;
    if (key.isMain) return sendReply(sendStatus.mainAccountKey, 'Keys of the main account cannot be used');
    return options.role() === 'manager' ? undefined : sendReply(sendStatus.noPermission, 'Forbidden');
  }
  return {
    name: 'messages',
    // One megabyte of characters may take six times as much when each is escaped as \u0000.
    bodyLimit: 8_388_608,
    routes,
    authorize,
    noRoute: () => gatewayError(300),
    tooLarge: () => gatewayError(430),
    failed: () => gatewayError(900),
  };
}

function route(method: string, path: string, operation: string, handle: Handler, kind?: OperationKind): Route {
  const usual = method === 'GET' ? 'read' : 'write';
  return {
    method,
    path: `/api/v1${path}`,
    operation,
    kind: kind ?? usual,
    handle: (request, first = '', second = '') => handle(request, first, second),
  };
}

type Handler = (request: EmulatorRequest, first: string, second: string) => Reply;
