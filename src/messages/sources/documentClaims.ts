import { outlineOf } from '../../sending/reading/outline.ts';
import { type SourceKind, sourceKind } from '../../sending/reading/sourceKind.ts';
import type { TakenText } from './takeText.ts';

/** What a text says of itself, or the document it is a part of. */
export interface DocumentClaims {
  readonly kind: SourceKind;
  /** The topic it names. */
  readonly topic: string | undefined;
}

/**
 * What a text is and where it says that it goes. A part of a message document holds messages as the document does, and goes where that
 * says, unless it says something itself.
 */
export function claimsOf({ fileName, languageId, text, whole }: TakenText): DocumentClaims {
  const own = claimsIn(fileName, languageId, text);
  if (whole === undefined) return own;
  const document = claimsIn(fileName, languageId, whole);
  return {
    kind: document.kind.isMessageDocument ? { ...document.kind, elements: 0 } : own.kind,
    topic: own.topic ?? document.topic,
  };
}

function claimsIn(fileName: string, languageId: string, text: string): DocumentClaims {
  const kind = sourceKind(fileName, languageId, text);
  return { kind, topic: outlineOf(text, kind).topic?.name };
}
