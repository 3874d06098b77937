import { type Disposable, type TextDocument, window, workspace } from 'vscode';

import { argumentCommand, type Command } from '../commands/command.ts';
import { Disposables } from '../host/disposables.ts';
import { Emitter } from '../host/emitter.ts';
import { COMMANDS, REPORT_SCHEME } from '../ids.ts';
import type { WriteLog } from '../model/resourceWrite.ts';
import type { JournalStore } from '../sending/journal/journalStore.ts';
import type { SendTarget } from '../sending/target.ts';
import { Activity } from './activity/activity.ts';
import { idOf, indexOf, takenFor, urisOf } from './commandArguments.ts';
import { journalWrites } from './journalWrites.ts';
import { SendLenses } from './lenses.ts';
import type { MessageWork } from './messageWork.ts';
import type { MessagesOptions } from './options.ts';
import { Reports } from './report/reports.ts';
import { readReportPath } from './report/reportUri.ts';
import { readJournalBytes, readKeepPayloads } from './sendSettings.ts';
import { TargetMemory } from './targets/targetMemory.ts';

/** Ids of the commands on documents and files, and on plans and runs. */
type DocumentCommandId = (typeof COMMANDS)['send' | 'sendDocument' | 'sendOne' | 'plan' | 'changeTarget' | 'sendFiles' | 'chooseEnvironment'];
type ReportCommandId = (typeof COMMANDS)['sendPlan' | 'renewPlan' | 'sendRest' | 'sendUnknown' | 'planRun' | 'resumeRun' | 'openRun'];

/** Sending messages: the commands, the lenses, plans and results, the activity view. What sends loads when it is first needed. */
export class Messages implements Disposable {
  readonly commands: Readonly<Record<DocumentCommandId | ReportCommandId, Command>> & Reports['commands'] & Activity['commands'];
  /** Writes down what changes a cloud. */
  readonly writes: WriteLog;
  readonly #options: MessagesOptions;
  readonly #memory: TargetMemory;
  readonly #reports: Reports;
  readonly #ending = new Disposables();
  readonly #journalChanges = this.#ending.add(new Emitter<undefined>());
  #work: Promise<MessageWork> | undefined;
  #loading: Promise<JournalStore> | undefined;
  #journal: JournalStore | undefined;

  constructor(options: MessagesOptions) {
    this.#options = options;
    this.#memory = new TargetMemory(options.state);
    this.#reports = this.#ending.add(this.#createReports());
    const activity = this.#ending.add(this.#createActivity());
    this.#ending.add(new SendLenses({ ...options, memory: this.#memory }));
    this.#ending.add(options.onDidChangeAccounts(() => this.#reports.accountsChanged()));
    this.writes = journalWrites({
      load: () => this.#loadJournal(), loaded: () => this.#journal, warn: (message, error) => options.log.error(message, error),
    });
    this.#follow();
    this.commands = { ...this.#documentCommands(), ...this.#reportCommands(), ...this.#reports.commands, ...activity.commands };
  }

  dispose(): void {
    this.#ending.dispose();
  }

  /** Brings the journal to the disk; what is still running is interrupted. */
  async end(): Promise<void> {
    await (await this.#loading)?.dispose();
  }

  /** Opens a new message document that goes to this topic unless told otherwise. */
  async openNewMessage(target: SendTarget): Promise<void> {
    await (await this.#get()).openNewMessage(target);
  }

  #documentCommands(): Readonly<Record<DocumentCommandId, Command>> {
    const send = (asks: 'always' | 'whereUnknown', endsIn: 'run' | 'plan'): Command => argumentCommand(async ([given]) => {
      // Read before anything is waited for: another editor may be the active one then.
      const taken = takenFor(given);
      const work = await this.#get();
      await work.send(await taken, { asks, endsIn });
    });
    return {
      [COMMANDS.send]: send('whereUnknown', 'run'),
      [COMMANDS.sendDocument]: send('always', 'run'),
      [COMMANDS.plan]: send('whereUnknown', 'plan'),
      [COMMANDS.sendOne]: argumentCommand(async ([given, index]) => {
        const only = indexOf(index);
        if (only === undefined) return;
        const taken = takenFor(given);
        const work = await this.#get();
        await work.send(await taken, { asks: 'whereUnknown', endsIn: 'run', only });
      }),
      [COMMANDS.changeTarget]: argumentCommand(async ([given]) => {
        const taken = takenFor(given);
        const work = await this.#get();
        await work.changeTarget(await taken);
      }),
      [COMMANDS.sendFiles]: argumentCommand(async (args) => (await this.#get()).sendFiles(urisOf(args))),
      [COMMANDS.chooseEnvironment]: argumentCommand(async ([planId]) => (await this.#get()).chooseEnvironment(idOf(planId) ?? this.#active('plan'))),
    };
  }

  #reportCommands(): Readonly<Record<ReportCommandId, Command>> {
    const on = (kind: 'plan' | 'run', run: (work: MessageWork, id: string) => Promise<void>): Command => argumentCommand(async ([given]) => {
      const id = idOf(given) ?? this.#active(kind);
      if (id !== undefined) await run(await this.#get(), id);
    });
    return {
      [COMMANDS.sendPlan]: on('plan', (work, id) => work.sendPlan(id)),
      [COMMANDS.renewPlan]: on('plan', (work, id) => work.renewPlan(id)),
      [COMMANDS.sendRest]: on('run', (work, id) => work.again(id, 'rest')),
      [COMMANDS.sendUnknown]: on('run', (work, id) => work.again(id, 'unknown')),
      [COMMANDS.planRun]: on('run', (work, id) => work.planRun(id)),
      [COMMANDS.resumeRun]: on('run', (work, id) => work.resume(id)),
      [COMMANDS.openRun]: on('run', (_, id) => this.#reports.showResult(id)),
    };
  }

  /** The plan or result in front. */
  #active(kind: 'plan' | 'run'): string | undefined {
    const uri = window.activeTextEditor?.document.uri;
    if (uri?.scheme !== (this.#options.reportScheme ?? REPORT_SCHEME)) return undefined;
    const address = readReportPath(uri.path);
    return address?.kind === kind ? address.id : undefined;
  }

  #follow(): void {
    this.#ending.add(workspace.onDidCloseTextDocument(({ uri, isUntitled }) => {
      if (isUntitled) this.#memory.closed(uri.toString());
    }));
    const remember = (saved: Promise<void>): void => {
      saved.catch((error: unknown) => this.#options.log.error('A target could not be remembered', error));
    };
    this.#ending.add(workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) remember(this.#memory.renamed(oldUri.toString(), newUri.toString()));
    }));
    this.#ending.add(workspace.onDidSaveTextDocument((document) => {
      const before = untitledWith(document);
      if (before !== undefined) remember(this.#memory.saved(before.uri.toString(), document.uri.toString()));
    }));
  }

  #createReports(): Reports {
    const { format, now, wait, log, reportScheme } = this.#options;
    return new Reports({
      format, now, wait, log,
      readings: (plan, signal) => later(async () => (await this.#get()).readings(plan, signal)),
      again: async (header, signal) => (await this.#get()).readAgain(header, signal),
      readRun: async (runId) => (await this.#loadJournal()).readRun(runId),
      payloads: (runId, only) => later(async () => (await this.#loadJournal()).payloads(runId, only)),
      account: (id) => this.#options.accounts().find((account) => account.id === id),
      ...(reportScheme === undefined ? {} : { scheme: reportScheme }),
    });
  }

  #createActivity(): Activity {
    const { format, now, wait, log, state, prompts, copy, curlOfWrite, targetOf } = this.#options;
    return new Activity({
      format, now, wait, state, prompts, copy, curlOfWrite,
      entries: async (limit) => (await this.#loadJournal()).entries(limit),
      onDidChange: (listener) => this.#journalChanges.event(listener),
      clear: async () => (await this.#loadJournal()).clear(),
      readRun: async (runId) => (await this.#loadJournal()).readRun(runId),
      messageOf: async (runId, index) => (await this.#get()).messageOf(runId, index),
      curlOfSend: async (accountId, topicName, message) => (await targetOf({ accountId, topicId: '', topicName })).curl(message),
      account: (id) => this.#options.accounts().find((account) => account.id === id),
      warn: (message, error) => log.error(message, error),
    });
  }

  #get(): Promise<MessageWork> {
    this.#work ??= import('./messageWork.ts').then(({ MessageWork }) => new MessageWork({
      options: this.#options, memory: this.#memory, reports: this.#reports, journal: () => this.#loadJournal(),
    }));
    return this.#work;
  }

  #loadJournal(): Promise<JournalStore> {
    this.#loading ??= this.#createJournal();
    return this.#loading;
  }

  async #createJournal(): Promise<JournalStore> {
    const { JournalStore } = await import('../sending/journal/journalStore.ts');
    const { journalFolder, now, wait, processId, hostName, log, isAlive } = this.#options;
    this.#journal = new JournalStore(journalFolder, {
      now, wait, isAlive,
      pid: processId,
      host: hostName,
      keepPayloads: readKeepPayloads,
      maxBytes: readJournalBytes,
      onChange: () => this.#journalChanges.fire(undefined),
      warn: (message, error) => log.error(message, error),
    });
    return this.#journal;
  }
}

/** The document without a file that this one was just saved from: the editor tells of a new file, and closes the other afterwards. */
function untitledWith(saved: TextDocument): TextDocument | undefined {
  if (saved.isUntitled) return undefined;
  const isBefore = (other: TextDocument): boolean =>
    other.isUntitled && !other.isClosed && other.languageId === saved.languageId && other.getText() === saved.getText();
  return workspace.textDocuments.find(isBefore);
}

/** What is read once somebody reads. */
async function* later<T>(get: () => Promise<AsyncIterable<T>>): AsyncGenerator<T> {
  yield* await get();
}
