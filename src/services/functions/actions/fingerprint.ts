import { createHash } from 'node:crypto';

import type { ActionDetail } from '../../../model/functions.ts';

/** Tells whether what an action runs is what it was: a short text made of its code, its runtime and its entry. No code can be got back from it. */
export function fingerprint({ runtime, main, isBinary, code, imageUri, components }: Pick<ActionDetail, 'runtime' | 'main' | 'isBinary' | 'code' | 'imageUri' | 'components'>): string {
  const exec = [runtime, main, isBinary ?? false, imageUri, components];
  return createHash('sha256').update(JSON.stringify(exec)).update('\0').update(code ?? '').digest('hex').slice(0, 32);
}
