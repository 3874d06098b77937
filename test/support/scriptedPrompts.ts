import assert from 'node:assert/strict';

import { BackError } from '../../src/host/prompts.ts';
import type {
  ChooseOptions, ConfirmOptions, InputNote, InputOptions, PickBase, PickItem, PickManyOptions, PickOptions, Prompts, WizardPlace,
} from '../../src/host/prompts.ts';
import { CancelledError } from '../../src/model/cloudError.ts';

/** One answer of a script. Rows are named by their label. */
export type Answer =
  | { readonly pick: string; readonly before?: 'loaded' }
  | { readonly many: readonly string[] }
  | { readonly type: string }
  /** Types a text that must be refused with these words, then the next answer is taken. */
  | { readonly refused: string; readonly because: RegExp }
  | { readonly press: string }
  | { readonly back: string | undefined }
  | { readonly cancel: true };

/** One question as it was asked. */
export interface Asked {
  readonly text: string;
  readonly place: WizardPlace | undefined;
  readonly labels: readonly string[];
  readonly active: string | undefined;
  readonly value: string | undefined;
  readonly isSecret: boolean;
}

/** Prompts that answer by script. `done()` fails unless every answer was used; a question without an answer fails at once. */
export class ScriptedPrompts implements Prompts {
  readonly asked: Asked[] = [];
  readonly notes: InputNote[] = [];
  readonly #answers: Answer[];

  constructor(...answers: readonly Answer[]) {
    this.#answers = [...answers];
  }

  /** Fails where a scripted answer was never asked for. */
  done(): void {
    assert.deepEqual(this.#answers, [], 'answers left over');
  }

  pick<T>(options: PickOptions<T>): Promise<T> {
    return this.#pick(options, undefined);
  }

  pickMany<T>(options: PickManyOptions<T>): Promise<readonly T[]> {
    return this.#pickMany(options, undefined);
  }

  input(options: InputOptions): Promise<string> {
    return this.#input(options, undefined);
  }

  async confirm({ message, detail, verb }: ConfirmOptions): Promise<void> {
    await this.choose({ message, detail, choices: [{ label: verb, value: true }] });
  }

  choose<T>({ message, detail, choices }: ChooseOptions<T>): Promise<T> {
    const answer = this.#next(`${message} ${detail ?? ''}`, undefined, { labels: choices.map(({ label }) => label) });
    const chosen = 'press' in answer ? choices.find(({ label }) => label === answer.press) : undefined;
    return chosen === undefined ? Promise.reject(wrongAnswer(answer, message)) : Promise.resolve(chosen.value);
  }

  at(place: WizardPlace): Prompts {
    return {
      pick: (options) => this.#pick(options, place),
      pickMany: (options) => this.#pickMany(options, place),
      input: (options) => this.#input(options, place),
      confirm: (options) => this.confirm(options),
      choose: (options) => this.choose(options),
      at: (other) => this.at(other),
    };
  }

  async #pick<T>(options: PickOptions<T>, place: WizardPlace | undefined): Promise<T> {
    const { items, abort } = await this.#itemsOf(options);
    const active = items.find(({ value }) => value === options.active)?.label;
    const answer = this.#next(options.placeholder ?? '', place, { labels: items.map(({ label }) => label), active });
    abort();
    if (!('pick' in answer)) throw wrongAnswer(answer, options.placeholder);
    const item = items.find(({ label }) => label === answer.pick);
    assert.ok(item, `no row "${answer.pick}" among ${items.map(({ label }) => label).join(' | ')}`);
    assert.equal(item.unavailable, undefined, `row "${answer.pick}" cannot be chosen`);
    return item.value;
  }

  async #pickMany<T>(options: PickManyOptions<T>, place: WizardPlace | undefined): Promise<readonly T[]> {
    const { items, abort } = await this.#itemsOf(options);
    const answer = this.#next(options.placeholder ?? '', place, { labels: items.map(({ label }) => label) });
    abort();
    if (!('many' in answer)) throw wrongAnswer(answer, options.placeholder);
    const values = answer.many.map((wanted) => {
      const item = items.find(({ label }) => label === wanted);
      assert.ok(item, `no row "${wanted}" among ${items.map(({ label }) => label).join(' | ')}`);
      assert.equal(item.unavailable, undefined, `row "${wanted}" cannot be chosen`);
      return item.value;
    });
    assert.equal(options.validate?.(values), undefined);
    return values;
  }

  async #input(options: InputOptions, place: WizardPlace | undefined): Promise<string> {
    const { prompt, value, isSecret = false, validate, onBack } = options;
    const answer = this.#next(prompt, place, { value, isSecret });
    if ('back' in answer) onBack?.(answer.back ?? value ?? '');
    const text = 'type' in answer ? answer.type : 'refused' in answer ? answer.refused : undefined;
    if (text === undefined) throw wrongAnswer(answer, prompt);
    const note = await validate?.(text, new AbortController().signal);
    if (note !== undefined) this.notes.push(note);
    if ('refused' in answer) {
      assert.equal(note?.severity, 'error', `"${prompt}" took what it should refuse`);
      assert.match(note.message, answer.because);
      return this.#input(options, place);
    }
    assert.notEqual(note?.severity, 'error', note?.message);
    return text;
  }

  async #itemsOf<T>({ items }: PickBase<T>): Promise<{ items: readonly PickItem<T>[]; abort: () => void }> {
    const controller = new AbortController();
    if (typeof items !== 'function') return { items, abort: () => controller.abort() };
    let shown: readonly PickItem<T>[] = [];
    let isEarly = false;
    const next = this.#answers[0];
    const loading = items((rows) => { shown = rows; }, controller.signal);
    if (next !== undefined && 'before' in next) isEarly = true;
    if (isEarly) loading.catch(() => undefined);
    else await loading;
    return { items: shown, abort: () => controller.abort() };
  }

  #next(text: string, place: WizardPlace | undefined, more: Partial<Asked>): Answer {
    this.asked.push({ text, place, labels: [], active: undefined, value: undefined, isSecret: false, ...more });
    const answer = this.#answers.shift();
    assert.ok(answer, `no answer for "${text}" (${more.labels?.join(' | ') ?? ''})`);
    return answer;
  }
}

function wrongAnswer(answer: Answer, question: string | undefined): Error {
  if ('cancel' in answer) return new CancelledError();
  if ('back' in answer) return new BackError();
  return new assert.AssertionError({ message: `${JSON.stringify(answer)} does not answer "${question ?? ''}"` });
}
