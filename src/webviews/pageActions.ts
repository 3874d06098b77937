import * as l10n from '@vscode/l10n';

import { problemOf } from '../model/problem.ts';
import { createFormatter, isOne } from '../model/format.ts';
import type { PageCall } from '../protocol/calls.ts';
import type { HostEvent } from '../protocol/dashboard.ts';
import type { PageContent } from './pageContent.ts';
import type { PagePorts } from './pagePorts.ts';
import type { PartSlot } from './partSlot.ts';

/** What a page asks for beside being shown. */
export type ActionCall = Extract<PageCall, { type: 'copyCsv' | 'savePng' | 'open' | 'offer' | 'remedy' }>;

/** What the actions of a page work on. */
export interface ActionPorts extends PagePorts {
  readonly content: () => PageContent;
  readonly slot: (part: string) => PartSlot | undefined;
  readonly post: (event: HostEvent) => void;
}

/** What a PNG begins with (PNG specification, 5.2). */
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Does what a page asks for, as commands do: problems as a notification with what mends them, and calling it off is silent. */
export class PageActions {
  readonly #ports: ActionPorts;

  constructor(ports: ActionPorts) {
    this.#ports = ports;
  }

  /** Returns at once; what fails is told. */
  take(call: ActionCall): void {
    const { content, slot, remedies } = this.#ports;
    const accountId = ('part' in call ? slot(call.part)?.feed.accountId : undefined) ?? content().head.ref?.accountId;
    const perform = (work: () => Promise<void> | undefined): void => {
      // Nobody waits for it: it ends well, or tells why not.
      void this.#perform(call, accountId, work);
    };
    switch (call.type) {
      case 'copyCsv':
        perform(() => this.#copyCsv(call.part));
        break;
      case 'savePng':
        perform(() => this.#savePng(call));
        break;
      case 'open':
        perform(() => content().open?.(call.part, call.key));
        break;
      case 'offer':
        if (content().head.offers.includes(call.offer)) perform(() => content().offer?.(call.offer));
        break;
      case 'remedy':
        this.#remedy(call, accountId === undefined ? {} : remedies(accountId));
    }
  }

  async #perform(call: ActionCall, accountId: string | undefined, work: () => Promise<void> | undefined): Promise<void> {
    const { account, remedies, showProblem, log } = this.#ports;
    try {
      await work();
    } catch (error) {
      const name = accountId === undefined ? undefined : account(accountId)?.name;
      const problem = problemOf(error, name === undefined ? {} : { accountName: name });
      if (problem === undefined) return;
      log.error(`"${call.type}" of a dashboard failed`, error);
      showProblem(problem, { ...(accountId === undefined ? {} : remedies(accountId)), retry: () => this.take(call) });
    }
  }

  async #copyCsv(part: string): Promise<void> {
    const slot = this.#ports.slot(part);
    const value = slot?.state?.value;
    const csv = value === undefined ? undefined : slot?.feed.csv?.(value);
    if (csv === undefined) {
      this.#say(l10n.t('There is nothing to copy yet.'));
      return;
    }
    const rows = rowCount(csv);
    const format = createFormatter(this.#ports.locale);
    const said = isOne(rows) ? l10n.t('Copied as CSV: {0} row', format.count(rows)) : l10n.t('Copied as CSV: {0} rows', format.count(rows));
    await this.#ports.copy(csv, said);
    this.#say(said);
  }

  async #savePng({ part, base64 }: Extract<ActionCall, { type: 'savePng' }>): Promise<void> {
    const { slot, content, log, saveFile } = this.#ports;
    const bytes = Buffer.from(base64, 'base64');
    if (slot(part) === undefined || !bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) {
      log.warn('A dashboard asked to save something that is no picture of one of its charts');
      return;
    }
    const saved = await saveFile(`${fileName(content().head.name)}-${fileName(part)}.png`, bytes);
    if (saved !== undefined) this.#say(l10n.t('Saved: {0}', saved));
  }

  /** Only what stands under the part now: a page names no command of its own choice. */
  #remedy({ part, remedy }: Extract<ActionCall, { type: 'remedy' }>, handlers: ReturnType<ActionPorts['remedies']>): void {
    const slot = this.#ports.slot(part);
    const offered = slot?.problem?.remedies.find((one) => one === remedy);
    if (offered === undefined) return;
    if (offered === 'retry') slot?.subscription?.refresh();
    else handlers[offered]?.();
  }

  #say(text: string): void {
    this.#ports.post({ type: 'said', text });
  }
}

/** Letters and digits of any language; what a file system may not take becomes a line. */
function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}_-]+/gu, '_').slice(0, 80);
}

/** Records below the head line; a line break within quotation marks is a part of its cell (RFC 4180). */
function rowCount(csv: string): number {
  const plain = csv.replaceAll(/"[^"]*"/g, '').replace(/\r?\n$/u, '');
  return plain === '' ? 0 : plain.split('\n').length - 1;
}
