import type { Finding } from '../accounts/testConnection.ts';
import type { Connection } from '../api/connection.ts';
import type { Account, AccountSecrets } from '../model/account.ts';
import type { ConnectionSource } from './deps.ts';

/** One place to try: its name, and a read that gives a fact worth telling. */
export interface Probe {
  readonly target: string;
  readonly read: (connection: Connection) => Promise<string>;
}

/** Tries all places of an account at the same time over one connection, and ends the connection. Never throws. */
export async function runProbes(
  source: ConnectionSource,
  account: Account,
  secrets: AccountSecrets,
  probes: readonly Probe[],
): Promise<readonly Finding[]> {
  if (probes.length === 0) return [];
  const connection = await source.tryOut(account, secrets);
  const results = await Promise.all(
    probes.map(async ({ target, read }): Promise<Finding> => {
      try {
        return { target, error: undefined, detail: await read(connection) };
      } catch (error) {
        return { target, error, detail: undefined };
      }
    }),
  );
  await connection.dispose();
  return results;
}
