import * as l10n from '@vscode/l10n';

import type { Formatter } from '../../../model/format.ts';
import { DEFAULT_MEMORY_MB, DEFAULT_TIMEOUT_MS, timeoutProblem } from '../../../model/functionNames.ts';
import { runtimeOf } from '../../../model/functionRuntimes.ts';
import { DEFAULT_PACKAGE, IMAGE_RUNTIME, SEQUENCE_RUNTIME } from '../../../model/functions.ts';
import type { ActionName, ActionSpec, ActionVpc } from '../../../model/functions.ts';
import { parseDuration } from '../../../model/units.ts';
import type { Answer } from '../../createWizard.ts';
import type { LocalFile, LocalFolder, NewCode } from './localCode.ts';
import { packageText, parametersOf, parametersText } from '../wizardParts.ts';
import type { NamedDraft } from '../wizardParts.ts';

/** What a new action is made from. */
export type ActionSource = 'template' | 'file' | 'folder' | 'sequence' | 'image';

/** The answers so far. */
export interface ActionDraft extends NamedDraft {
  pkg: string;
  source: ActionSource;
  /** What was chosen on this machine. */
  local: LocalFile | LocalFolder | undefined;
  runtime: string;
  code: NewCode | undefined;
  components: readonly ActionName[];
  imageUri: string;
  isWeb: boolean;
  isRawHttp: boolean;
  hasCustomOptions: boolean;
  main: string;
  memoryMb: number;
  /** As typed, e.g. `1 min`. */
  timeout: string;
  vpc: NumberedVpc | undefined;
}

/** Both numbers of where an action runs. */
export interface NumberedVpc {
  readonly vpcNo: number;
  readonly subnetNo: number;
}

/** Before the first question. */
export function newActionDraft(pkg: string | undefined, format: Formatter): ActionDraft {
  return {
    isReviewed: false, trouble: undefined, name: '', description: '', parameters: '', pkg: pkg ?? DEFAULT_PACKAGE, source: 'template',
    local: undefined, runtime: '', code: undefined, components: [], imageUri: '', isWeb: false, isRawHttp: false, hasCustomOptions: false,
    main: '', memoryMb: DEFAULT_MEMORY_MB, timeout: format.duration(DEFAULT_TIMEOUT_MS), vpc: undefined,
  };
}

/** Whether it has code of its own. */
export function hasCode({ source }: ActionDraft): boolean {
  return source !== 'sequence' && source !== 'image';
}

/** Milliseconds of a time limit somebody typed; a bare number is milliseconds, as the service counts. */
export function readTimeout(text: string, format: Formatter): { readonly value: number } | { readonly problem: string } {
  const typed = text.normalize('NFKC').trim();
  const value = /^\d+$/.test(typed) ? Number(typed) : parseDuration(typed);
  if (value === undefined) return { problem: l10n.t('Enter a time such as {0} or {1}.', format.duration(DEFAULT_TIMEOUT_MS), format.duration(500)) };
  const problem = timeoutProblem(value);
  return problem === undefined ? { value } : { problem };
}

/** The action the answers make. */
export function specOf(draft: ActionDraft, format: Formatter): ActionSpec {
  const { pkg, name, description, source, isWeb } = draft;
  const isSequence = source === 'sequence';
  const timeout = readTimeout(draft.timeout, format);
  return {
    pkg, name, description,
    type: isSequence ? (isWeb ? 'sequence-web' : 'sequence') : (isWeb ? 'web' : 'basic'),
    runtime: isSequence ? SEQUENCE_RUNTIME : (source === 'image' ? IMAGE_RUNTIME : draft.runtime),
    parameters: isSequence ? {} : parametersOf(draft),
    isRawHttp: isWeb ? draft.isRawHttp : undefined,
    hasCustomOptions: isWeb ? draft.hasCustomOptions : undefined,
    code: hasCode(draft) ? draft.code?.code : undefined,
    isBinary: hasCode(draft) ? draft.code?.isBinary : undefined,
    main: hasCode(draft) ? draft.main : undefined,
    imageUri: source === 'image' ? draft.imageUri : undefined,
    components: isSequence ? draft.components.map(componentPath) : [],
    memoryMb: isSequence ? undefined : draft.memoryMb,
    timeoutMs: isSequence ? undefined : ('value' in timeout ? timeout.value : DEFAULT_TIMEOUT_MS),
    vpc: isSequence || draft.vpc === undefined ? [] : [draft.vpc],
  };
}

/** How a sequence names an action (cloudfunctions.md §5.3). */
export function componentPath({ pkg, name }: ActionName): string {
  return `${pkg}/${name}`;
}

/** All answers, for the last step. @param needsVpc whether there are actions in a VPC here */
export function answersOf(draft: ActionDraft, needsVpc: boolean, format: Formatter): readonly Answer[] {
  const spec = specOf(draft, format);
  const optional = (text: string): string => (text === '' ? l10n.t('none') : text);
  const rows: readonly (Answer | undefined)[] = [
    sourceAnswer(draft, format),
    { label: l10n.t('Type'), text: draft.isWeb ? l10n.t('web action') : l10n.t('action'), step: 'type' },
    draft.isWeb ? { label: l10n.t('HTTP'), text: httpText(draft), step: 'web' } : undefined,
    { label: l10n.t('Name'), text: draft.name, step: 'name' },
    { label: l10n.t('Package'), text: packageText(draft.pkg), step: 'package' },
    hasCode(draft) ? { label: l10n.t('Main function'), text: draft.main, step: 'main' } : undefined,
    spec.memoryMb === undefined ? undefined : { label: l10n.t('Memory'), text: l10n.t('{0} MB', format.count(spec.memoryMb)), step: 'memoryMb' },
    spec.timeoutMs === undefined ? undefined : { label: l10n.t('Time limit'), text: format.duration(spec.timeoutMs), step: 'timeoutMs' },
    needsVpc && draft.source !== 'sequence' ? { label: l10n.t('VPC'), text: draft.vpc === undefined ? l10n.t('none') : vpcText(draft.vpc), step: 'vpc' } : undefined,
    { label: l10n.t('Description'), text: optional(draft.description), step: 'description' },
    draft.source === 'sequence' ? undefined : { label: l10n.t('Parameters'), text: parametersText(spec.parameters), step: 'parameters' },
  ];
  return rows.filter((row) => row !== undefined);
}

/** A VPC and a subnet by their numbers. */
export function vpcText({ vpcNo, subnetNo }: ActionVpc): string {
  return l10n.t('VPC {0}, subnet {1}', String(vpcNo ?? '–'), String(subnetNo ?? '–'));
}

/** How HTTP reaches a web action. */
function httpText({ isRawHttp, hasCustomOptions }: Pick<ActionDraft, 'isRawHttp' | 'hasCustomOptions'>): string {
  const parts = [...(isRawHttp ? [l10n.t('raw HTTP')] : []), ...(hasCustomOptions ? [l10n.t('custom OPTIONS')] : [])];
  return parts.length === 0 ? l10n.t('as usual') : parts.join(', ');
}

function sourceAnswer(draft: ActionDraft, format: Formatter): Answer {
  const { source, components, imageUri, runtime, code } = draft;
  if (source === 'sequence') return { label: l10n.t('Actions in order'), text: components.map(componentPath).join(' → '), step: 'components' };
  if (source === 'image') return { label: l10n.t('Container image'), text: imageUri, step: 'imageUri' };
  const language = runtimeOf(runtime)?.language ?? runtime;
  const from = code === undefined ? '' : `${code.from} (${format.bytes(code.size)})`;
  return { label: l10n.t('Code'), text: [language, from, ...(code?.remarks ?? [])].filter((part) => part !== '').join(' · '), step: source === 'template' ? 'template' : 'source' };
}
