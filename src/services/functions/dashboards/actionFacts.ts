import * as l10n from '@vscode/l10n';

import { oneLine } from '../../../model/format.ts';
import type { Formatter } from '../../../model/format.ts';
import { DEFAULT_PACKAGE } from '../../../model/functions.ts';
import type { ActionDetail } from '../../../model/functions.ts';
import type { ActionFacts } from '../../../protocol/action.ts';
import { ifKnown } from '../../words.ts';

const MEBIBYTE = 1_048_576;

/** The head of an action's page. */
export function actionFacts(action: ActionDetail, format: Formatter): ActionFacts {
  const { runtime, type, pkg, description, memoryMb, timeoutMs, main, imageUri, components, vpc } = action;
  const lines: readonly (readonly [label: string, value: string | undefined])[] = [
    [l10n.t('Type'), runtime === type ? undefined : type],
    [l10n.t('Package'), pkg === DEFAULT_PACKAGE ? l10n.t('- (no package)') : pkg],
    [l10n.t('Description'), description],
    [l10n.t('Memory'), ifKnown(memoryMb, (mb) => format.bytes(mb * MEBIBYTE))],
    [l10n.t('Time limit'), ifKnown(timeoutMs, (ms) => format.duration(ms))],
    [l10n.t('Main function'), main],
    [l10n.t('Container image'), imageUri],
    [l10n.t('Actions in order'), components.join(' → ')],
    [l10n.t('VPC'), vpc.map(({ vpcNo, subnetNo }) => [vpcNo, subnetNo].filter((part) => part !== undefined).join(' / ')).join(', ')],
  ];
  return {
    kind: ifKnown(runtime, oneLine),
    tone: 'quiet',
    more: lines.flatMap(([label, value = '']) => (value === '' ? [] : [{ label, value: oneLine(value) }])),
  };
}
