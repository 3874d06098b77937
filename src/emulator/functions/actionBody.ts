import { maxComponents } from '../choices.ts';
import { refuse } from './errors.ts';
import type { Fields } from './fields.ts';
import type { ActionSpec, ActionType, ApiVersion, Platform } from './model.ts';

/** Runtimes new actions can have (cloudfunctions.md §10.1). */
const runtimes = new Set([
  'nodejs:22',
  'python:3.13',
  'java',
  'java:21',
  'swift:3.1.1',
  'php:7.3',
  'go:1.19',
  'dotnet:2.2',
]);

/** Runtimes that old actions may keep (cloudfunctions.md §10.1, end of support). */
const endedRuntimes = new Set([
  'nodejs:6',
  'nodejs:8',
  'nodejs:12',
  'nodejs:16',
  'python:3.6',
  'python:3.7',
  'python:3.11',
  'php:7.1',
  'go:1.11',
]);

const customImage = 'custom image';
const memories = new Set([128, 256, 512, 1024]);

/** 38 MB (cloudfunctions.md §10.2). */
const maxCodeBytes = 38 * 1_048_576;

/** What the rules of a body depend on. */
export interface ActionContext {
  readonly version: ApiVersion;
  readonly platform: Platform;
  readonly type: ActionType;
  /** The runtime before, when the action exists. */
  readonly formerKind: string | undefined;
  /** Whether an action of this path exists. */
  readonly exists: (path: string) => boolean;
}

/** Reads the body of PutAction (cloudfunctions.md §5.3, §5.4). @throws Refusal 80305, 80306, 80307 */
export function readAction(body: Fields, context: ActionContext): ActionSpec {
  const isWeb = context.type === 'web' || context.type === 'sequence-web';
  const rawHttp = body.flag('raw-http') ?? false;
  const customOptions = body.flag('custom-options') ?? false;
  if (!isWeb && (rawHttp || customOptions)) throw refuse(body.codes.value);
  const description = body.description();
  const parameters = body.parameters();
  const exec = body.need(body.object('exec'));
  const common = { description, parameters, rawHttp, customOptions };
  if (context.type.startsWith('sequence')) return { ...common, exec: readSequence(exec, context) };
  const limits = readLimits(body.need(body.object('limits')));
  const vpc = readVpc(body, context);
  const spec = { ...common, exec: readExec(exec, context), limits };
  return vpc === undefined ? spec : { ...spec, vpc };
}

function readSequence(exec: Fields, context: ActionContext): ActionSpec['exec'] {
  if (exec.need(exec.text('kind')) !== 'sequence') throw refuse(exec.codes.value);
  const components = exec.need(exec.texts('components'));
  const isKnown = components.every((path) => context.exists(path));
  if (components.length === 0 || components.length > maxComponents || !isKnown) throw refuse(exec.codes.value);
  return { kind: 'sequence', components };
}

function readExec(exec: Fields, context: ActionContext): ActionSpec['exec'] {
  const kind = exec.need(exec.text('kind'));
  if (kind === customImage) return readImage(exec, context);
  if (!runtimes.has(kind) && !(endedRuntimes.has(kind) && kind === context.formerKind)) throw refuse(exec.codes.value);
  const binary = exec.need(exec.flag('binary'));
  const code = exec.need(exec.text('code'));
  const main = exec.need(exec.text('main'));
  if (main === '' || Buffer.byteLength(code) > maxCodeBytes) throw refuse(exec.codes.value);
  // Java and .NET take archives only (cloudfunctions.md §5.3).
  if (!binary && (kind.startsWith('java') || kind.startsWith('dotnet'))) throw refuse(exec.codes.value);
  if (binary && !isBase64(code)) throw refuse(exec.codes.value);
  return { kind, code, binary, main };
}

/** A custom image: v2.1 on VPC only; code and main are not asked for (cloudfunctions.md §5.3, §5.4). */
function readImage(exec: Fields, { version, platform }: ActionContext): ActionSpec['exec'] {
  if (version !== 'v2.1' || platform !== 'vpc') throw refuse(exec.codes.value);
  const imageUri = exec.need(exec.text('imageUri'));
  if (!/^[^/\s]+\/[^:\s]+(?::[^\s]+)?$/.test(imageUri)) throw refuse(exec.codes.value);
  const binary = exec.flag('binary');
  const code = exec.text('code');
  const main = exec.text('main');
  return {
    kind: customImage,
    imageUri: /:[^/]+$/.test(imageUri) ? imageUri : `${imageUri}:latest`,
    ...(binary === undefined ? {} : { binary }),
    ...(code === undefined ? {} : { code }),
    ...(main === undefined ? {} : { main }),
  };
}

function readLimits(limits: Fields): { readonly timeout: number; readonly memory: number } {
  const timeout = limits.need(limits.integer('timeout'));
  const memory = limits.need(limits.integer('memory'));
  if (timeout < 500 || timeout > 300_000 || !memories.has(memory)) throw refuse(limits.codes.value);
  return { timeout, memory };
}

/** v2.1: a list, required on VPC; v2.0: an object, optional, on VPC only (cloudfunctions.md §5.3, §5.4). */
function readVpc(body: Fields, { version, platform }: ActionContext): ActionSpec['vpc'] {
  const given = version === 'v2.1' ? body.objects('vpc') : oneOrNone(body.object('vpc'));
  if (platform === 'classic') {
    if (given !== undefined) throw refuse(body.codes.value);
    return undefined;
  }
  if (given === undefined && version === 'v2.0') return undefined;
  const [first] = body.need(given);
  const vpcNo = body.need(first?.integer('vpcNo'));
  const subnetNo = body.need(first?.integer('subnetNo'));
  if (vpcNo <= 0 || subnetNo <= 0) throw refuse(body.codes.value);
  return { vpcNo, subnetNo };
}

function oneOrNone<T>(value: T | undefined): readonly T[] | undefined {
  return value === undefined ? undefined : [value];
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && text.length > 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
