/**
 * An event as JSON, with its array buffers as text: `{ "$buffer": "base64" }`. The page makes buffers of them again.
 * In the editor they cross as they are.
 */
export function wired(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return { $buffer: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(wired);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, wired(each)]));
}
