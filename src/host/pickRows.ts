import { isDeepStrictEqual } from 'node:util';

import { QuickPickItemKind, ThemeIcon } from 'vscode';
import type { QuickPick, QuickPickItem } from 'vscode';

import { withoutIcons } from '../model/format.ts';
import type { PickBase, PickItem } from './prompts.ts';
import type { Question } from './question.ts';

/** A row of a pick as the editor gets it. */
export interface Row<T> extends QuickPickItem {
  /** Missing for a heading. */
  readonly item?: PickItem<T>;
}

/**
 * Fills a pick with its rows, at once or as they come.
 * @param restore puts back what was active or ticked, each time there are other rows; `previous` is the row that was active
 */
export function fillPick<T, R>(
  quick: QuickPick<Row<T>>,
  options: PickBase<T>,
  question: Question<R>,
  restore: (rows: readonly Row<T>[], previous: Row<T> | undefined) => void,
): void {
  quick.placeholder = options.placeholder;
  quick.matchOnDescription = true;
  quick.matchOnDetail = true;
  quick.keepScrollPosition = true;
  let isFirst = true;
  const show = (items: readonly PickItem<T>[]): void => {
    if (question.signal.aborted) return;
    const active = isFirst ? undefined : quick.activeItems[0];
    const rows = rowsOf(items);
    quick.items = rows;
    restore(rows, active && rows.find((row) => isSameRow(row, active)));
    isFirst = rows.length === 0;
  };
  if (typeof options.items !== 'function') {
    show(options.items);
    return;
  }
  quick.busy = true;
  options.items(show, question.signal).then(
    () => {
      if (!question.signal.aborted) quick.busy = false;
    },
    (error: unknown) => question.reject(error),
  );
}

/** Whether two rows stand for the same thing: what is told about it, such as a count, may have come in between. */
function isSameRow<T>(a: Row<T>, b: Row<T>): boolean {
  return a.label === b.label && (a.item?.value === b.item?.value || isDeepStrictEqual(a.item?.value, b.item?.value));
}

function rowsOf<T>(items: readonly PickItem<T>[]): readonly Row<T>[] {
  return items.flatMap((item): readonly Row<T>[] => {
    const row: Row<T> = {
      label: withoutIcons(item.label),
      description: withoutIcons([item.description, item.unavailable].filter((part) => part !== undefined).join(' · ')),
      ...(item.detail === undefined ? {} : { detail: withoutIcons(item.detail) }),
      ...(item.icon === undefined ? {} : { iconPath: new ThemeIcon(item.icon) }),
      alwaysShow: item.alwaysShow ?? false,
      item,
    };
    return item.heading === undefined ? [row] : [{ label: withoutIcons(item.heading), kind: QuickPickItemKind.Separator }, row];
  });
}
