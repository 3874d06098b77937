import type { Stage } from './stage.ts';
import type { TreePath } from './tree.ts';
import { isText, waitFor } from './wait.ts';
import type { Words } from './words.ts';
import type { Workbench } from './workbench.ts';

/** The row of Cloud Functions in the demo account. */
export const FUNCTIONS: TreePath = ['Demo NAVER', /^Cloud Functions/u];

/** The questions in the window pictures are taken of. */
export function questionsOf({ workbench, say }: Stage): FunctionQuestions {
  return new FunctionQuestions(workbench, say);
}

/** Answers the questions of Cloud Functions' wizards by their English texts, in the language of the window. */
export class FunctionQuestions {
  readonly #workbench: Workbench;
  readonly #say: Words;

  constructor(workbench: Workbench, say: Words) {
    this.#workbench = workbench;
    this.#say = say;
  }

  /** Waits for a question, in an input or a pick; whatever stands in its places counts. */
  async at(english: string): Promise<void> {
    const { quickInput } = this.#workbench;
    const parts = this.#say(english).split(/\{\d+\}/u).map((part) => part.replaceAll(/[.*+?^$()[\]{}|\\]/gu, String.raw`\$&`));
    const question = new RegExp(parts.join('.*'), 'u');
    await waitFor(`the question "${this.#say(english)}"`, async () => question.test(await quickInput.placeholder()) || question.test(await quickInput.message()));
  }

  /** Answers the pick with this question by the English label of a row. */
  async pick(english: string, label: string): Promise<void> {
    await this.at(english);
    await this.#workbench.quickInput.pick(this.#say(label));
  }

  /** Answers the input with this question. */
  async type(english: string, text: string): Promise<void> {
    await this.at(english);
    await this.#workbench.quickInput.type(text);
    await this.#workbench.quickInput.accept();
  }

  /** Takes what is proposed as the answer to this question. */
  async take(english: string): Promise<void> {
    await this.at(english);
    await this.#workbench.quickInput.accept();
  }

  /** Waits for the last step, where everything is asked for once more. */
  async review(): Promise<void> {
    await this.row(this.#say('Create'));
  }

  /** Ticks one row of a pick of several, found by typing, and takes it. */
  async tick(label: string): Promise<void> {
    const { quickInput } = this.#workbench;
    await quickInput.type(label);
    // A list that is being narrowed down takes no click.
    await waitFor(`${label} alone`, async () => {
      const rows = await quickInput.rows();
      return rows.length === 1 && rows[0]?.label === label;
    });
    await quickInput.toggle(label);
    await waitFor(`${label} to be ticked`, async () => (await quickInput.count()).startsWith('1'));
    await quickInput.accept();
  }

  /** Waits until a row is offered. */
  async row(label: string | RegExp): Promise<void> {
    await waitFor(`the row ${label}`, async () => (await this.#workbench.quickInput.rows()).some((row) => isText(row.label, label)));
  }
}
