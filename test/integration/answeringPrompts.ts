import type { ChooseOptions, InputOptions, PickBase, PickItem, PickManyOptions, PickOptions, Prompts } from '../../src/host/prompts.ts';
import { CancelledError } from '../../src/model/cloudError.ts';

/** Questions one command may ask before it is called off: a wizard that is answered anything may go round for ever. */
const MAX_QUESTIONS = 60;

/** Texts that answer one or another question, after the question's own default and what it quotes. */
const TEXTS = ['anything', '3', '7 d', '1', '100', '1 GiB', '1 MiB', 's3a://bucket/path', 'nrn:PUB:IAM::1:Role/5f1c7a30-36d4-11f0-a3f1-246e966ebeb4', 'https://example.com', ''];

/** Prompts that answer whatever a question lets through, and say yes to everything. */
export class AnsweringPrompts implements Prompts {
  #left = MAX_QUESTIONS;
  #names = 0;

  /** Before the next command. */
  start(): void {
    this.#left = MAX_QUESTIONS;
  }

  async pick<T>(options: PickOptions<T>): Promise<T> {
    const items = (await this.#items(options)).filter(({ unavailable }) => unavailable === undefined);
    // The first row of a finished wizard does it; in a list of fields it is the first that is asked for.
    return this.#orCancel(items.find(({ value }) => options.active !== undefined && value === options.active) ?? items[0]).value;
  }

  async pickMany<T>(options: PickManyOptions<T>): Promise<readonly T[]> {
    const items = (await this.#items(options)).filter(({ unavailable }) => unavailable === undefined);
    return items.slice(0, 1).map(({ value }) => value);
  }

  async input(options: InputOptions): Promise<string> {
    this.#count();
    const { value = '', placeholder = '', prompt, title = '', validate } = options;
    const quoted = [...`${title} ${prompt}`.matchAll(/"([^"]+)"/gu)].map(([, text = '']) => text);
    this.#names += 1;
    const numbers = [...`${title} ${prompt}`.matchAll(/\d+/gu)].map(([text]) => text);
    for (const text of [value, placeholder, ...quoted, ...numbers, `new-${String(this.#names)}`, ...TEXTS]) {
      if (text === '' && value !== '') continue;
      const note = await validate?.(text, new AbortController().signal);
      if (note?.severity !== 'error') return text;
    }
    throw new CancelledError();
  }

  confirm(): Promise<void> {
    this.#count();
    return Promise.resolve();
  }

  choose<T>({ choices }: ChooseOptions<T>): Promise<T> {
    this.#count();
    return Promise.resolve(this.#orCancel(choices[0]).value);
  }

  at(): Prompts {
    return this;
  }

  #count(): void {
    this.#left -= 1;
    if (this.#left < 0) throw new CancelledError();
  }

  #orCancel<T>(item: T | undefined): T {
    if (item === undefined) throw new CancelledError();
    return item;
  }

  async #items<T>({ items }: PickBase<T>): Promise<readonly PickItem<T>[]> {
    this.#count();
    if (typeof items !== 'function') return items;
    let shown: readonly PickItem<T>[] = [];
    const controller = new AbortController();
    await items((rows) => { shown = rows; }, controller.signal);
    controller.abort();
    return shown;
  }
}
