import type { RunCounts, RunWriter } from './journal.ts';
import { journalError, tooManyPieces } from './journalErrors.ts';
import { endedLine, headerLine, leavingLine, payloadLine, resumedLine, summaryLine } from './journalFormat.ts';
import type { Fold } from './journalFold.ts';
import { MAX_LINE_BYTES } from './journalLines.ts';
import { JournalWriter, type JournalWriterOptions } from './journalWriter.ts';
import type { ReadyMessage } from '../message.ts';
import type { Outcomes } from './outcomes.ts';
import type { MessageOutcome, RunHeader, RunSummary } from '../recording.ts';
import type { RunLock } from './runLock.ts';

/** What a {@link RunJournal} needs from outside. */
export interface RunJournalDeps {
  readonly now: () => number;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly folder: string;
  readonly keepsPayloads: boolean;
  readonly onWritten: (bytes: number) => void;
  /** It is no longer written. */
  readonly onClosed: () => void;
}

/** How many messages ended how. */
type Ended = Record<'acknowledged' | 'refused' | 'unknown', number>;

/** How many messages of this process left, or are about to, and have not ended. */
interface UnderWay {
  count: number;
}

/** The journal of a run that this process is sending. */
export class RunJournal implements RunWriter {
  readonly path: string;
  readonly #header: RunHeader;
  readonly #writer: JournalWriter;
  readonly #lock: RunLock;
  readonly #deps: RunJournalDeps;
  readonly #ended: Ended;
  readonly #underWay: UnderWay;
  /** How messages ended before the run went on. */
  readonly #before: Outcomes | undefined;
  #closing: Promise<void> | undefined;

  private constructor(
    path: string,
    header: RunHeader,
    writer: JournalWriter,
    lock: RunLock,
    deps: RunJournalDeps,
    underWay: UnderWay,
    before?: Outcomes,
  ) {
    this.path = path;
    this.#header = header;
    this.#writer = writer;
    this.#lock = lock;
    this.#deps = deps;
    this.#underWay = underWay;
    const count = (state: keyof Ended): number => before?.count(state) ?? 0;
    this.#before = before;
    this.#ended = { acknowledged: count('acknowledged'), refused: count('refused'), unknown: count('unknown') };
  }

  /** Begins the file of a run that is locked. @throws NodeJS.ErrnoException, JournalError */
  static async begin(path: string, header: RunHeader, lock: RunLock, deps: RunJournalDeps): Promise<RunJournal> {
    const line = headerLine(header);
    if (Buffer.byteLength(line) > MAX_LINE_BYTES) throw tooManyPieces();
    const underWay: UnderWay = { count: 0 };
    const writer = await JournalWriter.create(path, optionsOf(lock, deps, underWay));
    await firstCommit(writer, line);
    return new RunJournal(path, header, writer, lock, deps, underWay);
  }

  /** Goes on with the file of a run that is locked. @throws NodeJS.ErrnoException, JournalError */
  static async resume(path: string, fold: Fold, lock: RunLock, deps: RunJournalDeps): Promise<RunJournal> {
    const underWay: UnderWay = { count: 0 };
    const writer = await JournalWriter.extend(path, fold.end, optionsOf(lock, deps, underWay));
    await firstCommit(writer, resumedLine(deps.now()));
    return new RunJournal(path, fold.header, writer, lock, deps, underWay, fold.outcomes);
  }

  get runId(): string {
    return this.#header.id;
  }

  leaving(message: ReadyMessage): Promise<void> {
    this.#underWay.count += 1;
    const written = this.#writer.commit(this.#deps.keepsPayloads ? payloadLine(message) : leavingLine(message));
    return this.#before?.stateOf(message.index) === 'refused' ? this.#leavingAgain(written) : written;
  }

  ended(message: ReadyMessage, outcome: MessageOutcome): void {
    this.#underWay.count -= 1;
    if (outcome.kind !== 'notSent') this.#ended[outcome.kind] += 1;
    this.#writer.append(endedLine(message.index, outcome));
  }

  counts(): RunCounts {
    const { acknowledged, refused, unknown } = this.#ended;
    return { ...this.#ended, notSent: Math.max(0, this.#header.count - acknowledged - refused - unknown) };
  }

  async finish(summary: RunSummary): Promise<void> {
    if (this.#closing !== undefined) throw journalError(new Error('The journal was closed before the run ended'), this.#deps.folder);
    this.#writer.append(summaryLine(summary));
    await this.close();
  }

  /** Returns when all of it can be read. */
  async flush(): Promise<void> {
    if (this.#closing === undefined) await this.#writer.flush();
    else await this.#closing.catch(() => undefined);
  }

  /** Ends without a last line where {@link finish} was not called: the run is interrupted. @throws JournalError */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #leavingAgain(written: Promise<void>): Promise<void> {
    await written;
    this.#ended.refused -= 1;
  }

  async #close(): Promise<void> {
    try {
      await this.#writer.close();
    } finally {
      await this.#lock.release();
      this.#deps.onClosed();
    }
  }
}

function optionsOf(lock: RunLock, { wait, folder, onWritten }: RunJournalDeps, underWay: UnderWay): JournalWriterOptions {
  // Answers come in groups: half of those who send are worth a write, the other half is on its way meanwhile.
  const company = (): number => underWay.count / 2;
  return { wait, onWritten, company, check: () => lock.beat(), explain: (error) => journalError(error, folder) };
}

async function firstCommit(writer: JournalWriter, line: string): Promise<void> {
  try {
    await writer.commit(line);
    await writer.keep();
  } catch (error) {
    await writer.close().catch(() => undefined);
    throw error;
  }
}
