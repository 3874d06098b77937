import type { EditableType, Snapshot } from '../../../documents/documentType.ts';
import type { FunctionsPackageDetail } from '../../../model/functions.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import { packageFieldOf } from '../refusals.ts';
import { keysOf } from '../resources.ts';
import { clientOf } from './documentClient.ts';
import type { FunctionsDocumentContext } from './documentClient.ts';
import { asDocumentObject, descriptionField, descriptionIn, parametersField, parametersIn } from './fieldChecks.ts';
import { identityOf } from './identity.ts';
import { readBack } from './readBack.ts';

/** How a package is changed: its description and the parameters all its actions get (cloudfunctions.md §4.3). */
export function packageEditing(context: FunctionsDocumentContext): EditableType {
  return {
    fields: [descriptionField(), parametersField()],
    isPrivate: true,
    read: async (ref, signal) => snapshotOf(ref, await (await clientOf(ref, context)).getPackage(keysOf(ref).first, signal), context),
    update: async (ref, remote, values, signal) => {
      const before = remote.state as FunctionsPackageDetail;
      const client = await clientOf(ref, context);
      const wanted: FunctionsPackageDetail = {
        ...before,
        description: descriptionIn(values, remote.values, before.description),
        parameters: parametersIn(values, remote.values, before.parameters),
      };
      await client.putPackage({ name: before.name, description: wanted.description, parameters: wanted.parameters }, signal);
      return readBack(async () => snapshotOf(ref, await client.getPackage(before.name, signal), context), snapshotOf(ref, wanted, context));
    },
    fieldOf: packageFieldOf,
  };
}

function snapshotOf(ref: ResourceRef, detail: FunctionsPackageDetail, context: FunctionsDocumentContext): Snapshot {
  const values = { description: detail.description ?? '', parameters: asDocumentObject(detail.parameters) };
  return { values, state: detail, identity: identityOf(ref, detail, context) };
}
