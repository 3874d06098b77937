import type { IssueReason } from '../message.ts';

/** What only the outside knows, and has to be asked for. */
export interface Wanted {
  readonly wanted: 'env' | 'file';
  /** Name of the environment's variable, or path of the file. */
  readonly name: string;
  /** Address of the document that asks. */
  readonly sourceUri: string;
}

/** Stands for what is not known yet, wherever that is inserted: a text, a number and a partition. */
const PLACEHOLDER = '0';

/** Different unknown names for which similar ones are looked for; nobody reads more. */
const MAX_UNKNOWN_NAMES = 1_000;

/** Who answers. */
export interface Outside {
  env(name: string): Promise<{ readonly value: string } | { readonly issue: 'envNotSet' | 'envNotAllowed' | 'envIsSecret' }>;
  /** A file's text, without a byte order mark. */
  file(path: string, sourceUri: string): Promise<{ readonly text: string } | { readonly issue: 'fileNotFound' | 'fileOutside' }>;
}

/** What the outside answered: each name is asked for once, and stays what it was for all messages. */
export class Answers {
  readonly #outside: Outside;
  readonly #given = new Map<string, string | IssueReason>();
  #wanted = new Map<string, Wanted>();
  readonly #likely = new Map<string, readonly string[]>();

  constructor(outside: Outside) {
    this.#outside = outside;
  }

  /** What is known. Where nothing is yet, something in its place: then {@link takeWanted} has it, and all has to be made anew. */
  of(wanted: Wanted): string | IssueReason {
    const id = idOf(wanted);
    const given = this.#given.get(id);
    if (given === undefined) this.#wanted.set(id, wanted);
    return given ?? PLACEHOLDER;
  }

  /** Whether something was looked for that is not known. */
  get isAsking(): boolean {
    return this.#wanted.size > 0;
  }

  /** What was looked for since the last call, and is not known. */
  takeWanted(): readonly Wanted[] {
    const wanted = [...this.#wanted.values()];
    this.#wanted = new Map();
    return wanted;
  }

  /** Names that an unknown one may have been meant to be, looked for once; none where there are very many unknown ones. */
  likelyOf(name: string, find: () => readonly string[]): readonly string[] {
    const known = this.#likely.get(name);
    if (known !== undefined) return known;
    if (this.#likely.size >= MAX_UNKNOWN_NAMES) return [];
    const found = find();
    this.#likely.set(name, found);
    return found;
  }

  /**
   * Asks, and keeps the answer.
   * @throws CancelledError where the user called it off
   */
  async ask(wanted: Wanted): Promise<void> {
    this.#given.set(idOf(wanted), await this.#ask(wanted));
  }

  async #ask({ wanted, name, sourceUri }: Wanted): Promise<string | IssueReason> {
    if (wanted === 'env') {
      const answer = await this.#outside.env(name);
      return 'issue' in answer ? { kind: answer.issue, name } : answer.value;
    }
    const answer = await this.#outside.file(name, sourceUri);
    return 'issue' in answer ? { kind: answer.issue, path: name } : answer.text;
  }
}

function idOf({ wanted, name, sourceUri }: Wanted): string {
  return wanted === 'env' ? `env\n${name}` : `file\n${sourceUri}\n${name}`;
}
