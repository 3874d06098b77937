import { CodeLens, Diagnostic, DiagnosticSeverity, InlayHint, l10n, languages, Position, Range, type Uri } from 'vscode';

import { Disposables } from '../host/disposables.ts';
import { COMMANDS } from '../ids.ts';
import type { Account } from '../model/account.ts';
import { stageBadge } from '../model/accountWords.ts';
import { withoutIcons } from '../model/format.ts';
import type { DocumentField } from './documentType.ts';
import { type Finding, placeOf, readEditText } from './editText.ts';

/** What is marked in the texts of documents. */
export class Marks extends Disposables {
  readonly #diagnostics = this.add(languages.createDiagnosticCollection('Cloud Streams'));

  /** Marks exactly these places of a text. */
  mark(uri: Uri, text: string, findings: readonly Finding[]): void {
    this.#diagnostics.set(uri, findings.map(({ offset, length, message }) => {
      const range = new Range(positionAt(text, offset), positionAt(text, offset + length));
      const diagnostic = new Diagnostic(range, message, DiagnosticSeverity.Error);
      diagnostic.source = 'Cloud Streams';
      return diagnostic;
    }));
  }

  clear(uri: Uri): void {
    this.#diagnostics.delete(uri);
  }
}

/** The first line's lens: the account of a document, and how its unsaved changes are applied. */
export function ownerLens({ name, lane }: Account, state: 'clean' | 'dirty'): CodeLens {
  const owner = `${withoutIcons(name)} · ${stageBadge(lane.stage)}`;
  return new CodeLens(new Range(0, 0, 0, 0), state === 'clean'
    ? { title: owner, command: '' }
    : { title: l10n.t('{0} · Apply Changes', owner), command: COMMANDS.applyDocument });
}

/** Numbers of a text in the user's units, each behind its number. */
export function unitHints(text: string, fields: readonly DocumentField[]): readonly InlayHint[] {
  const { spans } = readEditText(text, fields, undefined);
  return fields.flatMap(({ name, words }) => {
    const span = spans.get(name);
    const value = span === undefined ? Number.NaN : Number(text.slice(span.offset, span.offset + span.length));
    const label = Number.isFinite(value) ? words?.(value) : undefined;
    if (span === undefined || label === undefined) return [];
    const hint = new InlayHint(positionAt(text, span.offset + span.length), label);
    hint.paddingLeft = true;
    return [hint];
  });
}

function positionAt(text: string, offset: number): Position {
  const { line, column } = placeOf(text, offset);
  return new Position(line, column);
}
