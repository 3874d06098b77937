import { parseTree } from 'jsonc-parser';
import { CodeLens, type Command, Diagnostic, DiagnosticSeverity, InlayHint, l10n, languages, Position, Range, type Uri } from 'vscode';

import { Disposables } from '../host/disposables.ts';
import { COMMANDS } from '../ids.ts';
import type { Account } from '../model/account.ts';
import { stageBadge } from '../model/accountWords.ts';
import { withoutIcons } from '../model/format.ts';
import type { DocumentField, DocumentLens, DocumentValue } from './documentType.ts';
import { readEditText } from './editText.ts';
import { type Finding, type Place, placesIn } from './places.ts';
import { readValue } from './readValue.ts';

/** What is marked in the texts of documents. */
export class Marks extends Disposables {
  readonly #diagnostics = this.add(languages.createDiagnosticCollection('Cloud Streams'));

  /** Marks exactly these places of a text. */
  mark(uri: Uri, text: string, findings: readonly Finding[]): void {
    const placeAt = placesIn(findings.length === 0 ? '' : text);
    this.#diagnostics.set(uri, findings.map(({ offset, length, message }) => {
      const range = new Range(positionOf(placeAt(offset)), positionOf(placeAt(offset + length)));
      const diagnostic = new Diagnostic(range, message, DiagnosticSeverity.Error);
      diagnostic.source = 'Cloud Streams';
      return diagnostic;
    }));
  }

  clear(uri: Uri): void {
    this.#diagnostics.delete(uri);
  }
}

/**
 * The first line's lens: the account of a document, and how its unsaved changes are applied.
 * @param verb what applying is called where it has a word of its own
 */
export function ownerLens({ name, lane }: Account, state: 'clean' | 'dirty', verb: string | undefined): CodeLens {
  const owner = `${withoutIcons(name)} · ${stageBadge(lane.stage)}`;
  if (state === 'clean') return firstLine({ title: owner, command: '' });
  return firstLine({ title: verb === undefined ? l10n.t('{0} · Apply Changes', owner) : `${owner} · ${verb}`, command: COMMANDS.applyDocument });
}

/** What else can be done from the first line. */
export function otherLens({ title, command, arguments: given }: DocumentLens): CodeLens {
  return firstLine({ title, command, arguments: [...given] });
}

function firstLine(command: Command): CodeLens {
  return new CodeLens(new Range(0, 0, 0, 0), command);
}

/** Values of a text in the user's words, each behind its value: numbers with their units, a schedule's next times. What reads as it stands has none. */
export function unitHints(text: string, fields: readonly DocumentField[]): readonly InlayHint[] {
  const { spans } = readEditText(text, fields, undefined);
  const placeAt = placesIn(text);
  return fields.flatMap(({ name, words }) => {
    const span = spans.get(name);
    const label = span === undefined || words === undefined ? undefined : wordsOf(text.slice(span.offset, span.offset + span.length), words);
    if (span === undefined || label === undefined) return [];
    const hint = new InlayHint(positionOf(placeAt(span.offset + span.length)), label);
    hint.paddingLeft = true;
    return [hint];
  });
}

function wordsOf(json: string, words: (value: DocumentValue) => string | undefined): string | undefined {
  const node = parseTree(json);
  const value = node === undefined ? undefined : readValue(json, node).value;
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint' ? words(value) : undefined;
}

function positionOf({ line, column }: Place): Position {
  return new Position(line, column);
}
