import {
  type Disposable, EventEmitter, l10n, languages, Range, Selection, type Tab, TabInputText, type TextDocument, TextEditorRevealType, Uri, window, workspace,
} from 'vscode';

import { argumentCommand, type Command } from '../../commands/command.ts';
import { Disposables } from '../../host/disposables.ts';
import { withPatience } from '../../host/patience.ts';
import { COMMANDS, REPORT_SCHEME } from '../../ids.ts';
import { CancelledError } from '../../model/cloudError.ts';
import type { RunState } from '../../sending/journal/journalStore.ts';
import type { Plan } from '../plan.ts';
import { RefusedMarks } from './refusedMarks.ts';
import { ReportFiles } from './reportFiles.ts';
import type { ReportsOptions } from './reportOptions.ts';
import { type ReportAddress, readReportPath, reportKey, reportPath } from './reportUri.ts';
import type { ReportWork } from './reportWork.ts';

/** Commands of reports. */
type ReportCommand = (typeof COMMANDS)['turnPage' | 'sortRun' | 'exportRun'];

/** Plans and results of sends as documents of the editor that are only read. */
export class Reports implements Disposable {
  readonly commands: Readonly<Record<ReportCommand, Command>>;
  readonly #options: ReportsOptions;
  readonly #scheme: string;
  readonly #ending = new Disposables();
  readonly #files: ReportFiles;
  readonly #marks: RefusedMarks;
  readonly #lenses = this.#ending.add(new EventEmitter<void>());
  readonly #plans = new Map<string, Plan>();
  /** Addresses of the reports that were opened or read. */
  readonly #uris = new Map<string, Uri>();
  #loading: Promise<ReportWork> | undefined;

  constructor(options: ReportsOptions) {
    this.#options = options;
    this.#scheme = options.scheme ?? REPORT_SCHEME;
    const selector = { scheme: this.#scheme };
    this.#files = this.#ending.add(new ReportFiles(async (address) => (await this.#work()).read(address)));
    this.#marks = this.#ending.add(new RefusedMarks(options.now));
    this.#ending.add(workspace.registerFileSystemProvider(this.#scheme, this.#files, { isCaseSensitive: true, isReadonly: true }));
    this.#ending.add(languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks: (document) => this.#of(document, async (address) => [...(await (await this.#work()).links(address, document))]),
    }));
    this.#ending.add(languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: this.#lenses.event,
      provideCodeLenses: (document) => this.#of(document, async (address) => [...(await (await this.#work()).lenses(address, document))]),
    }));
    this.#ending.add(workspace.onDidCloseTextDocument(({ uri }) => this.#do(() => this.#closed(uri))));
    this.commands = this.#commands();
  }

  dispose(): void {
    this.#ending.dispose();
  }

  /** A plan that was shown and is neither closed nor dropped. */
  plan(id: string): Plan | undefined {
    return this.#plans.get(id);
  }

  /** Opens a plan as a document; one with the same id is replaced. */
  async showPlan(plan: Plan): Promise<void> {
    this.#plans.set(plan.id, plan);
    await this.#show({ kind: 'plan', id: plan.id }, plan.job.target.topicName, { preview: false });
  }

  /** Forgets a plan and closes its editors: it was sent, or another one took its place. */
  async dropPlan(id: string): Promise<void> {
    this.#plans.delete(id);
    const uri = this.#uris.get(reportKey({ kind: 'plan', id }));
    const tabs = uri === undefined ? [] : tabsOf(uri);
    if (tabs.length > 0) await window.tabGroups.close(tabs, true);
  }

  /** Opens the result of a run that is under way or over, or brings it up to date where it is open. */
  async showResult(runId: string, options: { readonly preserveFocus?: true } = {}): Promise<void> {
    const state = await this.#options.readRun(runId);
    const topicName = state?.header.job.target.topicName ?? 'result';
    await this.#show({ kind: 'run', id: runId }, topicName, { ...options, preview: options.preserveFocus === true });
  }

  /** Something became known of a run: where its result is open, it is drawn again before long. Nobody has to wait for it. */
  changed(runId: string): void {
    const address: ReportAddress = { kind: 'run', id: runId };
    if (this.#loading === undefined || !this.#uris.has(reportKey(address))) return;
    this.#do(async () => (await this.#work()).changed(address));
  }

  /** Accounts or their lanes are not what they were: what can be done with a report may have changed, and what a plan says of them. */
  accountsChanged(): void {
    this.#lenses.fire();
    if (this.#loading === undefined) return;
    for (const id of this.#plans.keys()) this.#do(async () => (await this.#work()).refresh({ kind: 'plan', id }));
  }

  /** Marks the refused messages of a run in the sources that are open, in place of those of earlier runs; call it when a run begins, too. */
  mark(state: RunState): void {
    this.#do(() => this.#marks.mark(state));
  }

  #commands(): Readonly<Record<ReportCommand, Command>> {
    return {
      [COMMANDS.turnPage]: argumentCommand(async ([key, page]) => {
        const address = this.#addressOf(key);
        if (address === undefined || typeof page !== 'number' || !(page >= 0)) return;
        // The page of a million messages takes a moment to be found.
        await withPatience(l10n.t('Turning the page…'), async (signal) => (await this.#work()).turn(address, Math.trunc(page), signal));
        showTop(this.#uris.get(reportKey(address)));
      }),
      [COMMANDS.sortRun]: argumentCommand(async ([key, order]) => {
        const address = this.#addressOf(key);
        if (address === undefined || (order !== 'line' && order !== 'outcome')) return;
        await (await this.#work()).sort(address, order);
      }),
      [COMMANDS.exportRun]: argumentCommand(async ([runId]) => {
        const id = typeof runId === 'string' ? runId : this.#activeRun();
        if (id === undefined) return;
        const { exportRun } = await import('./exportRun.ts');
        await exportRun(id, this.#options);
      }),
    };
  }

  async #show(address: ReportAddress, topicName: string, options: { readonly preserveFocus?: true; readonly preview: boolean }): Promise<void> {
    const uri = Uri.from({ scheme: this.#scheme, path: reportPath(address, topicName) });
    this.#uris.set(reportKey(address), uri);
    await (await this.#work()).refresh(address);
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, options);
  }

  #work(): Promise<ReportWork> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<ReportWork> {
    const { ReportWork } = await import('./reportWork.ts');
    return this.#ending.add(new ReportWork(this.#options, {
      plan: (id) => this.#plans.get(id),
      changed: (address, what) => {
        const uri = this.#uris.get(reportKey(address));
        // Another text has the editor ask for lenses by itself, when it has got it.
        if (what === 'lenses') this.#lenses.fire();
        else if (uri !== undefined) this.#files.changed(uri);
      },
    }));
  }

  async #of<T>({ uri }: TextDocument, work: (address: ReportAddress) => Promise<T[]>): Promise<T[]> {
    const address = readReportPath(uri.path);
    if (address === undefined) return [];
    this.#uris.set(reportKey(address), uri);
    return work(address);
  }

  /** The report a lens is on, or the one in front where the command has another origin. */
  #addressOf(key: unknown): ReportAddress | undefined {
    const uri = typeof key === 'string' ? this.#uris.get(key) : this.#activeUri();
    return uri === undefined ? undefined : readReportPath(uri.path);
  }

  #activeUri(): Uri | undefined {
    const uri = window.activeTextEditor?.document.uri;
    return uri?.scheme === this.#scheme ? uri : undefined;
  }

  #activeRun(): string | undefined {
    const uri = this.#activeUri();
    const address = uri === undefined ? undefined : readReportPath(uri.path);
    return address?.kind === 'run' ? address.id : undefined;
  }

  async #closed(uri: Uri): Promise<void> {
    const address = uri.scheme === this.#scheme ? readReportPath(uri.path) : undefined;
    // Another language closes and opens a document that stays.
    if (address === undefined || tabsOf(uri).length > 0) return;
    this.#uris.delete(reportKey(address));
    if (address.kind === 'plan') this.#plans.delete(address.id);
    if (this.#loading !== undefined) (await this.#loading).closed(address);
  }

  #do(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      // An event has nobody who could be told.
      if (!(error instanceof CancelledError)) this.#options.log.error('A result could not be followed', error);
    });
  }
}

function tabsOf(uri: Uri): readonly Tab[] {
  const address = uri.toString();
  return window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof TabInputText && input.uri.toString() === address);
}

function showTop(uri: Uri | undefined): void {
  const address = uri?.toString();
  const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === address);
  if (editor === undefined) return;
  const top = editor.document.validateRange(new Range(0, 0, 0, 0));
  editor.selection = new Selection(top.start, top.start);
  editor.revealRange(top, TextEditorRevealType.AtTop);
}
