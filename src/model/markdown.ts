import { oneLine } from './format.ts';

/** One line of a tooltip: a name and its value; lines without a value are left out. */
export type DetailRow = readonly [label: string, value: string | undefined];

const LETTERS_DIGITS = /[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}\u200d ]/gu;

/**
 * Text as Markdown that shows exactly this text: every character that is neither letter, digit nor emoji becomes a numeric
 * entity, so that a `|`, a backtick, a tag or an address in a name means nothing.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(LETTERS_DIGITS, (character) => `&#${String(character.codePointAt(0) ?? 32)};`);
}

/** A heading and a table of details as Markdown. Labels and values may hold anything. */
export function detailsMarkdown(title: string, rows: readonly DetailRow[]): string {
  const lines = rows.flatMap(([label, value]) =>
    value === undefined || value === '' ? [] : [`| ${escapeMarkdown(label)} | ${escapeMarkdown(value)} |`],
  );
  const heading = `**${escapeMarkdown(title)}**`;
  return lines.length === 0 ? heading : `${heading}\n\n|   |   |\n|---|---|\n${lines.join('\n')}\n`;
}
