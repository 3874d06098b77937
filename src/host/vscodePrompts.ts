import type { Prompts, WizardPlace } from './prompts.ts';
import type { WindowPrompts } from './windowPrompts.ts';

/** The prompts of the editor's window. What asks is loaded with the first question. */
export function createPrompts(): Prompts {
  return promptsAt(undefined);
}

function promptsAt(place: WizardPlace | undefined): Prompts {
  const load = async (): Promise<WindowPrompts> => {
    const { WindowPrompts } = await import('./windowPrompts.ts');
    return new WindowPrompts(place);
  };
  return {
    pick: async (options) => (await load()).pick(options),
    pickMany: async (options) => (await load()).pickMany(options),
    input: async (options) => (await load()).input(options),
    confirm: async (options) => (await load()).confirm(options),
    choose: async (options) => (await load()).choose(options),
    at: promptsAt,
  };
}
