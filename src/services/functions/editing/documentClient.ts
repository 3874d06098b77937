import type { FunctionsClient } from '../../../api/functions/client.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import type { FunctionsDeps } from '../context.ts';
import { keysOf } from '../resources.ts';

/** What the documents of Cloud Functions need. */
export type FunctionsDocumentContext = Pick<FunctionsDeps, 'client' | 'format' | 'now' | 'prompts' | 'account' | 'versionsFolder'>;

/** The client for the region of a resource. @throws CloudError `notFound` where the reference names nothing */
export async function clientOf(ref: ResourceRef, { client }: Pick<FunctionsDocumentContext, 'client'>): Promise<FunctionsClient> {
  return client(ref.accountId, keysOf(ref).region);
}
