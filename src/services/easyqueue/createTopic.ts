import * as l10n from '@vscode/l10n';

import type { EasyQueueClient } from '../../api/easyqueue/client.ts';
import type { Prompts } from '../../host/prompts.ts';
import type { Account, AppKey } from '../../model/account.ts';
import { stageBadge } from '../../model/accountWords.ts';
import { CloudError, ifThere } from '../../model/cloudError.ts';
import type { CloudErrorReason } from '../../model/cloudError.ts';
import { isLeaving } from '../../model/easyQueue.ts';
import type { EasyQueueTopic } from '../../model/easyQueue.ts';
import type { Formatter } from '../../model/format.ts';
import { problemOf } from '../../model/problem.ts';
import { createOrLookUp } from '../lookUp.ts';
import type { Created } from '../lookUp.ts';
import { topicTexts } from '../lookUpWords.ts';
import { runCreateWizard } from '../createWizard.ts';
import type { Answer, ReportFailure } from '../createWizard.ts';
import type { WithProgress } from '../writing.ts';
import { newTopicDraft, newTopicOf, readName, TOPIC_QUESTIONS, usageOf } from './topicDraft.ts';
import type { TopicDraft, TopicQuestion, Usage } from './topicDraft.ts';
import { topicSteps } from './topicSteps.ts';

/** What creating a topic needs. */
export interface TopicCreation {
  readonly prompts: Prompts;
  readonly format: Formatter;
  readonly client: Pick<EasyQueueClient, 'createTopic' | 'getTopic' | 'listTopics'>;
  readonly appKey: AppKey;
  readonly account: Account;
  /** The topics of the list; undefined where it is not loaded, or not to its end. */
  readonly known: readonly EasyQueueTopic[] | undefined;
  /** Says what was done. */
  readonly say: (message: string) => void;
  readonly progress: WithProgress;
  /** The same for what is read before the first question. */
  readonly reading: WithProgress;
  readonly onFailure: ReportFailure;
}

/** Largest page (easyqueue seed, "토픽 목록 조회": `limit`): more than any project may have. */
const ALL_TOPICS = 3_000;

/**
 * Asks for a new topic and creates it. A refusal leads back to the answer it is about, with all answers kept.
 * @throws CancelledError when the user closed a question; CloudError where the project's topics cannot be read
 */
export async function createTopic(creation: TopicCreation): Promise<EasyQueueTopic> {
  const { prompts, format, account, known } = creation;
  const { appKey } = creation.appKey;
  const usage = known === undefined ? await readUsage(creation) : usageOf(known);
  return runCreateWizard(
    {
      prompts,
      title: l10n.t('Create EasyQueue Topic'),
      accountName: account.name,
      steps: topicSteps({ appKey, usage, format }),
      answers: (draft) => answersOf(draft, appKey),
      question: ({ answers }) =>
        l10n.t('Create topic "{0}" in account "{1}" ({2})?', readName(answers.name, appKey), account.name, stageBadge(account.lane.stage)),
      onFailure: creation.onFailure,
      create: (draft) => create(creation, draft),
      stepOf: ({ details: { reason } }) => (reason === undefined ? undefined : STEPS[reason]),
    },
    newTopicDraft(format, usage),
  );
}

const NAME: TopicQuestion = 'name';

/** The answer a refusal is about. A project that may have no further topic is about none. */
const STEPS: Readonly<Partial<Record<CloudErrorReason, TopicQuestion>>> = {
  duplicateName: 'name',
  nameRule: 'name',
  partitions: 'partitions',
  topicPartitionQuota: 'partitions',
  projectPartitionQuota: 'partitions',
  retention: 'retention',
  description: 'description',
};

async function readUsage({ client, reading }: TopicCreation): Promise<Usage> {
  const { topics, totalCount } = await reading(l10n.t('Reading the topics of the project…'), (signal) =>
    client.listTopics({ limit: ALL_TOPICS, sortKey: 'TOPIC_NAME', sortDirection: 'ASC' }, signal),
  );
  return usageOf(topics, totalCount);
}

function answersOf({ answers }: TopicDraft, appKey: string): readonly Answer[] {
  const labels: Readonly<Record<TopicQuestion, string>> = {
    name: l10n.t('Name'),
    partitions: l10n.t('Partitions'),
    retention: l10n.t('Retention'),
    retentionBytes: l10n.t('Retention per partition'),
    maxMessage: l10n.t('Largest message'),
    description: l10n.t('Description'),
  };
  const textOf = (id: TopicQuestion): string => (id === 'name' ? `${appKey}.${readName(answers.name, appKey)}` : answers[id]);
  return TOPIC_QUESTIONS.map((id) => ({ label: labels[id], text: textOf(id), step: id }));
}

async function create({ client, appKey: { appKey }, account, progress, say }: TopicCreation, draft: TopicDraft): Promise<Created<EasyQueueTopic>> {
  const topic = newTopicOf(draft, appKey);
  const { name } = topic;
  const texts = topicTexts(name);
  return createOrLookUp({
    progress,
    title: l10n.t('Creating topic "{0}"…', name),
    create: async (signal) => {
      const thing = await client.createTopic(topic, signal);
      say(l10n.t('Topic "{0}" was created.', name));
      return thing;
    },
    find: (signal) => ifThere(client.getTopic(`${appKey}.${name}`, signal)),
    idOf: ({ id }) => id,
    isLeaving,
    say,
    texts: { ...texts, missing: (error) => brokenDown(error, name, account.name) ?? texts.missing(error) },
    stepIfThere: NAME,
  });
}

/** There was an answer, which only did not say how far it got. */
function brokenDown(error: unknown, name: string, accountName: string): string | undefined {
  if (!(error instanceof CloudError) || error.details.status === undefined) return undefined;
  return l10n.t('{0} Topic "{1}" does not exist.', problemOf(error, { accountName })?.message ?? '', name);
}
