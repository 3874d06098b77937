import { emptyReply } from '../http.ts';
import type { Reply } from '../http.ts';
import { checkUnique, content, requirePackage } from './call.ts';
import type { Call } from './call.ts';
import { refuse } from './errors.ts';
import { bodyCodes, checkName, Fields } from './fields.ts';

/** `GET P/packages`: the list itself, newest first (cloudfunctions.md §4.1). */
export function listPackages({ scope }: Call): Reply {
  const packages = [...scope.packages.values()].toReversed();
  return content(packages.map(({ name, description }) => ({ description, name })));
}

/** `GET P/packages/{packageName}` (cloudfunctions.md §4.2). */
export function getPackage(call: Call, name: string): Reply {
  const { description, parameters, resourceId } = requirePackage(call, name);
  const actions = actionsOf(call, name).map((action) => action.name);
  return content({ actions, description, name, parameters, platform: call.platform, resourceId });
}

/** `PUT P/packages/{packageName}`: creates or replaces (cloudfunctions.md §4.3). */
export function putPackage(call: Call, name: string): Reply {
  checkName(name, 80100);
  const body = Fields.ofBody(call.request.body, bodyCodes.package);
  const description = body.description();
  const parameters = body.parameters();
  let pkg = call.scope.packages.get(name);
  if (pkg === undefined) {
    checkUnique(call, name);
    call.state.checkCount('packages', 80106);
    pkg = call.state.addPackage(call.platform, name, description, parameters);
  }
  pkg.description = description;
  pkg.parameters = parameters;
  return content({ description, name, namespace: call.state.namespace, parameters, resourceId: pkg.resourceId });
}

/** `DELETE P/packages/{packageName}`: only when it is empty (cloudfunctions.md §4.4). */
export function deletePackage(call: Call, name: string): Reply {
  requirePackage(call, name);
  if (actionsOf(call, name).length > 0) throw refuse(80109);
  call.scope.packages.delete(name);
  return emptyReply(204);
}

function actionsOf({ scope }: Call, name: string): { readonly name: string }[] {
  return [...scope.actions.values().filter((action) => action.pkg === name)];
}
