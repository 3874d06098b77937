import { spawn } from 'node:child_process';
import { once } from 'node:events';

import type { AccountSecrets } from '../../../src/model/account.ts';

/** How a script ended. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a script as a user would, with nothing but these variables set. */
export async function bash(script: string, variables: Readonly<Record<string, string>>): Promise<Ran> {
  const child = spawn('bash', ['-s'], { env: { PATH: process.env['PATH'], ...variables }, stdio: ['pipe', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  child.stdin.end(script);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...texts };
}

/** The variables a script of a NAVER account reads. */
export const naverKeys = ({ keyId, secret }: AccountSecrets): Record<string, string> => ({ NCLOUD_ACCESS_KEY: keyId, NCLOUD_SECRET_KEY: secret });
/** The variables a script of an NHN account reads. */
export const nhnKeys = ({ keyId, secret }: AccountSecrets): Record<string, string> => ({ NHN_USER_ACCESS_KEY_ID: keyId, NHN_SECRET_ACCESS_KEY: secret });
