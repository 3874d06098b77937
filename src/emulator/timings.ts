/** How long things take in the emulated clouds, in milliseconds of the emulator's clock. */
export interface Timings {
  /** A new Data Stream topic stays `CREATING` for so long (datastream.md §3.2). */
  readonly creatingMs: number;
  /** A deleted topic stays `PENDING_DELETION` (Data Stream) or `DELETING` (EasyQueue) for so long. */
  readonly deletionMs: number;
  /** Life of an Opaque token (easyqueue.md §1.3). */
  readonly tokenLifeMs: number;
  /** After a run, its detail is missing for so long although the list shows it (cloudfunctions.md §6.2). */
  readonly activationGapMs: number;
  /** A subnet is being connected for so long after a VPC action was created; deleting it then answers 81313. */
  readonly subnetMs: number;
}

/** Small values that still feel real. */
export const defaultTimings: Timings = {
  creatingMs: 4_000,
  deletionMs: 3_000,
  tokenLifeMs: 86_400_000,
  activationGapMs: 1_500,
  subnetMs: 0,
};
