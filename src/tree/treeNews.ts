import type { TreeNode } from './treeNode.ts';

/** What the news need from their surroundings. */
export interface TreeNewsDeps {
  /** Tells the editor which rows changed; undefined for all of them. */
  readonly tell: (rows: TreeNode[] | undefined) => void;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** How long changes of the rows at the top are gathered: adding one account makes several. */
const GATHER_MS = 50;
/** After how long the editor has certainly asked for what is below the open rows at the top, had it not lost the question. */
const ASKING_MS = 1_000;

/**
 * What the editor is told of changes. Told that everything changed, it forgets all rows at once; a question that is still on its way
 * from the window is then answered with nothing and never asked again, and its row stands open and empty. So changes at the top that
 * are close together are told as one, and an open row nobody asked about is told of by itself.
 */
export class TreeNews {
  readonly #deps: TreeNewsDeps;
  readonly #changed = new Set<TreeNode>();
  /** Open rows at the top that the editor was given and did not ask about since, by id. */
  readonly #unasked = new Map<string, TreeNode>();
  /** Ids of rows at the top that the user closed: nobody has to ask about them. */
  readonly #closed = new Set<string>();
  #gathering: AbortController | undefined;
  #asking = new AbortController();

  constructor(deps: TreeNewsDeps) {
    this.#deps = deps;
  }

  /** Tells the editor once for all rows that changed in this turn. */
  rowChanged(row: TreeNode): void {
    if (this.#changed.size === 0) {
      queueMicrotask(() => {
        const rows = [...this.#changed];
        this.#changed.clear();
        this.#deps.tell(rows);
      });
    }
    this.#changed.add(row);
  }

  /** Tells the editor, a moment later, that there are other rows at the top. */
  rootsChanged(): void {
    if (this.#gathering !== undefined) return;
    this.#gathering = new AbortController();
    this.#deps.wait(GATHER_MS, this.#gathering.signal).then(
      () => {
        this.#gathering = undefined;
        this.#deps.tell(undefined);
      },
      // Disposed of.
      () => undefined,
    );
  }

  /** Notes that the editor gets the rows at the top. Open ones it does not ask about are told of, once. */
  gaveRoots(rows: readonly TreeNode[]): void {
    this.#asking.abort();
    this.#unasked.clear();
    for (const row of rows) {
      if (row.startsExpanded && row.children !== undefined && !this.#closed.has(row.id)) this.#unasked.set(row.id, row);
    }
    if (this.#unasked.size === 0) return;
    this.#asking = new AbortController();
    this.#deps.wait(ASKING_MS, this.#asking.signal).then(
      () => {
        for (const row of this.#unasked.values()) this.rowChanged(row);
        this.#unasked.clear();
      },
      // Asked about, given again, or disposed of.
      () => undefined,
    );
  }

  /** Notes that the editor asks for what is below a row. */
  asked(row: TreeNode): void {
    if (this.#unasked.delete(row.id) && this.#unasked.size === 0) this.#asking.abort();
  }

  /** Notes that the user opened or closed a row. */
  turned(row: TreeNode, to: 'open' | 'closed'): void {
    if (row.parent !== undefined) return;
    if (to === 'open') {
      this.#closed.delete(row.id);
      return;
    }
    this.#closed.add(row.id);
    this.asked(row);
  }

  dispose(): void {
    this.#gathering?.abort();
    this.#asking.abort();
  }
}
