import { isDeepStrictEqual } from 'node:util';

import { InputBoxValidationSeverity, QuickInputButtons, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import type { InputBox, QuickInput, QuickInputButton, QuickPick, QuickPickItem } from 'vscode';

import { CancelledError } from '../model/cloudError.ts';
import { Disposables } from './disposables.ts';
import { BackError } from './prompts.ts';
import type {
  ChooseOptions, ConfirmOptions, InputNote, InputOptions, PickBase, PickItem, PickManyOptions, PickOptions, Prompts, WizardPlace,
} from './prompts.ts';

/** How long typing has to pause before a slow validation is asked again. */
const DEBOUNCE_MS = 250;

/** The prompts of the editor's window. */
export function createPrompts(): Prompts {
  return new WindowPrompts(undefined);
}

class WindowPrompts implements Prompts {
  readonly #place: WizardPlace | undefined;

  constructor(place: WizardPlace | undefined) {
    this.#place = place;
  }

  at(place: WizardPlace): Prompts {
    return new WindowPrompts(place);
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
        else void window.showInformationMessage(item.unavailable);
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
        else void window.showInformationMessage(wrong);
      }));
    });
  }

  input(options: InputOptions): Promise<string> {
    const box = window.createInputBox();
    box.prompt = options.prompt;
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

/** One question on the screen: settles once, then cleans up. */
class Question<T> extends Disposables {
  readonly #controller = new AbortController();
  readonly #resolve: (value: T) => void;
  readonly #reject: (error: unknown) => void;
  onBack: (() => void) | undefined;

  constructor(input: QuickInput, resolve: (value: T) => void, reject: (error: unknown) => void) {
    super();
    this.#resolve = resolve;
    this.#reject = reject;
    this.add(input);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  resolve(value: T): void {
    this.#resolve(value);
    this.#end();
  }

  reject(error: unknown): void {
    this.#reject(error);
    this.#end();
  }

  #end(): void {
    if (this.signal.aborted) return;
    this.#controller.abort();
    this.dispose();
  }
}

interface Row<T> extends QuickPickItem {
  /** Missing for a heading. */
  readonly item?: PickItem<T>;
}

function fillPick<T, R>(quick: QuickPick<Row<T>>, options: PickBase<T>, question: Question<R>,
  restore: (rows: readonly Row<T>[], previous: Row<T> | undefined) => void): void {
  quick.placeholder = options.placeholder;
  quick.matchOnDescription = true;
  quick.matchOnDetail = true;
  quick.keepScrollPosition = true;
  let isFirst = true;
  const show = (items: readonly PickItem<T>[]): void => {
    if (question.signal.aborted) return;
    const active = isFirst ? undefined : quick.activeItems[0];
    const rows = rowsOf(items);
    quick.items = rows;
    restore(rows, active && rows.find((row) => isSameRow(row, active)));
    isFirst = rows.length === 0;
  };
  if (typeof options.items !== 'function') {
    show(options.items);
    return;
  }
  quick.busy = true;
  options.items(show, question.signal).then(
    () => {
      if (!question.signal.aborted) quick.busy = false;
    },
    (error: unknown) => question.reject(error),
  );
}

/** Whether two rows stand for the same thing: what is told about it, such as a count, may have come in between. */
function isSameRow<T>(a: Row<T>, b: Row<T>): boolean {
  return a.label === b.label && (a.item?.value === b.item?.value || isDeepStrictEqual(a.item?.value, b.item?.value));
}

function rowsOf<T>(items: readonly PickItem<T>[]): readonly Row<T>[] {
  return items.flatMap((item): readonly Row<T>[] => {
    const row: Row<T> = {
      label: item.label,
      description: [item.description, item.unavailable].filter((part) => part !== undefined).join(' · '),
      ...(item.detail === undefined ? {} : { detail: item.detail }),
      ...(item.icon === undefined ? {} : { iconPath: new ThemeIcon(item.icon) }),
      alwaysShow: item.alwaysShow ?? false,
      item,
    };
    return item.heading === undefined ? [row] : [{ label: item.heading, kind: QuickPickItemKind.Separator }, row];
  });
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
    if (!controller.signal.aborted) box.validationMessage = note && { message: note.message, severity: SEVERITIES[note.severity] };
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
    }, failed);
  }));
}

const SEVERITIES: Readonly<Record<InputNote['severity'], InputBoxValidationSeverity>> = {
  error: InputBoxValidationSeverity.Error,
  warning: InputBoxValidationSeverity.Warning,
  info: InputBoxValidationSeverity.Info,
};
