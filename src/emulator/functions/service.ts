import { gatewayError } from '../gateway.ts';
import type { Gateway } from '../gateway.ts';
import type { EmulatorRequest, OperationKind, Reply, Route, Service } from '../http.ts';
import type { NaverRole } from '../roles.ts';
import type { Timings } from '../timings.ts';
import { deleteAction, getAction, listActions, putAction } from './actions.ts';
import {
  getActionActivation,
  getTriggerActivation,
  listActionActivations,
  listAllActivations,
  listTriggerActivations,
  postAction,
} from './activations.ts';
import { readPlatform } from './call.ts';
import type { Call } from './call.ts';
import { failure } from './errors.ts';
import type { FunctionCode } from './errors.ts';
import type { ApiVersion } from './model.ts';
import { deletePackage, getPackage, listPackages, putPackage } from './packages.ts';
import type { FunctionsState } from './state.ts';
import {
  deleteTrigger,
  fireTrigger,
  getTrigger,
  linkAction,
  listTriggers,
  putTrigger,
  unlinkAction,
} from './triggers.ts';

/** What the service asks about its surroundings. */
export interface FunctionsOptions {
  readonly state: FunctionsState;
  readonly gateway: Gateway;
  /** ms since the epoch */
  readonly now: () => number;
  readonly role: () => NaverRole;
  readonly timings: Timings;
}

type Handler = (call: Call, first: string, second: string, third: string) => Reply | Promise<Reply>;

type Operation = readonly [
  method: string,
  path: string,
  operation: string,
  kind: OperationKind,
  /** Code for a bad `platform`. */
  badPlatform: FunctionCode,
  handle: Handler,
];

const pkg = '/packages/:packageName';
const action = `${pkg}/actions/:actionName`;
const trigger = '/triggers/:triggerName';

/** The 21 operations of each version (cloudfunctions.md §2). */
const operations: readonly Operation[] = [
  ['GET', '/packages', 'listPackages', 'read', 80102, listPackages],
  ['GET', pkg, 'getPackage', 'read', 80102, getPackage],
  ['PUT', pkg, 'putPackage', 'write', 80102, putPackage],
  ['DELETE', pkg, 'deletePackage', 'write', 80102, deletePackage],
  ['GET', `${pkg}/actions`, 'listActions', 'read', 80302, listActions],
  ['GET', action, 'getAction', 'read', 80302, getAction],
  ['PUT', action, 'putAction', 'write', 80302, putAction],
  ['POST', action, 'postAction', 'send', 80302, postAction],
  ['DELETE', action, 'deleteAction', 'write', 80302, deleteAction],
  ['GET', `${action}/activations`, 'listActionActivations', 'read', 80302, listActionActivations],
  ['GET', `${action}/activations/:activationId`, 'getActionActivation', 'read', 80302, getActionActivation],
  ['GET', '/triggers', 'listTriggers', 'read', 80502, listTriggers],
  ['GET', trigger, 'getTrigger', 'read', 80502, getTrigger],
  ['PUT', trigger, 'putTrigger', 'write', 80502, putTrigger],
  ['POST', trigger, 'fireTrigger', 'send', 80502, fireTrigger],
  ['DELETE', trigger, 'deleteTrigger', 'write', 80502, deleteTrigger],
  ['POST', `${trigger}/link-action`, 'linkAction', 'write', 80502, linkAction],
  ['DELETE', `${trigger}/link-action`, 'unlinkAction', 'write', 80502, unlinkAction],
  ['GET', `${trigger}/activations`, 'listTriggerActivations', 'read', 80502, listTriggerActivations],
  ['GET', `${trigger}/activations/:activationId`, 'getTriggerActivation', 'read', 80502, getTriggerActivation],
  ['GET', '/activations', 'listActivations', 'read', 80000, listAllActivations],
];

/** Prefixes of the versions (cloudfunctions.md §1.1). */
const versions: readonly (readonly [prefix: string, version: ApiVersion])[] = [
  ['/ncf/api/v2', 'v2.1'],
  ['/api/v2', 'v2.0'],
];

/** The Cloud Functions API in both versions. */
export function functionsService(options: FunctionsOptions): Service {
  const { state, gateway, timings } = options;
  function handler(version: ApiVersion, badPlatform: FunctionCode, handle: Handler): Route['handle'] {
    return (request, first = '', second = '', third = '') => {
      const platform = readPlatform(request, version, badPlatform);
      const { activationGapMs, subnetMs } = timings;
      const scope = state.scope(platform);
      const other = state.scope(platform === 'vpc' ? 'classic' : 'vpc');
      const now = options.now();
      const call = { request, version, platform, state, scope, other, now, activationGapMs, subnetMs };
      return handle(call, first, second, third);
    };
  }
  const routes = versions.flatMap(([prefix, version]) =>
    operations.map(([method, path, operation, kind, badPlatform, handle]): Route => {
      return { method, path: prefix + path, operation, kind, handle: handler(version, badPlatform, handle) };
    }),
  );
  function authorize(request: EmulatorRequest, { kind }: Route): Reply | undefined {
    const key = gateway(request);
    if ('status' in key) return key;
    const role = options.role();
    const isAllowed = role === 'manager' || (kind === 'read' && role === 'viewer');
    return isAllowed ? undefined : failure(80002);
  }
  return {
    name: 'functions',
    // 38 MB of code (cloudfunctions.md §10.2), as Base64 and escaped.
    bodyLimit: 67_108_864,
    routes,
    authorize,
    noRoute: () => gatewayError(300),
    tooLarge: () => gatewayError(430),
    failed: () => gatewayError(900),
  };
}
