import { MarkdownString, ThemeColor, ThemeIcon } from 'vscode';

import { detailsMarkdown } from '../model/markdown.ts';
import type { DetailRow } from '../model/markdown.ts';

/** Meaning of a colour; a word always stands beside it. */
export type Tone = 'data' | 'good' | 'attention' | 'bad' | 'waiting' | 'plain';

const COLOURS: Readonly<Record<Exclude<Tone, 'plain'>, string>> = {
  data: 'charts.blue',
  good: 'testing.iconPassed',
  attention: 'charts.yellow',
  bad: 'testing.iconFailed',
  waiting: 'testing.iconSkipped',
};

/** A codicon tinted by its meaning. */
export function icon(name: string, tone: Tone): ThemeIcon {
  return tone === 'plain' ? new ThemeIcon(name) : new ThemeIcon(name, new ThemeColor(COLOURS[tone]));
}

/** A tooltip: a table whose values may hold anything. Neither HTML nor commands work in it. */
export function detailsTooltip(title: string, rows: readonly DetailRow[]): MarkdownString {
  const tooltip = new MarkdownString(detailsMarkdown(title, rows));
  tooltip.supportHtml = false;
  tooltip.isTrusted = false;
  return tooltip;
}
