import { type CodeLens, type CodeLensProvider, type Disposable, EventEmitter, languages, type TextDocument } from 'vscode';

import { Disposables } from '../../../host/disposables.ts';
import type { FunctionsDeps } from '../context.ts';
import { BINDINGS_KEY } from '../stateKeys.ts';

/** What lenses on local files need. */
export type FileLensDeps = Pick<FunctionsDeps, 'state' | 'account' | 'runs' | 'onDidChangeAccounts'>;

/** "Run", "Deploy", "Activations" on the first line of a local file that is deployed to an action. Light: where none is, nothing loads. */
export class FileLenses implements CodeLensProvider, Disposable {
  readonly #deps: FileLensDeps;
  readonly #ending = new Disposables();
  readonly #changes = this.#ending.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changes.event;

  constructor(deps: FileLensDeps) {
    this.#deps = deps;
    this.#ending.add(languages.registerCodeLensProvider({ scheme: 'file' }, this));
    this.#ending.add(deps.onDidChangeAccounts(() => this.#changes.fire()));
    this.#ending.add(deps.runs.onDidBind(() => this.#changes.fire()));
  }

  dispose(): void {
    this.#ending.dispose();
  }

  async provideCodeLenses({ uri }: Pick<TextDocument, 'uri'>): Promise<CodeLens[]> {
    // Whether any file is deployed at all is known without loading more.
    if (this.#deps.state.get(BINDINGS_KEY) === undefined) return [];
    const { lensesOn } = await import('./lensesOn.ts');
    return lensesOn(uri, this.#deps);
  }
}
