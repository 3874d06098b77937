/** The package that stands for "no package" (cloudfunctions.md §3). */
export const DEFAULT_PACKAGE = '-';

/** Types of triggers that can be created; one keeps its type for good (cloudfunctions.md §7.3). */
export const TRIGGER_TYPES = ['cron', 'github', 'insight', 'object_storage', 'source_commit', 'secret_manager'] as const;

/** One of {@link TRIGGER_TYPES}. */
export type TriggerType = (typeof TRIGGER_TYPES)[number];

/** Runtime of an action that runs others in order. */
export const SEQUENCE_RUNTIME = 'sequence';

/** Runtime of an action that is a container image (cloudfunctions.md §10.1). */
export const IMAGE_RUNTIME = 'custom image';

/** Parameters, as JSON; integers beyond 2^53 as `bigint`. */
export type Parameters = Readonly<Record<string, unknown>>;

/** A package in a list (cloudfunctions.md §4.1). */
export interface FunctionsPackage {
  readonly name: string;
  readonly description: string | undefined;
}

/** A package with what belongs to it (cloudfunctions.md §4.2). */
export interface FunctionsPackageDetail extends FunctionsPackage {
  readonly actions: readonly string[];
  readonly parameters: Parameters;
  readonly platform: string | undefined;
  readonly resourceId: string | undefined;
}

/** An action in a list. */
export interface Action {
  readonly name: string;
  readonly pkg: string;
  readonly description: string | undefined;
  /** E.g. `nodejs:22`; `sequence` for a sequence. */
  readonly runtime: string | undefined;
  /**
   * `basic`, `web`, `sequence`, `sequence-web`, or a word of the future; v2.0's `web` flag is read as `web` or `basic`
   * (cloudfunctions.md §5.1).
   */
  readonly type: string | undefined;
}

/** Where an action runs inside a VPC. */
export interface ActionVpc {
  readonly vpcNo: number | undefined;
  readonly subnetNo: number | undefined;
}

/** An action with its code and settings (cloudfunctions.md §5.2). */
export interface ActionDetail extends Action {
  readonly parameters: Parameters;
  readonly isRawHttp: boolean | undefined;
  readonly hasCustomOptions: boolean | undefined;
  readonly code: string | undefined;
  readonly isBinary: boolean | undefined;
  readonly main: string | undefined;
  readonly imageUri: string | undefined;
  readonly components: readonly string[];
  readonly memoryMb: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly vpc: readonly ActionVpc[];
  readonly resourceId: string | undefined;
}

/** What is sent to create or replace a package (cloudfunctions.md §4.3). */
export type PackageSpec = Pick<FunctionsPackageDetail, 'name' | 'description' | 'parameters'>;

/**
 * What is sent to create or replace an action: all that was read of it goes back (cloudfunctions.md §3: whether a PUT merges is not
 * known, so nothing is left out).
 */
export type ActionSpec = Omit<ActionDetail, 'resourceId'>;

/** A trigger in a list (cloudfunctions.md §7.1). */
export interface Trigger {
  readonly name: string;
  /** `cron`, `github`, `insight`, `object_storage`, `source_commit`, `secret_manager`, or a word of the future. */
  readonly type: string | undefined;
}

/** A trigger with its options and linked actions (cloudfunctions.md §7.2). */
export interface TriggerDetail extends Trigger {
  readonly description: string | undefined;
  readonly actions: readonly string[];
  /** Undefined where the service does not tell them (cloudfunctions.md §7.2). */
  readonly parameters: Parameters | undefined;
  /** E.g. `cronOption` → `* * * * *`. Credentials are left out. */
  readonly options: readonly { readonly key: string; readonly value: string }[];
  readonly resourceId: string | undefined;
}

/** How a GitHub trigger reaches its repository; the token is written and never read (cloudfunctions.md §7.3). */
export interface GithubCredential {
  readonly username: string;
  readonly accessToken: string;
  /** `name` or `Org/name`. */
  readonly repository: string;
}

/** The API of API Gateway that a GitHub trigger is called through: given when it is created, and only then. */
export interface GatewayLink {
  /** The product's name; its id in v2.0 (cloudfunctions.md §7.4). */
  readonly product: string;
  readonly apiName: string;
  readonly stageName: string;
}

/** What starts a trigger, by its type (cloudfunctions.md §7.3). */
export type TriggerSource =
  | { readonly type: 'cron'; readonly cronOption: string }
  | { readonly type: 'github'; readonly credential: GithubCredential; readonly events: readonly string[]; readonly link: GatewayLink | undefined }
  | { readonly type: 'insight'; readonly rules: readonly InsightRule[] }
  | { readonly type: 'object_storage'; readonly rules: readonly { readonly bucketName: string; readonly eventRuleName: string }[] }
  | { readonly type: 'source_commit'; readonly webhooks: readonly { readonly repositoryName: string; readonly webhookName: string; readonly enable: boolean | undefined }[] }
  | { readonly type: 'secret_manager'; readonly secretName: string };

/** An event rule of Cloud Insight. */
interface InsightRule {
  readonly prodKey: string;
  readonly ruleGrpId: string;
  /** Minutes, 5–720. */
  readonly reminderTime: number | undefined;
  readonly enableNotiWhenEventClose: boolean | undefined;
}

/** What is sent to create or replace a trigger. */
export interface TriggerSpec {
  readonly name: string;
  readonly description: string | undefined;
  readonly parameters: Parameters | undefined;
  readonly source: TriggerSource;
}

/** An action, by package and name. */
export interface ActionName {
  readonly pkg: string;
  readonly name: string;
}

/** One activation in a list: the service tells no start time and no name there (cloudfunctions.md §6.1). */
export interface Activation {
  readonly activationId: string;
  readonly durationMs: number | undefined;
  readonly status: string | undefined;
}

/** One page of activations. */
export interface ActivationPage {
  readonly activations: readonly Activation[];
  readonly totalCount: number | undefined;
}

/** An activation with result and logs (cloudfunctions.md §6.2). */
export interface ActivationDetail extends Activation {
  readonly name: string | undefined;
  /** Unix milliseconds. */
  readonly startMs: number | undefined;
  /** Unix milliseconds; a trigger's activation has none. */
  readonly endMs: number | undefined;
  readonly logs: readonly string[];
  readonly result: unknown;
  readonly isSuccess: boolean | undefined;
}

/** What a run came to while it was waited for (cloudfunctions.md §5.5). */
export interface ActionRun {
  readonly activationId: string;
  /** Undefined where the wait ended first: the run goes on. Logs are never in it. */
  readonly ended: ActivationDetail | undefined;
}
