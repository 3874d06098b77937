import * as l10n from '@vscode/l10n';

import type { DocumentObject, DocumentValue, DocumentValues, EditableType, Snapshot } from '../../../documents/documentType.ts';
import { isSame } from '../../../documents/merge.ts';
import { isList, isObjectValue, isSameMember } from '../../../documents/values.ts';
import { TRIGGER_TYPES } from '../../../model/functions.ts';
import type { TriggerDetail, TriggerSource, TriggerSpec } from '../../../model/functions.ts';
import { ProblemError } from '../../../model/problem.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import { triggerFieldOf } from '../refusals.ts';
import { keysOf } from '../resources.ts';
import { askCredential, rememberedCredentials } from './askCredential.ts';
import { clientOf } from './documentClient.ts';
import type { FunctionsDocumentContext } from './documentClient.ts';
import { asDocumentObject, descriptionIn, has } from './fieldChecks.ts';
import { identityOf } from './identity.ts';
import { readBack } from './readBack.ts';
import { checkTrigger, triggerFields } from './triggerFields.ts';
import { sourceValues } from './triggerOptions.ts';

/**
 * How a trigger is changed (cloudfunctions.md §7.3). What the service does not tell of it is not in the document: it has to be written
 * there where a PUT needs it, and a GitHub trigger's credential is asked for with every change and kept nowhere.
 */
export function triggerEditing(context: FunctionsDocumentContext): EditableType {
  const remembered = rememberedCredentials();
  const read = async (ref: ResourceRef, signal?: AbortSignal): Promise<Snapshot> =>
    snapshotOf(ref, await (await clientOf(ref, context)).getTrigger(keysOf(ref).first, signal), context);
  return {
    fields: triggerFields(context.format, context.now),
    isPrivate: true,
    checkTogether: checkTrigger,
    read,
    update: async (ref, remote, values, signal) => {
      const before = remote.state as TriggerDetail;
      const client = await clientOf(ref, context);
      const wanted = sourceOf(values);
      const source: TriggerSource = wanted.type === 'github'
        ? { ...wanted, credential: await askCredential(ref, before, remembered, context), link: undefined }
        : wanted;
      // A question may stay open for long.
      if (wanted.type === 'github') requireUnmoved(ref, remote, await read(ref, signal));
      const spec: TriggerSpec = {
        name: before.name,
        description: descriptionIn(values, remote.values, before.description),
        parameters: parametersOf(values, remote.values, before),
        source,
      };
      await client.putTrigger(spec, signal);
      return readBack(() => read(ref, signal), { ...remote, values });
    },
    renewal: ({ name }, { type }) => (type !== 'github' ? undefined : {
      message: l10n.t('Replace the access token of trigger "{0}"?', name), verb: l10n.t('Replace Access Token…'),
    }),
    notes: (remote, wanted) => notesOf(remote.state as TriggerDetail, wanted),
    fieldOf: triggerFieldOf,
  };
}

function snapshotOf(ref: ResourceRef, detail: TriggerDetail, context: FunctionsDocumentContext): Snapshot {
  return {
    values: {
      ...(detail.type === undefined ? {} : { type: detail.type }),
      description: detail.description ?? '',
      ...(detail.parameters === undefined ? {} : { parameters: asDocumentObject(detail.parameters) }),
      ...sourceValues(detail),
    },
    state: detail,
    identity: identityOf(ref, detail, context),
  };
}

/** What the service did not tell of a trigger, and may lose by a change: what a PUT leaves out, nobody knows whether it keeps. */
function notesOf({ type, parameters }: TriggerDetail, wanted: DocumentValues): readonly string[] {
  const notes: string[] = [];
  if (type === 'github') {
    notes.push(l10n.t('The service asks for the GitHub user name, the repository and an access token with every change: they are asked for next.'));
  }
  if (parameters === undefined && !has(wanted, 'parameters')) {
    notes.push(l10n.t('The service does not tell the parameters of this trigger: those it has may be lost unless you write them here.'));
  }
  if (type === 'insight' && lacks(wanted['rules'], ['reminderTime', 'enableNotiWhenEventClose'])) {
    notes.push(l10n.t('The reminder and close notice of a rule are reset to the default of the service unless you enter them here.'));
  }
  if (type === 'source_commit' && lacks(wanted['webhooks'], ['enable'])) {
    notes.push(l10n.t('A webhook without "enable" is switched on.'));
  }
  return notes;
}

function lacks(list: DocumentValue | undefined, names: readonly string[]): boolean {
  return isList(list) && list.some((entry) => isObjectValue(entry) && names.some((name) => !has(entry, name)));
}

/** What was not told and is not given is left out. */
function parametersOf(values: DocumentValues, remote: DocumentValues, { parameters }: TriggerDetail): TriggerSpec['parameters'] {
  const given = values['parameters'] ?? undefined;
  return given === undefined || isSameMember(given, remote['parameters']) || !isObjectValue(given) ? parameters : given;
}

type Wanted = Exclude<TriggerSource, { readonly type: 'github' }> | { readonly type: 'github'; readonly events: readonly string[] };

/** @throws ProblemError for a type that cannot be changed here */
function sourceOf(values: DocumentValues): Wanted {
  const type = TRIGGER_TYPES.find((one) => one === values['type']);
  switch (type) {
    case 'cron':
      return { type, cronOption: textIn(values, 'cronOption') };
    case 'github':
      return { type, events: listIn(values, 'events').filter((event) => typeof event === 'string') };
    case 'insight':
      return { type, rules: objectsIn(values, 'rules').map((rule) => ({
        prodKey: textIn(rule, 'prodKey'), ruleGrpId: textIn(rule, 'ruleGrpId'), reminderTime: numberIn(rule, 'reminderTime'),
        enableNotiWhenEventClose: flagIn(rule, 'enableNotiWhenEventClose'),
      })) };
    case 'object_storage':
      return { type, rules: objectsIn(values, 'rules').map((rule) => ({ bucketName: textIn(rule, 'bucketName'), eventRuleName: textIn(rule, 'eventRuleName') })) };
    case 'source_commit':
      return { type, webhooks: objectsIn(values, 'webhooks').map((webhook) => ({
        repositoryName: textIn(webhook, 'repositoryName'), webhookName: textIn(webhook, 'webhookName'), enable: flagIn(webhook, 'enable'),
      })) };
    case 'secret_manager':
      return { type, secretName: textIn(values, 'secretName') };
    case undefined:
      throw new ProblemError({ message: l10n.t('Triggers of this type can only be changed in the NAVER Cloud console.'), remedies: [] });
    default:
      return type satisfies never;
  }
}

/** @throws ProblemError where it moved meanwhile */
function requireUnmoved({ name, accountId }: ResourceRef, remote: Snapshot, now: Snapshot): void {
  if (remote.identity === now.identity && isSame(remote.values, now.values)) return;
  throw new ProblemError({
    message: l10n.t('Trigger "{0}" was changed elsewhere while you were confirming. Nothing was sent.', name), hint: l10n.t('Save again to compare both.'), remedies: [],
  }, undefined, accountId);
}

function textIn(values: DocumentObject, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}

function numberIn(values: DocumentObject, name: string): number | undefined {
  const value = values[name];
  return typeof value === 'number' ? value : undefined;
}

function flagIn(values: DocumentObject, name: string): boolean | undefined {
  const value = values[name];
  return typeof value === 'boolean' ? value : undefined;
}

function listIn(values: DocumentObject, name: string): readonly DocumentValue[] {
  const value = values[name];
  return isList(value) ? value : [];
}

function objectsIn(values: DocumentObject, name: string): readonly DocumentObject[] {
  return listIn(values, name).filter(isObjectValue);
}
