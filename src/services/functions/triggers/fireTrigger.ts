import { l10n } from 'vscode';

import { showInfo } from '../../../host/notifications.ts';
import type { FunctionsDeps } from '../context.ts';
import { askParameters } from '../runs/askParameters.ts';
import { showActivation } from '../runs/openActivation.ts';
import { fireFlow } from './fireFlow.ts';
import type { TriggerOf } from './linkActions.ts';

/**
 * Asks for parameters and fires a trigger; see {@link fireFlow}. The notification opens its activation, which lists what it started, and
 * fills in as soon as the service has written it down.
 * @throws CloudError, CancelledError
 */
export async function fireTrigger(trigger: TriggerOf, deps: FunctionsDeps): Promise<void> {
  await fireFlow(trigger, deps, {
    ask: () => askParameters(trigger, deps),
    tell: (text, activationId) => {
      const open = async (): Promise<void> => {
        try {
          await showActivation(trigger, activationId, 'ended', deps);
        } catch (error) {
          deps.report('Opening an activation', error, trigger.place.account);
        }
      };
      showInfo(text, { label: l10n.t('Open Activation'), run: () => void open() });
    },
  });
}
