import type { ActivationQuery, FunctionsClient } from '../../../api/functions/client.ts';
import type { ActivationDetail, ActivationPage } from '../../../model/functions.ts';
import type { ActionTarget, FunctionsPlace } from '../context.ts';

/** What has activations: an action, or, without a package, a trigger. */
export type RunSubject = ActionTarget | { readonly place: FunctionsPlace; readonly pkg?: undefined; readonly name: string };

/** Whether it is an action: that can be run, and has code. */
export function isAction(subject: RunSubject): subject is ActionTarget {
  return subject.pkg !== undefined;
}

/** A page of its activations. @throws CloudError, CancelledError */
export function listActivations(client: FunctionsClient, subject: RunSubject, query: ActivationQuery, signal: AbortSignal): Promise<ActivationPage> {
  return isAction(subject)
    ? client.listActionActivations(subject.pkg, subject.name, query, signal)
    : client.listTriggerActivations(subject.name, query, signal);
}

/** One of its activations. @throws CloudError with `activationMissing` while the service has not written it down; CancelledError */
export function readActivation(client: FunctionsClient, subject: RunSubject, id: string, signal?: AbortSignal): Promise<ActivationDetail> {
  return isAction(subject)
    ? client.getActionActivation(subject.pkg, subject.name, id, signal)
    : client.getTriggerActivation(subject.name, id, signal);
}
