import { DEFAULT_PACKAGE } from '../../../model/functions.ts';
import type { ActionName } from '../../../model/functions.ts';

/**
 * The action a trigger is linked to, of however it is written: `action`, `package/action`, `-/action`, `/namespace/action` or
 * `/namespace/package/action`. Which of them the service uses is not documented for actions in a package (cloudfunctions.md §7.2).
 * Undefined where it is none of these.
 */
export function linkedAction(text: string): ActionName | undefined {
  const isAbsolute = text.startsWith('/');
  const parts = (isAbsolute ? text.slice(1) : text).split('/');
  if (parts.includes('')) return undefined;
  // An absolute name begins with the namespace, and so does one of three parts.
  const [pkg = DEFAULT_PACKAGE, name, ...more] = padded(isAbsolute || parts.length === 3 ? parts.slice(1) : parts);
  return name === undefined || more.length > 0 ? undefined : { pkg, name };
}

/**
 * The same where the actions there are have been read: a name alone may be that of an action in a package, as long as there is one only.
 */
export function linkedAmong(text: string, actions: readonly ActionName[]): ActionName | undefined {
  const action = linkedAction(text);
  if (action?.pkg !== DEFAULT_PACKAGE || actions.some((one) => isSameAction(one, action))) return action;
  const [found, ...others] = actions.filter(({ name }) => name === action.name);
  return found !== undefined && others.length === 0 ? { pkg: found.pkg, name: found.name } : action;
}

/** As people read it: `package/action`, and the name alone without a package. */
export function linkedText({ pkg, name }: ActionName): string {
  return pkg === DEFAULT_PACKAGE ? name : `${pkg}/${name}`;
}

/** Whether two names are of one action. */
export function isSameAction(a: ActionName, b: ActionName): boolean {
  return a.pkg === b.pkg && a.name === b.name;
}

function padded(parts: readonly string[]): readonly string[] {
  return parts.length === 1 ? [DEFAULT_PACKAGE, ...parts] : parts;
}
