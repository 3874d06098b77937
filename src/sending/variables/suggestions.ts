const MOST_NAMES = 3;
const LONGEST_NAME = 64;

/** Names that one may have been meant to be, the likeliest first: at most three, each a third of its letters away or less. */
export function likelyNames(name: string, names: readonly string[]): readonly string[] {
  const wanted = name.toLowerCase();
  if (wanted.length > LONGEST_NAME) return [];
  return names
    .filter(({ length }) => length <= LONGEST_NAME)
    .map((known) => ({ known, steps: stepsBetween(wanted, known.toLowerCase()) }))
    .filter(({ known, steps }) => steps < known.length && steps <= Math.max(1, Math.floor(known.length / 3)))
    .sort((a, b) => a.steps - b.steps)
    .slice(0, MOST_NAMES)
    .map(({ known }) => known);
}

/** Letters to add, take away, change or swap with the next one so that one word becomes the other (optimal string alignment). */
function stepsBetween(a: string, b: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1);
      const swap = isSwapped ? (before[j - 2] ?? 0) + 1 : change;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
