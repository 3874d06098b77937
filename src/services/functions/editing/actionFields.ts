import * as l10n from '@vscode/l10n';

import type { DocumentField, DocumentValue, DocumentValues, FieldFinding } from '../../../documents/documentType.ts';
import type { Formatter } from '../../../model/format.ts';
import { MEMORY_MB, timeoutProblem } from '../../../model/functionNames.ts';
import {
  descriptionField, filled, flag, has, listOf, membersProblem, missing, orNone, parametersField, text, wholeNumber,
} from './fieldChecks.ts';

/** `package/action` of one that runs in a sequence; `-` stands for no package, and a namespace may stand before (cloudfunctions.md §5.3). */
const COMPONENT = /^\/?(?:[^/\s]+\/){1,2}[^/\s]+$/;
/** `registry/image:tag` (cloudfunctions.md §5.3). */
const IMAGE = /^[^/\s]+\/[^:\s]+(?::[^:\s]+)?$/;

/** What can be changed of an action, in the order of its document. What only some kinds of action have may be left out. */
export function actionFields(format: Formatter): readonly DocumentField[] {
  const yesOrNo = (value: DocumentValue): string => (value === true ? l10n.t('yes') : l10n.t('no'));
  const megabytes = (value: number): string => l10n.t('{0} MB', format.count(value));
  return [
    descriptionField(),
    {
      name: 'memoryMb',
      label: () => l10n.t('Memory'),
      change: (from, to) => (typeof from === 'number' && typeof to === 'number' ? l10n.t('{0}: {1} → {2}', l10n.t('Memory'), megabytes(from), megabytes(to)) : undefined),
      isOptional: true,
      check: orNone((value) => (MEMORY_MB.some((one) => one === value) ? undefined : l10n.t('Enter one of {0}.', MEMORY_MB.join(', ')))),
    },
    {
      name: 'timeoutMs',
      label: () => l10n.t('Time limit'),
      words: (value) => (typeof value === 'number' ? format.duration(value) : undefined),
      isOptional: true,
      check: orNone(timeoutProblem),
    },
    { name: 'main', label: () => l10n.t('Main function'), isOptional: true, check: orNone(filled) },
    {
      name: 'imageUri',
      label: () => l10n.t('Image'),
      isOptional: true,
      check: orNone(text((value) => (IMAGE.test(value) ? undefined : l10n.t('Write an image as {0}.', 'registry/image:tag')))),
    },
    { name: 'components', label: () => l10n.t('Actions in order'), isOptional: true, check: orNone(listOf(componentProblem)) },
    parametersField(),
    { name: 'vpc', label: () => l10n.t('VPC'), isOptional: true, check: orNone(listOf(vpcProblem)) },
    { name: 'isRawHttp', label: () => l10n.t('Raw HTTP'), words: yesOrNo, isOptional: true, check: orNone(flag) },
    { name: 'hasCustomOptions', label: () => l10n.t('Custom OPTIONS'), words: yesOrNo, isOptional: true, check: orNone(flag) },
  ];
}

/** Fields that only some kinds of action have, and why the others have them not. */
function onlyFor(): Readonly<Record<string, string>> {
  return {
    components: l10n.t('Only a sequence has a list of actions to run. The type of an action cannot be changed.'),
    imageUri: l10n.t('Only an action made from an image has one. The runtime of an action cannot be changed here.'),
    isRawHttp: l10n.t('Only a web action has this. The type of an action cannot be changed.'),
    hasCustomOptions: l10n.t('Only a web action has this. The type of an action cannot be changed.'),
  };
}

/** Fields an action keeps once it has them: the service asks for them with every change (cloudfunctions.md §5.3). */
const KEPT = ['memoryMb', 'timeoutMs', 'main', 'imageUri', 'components', 'vpc', 'isRawHttp', 'hasCustomOptions'] as const;

/** What is wrong with the fields of an action together: which ones there are follows from its kind, and so from what was opened. */
export function checkAction(values: DocumentValues, opened: DocumentValues | undefined): readonly FieldFinding[] {
  if (opened === undefined) return [];
  const notOfIts = Object.entries(onlyFor()).flatMap(([field, message]) => (has(values, field) && !has(opened, field) ? [{ field, message }] : []));
  const ofNoSequence = has(opened, 'components')
    ? (['memoryMb', 'timeoutMs', 'main'] as const).flatMap((field) => (has(values, field) && !has(opened, field)
        ? [{ field, message: l10n.t('A sequence has no limits and no code of its own: change those of its actions.') }]
        : []))
    : [];
  const left = KEPT.flatMap((field) => (has(opened, field) && !has(values, field) ? [missing(field)] : []));
  return [...notOfIts, ...ofNoSequence, ...left];
}

function componentProblem(item: DocumentValue): string | undefined {
  return typeof item === 'string' && COMPONENT.test(item) ? undefined : l10n.t('Write an action as {0}, one without a package as {1}.', '"package/action"', '"-/action"');
}

function vpcProblem(item: DocumentValue): string | undefined {
  const number = { problemOf: wholeNumber(1, Number.MAX_SAFE_INTEGER) };
  return membersProblem(item, { vpcNo: number, subnetNo: number });
}
