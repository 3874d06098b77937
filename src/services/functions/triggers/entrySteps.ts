import * as l10n from '@vscode/l10n';

import { withHeading } from '../../../host/prompts.ts';
import type { PickItem } from '../../../host/prompts.ts';
import { isOne } from '../../../model/format.ts';
import type { Formatter } from '../../../model/format.ts';
import { asking } from '../../createWizard.ts';
import { errorNote } from '../wizardParts.ts';
import { ENTRY_FIELDS } from './entryFields.ts';
import type { EntryField } from './entryFields.ts';
import type { Step } from './stepKinds.ts';
import { isListed, NO, YES } from './triggerDraft.ts';
import type { Entry, ListedType, TriggerDraft } from './triggerDraft.ts';

/** What is chosen at the list of entries. */
type Choice = { readonly kind: 'goOn' } | { readonly kind: 'write'; readonly at: number } | { readonly kind: 'remove'; readonly at: number };

/** Asks for the things that start a trigger of a listed type, one after another, and shows those so far. */
export function entrySteps(format: Formatter): readonly Step[] {
  const types: readonly ListedType[] = ['insight', 'object_storage', 'source_commit'];
  return [
    ...types.flatMap((type) => ENTRY_FIELDS[type].map((field, index, all) => fieldStep(type, field, all[index + 1]))),
    listStep('rules', ['insight', 'object_storage'], format),
    listStep('webhooks', ['source_commit'], format),
  ];
}

/** Begins with an entry where one is needed and there is none; Cloud Insight needs none (cloudfunctions.md §7.3). */
export function startEntries(draft: TriggerDraft): void {
  const isMissing = isListed(draft.type) && draft.type !== 'insight' && draft.entries[draft.type].length === 0;
  draft.entryAt = isMissing ? 0 : undefined;
  draft.entry = {};
}

/** The step where the entries of a type are seen. */
export function listStepOf(type: ListedType): 'rules' | 'webhooks' {
  return type === 'source_commit' ? 'webhooks' : 'rules';
}

/** An entry in a few words: `orders · uploads`. */
export function entryText(type: ListedType, entry: Entry): string {
  return ENTRY_FIELDS[type].flatMap(({ name, isFlag }) => (isFlag === true ? [] : [entry[name] ?? ''])).filter((text) => text !== '').join(' · ');
}

/** "2 rules" */
function entriesText(type: ListedType, count: number, format: Formatter): string {
  const text = format.count(count);
  if (type === 'source_commit') return isOne(count) ? l10n.t('{0} webhook', text) : l10n.t('{0} webhooks', text);
  return isOne(count) ? l10n.t('{0} rule', text) : l10n.t('{0} rules', text);
}

function stepId(type: ListedType, { name }: EntryField): string {
  return `${type}.${name}`;
}

function fieldStep(type: ListedType, field: EntryField, next: EntryField | undefined): Step {
  const keepIn = (draft: TriggerDraft) => (text: string): void => {
    draft.entry = { ...draft.entry, [field.name]: text.trim() };
  };
  return {
    id: stepId(type, field),
    applies: (draft) => draft.type === type && draft.entryAt !== undefined,
    run: async (prompts, draft) => {
      const keep = keepIn(draft);
      const value = draft.entry[field.name];
      if (field.isFlag === true) {
        keep(await prompts.pick({
          placeholder: field.prompt(),
          active: value ?? field.otherwise,
          items: [{ label: l10n.t('Yes'), value: YES }, { label: l10n.t('No'), value: NO }],
        }));
      } else {
        keep(await prompts.input({
          prompt: field.prompt(), placeholder: field.placeholder, value, validate: (text) => errorNote(field.problemOf(text)), onBack: keep,
        }));
      }
      if (next !== undefined) return stepId(type, next);
      finishEntry(type, draft);
      return listStepOf(type);
    },
  };
}

function finishEntry(type: ListedType, draft: TriggerDraft): void {
  const { entryAt, entry } = draft;
  const before = draft.entries[type];
  const at = entryAt ?? before.length;
  draft.entries = { ...draft.entries, [type]: [...before.slice(0, at), entry, ...before.slice(at + 1)] };
  draft.entryAt = undefined;
}

function listStep(id: 'rules' | 'webhooks', types: readonly ListedType[], format: Formatter): Step {
  const typeOf = ({ type }: TriggerDraft): ListedType | undefined => types.find((one) => one === type);
  return {
    id,
    applies: (draft) => typeOf(draft) !== undefined,
    run: async (prompts, draft) => {
      const type = typeOf(draft);
      if (type === undefined) return undefined;
      draft.entryAt = undefined;
      const choice = await prompts.pick({ placeholder: asking(draft, id, question(type)), items: choices(type, draft.entries[type], format) });
      return follow(choice, type, draft);
    },
  };
}

function question(type: ListedType): string {
  return type === 'source_commit' ? l10n.t('Which webhooks fire the trigger?') : l10n.t('Which event rules fire the trigger?');
}

function choices(type: ListedType, entries: readonly Entry[], format: Formatter): readonly PickItem<Choice>[] {
  const isWebhook = type === 'source_commit';
  const add: PickItem<Choice> = {
    label: isWebhook ? l10n.t('Add a webhook…') : l10n.t('Add a rule…'), icon: 'add', value: { kind: 'write', at: entries.length }, alwaysShow: true,
  };
  if (entries.length === 0) {
    const goOn = { label: l10n.t('Go on without a rule'), detail: l10n.t('The trigger can be chosen in Cloud Insight later.'), icon: 'check' };
    return [add, { ...goOn, value: { kind: 'goOn' }, alwaysShow: true }];
  }
  const texts = entries.map((entry) => entryText(type, entry));
  return [
    { label: l10n.t('Go on with {0}', entriesText(type, entries.length, format)), icon: 'check', value: { kind: 'goOn' }, alwaysShow: true },
    add,
    ...withHeading<Choice>(texts.map((text, at) => ({ label: text, icon: 'edit', value: { kind: 'write', at } })), l10n.t('Change')),
    ...texts.map((text, at): PickItem<Choice> => ({ label: l10n.t('Remove {0}', text), icon: 'trash', value: { kind: 'remove', at } })),
  ];
}

function follow(choice: Choice, type: ListedType, draft: TriggerDraft): string | undefined {
  if (choice.kind === 'goOn') return undefined;
  const entries = draft.entries[type];
  if (choice.kind === 'remove') {
    draft.entries = { ...draft.entries, [type]: entries.filter((_, at) => at !== choice.at) };
    startEntries(draft);
    return draft.entryAt === undefined ? listStepOf(type) : firstField(type);
  }
  draft.entryAt = choice.at;
  draft.entry = entries[choice.at] ?? {};
  return firstField(type);
}

/** The step an entry begins with. */
function firstField(type: ListedType): string | undefined {
  const [first] = ENTRY_FIELDS[type];
  return first === undefined ? undefined : stepId(type, first);
}
