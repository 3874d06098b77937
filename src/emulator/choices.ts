/**
 * What the emulator does where the documents are silent or contradict themselves, in one place.
 * Everything here may differ on the live clouds; clients must not rely on it.
 */

/** EasyQueue: a missing, unknown, revoked or expired token. The Framework API's code (easyqueue.md §1.5). */
export const tokenProblem = { code: 80007, message: 'The token is expired or unknown.' };

/** EasyQueue: a request parameter is missing or out of range. The Framework API's code (easyqueue.md §3). */
export const badParameterCode = 400;

/** EasyQueue: no such path or method. The Framework API's code (easyqueue.md §3), HTTP 200 as always. */
export const noSuchApiCode = 404;

/**
 * EasyQueue: while a group is rebalanced its members have no partitions, as Kafka's own description of a group has none then; the total lag
 * is told all the same (the documents name the states only).
 */
export const rebalancingPartitions: readonly number[] = [];

/**
 * Data Stream: HTTP status of each `code` (datastream.md §6.4 lists the codes, §6.1 the statuses, nothing links them).
 * 409 is documented for existing schemas only; `LimitExceeded` is read as §6.1's 429 "service limit exceeded".
 */
export const dataStreamStatus = {
  InternalError: 500,
  LimitExceeded: 429,
  ResourceAlreadyExists: 409,
  DeleteFailure: 400,
  InvalidState: 400,
  InvalidResourceNotFound: 404,
  InvalidBucketNotFound: 404,
  InvalidTopicNotFound: 404,
  InvalidConnectorNotFound: 404,
  InvalidParameter: 400,
  DuplicateName: 400,
  InvalidName: 400,
  InvalidPartition: 400,
  InvalidRetention: 400,
  InvalidDescription: 400,
  InvalidConsumerSpec: 400,
  InvalidDateFormat: 400,
  InvalidExportType: 400,
  InvalidLocation: 400,
  InvalidRoleNrn: 400,
} as const;

/** Data Stream: 1 MB of data is read as 2^20 bytes of key and value (datastream.md §5). */
export const maxMessageBytes = 1_048_576;

/** Data Stream: HTTP and body status of refused sends (datastream.md §5 leaves them open). */
export const sendStatus = {
  invalid: 400,
  mainAccountKey: 403,
  noPermission: 403,
  noTopic: 404,
  tooLarge: 413,
} as const;

/**
 * Cloud Functions: codes that are not in the official table (cloudfunctions.md §11), with a status chosen here. Too many runs at a time
 * (§10.2) have no code of their own: the gateway's is taken (datastream.md §6.3). 80518 was seen live for a trigger that had just fired.
 */
export const unlistedFunctionErrors = {
  duplicatedRule: { status: 409, code: '80901', message: 'DUPLICATED_RULE' },
  actionLinkLimit: { status: 422, code: '80324', message: 'ACTION_LINK_COUNT_EXCEED' },
  recentFiring: { status: 404, code: '80518', message: 'TRIGGER_ACTIVATION_NOT_FOUND' },
  tooManyRuns: { status: 429, code: '420', message: 'Rate Limited' },
  triggerLinkLimit: { status: 422, code: '80519', message: 'TRIGGER_LINK_COUNT_EXCEED' },
} as const;

/** Cloud Functions: links of one trigger, and of one action; the limit exists, its number is not known (§10.2). */
export const maxLinks = 10;

/** Cloud Functions: runs at a time in an account (§10.2). */
export const maxRuns = 100;

/** Cloud Functions: components of a sequence; OpenWhisk's default (§5.3). */
export const maxComponents = 50;

/** Cloud Functions: HTTP status of a run whose function failed; only 200 is documented (§1.4). */
export const failedRunStatus = 200;

/** Names of other services' resources that start so do not exist here (buckets, rules, webhooks, secrets). */
export const missingPrefix = 'missing';

/** Secrets whose name starts so are being rotated (80752). */
export const rotatingPrefix = 'rotating';

/** Subnets that cannot be found (81311), and cannot be connected (81312), whatever the account. */
export const troubledSubnets: ReadonlyMap<number, 'unreadable' | 'unconnectable'> = new Map([
  [404, 'unreadable'],
  [503, 'unconnectable'],
]);
