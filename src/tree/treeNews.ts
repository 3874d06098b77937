import type { TreeNode } from './treeNode.ts';

/** What the news need from their surroundings. */
export interface TreeNewsDeps {
  /** Tells the editor which rows changed; undefined for all of them. */
  readonly tell: (rows: TreeNode[] | undefined) => void;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** How long changes of the rows at the top are gathered: adding one account makes several. */
const GATHER_MS = 50;
/** How long after its last question the editor has its answers: it asks about several rows together, one after another. */
const SETTLE_MS = 20;
/** How long after its last question the editor asks nothing more by itself. */
const QUIET_MS = 1_000;

/**
 * What the editor is told of changes. Told that everything changed, it forgets all rows at once; a question that is still on its way
 * from the window is then answered with nothing and never asked again, and its row stands open and empty. So it is told nothing while
 * it asks, and changes at the top that are close together are told as one.
 *
 * What is below several open rows it asks for together, and where it knows the answer for one of them already, it can take the answer to its
 * next question for that of another row (VS Code 1.139): the rows of one service then stand below another account. So once
 * it was given the rows at the top, or shows them again, and is quiet, it is told of each open one: it asks anew, and puts everything right.
 */
export class TreeNews {
  readonly #deps: TreeNewsDeps;
  readonly #changed = new Set<TreeNode>();
  #haveRootsChanged = false;
  #isTelling = false;
  /** The rows at the top as they were given last. */
  #roots: readonly TreeNode[] = [];
  /** Ids of rows at the top that the user closed. */
  readonly #closed = new Set<string>();
  /** Whether what the editor made of the rows at the top is to be put right. */
  #isUnsure = false;
  /** Questions of the editor that are not answered yet. */
  #questions = 0;
  #gathering: AbortController | undefined;
  #settling: AbortController | undefined;
  #quiet = new AbortController();

  constructor(deps: TreeNewsDeps) {
    this.#deps = deps;
  }

  /** Tells the editor once for all rows that changed in this turn. */
  rowChanged(row: TreeNode): void {
    this.#changed.add(row);
    this.#tell();
  }

  /** Tells the editor, a moment later, that there are other rows at the top. */
  rootsChanged(): void {
    if (this.#gathering !== undefined) return;
    this.#gathering = new AbortController();
    this.#after(GATHER_MS, this.#gathering, () => {
      this.#gathering = undefined;
      this.#haveRootsChanged = true;
      this.#tell();
    });
  }

  /** Notes that the editor gets the rows at the top. */
  gaveRoots(rows: readonly TreeNode[]): void {
    this.#roots = rows;
    this.shown();
  }

  /** Notes that the editor draws the rows that it has. */
  shown(): void {
    this.#isUnsure = true;
    this.#lookWhenQuiet();
  }

  /** Notes that the editor asks for what is below a row. @returns notes that it got its answer */
  asked(): () => void {
    this.#questions += 1;
    this.#settling?.abort();
    this.#quiet.abort();
    return () => {
      this.#questions -= 1;
      if (this.#questions > 0) return;
      const settling = new AbortController();
      this.#settling = settling;
      this.#after(SETTLE_MS, settling, () => {
        this.#settling = undefined;
        this.#tell();
      });
      this.#lookWhenQuiet();
    };
  }

  /** Notes that the user opened or closed a row. */
  turned({ id, parent }: TreeNode, to: 'open' | 'closed'): void {
    if (parent !== undefined) return;
    if (to === 'open') this.#closed.delete(id);
    else this.#closed.add(id);
  }

  dispose(): void {
    this.#gathering?.abort();
    this.#settling?.abort();
    this.#quiet.abort();
  }

  #lookWhenQuiet(): void {
    this.#quiet.abort();
    if (!this.#isUnsure) return;
    this.#quiet = new AbortController();
    this.#after(QUIET_MS, this.#quiet, () => {
      this.#isUnsure = false;
      const open = this.#roots.filter((row) => row.startsExpanded && row.children !== undefined && !this.#closed.has(row.id));
      for (const row of open) this.rowChanged(row);
    });
  }

  /** Tells at the end of this turn, or once the editor has what it asked for. */
  #tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      if (this.#questions > 0 || this.#settling !== undefined) return;
      const rows = this.#haveRootsChanged ? undefined : [...this.#changed];
      if (rows?.length === 0) return;
      this.#changed.clear();
      this.#haveRootsChanged = false;
      this.#deps.tell(rows);
    });
  }

  #after(ms: number, { signal }: AbortController, work: () => void): void {
    this.#deps.wait(ms, signal).then(
      () => {
        if (!signal.aborted) work();
      },
      // Called off.
      () => undefined,
    );
  }
}
