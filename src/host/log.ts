import { LogLevel, window } from 'vscode';
import type { Disposable, LogOutputChannel } from 'vscode';

import type { HttpLog, LoggedRequest } from '../api/exchange.ts';
import { Redactor } from './redactor.ts';

/** The output channel "Cloud Streams". No line leaves without passing the redactor, and no line breaks in two. */
export class Log implements Disposable, HttpLog {
  readonly redactor = new Redactor();
  readonly #channel: LogOutputChannel;

  constructor(channel: LogOutputChannel = window.createOutputChannel('Cloud Streams', { log: true })) {
    this.#channel = channel;
  }

  /** Requests that went well are told only to who asks for debugging. */
  get isTerse(): boolean {
    const { logLevel } = this.#channel;
    return logLevel !== LogLevel.Trace && logLevel !== LogLevel.Debug;
  }

  /** One request and how it ended. */
  request(entry: LoggedRequest): void {
    if (entry.error === undefined && this.isTerse) return;
    const attempt = entry.attempt > 1 ? ` (attempt ${entry.attempt})` : '';
    const end = [entry.status, entry.error].filter((part) => part !== undefined).join(' ');
    const line = `[${entry.accountName}] ${entry.method} ${entry.host}${entry.target}${attempt}: ${end}, ${Math.round(entry.durationMs)} ms`;
    if (entry.error === undefined) this.#channel.debug(this.#clean(line));
    else this.#channel.warn(this.#clean(line));
  }

  /** What the extension did. */
  info(message: string): void {
    this.#channel.info(this.#clean(message));
  }

  /** What is odd but hurts nobody. */
  warn(message: string): void {
    this.#channel.warn(this.#clean(message));
  }

  /** What failed, with the stack where there is one. */
  error(message: string, error?: unknown): void {
    const stack = error === undefined ? '' : `\n${stackOf(error)}`;
    this.#channel.error(`${this.#clean(message)}${this.redactor.redact(stack)}`);
  }

  /** Opens the channel. */
  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }

  /** Redacted, and with control characters escaped: a topic's name cannot write a line of its own. */
  #clean(text: string): string {
    return Array.from(this.redactor.redact(text), escapeControl).join('');
  }
}

function escapeControl(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : character;
}

/** Stack and causes, five deep at most: a chain of causes may be a ring. */
function stackOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined || depth === 5 ? own : `${own}\nCaused by: ${stackOf(error.cause, depth + 1)}`;
}
