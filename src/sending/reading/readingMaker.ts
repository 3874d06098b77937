import { type Draft, draftOfElement, draftOfLine, draftOfMessage, draftOfValue, flawAt, isStop, type Stop, surrogateFlaw } from './draft.ts';
import type { SendJob } from '../job.ts';
import type { IssueReason, MessageIssue, Reading } from '../message.ts';
import type { TargetLimits } from '../messageTarget.ts';
import { type Flaw, lengthOnLine, type Part, placeAfter } from './places.ts';
import type { TextFormat } from '../source.ts';
import type { Answers } from '../variables/answers.ts';
import { randomHex, uuidOf } from '../variables/randomness.ts';
import type { Scope } from '../variables/scope.ts';

/** What the parts of one source are. */
export type PartReader = (part: Part, scope: Scope) => Draft | Stop;

/** A part that is a value as it stands. */
export function asValue(format: TextFormat): PartReader {
  return (part, scope) => draftOfValue(part, format, scope);
}

/** A part of a JSON document that is a message with these fields. */
export function asMessage(known: ReadonlySet<string>): PartReader {
  return (part, scope) => draftOfMessage(part, known, scope);
}

/** A part of a JSON document that is a value as it stands. */
export const asElement: PartReader = draftOfElement;

/** A line that is a message. */
export const asLine: PartReader = draftOfLine;

/** `\u0061` is one letter: the longest that a unit of a value may be written. */
const MAX_ESCAPE = 6;

/** What the maker needs of the run. */
export interface MakerContext {
  readonly job: SendJob;
  readonly limits: TargetLimits;
  readonly variables: ReadonlyMap<string, string>;
}

/** Makes readings of parts of texts, and numbers them. */
export class ReadingMaker {
  readonly #context: MakerContext;
  readonly #answers: Answers;
  #source = 0;
  #sourceUri = '';
  #index = 0;
  #draws = 0;

  constructor(context: MakerContext, answers: Answers) {
    this.#context = context;
    this.#answers = answers;
  }

  /** What follows is of this source. */
  enter(source: number, sourceUri: string): void {
    this.#source = source;
    this.#sourceUri = sourceUri;
  }

  /** The reading of a part; `undefined` where something has to be asked for first: then it was not made, and is to be tried again. */
  read(part: Part, reader: PartReader): Reading | undefined {
    this.#draws = 0;
    const draft = reader(part, this.#scope());
    if (this.#answers.isAsking) return undefined;
    if (isStop(draft)) return this.flawed(part, draft);
    const bytes = Buffer.byteLength(draft.value);
    const flaw = this.#flawOf(part, draft, bytes);
    if (flaw !== undefined) return this.flawed(part, flaw);
    const { key, value, partition } = draft;
    const index = this.#index;
    this.#index += 1;
    return {
      index,
      source: this.#source,
      place: part.place,
      key: key ?? uuidOf(randomHex(this.#context.job.seed, 'key', index)),
      isKeyGenerated: key === undefined,
      value,
      bytes,
      partition,
    };
  }

  /** The issue of a part with a flaw. */
  flawed({ text, start, place }: Part, { offset, length, reason }: Flaw<IssueReason>): MessageIssue {
    const index = this.#index;
    this.#index += 1;
    return { index, source: this.#source, place: placeAfter(place, text, start, offset), length: lengthOnLine(text, offset, length), reason };
  }

  #flawOf(part: Part, draft: Draft, bytes: number): Flaw<IssueReason> | undefined {
    const { maxValueBytes, partitions, carries } = this.#context.limits;
    const { value, partition, at } = draft;
    if (at.value === part && value.trim() === '') return flawAt({ start: part.start, end: part.start }, { kind: 'empty' });
    const flaw = surrogateFlaw(part, draft);
    if (flaw !== undefined) return flaw;
    if (bytes > maxValueBytes) return flawAt(at.value, { kind: 'tooLarge', bytes, maxBytes: maxValueBytes });
    if (partition === undefined || at.partition === undefined) return undefined;
    if (!carries.includes('partition')) return flawAt(at.partition, { kind: 'fieldNotCarried', field: 'partition' });
    if (partitions === undefined || partition < partitions) return undefined;
    return flawAt(at.partition, { kind: 'noSuchPartition', partition, last: partitions - 1 });
  }

  #scope(): Scope {
    const { job, variables, limits: { maxValueBytes } } = this.#context;
    return {
      job,
      index: this.#index,
      variables,
      answers: this.#answers,
      sourceUri: this.#sourceUri,
      topicName: job.target.topicName,
      maxValueBytes,
      maxLength: maxValueBytes * MAX_ESCAPE + 2,
      nextDraw: () => (this.#draws += 1),
    };
  }
}
