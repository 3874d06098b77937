import * as l10n from '@vscode/l10n';

import { withPatience } from '../host/patience.ts';
import { showWarning } from '../host/notifications.ts';
import type { NaverAccount } from '../model/account.ts';
import { MAX_DATA_STREAM_VALUE_BYTES } from '../model/dataStream.ts';
import { oneLine } from '../model/format.ts';
import type { SendJob } from '../sending/job.ts';
import { isIssue, type Reading } from '../sending/message.ts';
import type { TargetLimits } from '../sending/messageTarget.ts';
import type { MessageSource, SourceContent, SourceRef } from '../sending/source.ts';
import type { SourceKind } from '../sending/reading/sourceKind.ts';
import type { SendTarget } from '../sending/target.ts';
import { askArray, contentOfArray, isBareArray } from './sources/bareArray.ts';
import { claimsOf } from './sources/documentClaims.ts';
import { textSource } from './sources/fileSource.ts';
import type { PlanFlow, PlanFlowDeps } from './planFlow.ts';
import { readAll, type ReadRequest } from './sources/reader.ts';
import type { ReadInputs, TypedAnswers } from './sources/readInputs.ts';
import { Refusal } from './refusal.ts';
import { tellSingleIssue } from './singleIssue.ts';
import type { NoText, TakenText } from './sources/takeText.ts';
import { askTarget, sendingAccount, sendingAccounts, topicByName } from './targets/targetChoice.ts';
import type { ArrayReading, Binding, TargetMemory } from './targets/targetMemory.ts';

/** How a document is sent. */
export interface SendWay {
  /** A plan is shown in any case. */
  readonly endsIn: 'run' | 'plan';
  /** Where to is asked although it is known. */
  readonly asks: 'always' | 'whereUnknown';
  /** Only this message of the document, from 0. */
  readonly only?: number;
}

/** What sending documents needs. */
export interface SendFlowDeps extends PlanFlowDeps {
  readonly plans: PlanFlow;
  readonly memory: TargetMemory;
}

/** Before the topic is known: what every topic of Data Stream takes. */
const ANY_TOPIC: TargetLimits = { maxValueBytes: MAX_DATA_STREAM_VALUE_BYTES, partitions: undefined, carries: ['partition'] };
const NO_TARGET: SendTarget = { accountId: '', topicId: '', topicName: '' };

/** What was found out about a document before its target is asked. */
interface Draft {
  readonly source: MessageSource;
  readonly array: ArrayReading | undefined;
  readonly draw: Pick<SendJob, 'seed' | 'nowMs' | 'environment'>;
  /** What was asked to read it. */
  readonly inputs: ReadInputs | undefined;
  /** Key that the only message of a bare value would have. */
  readonly key: string | undefined;
}

/** From the text of an editor to messages on their way. */
export class SendFlow {
  readonly #deps: SendFlowDeps;

  constructor(deps: SendFlowDeps) {
    this.#deps = deps;
  }

  /**
   * Sends a text, or shows what would be sent.
   * @throws Refusal, CancelledError
   */
  async send(given: TakenText | NoText, way: SendWay): Promise<void> {
    const taken = textOf(given);
    const { options, memory, planner, plans } = this.#deps;
    sendingAccounts(options.accounts());
    const bound = this.#bindingOf(taken, way);
    if (bound !== undefined && way.asks === 'whereUnknown') sendingAccount(options.accounts(), bound.target.accountId);
    const { kind, topic } = claimsOf(taken);
    const draft = await this.#draft(taken, kind, bound, way);
    const { target, account, answers } = await this.#where(taken, topic, draft, bound, way);
    this.#remember(memory.bind(taken, target, taken.range === undefined ? draft.array : undefined));
    const isShown = way.endsIn === 'plan' || account.lane.stage === 'prod';
    const plan = await planner.plan({
      sources: [draft.source], target, account, answers, draw: draft.draw, inputs: draft.inputs, ...(isShown ? { isShown } : {}),
    });
    if (way.endsIn === 'plan') await this.#deps.reports.showPlan(plan);
    else await plans.go(plan);
  }

  /**
   * Asks where a document goes, and remembers it.
   * @throws Refusal, CancelledError
   */
  async changeTarget(given: TakenText | NoText): Promise<void> {
    const taken = textOf(given);
    const { options, memory } = this.#deps;
    const { target } = await askTarget(options, memory.recent(taken.uri), undefined);
    await memory.bind(taken, target);
    const { topic } = claimsOf(taken);
    if (topic === undefined || topic === target.topicName) return;
    showWarning(l10n.t('The document names topic "{0}", which decides where it goes. Change the name in the document to send to "{1}".', oneLine(topic), target.topicName));
  }

  /** Where the document went before, unless that account is gone. */
  #bindingOf({ uri }: TakenText, { asks }: SendWay): Binding | undefined {
    const { options, memory } = this.#deps;
    const binding = memory.bindingOf(uri);
    const isThere = options.accounts().some(({ id }) => id === binding?.target.accountId);
    return isThere || asks === 'always' ? binding : undefined;
  }

  async #draft(taken: TakenText, kind: SourceKind, bound: Binding | undefined, way: SendWay): Promise<Draft> {
    const { options, planner } = this.#deps;
    const isArray = isBareArray(kind, taken.text);
    const said = isArray ? bound?.array : undefined;
    const array = said ?? (kind.elements > 1 ? await askArray(options.prompts, kind.elements, options.format) : undefined);
    const content = isArray ? contentOfArray(kind, array) : kind.content;
    const source = textSource(refOf(taken, kind, content, way.only), taken.text, taken.range?.start);
    const draw = planner.draw();
    const draft = { source, array, draw, inputs: undefined, key: undefined };
    // What is asked of one message, and told of one that cannot be sent, is decided before the first question.
    return content === 'value' && taken.text.length <= MAX_ASKED_LENGTH ? this.#lonely(draft, way) : draft;
  }

  /** A text with one message: its key is asked, and what is in its way is told at once. */
  async #lonely(draft: Draft, way: SendWay): Promise<Draft> {
    const { options, reveal } = this.#deps;
    const { source, draw } = draft;
    const job: SendJob = { target: NO_TARGET, sources: [source], ...draw };
    const inputs = draft.inputs ?? (await this.#deps.planner.inputs(job));
    const read: Draft = { ...draft, inputs };
    const [first, second] = await firstOf({ job, sources: [source], limits: ANY_TOPIC, inputs });
    if (first === undefined || second !== undefined) return read;
    if (!isIssue(first)) return { ...read, key: first.key };
    if (way.endsIn === 'plan') return read;
    await tellSingleIssue(first, source, { ...options, reveal });
    return this.#lonely({ ...read, source: { ...source, format: 'text' } }, way);
  }

  async #where(
    taken: TakenText, topic: string | undefined, draft: Draft, bound: Binding | undefined, way: SendWay,
  ): Promise<{ readonly target: SendTarget; readonly account: NaverAccount; readonly answers: TypedAnswers | undefined }> {
    const { options, memory } = this.#deps;
    const known = way.asks === 'always' ? undefined : await this.#knownTarget(topic, bound);
    if (known !== undefined) return { target: known, account: sendingAccount(options.accounts(), known.accountId), answers: undefined };
    const { target, key, partition } = await askTarget(options, memory.recent(taken.uri), draft.key);
    const answers = key === undefined && partition === undefined ? undefined : { key, partition };
    return { target, account: sendingAccount(options.accounts(), target.accountId), answers };
  }

  /** Where the document says itself that it goes, or where it went before. */
  async #knownTarget(topic: string | undefined, bound: Binding | undefined): Promise<SendTarget | undefined> {
    if (topic === undefined) return bound?.target;
    return withPatience(l10n.t('Looking for topic "{0}"…', oneLine(topic)), (signal) =>
      topicByName(this.#deps.options, topic, bound?.target, signal));
  }

  #remember(saved: Promise<void>): void {
    // The messages go out, whatever becomes of the memory.
    saved.catch((error: unknown) => this.#deps.options.log.error('A target could not be remembered', error));
  }
}

/** The first two messages of a text. */
async function firstOf(request: ReadRequest): Promise<readonly Reading[]> {
  const found: Reading[] = [];
  for await (const batch of readAll(request, new AbortController().signal)) {
    found.push(...batch.slice(0, 2));
    if (found.length > 1) break;
  }
  return found;
}

/** In a longer text nobody would look for one message. */
const MAX_ASKED_LENGTH = 16 * 1_048_576;

function refOf(taken: TakenText, { format }: SourceKind, content: SourceContent, only: number | undefined): SourceRef {
  const { uri, name, range } = taken;
  return { uri, name, format, content, ...(range === undefined ? {} : { range }), ...(only === undefined ? {} : { only }) };
}

function textOf(given: TakenText | NoText): TakenText {
  switch (given) {
    case 'noDocument':
      throw new Refusal(l10n.t('Open the document to send in a text editor, then run the command again.'));
    case 'documentTooLarge':
      throw new Refusal(l10n.t('The editor keeps the text of so large a document from extensions. Use "Send Files to Topic…" in the Explorer instead.'));
    case 'severalSelections':
      throw new Refusal(l10n.t('Several parts of the text are selected. Select one part, or nothing to send all of it.'));
    default:
      return given;
  }
}
