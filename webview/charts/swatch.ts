import { fillColor, fillStyle } from './fills.ts';
import type { ChartTheme } from './palette.ts';
import type { PlotLook } from './plot.ts';

/** Size of a sample of a line, CSS pixels. */
export const SWATCH = { width: 26, height: 10 } as const;

/** How a sample is drawn. */
export interface SwatchOptions {
  readonly kind: 'lines' | 'bars';
  readonly look: PlotLook;
  readonly theme: ChartTheme;
  /** Canvas pixels for one CSS pixel. */
  readonly ratio: number;
}

/** Draws a sample of a line at a place in canvas pixels: as the chart draws it, so that the pattern tells it too. */
export function drawSwatch(context: CanvasRenderingContext2D, left: number, top: number, { kind, look, theme, ratio }: SwatchOptions): void {
  const [width, height] = [SWATCH.width * ratio, SWATCH.height * ratio];
  context.save();
  if (kind === 'bars') {
    context.fillStyle = fillStyle(look.fill, theme, ratio);
    context.strokeStyle = fillColor(look.fill, theme);
    context.lineWidth = ratio;
    context.fillRect(left, top, width, height);
    context.strokeRect(left + ratio / 2, top + ratio / 2, width - ratio, height - ratio);
  } else {
    context.strokeStyle = look.color;
    context.lineWidth = 2 * ratio;
    context.setLineDash(look.dash.map((length) => length * ratio));
    context.beginPath();
    context.moveTo(left, top + height / 2);
    context.lineTo(left + width, top + height / 2);
    context.stroke();
  }
  context.restore();
}

/** The sample as an element. */
export function paintSwatch(canvas: HTMLCanvasElement, options: SwatchOptions): void {
  const { ratio } = options;
  canvas.width = Math.round(SWATCH.width * ratio);
  canvas.height = Math.round(SWATCH.height * ratio);
  const context = canvas.getContext('2d');
  if (context !== null) drawSwatch(context, 0, 0, options);
}
