import { commands, l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, type TreeView, type Uri, window, workspace } from 'vscode';

import { ACTIVITY_KINDS, COMMANDS, CONTEXTS } from '../../ids.ts';
import { withoutIcons } from '../../model/format.ts';
import type { ActivityDeps } from './activity.ts';
import { scriptOf } from './activityCurl.ts';
import { writeDocument } from './activityDocument.ts';
import { ActivityList, type ActivityPage } from './activityList.ts';
import type { ActivityDay, ActivityRow, RowContext } from './activityRows.ts';
import { createTimes, type Times } from './times.ts';

const MORE = 'more';
const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** What the Activity view shows and does, loaded when the view is first opened. Rows are named by text: a run by its id. */
export class ActivityWork {
  readonly list: ActivityList;
  readonly #deps: ActivityDeps;
  readonly #times: Times;

  constructor(deps: ActivityDeps) {
    this.#deps = deps;
    this.#times = createTimes(deps.format.locale);
    this.list = new ActivityList({
      entries: deps.entries, state: deps.state, wait: deps.wait, warn: deps.warn, context: () => this.#context(),
    });
  }

  dispose(): void {
    this.list.dispose();
  }

  /** Names of the rows below one, or of the days. */
  async children(id: string | undefined): Promise<string[]> {
    const page = await this.list.page();
    if (id !== undefined) return dayOf(page, id)?.rows.map((row) => row.id) ?? [];
    return [...page.days.map((day) => day.id), ...(page.hasMore ? [MORE] : [])];
  }

  async item(id: string): Promise<TreeItem> {
    const page = await this.list.page();
    const day = dayOf(page, id);
    if (day !== undefined) return dayItem(day);
    const row = page.rows.get(id);
    return row === undefined ? moreItem(page, this.#deps) : rowItem(row);
  }

  /** Says what is filtered, beside the view's name and above its rows, and what `when` clauses need to know. */
  async head(view: TreeView<string>): Promise<void> {
    const { filter, looked, rows, days } = await this.list.page();
    const { format } = this.#deps;
    const isFiltered = filter !== '';
    view.description = isFiltered ? `${filter} · ${l10n.t('{0} of {1}', format.count(rows.size), format.count(looked))}` : '';
    view.message = isFiltered && days.length === 0 ? l10n.t('Nothing here matches "{0}".', filter) : '';
    // Nobody waits for a context key.
    void commands.executeCommand('setContext', CONTEXTS.hasActivity, looked > 0);
    void commands.executeCommand('setContext', CONTEXTS.isActivityFiltered, isFiltered);
  }

  /** Shows what a row stands for: the result of a run, or the details of a write. */
  async open(id: string, uri: Uri): Promise<void> {
    const row = await this.list.find(id);
    if (row === undefined) return;
    if (row.entry.kind === 'run') await commands.executeCommand(COMMANDS.openRun, row.entry.header.id);
    else await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }

  /** The text of a write's document. */
  async text(id: string): Promise<string> {
    const row = await this.list.find(id);
    if (row?.entry.kind !== 'write') return `${JSON.stringify(l10n.t('This is not in the journal any more.'))}\n`;
    return writeDocument(row.entry, row.label, this.#context());
  }

  async copyCurl(id: string): Promise<void> {
    const row = await this.list.find(id);
    if (row === undefined) return;
    const { text, what } = await scriptOf(row.entry, row.label, this.#deps);
    await this.#deps.copy(text, what);
  }

  async filter(): Promise<void> {
    const typed = await this.#deps.prompts.input({
      title: l10n.t('Filter Activity'),
      prompt: l10n.t('Words to look for: a topic, an account, a file, or an outcome such as "refused"'),
      placeholder: l10n.t('Empty shows everything'),
      value: this.list.filter,
    });
    await this.list.setFilter(typed);
  }

  /** Asks, and clears the journal of all that is over. */
  async clear(): Promise<void> {
    const { entries } = await this.#deps.entries(EVERYTHING);
    const count = (value: number): string => this.#deps.format.count(value);
    const runs = entries.flatMap((entry) => (entry.kind === 'run' ? [entry] : []));
    const running = runs.filter(({ status }) => status === 'running').length;
    const interrupted = runs.filter(({ status }) => status === 'interrupted').length;
    await this.#deps.prompts.confirm({
      message: l10n.t('Clear the activity of this machine?'),
      detail: [
        l10n.t('Sends: {0}. Changes: {1}. Their journal is deleted; what they did in the clouds stays.', count(runs.length - running), count(entries.length - runs.length)),
        ...(interrupted > 0 ? [l10n.t('Interrupted sends among them: {0}. They cannot be resumed then.', count(interrupted))] : []),
        ...(running > 0 ? [l10n.t('Sends that are running stay: {0}.', count(running))] : []),
      ].join('\n'),
      verb: l10n.t('Clear'),
    });
    await this.#deps.clear();
    this.list.changed();
  }

  #context(): RowContext {
    const { format, account, now } = this.#deps;
    return { format, account, times: this.#times, nowMs: now() };
  }
}

function dayOf({ days }: ActivityPage, id: string): ActivityDay | undefined {
  return days.find((day) => day.id === id);
}

function dayItem({ id, label }: ActivityDay): TreeItem {
  const item = new TreeItem(label, TreeItemCollapsibleState.Expanded);
  item.id = id;
  return item;
}

function rowItem({ id, entry, label, description, icon, tooltip, spoken, contextValue }: ActivityRow): TreeItem {
  const item = new TreeItem(label, TreeItemCollapsibleState.None);
  item.id = id;
  item.description = description;
  item.iconPath = new ThemeIcon(icon.name, icon.colour === undefined ? undefined : new ThemeColor(icon.colour));
  item.tooltip = new MarkdownString(tooltip);
  item.contextValue = contextValue;
  item.accessibilityInformation = { label: spoken };
  item.command = entry.kind === 'run'
    ? { command: COMMANDS.openRun, title: l10n.t('Show Result'), arguments: [entry.header.id] }
    : { command: COMMANDS.openActivity, title: l10n.t('Show Details'), arguments: [id] };
  return item;
}

function moreItem({ looked }: ActivityPage, { format }: ActivityDeps): TreeItem {
  const item = new TreeItem(l10n.t('Load more'), TreeItemCollapsibleState.None);
  item.id = MORE;
  item.description = withoutIcons(l10n.t('{0} shown', format.count(looked)));
  item.iconPath = new ThemeIcon('chevron-down');
  item.contextValue = ACTIVITY_KINDS[2];
  item.command = { command: COMMANDS.loadMoreActivity, title: l10n.t('Load more') };
  return item;
}
