import type { Tone } from '../../src/protocol/whole.ts';
import type { ChartTheme } from './palette.ts';

/** What bars are filled with: what went well whole, what did not hatched, the rest dotted. Told apart without any colour. */
export type Fill = 'whole' | 'hatched' | 'dotted';

/** The fill that goes with a tone. */
export function fillOf(tone: Tone | undefined): Fill {
  switch (tone) {
    case 'bad':
    case 'attention': return 'hatched';
    case 'quiet': return 'dotted';
    case 'good':
    case 'busy':
    case undefined: return 'whole';
  }
}

/** Colour of a fill's strokes. */
export function fillColor(fill: Fill, theme: ChartTheme): string {
  switch (fill) {
    case 'whole': return theme.good;
    case 'hatched': return theme.bad;
    case 'dotted': return theme.quiet;
  }
}

/** Side of a repeated tile, CSS pixels. */
const TILE = 6;

/**
 * The fill as a canvas takes it.
 * @param ratio canvas pixels for one CSS pixel
 */
export function fillStyle(fill: Fill, theme: ChartTheme, ratio: number): string | CanvasPattern {
  const color = fillColor(fill, theme);
  if (fill === 'whole') return color;
  const tile = document.createElement('canvas');
  const side = Math.max(4, Math.round(TILE * ratio));
  tile.width = side;
  tile.height = side;
  const context = tile.getContext('2d');
  if (context === null) return color;
  context.fillStyle = theme.background;
  context.fillRect(0, 0, side, side);
  context.fillStyle = color;
  context.strokeStyle = color;
  if (fill === 'dotted') dot(context, side);
  else hatch(context, side);
  return context.createPattern(tile, 'repeat') ?? color;
}

function hatch(context: CanvasRenderingContext2D, side: number): void {
  context.lineWidth = side / 2.4;
  for (const shift of [-side, 0, side]) {
    context.beginPath();
    context.moveTo(shift - 1, side + 1);
    context.lineTo(shift + side + 1, -1);
    context.stroke();
  }
}

function dot(context: CanvasRenderingContext2D, side: number): void {
  context.beginPath();
  context.arc(side / 2, side / 2, side / 5, 0, Math.PI * 2);
  context.fill();
}
