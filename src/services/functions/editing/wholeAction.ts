import type { FunctionsClient } from '../../../api/functions/client.ts';
import type { ActionDetail, ActionName } from '../../../model/functions.ts';

/**
 * An action with all that has to go back with a change: it is what a PUT takes, too. The documents do not say that the newer API tells its type there
 * (cloudfunctions.md §5.2), and a PUT without one would mean `basic`: the list tells it.
 * @throws CloudError `notFound` where it is gone; CancelledError
 */
export async function readWholeAction(client: FunctionsClient, { pkg, name }: ActionName, signal?: AbortSignal): Promise<ActionDetail> {
  const detail = await client.getAction(pkg, name, signal);
  if (detail.type !== undefined) return detail;
  const row = (await client.listActions(pkg, signal)).find((one) => one.name === name);
  return { ...detail, type: row?.type };
}

/** Whether an action runs others in order. */
export function isSequence({ runtime, type }: Pick<ActionDetail, 'runtime' | 'type'>): boolean {
  return runtime === 'sequence' || type === 'sequence' || type === 'sequence-web';
}

/** Whether an action can be called over HTTP. */
export function isWeb({ type }: Pick<ActionDetail, 'type'>): boolean {
  return type === 'web' || type === 'sequence-web';
}
