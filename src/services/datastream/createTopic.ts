import * as l10n from '@vscode/l10n';

import type { DataStreamClient } from '../../api/datastream/client.ts';
import type { InputNote, Prompts } from '../../host/prompts.ts';
import type { WizardStep } from '../../host/wizard.ts';
import type { Account } from '../../model/account.ts';
import { stageBadge } from '../../model/accountWords.ts';
import { CloudError } from '../../model/cloudError.ts';
import { isLeaving, MAX_DATA_STREAM_TOPICS } from '../../model/dataStream.ts';
import type { DataStreamTopic } from '../../model/dataStream.ts';
import type { Formatter } from '../../model/format.ts';
import { createOrLookUp } from '../lookUp.ts';
import type { Created } from '../lookUp.ts';
import { topicTexts } from '../lookUpWords.ts';
import { asking, runCreateWizard } from '../createWizard.ts';
import type { Answer, CreateDraft, ReportFailure } from '../createWizard.ts';
import type { WithProgress } from '../writing.ts';
import { problemNote, readPartitions, readRetention, readTopicName, valueOf } from './answers.ts';
import { DEFAULT_RETENTION_MS, MAX_PARTITIONS, MAX_RETENTION_MS, MIN_RETENTION_MS } from './checks.ts';
import { descriptionStep } from './descriptionStep.ts';
import { topicFieldOf } from './refusals.ts';

/** What creating a topic needs. */
export interface TopicCreation {
  readonly prompts: Prompts;
  readonly format: Formatter;
  readonly account: Account;
  readonly client: Pick<DataStreamClient, 'createTopic' | 'listTopics'>;
  /** The account's own, with its hyphen. */
  readonly prefix: string;
  /** The topics there are. */
  readonly topics: readonly DataStreamTopic[];
  readonly progress: WithProgress;
  readonly say: (message: string) => void;
  readonly onFailure: ReportFailure;
}

/** The answers so far, as typed: what was typed once is shown again as it was. */
interface TopicDraft extends CreateDraft {
  name: string;
  partitions: string;
  retention: string;
  description: string;
}

type Step = WizardStep<TopicDraft>;

/**
 * Asks for a topic and creates it; it is still being created when this returns.
 * @throws CancelledError where the user closed it
 */
export async function createTopic(creation: TopicCreation): Promise<DataStreamTopic> {
  const { prompts, format, account } = creation;
  // A name that is about to be free may be free by now: the service decides.
  const taken = new Set(creation.topics.flatMap((topic) => (isLeaving(topic) ? [] : [topic.name])));
  const settings = (draft: TopicDraft) => settingsOf(draft, creation);
  return runCreateWizard<TopicDraft, DataStreamTopic>({
    prompts,
    title: l10n.t('Create Data Stream Topic'),
    accountName: account.name,
    steps: [nameStep(creation, taken), partitionsStep(), retentionStep(format), descriptionStep()],
    answers: (draft) => answersOf(settings(draft), format),
    question: (draft) => l10n.t('Create topic "{0}" in account "{1}" ({2})?', settings(draft).name, account.name, stageBadge(account.lane.stage)),
    onFailure: creation.onFailure,
    create: (draft) => create(settings(draft), creation, taken),
    stepOf: topicFieldOf,
  }, {
    isReviewed: false, trouble: undefined, name: '', partitions: '1', retention: format.duration(DEFAULT_RETENTION_MS), description: '',
  });
}

type Settings = Parameters<DataStreamClient['createTopic']>[0];

function settingsOf(draft: TopicDraft, { prefix, format }: TopicCreation): Settings {
  return {
    name: valueOf(readTopicName(draft.name, prefix, []), prefix + draft.name),
    partitions: valueOf(readPartitions(draft.partitions), 1),
    retentionMs: valueOf(readRetention(draft.retention, format), DEFAULT_RETENTION_MS),
    ...(draft.description === '' ? {} : { description: draft.description }),
  };
}

async function create(settings: Settings, creation: TopicCreation, taken: Set<string>): Promise<Created<DataStreamTopic>> {
  const { client, progress, say } = creation;
  const { name } = settings;
  try {
    return await createOrLookUp({
      progress,
      title: l10n.t('Creating topic "{0}"…', name),
      create: (signal) => client.createTopic(settings, signal),
      find: (signal) => topicNamed(name, client, signal),
      idOf: ({ id }) => id,
      isLeaving,
      say,
      texts: topicTexts(name),
      stepIfThere: 'name',
    });
  } catch (error) {
    const isTaken = error instanceof CloudError && error.details.reason === 'duplicateName';
    if (isTaken && !creation.topics.some((topic) => topic.name === name)) taken.add(name);
    throw error;
  }
}

/** Of several with the name, the one that stays. */
async function topicNamed(name: string, client: TopicCreation['client'], signal: AbortSignal): Promise<DataStreamTopic | undefined> {
  const topics = (await client.listTopics({}, signal)).filter((topic) => topic.name === name);
  return topics.find((topic) => !isLeaving(topic)) ?? topics[0];
}

function answersOf({ name, partitions, retentionMs, description }: Settings, format: Formatter): readonly Answer[] {
  return [
    { label: l10n.t('Name'), text: name, step: 'name' },
    { label: l10n.t('Partitions'), text: format.count(partitions), step: 'partitions' },
    { label: l10n.t('Retention'), text: `${format.duration(retentionMs)} ${millisecondsText(format, retentionMs)}`, step: 'retention' },
    { label: l10n.t('Description'), text: description ?? l10n.t('none'), step: 'description' },
  ];
}

function nameStep({ prefix, topics, format }: TopicCreation, taken: ReadonlySet<string>): Step {
  const used = topics.length;
  // Where there are more, the limit was raised, nobody knows how far.
  const isFull = used === MAX_DATA_STREAM_TOPICS;
  const note = (text: string): InputNote => {
    const read = readTopicName(text, prefix, [...taken]);
    if ('problem' in read) return { severity: 'error', message: read.problem };
    const echo = l10n.t('The full name is "{0}".', read.value);
    if (!isFull) return { severity: 'info', message: echo };
    // The limit may have been raised for this account: the service decides.
    return { severity: 'warning', message: `${echo} ${l10n.t('All topics of the account are used: the service may refuse another one.')}` };
  };
  return {
    id: 'name',
    run: async (prompts, draft) => {
      draft.name = await prompts.input({
        prompt: asking(draft, 'name', `${l10n.t('Name of the topic, without or with its prefix "{0}".', prefix)} ${quotaText(used, format)}`),
        placeholder: 'orders',
        value: draft.name,
        validate: note,
        onBack: (typed) => { draft.name = typed; },
      });
      return undefined;
    },
  };
}

/** Three topics an account (datastream.md §8.1); where there are more, the limit was raised. */
function quotaText(used: number, format: Formatter): string {
  return used > MAX_DATA_STREAM_TOPICS
    ? l10n.t('The account has {0} topics.', format.count(used))
    : l10n.t('{0} of {1} topics are used.', format.count(used), format.count(MAX_DATA_STREAM_TOPICS));
}

function partitionsStep(): Step {
  return {
    id: 'partitions',
    run: async (prompts, draft) => {
      draft.partitions = await prompts.input({
        prompt: asking(draft, 'partitions', l10n.t('Number of partitions, {0} to {1}. They can be added later, but never taken away.', 1, MAX_PARTITIONS)),
        value: draft.partitions,
        // 1 MB/s in and 2 MB/s out for each (datastream.md §8.1).
        validate: (text) => {
          const read = readPartitions(text);
          return problemNote(read) ?? { severity: 'info', message: l10n.t('Up to {0} MB/s in and {1} MB/s out', valueOf(read, 1), 2 * valueOf(read, 1)) };
        },
        onBack: (typed) => { draft.partitions = typed; },
      });
      return undefined;
    },
  };
}

function retentionStep(format: Formatter): Step {
  return {
    id: 'retention',
    run: async (prompts, draft) => {
      draft.retention = await prompts.input({
        prompt: asking(draft, 'retention', l10n.t(
          'How long messages are kept, {0} to {1}. A plain number is hours.', format.duration(MIN_RETENTION_MS), format.duration(MAX_RETENTION_MS),
        )),
        value: draft.retention,
        validate: (text) => {
          const read = readRetention(text, format);
          return problemNote(read) ?? { severity: 'info', message: millisecondsText(format, valueOf(read, 0)) };
        },
        onBack: (typed) => { draft.retention = typed; },
      });
      return undefined;
    },
  };
}

function millisecondsText(format: Formatter, ms: number): string {
  return l10n.t('= {0} ms', format.count(ms));
}
