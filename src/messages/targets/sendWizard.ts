import * as l10n from '@vscode/l10n';

import type { InputNote, Prompts } from '../../host/prompts.ts';
import { runWizard, type WizardStep } from '../../host/wizard.ts';
import type { NaverAccount } from '../../model/account.ts';
import { stageBadge } from '../../model/accountWords.ts';
import { CancelledError } from '../../model/cloudError.ts';
import { facts, oneLine } from '../../model/format.ts';
import { readPartition } from '../../sending/partition.ts';
import { putFirst, type SendTarget } from '../../sending/target.ts';
import { targetPick } from './targetPick.ts';
import type { TopicLists } from './topicLists.ts';

/** What the user is asked before a message goes out. */
export interface SendAnswers {
  readonly target: SendTarget;
  /** `undefined` where it is the one that was proposed. */
  readonly key: string | undefined;
  readonly partition: number | undefined;
}

/** What the questions are made from. */
export interface SendQuestions {
  readonly prompts: Prompts;
  readonly accounts: readonly NaverAccount[];
  readonly lists: TopicLists;
  readonly recent: readonly SendTarget[];
  /** Key of the one message there is; without it only the topic is asked. */
  readonly proposedKey: string | undefined;
}

interface Draft {
  target: SendTarget | undefined;
  key: string;
  partition: string;
}

/**
 * Asks for the topic, and for key and partition of one message, with Back.
 * @throws CancelledError when the user closed a question
 */
export async function askWhereToSend(questions: SendQuestions): Promise<SendAnswers> {
  const { accounts, lists, recent, proposedKey } = questions;
  const draft: Draft = { target: undefined, key: proposedKey ?? '', partition: '' };
  const applies = (): boolean => proposedKey !== undefined;
  const steps: readonly WizardStep<Draft>[] = [
    {
      id: 'target',
      run: async (prompts) => {
        const likely = draft.target === undefined ? recent : putFirst(draft.target, recent);
        draft.target = await prompts.pick(targetPick({ accounts, lists, recent: likely }));
        return undefined;
      },
    },
    {
      id: 'key',
      applies,
      run: async (prompts) => {
        draft.key = await prompts.input({
          prompt: facts(l10n.t('Key of the message'), ...place(draft.target, accounts)),
          placeholder: l10n.t('Empty: a new UUID'),
          value: draft.key,
          onBack: (text) => {
            draft.key = text;
          },
        });
        return undefined;
      },
    },
    {
      id: 'partition',
      applies,
      run: async (prompts) => {
        const { target } = draft;
        if (target === undefined) return 'target';
        draft.partition = await prompts.input({
          prompt: facts(l10n.t('Partition, counted from 0'), ...place(target, accounts)),
          placeholder: l10n.t('Empty: Data Stream chooses one'),
          value: draft.partition,
          validate: (text) => checkPartition(text, target, lists),
          onBack: (text) => {
            draft.partition = text;
          },
        });
        return undefined;
      },
    },
  ];
  await runWizard(questions.prompts, l10n.t('Send to Topic'), steps, draft);
  return answersOf(draft, proposedKey);
}

/** Topic, and account with its stage: the pick is gone by now, and its list may have changed under the finger. */
function place(target: SendTarget | undefined, accounts: readonly NaverAccount[]): readonly (string | undefined)[] {
  const account = accounts.find(({ id }) => id === target?.accountId);
  return [target && oneLine(target.topicName), account && `${oneLine(account.name)} (${stageBadge(account.lane.stage)})`];
}

async function checkPartition(text: string, target: SendTarget, lists: TopicLists): Promise<InputNote | undefined> {
  if (text.trim() === '') return undefined;
  const reading = readPartition(text, await lists.partitionsOf(target));
  if (reading.ok) return undefined;
  const message =
    reading.last === undefined
      ? l10n.t('Type a whole number, or nothing.')
      : l10n.t('Topic "{0}" has the partitions 0 to {1}.', target.topicName, reading.last);
  return { severity: 'error', message };
}

function answersOf({ target, key, partition }: Draft, proposed: string | undefined): SendAnswers {
  // Neither can happen once the questions were answered: the pick has a value and the partition was checked.
  const reading = readPartition(partition, undefined);
  if (target === undefined || !reading.ok) throw new CancelledError();
  return { target, key: key === '' || key === proposed ? undefined : key, partition: reading.partition };
}
