import type { Account, NaverAccount } from '../model/account.ts';
import type { SendJob, SendOrder } from '../sending/job.ts';
import type { TargetLimits } from '../sending/messageTarget.ts';
import type { PlanFacts } from '../sending/planFacts.ts';
import type { IndexRange, RunHeader } from '../sending/recording.ts';
import type { MessageSource } from '../sending/source.ts';

/** Messages that were read and checked, and are ready to be sent exactly as they are shown. */
export interface Plan {
  readonly id: string;
  readonly job: SendJob;
  /** The texts as they were when the plan was made: what is typed afterwards is in no message. */
  readonly sources: readonly MessageSource[];
  readonly limits: TargetLimits;
  /** Of all messages of the job. */
  readonly facts: PlanFacts;
  /** The account as it was then. */
  readonly account: NaverAccount;
  readonly order: SendOrder;
  readonly concurrency: number;
  /** Messages a second; 0 for no limit. */
  readonly ratePerSecond: number;
  /** The part of the job that is sent; all of it without this. */
  readonly part?: {
    readonly only: readonly IndexRange[];
    /** Messages and UTF-8 bytes in it that can be sent. */
    readonly count: number;
    readonly bytes: number;
    readonly repeats: NonNullable<RunHeader['repeats']>;
  };
}

/** Whether messages of an account would go to another host or zone now than when a plan was made of it. */
export function goesElsewhere({ account: then }: Pick<Plan, 'account'>, now: Account): boolean {
  return now.provider !== 'naver' || now.zone !== then.zone
    || now.endpoints?.messages !== then.endpoints?.messages || now.endpoints?.dataStream !== then.endpoints?.dataStream;
}
