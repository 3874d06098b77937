import type { Credentials } from '../../src/emulator/emulator.ts';

/** Environment variable that carries the {@link BenchWorld} into the extension host, as JSON. */
export const BENCH_WORLD = 'CLOUD_STREAMS_BENCH';

/** Topics in the list that is measured: the largest page there is. */
export const TOPICS = 3_000;

/** Where the emulator is, and a token for the bare side. */
export interface BenchWorld extends Credentials {
  readonly token: string;
  /** A cloud that has as many actions as there may be. */
  readonly functions: Credentials['naver'];
}
