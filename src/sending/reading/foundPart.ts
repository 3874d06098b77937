import type { IssueReason, Place } from '../message.ts';
import type { Flaw, Part } from './places.ts';
import type { PartReader } from './readingMaker.ts';

/** A part of a source that is a message, and how it is read; or what is in the way of it. */
export interface FoundPart {
  readonly part: Part;
  readonly content: PartReader | Flaw<IssueReason>;
  /** It is about all of the source, and then it is all there is. */
  readonly isWhole?: true;
}

/** A line or document longer than this is counted and not kept. No message comes near it, however it is escaped. */
export const MAX_KEPT_LENGTH = 32 * 1024 * 1024;

/** Something that is wrong with all of a source. */
export function flawOfAll(start: Place, reason: IssueReason): FoundPart {
  return { ...flawAtPlace(start, reason), isWhole: true };
}

/** Something that is wrong at a place, of which there is no text. */
export function flawAtPlace(place: Place, reason: IssueReason): FoundPart {
  return { part: { text: '', start: 0, end: 0, place }, content: { offset: 0, length: 0, reason } };
}
