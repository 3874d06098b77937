import type { TestContext } from 'node:test';

import { FunctionsClient } from '../../../src/api/functions/client.ts';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import type { Account, FunctionsRegion, NaverAccount } from '../../../src/model/account.ts';
import { createFormatter } from '../../../src/model/format.ts';
import type { ResourceRef } from '../../../src/model/resource.ts';
import { problemOf, problemText } from '../../../src/model/problem.ts';
import { RunStore } from '../../../src/services/functions/runs/runStore.ts';
import { connect, naver } from '../api/support.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';

/** How a world differs from the usual. */
export interface TriggerSetting extends Partial<Pick<NaverAccount, 'zone' | 'platform' | 'lane'>> {
  readonly region?: FunctionsRegion;
}

/** Saturday, 23 November 2024, 12:34:56 in Korea. */
export const NOW = Date.parse('2024-11-23T12:34:56+09:00');

/** Cloud Functions of its own with its samples, and a user who answers by script. */
export async function triggersWorld(t: TestContext, answers: readonly Answer[] = [], { region = 'KR', ...changes }: TriggerSetting = {}) {
  const emulator = await startEmulator({ runs: 'echo' });
  t.after(() => emulator.close());
  const { naver: keys } = emulator.credentials;
  const account: NaverAccount = naver(keys.cloudFunctions, changes);
  const { connection, log: requests } = connect(t, account, { keyId: keys.accessKeyId, secret: keys.secretKey });
  const client = new FunctionsClient(connection, region);
  const prompts = new ScriptedPrompts(...answers);
  const said: string[] = [];
  const readings: string[] = [];
  const titles: string[] = [];
  const reports: { what: string; text: string; account: string }[] = [];
  const logged: unknown[] = [];
  const changed: ResourceRef[] = [];
  /** Ends what runs under a progress. */
  const cancelling = new AbortController();
  const place = { account, region, title: 'Cloud Functions · KR' } as const;
  const deps = {
    prompts,
    client: () => Promise.resolve(client),
    account: (): Account => account,
    format: createFormatter('en'),
    now: () => NOW,
    runs: new RunStore(),
    say: (message: string): void => void said.push(message),
    log: { error: (_: string, error?: unknown): void => void logged.push(error) },
    report: (what: string, error: unknown, of: Account): void => {
      const problem = problemOf(error, { accountName: of.name });
      reports.push({ what, text: problem === undefined ? '' : problemText(problem), account: of.name });
    },
    changed: (refs: readonly ResourceRef[]): void => void changed.push(...refs),
    reading: <T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
      readings.push(title);
      return work(new AbortController().signal);
    },
    progress: <T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
      titles.push(title);
      return work(cancelling.signal);
    },
  };
  /** What the cloud was asked to change, in order. */
  const writes = (): readonly string[] => emulator.log
    .filter(({ method }) => method !== 'GET')
    .map(({ method, target }) => `${method} ${target.replace(/^(\/ncf)?\/api\/v2\//, '')}`);
  const scope = (): ReturnType<typeof emulator.world.functions.scope> => emulator.world.functions.scope(account.platform);
  return { emulator, account, client, place, deps, prompts, said, readings, titles, reports, logged, changed, writes, scope, requests, cancelling };
}
