import { CodeLens, DocumentLink, Range, type TextDocument, Uri } from 'vscode';

import { CancelledError } from '../../model/cloudError.ts';
import { problemOf, problemText } from '../../model/problem.ts';
import type { RunState } from '../../sending/journal/journalStore.ts';
import type { Plan } from '../plan.ts';
import { readPlanPage } from './planPage.ts';
import { gonePlanText, planRendering } from './planText.ts';
import { type ReportLens, planLenses, resultLenses } from './reportLenses.ts';
import type { ReportsOptions } from './reportOptions.ts';
import { type Rendering, visible } from './reportText.ts';
import { type ReportAddress, reportKey } from './reportUri.ts';
import { type ResultOrder, resultPage } from './resultPage.ts';
import { goneResultText, resultRendering } from './resultText.ts';

/** A result that changes is drawn again no sooner than this, and no longer than a fifth of the time. */
const PAUSE_MS = 500;
const PAUSE_FACTOR = 4;

/** Schemes of addresses that run or open something outside of the editor; documents of remote machines and repositories have others. */
const DOING_SCHEMES = /^(?:command|https?|mailto|javascript|data|vscode(?!-(?:remote|vfs|local|test-web|notebook-cell)$).*)$/i;

/** A report as the editor reads it. */
export interface ReportVersion {
  readonly bytes: Uint8Array;
  /** Milliseconds since the epoch; grows with each change. */
  readonly mtime: number;
}

interface Shown extends Rendering, ReportVersion {
  /** What can be done with it, as things are when it is asked. */
  lenses: () => readonly ReportLens[];
}

type Drawing = Pick<Shown, 'text' | 'links' | 'lenses'>;

interface Report {
  readonly address: ReportAddress;
  page: number;
  order: ResultOrder;
  shown: Shown | undefined;
  drawing: Promise<Shown> | undefined;
  ending: AbortController;
  /** Whether somebody draws it again as often as it changes. */
  isFollowed: boolean;
  isStale: boolean;
}

/** What reports are made from. */
export interface ReportPlaces {
  plan(id: string): Plan | undefined;
  /** The text of a report is another one now, or only what can be done with it. */
  changed(address: ReportAddress, what: 'text' | 'lenses'): void;
}

/** Everything about reports that is only needed when there is one. */
export class ReportWork {
  readonly #options: ReportsOptions;
  readonly #places: ReportPlaces;
  readonly #reports = new Map<string, Report>();
  readonly #ending = new AbortController();

  constructor(options: ReportsOptions, places: ReportPlaces) {
    this.#options = options;
    this.#places = places;
  }

  dispose(): void {
    this.#ending.abort();
    for (const { ending } of this.#reports.values()) ending.abort();
  }

  /** The report as it was drawn last; draws it when it is first asked for. */
  async read(address: ReportAddress): Promise<ReportVersion> {
    const report = this.#report(address);
    return report.shown ?? (await (report.drawing ?? this.#draw(report)));
  }

  /** Draws a report anew. */
  async refresh(address: ReportAddress): Promise<void> {
    const report = this.#report(address);
    const before = report.shown;
    await this.#draw(report);
    if (before !== undefined) this.#places.changed(address, before === report.shown ? 'lenses' : 'text');
  }

  /**
   * Shows another page; called off, the report stays as it was.
   * @throws CancelledError
   */
  async turn(address: ReportAddress, page: number, signal: AbortSignal): Promise<void> {
    const report = this.#report(address);
    const before = report.page;
    const isWanted = (): boolean => report.page === page;
    const stop = (): void => {
      if (isWanted()) report.ending.abort();
    };
    report.page = page;
    signal.addEventListener('abort', stop);
    try {
      await this.refresh(address);
    } finally {
      signal.removeEventListener('abort', stop);
      if (signal.aborted && isWanted()) report.page = before;
    }
    if (signal.aborted) throw new CancelledError();
  }

  async sort(address: ReportAddress, order: ResultOrder): Promise<void> {
    const report = this.#report(address);
    report.order = order;
    report.page = 0;
    await this.refresh(address);
  }

  /** Draws a report again that is open, and again as long as it changes, but not all the time. */
  async changed(address: ReportAddress): Promise<void> {
    const report = this.#reports.get(reportKey(address));
    if (report === undefined) return;
    report.isStale = true;
    if (report.isFollowed) return;
    report.isFollowed = true;
    const { now, wait } = this.#options;
    try {
      while (report.isStale && this.#reports.get(reportKey(address)) === report) {
        report.isStale = false;
        const startedAt = now();
        await this.refresh(address);
        await wait(Math.max(PAUSE_MS, PAUSE_FACTOR * (now() - startedAt)), this.#ending.signal);
      }
    } finally {
      report.isFollowed = false;
    }
  }

  /** Forgets a report that no editor shows any more. */
  closed(address: ReportAddress): void {
    const key = reportKey(address);
    this.#reports.get(key)?.ending.abort();
    this.#reports.delete(key);
  }

  /** Places in sources, to go to. */
  async links(address: ReportAddress, document: TextDocument): Promise<readonly DocumentLink[]> {
    return ((await this.#shownIn(address, document))?.links ?? []).flatMap(({ line, start, length, uri, place }) => {
      const source = Uri.parse(uri);
      // What a journal holds was a document's address, and nothing that does something.
      if (DOING_SCHEMES.test(source.scheme)) return [];
      const range = new Range(line, start, line, start + length);
      return [new DocumentLink(range, source.with({ fragment: `L${place.line},${place.column}` }))];
    });
  }

  /** What can be done with a report now. */
  async lenses(address: ReportAddress, document: TextDocument): Promise<readonly CodeLens[]> {
    const last = new Range(document.lineCount - 1, 0, document.lineCount - 1, 0);
    return ((await this.#shownIn(address, document))?.lenses() ?? []).flatMap(({ title, command, args, lines }) => {
      const action = { title, command, arguments: [...args] };
      const first = new CodeLens(new Range(0, 0, 0, 0), action);
      return lines === 'both' ? [first, new CodeLens(last, action)] : [first];
    });
  }

  /** What was drawn, where the editor has got it already; it asks again when it gets another text. */
  async #shownIn(address: ReportAddress, document: TextDocument): Promise<Shown | undefined> {
    const report = this.#report(address);
    const isNew = report.shown === undefined;
    const shown = report.shown ?? (await (report.drawing ?? this.#draw(report)));
    if (shown.text === document.getText()) return shown;
    // An editor that was there before, with another page than the first one, gets this.
    if (isNew) this.#places.changed(address, 'text');
    return undefined;
  }

  #report(address: ReportAddress): Report {
    const key = reportKey(address);
    const known = this.#reports.get(key);
    if (known !== undefined) return known;
    const report: Report = {
      address, page: 0, order: 'outcome', shown: undefined, drawing: undefined, ending: new AbortController(), isFollowed: false, isStale: false,
    };
    this.#reports.set(key, report);
    return report;
  }

  /** Draws, and ends a drawing under way, which nobody needs any more: whoever waits for it gets this one. */
  #draw(report: Report): Promise<Shown> {
    report.ending.abort();
    const ending = new AbortController();
    report.ending = ending;
    const draw = async (): Promise<Shown> => {
      const drawn = await this.#drawn(report, ending.signal);
      const isLatest = report.ending === ending;
      return isLatest ? this.#take(report, drawn) : report.drawing ?? report.shown ?? this.#take(report, drawn);
    };
    report.drawing = draw();
    return report.drawing;
  }

  #take(report: Report, drawn: Drawing): Shown {
    report.drawing = undefined;
    // The same text keeps its version: nothing is read again for it.
    if (report.shown?.text === drawn.text) {
      report.shown.lenses = drawn.lenses;
      return report.shown;
    }
    const mtime = Math.max(this.#options.now(), (report.shown?.mtime ?? 0) + 1);
    report.shown = { ...drawn, bytes: encode(drawn.text), mtime };
    return report.shown;
  }

  async #drawn(report: Report, signal: AbortSignal): Promise<Drawing> {
    try {
      return report.address.kind === 'plan' ? await this.#drawnPlan(report, signal) : await this.#drawnResult(report);
    } catch (error) {
      if (!(error instanceof CancelledError)) this.#options.log.error('A report could not be made', error);
      // What was called off leaves what is there.
      else if (report.shown !== undefined) return report.shown;
      const problem = problemOf(error);
      return { text: `# ${problem === undefined ? '…' : visible(problemText(problem))}\n`, links: [], lenses: () => [] };
    }
  }

  async #drawnPlan(report: Report, signal: AbortSignal): Promise<Drawing> {
    const plan = this.#places.plan(report.address.id);
    if (plan === undefined) return { ...gonePlanText(), lenses: () => [] };
    const { readings, format, account } = this.#options;
    const page = await readPlanPage(readings(plan, signal), report.page, plan.part?.only);
    const isUnchanged = await Promise.all(plan.sources.map((source) => source.isUnchanged()));
    const changed = plan.sources.filter((_, n) => isUnchanged[n] === false);
    const accountNow = (): ReturnType<typeof account> => account(plan.job.target.accountId);
    report.page = page.number;
    return {
      ...planRendering({ plan, page, format, changed, account: accountNow() }),
      lenses: () => planLenses({ plan, page, format, changed, account: accountNow() }, reportKey(report.address)),
    };
  }

  async #drawnResult(report: Report): Promise<Drawing> {
    const { readRun, format, account, now } = this.#options;
    const state = await readRun(report.address.id);
    if (state === undefined) return { ...goneResultText(), lenses: () => [] };
    const page = resultPage(state, report.order, report.page);
    report.page = page.number;
    return {
      ...resultRendering({ state, page, format, nowMs: now() }),
      lenses: () => resultLenses(state, account(accountOf(state)), page, reportKey(report.address)),
    };
  }
}

function accountOf({ header }: RunState): string {
  return header.job.target.accountId;
}

/** With a byte order mark: the editor reads a file in the encoding of the user's settings unless the file itself says that it is UTF-8. */
function encode(text: string): Uint8Array {
  return new TextEncoder().encode(`\uFEFF${text}`);
}
