import { line } from './compare.ts';
import { inChromium } from './inChromium.ts';

/** How often each side draws. */
const ROUNDS = 5;

const WORDS = {
  paint: 'First paint of 43,200 points × 20 lines, reduced and drawn',
  zoom: 'Zoom into a fifth of them, until something is seen',
  finer: 'Zoom into a fifth of them, until the finer data is drawn',
} as const;

const TABLE_WORDS = {
  paint: 'first paint of the lag table of 1,000 groups: ours against bare rows, cells and texts',
  refresh: 'the same table with other numbers in every row',
} as const;

/** One comparison as the page reports it; milliseconds are medians. */
interface Measured<W extends string> {
  readonly what: W;
  readonly against: string;
  readonly oursMs: number;
  readonly bareMs: number;
}

/**
 * Draws 43,200 points of 20 lines in Chromium, and zooms into a fifth of them: our charts, with all that is around them and the reduction the host
 * does before, against bare uPlot with all points, Chart.js and ECharts.
 * @returns a line for each comparison, the ratio first
 */
export async function chartRatios(): Promise<readonly string[]> {
  const measured = await inChromium<readonly Measured<keyof typeof WORDS>[]>('chartsInPage.js', `benchCharts(${String(ROUNDS)})`);
  return measured.map(({ what, against, oursMs, bareMs }) => line({ name: nameOf(what, against), oursMs, bareMs }));
}

/** Draws the consumer groups of a topic that has 1,000, and other numbers in all of them. @returns a line for each, the ratio first */
export async function lagTableRatios(): Promise<readonly string[]> {
  const measured = await inChromium<readonly Measured<keyof typeof TABLE_WORDS>[]>('lagTableInPage.js', `benchLagTable(${String(ROUNDS)})`);
  return measured.map(({ what, oursMs, bareMs }) => line({ name: TABLE_WORDS[what], oursMs, bareMs }));
}

function nameOf(what: keyof typeof WORDS, against: string): string {
  return `${WORDS[what]}, against ${against === 'uPlot' ? 'bare uPlot with all points' : against}`;
}
