import { hash } from 'node:crypto';

/**
 * Random bytes that are the same for the same seed and names, in hex: 32 of them. Nothing secret rests on them; they only have to differ.
 * @param names what they are for, e.g. the number of the message
 */
export function randomHex(seed: string, ...names: readonly (string | number)[]): string {
  return hash('sha256', `${seed}\n${names.join('\n')}`, 'hex');
}

/** A UUID of version 4 (RFC 9562) made of random bytes in hex. */
export function uuidOf(hex: string): string {
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A whole number from `low` to `high`, both included, of 32 random bytes in hex. Among 2^256, one more or less likely cannot be noticed. */
export function integerOf(hex: string, low: bigint, high: bigint): bigint {
  return low + (BigInt(`0x${hex}`) % (high - low + 1n));
}
