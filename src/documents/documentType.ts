import type { CommandId } from '../ids.ts';
import type { CloudError } from '../model/cloudError.ts';
import type { ResourceRef } from '../model/resource.ts';

/** A value of a field that can be edited: any JSON value. An integer beyond ±(2^53 − 1) is a `bigint`, any other number never is one. */
export type DocumentValue = string | number | bigint | boolean | null | readonly DocumentValue[] | DocumentObject;

/** A JSON object. The order of its members says nothing. */
export interface DocumentObject {
  readonly [name: string]: DocumentValue;
}

/** The fields of an editable document, by name. A field that is not there, or `null`, is left out of what is sent: both say the same. */
export type DocumentValues = Readonly<Record<string, DocumentValue>>;

/** A resource as it was read: what can be edited of it, and all that has to go back with a change. */
export interface Snapshot {
  readonly values: DocumentValues;
  /** The service's own object, handed back to {@link EditableType.update} untouched. */
  readonly state: unknown;
  /**
   * Tells it from another thing at the same address: one of another platform, or one that was deleted and created again. Compared as text;
   * nothing secret. Absent where the address says it all.
   */
  readonly identity?: string;
}

/** What a question to {@link EditableType.renewal} is answered with. */
export interface Renewal {
  /** The question, in the user's language. */
  readonly message: string;
  /** The confirm button. */
  readonly verb: string;
}

/** One field that can be edited. */
export interface DocumentField {
  readonly name: string;
  /** For the plan, in the user's language, e.g. "Retention". */
  readonly label: () => string;
  /** A value in the user's units ("7 d"), for the plan and beside the number; undefined where the value says it all. */
  readonly words?: (value: DocumentValue) => string | undefined;
  /**
   * What is wrong with a value, in the user's language: type, range, and what the cloud would refuse.
   * @param opened the value as it was read; undefined where it had none
   */
  readonly check: (value: DocumentValue, opened: DocumentValue | undefined) => string | undefined;
  /** What a change destroys or cannot be taken back, a sentence in the user's language for the plan; undefined where it is harmless. */
  readonly loses?: (from: DocumentValue | undefined, to: DocumentValue | undefined) => string | undefined;
  /**
   * The plan's line in place of `Label: from → to`, in the user's language (`Code: 3 lines added, 1 removed`); undefined where that says it well.
   * What it says of names and values must be made for one line (`oneLine`).
   */
  readonly change?: (from: DocumentValue | undefined, to: DocumentValue | undefined) => string | undefined;
  /** Whether it may be left out. */
  readonly isOptional?: true;
}

/** Something wrong with several fields at once, in the user's language, and the field it is shown at. */
export interface FieldFinding {
  readonly field: string;
  readonly message: string;
}

/** How one kind of resource is changed through a document. */
export interface EditableType {
  /** In the order of the document. */
  readonly fields: readonly DocumentField[];
  /** The text of the document is the value of its only field, a string, as it stands (source code); JSON with all fields where it is absent. */
  readonly text?: 'whole';
  /** Its values may hold secrets (parameters): what an unsaved text was made from is kept in memory alone, and nowhere over a restart. */
  readonly isPrivate?: true;
  /**
   * What is wrong with the fields together; asked once each is right by itself.
   * @param opened the values as they were read; undefined where they are not known
   */
  checkTogether?(values: DocumentValues, opened: DocumentValues | undefined): readonly FieldFinding[];
  /** @throws CloudError `notFound` where it is gone */
  read(ref: ResourceRef, signal?: AbortSignal): Promise<Snapshot>;
  /**
   * Replaces it: everything read goes back, the fields as given.
   * @param remote as it was read a moment ago
   * @returns it as it is now
   * @throws CancelledError where the user closed a question of it, before anything was sent
   */
  update(ref: ResourceRef, remote: Snapshot, values: DocumentValues, signal?: AbortSignal): Promise<Snapshot>;
  /** Sentences below the plan, in the user's language: what the service did not tell, and may lose by the change. */
  notes?(remote: Snapshot, wanted: DocumentValues): readonly string[];
  /** What sending it again renews though its text says what it said (a credential no text holds), as a question; undefined where nothing is. */
  renewal?(ref: ResourceRef, values: DocumentValues): Renewal | undefined;
  /** Name of the field a refusal is about. */
  fieldOf(error: CloudError): string | undefined;
}

/** What can be done from the first line of an editable document. */
export interface DocumentLens {
  readonly title: string;
  readonly command: CommandId;
  readonly arguments: readonly unknown[];
}

/**
 * The ending of a kind's documents, one for all or one that comes from the keys (source code: `.js`); undefined where these are no keys of
 * a document, as those of a folder on the way to one are.
 */
type DocumentEnding = string | ((ref: Pick<ResourceRef, 'keys'>) => string | undefined);

/** How one kind of resource is shown as a document. */
export interface DocumentType {
  /** Kind of row. */
  readonly kind: string;
  /** Ending of the document's name, which a contributed JSON schema or a language matches: `.datastream-topic.json`. */
  readonly ending: DocumentEnding;
  /** Names the thing in the user's language: `Topic "orders"`. */
  readonly title: (ref: ResourceRef) => string;
  /** What bringing it into the cloud is called where that is not "Apply": the plan's button and the first line's lens, e.g. "Deploy". */
  readonly verb?: () => string;
  /** Shown behind the account in the first line of a document that can be changed. */
  readonly lenses?: (ref: ResourceRef) => readonly DocumentLens[];
  /** All that is known of it, in our words, for reading; 64-bit numbers as `bigint`. */
  view(ref: ResourceRef, signal?: AbortSignal): Promise<unknown>;
  /** The service's answer, as it came. */
  raw(ref: ResourceRef, signal?: AbortSignal): Promise<string>;
  /** The resource whose row shows a change, where that is another one. */
  readonly rowOf?: (ref: ResourceRef) => ResourceRef;
  /** How it is changed, loaded when it is first needed; absent where it can only be read. */
  readonly edit?: () => Promise<EditableType>;
}
