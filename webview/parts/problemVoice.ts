import * as l10n from '@vscode/l10n';

import type { LiveEvent, ShownProblem } from '../../src/protocol/dashboard.ts';

/** Parts of a page that are read together fail within so many milliseconds. */
const TOGETHER_MS = 100;

interface Failure {
  readonly title: string;
  readonly problem: ShownProblem;
}

/** Says the problems of a page to those who listen: what several parts have, or the line of the toolbar says, only once. */
export class ProblemVoice {
  readonly #announce: (text: string) => void;
  /** What each part has now. */
  readonly #shown = new Map<string, string>();
  #live: string | undefined;
  #waiting: readonly Failure[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(announce: (text: string) => void) {
    this.#announce = announce;
  }

  /** How a part stands now. */
  take(part: string, title: string, problem: ShownProblem | null): void {
    const before = this.#shown.get(part);
    if (problem === null) {
      this.#shown.delete(part);
      this.#waiting = this.#waiting.filter((each) => each.title !== title);
      return;
    }
    const text = plain(problem.message);
    this.#shown.set(part, text);
    if (before === text) return;
    const isKnown = [...this.#shown].some(([other, message]) => other !== part && message === text) && !this.#isWaiting(text);
    if (isKnown || this.#live === text) return;
    this.#waiting = [...this.#waiting, { title, problem }];
    this.#timer ??= setTimeout(() => this.#say(), TOGETHER_MS);
  }

  /** What the line of the toolbar says from now on; it is without what was said of a part already. */
  live(event: LiveEvent): LiveEvent {
    this.#live = event.note === undefined ? undefined : plain(event.note);
    const { note, ...rest } = event;
    const wasSaid = [...this.#shown.values()].some((message) => message === this.#live) && !this.#isWaiting(this.#live);
    return wasSaid || note === undefined ? rest : { ...rest, note };
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #isWaiting(text: string | undefined): boolean {
    return this.#waiting.some(({ problem }) => plain(problem.message) === text);
  }

  #say(): void {
    this.#timer = undefined;
    const unsaid = this.#waiting.filter(({ problem }) => plain(problem.message) !== this.#live);
    this.#waiting = [];
    const byMessage = Map.groupBy(unsaid, ({ problem }) => plain(problem.message));
    const texts = [...byMessage.values()].map(wordsOf).filter((text) => text !== '');
    if (texts.length > 0) this.#announce(texts.join(' '));
  }
}

/** Of one part with its name; of several what they share. */
function wordsOf([first, ...others]: readonly Failure[]): string {
  if (first === undefined) return '';
  const { message, hint } = first.problem;
  const words = hint === undefined ? message : `${message} ${hint}`;
  return others.length === 0 ? l10n.t('{0}: {1}', first.title, words) : words;
}

/** The line of the toolbar has it as a part of a sentence. */
function plain(message: string): string {
  return message.replace(/[.。]$/u, '');
}
