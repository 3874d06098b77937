import { Buffer } from 'node:buffer';

import * as l10n from '@vscode/l10n';

import type { ActionDetail, FunctionsPackageDetail, TriggerDetail } from '../../model/functions.ts';
import type { Formatter } from '../../model/format.ts';

/** All that is known of a package. */
export function packageView({ name, description, actions, parameters, platform, resourceId }: FunctionsPackageDetail): unknown {
  return { name, description, platform, actions, parameters, resourceId };
}

/** All that is known of an action but its code, which may be megabytes; its size is said. */
export function actionView(action: ActionDetail, format: Formatter): unknown {
  const { timeoutMs } = action;
  return {
    name: action.name,
    package: action.pkg,
    description: action.description,
    type: action.type,
    runtime: action.runtime,
    main: action.main,
    imageUri: action.imageUri,
    isRawHttp: action.isRawHttp,
    hasCustomOptions: action.hasCustomOptions,
    memoryMb: action.memoryMb,
    timeoutMs,
    timeout: timeoutMs === undefined ? undefined : format.duration(timeoutMs),
    ...(action.components.length === 0 ? {} : { components: action.components }),
    ...(action.vpc.length === 0 ? {} : { vpc: action.vpc }),
    parameters: action.parameters,
    code: codeText(action, format),
    resourceId: action.resourceId,
  };
}

function codeText({ code, isBinary }: ActionDetail, format: Formatter): string | undefined {
  if (code === undefined || code === '') return undefined;
  if (isBinary !== true) return l10n.t('Left out here: {0} of text. The raw response has it.', format.bytes(Buffer.byteLength(code)));
  return l10n.t('Left out here: an archive of {0}. The raw response has it.', format.bytes(Buffer.byteLength(code, 'base64')));
}

/** All that is known of a trigger; credentials among its options never got this far. */
export function triggerView({ name, type, description, actions, options, resourceId }: TriggerDetail): unknown {
  return { name, type, description, options: options.map(({ key, value }) => ({ key, value })), actions, resourceId };
}
