import { oneLine } from '../../src/model/format.ts';
import type { ChartLine } from './data.ts';
import type { ChartTheme } from './palette.ts';
import type { PlotLook } from './plot.ts';
import { drawSwatch, SWATCH } from './swatch.ts';

/** What a picture of a chart shows. */
export interface PictureOptions {
  /** The drawing, with its axes. */
  readonly plot: HTMLCanvasElement;
  readonly kind: 'lines' | 'bars';
  readonly title: string;
  /** What it is of: where, and from when to when, with the zone. */
  readonly facts: readonly string[];
  /** Drawn lines. */
  readonly lines: readonly ChartLine[];
  readonly looks: ReadonlyMap<string, PlotLook>;
  readonly theme: ChartTheme;
}

/** Of the picture's edge, and between its pieces; CSS pixels. */
const EDGE = 16;
const GAP = 8;
/** More names than that are no legend. */
const MOST_NAMES = 60;

interface Name {
  readonly line: ChartLine;
  readonly text: string;
  readonly left: number;
  readonly row: number;
}

/** Draws a chart as a PNG that can be understood alone: background, title, range and zone, drawing, names. @returns base64 */
export function picture(options: PictureOptions): string {
  const { plot, title, facts, theme } = options;
  const ratio = plot.clientWidth === 0 ? 1 : plot.width / plot.clientWidth;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null) return '';
  const px = (css: number): number => Math.round(css * ratio);
  const font = (weight: string, size: number): string => `${weight} ${px(size)}px ${theme.fontFamily}`;
  const row = theme.fontPx * 1.6;

  context.font = font('normal', theme.fontPx);
  const names = placed(context, options, plot.width, px);
  const rows = names.reduce((most, name) => Math.max(most, name.row + 1), 0);
  const top = EDGE + row * (facts.length + 1.2) + GAP;
  canvas.width = plot.width + px(EDGE * 2);
  canvas.height = px(top + GAP + row * rows + EDGE) + plot.height;

  // A canvas of another size has forgotten all that was set.
  context.fillStyle = theme.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  context.fillStyle = theme.foreground;
  context.font = font('600', theme.fontPx * 1.3);
  context.fillText(title, px(EDGE), px(EDGE + row * 0.6), plot.width);
  context.font = font('normal', theme.fontPx);
  for (const [index, fact] of facts.entries()) context.fillText(fact, px(EDGE), px(EDGE + row * (index + 1.7)), plot.width);
  context.drawImage(plot, px(EDGE), px(top));
  for (const { line, text, left, row: at } of names) {
    const middle = px(top + GAP + row * (at + 0.5)) + plot.height;
    const look = options.looks.get(line.key);
    if (look !== undefined) drawSwatch(context, px(EDGE) + left, middle - px(SWATCH.height / 2), { kind: options.kind, look, theme, ratio });
    context.fillText(text, px(EDGE) + left + px(SWATCH.width + 6), middle);
  }
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/u, '');
}

/** Names one after the other, in as many rows as they take. */
function placed(context: CanvasRenderingContext2D, { lines }: PictureOptions, width: number, px: (css: number) => number): readonly Name[] {
  let [left, row] = [0, 0];
  return lines.slice(0, MOST_NAMES).map((line) => {
    const text = oneLine(line.label);
    const wide = px(SWATCH.width + 6 + 16) + context.measureText(text).width;
    if (left > 0 && left + wide > width) [left, row] = [0, row + 1];
    const name = { line, text, left, row };
    left += wide;
    return name;
  });
}
