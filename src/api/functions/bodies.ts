import {
  IMAGE_RUNTIME, SEQUENCE_RUNTIME, type ActionSpec, type PackageSpec, type TriggerSource, type TriggerSpec,
} from '../../model/functions.ts';
import type { Query } from '../path.ts';
import type { FunctionsPlace } from './hosts.ts';

/** What a PUT sends. */
export interface PutBody {
  readonly query: Query;
  readonly body: unknown;
}

/** `PUT P/packages/{packageName}` (cloudfunctions.md §4.3). */
export function packageBody({ description, parameters }: PackageSpec): PutBody {
  return { query: {}, body: { description: description ?? '', parameters } };
}

/**
 * `PUT P/packages/{packageName}/actions/{actionName}`: v2.1 names the type in the query and lists the VPC, v2.0 has a flag and an object
 * (cloudfunctions.md §5.3, §5.4). What is undefined is left out, a type that nobody told included: it stays what it is, or is `basic`.
 */
export function actionBody(spec: ActionSpec, { version }: Pick<FunctionsPlace, 'version'>): PutBody {
  const { type } = spec;
  const isWeb = type === 'web' || type === 'sequence-web';
  const body = {
    description: spec.description ?? '',
    ...parametersOf(spec),
    exec: execOf(spec),
    ...limitsOf(spec),
    ...vpcOf(spec, version),
    // Undefined is left out: what was read of a type of the future goes back, and basic actions were never told any.
    ...(type === 'basic' || type === 'sequence' ? {} : { 'raw-http': spec.isRawHttp, 'custom-options': spec.hasCustomOptions }),
  };
  return version === 'v2.1' ? { query: { type }, body } : { query: {}, body: { ...body, web: isWeb } };
}

/** A sequence takes none as far as is known; those that were read go back all the same. */
function parametersOf(spec: ActionSpec): { readonly parameters?: ActionSpec['parameters'] } {
  const { parameters } = spec;
  return isSequence(spec) && Object.keys(parameters).length === 0 ? {} : { parameters };
}

/** By its runtime, or by its type where the service did not tell that. */
function isSequence({ runtime, type }: ActionSpec): boolean {
  return runtime === SEQUENCE_RUNTIME || (runtime === undefined && (type === 'sequence' || type === 'sequence-web'));
}

/** Code and entry point are left out of a container unless it was read with them (cloudfunctions.md §5.3). */
function execOf(spec: ActionSpec): unknown {
  const { runtime, components, code, isBinary, main, imageUri } = spec;
  if (isSequence(spec)) return { kind: SEQUENCE_RUNTIME, components };
  return { kind: runtime, binary: isBinary ?? (runtime === IMAGE_RUNTIME ? undefined : false), code, main, imageUri };
}

function limitsOf({ memoryMb, timeoutMs }: ActionSpec): object {
  return memoryMb === undefined && timeoutMs === undefined ? {} : { limits: { timeout: timeoutMs, memory: memoryMb } };
}

function vpcOf({ vpc }: ActionSpec, version: FunctionsPlace['version']): object {
  if (vpc.length === 0) return {};
  return { vpc: version === 'v2.1' ? vpc : vpc[0] };
}

/** `PUT P/triggers/{triggerName}`: flat in v2.1, within `trigger` in v2.0 (cloudfunctions.md §7.3, §7.4). */
export function triggerBody({ description, parameters, source }: TriggerSpec, { version }: Pick<FunctionsPlace, 'version'>): PutBody {
  const query = { type: source.type };
  const common = { description: description ?? '', parameters, ...sourceOf(source, version) };
  const link = source.type === 'github' ? source.link : undefined;
  const { product, ...api } = link ?? { product: undefined };
  if (version === 'v2.1') return { query, body: { ...common, ...(link === undefined ? {} : { link: { productName: product, ...api } }) } };
  return { query, body: { trigger: common, ...(link === undefined ? {} : { link: { productId: product, ...api } }) } };
}

function sourceOf(source: TriggerSource, version: FunctionsPlace['version']): object {
  switch (source.type) {
    case 'cron':
      return { cronOption: source.cronOption };
    case 'github':
      return { [version === 'v2.1' ? 'credential' : 'credentials']: source.credential, events: source.events };
    case 'insight':
      return { insightLink: source.rules };
    case 'object_storage':
      return { objectStorageLink: source.rules };
    case 'source_commit':
      return { sourceCommitLink: source.webhooks };
    case 'secret_manager':
      return { secretManagerLink: [{ secretName: source.secretName }] };
  }
}

/** The texts that parameters hold, at any depth: they are the user's own, and an error repeats none (cloudfunctions.md §13.2). */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
