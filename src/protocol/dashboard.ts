import type { Problem } from '../model/problem.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { ActivationSlices, ActionFacts, LatestActivation } from './action.ts';
import type { BoardCard } from './board.ts';
import type { ConnectorFacts, DataStreamFacts } from './dataStream.ts';
import type { GroupDetail, GroupRow, PartitionRow, TopicFacts } from './easyQueue.ts';
import type { SeriesTable } from './series.ts';
import type { DashboardView, TimeZone } from './view.ts';

/**
 * What passes between the host and a dashboard's page. It goes as JSON, array buffers aside: no bigint, no Date, no function; 64-bit
 * numbers are decimal text ({@link Whole}). Data never stands in the HTML.
 */

/** The statistics of a topic, one part each (easyqueue seed, "통계 조회"). */
export interface StatisticsParts {
  readonly bytesIn: SeriesTable;
  readonly bytesOut: SeriesTable;
  readonly messages: SeriesTable;
  readonly lag: SeriesTable;
  readonly logSize: SeriesTable;
}

/** Parts of each page: each is read, shown, and may fail by itself. */
export interface PageParts {
  readonly easyQueueTopic: StatisticsParts & {
    readonly topic: TopicFacts;
    readonly partitions: readonly PartitionRow[];
    readonly groups: readonly GroupRow[];
  };
  readonly dataStreamTopic: {
    readonly topic: DataStreamFacts;
    readonly connector: ConnectorFacts;
  };
  readonly consumerGroup: {
    readonly group: GroupDetail;
    /** Lag as the service recorded it. */
    readonly lag: SeriesTable;
    /** Messages a second in and out, of the samples taken while this window was open. */
    readonly rates: SeriesTable;
  };
  readonly action: {
    readonly action: ActionFacts;
    readonly slices: ActivationSlices;
    readonly latest: readonly LatestActivation[];
  };
  /** The pinned topics; a card is a part named `card:` and its place, in the order of {@link InitEvent.cards}. */
  readonly board: Readonly<Record<`card:${number}`, BoardCard>>;
}

/** What a page shows. */
export type PageName = keyof PageParts;

/** Name of a part of a page. */
export type PartName<P extends PageName = PageName> = P extends PageName ? keyof PageParts[P] & string : never;

/** The first event after `ready`, and again after the page was restored. */
export interface InitEvent {
  readonly type: 'init';
  readonly page: PageName;
  /** What the page shows, for the state that the editor keeps over a reload; absent for the board. */
  readonly ref?: ResourceRef;
  /** What the page shows: the thing's own name. */
  readonly name: string;
  /** Where it is: "EasyQueue KR1 · shop-dev". */
  readonly where: string;
  /** Of the account: `DEV`, `PROD`; shown as words, never by colour alone. */
  readonly stage: string;
  /** Language tag for numbers and dates. */
  readonly locale: string;
  /** Texts by their English literal; undefined in English. */
  readonly texts: Readonly<Record<string, unknown>> | undefined;
  readonly view: DashboardView;
  readonly timeZone: TimeZone;
  /** Whether the page has a range of time at all. */
  readonly hasRange: boolean;
  /** What the page may ask for beside the rest: buttons it draws. */
  readonly offers: readonly PageOffer[];
  /** Pages of several cards: what they are, in their order. */
  readonly cards?: readonly CardHead[];
}

/** What a page may ask for: running the action, opening a new message, opening the thing as a document. */
export type PageOffer = 'run' | 'send' | 'document';

/** A card of the board before anything was read. */
export interface CardHead {
  readonly ref: ResourceRef;
  readonly where: string;
  readonly stage: string;
}

/** One part as it is now. What is not given stays as it was: a failure takes nothing away. */
export interface PartEvent {
  readonly type: 'part';
  readonly part: string;
  /** Absent where it did not change, or was never read. */
  readonly data?: unknown;
  /** When it was last read, Unix milliseconds. */
  readonly readMs?: number;
  /** What failed at the last try; `null` where nothing did. */
  readonly problem: ShownProblem | null;
  /** Whether it is being read now. */
  readonly isReading: boolean;
}

/** A problem as a page shows it: one line above the part, in the user's language. */
export type ShownProblem = Pick<Problem, 'message' | 'hint' | 'detail' | 'remedies'>;

/** How live the page is. */
export interface LiveEvent {
  readonly type: 'live';
  /** `slowed` after a 429 or failures; `off` where the interval is 0; `held` where only somebody can mend it (keys refused). */
  readonly state: 'live' | 'slowed' | 'held' | 'off';
  /** When it is read next, Unix milliseconds. */
  readonly nextMs?: number;
  /** Why it is slower, in the user's language. */
  readonly note?: string;
}

/** The view was changed: by the page itself, or "the same range everywhere" on another. */
export interface ViewEvent {
  readonly type: 'view';
  readonly view: DashboardView;
  readonly timeZone: TimeZone;
}

/** Said once, politely, and shown for a moment: "Copied: 360 rows". */
interface SaidEvent {
  readonly type: 'said';
  readonly text: string;
}

/** The account was removed, or the thing is gone: nothing more comes. */
interface GoneEvent {
  readonly type: 'gone';
  readonly text: string;
}

/** All that the host tells a page. */
export type HostEvent = InitEvent | PartEvent | LiveEvent | ViewEvent | SaidEvent | GoneEvent;
