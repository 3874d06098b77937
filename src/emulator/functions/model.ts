import type { JsonObject } from '../json.ts';

/** Where resources live; the default of the `platform` parameter differs by version (cloudfunctions.md §1.2). */
export type Platform = 'vpc' | 'classic';

/** v2.1 is `/ncf/api/v2`, v2.0 is `/api/v2` (cloudfunctions.md §1.1). */
export type ApiVersion = 'v2.1' | 'v2.0';

/** Kinds of actions (cloudfunctions.md §5.3). */
export const actionTypes = ['basic', 'web', 'sequence', 'sequence-web'] as const;
/** One of {@link actionTypes}. */
export type ActionType = (typeof actionTypes)[number];

/** Kinds of triggers (cloudfunctions.md §7.3). */
export const triggerTypes = ['cron', 'github', 'insight', 'object_storage', 'source_commit', 'secret_manager'] as const;
/** One of {@link triggerTypes}. */
export type TriggerType = (typeof triggerTypes)[number];

/** The package name that stands for "no package" (cloudfunctions.md §3). */
export const noPackage = '-';

/** A package. */
export interface Package {
  readonly name: string;
  readonly resourceId: string;
  description: string;
  parameters: JsonObject;
}

/** What a client sets of an action; times in ms, memory in MB (cloudfunctions.md §5.3). */
export interface ActionSpec {
  readonly description: string;
  readonly parameters: JsonObject;
  readonly exec: {
    readonly kind: string;
    readonly code?: string;
    readonly binary?: boolean;
    readonly main?: string;
    readonly imageUri?: string;
    /** `pkg/action`, `-/action` for no package. */
    readonly components?: readonly string[];
  };
  readonly limits?: { readonly timeout: number; readonly memory: number };
  readonly vpc?: { readonly vpcNo: number; readonly subnetNo: number };
  readonly rawHttp: boolean;
  readonly customOptions: boolean;
}

/** An action. */
export interface Action {
  readonly name: string;
  /** Its package, or `-`. */
  readonly pkg: string;
  readonly type: ActionType;
  readonly resourceId: string;
  readonly createdAt: number;
  /** How long a run usually takes, in ms. */
  readonly typicalMs: number;
  spec: ActionSpec;
  readonly activations: Activation[];
}

/** What a client sets of a trigger. */
export interface TriggerSpec {
  readonly description: string;
  readonly parameters: JsonObject;
  /** As shown in `execOption` of v2.1 (cloudfunctions.md §7.2). */
  readonly options: readonly { readonly key: string; readonly value: string }[];
  /** The schedule of a cron trigger. */
  readonly cron?: string;
}

/** A trigger. */
export interface Trigger {
  readonly name: string;
  readonly type: TriggerType;
  readonly resourceId: string;
  spec: TriggerSpec;
  /** Linked actions as `pkg/action`, `-/action`. */
  readonly links: Set<string>;
  readonly activations: Activation[];
}

/** A run of an action, or a fired trigger; times in ms since the epoch. */
export interface Activation {
  readonly activationId: string;
  readonly name: string;
  readonly start: number;
  readonly duration: number;
  /** OpenWhisk's words: success, application error, … (cloudfunctions.md §6.4). */
  readonly status: string;
  readonly result: JsonObject;
  readonly logs: readonly string[];
  /** When it ended by the emulator's clock, where that says otherwise than start and duration: real runs take real time. */
  readonly endedAt?: number;
}

/** Full name of an action as sequences and links use it. */
export function actionPath(pkg: string, name: string): string {
  return `${pkg}/${name}`;
}
