import { DataStreamState } from './datastream/state.ts';
import { addDataStreamSamples } from './datastream/sample.ts';
import { addExtraGroups } from './easyqueue/extraGroups.ts';
import { addEasyQueueSamples } from './easyqueue/sample.ts';
import { EasyQueueState } from './easyqueue/state.ts';
import { addFunctionSamples } from './functions/sample.ts';
import type { Runtimes } from './functions/runs/runtimes.ts';
import { FunctionsState } from './functions/state.ts';
import { alphanumeric, seededRandom } from './random.ts';
import type { Random } from './random.ts';
import type { NaverRole, NhnRole } from './roles.ts';
import type { Timings } from './timings.ts';
import { createTokens } from './tokens.ts';
import type { Tokens } from './tokens.ts';

/** The emulated clouds, for tests that change facts behind a client's back. */
export interface World {
  /** The emulator's clock, ms since the epoch; never goes back. */
  readonly now: () => number;
  /** Topics and connectors of the NAVER account. */
  readonly dataStream: DataStreamState;
  /** Packages, actions, triggers of the NAVER account. */
  readonly functions: FunctionsState;
  /** Topics and consumer groups of the NHN project. */
  readonly easyQueue: EasyQueueState;
  /** NHN tokens: `revokeAll()` ends them. */
  readonly tokens: Tokens;
  /** What the NAVER keys may do. */
  naverRole: NaverRole;
  /** What the NHN key may do in the project. */
  nhnRole: NhnRole;
  /** The servers' clock is so many ms ahead of the emulator's: seen in `Date` and in the five-minute window. */
  clockSkewMs: number;
}

/** What the world is made from. */
export interface WorldOptions {
  readonly seed: number;
  /** Where keys and tokens of a purpose are drawn from. */
  readonly secretsFor: (purpose: string) => Random;
  readonly now: () => number;
  readonly timings: Timings;
  readonly extraTopics: number;
  readonly extraGroups: number;
  /** Seconds between two EasyQueue statistics values, whatever the range; by the range without it. */
  readonly statisticsStepSeconds?: number;
  readonly hasSamples: boolean;
  /** Messages each partition of Data Stream keeps, however large; the latest 100 of some size without it. */
  readonly keptMessages?: number;
  /** Runs actions for real; every run is an echo without it. */
  readonly runtimes: Runtimes | undefined;
}

/** Builds the world; the same seed and clock give the same one. */
export function createWorld(options: WorldOptions): World {
  const { seed, secretsFor, now, timings, extraTopics, extraGroups, statisticsStepSeconds, hasSamples, keptMessages, runtimes } = options;
  const random = (purpose: string): Random => seededRandom(seed, purpose);
  const kept = keptMessages === undefined ? undefined : { messages: keptMessages, size: Number.POSITIVE_INFINITY };
  // The documents' own sample prefix, so that a first look meets what it knows.
  const dataStream = new DataStreamState('h4j6l-', random('dataStream'), now, kept);
  const appKey = random('appKey').text(16, alphanumeric);
  const easyQueue = new EasyQueueState(appKey, random('easyQueue'), now, timings.deletionMs, statisticsStepSeconds);
  const functions = new FunctionsState(random('functions'), now, runtimes);
  const tokens = createTokens(secretsFor('tokens'), now, timings.tokenLifeMs);
  if (hasSamples) {
    const start = now();
    addDataStreamSamples(dataStream, start);
    addEasyQueueSamples(easyQueue, random('easyQueueSamples'), start);
    addFunctionSamples(functions, random('functionSamples'), start);
  }
  easyQueue.addExtraTopics(extraTopics);
  addExtraGroups(easyQueue, random('easyQueueExtraGroups'), extraGroups, now());
  return { now, dataStream, functions, easyQueue, tokens, naverRole: 'manager', nhnRole: 'ADMIN', clockSkewMs: 0 };
}
