import { maxLinks } from '../choices.ts';
import { emptyReply, queryValue } from '../http.ts';
import type { Reply } from '../http.ts';
import { asJsonObject, isObject, tryParse } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { checkUnique, content, requireAction, requireTrigger } from './call.ts';
import type { Call } from './call.ts';
import { refuse, refuseUnlisted } from './errors.ts';
import { checkName, readParameters } from './fields.ts';
import { actionPath, noPackage, triggerTypes } from './model.ts';
import type { Trigger, TriggerType } from './model.ts';
import { fire } from './run.ts';
import { readTrigger } from './triggerBody.ts';

/** `GET P/triggers` (cloudfunctions.md §7.1). */
export function listTriggers({ scope }: Call): Reply {
  const triggers = [...scope.triggers.values()].toReversed();
  return content({ triggers: triggers.map(({ name, type }) => ({ name, type })) });
}

/** `GET P/triggers/{triggerName}` (cloudfunctions.md §7.2). */
export function getTrigger(call: Call, name: string): Reply {
  return content(show(call, requireTrigger(call, name)));
}

/** `PUT P/triggers/{triggerName}`: creates or replaces (cloudfunctions.md §7.3, §7.4). */
export function putTrigger(call: Call, name: string): Reply {
  checkName(name, 80500);
  const { scope, state, request, version } = call;
  const type = typeOfQuery(call);
  let trigger = scope.triggers.get(name);
  if (trigger === undefined) checkUnique(call, name);
  else if (trigger.type !== type) throw refuse(80504);
  const { unsubscribed } = state;
  const spec = readTrigger(request.body, { version, type, isNew: trigger === undefined, unsubscribed });
  if (trigger === undefined) {
    state.checkCount('triggers', 80508);
    trigger = state.addTrigger(call.platform, name, type, spec);
  }
  trigger.spec = spec;
  // The answer names the type once more, and gives a GitHub credential back (cloudfunctions.md §7.3).
  return content({ ...show(call, trigger), triggerType: type, ...credentialOf(call) });
}

/** `POST P/triggers/{triggerName}`: the id is the trigger's own activation (cloudfunctions.md §7.7). */
export function fireTrigger(call: Call, name: string): Reply {
  const trigger = requireTrigger(call, name);
  const parameters = readParameters(call.request.body, 80511);
  if (trigger.links.size === 0) throw refuse(80512);
  const { activationId } = fire(call.state, call.scope, trigger, parameters, call.now, 'now');
  return content({ activationId });
}

/** `DELETE P/triggers/{triggerName}` (cloudfunctions.md §7.8). */
export function deleteTrigger(call: Call, name: string): Reply {
  requireTrigger(call, name);
  call.scope.triggers.delete(name);
  return emptyReply(204);
}

/** `POST P/triggers/{triggerName}/link-action` (cloudfunctions.md §8.1). */
export function linkAction(call: Call, name: string): Reply {
  const trigger = requireTrigger(call, name);
  const { pkg, action } = readLink(call);
  requireAction(call, pkg, action);
  const path = actionPath(pkg, action);
  if (trigger.links.has(path)) throw refuseUnlisted('duplicatedRule');
  if (trigger.links.size >= maxLinks) throw refuseUnlisted('triggerLinkLimit');
  const linked = [...call.scope.triggers.values()].filter(({ links }) => links.has(path)).length;
  if (linked >= maxLinks) throw refuseUnlisted('actionLinkLimit');
  trigger.links.add(path);
  const { namespace } = call.state;
  return content({
    action: { name: action, path: pkg === noPackage ? namespace : `${namespace}/${pkg}` },
    trigger: { name, path: namespace },
    namespace,
    status: 'active',
  });
}

/** `DELETE P/triggers/{triggerName}/link-action`, with a body (cloudfunctions.md §8.2). */
export function unlinkAction(call: Call, name: string): Reply {
  const trigger = requireTrigger(call, name);
  const { pkg, action } = readLink(call);
  requireAction(call, pkg, action);
  if (!trigger.links.delete(actionPath(pkg, action))) throw refuse(80900);
  return emptyReply(204);
}

function readLink({ request, version }: Call): { readonly pkg: string; readonly action: string } {
  const body = tryParse(request.body.toString('utf8'));
  if (!isObject(body)) throw refuse(80520);
  const action = body['action'] ?? undefined;
  const pkg = body['package'] ?? (version === 'v2.1' ? noPackage : undefined);
  if (action === undefined || pkg === undefined) throw refuse(80521);
  if (typeof action !== 'string' || typeof pkg !== 'string') throw refuse(80520);
  // The page of v2.1 prints {"action":"hsh/act-01","package":"-"}.
  const slash = action.indexOf('/');
  if (pkg !== noPackage || slash === -1) return { pkg, action };
  return { pkg: action.slice(0, slash), action: action.slice(slash + 1) };
}

function typeOfQuery({ request, version }: Call): TriggerType {
  const given = queryValue(request, 'type');
  const type = triggerTypes.find((candidate) => candidate === given);
  if (type === undefined || (version === 'v2.0' && type === 'secret_manager')) throw refuse(80503);
  return type;
}

function show({ version }: Call, trigger: Trigger): JsonObject {
  const { name, type, resourceId, spec } = trigger;
  const actions = Array.from(trigger.links, (path) => path.replace(/^-\//, ''));
  const execOption: Json = version === 'v2.1' ? spec.options : olderOptions(trigger);
  return { actions, description: spec.description, execOption, name, parameters: spec.parameters, resourceId, type };
}

/** v2.0: one object around the options, and `cron` for `cronOption` (cloudfunctions.md §7.2). */
function olderOptions({ spec }: Trigger): JsonObject {
  const value = spec.options.map((option) => ({ ...option, key: option.key === 'cronOption' ? 'cron' : option.key }));
  return { key: 'ncf_triggerOptions', value };
}

/** The GitHub credential as it was given: `credential`, in v2.0 `credentials` inside `trigger`. */
function credentialOf({ request, version }: Call): JsonObject {
  const body = tryParse(request.body.toString('utf8'));
  if (!isObject(body)) return {};
  const name = version === 'v2.1' ? 'credential' : 'credentials';
  const holder = version === 'v2.1' ? body : body['trigger'];
  const credential = isObject(holder) ? holder[name] : undefined;
  return isObject(credential) ? { [name]: asJsonObject(credential) } : {};
}
