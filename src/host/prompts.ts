/**
 * Asking the user. Every method returns what was chosen or throws: `CancelledError` when the user closed the question,
 * {@link BackError} when the user pressed Back, which only a wizard offers. Handlers need no `undefined` checks, and tests
 * answer by script.
 */
export interface Prompts {
  /** One of the items. */
  pick<T>(options: PickOptions<T>): Promise<T>;
  /** Any number of the items, none included. */
  pickMany<T>(options: PickManyOptions<T>): Promise<readonly T[]>;
  /** A line of text that passed its validation, exactly as typed. */
  input(options: InputOptions): Promise<string>;
  /** A modal question; only its button lets the caller go on. */
  confirm(options: ConfirmOptions): Promise<void>;
  /** A modal question with several answers. */
  choose<T>(options: ChooseOptions<T>): Promise<T>;
  /** The same prompts at one place of a wizard: title, step count and Back on every question. */
  at(place: WizardPlace): Prompts;
}

/** Thrown when the user pressed Back. Caught by `runWizard`. */
export class BackError extends Error {
  override readonly name = 'BackError';

  constructor() {
    super('Back');
  }
}

/** Where in a wizard a question stands. */
export interface WizardPlace {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/** One row of a pick. */
export interface PickItem<T> {
  readonly label: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
  /** Name of a codicon, without `$()`. */
  readonly icon?: string | undefined;
  readonly value: T;
  /** Why this row cannot be chosen: it stays visible, and choosing it says so. */
  readonly unavailable?: string | undefined;
  /** Heading above this row. */
  readonly heading?: string | undefined;
  /** Shown whatever is typed into the filter. */
  readonly alwaysShow?: boolean | undefined;
  /** Ticked at first, in a pick of many. */
  readonly isPicked?: boolean | undefined;
}

/** Rows below a heading of their own; without one as they are. */
export function withHeading<T>(items: readonly PickItem<T>[], heading: string | undefined): readonly PickItem<T>[] {
  return items.map((item, index) => (index === 0 ? { ...item, heading } : item));
}

/**
 * Rows that arrive while the question is open: call `show` with all rows known so far, as often as something came.
 * The signal ends when the question is answered or closed.
 */
export type LoadItems<T> = (show: (items: readonly PickItem<T>[]) => void, signal: AbortSignal) => Promise<void>;

/** What both picks share. */
export interface PickBase<T> {
  readonly title?: string | undefined;
  readonly placeholder?: string | undefined;
  /** The rows, or how they are loaded; while they load the question shows progress and can already be answered. */
  readonly items: readonly PickItem<T>[] | LoadItems<T>;
}

/** See {@link Prompts.pick}. */
export interface PickOptions<T> extends PickBase<T> {
  /** Value of the row that is active at first. */
  readonly active?: T | undefined;
}

/** See {@link Prompts.pickMany}. */
export interface PickManyOptions<T> extends PickBase<T> {
  /** What is wrong with a choice; it is shown and the question stays open. */
  readonly validate?: (values: readonly T[]) => string | undefined;
}

/** A remark below an input. An error keeps the question open, the others do not. */
export interface InputNote {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}

/**
 * Live validation, at once or later. One that answers later is asked again only when the typing pauses; its signal ends when the
 * text changed meanwhile.
 */
type Validate = (text: string, signal: AbortSignal) => InputNote | undefined | Promise<InputNote | undefined>;

/** See {@link Prompts.input}. */
export interface InputOptions {
  readonly title?: string | undefined;
  readonly prompt: string;
  readonly placeholder?: string | undefined;
  readonly value?: string | undefined;
  /** Shows dots in place of the text. */
  readonly isSecret?: boolean | undefined;
  readonly validate?: Validate | undefined;
  /** Gets what was typed when the user goes back, so that nothing is lost. */
  readonly onBack?: ((text: string) => void) | undefined;
}

/** See {@link Prompts.confirm}. */
export interface ConfirmOptions {
  /** Names the thing. */
  readonly message: string;
  /** Names the consequence. */
  readonly detail?: string | undefined;
  /** The verb on the button. */
  readonly verb: string;
}

/** See {@link Prompts.choose}. */
export interface ChooseOptions<T> {
  readonly message: string;
  readonly detail?: string | undefined;
  readonly choices: readonly { readonly label: string; readonly value: T }[];
}
