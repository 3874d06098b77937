import { blended, strengthened, type ChartTheme } from './palette.ts';

/** In the order lines take them: neighbours differ for those who tell few hues apart, and red, which alarms, comes last. */
const HUES = ['blue', 'orange', 'green', 'purple', 'yellow', 'red'] as const;

/** Reads the editor's colours as they are now. A theme may lack some (high contrast has no orange): lines do without. */
export function readTheme(body: HTMLElement): ChartTheme {
  const style = getComputedStyle(body);
  const variable = (name: string): string => style.getPropertyValue(`--vscode-${name}`).trim();
  const foreground = variable('charts-foreground') || variable('foreground') || style.color;
  const background = variable('editor-background') || style.backgroundColor;
  const line = (name: string): string | undefined => {
    const color = variable(`charts-${name}`);
    return color === '' ? undefined : strengthened(color, background, foreground);
  };
  const isHighContrast = body.classList.contains('vscode-high-contrast');
  return {
    isHighContrast,
    background,
    foreground,
    axis: isHighContrast ? foreground : variable('descriptionForeground') || foreground,
    grid: blended(background, variable('charts-lines') || foreground, isHighContrast ? 0.22 : 0.14),
    focus: variable('focusBorder') || foreground,
    hues: HUES.map(line).filter((color) => color !== undefined),
    good: line('blue') ?? foreground,
    bad: line('red') ?? foreground,
    quiet: foreground,
    fontFamily: style.fontFamily,
    fontPx: Math.max(10, Math.round((Number.parseFloat(style.fontSize) || 13) * 0.85)),
  };
}

/**
 * Tells when the editor got another theme: it changes the body's class, and the variables in the style of the root.
 * @returns what ends it
 */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return () => observer.disconnect();
}
