import type { ActionTarget, FunctionsDeps } from '../context.ts';
import { bind, whereOf } from './deployBinding.ts';
import type { FileAddress } from './deployBinding.ts';
import { fingerprint } from './fingerprint.ts';

/** Remembers that a file or folder is deployed to an action, whose code is this now; what shows on the file follows. */
export async function remember(
  uri: FileAddress, { place: { account, region }, pkg, name }: ActionTarget, exec: Parameters<typeof fingerprint>[0], { state, runs }: Pick<FunctionsDeps, 'state' | 'runs'>,
): Promise<void> {
  await bind(uri, { accountId: account.id, region, pkg, name, where: whereOf(account, region), seen: fingerprint(exec) }, state);
  runs.bound();
}
