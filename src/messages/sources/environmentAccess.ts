import * as l10n from '@vscode/l10n';

import type { Prompts } from '../../host/prompts.ts';
import { CancelledError } from '../../model/cloudError.ts';
import { oneLine } from '../../model/format.ts';
import type { EnvAnswer } from './readInputs.ts';

/** What reading the environment needs. */
export interface EnvironmentDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly prompts: Pick<Prompts, 'choose'>;
  /** Whether the user trusts the workspace, and what its documents say. */
  readonly isTrusted: () => boolean;
  readonly isSecret: (value: string) => Promise<boolean>;
}

/**
 * The environment of this machine, for messages that take variables of it. A workspace that is not trusted gets none before the user
 * said so, once for each window and variable; and no key of an account ever goes into a message.
 */
export class EnvironmentAccess {
  readonly #deps: EnvironmentDeps;
  readonly #allowed = new Set<string>();
  #isAllAllowed = false;
  /** Questions come one after another, and the answer to one may make the next pointless. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(deps: EnvironmentDeps) {
    this.#deps = deps;
  }

  /** The value of a variable, or why there is none. Never throws. */
  async read(name: string): Promise<EnvAnswer> {
    if (!(await this.#mayRead(name))) return { issue: 'envNotAllowed' };
    const value = this.#deps.env[name];
    // What every object has, such as "constructor", is no text.
    if (typeof value !== 'string') return { issue: 'envNotSet' };
    return (await this.#deps.isSecret(value)) ? { issue: 'envIsSecret' } : { value };
  }

  #mayRead(name: string): Promise<boolean> {
    const answer = this.#last.then(() => this.#deps.isTrusted() || this.#isAllAllowed || this.#allowed.has(name) || this.#ask(name));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #ask(name: string): Promise<boolean> {
    try {
      const isAll = await this.#deps.prompts.choose({
        message: l10n.t('Put the environment variable "{0}" into a message?', oneLine(name)),
        detail: l10n.t('The workspace is not trusted, and a document of it asks for this variable of your machine. It may hold something secret.'),
        choices: [
          { label: l10n.t('Allow'), value: false },
          { label: l10n.t('Allow All Variables'), value: true },
        ],
      });
      if (isAll) this.#isAllAllowed = true;
      this.#allowed.add(name);
      return true;
    } catch (error) {
      if (error instanceof CancelledError) return false;
      throw error;
    }
  }
}
