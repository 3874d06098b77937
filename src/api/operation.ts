import * as z from 'zod/mini';

import type { OperationClass, Provider } from '../model/account.ts';
import type { CloudErrorDetails, CloudErrorKind, CloudErrorReason } from '../model/cloudError.ts';
import type { Path, Query } from './path.ts';
import type { HttpMethod } from './transport.ts';

/** One documented operation of a service, as data. */
export interface Operation<T> {
  readonly method: HttpMethod;
  readonly path: Path;
  readonly query?: Query;
  /** Sent as JSON; a `bigint` as a number of all its digits. */
  readonly body?: unknown;
  /** What it does to the cloud; the lane of the account is checked against it. */
  readonly operation: OperationClass;
  /** From the wire to the model. It gets `undefined` for an answer without a body. */
  readonly schema: z.core.$ZodType<T>;
  /**
   * What the schema gets: the JSON of the body, or `text`, the body as it came. `nothing` is for operations whose status
   * says all: whatever the body holds, unless it is a page, is no failure.
   */
  readonly takes?: 'json' | 'text' | 'nothing';
  /** What a code of the service means here, where it means different things of different operations. */
  readonly means?: Readonly<Record<string, CloudErrorReason>>;
  /** Whether it may be repeated when it failed: a property of the operation, never of its verb. */
  readonly retry: 'read' | 'never';
  /** Name of what it changes, for the journal, where the path does not say it. */
  readonly about?: string;
  /** What it carries of the user's own: no eight characters in a row of it are repeated in an error, should the answer repeat them. */
  readonly content?: readonly string[];
  /** What it carries that is a secret, beside the account's keys: taken out of whatever is written down or said of it. */
  readonly secrets?: readonly string[];
  /** In place of the account's timeout. */
  readonly timeoutMs?: number;
  /** In place of {@link MAX_BYTES}. */
  readonly maxBytes?: number;
}

/** An operation and the place it is asked of. */
export interface Call {
  readonly endpoint: Endpoint;
  readonly operation: Operation<unknown>;
}

/** The same operation, giving the body of the answer as it came. */
export function rawOf(operation: Operation<unknown>): Operation<string> {
  return { ...operation, schema: z.string(), takes: 'text' };
}

/** For operations that give nothing but their success. */
export const nothingSchema: z.ZodMiniType<void> = z.pipe(
  z.unknown(),
  z.transform(() => undefined),
);

/** Sent with every request. Compression is not asked for: the size of an answer is bounded while it comes in. */
export const COMMON_HEADERS = {
  accept: 'application/json',
  'accept-encoding': 'identity',
  'user-agent': 'Cloud-Streams',
} as const;

/** Largest answer that is read where the operation does not say otherwise. */
export const MAX_BYTES = 32 * 1024 * 1024;

/** An answer as a service's failure table sees it. */
export interface Answer {
  readonly status: number;
  /** The parsed body; `undefined` when it is empty or not JSON. */
  readonly json: unknown;
  readonly operation: OperationClass;
}

/** Why an answer is not a success. */
export interface Failure {
  readonly kind: CloudErrorKind;
  readonly reason?: CloudErrorReason | undefined;
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
  /** The service's own words for it, where the general ones are not enough. */
  readonly explain?: CloudErrorDetails['explain'] | undefined;
  /** What the body says in place of the HTTP status, where that says nothing of it. */
  readonly status?: number;
  /** True where the service did nothing for certain: a refusal, not a breakdown. */
  readonly isRefusal?: boolean | undefined;
}

/** One place a service can be reached at, and how that service speaks. */
export interface Endpoint {
  readonly origin: string;
  /** Whose credential this place gets; a credential never goes anywhere else. */
  readonly provider: Provider;
  /** A main account's keys are refused here (datastream.md §1). */
  readonly refusesMainKeys?: true;
  /** Each service says how it fails; `undefined` is success. Called for every status but redirects. */
  readonly failureOf: (answer: Answer) => Failure | undefined;
}
