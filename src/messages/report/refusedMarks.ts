import { Diagnostic, DiagnosticSeverity, type DiagnosticCollection, languages, Range, type TextDocument, Uri, workspace } from 'vscode';

import { Disposables } from '../../host/disposables.ts';
import type { RunState } from '../../sending/journal/journalStore.ts';

/** Messages that are marked of one run. */
const MAX_MARKS = 1_000;
/** Sources whose marks are kept for when they are opened. */
const MAX_SOURCES = 100;

/** What is said of the lines of one source. */
interface Marks {
  /** When its text was read, in milliseconds since the epoch. */
  readonly readMs: number;
  /** Lines from 1. */
  readonly lines: readonly { readonly line: number; readonly text: string }[];
}

/** Marks at the lines of the messages that were refused, until their document changes or is sent again. */
export class RefusedMarks extends Disposables {
  /** When open documents changed last: what a run says of lines holds for the text it read. */
  readonly #changedAt = new Map<string, number>();
  /** Marks of sources that are open, or may be opened yet. */
  readonly #marks = new Map<string, Marks>();
  #collection: DiagnosticCollection | undefined;
  readonly #now: () => number;

  constructor(now: () => number) {
    super();
    this.#now = now;
    this.add(workspace.onDidChangeTextDocument(({ document: { uri }, contentChanges }) => {
      if (contentChanges.length === 0) return;
      this.#changedAt.set(uri.toString(), this.#now());
      this.#marks.delete(uri.toString());
      this.#collection?.delete(uri);
    }));
    this.add(workspace.onDidCloseTextDocument(({ uri }) => {
      this.#changedAt.delete(uri.toString());
      this.#collection?.delete(uri);
    }));
    this.add(workspace.onDidOpenTextDocument((document) => {
      // Nobody waits for marks.
      void this.#opened(document);
    }));
  }

  /** Marks exactly these messages in the sources of the run, now or when they are opened. */
  async mark({ header, outcomes }: RunState): Promise<void> {
    const { refusedText } = await import('./words.ts');
    const { sources, nowMs } = header.job;
    const uris = sources.map(({ uri }) => Uri.parse(uri).toString());
    const found = new Map<string, { line: number; text: string }[]>();
    let count = 0;
    for (const index of outcomes.indexes('refused')) {
      const place = outcomes.placeOf(index);
      const uri = place === undefined ? undefined : uris[place.source];
      if (place === undefined || uri === undefined) continue;
      const lines = found.get(uri) ?? [];
      lines.push({ line: place.line, text: refusedText(index, outcomes.noteOf(index)) });
      found.set(uri, lines);
      count += 1;
      if (count === MAX_MARKS) break;
    }
    for (const uri of new Set(uris)) this.#keep(uri, { readMs: nowMs, lines: found.get(uri) ?? [] });
  }

  #keep(uri: string, marks: Marks): void {
    this.#marks.delete(uri);
    if (marks.lines.length > 0) this.#marks.set(uri, marks);
    for (const [oldest] of this.#marks) {
      if (this.#marks.size <= MAX_SOURCES) break;
      this.#marks.delete(oldest);
    }
    const document = workspace.textDocuments.find((one) => one.uri.toString() === uri);
    // The messages were read at `readMs`: lines may have moved since.
    if (document !== undefined) this.#draw(document, (this.#changedAt.get(uri) ?? 0) > marks.readMs ? [] : marks.lines);
  }

  /** A file that was changed meanwhile is marked no more. */
  async #opened(document: TextDocument): Promise<void> {
    const uri = document.uri.toString();
    const marks = this.#marks.get(uri);
    if (marks === undefined) return;
    const changedMs = await Promise.resolve(workspace.fs.stat(document.uri)).then(({ mtime }) => mtime, () => Infinity);
    const isSame = changedMs <= marks.readMs && (this.#changedAt.get(uri) ?? 0) <= marks.readMs;
    if (isSame && this.#marks.get(uri) === marks && !document.isClosed) this.#draw(document, marks.lines);
  }

  #draw(document: TextDocument, lines: Marks['lines']): void {
    this.#collection ??= this.add(languages.createDiagnosticCollection('Cloud Streams'));
    this.#collection.set(document.uri, lines.filter(({ line }) => line <= document.lineCount).map(({ line, text }) => diagnosticAt(document, line - 1, text)));
  }
}

function diagnosticAt(document: TextDocument, line: number, message: string): Diagnostic {
  const { firstNonWhitespaceCharacterIndex: start, range: { end } } = document.lineAt(line);
  const diagnostic = new Diagnostic(new Range(line, start, line, end.character), message, DiagnosticSeverity.Error);
  diagnostic.source = 'Cloud Streams';
  return diagnostic;
}
