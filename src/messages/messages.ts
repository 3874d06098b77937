import { type Disposable, workspace } from 'vscode';

import { type Command, globalCommand } from '../commands/command.ts';
import { COMMANDS } from '../ids.ts';
import type { SendTarget } from '../sending/target.ts';
import { readActiveText } from './activeText.ts';
import type { Sender, SenderOptions } from './sender.ts';
import { TargetMemory } from './targetMemory.ts';

/** Sending messages: the commands, and the documents they start from. What sends loads when it is first needed. */
export class Messages implements Disposable {
  readonly commands: Readonly<Record<(typeof COMMANDS)['sendDocument'], Command>>;
  readonly #options: SenderOptions;
  readonly #memory: TargetMemory;
  readonly #closing: Disposable;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#memory = new TargetMemory(options.state);
    this.#closing = workspace.onDidCloseTextDocument(({ uri, isUntitled }) => {
      if (isUntitled) this.#memory.closed(uri.toString());
    });
    this.commands = {
      [COMMANDS.sendDocument]: globalCommand(async () => {
        // Read before anything is waited for: another editor may be the active one then.
        const source = readActiveText();
        await (await this.#sender()).sendText(source);
      }),
    };
  }

  dispose(): void {
    this.#closing.dispose();
  }

  /** Opens a new message document that "Send to Topic…" sends to this topic unless told otherwise. */
  async openNewMessage(target: SendTarget): Promise<void> {
    await (await this.#sender()).openNewMessage(target);
  }

  async #sender(): Promise<Sender> {
    const { Sender } = await import('./sender.ts');
    return new Sender(this.#options, this.#memory);
  }
}
