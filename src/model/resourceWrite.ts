import type { CloudErrorKind } from './cloudError.ts';

/** A request that changes something in a cloud, as it leaves. No header, no secret. */
export interface ResourceWrite {
  readonly atMs: number;
  readonly accountId: string;
  readonly accountName: string;
  readonly method: string;
  readonly origin: string;
  /** Path and query as sent, without secrets. */
  readonly target: string;
  /** Name of what is changed, where the path does not say it. */
  readonly name?: string;
  /** UTF-8 bytes of the body; 0 without one. */
  readonly bytes: number;
  /** SHA-256 of the body in hex; `undefined` without one. */
  readonly hash: string | undefined;
  /** The body itself; whether it is kept is for whoever writes it down to decide. */
  readonly body: string | undefined;
}

/** How such a request ended. */
export type ResourceWriteEnd =
  | { readonly kind: 'done'; readonly status: number }
  | { readonly kind: 'refused' | 'unknown'; readonly error: CloudErrorKind | 'cancelled'; readonly status?: number; readonly code?: string; readonly detail?: string };

/** Writes down what changes a cloud, before it leaves and when it ended. */
export interface WriteLog {
  /** Never throws; returns what is to be called when the request ended. */
  leaving(write: ResourceWrite): (end: ResourceWriteEnd) => void;
}
