import * as z from 'zod/mini';

import type { ActivationDetail, ActivationPage, Trigger, TriggerDetail } from '../../model/functions.ts';
import { name, optionalBoolean, optionalInteger, optionalText, rows } from '../wire.ts';
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
      execOption: z.unknown(),
      resourceId: optionalText,
    }),
    z.transform(
      (wire): TriggerDetail => ({
        name: wire.name,
        type: wire.type ?? wire.triggerType,
        description: wire.description,
        actions: wire.actions,
        options: optionsOf(wire.execOption),
        resourceId: wire.resourceId,
      }),
    ),
  ),
);

type Option = TriggerDetail['options'][number];

/** A GitHub trigger's access token is among what the service repeats (cloudfunctions.md §7.3): it never gets further. */
const IS_CREDENTIAL = /token|secret|credential|password|authorization|api-?key/i;

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
  return [{ key, value: typeof value === 'string' ? value : JSON.stringify(value, withoutCredentials) }];
}

function withoutCredentials(key: string, value: unknown): unknown {
  if (IS_CREDENTIAL.test(key)) return undefined;
  return typeof value === 'bigint' ? String(value) : value;
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
      response: z.nullish(z.object({ result: z.unknown(), status: optionalText, success: optionalBoolean })),
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
