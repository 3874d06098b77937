/** A colour as red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The colours of the editor that a chart is drawn with, as CSS writes them. */
export interface ChartTheme {
  readonly isHighContrast: boolean;
  readonly background: string;
  readonly foreground: string;
  /** Axes and their words. */
  readonly axis: string;
  readonly grid: string;
  readonly focus: string;
  /** Hues of the editor's charts, in the order lines take them. */
  readonly hues: readonly string[];
  /** Of bars: what went well, what did not, what nobody looked at. */
  readonly good: string;
  readonly bad: string;
  readonly quiet: string;
  readonly fontFamily: string;
  /** Of the words on axes, in CSS pixels. */
  readonly fontPx: number;
}

/** How one line is drawn. */
export interface LineLook {
  readonly color: string;
  /** Lengths of strokes and spaces in CSS pixels; empty is one stroke. */
  readonly dash: readonly number[];
}

/** No two lines of the first 36 look alike: six hues in six patterns. */
const DASHES: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [10, 3, 2, 3], [14, 4], [4, 2, 1, 2, 1, 2]];

/** What WCAG 1.4.11 asks of lines. */
const LINE_CONTRAST = 3;

/**
 * The look of the line at this place. Patterns begin beyond the last hue; in high contrast every line has one of its own from the second on,
 * since there the hues are what tells least.
 */
export function lineLook(index: number, theme: Pick<ChartTheme, 'hues' | 'isHighContrast' | 'foreground'>): LineLook {
  const count = theme.hues.length;
  const round = count === 0 ? index : Math.floor(index / count);
  const dash = theme.isHighContrast && count > 0 ? (index % count) + round : round;
  return { color: theme.hues[index % Math.max(1, count)] ?? theme.foreground, dash: DASHES[dash % DASHES.length] ?? [] };
}

/**
 * The colour without its opacity (the orange of most themes has a third of one), moved towards the foreground until lines of it can be told
 * from the background; as it was where one is no plain colour.
 */
export function strengthened(color: string, background: string, foreground: string): string {
  const [from, to, behind] = [parseColor(color), parseColor(foreground), parseColor(background)];
  if (from === undefined || to === undefined || behind === undefined) return color;
  for (let part = 0; part < 1; part += 0.1) {
    const mixed = mix(from, to, part);
    if (contrast(mixed, behind) >= LINE_CONTRAST) return cssOf(mixed);
  }
  return foreground;
}

/** One colour over another, by the share of the second; for grids, which are no more than a hint. */
export function blended(color: string, over: string, share: number): string {
  const [from, to] = [parseColor(color), parseColor(over)];
  return from === undefined || to === undefined ? color : cssOf(mix(from, to, share));
}

/** Contrast of two colours as WCAG 2.1 counts it, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Reads `#rgb`, `#rrggbb`, `rgb(…)` and their forms with opacity, which is not looked at; undefined for any other. */
export function parseColor(text: string): Rgb | undefined {
  const hex = /^#([\da-f]{3,8})$/iu.exec(text.trim())?.[1];
  if (hex !== undefined) return hexColor(hex);
  const [, red, green, blue] = /^rgba?\(\s*(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)/iu.exec(text.trim()) ?? [];
  return red === undefined || green === undefined || blue === undefined ? undefined : [Number(red), Number(green), Number(blue)];
}

function hexColor(hex: string): Rgb | undefined {
  const isShort = hex.length === 3 || hex.length === 4;
  if (!isShort && hex.length !== 6 && hex.length !== 8) return undefined;
  const part = (index: number): number =>
    isShort ? Number.parseInt(hex.slice(index, index + 1).repeat(2), 16) : Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);
  return [part(0), part(1), part(2)];
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (index: 0 | 1 | 2): number => Math.round(from[index] + (to[index] - from[index]) * share);
  return [at(0), at(1), at(2)];
}

function cssOf([red, green, blue]: Rgb): string {
  return `rgb(${red}, ${green}, ${blue})`;
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
