import { CodeLens, DocumentLink, l10n, Range, type TextDocument, Uri } from 'vscode';

import { documentPath } from '../../../documents/resourceUri.ts';
import type { ReadOnlyFile } from '../../../host/readOnlyFiles.ts';
import { COMMANDS, RESOURCE_SCHEME } from '../../../ids.ts';
import { permits } from '../../../model/account.ts';
import { extensionOf } from '../../../model/functionRuntimes.ts';
import type { FunctionsDeps } from '../context.ts';
import { placeIn } from '../places.ts';
import { codeRef } from '../resources.ts';
import { learnFacts, lookOnce, whyText } from './follow.ts';
import { type RunAddress, runKey, runPath, subjectKey } from './runAddress.ts';
import type { RunRecord } from './runStore.ts';
import { notThereText, type RunRendering, runRendering } from './runText.ts';
import { runUri } from './showRun.ts';
import { isAction, type RunSubject } from './subject.ts';

interface Drawn extends RunRendering, ReadOnlyFile {
  readonly record: RunRecord;
}

/** Everything about the documents of activations that is only needed when there is one. */
export class RunWork {
  readonly #deps: FunctionsDeps;
  readonly #drawn = new Map<string, Drawn>();

  constructor(deps: FunctionsDeps) {
    this.#deps = deps;
  }

  /** The document of an activation; one that this window knows nothing of, as after a reload, is read. Never throws. */
  async read(address: RunAddress): Promise<ReadOnlyFile> {
    return this.#draw(this.#deps.runs.get(address) ?? (await this.#load(address)));
  }

  /** Forgets what no editor shows any more. */
  closed(address: RunAddress): void {
    this.#drawn.delete(runKey(address));
  }

  /** Places in the code, and other activations, to go to. */
  links(address: RunAddress, document: TextDocument): DocumentLink[] {
    const drawn = this.#shownIn(address, document);
    const code = this.#codeUri(address);
    return (drawn?.links ?? []).flatMap(({ row, start, length, target }) => {
      const uri = 'activationId' in target ? runUri(target, this.#deps.runs) : code?.with({ fragment: `L${target.line},${target.column}` });
      return uri === undefined ? [] : [new DocumentLink(new Range(row, start, row, start + length), uri)];
    });
  }

  /** What can be done with an activation now. */
  lenses(address: RunAddress, document: TextDocument): CodeLens[] {
    const drawn = this.#shownIn(address, document);
    if (drawn === undefined) return [];
    const account = this.#deps.account(address.accountId);
    if (account === undefined) return [];
    const key = runPath(address);
    const code = this.#codeUri(address);
    const canRun = address.pkg !== undefined && permits(account.lane.access, 'send');
    const again = this.#deps.runs.inputOf(address) === undefined ? l10n.t('Run Again…') : l10n.t('Run Again');
    const top = new Range(0, 0, 0, 0);
    return [
      ...(canRun ? [new CodeLens(top, { title: again, command: COMMANDS.runAgain, arguments: [key] })] : []),
      new CodeLens(top, { title: drawn.record.state === 'logs' ? l10n.t('Refresh Logs') : l10n.t('Refresh'), command: COMMANDS.refreshRun, arguments: [key] }),
      ...(code === undefined ? [] : [new CodeLens(top, { title: l10n.t('Open Code'), command: 'vscode.open', arguments: [code] })]),
    ];
  }

  /** What was drawn, where the editor has got it already; it asks again when it gets another text. */
  #shownIn(address: RunAddress, document: TextDocument): Drawn | undefined {
    const drawn = this.#drawn.get(runKey(address));
    return drawn?.text === document.getText() ? drawn : undefined;
  }

  async #load(address: RunAddress): Promise<RunRecord> {
    const { runs, now } = this.#deps;
    const subject = this.#subjectOf(address);
    if (subject === undefined) {
      runs.update(address, { state: 'given up', note: l10n.t('The account of this activation is not here any more.') }, now());
    } else {
      try {
        const isThere = await lookOnce(subject, address, this.#deps);
        if (!isThere) runs.update(address, { state: 'given up', note: notThereText() }, now());
        // Nobody waits for what the record does not tell: it appears when it is known.
        void learnFacts(subject, address, this.#deps);
      } catch (error) {
        runs.update(address, { state: 'given up', note: whyText(error, address, this.#deps) }, now());
      }
    }
    return runs.get(address) ?? nothingKnown(address, now());
  }

  #draw(record: RunRecord): Drawn {
    const { account, format } = this.#deps;
    const { address } = record;
    const subject = this.#subjectOf(address);
    const facts = subject === undefined ? undefined : this.#deps.runs.factsOf(subjectKey(subject));
    const extension = facts?.isText === true ? extensionOf(facts.runtime) : undefined;
    const rendering = runRendering({ record, account: account(address.accountId), facts, extension, format });
    const before = this.#drawn.get(runKey(address));
    const isSame = before?.text === rendering.text;
    // The same text keeps its version: nothing is read again for it.
    const mtime = isSame ? before.mtime : Math.max(record.changedMs, (before?.mtime ?? 0) + 1);
    const drawn: Drawn = { ...rendering, record, mtime, bytes: isSame ? before.bytes : encode(rendering.text) };
    this.#drawn.set(runKey(address), drawn);
    return drawn;
  }

  #subjectOf({ accountId, region, pkg, name }: RunAddress): RunSubject | undefined {
    const place = placeIn(this.#deps.account(accountId), region);
    if (place === undefined) return undefined;
    return pkg === undefined ? { place, name } : { place, pkg, name };
  }

  /** The document of the action's code; undefined where that is no text, or not known. */
  #codeUri(address: RunAddress): Uri | undefined {
    const subject = this.#subjectOf(address);
    if (subject === undefined || !isAction(subject)) return undefined;
    const facts = this.#deps.runs.factsOf(subjectKey(subject));
    if (facts?.isText !== true) return undefined;
    const extension = extensionOf(facts.runtime);
    return Uri.from({ scheme: RESOURCE_SCHEME, path: documentPath({ ref: codeRef(subject, extension, subject.place), mode: 'edit' }, `.${extension}`) });
  }
}

function nothingKnown(address: RunAddress, nowMs: number): RunRecord {
  return { address, state: 'given up', detail: undefined, note: undefined, source: undefined, changedMs: nowMs };
}

/** With a byte order mark: the editor reads a file in the encoding of the user's settings unless the file itself says that it is UTF-8. */
function encode(text: string): Uint8Array {
  return new TextEncoder().encode(`\uFEFF${text}`);
}
