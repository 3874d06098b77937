import type { ChartTheme } from './palette.ts';

/** What words are measured with. */
type Measure = Pick<CanvasRenderingContext2D, 'save' | 'restore' | 'font' | 'measureText'>;

/**
 * The font of the words on axes.
 * @param ratio canvas pixels for one CSS pixel, where it is written into a canvas
 */
export function fontOf(theme: ChartTheme, ratio = 1): string {
  return `${theme.fontPx * ratio}px ${theme.fontFamily}`;
}

/**
 * Room for the widest word of an axis of values; the same for most charts, so that those above each other begin at one line. CSS pixels.
 * @param words null while the axis has none
 */
export function axisWidth(context: Measure, words: readonly string[] | null, theme: ChartTheme): number {
  return Math.max(56, Math.ceil(Math.max(0, ...widthsOf(context, words ?? [], theme))) + 12);
}

/** Room right of the values for half of the longest clock: the last mark may stand at the very edge. CSS pixels. */
export function endRoom(context: Measure, theme: ChartTheme): number {
  const [width = 0] = widthsOf(context, ['00:00:00'], theme);
  return Math.max(14, Math.ceil(width / 2) + 2);
}

/**
 * Words of the marks of time without the lines that would be cut off: a day with its zone is longer than any clock.
 * @param roomAt CSS pixels from the middle of the word at this place to where the drawing ends
 */
export function fitting(context: Measure, words: readonly string[], theme: ChartTheme, roomAt: (index: number) => number): string[] {
  return words.map((word, index) => {
    const lines = word.split('\n');
    const widths = widthsOf(context, lines, theme);
    return lines.filter((_, line) => (widths[line] ?? 0) / 2 <= roomAt(index)).join('\n');
  });
}

function widthsOf(context: Measure, words: readonly string[], theme: ChartTheme): readonly number[] {
  context.save();
  context.font = fontOf(theme);
  const widths = words.map((word) => context.measureText(word).width);
  context.restore();
  return widths;
}
