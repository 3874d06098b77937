import { parseTree } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';

/** Names of values that let somebody in. The name of a secret, or of a link, is none. */
const IS_CREDENTIAL = /(token|secret|credential|password|authorization|api-?key)(?!.*(name|link)$)/i;

const MASK = '"***"';

/**
 * A service's answer with what lets somebody in replaced by asterisks, and every other character as it came: a GitHub trigger's access
 * token is repeated (cloudfunctions.md §7.3). Both `"accessToken": "…"` and `{"key": "accessToken", "value": "…"}` are found.
 */
export function maskCredentials(json: string): string {
  const tree = parseTree(json);
  if (tree === undefined) return json;
  const places: Node[] = [];
  collect(tree, false, places);
  let masked = json;
  for (const { offset, length } of places.toSorted((a, b) => b.offset - a.offset)) {
    masked = `${masked.slice(0, offset)}${MASK}${masked.slice(offset + length)}`;
  }
  return masked;
}

function collect(node: Node, isCredential: boolean, places: Node[]): void {
  const { type, children = [] } = node;
  if (type === 'object') {
    const pairs = children.flatMap(({ children: [key, value] = [] }) => (key === undefined || value === undefined ? [] : [{ name: nameOf(key), value }]));
    const named = pairs.find(({ name, value }) => name === 'key' && IS_CREDENTIAL.test(nameOf(value)));
    for (const { name, value } of pairs) collect(value, IS_CREDENTIAL.test(name) || (named !== undefined && name === 'value'), places);
    return;
  }
  if (type === 'array') {
    for (const child of children) collect(child, isCredential, places);
    return;
  }
  if (isCredential && (type === 'string' || type === 'number')) places.push(node);
}

function nameOf({ value }: Node): string {
  const name: unknown = value;
  return typeof name === 'string' ? name : '';
}
