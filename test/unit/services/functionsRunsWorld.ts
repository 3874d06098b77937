import type { TestContext } from 'node:test';

import { FunctionsClient } from '../../../src/api/functions/client.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/emulator.ts';
import type { Lane, NaverAccount } from '../../../src/model/account.ts';
import { CancelledError } from '../../../src/model/cloudError.ts';
import type { ActionTarget, FunctionsPlace } from '../../../src/services/functions/context.ts';
import type { RunFlowDeps } from '../../../src/services/functions/runs/runFlow.ts';
import { RunStore } from '../../../src/services/functions/runs/runStore.ts';
import { naverAccount } from '../../support/accounts.ts';
import { type Answer, ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import { connect } from '../api/support.ts';

/** The emulated Cloud Functions, whose time passes while somebody waits. */
export interface RunsWorld {
  readonly emulator: Emulator;
  readonly account: NaverAccount;
  readonly place: FunctionsPlace;
  readonly client: FunctionsClient;
  readonly runs: RunStore;
  readonly prompts: ScriptedPrompts;
  readonly deps: RunFlowDeps;
  readonly said: string[];
  readonly errors: unknown[];
  readonly waits: number[];
  /** Titles of what ran under a progress; `cancel` is called with each. */
  readonly titles: string[];
  /** Milliseconds since the epoch; passes only while somebody waits. */
  now(): number;
}

/** How a world differs from the usual. */
export interface RunsWorldOptions {
  readonly answers?: readonly Answer[];
  readonly lane?: Lane;
  readonly emulator?: EmulatorOptions;
  /** Whether the user presses Cancel under a progress with this title, and on which wait. */
  readonly cancels?: (title: string) => 'at once' | 'while waiting' | undefined;
}

/** Starts an emulator with the sample actions; an activation can be read 30 seconds after its run. */
export async function runsWorld(t: TestContext, { answers = [], lane = { stage: 'dev', access: 'full' }, emulator: options = {}, cancels }: RunsWorldOptions = {}): Promise<RunsWorld> {
  let skipped = 0;
  const now = (): number => Date.now() + skipped;
  const emulator = await startEmulator({ clock: now, timings: { activationGapMs: 30_000 }, ...options });
  t.after(() => emulator.close());
  const { naver } = emulator.credentials;
  const account = naverAccount({ endpoints: naver, lane });
  const { connection } = connect(t, account, { keyId: naver.accessKeyId, secret: naver.secretKey }, { now });
  const client = new FunctionsClient(connection, 'KR');
  const runs = new RunStore();
  const prompts = new ScriptedPrompts(...answers);
  const said: string[] = [];
  const errors: unknown[] = [];
  const waits: number[] = [];
  const titles: string[] = [];
  let waiting: AbortController | undefined;
  const deps: RunFlowDeps = {
    client: () => Promise.resolve(client),
    runs, prompts, now,
    account: (id) => (id === account.id ? account : undefined),
    log: { error: (_, error) => errors.push(error) },
    say: (message) => said.push(message),
    wait: async (ms, signal) => {
      waiting?.abort();
      if (signal?.aborted === true) throw new CancelledError();
      waits.push(ms);
      skipped += ms;
      await Promise.resolve();
    },
    progress: async (title, work) => {
      titles.push(title);
      const controller = new AbortController();
      const when = cancels?.(title);
      if (when === 'while waiting') waiting = controller;
      const working = work(controller.signal);
      if (when === 'at once') controller.abort();
      return working;
    },
  };
  const place: FunctionsPlace = { account, region: 'KR', title: 'Cloud Functions · KR' };
  return { emulator, account, place, client, runs, prompts, deps, said, errors, waits, titles, now };
}

/** Creates a Node.js action from its code. */
export async function addAction({ client, place }: RunsWorld, name: string, code: string, changes: { readonly timeoutMs?: number; readonly type?: string } = {}): Promise<ActionTarget> {
  await client.putAction({
    name, pkg: '-', description: '', runtime: 'nodejs:22', type: 'basic', parameters: {}, isRawHttp: undefined, hasCustomOptions: undefined, code, isBinary: false,
    main: 'main', imageUri: undefined, components: [], memoryMb: 128, timeoutMs: 10_000, vpc: [{ vpcNo: 1, subnetNo: 2 }], ...changes,
  });
  return { place, pkg: '-', name };
}
