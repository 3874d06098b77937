/** What the values count, for axis and words. */
export type SeriesUnit = 'bytesPerSecond' | 'messagesPerSecond' | 'messages' | 'bytes' | 'milliseconds' | 'count';

/** One line of a chart. */
export interface SeriesLine {
  /** Tells it from the others, and stays over reads: hiding it is remembered by it. */
  readonly key: string;
  /** For the legend: "billing", "Partition 3". */
  readonly label: string;
  /** 64-bit floats, as many as {@link SeriesTable.times}; NaN is a gap. */
  readonly values: ArrayBuffer;
}

/**
 * Lines over one time axis, reduced to what a chart of the page's width can show: of each slice of time the smallest and the largest value,
 * in their order. Where it was not reduced, these are the values as they were read.
 */
export interface SeriesTable {
  readonly unit: SeriesUnit;
  /** What was asked for, Unix milliseconds; the axis shows it even where nothing was recorded. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Seconds between two values, as the service said. */
  readonly stepSeconds: number | undefined;
  /** 64-bit floats, Unix seconds, rising. */
  readonly times: ArrayBuffer;
  readonly lines: readonly SeriesLine[];
  /** Points of one line before it was reduced. */
  readonly pointCount: number;
  readonly isReduced: boolean;
}
