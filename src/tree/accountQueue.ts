import { CancelledError } from '../model/cloudError.ts';

/** How many loads of one account run at the same time. */
const MAX_AT_ONCE = 4;

interface Line {
  running: number;
  readonly waiting: (() => void)[];
}

/** Lets a few loads of one account run at the same time and the others wait: a full refresh must not flood a service. */
export class AccountQueue {
  readonly #lines = new Map<string, Line>();

  /**
   * Runs work when it is its turn, at once where there is room.
   * @throws CancelledError when the signal ended before; else whatever the work throws
   */
  async run<T>(accountId: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const line = this.#lines.get(accountId) ?? { running: 0, waiting: [] };
    this.#lines.set(accountId, line);
    if (line.running >= MAX_AT_ONCE) await turn(line, signal);
    else line.running += 1;
    try {
      return await work();
    } finally {
      const next = line.waiting.shift();
      // The place goes on to the one who waits longest.
      if (next !== undefined) next();
      else line.running -= 1;
      if (line.running === 0) this.#lines.delete(accountId);
    }
  }
}

function turn(line: Line, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      line.waiting.splice(line.waiting.indexOf(enter), 1);
      reject(new CancelledError());
    };
    const enter = (): void => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    line.waiting.push(enter);
    signal.addEventListener('abort', leave, { once: true });
  });
}
