/** What one comparison came to: both sides measured in turns, in one run. */
export interface Comparison {
  readonly name: string;
  /** Median milliseconds of one run of ours. */
  readonly oursMs: number;
  /** Median milliseconds of one run of the bare counterpart. */
  readonly bareMs: number;
}

/** Something to measure: one run of it. */
export type Run = () => unknown;

/**
 * Runs both sides in turns, so that whatever else the machine does hits both alike, and takes the medians.
 * @param rounds how often each side runs
 * @param warmUps so many more of each go before, and are not counted
 */
export async function compare(
  name: string,
  sides: { readonly ours: Run; readonly bare: Run },
  rounds: number,
  warmUps = 2,
): Promise<Comparison> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = -warmUps; round < rounds; round += 1) {
    // The side that goes first changes with the round.
    const order = round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const);
    for (const side of order) {
      const startedAt = performance.now();
      await sides[side]();
      const elapsed = performance.now() - startedAt;
      if (round >= 0) (side === 'ours' ? ours : bare).push(elapsed);
    }
  }
  return { name, oursMs: median(ours), bareMs: median(bare) };
}

/** One line: the ratio first, since it alone holds on another machine. */
export function line({ name, oursMs, bareMs }: Comparison): string {
  return `${(oursMs / bareMs).toFixed(2).padStart(6)} ×  ${name}  (${oursMs.toFixed(3)} ms against ${bareMs.toFixed(3)} ms)`;
}

/** The same of a run that sends so many messages: how many times as fast ours is, and how many a second both send. */
export function throughput({ name, oursMs, bareMs }: Comparison, count: number): string {
  const perSecond = (ms: number): string => Math.round((count * 1_000) / ms).toLocaleString('en');
  return `${(bareMs / oursMs).toFixed(2).padStart(6)} × the throughput  ${name}  (${perSecond(oursMs)}/s against ${perSecond(bareMs)}/s)`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
