import { EventEmitter, l10n, type Pseudoterminal, type Terminal, ThemeIcon, window } from 'vscode';

import { oneLine } from '../../../model/format.ts';
import type { FunctionsDeps } from '../context.ts';
import { subjectKey } from './runAddress.ts';
import type { WatchTerminal } from './runStore.ts';
import { isAction, listActivations, readActivation, type RunSubject } from './subject.ts';
import { withoutUnshown } from './unshown.ts';
import { type LineTone, watch, type WatchPorts } from './watchLoop.ts';

/**
 * Shows new activations of an action or a trigger in a terminal, with their logs, until that is closed. There is one terminal for each:
 * asked again, it comes to the front, and goes on where it had ended.
 */
export function watchActivations(subject: RunSubject, deps: FunctionsDeps): Promise<void> {
  const key = subjectKey(subject);
  const known = deps.runs.terminalOf(key);
  if (known !== undefined) {
    known.show();
    return Promise.resolve();
  }
  const terminal = new ActivationTerminal(subject, deps, () => deps.runs.dropTerminal(key, terminal));
  deps.runs.keepTerminal(key, terminal);
  terminal.show();
  return Promise.resolve();
}

/** Marks of the terminal for colours; words say the same. */
const TONES: Readonly<Record<LineTone, string>> = { plain: '', good: '\u001B[32m', bad: '\u001B[31m', quiet: '\u001B[2m' };
const RESET = '\u001B[0m';

class ActivationTerminal implements WatchTerminal, Pseudoterminal {
  readonly #subject: RunSubject;
  readonly #deps: FunctionsDeps;
  readonly #closed: () => void;
  readonly #lines = new EventEmitter<string>();
  readonly #terminal: Terminal;
  readonly onDidWrite = this.#lines.event;
  #ending: AbortController | undefined;
  #isOpen = false;

  constructor(subject: RunSubject, deps: FunctionsDeps, closed: () => void) {
    this.#subject = subject;
    this.#deps = deps;
    this.#closed = closed;
    const { name, place } = subject;
    this.#terminal = window.createTerminal({
      name: l10n.t('Activations of {0} · {1}', oneLine(name), oneLine(place.account.name)),
      pty: this,
      iconPath: new ThemeIcon('history'),
      isTransient: true,
    });
  }

  show(): void {
    this.#terminal.show(true);
    if (this.#isOpen) this.#start();
  }

  end(): void {
    this.#terminal.dispose();
    this.close();
  }

  /** Called by the editor; what was written before is lost. */
  open(): void {
    this.#isOpen = true;
    this.#start();
  }

  close(): void {
    this.#ending?.abort();
    this.#isOpen = false;
    this.#closed();
    this.#lines.dispose();
  }

  handleInput(text: string): void {
    if (text.includes('\r')) this.#start();
  }

  #start(): void {
    if (this.#ending !== undefined) return;
    const ending = new AbortController();
    this.#ending = ending;
    void watch(this.#ports(), ending.signal).finally(() => {
      if (this.#ending === ending) this.#ending = undefined;
    });
  }

  #ports(): WatchPorts {
    const { client, format, now, wait, account, log } = this.#deps;
    const subject = this.#subject;
    const { place } = subject;
    const asClient = (): ReturnType<typeof client> => client(place.account.id, place.region);
    return {
      list: async (query, signal) => listActivations(await asClient(), subject, query, signal),
      detail: async (id, signal) => readActivation(await asClient(), subject, id, signal),
      isThere: () => account(place.account.id) !== undefined,
      accountName: place.account.name,
      subjectName: oneLine(subject.name),
      isTrigger: !isAction(subject),
      write: (text, tone) => this.#write(text, tone),
      format, now, wait,
      logError: (message, error) => log.error(message, error),
    };
  }

  #write(text: string, tone: LineTone): void {
    for (const line of text.split(/\r?\n/)) {
      // What could move the cursor or change the terminal is only shown.
      this.#lines.fire(`${TONES[tone]}${withoutUnshown(line)}${TONES[tone] === '' ? '' : RESET}\r\n`);
    }
  }
}
