import * as z from 'zod/mini';

import type { Account, Lane } from '../model/account.ts';
import { checkEndpoint } from './validation.ts';

const text = z.string().check(z.minLength(1));
const endpoint = z.optional(z.string().check(z.refine((origin) => checkEndpoint(origin).value === origin && origin !== '')));

const base = {
  id: text,
  name: text,
  lane: z.object({ stage: z.enum(['dev', 'staging', 'prod']), access: z.enum(['read-only', 'send-only', 'full']) }),
  isDemo: z.optional(z.literal(true)),
};

/** An account as it stands in global state. Unknown fields are dropped, wrong ones make the whole entry unreadable. */
const schema = z.discriminatedUnion('provider', [
  z.object({
    ...base,
    provider: z.literal('naver'),
    keyOwner: z.enum(['sub', 'main']),
    zone: z.enum(['public', 'financial', 'government']),
    regions: z.array(z.enum(['KR', 'SG', 'JP'])),
    platform: z.enum(['vpc', 'classic']),
    endpoints: z.optional(z.object({ dataStream: endpoint, messages: endpoint, cloudFunctions: endpoint })),
  }),
  z.object({
    ...base,
    provider: z.literal('nhn'),
    appKeys: z.array(z.object({ appKey: text, label: text, region: z.enum(['KR1', 'KR2']) })),
    endpoints: z.optional(z.object({ token: endpoint, easyQueue: endpoint })),
  }),
]);

/** The account an entry of global state holds; undefined where it is broken or from a version of the future. */
export function readProfile(entry: unknown): Account | undefined {
  const { success, data } = schema.safeParse(entry);
  // JSON has no `undefined`: what zod filled in for missing fields goes again.
  return success ? withoutUndefined(data) as Account : undefined;
}

/** The lane an account gets where its stage is all that is known: production starts locked. */
export function defaultLane(stage: Lane['stage']): Lane {
  return { stage, access: stage === 'prod' ? 'read-only' : 'full' };
}

function withoutUndefined(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutUndefined);
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined).map(([key, field]) => [key, withoutUndefined(field)]));
}
