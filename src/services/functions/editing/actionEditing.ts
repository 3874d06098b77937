import type { DocumentValue, DocumentValues, EditableType, Snapshot } from '../../../documents/documentType.ts';
import { isList, isObjectValue, isSameMember } from '../../../documents/values.ts';
import type { ActionDetail, ActionVpc } from '../../../model/functions.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import { actionFieldOf } from '../refusals.ts';
import { keysOf } from '../resources.ts';
import { actionFields, checkAction } from './actionFields.ts';
import { clientOf } from './documentClient.ts';
import type { FunctionsDocumentContext } from './documentClient.ts';
import { asDocumentObject, descriptionIn, parametersIn } from './fieldChecks.ts';
import { identityOf } from './identity.ts';
import { keepBefore } from './keeping.ts';
import { readBack } from './readBack.ts';
import { isSameExec } from './versions.ts';
import { isSequence, isWeb, readWholeAction } from './wholeAction.ts';

/** How the settings of an action are changed: all but its type, its runtime and its code, which go back as they were read (cloudfunctions.md §5.3). */
export function actionEditing(context: FunctionsDocumentContext): EditableType {
  const read = async (ref: ResourceRef, signal?: AbortSignal): Promise<Snapshot> => {
    const { first: pkg, second: name } = keysOf(ref);
    return snapshotOf(ref, await readWholeAction(await clientOf(ref, context), { pkg, name }, signal), context);
  };
  return {
    fields: actionFields(context.format),
    isPrivate: true,
    checkTogether: checkAction,
    read,
    update: async (ref, remote, values, signal) => {
      const before = remote.state as ActionDetail;
      const wanted = changed(before, remote.values, values);
      const client = await clientOf(ref, context);
      // Another entry point, image or order of a sequence runs something else: "Undo Last Deploy" brings it back.
      if (!isSameExec(before, wanted)) await keepBefore(ref, before, context);
      await client.putAction(wanted, signal);
      return readBack(() => read(ref, signal), snapshotOf(ref, wanted, context));
    },
    fieldOf: actionFieldOf,
  };
}

/** What can be changed of an action. What a kind of action has not is not there; what the service did not tell, neither. */
function snapshotOf(ref: ResourceRef, action: ActionDetail, context: FunctionsDocumentContext): Snapshot {
  const ofWeb: DocumentValues = isWeb(action) ? { isRawHttp: action.isRawHttp ?? false, hasCustomOptions: action.hasCustomOptions ?? false } : {};
  const ofSequence: DocumentValues = isSequence(action) ? { components: action.components } : {};
  return {
    values: withoutUnknown({
      description: action.description ?? '',
      memoryMb: action.memoryMb,
      timeoutMs: action.timeoutMs,
      main: isSequence(action) ? undefined : action.main,
      imageUri: action.imageUri,
      ...ofSequence,
      parameters: asDocumentObject(action.parameters),
      vpc: action.vpc.length === 0 ? undefined : action.vpc.map(vpcValue),
      ...ofWeb,
    }),
    state: action,
    identity: identityOf(ref, action, context),
  };
}

/** The action with the fields as given. A field that says what it said goes back as it was read, whatever that was. */
function changed(before: ActionDetail, remote: DocumentValues, values: DocumentValues): ActionDetail {
  const at = <T>(name: string, asRead: T, convert: (value: DocumentValue) => T): T => {
    const value = values[name] ?? undefined;
    return value === undefined || isSameMember(value, remote[name]) ? asRead : convert(value);
  };
  return {
    ...before,
    description: descriptionIn(values, remote, before.description),
    parameters: parametersIn(values, remote, before.parameters),
    memoryMb: at('memoryMb', before.memoryMb, (value) => (typeof value === 'number' ? value : before.memoryMb)),
    timeoutMs: at('timeoutMs', before.timeoutMs, (value) => (typeof value === 'number' ? value : before.timeoutMs)),
    main: at('main', before.main, (value) => (typeof value === 'string' ? value : before.main)),
    imageUri: at('imageUri', before.imageUri, (value) => (typeof value === 'string' ? value : before.imageUri)),
    components: at('components', before.components, (value) => (isList(value) ? value.filter((one) => typeof one === 'string') : before.components)),
    vpc: at('vpc', before.vpc, (value) => (isList(value) ? value.map(vpcOf) : before.vpc)),
    isRawHttp: at('isRawHttp', before.isRawHttp, (value) => value === true),
    hasCustomOptions: at('hasCustomOptions', before.hasCustomOptions, (value) => value === true),
  };
}

function vpcValue({ vpcNo, subnetNo }: ActionVpc): DocumentValue {
  return withoutUnknown({ vpcNo, subnetNo });
}

function vpcOf(value: DocumentValue): ActionVpc {
  const numberAt = (name: string): number | undefined => {
    const member = isObjectValue(value) ? value[name] : undefined;
    return typeof member === 'number' ? member : undefined;
  };
  return { vpcNo: numberAt('vpcNo'), subnetNo: numberAt('subnetNo') };
}

function withoutUnknown(values: Readonly<Record<string, DocumentValue | undefined>>): DocumentValues {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]): [string, DocumentValue][] => (value === undefined ? [] : [[name, value]])));
}
