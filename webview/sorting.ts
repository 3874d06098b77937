/** By what a table is sorted. */
export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** What was kept of a table's order, where it is one and the column can still be sorted by. */
export function readSort(kept: unknown, columns: readonly { readonly id: string; readonly sort?: unknown }[]): Sort | undefined {
  if (typeof kept !== 'object' || kept === null || !('column' in kept) || !('descending' in kept)) return undefined;
  const { column, descending } = kept;
  if (typeof column !== 'string' || typeof descending !== 'boolean') return undefined;
  return columns.some(({ id, sort }) => id === column && sort !== undefined) ? { column, descending } : undefined;
}

/** Rows in the order they are shown in. */
export interface Arranged<Row> {
  readonly rows: readonly Row[];
  /** Whether that is also the order asked for: values that changed may want another one by now. */
  readonly isSorted: boolean;
}

/**
 * Rows that were there keep their order, whatever their values are now: nothing moves under the eye or the pointer. New ones go before the
 * first that should come after them. Without a comparison they stand as given; with one, and nothing shown before, they are sorted.
 * @param before keys of the rows shown before, in their order
 */
export function keptOrder<Row>(
  given: readonly Row[],
  before: readonly string[],
  key: (row: Row) => string,
  compare: ((a: Row, b: Row) => number) | undefined,
): Arranged<Row> {
  if (compare === undefined) return { rows: given, isSorted: true };
  const places = new Map(before.map((name, index) => [name, index]));
  const known = given.filter((row) => places.has(key(row)));
  const rows = known.toSorted((a, b) => (places.get(key(a)) ?? 0) - (places.get(key(b)) ?? 0));
  const added = given.filter((row) => !places.has(key(row))).toSorted(compare);
  const all = rows.length === 0 ? added : added.reduce<readonly Row[]>((list, row) => inserted(list, row, compare), rows);
  return { rows: all, isSorted: all.every((row, index) => index === 0 || compare(all[index - 1] ?? row, row) <= 0) };
}

function inserted<Row>(list: readonly Row[], row: Row, compare: (a: Row, b: Row) => number): readonly Row[] {
  const at = list.findIndex((other) => compare(row, other) < 0);
  return at === -1 ? [...list, row] : list.toSpliced(at, 0, row);
}
