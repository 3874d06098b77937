import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import { ifThere } from '../../../model/cloudError.ts';
import type { ActionName } from '../../../model/functions.ts';
import { lookAtEach } from '../../deletion.ts';
import { isSameAction, linkedAmong } from '../triggers/linkedName.ts';

/** Which triggers run which actions. */
export type LinkedTriggers = (action: ActionName) => readonly string[];

/** Names that one sentence lists. */
const MOST_LISTED = 10;

/**
 * Reads which triggers are linked to some actions. Only a trigger tells its links, so each one is read.
 * @throws CloudError where one of them cannot be read
 */
export async function readLinkedTriggers(
  client: Pick<FunctionsClient, 'listTriggers' | 'getTrigger'>, actions: readonly ActionName[], signal: AbortSignal,
): Promise<LinkedTriggers> {
  if (actions.length === 0) return () => [];
  const triggers = await lookAtEach(await client.listTriggers(signal), ({ name }) => ifThere(client.getTrigger(name, signal)));
  const links = triggers.map((trigger) => ({ name: trigger.name, to: trigger.actions.flatMap((text) => linkedAmong(text, actions) ?? []) }));
  return (action) => links.filter(({ to }) => to.some((one) => isSameAction(one, action))).map(({ name }) => name);
}

/** Says which triggers are linked to one action; undefined where none is. */
export function linkedText(triggers: readonly string[]): string | undefined {
  if (triggers.length === 0) return undefined;
  return triggers.length === 1
    ? l10n.t('Trigger "{0}" is linked to it.', triggers.join())
    : l10n.t('{0} triggers are linked to it: {1}', triggers.length, listed(triggers));
}

/** Names as people read a list; a long one is cut, and says by how much. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_LISTED);
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [l10n.t('and {0} more', more)] : [])].join(', ');
}
