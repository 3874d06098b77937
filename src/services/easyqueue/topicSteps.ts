import * as l10n from '@vscode/l10n';

import type { InputNote } from '../../host/prompts.ts';
import type { WizardStep } from '../../host/wizard.ts';
import type { Formatter } from '../../model/format.ts';
import { asking } from '../createWizard.ts';
import {
  descriptionProblem, maxMessageProblem, MAX_LENGTHS, nameProblem, partitionsProblem, PROJECT_QUOTAS, retentionBytesProblem, retentionProblem,
  TOPIC_RANGES,
} from './limits.ts';
import { readCount, readMaxMessage, readName, readRetention, readRetentionBytes } from './topicDraft.ts';
import type { TopicDraft, TopicQuestion, Usage } from './topicDraft.ts';

/** What the questions are made from. */
export interface TopicSurroundings {
  readonly appKey: string;
  readonly usage: Usage;
  readonly format: Formatter;
}

interface Question {
  readonly id: TopicQuestion;
  readonly prompt: readonly (string | undefined)[];
  readonly placeholder?: string;
  readonly check: (text: string, draft: TopicDraft) => InputNote | undefined;
}

/** The questions about a new topic. Each checks what is typed against the documented ranges and says what it comes to. */
export function topicSteps(about: TopicSurroundings): readonly WizardStep<TopicDraft>[] {
  const questions = [nameQuestion(about), partitionsQuestion(about), ...storageQuestions(about), descriptionQuestion()];
  return questions.map(stepOf);
}

function stepOf({ id, prompt, placeholder, check }: Question): WizardStep<TopicDraft> {
  return {
    id,
    run: async (prompts, draft) => {
      draft.answers[id] = await prompts.input({
        prompt: asking(draft, id, prompt.filter((part) => part !== undefined).join(' ')),
        placeholder,
        value: draft.answers[id],
        validate: (text) => check(text, draft),
        onBack: (text) => {
          draft.answers[id] = text;
        },
      });
      return undefined;
    },
  };
}

function nameQuestion({ appKey, usage, format }: TopicSurroundings): Question {
  const { topics } = PROJECT_QUOTAS;
  const isFull = usage.topics >= topics;
  const full = l10n.t('All {0} topics of the project are used: the service may refuse another one.', topics);
  return {
    id: 'name',
    prompt: [
      l10n.t('Name of the topic, without or with its prefix "{0}".', `${appKey}.`),
      isFull ? full : l10n.t('{0} of {1} topics are used.', format.count(usage.topics), topics),
    ],
    placeholder: 'orders',
    check: (text) => {
      const name = readName(text, appKey);
      const wrong = nameProblem(name);
      if (wrong !== undefined) return error(wrong);
      const fullName = `${appKey}.${name}`;
      // The list may be older than the cloud: what it says is a warning, and the service decides.
      if (usage.names.has(fullName)) return warning(l10n.t('Topic "{0}" exists already.', name));
      return isFull ? warning(full) : info(l10n.t('The full name is "{0}".', fullName));
    },
  };
}

function partitionsQuestion({ usage: { partitions }, format }: TopicSurroundings): Question {
  const { min, max } = TOPIC_RANGES.partitionCount;
  const quota = PROJECT_QUOTAS.partitions;
  const used = partitions === undefined ? undefined : format.count(partitions);
  return {
    id: 'partitions',
    prompt: [
      l10n.t('Number of partitions, {0} to {1}. They can be added later, but never taken away.', min, max),
      used === undefined ? undefined : l10n.t('{0} of {1} partitions are used.', used, quota),
    ],
    check: (text) => {
      const count = readCount(text);
      const wrong = partitionsProblem(count);
      if (wrong !== undefined) return error(wrong);
      if (partitions === undefined || used === undefined || partitions + count <= quota) return undefined;
      return warning(l10n.t('{0} of {1} partitions are used: the service may refuse {2} more.', used, quota, count));
    },
  };
}

function storageQuestions({ format }: TopicSurroundings): readonly Question[] {
  const { retentionMs, retentionBytes, maxMessageBytes } = TOPIC_RANGES;
  return [
    {
      id: 'retention',
      prompt: [l10n.t('How long messages are kept, {0} to {1}.', format.duration(retentionMs.min), format.duration(retentionMs.max))],
      placeholder: format.duration(retentionMs.max),
      check: (text) => {
        const ms = readRetention(text);
        if (Number.isNaN(ms)) return error(l10n.t('Enter a time such as {0} or {1}.', format.duration(retentionMs.max), format.duration(129_600_000)));
        return noteOf(retentionProblem(ms, format), l10n.t('Messages are kept for {0}.', format.duration(ms)));
      },
    },
    {
      id: 'retentionBytes',
      prompt: [l10n.t('How much each partition keeps, {0} to {1}.', format.bytes(retentionBytes.min), format.bytes(retentionBytes.max))],
      placeholder: format.bytes(retentionBytes.max),
      check: (text, draft) => {
        const bytes = readRetentionBytes(text);
        if (Number.isNaN(bytes)) return error(l10n.t('Enter a size such as {0}.', format.bytes(retentionBytes.max)));
        const all = bytes * readCount(draft.answers.partitions);
        return noteOf(retentionBytesProblem(bytes, format), l10n.t('Up to {0} in all partitions together.', format.bytes(all)));
      },
    },
    {
      id: 'maxMessage',
      prompt: [
        l10n.t('Largest message with key and headers, {0} to {1}.', format.bytes(maxMessageBytes.min), format.bytes(maxMessageBytes.max)),
      ],
      placeholder: format.bytes(maxMessageBytes.max),
      check: (text) => {
        const bytes = readMaxMessage(text);
        if (Number.isNaN(bytes)) return error(l10n.t('Enter a size such as {0}.', format.bytes(maxMessageBytes.max)));
        return noteOf(maxMessageProblem(bytes, format), l10n.t('Messages of up to {0}.', format.bytes(bytes)));
      },
    },
  ];
}

function descriptionQuestion(): Question {
  return {
    id: 'description',
    prompt: [l10n.t('Description, at most {0} characters. It can stay empty.', MAX_LENGTHS.description)],
    check: (text) => noteOf(descriptionProblem(text), undefined),
  };
}

function noteOf(wrong: string | undefined, right: string | undefined): InputNote | undefined {
  if (wrong !== undefined) return error(wrong);
  return right === undefined ? undefined : info(right);
}

function error(message: string): InputNote {
  return { severity: 'error', message };
}

function warning(message: string): InputNote {
  return { severity: 'warning', message };
}

function info(message: string): InputNote {
  return { severity: 'info', message };
}
