import assert from 'node:assert/strict';

import {
  BackError, type ChooseOptions, type ConfirmOptions, type InputOptions, type LoadItems, type PickItem, type PickManyOptions, type PickOptions, type Prompts,
  type WizardPlace,
} from '../../../src/host/prompts.ts';

/** An answer of the script: a row's or button's label, a text to type, or Back. */
export type Answer = { readonly pick: string } | { readonly type: string } | { readonly choose: string } | 'back' | 'accept';

/** Answers questions one after the other; a question without an answer, or an answer without a question, fails the test. */
export class Script implements Prompts {
  readonly #answers: Answer[];
  /** What was asked: prompt, placeholder or message, with the step where there is one. */
  readonly asked: string[] = [];
  /** Remarks on texts that were refused. */
  readonly notes: string[] = [];
  /** Rows of the last pick, when it was answered. */
  rows: readonly PickItem<unknown>[] = [];
  #place: WizardPlace | undefined;

  constructor(...answers: Answer[]) {
    this.#answers = answers;
  }

  at(place: WizardPlace): Prompts {
    this.#place = place;
    return this;
  }

  done(): void {
    assert.deepEqual(this.#answers, [], 'answers that nobody asked for');
  }

  async pick<T>(options: PickOptions<T>): Promise<T> {
    const answer = this.#next(options.placeholder ?? '');
    const rows = typeof options.items === 'function' ? await arrived(options.items, answer) : options.items;
    this.rows = rows;
    if (answer === 'back') throw new BackError();
    const chosen = rowFor(answer, rows);
    assert.ok(chosen, `no row for ${JSON.stringify(answer)} among ${rows.map(({ label }) => label).join(', ')}`);
    assert.equal(chosen.unavailable, undefined);
    return chosen.value;
  }

  async input(options: InputOptions): Promise<string> {
    for (;;) {
      const answer = this.#next(options.prompt);
      if (answer === 'back') {
        options.onBack?.(options.value ?? '');
        throw new BackError();
      }
      const text = typeof answer === 'object' && 'type' in answer ? answer.type : (options.value ?? '');
      const note = await options.validate?.(text, new AbortController().signal);
      if (note === undefined) return text;
      this.notes.push(note.message);
    }
  }

  choose<T>(options: ChooseOptions<T>): Promise<T> {
    const answer = this.#next(options.message);
    const chosen = options.choices.find(({ label }) => typeof answer === 'object' && 'choose' in answer && label === answer.choose);
    assert.ok(chosen, `no button for ${JSON.stringify(answer)} among ${options.choices.map(({ label }) => label).join(', ')}`);
    return Promise.resolve(chosen.value);
  }

  async confirm({ message, verb }: ConfirmOptions): Promise<void> {
    await this.choose({ message, choices: [{ label: verb, value: true }] });
  }

  pickMany<T>(options: PickManyOptions<T>): Promise<readonly T[]> {
    assert.fail(`asked for many: ${options.placeholder ?? ''}`);
  }

  #next(question: string): Answer {
    const place = this.#place;
    this.asked.push(place === undefined ? question : `${place.step}/${place.totalSteps} ${question}`);
    this.#place = undefined;
    const answer = this.#answers.shift();
    assert.ok(answer !== undefined, `no answer for "${question}"`);
    return answer;
  }
}

function rowFor<T>(answer: Answer, rows: readonly PickItem<T>[]): PickItem<T> | undefined {
  return answer === 'accept' ? rows[0] : rows.find(({ label }) => typeof answer === 'object' && 'pick' in answer && label === answer.pick);
}

/** The rows when all are there, or as soon as a row that was named is, as a user would choose it. */
async function arrived<T>(load: LoadItems<T>, answer: Answer): Promise<readonly PickItem<T>[]> {
  const controller = new AbortController();
  let rows: readonly PickItem<T>[] = [];
  await new Promise<void>((resolve, reject) => {
    const show = (items: readonly PickItem<T>[]): void => {
      rows = items;
      if (answer !== 'accept' && rowFor(answer, rows) !== undefined) queueMicrotask(resolve);
    };
    load(show, controller.signal).then(resolve, reject);
  });
  controller.abort();
  return rows;
}
