import { jsonReply, queryValue } from '../http.ts';
import type { EmulatorRequest, Reply } from '../http.ts';
import type { Json } from '../json.ts';
import { refuse } from './errors.ts';
import type { FunctionCode } from './errors.ts';
import { actionPath, noPackage } from './model.ts';
import type { Action, ApiVersion, Package, Platform, Trigger } from './model.ts';
import type { FunctionsState, Scope } from './state.ts';

/** One request to Cloud Functions, its platform known. */
export interface Call {
  readonly request: EmulatorRequest;
  readonly version: ApiVersion;
  readonly platform: Platform;
  readonly state: FunctionsState;
  readonly scope: Scope;
  /** The same account's other platform. */
  readonly other: Scope;
  /** ms since the epoch */
  readonly now: number;
  /** A run's detail is missing for so long, in ms. */
  readonly activationGapMs: number;
  /** A subnet is being connected for so long, in ms. */
  readonly subnetMs: number;
}

/** `{"content": …}` (cloudfunctions.md §1.4). */
export function content(value: Json): Reply {
  return jsonReply(200, { content: value });
}

/** The platform of a request; its default depends on the version (cloudfunctions.md §1.2). @throws Refusal `code` */
export function readPlatform(request: EmulatorRequest, version: ApiVersion, code: FunctionCode): Platform {
  const given = queryValue(request, 'platform');
  if (given === undefined) return version === 'v2.1' ? 'vpc' : 'classic';
  if (given !== 'vpc' && given !== 'classic') throw refuse(code);
  return given;
}

/** A package. @throws Refusal 80102 when it is on the other platform, 80101 */
export function requirePackage({ scope, other }: Call, name: string): Package {
  const found = scope.packages.get(name);
  if (found === undefined) throw refuse(other.packages.has(name) ? 80102 : 80101);
  return found;
}

/** An action. @throws Refusal 80302 when it is on the other platform, 80301 */
export function requireAction({ scope, other }: Call, pkg: string, name: string): Action {
  const path = actionPath(pkg, name);
  const found = scope.actions.get(path);
  if (found === undefined) throw refuse(other.actions.has(path) ? 80302 : 80301);
  return found;
}

/** A trigger. @throws Refusal 80502 when it is on the other platform, 80501 */
export function requireTrigger({ scope, other }: Call, name: string): Trigger {
  const found = scope.triggers.get(name);
  if (found === undefined) throw refuse(other.triggers.has(name) ? 80502 : 80501);
  return found;
}

/** A package that exists, or none. @throws Refusal 80101, 80102 */
export function requirePlace(call: Call, pkg: string): void {
  if (pkg !== noPackage) requirePackage(call, pkg);
}

/** A name must not equal any other package, action or trigger name (cloudfunctions.md §3). @throws Refusal 80011 */
export function checkUnique({ scope }: Call, name: string): void {
  const isTaken = scope.packages.has(name) || scope.triggers.has(name);
  if (isTaken || scope.actions.values().some((action) => action.name === name)) throw refuse(80011);
}
