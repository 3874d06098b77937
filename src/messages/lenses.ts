import { posix } from 'node:path';

import { type CodeLens, type Disposable, EventEmitter, languages, type TextDocument, workspace } from 'vscode';

import { Disposables } from '../host/disposables.ts';
import type { Subscription } from '../host/emitter.ts';
import { onDidChangeSettings } from '../host/settings.ts';
import { ACTIVITY_SCHEME, REPORT_SCHEME, RESOURCE_SCHEME, VARIABLES_FILE } from '../ids.ts';
import type { Account } from '../model/account.ts';
import type { LensMode } from './sendSettings.ts';
import { readLensMode } from './sendSettings.ts';
import { isToolFile } from './sources/toolFiles.ts';
import type { Binding, TargetMemory } from './targets/targetMemory.ts';

/** What lenses need. */
export interface LensDeps {
  readonly memory: TargetMemory;
  readonly accounts: () => readonly Account[];
  readonly onDidChangeAccounts: (listener: () => void) => Subscription;
}

/** What is known of a document before its text is looked at. */
export interface LensContext {
  readonly mode: LensMode;
  readonly binding: Binding | undefined;
  readonly accounts: readonly Account[];
  /** How much of a text is looked at, in UTF-16 code units. */
  readonly mostLength: number;
}

const LANGUAGES = ['json', 'jsonc', 'jsonl'];
/** Documents of the editor and of ours, which nobody sends. */
const SCHEMES = [RESOURCE_SCHEME, REPORT_SCHEME, ACTIVITY_SCHEME, 'output', 'vscode', 'vscode-userdata', 'vscode-settings', 'vscode-notebook-cell', 'git'];
/** Of a longer text only the beginning is looked at, in UTF-16 code units: this is asked again with each key that is pressed. */
const MOST_LENGTH = 4 * 1024 * 1024;

/** Says on documents where they go. Light: what looks at texts loads with the first document it is for. */
export class SendLenses implements Disposable {
  readonly #deps: LensDeps;
  readonly #ending = new Disposables();
  readonly #changes = this.#ending.add(new EventEmitter<void>());

  constructor(deps: LensDeps) {
    this.#deps = deps;
    const selector = [...LANGUAGES.map((language) => ({ language })), { pattern: '**/*.{jsonl,ndjson}' }];
    this.#ending.add(languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: this.#changes.event,
      provideCodeLenses: (document) => this.#lenses(document),
    }));
    const changed = (): void => this.#changes.fire();
    this.#ending.add(deps.memory.onDidChange(changed));
    this.#ending.add(deps.onDidChangeAccounts(changed));
    this.#ending.add(onDidChangeSettings(changed));
  }

  dispose(): void {
    this.#ending.dispose();
  }

  async #lenses(document: TextDocument): Promise<CodeLens[]> {
    const mode = readLensMode();
    if (mode === 'never' || isNobodys(document)) return [];
    const binding = this.#deps.memory.bindingOf(document.uri.toString());
    if (mode === 'auto' && binding === undefined && !mayHoldMessages(document)) return [];
    const { lensesOf } = await import('./lensWork.ts');
    return lensesOf(document, { mode, binding, accounts: this.#deps.accounts(), mostLength: MOST_LENGTH });
  }
}

function isNobodys({ uri }: TextDocument): boolean {
  return SCHEMES.includes(uri.scheme) || isToolFile(posix.basename(uri.path)) || workspace.asRelativePath(uri, false) === VARIABLES_FILE;
}

/** Whether it is worth a closer look, by the cheapest signs there are. */
function mayHoldMessages(document: TextDocument): boolean {
  if (/\.messages?\.(?:json|jsonl|ndjson)$/i.test(document.uri.path)) return true;
  const text = document.getText().slice(0, MOST_LENGTH);
  return text.includes('"messages"') || text.includes('cloud-streams:');
}
