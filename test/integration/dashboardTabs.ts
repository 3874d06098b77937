import * as assert from 'node:assert/strict';

import * as vscode from 'vscode';

import type { HostEvent } from '../../src/protocol/dashboard.ts';
import type { TreeNode } from '../../src/tree/treeNode.ts';
import { ScriptedPrompts } from '../support/scriptedPrompts.ts';
import { setUpHouse } from './house.ts';
import type { HouseOptions } from './house.ts';

/** A real tab of the editor, what it was told, and a way to say something in its page's place. */
export interface Tab {
  readonly panel: vscode.WebviewPanel;
  readonly events: HostEvent[];
  say(message: unknown): void;
  /** Waits for an event that holds; those that came already count. */
  until(holds: (event: HostEvent) => boolean): Promise<HostEvent>;
}

/** The house with real tabs, whose pages the test speaks for. */
export async function houseOfTabs(options: Partial<HouseOptions> = {}) {
  const tabs: Tab[] = [];
  const opened = new vscode.EventEmitter<string>();
  const nextTab = (): Promise<string> => new Promise((resolve) => {
    const subscription = opened.event((title) => {
      subscription.dispose();
      resolve(title);
    });
  });
  const newTab = (viewType: string, title = viewType): vscode.WebviewPanel => {
    const tab = tabOf(vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active));
    tabs.push(tab);
    opened.fire(title);
    return tab.panel;
  };
  const house = await setUpHouse({ prompts: new ScriptedPrompts(), createPanel: newTab, ...options });
  return { ...house, tabs, newTab, nextTab };
}

/** Listens in on what the tab's page is told; everything else is the editor's own. */
function tabOf(panel: vscode.WebviewPanel): Tab {
  const events: HostEvent[] = [];
  const said = new vscode.EventEmitter<unknown>();
  const told = new vscode.EventEmitter<HostEvent>();
  const { webview } = panel;
  const listened = new Proxy(webview, {
    get: (target, name) => {
      if (name === 'onDidReceiveMessage') return said.event;
      if (name !== 'postMessage') return own(target, name);
      return (event: HostEvent) => {
        events.push(event);
        told.fire(event);
        return target.postMessage(event);
      };
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
  const proxy = new Proxy(panel, {
    get: (target, name) => (name === 'webview' ? listened : own(target, name)),
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
  return {
    panel: proxy,
    events,
    say: (message) => said.fire(message),
    until: (holds) => new Promise((resolve) => {
      const known = events.find(holds);
      if (known !== undefined) {
        resolve(known);
        return;
      }
      const subscription = told.event((event) => {
        if (!holds(event)) return;
        subscription.dispose();
        resolve(event);
      });
    }),
  };
}

/** What the editor's object has, as its own: it keeps what it knows where no other object gets at it. */
function own(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name, target);
  return typeof value === 'function' ? value.bind(target) as unknown : value;
}

/** The tab that was opened as the first, second, …: from 0. */
export function tabAt(tabs: readonly Tab[], index: number): Tab {
  const tab = tabs[index];
  assert.ok(tab, `no tab ${index}`);
  return tab;
}

/** A row, as a command takes it. */
export function given(row: TreeNode | undefined): readonly [] | readonly [TreeNode] {
  return row === undefined ? [] : [row];
}
