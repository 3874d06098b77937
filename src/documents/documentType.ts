import type { CloudError } from '../model/cloudError.ts';
import type { ResourceRef } from '../model/resource.ts';

/** A value of a field that can be edited. */
export type DocumentValue = string | number | boolean | null;

/** The fields of an editable document, by name. A field that is not there, or `null`, is left out of what is sent: both say the same. */
export type DocumentValues = Readonly<Record<string, DocumentValue>>;

/** A resource as it was read: what can be edited of it, and all that has to go back with a change. */
export interface Snapshot {
  readonly values: DocumentValues;
  /** The service's own object, handed back to {@link EditableType.update} untouched. */
  readonly state: unknown;
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
  /** Whether it may be left out. */
  readonly isOptional?: true;
}

/** How one kind of resource is changed through a document. */
export interface EditableType {
  /** In the order of the document. */
  readonly fields: readonly DocumentField[];
  /** @throws CloudError `notFound` where it is gone */
  read(ref: ResourceRef, signal?: AbortSignal): Promise<Snapshot>;
  /**
   * Replaces it: everything read goes back, the fields as given.
   * @param remote as it was read a moment ago
   * @returns it as it is now
   */
  update(ref: ResourceRef, remote: Snapshot, values: DocumentValues, signal?: AbortSignal): Promise<Snapshot>;
  /** Name of the field a refusal is about. */
  fieldOf(error: CloudError): string | undefined;
}

/** How one kind of resource is shown as a document. */
export interface DocumentType {
  /** Kind of row. */
  readonly kind: string;
  /** Ending of the document's name, which a contributed JSON schema matches: `.datastream-topic.json`. */
  readonly ending: string;
  /** Names the thing in the user's language: `Topic "orders"`. */
  readonly title: (ref: ResourceRef) => string;
  /** All that is known of it, in our words, for reading; 64-bit numbers as `bigint`. */
  view(ref: ResourceRef, signal?: AbortSignal): Promise<unknown>;
  /** The service's answer, as it came. */
  raw(ref: ResourceRef, signal?: AbortSignal): Promise<string>;
  /** How it is changed, loaded when it is first needed; absent where it can only be read. */
  readonly edit?: () => Promise<EditableType>;
}
