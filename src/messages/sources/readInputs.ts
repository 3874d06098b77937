import type { Reading } from '../../sending/message.ts';
import { isIssue } from '../../sending/message.ts';

/** What a message takes from the environment of this machine; see `ReadContext`. */
export type EnvAnswer = { readonly value: string } | { readonly issue: 'envNotSet' | 'envNotAllowed' | 'envIsSecret' };

/** What a message takes from a file; see `ReadContext`. */
export type FileAnswer = { readonly text: string } | { readonly issue: 'fileNotFound' | 'fileOutside' };

/** What was typed for the one message of a text that is its value. */
export interface TypedAnswers {
  readonly key: string | undefined;
  readonly partition: number | undefined;
}

/**
 * All that messages take from elsewhere than their own texts. Each thing is asked once and kept, so that what goes out is what the plan
 * shows. Never written down.
 */
export interface ReadInputs {
  readonly variables: ReadonlyMap<string, string>;
  readonly env: (name: string) => Promise<EnvAnswer>;
  /** @param sourceUri the document that names the path */
  readonly file: (path: string, sourceUri: string) => Promise<FileAnswer>;
  readonly answers?: TypedAnswers;
}

/** Inputs whose answers are kept. */
export function keptInputs(inputs: ReadInputs): ReadInputs {
  return {
    ...inputs,
    env: once((name) => inputs.env(name)),
    file: once((path, sourceUri) => inputs.file(path, sourceUri)),
  };
}

/** Readings with what was typed for them. */
export async function* withAnswers(
  readings: AsyncIterable<readonly Reading[]>, { key, partition }: TypedAnswers,
): AsyncGenerator<readonly Reading[]> {
  for await (const batch of readings) {
    yield batch.map((reading) => {
      if (isIssue(reading)) return reading;
      const typed = key === undefined ? reading : { ...reading, key, isKeyGenerated: false };
      return partition === undefined ? typed : { ...typed, partition };
    });
  }
}

function once<A extends readonly string[], R>(ask: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  const answers = new Map<string, Promise<R>>();
  return (...args) => {
    const key = JSON.stringify(args);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(...args);
    answers.set(key, answer);
    return answer;
  };
}
