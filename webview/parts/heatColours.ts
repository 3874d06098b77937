import { blended, contrast, parseColor } from '../charts/palette.ts';

/** The colours a heat map is drawn with, as CSS writes them; read from the theme. */
export interface HeatTheme {
  readonly background: string;
  readonly foreground: string;
  /** The one hue of the ramp. */
  readonly hue: string;
  readonly font: string;
  readonly focus: string;
}

/** Shades of the ramp: more are not told apart. */
const STEPS = 32;
/** Nothing at all is still a cell. */
const LEAST = 0.08;

/** A ramp of one hue from almost the background on, with ink that is read on each shade. */
export interface Ramp {
  /** @param shade 0 to 1 */
  at(shade: number): { readonly ground: string; readonly ink: string };
}

/** The ramp of a theme. */
export function ramp({ hue, background }: Pick<HeatTheme, 'hue' | 'background'>): Ramp {
  const shades = Array.from({ length: STEPS }, (_, step) => {
    const ground = blended(background, hue, LEAST + ((1 - LEAST) * step) / (STEPS - 1));
    return { ground, ink: inkOn(ground) };
  });
  const fallback = { ground: background, ink: inkOn(background) };
  return { at: (shade) => shades[Math.round(Math.min(1, Math.max(0, shade)) * (STEPS - 1))] ?? fallback };
}

/** How dark a lag is drawn, 0 to 1, against the largest: by its logarithm, for lags differ by powers of ten. Nothing is 0, the largest 1. */
export function shadeOf(lag: bigint, largest: bigint): number {
  if (lag <= 0n || largest <= 0n) return 0;
  if (lag >= largest) return 1;
  return Math.min(1, Math.log1p(Number(lag)) / Math.log1p(Number(largest)));
}

/** Black or white, whichever is better read on a colour (WCAG 2.1, contrast ratio). */
function inkOn(ground: string): string {
  const colour = parseColor(ground);
  return colour === undefined || contrast(colour, [0, 0, 0]) >= contrast(colour, [255, 255, 255]) ? '#000000' : '#ffffff';
}
