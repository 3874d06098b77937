import * as z from 'zod/mini';

import type { ActionRun, ActivationDetail, ActivationPage, Trigger, TriggerDetail } from '../../model/functions.ts';
import { parseJson, writeJson } from '../../model/json.ts';
import { name, optionalBoolean, optionalInteger, optionalRecord, optionalText, rows } from '../wire.ts';
import { content, names } from './schema.ts';

/** cloudfunctions.md §7.1; `triggerType` is what a reader of the live service met instead of `type` (§7.2). */
export const triggerListSchema: z.ZodMiniType<readonly Trigger[]> = content(
  z.pipe(
    z.object({
      triggers: rows(
        z.pipe(
          z.object({ name, type: optionalText, triggerType: optionalText }),
          z.transform((wire): Trigger => ({ name: wire.name, type: wire.type ?? wire.triggerType })),
        ),
      ),
    }),
    z.transform(({ triggers }) => triggers),
  ),
);

/** cloudfunctions.md §7.2. */
export const triggerSchema: z.ZodMiniType<TriggerDetail> = content(
  z.pipe(
    z.object({
      name,
      type: optionalText,
      triggerType: optionalText,
      description: optionalText,
      actions: names,
      execOption: z.optional(z.unknown()),
      parameters: z.catch(optionalRecord, undefined),
      resourceId: optionalText,
    }),
    z.transform(
      (wire): TriggerDetail => ({
        name: wire.name,
        type: wire.type ?? wire.triggerType,
        description: wire.description,
        actions: wire.actions,
        parameters: wire.parameters,
        options: optionsOf(wire.execOption),
        resourceId: wire.resourceId,
      }),
    ),
  ),
);

type Option = TriggerDetail['options'][number];

/** A GitHub trigger's access token is among what the service repeats (cloudfunctions.md §7.3): it never gets further. */
const IS_CREDENTIAL = /(token|secret|credential|password|authorization|api-?key)(?!.*(name|link)$)/i;

/**
 * `execOption` as pairs, whatever its shape: v2.1 has a list of `{key, value}`, v2.0 one `{key: "ncf_triggerOptions",
 * value: [...]}`, and for most types no document shows it (cloudfunctions.md §7.2).
 */
function optionsOf(value: unknown): readonly Option[] {
  if (Array.isArray(value)) return value.flatMap(optionsOf);
  if (typeof value !== 'object' || value === null) return [];
  if (!('key' in value) || typeof value.key !== 'string' || !('value' in value)) {
    return Object.entries(value).flatMap(([key, one]) => option(key, one));
  }
  const isWrapper = Array.isArray(value.value) && value.value.some((one: unknown) => typeof one === 'object');
  return isWrapper && !IS_CREDENTIAL.test(value.key) ? optionsOf(value.value) : option(value.key, value.value);
}

function option(key: string, value: unknown): readonly Option[] {
  if (IS_CREDENTIAL.test(key) || value === undefined || value === null) return [];
  const open = withoutCredentials(value);
  return [{ key, value: typeof open === 'string' ? open : writeJson(open) }];
}

/** A value without what lets somebody in, wherever it stands: below such a name, in a pair of key and value, or in a text that is JSON itself. The same value where there is none. */
function withoutCredentials(value: unknown): unknown {
  if (typeof value === 'string') return openText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isCredentialPair(value)) return {};
  const members: readonly [string, unknown][] = Object.entries(value);
  const open = members.flatMap(([name, member]): [string, unknown][] =>
    (IS_CREDENTIAL.test(name) || isCredentialPair(member) ? [] : [[name, withoutCredentials(member)]]));
  if (open.length === members.length && open.every(([, member], n) => Object.is(member, members[n]?.[1]))) return value;
  return Array.isArray(value) ? open.map(([, member]) => member) : Object.fromEntries(open);
}

/** A text as it came, unless it is JSON that holds what lets somebody in. */
function openText(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    const value = parseJson(text);
    const open = withoutCredentials(value);
    return open === value ? text : writeJson(open);
  } catch {
    // Not JSON after all, and so nothing that could be told apart: what looks like a credential takes the whole text with it.
    return IS_CREDENTIAL.test(text) ? '' : text;
  }
}

function isCredentialPair(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string' && 'value' in value && IS_CREDENTIAL.test(value.key);
}

/** Lists tell an id, a duration and a status, no more (cloudfunctions.md §6.1). */
export const activationPageSchema: z.ZodMiniType<ActivationPage> = content(
  z.pipe(
    z.object({
      activations: rows(z.object({ activationId: name, duration: optionalInteger, status: optionalText })),
      totalCount: optionalInteger,
    }),
    z.transform(
      (wire): ActivationPage => ({
        activations: wire.activations.map(({ activationId, duration, status }) => ({
          activationId,
          durationMs: duration,
          status,
        })),
        totalCount: wire.totalCount,
      }),
    ),
  ),
);

/** A function that returned nothing may have no result. */
const response = z.nullish(z.object({ result: z.optional(z.unknown()), status: optionalText, success: optionalBoolean }));

/** cloudfunctions.md §6.2 and §6.3; `end` is always 0 for a trigger. */
export const activationSchema: z.ZodMiniType<ActivationDetail> = content(
  z.pipe(
    z.object({
      activationId: name,
      duration: optionalInteger,
      start: optionalInteger,
      end: optionalInteger,
      logs: rows(optionalText),
      name: optionalText,
      response,
    }),
    z.transform(
      (wire): ActivationDetail => ({
        activationId: wire.activationId,
        durationMs: wire.duration,
        status: wire.response?.status,
        name: wire.name,
        startMs: wire.start,
        endMs: wire.end === 0 ? undefined : wire.end,
        logs: wire.logs.map((line) => line ?? ''),
        result: wire.response?.result,
        isSuccess: wire.response?.success,
      }),
    ),
  ),
);

const activationRecord = z.object({
  activationId: name,
  duration: optionalInteger,
  start: optionalInteger,
  end: optionalInteger,
  name: optionalText,
  response,
});

/**
 * A run: the record of its activation, or its id alone where the wait ended first (cloudfunctions.md §5.5). OpenWhisk gives the record
 * bare where the function failed, and nothing says that this service does not.
 */
export const runSchema: z.ZodMiniType<ActionRun> = z.pipe(
  z.pipe(
    z.unknown(),
    z.transform((json) => (typeof json === 'object' && json !== null && 'content' in json ? json.content : json)),
  ),
  z.pipe(
    activationRecord,
    z.transform((wire): ActionRun => ({
      activationId: wire.activationId,
      ended: wire.response === undefined || wire.response === null ? undefined : {
        activationId: wire.activationId,
        durationMs: wire.duration,
        status: wire.response.status,
        name: wire.name,
        startMs: wire.start,
        endMs: wire.end === 0 ? undefined : wire.end,
        logs: [],
        result: wire.response.result,
        isSuccess: wire.response.success,
      },
    })),
  ),
);

/** The id of a trigger's own activation (cloudfunctions.md §7.7). */
export const firedSchema: z.ZodMiniType<string> = content(
  z.pipe(
    z.object({ activationId: name }),
    z.transform(({ activationId }) => activationId),
  ),
);
