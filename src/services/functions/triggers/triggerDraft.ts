import type { GatewayLink, TriggerSource, TriggerSpec, TriggerType } from '../../../model/functions.ts';
import { parametersOf } from '../wizardParts.ts';
import type { NamedDraft } from '../wizardParts.ts';
import { reminderOf } from './checks.ts';

/** Types that are started by a list of things elsewhere. */
export type ListedType = 'insight' | 'object_storage' | 'source_commit';

/** Ways to write a schedule. */
export type Preset = 'fiveMinutes' | 'hourly' | 'daily' | 'weekly' | 'own';

/** One entry of such a list, as typed. */
export type Entry = Readonly<Record<string, string>>;

/** Stand for true and false in an {@link Entry}. */
export const YES = 'yes';
/** See {@link YES}. */
export const NO = 'no';

/** The answers so far, as typed: what was typed once is shown again as it was. */
export interface TriggerDraft extends NamedDraft {
  type: TriggerType;
  preset: Preset;
  /** 0 is Sunday. */
  weekday: number;
  time: string;
  cronOption: string;
  username: string;
  accessToken: string;
  repository: string;
  events: readonly string[];
  product: string;
  apiName: string;
  stageName: string;
  secretName: string;
  entries: Readonly<Record<ListedType, readonly Entry[]>>;
  /** The entry that is being written. */
  entry: Entry;
  /** Which entry that is: its place, or that behind the last for a new one; undefined while none is written. */
  entryAt: number | undefined;
}

/** Before the first question. */
export function newTriggerDraft(): TriggerDraft {
  return {
    isReviewed: false, trouble: undefined,
    type: 'cron', name: '',
    preset: 'fiveMinutes', weekday: 1, time: '09:00', cronOption: '*/5 * * * *',
    username: '', accessToken: '', repository: '', events: ['push'], product: '', apiName: '', stageName: '',
    secretName: '',
    entries: { insight: [], object_storage: [], source_commit: [] }, entry: {}, entryAt: undefined,
    description: '', parameters: '',
  };
}

/** Whether a type is started by a list. */
export function isListed(type: TriggerType): type is ListedType {
  return type === 'insight' || type === 'object_storage' || type === 'source_commit';
}

/** What is sent for the answers. */
export function specOf(draft: TriggerDraft): TriggerSpec {
  const { name, description } = draft;
  return { name, description, parameters: parametersOf(draft), source: sourceOf(draft) };
}

/** What starts it. */
export function sourceOf(draft: TriggerDraft): TriggerSource {
  const { type, entries } = draft;
  const text = (entry: Entry, name: string): string => entry[name]?.trim() ?? '';
  switch (type) {
    case 'cron':
      return { type, cronOption: draft.cronOption.trim().split(/\s+/).join(' ') };
    case 'github':
      return { type, credential: credentialOf(draft), events: draft.events, link: linkOf(draft) };
    case 'insight':
      return {
        type,
        rules: entries.insight.map((entry) => ({
          prodKey: text(entry, 'prodKey'), ruleGrpId: text(entry, 'ruleGrpId'),
          reminderTime: reminderOf(text(entry, 'reminderTime')), enableNotiWhenEventClose: entry['enableNotiWhenEventClose'] === YES,
        })),
      };
    case 'object_storage':
      return { type, rules: entries.object_storage.map((entry) => ({ bucketName: text(entry, 'bucketName'), eventRuleName: text(entry, 'eventRuleName') })) };
    case 'source_commit':
      return {
        type,
        webhooks: entries.source_commit.map((entry) => ({
          repositoryName: text(entry, 'repositoryName'), webhookName: text(entry, 'webhookName'), enable: entry['enable'] !== NO,
        })),
      };
    case 'secret_manager':
      return { type, secretName: draft.secretName.trim() };
  }
}

function credentialOf({ username, accessToken, repository }: TriggerDraft) {
  return { username: username.trim(), accessToken: accessToken.trim(), repository: repository.trim() };
}

/** Required on creation, and taken then alone (cloudfunctions.md §7.3). */
function linkOf({ product, apiName, stageName }: TriggerDraft): GatewayLink {
  return { product: product.trim(), apiName: apiName.trim(), stageName: stageName.trim() };
}
