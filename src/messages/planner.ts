import * as l10n from '@vscode/l10n';
import { Uri, workspace } from 'vscode';

import { withPatience } from '../host/patience.ts';
import type { NaverAccount } from '../model/account.ts';
import { CancelledError } from '../model/cloudError.ts';
import { type Formatter, isOne, oneLine } from '../model/format.ts';
import type { SendJob, SendOrder } from '../sending/job.ts';
import type { Reading } from '../sending/message.ts';
import type { TargetLimits } from '../sending/messageTarget.ts';
import type { IndexRange, RunHeader } from '../sending/recording.ts';
import { scanMessages } from '../sending/reading/scan.ts';
import type { MessageSource } from '../sending/source.ts';
import type { SendTarget } from '../sending/target.ts';
import type { VariablesIssue } from '../sending/variables/variablesFile.ts';
import { EnvironmentAccess } from './sources/environmentAccess.ts';
import { variablesIssueText } from './issueTexts.ts';
import type { MessagesOptions } from './options.ts';
import type { Plan } from './plan.ts';
import { readAll } from './sources/reader.ts';
import type { ReadInputs, TypedAnswers } from './sources/readInputs.ts';
import { Refusal } from './refusal.ts';
import { readSendSettings } from './sendSettings.ts';
import { cannotTakeText } from './texts.ts';
import { TopicLists } from './targets/topicLists.ts';
import { chosenEnvironment, inputsOf, variablesFileFor } from './sources/workspaceInputs.ts';

/** What a plan is made of. */
export interface PlanRequest {
  readonly sources: readonly MessageSource[];
  readonly target: SendTarget;
  readonly account: NaverAccount;
  readonly answers?: TypedAnswers | undefined;
  /** What its messages take from elsewhere, where that was asked before. */
  readonly inputs?: ReadInputs | undefined;
  /** What decides the messages beside their texts; drawn anew without it. */
  readonly draw?: Pick<SendJob, 'seed' | 'nowMs' | 'environment'>;
  /** As the settings say without it. */
  readonly order?: SendOrder;
  /** Takes the place of the plan with this id. */
  readonly id?: string;
  /** The part of the job that is sent. */
  readonly part?: { readonly only: readonly IndexRange[]; readonly repeats: NonNullable<RunHeader['repeats']> };
  /** Whether it is about to be shown: then the topic is asked for, to say all that may be wrong. */
  readonly isShown?: true;
}

/** Makes plans, and reads the messages of plans. */
export class Planner {
  readonly #options: MessagesOptions;
  readonly #access: EnvironmentAccess;
  /** What messages of a plan take from elsewhere: what goes out is what the plan showed. */
  readonly #inputs = new WeakMap<Plan, ReadInputs>();

  constructor(options: MessagesOptions, isTrusted: () => boolean) {
    this.#options = options;
    const { env, prompts, isSecret } = options;
    this.#access = new EnvironmentAccess({ env, prompts, isTrusted, isSecret });
  }

  /** What decides messages beside their texts, from now on. */
  draw(): Pick<SendJob, 'seed' | 'nowMs' | 'environment'> {
    return { seed: this.#options.newId(), nowMs: this.#options.now(), environment: chosenEnvironment(this.#options.state) };
  }

  /**
   * Reads and checks all messages. Nothing is sent.
   * @throws Refusal, CancelledError; CloudError where the account cannot be used
   */
  async plan(request: PlanRequest): Promise<Plan> {
    const { sources, target, account, answers, part } = request;
    const { concurrency, ratePerSecond, order } = { ...readSendSettings(), ...(request.order === undefined ? {} : { order: request.order }) };
    const { seed, nowMs, environment } = request.draw ?? this.draw();
    const job: SendJob = { target, sources: sources.map(refOf), seed, nowMs, environment };
    const { format } = this.#options;
    return withPatience(l10n.t('Reading messages…'), async (signal, report) => {
      const asked = request.inputs ?? (await this.inputs(job));
      const inputs = answers === undefined ? asked : { ...asked, answers };
      const limits = await this.#limits(request, signal);
      const readings = readAll({ job, sources, limits, inputs }, signal);
      const onProgress = (read: number): void => report({ message: readSoFarText(read, format) });
      const { facts, part: found } = await scanMessages(readings, { onProgress, ...(part === undefined ? {} : { only: part.only }) });
      const plan: Plan = {
        id: request.id ?? this.#options.newId(), job, sources, limits, facts, account, order, concurrency, ratePerSecond,
        ...(part === undefined || found === undefined ? {} : { part: { ...part, ...found } }),
      };
      this.#inputs.set(plan, inputs);
      return plan;
    });
  }

  /** The messages of a plan, read anew. */
  async* readings(plan: Plan, signal: AbortSignal): AsyncGenerator<readonly Reading[]> {
    const inputs = this.#inputs.get(plan) ?? (await this.inputs(plan.job));
    yield* readAll({ ...plan, inputs }, signal);
  }

  /** What the messages of a plan take from elsewhere. */
  inputsOf(plan: Plan): ReadInputs | undefined {
    return this.#inputs.get(plan);
  }

  /**
   * What the messages of a job take from elsewhere, as it is now.
   * @throws Refusal where the variables file is broken, lacks the environment, or is another for some of the sources
   */
  async inputs({ sources, environment }: SendJob): Promise<ReadInputs> {
    const folders = new Map(sources.map(({ uri }) => Uri.parse(uri)).map((uri) => [workspace.getWorkspaceFolder(uri)?.uri.toString(), uri]));
    const [variables = new Map<string, string>(), ...others] = await Promise.all([...folders.values()].map((uri) => this.#variables(uri, environment)));
    if (others.some((other) => !isSame(variables, other))) {
      throw new Refusal(l10n.t('The files are in workspace folders with different variables. Send the files of one folder at a time.'));
    }
    return inputsOf(variables, this.#access);
  }

  /** The variables that count for a document. */
  async #variables(document: Uri, environment: string | undefined): Promise<ReadonlyMap<string, string>> {
    const file = await variablesFileFor(document);
    if (file === undefined) return new Map();
    const { reading, uri } = file;
    if ('issue' in reading) throw brokenVariables(uri, reading.issue);
    // What all environments share would go out in place of what this one had.
    if (environment !== undefined && !reading.environments.includes(environment)) {
      const text = l10n.t('The variables file has no environment "{0}" any more. Choose another one, or none.', oneLine(environment));
      throw new Refusal(text, { kind: 'chooseEnvironment' });
    }
    return reading.variablesOf(environment);
  }

  /** What the topic takes; how many partitions it has is asked only where it matters, and may stay unknown. */
  async #limits({ sources, target, answers, isShown }: PlanRequest, signal: AbortSignal): Promise<TargetLimits> {
    const { limits } = await this.#options.targetOf(target);
    const hasPartitions = answers?.partition !== undefined || sources.some(({ content }) => content === 'messages');
    if (isShown === undefined && !hasPartitions) return limits;
    const list = await new TopicLists(this.#options.clientOf, signal).of(target.accountId);
    if (signal.aborted) throw new CancelledError();
    // A key may be allowed to send and not to list.
    if ('error' in list) return limits;
    // By its name, too: messages are sent to that, and a topic that was made anew has another id.
    const topic = list.topics.find(({ id }) => id === target.topicId) ?? list.topics.find(({ name }) => name === target.topicName);
    if (topic === undefined) throw noTopic(target, sources);
    const reason = cannotTakeText(topic);
    if (reason !== undefined) throw new Refusal(reason);
    return topic.partitions === undefined ? limits : { ...limits, partitions: topic.partitions };
  }
}

function noTopic({ topicName }: SendTarget, [source, ...others]: readonly MessageSource[]): Refusal {
  const text = l10n.t('The account has no topic "{0}" any more. Nothing was sent.', oneLine(topicName));
  return source === undefined || others.length > 0 ? new Refusal(text) : new Refusal(text, { kind: 'changeTarget', uri: source.uri });
}

function isSame(some: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>): boolean {
  return some.size === others.size && [...some].every(([name, value]) => others.get(name) === value);
}

function readSoFarText(read: number, format: Formatter): string {
  return isOne(read) ? l10n.t('1 message so far') : l10n.t('{0} messages so far', format.count(read));
}

/** What the user is told where the variables file cannot be read. */
export function brokenVariables(uri: Uri, { place, reason }: VariablesIssue): Refusal {
  const why = variablesIssueText(reason);
  return new Refusal(
    l10n.t('The variables of the workspace cannot be read. Line {0}, column {1}: {2}', place.line, place.column, why),
    { kind: 'openFile', uri: uri.toString(), line: place.line, column: place.column },
  );
}

/** The name of a source, without its text. */
function refOf({ uri, name, format, content, range, only }: MessageSource): SendJob['sources'][number] {
  return { uri, name, format, content, ...(range === undefined ? {} : { range }), ...(only === undefined ? {} : { only }) };
}
