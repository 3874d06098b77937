/** The package that stands for "no package" (cloudfunctions.md §3). */
export const DEFAULT_PACKAGE = '-';

/** A package in a list (cloudfunctions.md §4.1). */
export interface FunctionsPackage {
  readonly name: string;
  readonly description: string | undefined;
}

/** A package with what belongs to it (cloudfunctions.md §4.2). */
export interface FunctionsPackageDetail extends FunctionsPackage {
  readonly actions: readonly string[];
  readonly parameters: Readonly<Record<string, unknown>>;
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
  readonly parameters: Readonly<Record<string, unknown>>;
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
  /** E.g. `cronOption` → `* * * * *`. Credentials are left out. */
  readonly options: readonly { readonly key: string; readonly value: string }[];
  readonly resourceId: string | undefined;
}

/** One activation in a list: the service tells no start time and no name there (cloudfunctions.md §6.1). */
interface Activation {
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
