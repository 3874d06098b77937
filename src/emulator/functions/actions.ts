import { emptyReply, queryValue } from '../http.ts';
import type { Reply } from '../http.ts';
import type { JsonObject } from '../json.ts';
import { readAction } from './actionBody.ts';
import { checkUnique, content, requireAction, requirePlace } from './call.ts';
import type { Call } from './call.ts';
import { refuse } from './errors.ts';
import { bodyCodes, checkName, Fields } from './fields.ts';
import { actionPath, actionTypes, noPackage } from './model.ts';
import type { Action, ActionType } from './model.ts';
import type { Scope } from './state.ts';
import { checkSubnetOfDelete, checkSubnetOfPut, leaveSubnet } from './subnets.ts';

/** `GET P/packages/{packageName}/actions` (cloudfunctions.md §5.1). */
export function listActions(call: Call, pkg: string): Reply {
  requirePlace(call, pkg);
  const actions = [...call.scope.actions.values().filter((action) => action.pkg === pkg)].toReversed();
  return content({ actions: actions.map((action) => listItem(call, action)) });
}

/** `GET P/packages/{packageName}/actions/{actionName}` (cloudfunctions.md §5.2). */
export function getAction(call: Call, pkg: string, name: string): Reply {
  return content(show(call, requireAction(call, pkg, name)));
}

/** `PUT P/packages/{packageName}/actions/{actionName}`: creates or replaces (cloudfunctions.md §5.3, §5.4). */
export function putAction(call: Call, pkg: string, name: string): Reply {
  checkName(name, 80300);
  const { scope, state, version, platform } = call;
  const wanted = version === 'v2.1' ? typeOfQuery(call) : undefined;
  requirePlace(call, pkg);
  let action = scope.actions.get(actionPath(pkg, name));
  if (action === undefined) checkUnique(call, name);
  if (action !== undefined && wanted !== undefined && wanted !== action.type) throw refuse(80304);
  const body = Fields.ofBody(call.request.body, bodyCodes.action);
  const type = wanted ?? typeOfBody(body, action?.type);
  if (action !== undefined && type !== action.type) throw refuse(80304);
  const formerKind = action?.spec.exec.kind;
  const exists = (path: string): boolean => scope.actions.has(path);
  const spec = readAction(body, { version, platform, type, formerKind, exists });
  if (containsItself(scope, actionPath(pkg, name), spec.exec.components ?? [])) throw refuse(80307);
  checkSubnetOfPut(call, action, spec.vpc?.subnetNo);
  if (action === undefined) {
    state.checkCount('actions', 80308);
    action = state.addAction(platform, { pkg, name }, type, spec);
  }
  action.spec = spec;
  return content(show(call, action));
}

/** `DELETE P/packages/{packageName}/actions/{actionName}` (cloudfunctions.md §5.6); its links go with it. */
export function deleteAction(call: Call, pkg: string, name: string): Reply {
  const action = requireAction(call, pkg, name);
  checkSubnetOfDelete(call, action);
  const path = actionPath(pkg, name);
  call.scope.actions.delete(path);
  leaveSubnet(call, action);
  for (const trigger of call.scope.triggers.values()) trigger.links.delete(path);
  return emptyReply(204);
}

/** v2.1: the query tells, `basic` when it does not (cloudfunctions.md §5.3). */
function typeOfQuery({ request }: Call): ActionType {
  const given = queryValue(request, 'type') ?? 'basic';
  const type = actionTypes.find((candidate) => candidate === given);
  if (type === undefined) throw refuse(80303);
  return type;
}

/** v2.0: `web` and the kind tell; without `web` an existing action stays what it is (cloudfunctions.md §5.4). */
function typeOfBody(body: Fields, former: ActionType | undefined): ActionType {
  const isWeb = body.flag('web') ?? (former === 'web' || former === 'sequence-web');
  const isSequence = body.object('exec')?.text('kind') === 'sequence';
  if (isSequence) return isWeb ? 'sequence-web' : 'sequence';
  return isWeb ? 'web' : 'basic';
}

function listItem({ version }: Call, { name, type, spec }: Action): JsonObject {
  const item = { description: spec.description, name };
  const runtime = spec.exec.kind;
  return version === 'v2.1' ? { ...item, type, runtime } : { ...item, runtime, web: isWeb(type) };
}

function show({ version, state }: Call, action: Action): JsonObject {
  const { name, pkg, type, spec, resourceId } = action;
  const http = { 'raw-http': spec.rawHttp, 'custom-options': spec.customOptions };
  const shape: JsonObject = {
    name,
    path: pkg === noPackage ? state.namespace : `${state.namespace}/${pkg}`,
    description: spec.description,
    parameters: spec.parameters,
    exec: spec.exec,
    limits: spec.limits && { memory: spec.limits.memory, timeout: spec.limits.timeout },
    // The page of v2.1 says object although PUT takes a list (cloudfunctions.md §5.2).
    vpc: spec.vpc && { vpcNo: spec.vpc.vpcNo, subnetNo: spec.vpc.subnetNo },
    resourceId,
  };
  if (version === 'v2.0') return { ...shape, web: isWeb(type), ...http };
  return isWeb(type) ? { ...shape, type, ...http } : { ...shape, type };
}

function isWeb(type: ActionType): boolean {
  return type === 'web' || type === 'sequence-web';
}

/** Whether a sequence with these components would contain `path` itself. */
function containsItself(scope: Scope, path: string, components: readonly string[]): boolean {
  const seen = new Set<string>();
  const open = [...components];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === path) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(scope.actions.get(next)?.spec.exec.components ?? []));
  }
  return false;
}
