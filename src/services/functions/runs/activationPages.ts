import type { Activation, ActivationPage } from '../../../model/functions.ts';

/** Which rows of a list are read. */
interface Rows {
  /** Rows that come before them. */
  readonly from: number;
  readonly count: number;
}

/** One page of the service, from 1. @throws CloudError, CancelledError */
type ListPage = (query: { readonly pageNo: number; readonly pageSize: number }) => Promise<ActivationPage>;

/** Reads as many rows of a list as are wanted, however few of them the service gives at once. */
export class ActivationPages {
  readonly #pageSize: number;
  /** Rows of a page as the service gives them, which the first one tells; all there are, where that is the only one. */
  #pageRows: number | undefined;

  /** @param pageSize rows that one request asks for */
  constructor(pageSize: number) {
    this.#pageSize = pageSize;
  }

  /**
   * @returns `items`: fewer than wanted where there are no more; `total`: undefined where the service does not say
   * @throws CloudError, CancelledError
   */
  async read(list: ListPage, { from, count }: Rows): Promise<{ readonly items: readonly Activation[]; readonly total: number | undefined }> {
    if (from > 0 && this.#pageRows === undefined) await this.#ask(list, 1);
    // Rows move down while pages are read: what stood at the end of one stands on the next again.
    const found = new Map<string, Activation>();
    const pageRows = this.#pageRows ?? this.#pageSize;
    let pageNo = Math.floor(from / pageRows) + 1;
    let skipped = from % pageRows;
    for (; ; pageNo += 1) {
      const { activations, totalCount, isLast } = await this.#ask(list, pageNo);
      const before = found.size;
      for (const activation of activations.slice(skipped)) found.set(activation.activationId, activation);
      skipped = 0;
      const isOver = isLast || found.size === before;
      if (isOver || found.size >= count) {
        return { items: [...found.values()].slice(0, count), total: totalCount ?? (isOver ? from + found.size : undefined) };
      }
    }
  }

  async #ask(list: ListPage, pageNo: number): Promise<ActivationPage & { readonly isLast: boolean }> {
    const { activations, totalCount } = await list({ pageNo, pageSize: this.#pageSize });
    const rows = activations.length;
    if (pageNo === 1) this.#pageRows = rows === 0 ? undefined : rows;
    const pageRows = this.#pageRows ?? this.#pageSize;
    return { activations, totalCount, isLast: rows < pageRows || (pageNo - 1) * pageRows + rows >= (totalCount ?? Infinity) };
  }
}
