import * as l10n from '@vscode/l10n';

import { isOne, oneLine } from '../../src/model/format.ts';
import type { GroupRow } from '../../src/protocol/easyQueue.ts';
import { el, setText } from '../dom.ts';
import type { PageContext } from '../page.ts';
import type { Table } from '../table.ts';
import { drainText, needsAttention } from './drain.ts';
import type { DrainWords } from './drain.ts';
import { drainWords } from './groups.ts';
import { heatMap } from './heatMap.ts';
import type { HeatMap } from './heatMap.ts';
import type { HeatCell } from './heatLayout.ts';
import type { HeatData, HeatValue } from './heatPaint.ts';
import { button, linkButton } from './inputs.ts';
import { lagIn, lagTable, partitionsOf } from './lagTable.ts';
import { compareWholes, wholeOf } from './numbers.ts';
import type { Numbers } from './numbers.ts';

/** From so many partitions × groups on shades are read faster than numbers. */
const MANY_CELLS = 8;

/** So many rows of up to 16 cells follow a refresh at once; more are there when asked for. */
const MOST_ROWS = 200;

/** Where a page keeps that the table is wanted. */
const TABLE_KEY = 'lag.asTable';

/** Lag of each group in each partition: a table while there are few, a heat map with that table behind it where there are many. */
export interface LagByPartition {
  readonly element: HTMLElement;
  show(groups: readonly GroupRow[]): void;
  dispose(): void;
}

/** The lag of a topic's groups by partition. */
export function lagByPartition(context: PageContext, numbers: Numbers): LagByPartition {
  return new LagView(context, numbers);
}

class LagView implements LagByPartition {
  readonly element: HTMLElement;
  readonly #context: PageContext;
  readonly #numbers: Numbers;
  readonly #words: DrainWords;
  readonly #map: HeatMap;
  readonly #toggle: HTMLElement;
  readonly #empty = el('p', { class: 'empty' }, l10n.t('No member reads a partition now, so no lag by partition is known. It appears when a client joins.'));
  readonly #tables = el('div', { class: 'long' });
  readonly #most = el('p', { class: 'note', hidden: true });
  #groups: readonly GroupRow[] = [];
  #partitions: readonly number[] = [];
  #wantsAll = false;
  #table: { readonly for: string; readonly table: Table<GroupRow> } | undefined;

  constructor(context: PageContext, numbers: Numbers) {
    this.#context = context;
    this.#numbers = numbers;
    this.#words = drainWords(context);
    this.#map = heatMap({
      context,
      numbers,
      name: l10n.t('Lag by partition'),
      columnsTitle: l10n.t('Partition'),
      rowsText: (count) => (isOne(count) ? l10n.t('{0} group', context.format.count(count)) : l10n.t('{0} groups', context.format.count(count))),
      describe: (cell) => this.#describe(cell),
      open: (key) => context.call({ type: 'open', part: 'groups', key }),
    });
    this.#toggle = button({ text: l10n.t('Show as table'), onPress: () => this.#turn() });
    this.element = el(
      'div',
      { class: 'lag-by-partition' },
      el('div', { class: 'subhead' }, el('h3', {}, l10n.t('Lag by partition')), this.#toggle),
      this.#empty,
      this.#map.element,
      this.#most,
      this.#tables,
    );
  }

  show(groups: readonly GroupRow[]): void {
    // By name, whatever the lags are: a row keeps its place.
    this.#groups = groups.toSorted((a, b) => this.#context.format.compare(a.name, b.name));
    this.#partitions = partitionsOf(groups);
    this.element.hidden = groups.length === 0;
    this.#draw();
  }

  dispose(): void {
    this.#map.dispose();
  }

  #turn(): void {
    this.#context.ui.set(TABLE_KEY, this.#context.ui.get(TABLE_KEY) !== true);
    this.#draw();
  }

  #draw(): void {
    const cells = this.#partitions.length * this.#groups.length;
    const isMany = cells >= MANY_CELLS;
    const isTable = !isMany || this.#context.ui.get(TABLE_KEY) === true;
    this.#empty.hidden = cells > 0;
    this.#toggle.hidden = !isMany;
    this.#toggle.textContent = isTable ? l10n.t('Show as heat map') : l10n.t('Show as table');
    this.#map.element.hidden = isTable || cells === 0;
    this.#tables.hidden = !isTable || cells === 0;
    this.#most.hidden = true;
    if (cells === 0) return;
    if (isTable) this.#lagTable().rows(this.#rows());
    else this.#map.show(this.#data());
  }

  /** All of them, or those with the most lag where they are very many and not asked for. */
  #rows(): readonly GroupRow[] {
    const count = this.#groups.length;
    if (count <= MOST_ROWS || this.#wantsAll) return this.#groups;
    const { format } = this.#context;
    this.#most.hidden = false;
    if (this.#most.childElementCount === 0) this.#most.append(el('span'), ' ', linkButton(l10n.t('Show all'), () => this.#showAll()));
    const [words] = this.#most.children;
    if (words !== undefined) setText(words, l10n.t('The {0} groups with the most lag, of {1}.', format.count(MOST_ROWS), format.count(count)));
    const most = new Set(this.#groups.toSorted((a, b) => compareWholes(b.totalLag, a.totalLag)).slice(0, MOST_ROWS));
    return this.#groups.filter((group) => most.has(group));
  }

  #showAll(): void {
    this.#wantsAll = true;
    this.#draw();
  }

  /** Made anew only where the partitions are others. */
  #lagTable(): Table<GroupRow> {
    const columns = this.#partitions.join();
    if (this.#table?.for !== columns) {
      this.#table = { for: columns, table: lagTable(this.#context, this.#numbers, this.#partitions, this.#words) };
      this.#tables.replaceChildren(this.#table.table.element);
    }
    return this.#table.table;
  }

  #data(): HeatData {
    const values = this.#groups.map((group) => {
      const lags = new Map(group.partitions.map((lag) => [lag.partition, lag]));
      return this.#partitions.map((partition): HeatValue | undefined => {
        const lag = lags.get(partition);
        return lag === undefined ? undefined : { lag: wholeOf(lag.lag), isMarked: needsAttention(lag.drain) };
      });
    });
    const largest = values.flat().reduce((most, value) => (value?.lag !== undefined && value.lag > most ? value.lag : most), 0n);
    return {
      rows: this.#groups.map(({ groupId, name }) => ({ key: groupId, label: oneLine(name) })),
      columns: this.#partitions.map(String),
      values,
      largest,
    };
  }

  #describe({ row, column }: HeatCell): string {
    const group = this.#groups[row];
    const partition = this.#partitions[column];
    if (group === undefined || partition === undefined) return '';
    const lag = lagIn(group, partition);
    const name = oneLine(group.name);
    const place = String(partition);
    if (lag === undefined) return l10n.t('{0}, partition {1}: no member reads it', name, place);
    const drain = drainText(lag.drain, this.#words);
    const end = this.#numbers.whole(lag.endOffset);
    if (lag.lag === undefined) return l10n.t('{0}, partition {1}: {2}, end offset {3}', name, place, drain, end);
    const [whole, committed] = [this.#numbers.whole(lag.lag), this.#numbers.whole(lag.committedOffset)];
    if (lag.drain.kind === 'unknown') {
      const known = [name, place, whole, committed, end] as const;
      return lag.isSkewed
        ? l10n.t('{0}, partition {1}: lag {2}, committed {3} of {4}, far more lag than the others', ...known)
        : l10n.t('{0}, partition {1}: lag {2}, committed {3} of {4}', ...known);
    }
    const values = [name, place, whole, drain, committed, end] as const;
    return lag.isSkewed
      ? l10n.t('{0}, partition {1}: lag {2}, {3}, committed {4} of {5}, far more lag than the others', ...values)
      : l10n.t('{0}, partition {1}: lag {2}, {3}, committed {4} of {5}', ...values);
  }
}
