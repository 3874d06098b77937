import * as l10n from '@vscode/l10n';

import type { PartEvent } from '../../src/protocol/dashboard.ts';
import { setAttributes } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { linkButton } from './inputs.ts';
import { section } from './section.ts';

/** A part of a page: its frame, and how its data is drawn. */
export interface PartOptions<Name extends string, Data> {
  readonly part: Name;
  readonly title: string;
  readonly isWide?: true;
  /** All of it can be copied as CSV; charts have a button of their own. */
  readonly hasCsv?: true;
  readonly content: readonly Node[];
  /** @param readMs when it was read, Unix milliseconds */
  readonly show: (data: Data, readMs: number) => void;
  readonly dispose?: () => void;
}

interface Shown {
  take(event: PartEvent): void;
  redraw(): void;
  dispose(): void;
}

/** The parts of a page by name; each gets what the host says of it, and keeps it to be drawn again in another time zone. */
export class PartList<Parts> {
  readonly #context: PageContext;
  readonly #shown = new Map<string, Shown>();

  constructor(context: PageContext) {
    this.#context = context;
  }

  /** Makes the frame of a part, which stands in the page from the start. */
  add<Name extends keyof Parts & string>(options: PartOptions<Name, Parts[Name]>): HTMLElement {
    const { part, title, isWide, hasCsv, content, show, dispose } = options;
    const tools = hasCsv === true ? [this.#copyButton(part, title)] : [];
    const frame = section({ part, title, context: this.#context, tools, ...(isWide === undefined ? {} : { isWide }) });
    frame.body.append(...content);
    let last: PartEvent | undefined;
    let data: Parts[Name] | undefined;
    const draw = (): void => {
      if (data !== undefined) show(data, last?.readMs ?? this.#context.now());
    };
    this.#shown.set(part, {
      take: (event) => {
        last = { ...event, ...(event.readMs === undefined && last?.readMs !== undefined ? { readMs: last.readMs } : {}) };
        // The host's own types, over a channel that has none.
        if (event.data !== undefined) data = event.data as Parts[Name];
        frame.show(event);
        if (event.data !== undefined) draw();
      },
      redraw: () => {
        if (last !== undefined) frame.show(last);
        draw();
      },
      dispose: () => dispose?.(),
    });
    return frame.element;
  }

  #copyButton(part: string, title: string): HTMLElement {
    const button = linkButton(l10n.t('Copy CSV'), () => this.#context.call({ type: 'copyCsv', part }));
    // A page has several: the button says what it is of.
    setAttributes(button, { 'aria-label': `${button.textContent}: ${title}` });
    return button;
  }

  /** Gives an event to its part; one that nobody shows is left. */
  take(event: PartEvent): void {
    this.#shown.get(event.part)?.take(event);
  }

  /** Draws all again: times are in another zone. */
  redraw(): void {
    for (const part of this.#shown.values()) part.redraw();
  }

  dispose(): void {
    for (const part of this.#shown.values()) part.dispose();
  }
}
