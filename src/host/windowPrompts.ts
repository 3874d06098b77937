import { InputBoxValidationSeverity, QuickInputButtons, window } from 'vscode';
import type { InputBox, QuickInput, QuickInputButton } from 'vscode';

import { CancelledError } from '../model/cloudError.ts';
import { withoutIcons } from '../model/format.ts';
import { showInfo, withoutLinks } from './notifications.ts';
import { fillPick } from './pickRows.ts';
import type { Row } from './pickRows.ts';
import { BackError } from './prompts.ts';
import type { ChooseOptions, ConfirmOptions, InputNote, InputOptions, PickManyOptions, PickOptions, Prompts, WizardPlace } from './prompts.ts';
import { Question } from './question.ts';

/** How long typing has to pause before a slow validation is asked again. */
const DEBOUNCE_MS = 250;

/** The questions of the editor's window. */
export class WindowPrompts implements Omit<Prompts, 'at'> {
  readonly #place: WizardPlace | undefined;

  /** @param place where in a wizard the questions stand; undefined outside of one */
  constructor(place: WizardPlace | undefined) {
    this.#place = place;
  }

  pick<T>(options: PickOptions<T>): Promise<T> {
    const quick = window.createQuickPick<Row<T>>();
    return this.#ask<T>(quick, options.title, (question) => {
      fillPick(quick, options, question, (rows, previous) => {
        // A row that cannot be chosen was active only as long as there was no other.
        const isFree = ({ item }: Row<T>): boolean => item !== undefined && item.unavailable === undefined;
        const kept = previous !== undefined && isFree(previous) ? previous : undefined;
        const wanted = kept ?? rows.find((row) => row.item !== undefined && row.item.value === options.active) ?? rows.find(isFree);
        if (wanted !== undefined) quick.activeItems = [wanted];
      });
      question.add(quick.onDidAccept(() => {
        const item = quick.selectedItems[0]?.item;
        if (item === undefined) return;
        if (item.unavailable === undefined) question.resolve(item.value);
        else showInfo(item.unavailable);
      }));
    });
  }

  pickMany<T>(options: PickManyOptions<T>): Promise<readonly T[]> {
    const quick = window.createQuickPick<Row<T>>();
    quick.canSelectMany = true;
    return this.#ask<readonly T[]>(quick, options.title, (question) => {
      fillPick(quick, options, question, (rows) => {
        quick.selectedItems = rows.filter((row) => row.item?.isPicked === true && row.item.unavailable === undefined);
      });
      question.add(quick.onDidChangeSelection((selected) => {
        const allowed = selected.filter((row) => row.item !== undefined && row.item.unavailable === undefined);
        if (allowed.length < selected.length) quick.selectedItems = allowed;
      }));
      question.add(quick.onDidAccept(() => {
        const values = quick.selectedItems.flatMap((row) => (row.item === undefined ? [] : [row.item.value]));
        const wrong = options.validate?.(values);
        if (wrong === undefined) question.resolve(values);
        else showInfo(wrong);
      }));
    });
  }

  input(options: InputOptions): Promise<string> {
    const box = window.createInputBox();
    box.prompt = plain(options.prompt);
    box.placeholder = options.placeholder;
    box.value = options.value ?? '';
    box.password = options.isSecret ?? false;
    return this.#ask<string>(box, options.title, (question) => {
      question.onBack = () => options.onBack?.(box.value);
      watchInput(box, options, question);
    });
  }

  async confirm(options: ConfirmOptions): Promise<void> {
    await this.choose({ message: options.message, detail: options.detail, choices: [{ label: options.verb, value: true }] });
  }

  async choose<T>({ message, detail, choices }: ChooseOptions<T>): Promise<T> {
    const options = detail === undefined ? { modal: true } : { modal: true, detail };
    const label = await window.showWarningMessage(message, options, ...choices.map((choice) => choice.label));
    const chosen = choices.find((choice) => choice.label === label);
    if (chosen === undefined) throw new CancelledError();
    return chosen.value;
  }

  #ask<T>(input: QuickInput & { buttons: readonly QuickInputButton[]; onDidTriggerButton: InputBox['onDidTriggerButton'] },
    title: string | undefined, build: (question: Question<T>) => void): Promise<T> {
    const place = this.#place;
    input.title = place?.title ?? title;
    // A key is copied from a browser: leaving the window must not lose what was typed.
    input.ignoreFocusOut = true;
    if (place !== undefined) {
      input.step = place.step;
      input.totalSteps = place.totalSteps;
      if (place.canGoBack) input.buttons = [QuickInputButtons.Back];
    }
    return new Promise<T>((resolve, reject) => {
      const question = new Question<T>(input, resolve, reject);
      question.add(input.onDidTriggerButton((button) => {
        if (button !== QuickInputButtons.Back) return;
        question.onBack?.();
        question.reject(new BackError());
      }));
      question.add(input.onDidHide(() => question.reject(new CancelledError())));
      build(question);
      input.show();
    });
  }
}

function watchInput(box: InputBox, { validate }: InputOptions, question: Question<string>): void {
  let isSlow = false;
  let latest = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  question.add({ dispose: () => clearTimeout(timer) });
  question.add({ dispose: () => latest.abort() });

  const check = async (): Promise<InputNote | undefined> => {
    const controller = new AbortController();
    latest = controller;
    const found = validate?.(box.value, controller.signal);
    isSlow = found instanceof Promise;
    const note = await found;
    if (!controller.signal.aborted) box.validationMessage = note && { message: plain(note.message), severity: SEVERITIES[note.severity] };
    return note;
  };
  const failed = (error: unknown): void => {
    // What was asked about is no longer in the box.
    if (!(error instanceof CancelledError)) question.reject(error);
  };
  question.add(box.onDidChangeValue(() => {
    latest.abort();
    clearTimeout(timer);
    if (isSlow) box.validationMessage = undefined;
    timer = setTimeout(() => void check().catch(failed), isSlow ? DEBOUNCE_MS : 0);
  }));
  question.add(box.onDidAccept(() => {
    latest.abort();
    clearTimeout(timer);
    box.busy = true;
    const text = box.value;
    check().then((note) => {
      if (question.signal.aborted) return;
      box.busy = false;
      if (note?.severity !== 'error' && box.value === text) question.resolve(text);
    }, (error: unknown) => {
      box.busy = false;
      failed(error);
    });
  }));
}

const SEVERITIES: Readonly<Record<InputNote['severity'], InputBoxValidationSeverity>> = {
  error: InputBoxValidationSeverity.Error,
  warning: InputBoxValidationSeverity.Warning,
  info: InputBoxValidationSeverity.Info,
};

/** Below an input the editor draws icons and makes links, and some of our texts hold a name, which may say anything. */
function plain(text: string): string {
  return withoutLinks(withoutIcons(text));
}
