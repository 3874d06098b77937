/** Where a line was printed. */
type LogStream = 'stdout' | 'stderr';

/** 1 MB of logs are kept of a run (cloudfunctions.md §10.2). */
const maxLogBytes = 1_048_576;

/** The log of one run: pieces of output become lines in OpenWhisk's form, `2023-01-01T00:00:00.000Z stdout: text` (§6.2). */
export class LogLines {
  readonly #lines: string[] = [];
  readonly #open: Record<LogStream, { at: number; text: string } | undefined> = { stdout: undefined, stderr: undefined };
  #bytes = 0;
  #isFull = false;

  /** Adds what was printed at `at` (ms since the epoch); a line without its end waits for the rest. */
  add(stream: LogStream, at: number, text: string): void {
    if (this.#isFull) return;
    const open = this.#open[stream] ?? { at, text: '' };
    const end = text.lastIndexOf('\n');
    const [first = '', ...others] = end === -1 ? [] : text.slice(0, end).split('\n');
    if (end !== -1) this.#push(stream, open.at, open.text + first);
    for (const line of others) this.#push(stream, at, line);
    // Joined only once: a long line may come in many pieces.
    const rest = end === -1 ? { at: open.at, text: open.text + text } : { at, text: text.slice(end + 1) };
    this.#open[stream] = rest;
    // A line that never ends must not grow without bounds.
    if (rest.text.length > maxLogBytes) this.#close(stream);
  }

  /** The whole log; unfinished lines end here. */
  end(): readonly string[] {
    this.#close('stdout');
    this.#close('stderr');
    return this.#lines;
  }

  #close(stream: LogStream): void {
    const open = this.#open[stream];
    this.#open[stream] = undefined;
    if (open !== undefined && open.text !== '') this.#push(stream, open.at, open.text);
  }

  #push(stream: LogStream, at: number, text: string): void {
    if (this.#isFull) return;
    const line = logLine(at, stream, text.endsWith('\r') ? text.slice(0, -1) : text);
    const left = maxLogBytes - this.#bytes;
    const size = Buffer.byteLength(line);
    this.#bytes += size;
    if (size <= left) {
      this.#lines.push(line);
      return;
    }
    this.#isFull = true;
    this.#lines.push(Buffer.from(line).subarray(0, left).toString('utf8'));
    const note = `Logs were truncated because the total bytes size exceeds the limit of ${String(maxLogBytes)} bytes.`;
    this.#lines.push(logLine(at, 'stderr', note));
  }
}

/** One line; `at` in ms since the epoch. */
export function logLine(at: number, stream: LogStream, text: string): string {
  return `${new Date(at).toISOString()} ${stream}: ${text}`;
}
