import { parseTree } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';

/** Names of values that let somebody in. The name of a secret, or of a link, is none. */
const IS_CREDENTIAL = /(token|secret|credential|password|authorization|api-?key)(?!.*(name|link)$)/i;

/** What below such a name lets nobody in: a `username`. */
const IS_NAME = /(name|link)$/i;

const MASK = '"***"';

/** What stands in the place of a value. */
interface Place {
  readonly node: Node;
  readonly mask: string;
}

/**
 * A service's answer with what lets somebody in replaced by asterisks, and every other character as it came: a GitHub trigger's access
 * token is repeated (cloudfunctions.md §7.3). Both `"accessToken": "…"` and `{"key": "accessToken", "value": "…"}` are found, all that stands
 * below such a name, and what stands in a text that is JSON itself.
 */
export function maskCredentials(json: string): string {
  const tree = parseTree(json);
  if (tree === undefined) return json;
  const places: Place[] = [];
  collect(tree, false, places);
  let masked = json;
  for (const { node: { offset, length }, mask } of places.toSorted((a, b) => b.node.offset - a.node.offset)) {
    masked = `${masked.slice(0, offset)}${mask}${masked.slice(offset + length)}`;
  }
  return masked;
}

function collect(node: Node, isCredential: boolean, places: Place[]): void {
  const { type, children = [] } = node;
  if (type === 'object') {
    const pairs = children.flatMap(({ children: [key, value] = [] }) => (key === undefined || value === undefined ? [] : [{ name: nameOf(key), value }]));
    const named = pairs.find(({ name, value }) => name === 'key' && IS_CREDENTIAL.test(nameOf(value)));
    for (const { name, value } of pairs) collect(value, (isCredential && !IS_NAME.test(name)) || IS_CREDENTIAL.test(name) || (named !== undefined && name === 'value'), places);
    return;
  }
  if (type === 'array') {
    for (const child of children) collect(child, isCredential, places);
    return;
  }
  if (isCredential && (type === 'string' || type === 'number')) places.push({ node, mask: MASK });
  if (isCredential || type !== 'string') return;
  const text = nameOf(node);
  const masked = /^\s*[[{]/.test(text) ? maskCredentials(text) : text;
  if (masked !== text) places.push({ node, mask: JSON.stringify(masked) });
}

function nameOf({ value }: Node): string {
  const name: unknown = value;
  return typeof name === 'string' ? name : '';
}
