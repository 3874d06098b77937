import * as l10n from '@vscode/l10n';

import type { Prompts } from '../host/prompts.ts';
import { CancelledError } from '../model/cloudError.ts';
import type { Formatter } from '../model/format.ts';
import { type MessageValue, readMessage } from '../sending/messageText.ts';
import { jsonProblemText } from './texts.ts';
import type { TextSource } from './textSource.ts';

/** A text that cannot be a message at all; its message is for the user. */
export class UnsendableText extends Error {
  override readonly name = 'UnsendableText';
}

/**
 * Makes the one message of a text, asking where the text may not be what was meant.
 * @throws UnsendableText where nothing can be sent, CancelledError where the user wants to look at the text first
 */
export async function messageFromText(source: TextSource, prompts: Prompts, format: Formatter): Promise<MessageValue> {
  const reading = readMessage(source.text, source.format);
  if (reading.ok) return reading.message;
  const { problem } = reading;
  switch (problem.kind) {
    case 'empty':
      throw new UnsendableText(l10n.t('There is nothing to send: the text is empty.'));
    case 'tooLarge':
      throw new UnsendableText(
        l10n.t(
          'The text is too large to be one message: {0} bytes, and Data Stream takes at most {1}. Nothing was sent.',
          format.count(problem.bytes),
          format.count(problem.maxBytes),
        ),
      );
    case 'notUnicode': {
      const { line, column } = source.placeOf(problem.offset);
      throw new UnsendableText(
        l10n.t('Line {0}, column {1}: half of a surrogate pair cannot be sent as UTF-8. Nothing was sent.', line, column),
      );
    }
    case 'notJson': {
      const { at, message } = problem;
      const { line, column } = source.placeOf(at.offset);
      return await askThenRead(prompts, {
        message: l10n.t('The text is not valid JSON. Line {0}, column {1}: {2}.', line, column, jsonProblemText(at.code)),
        detail: l10n.t('It can be sent as it stands, as text.'),
        choices: [
          { label: l10n.t('Send as Text'), value: () => Promise.resolve(message) },
          { label: l10n.t('Go to Problem'), value: () => lookFirst(source, at.offset, at.length) },
        ],
      });
    }
    case 'severalLines': {
      const { cursorLine } = source;
      const { message } = problem;
      const oneLine = cursorLine === undefined ? [] : [
        {
          label: l10n.t('Send Line {0}', cursorLine.number),
          value: () => messageFromText(cursorLine.source, prompts, format),
        },
      ];
      return await askThenRead(prompts, {
        message: l10n.t('The document has {0} lines with a value each, and one message is sent at a time.', format.count(problem.count)),
        detail: l10n.t('Send one line, or all of the text as one message.'),
        choices: [...oneLine, { label: l10n.t('Send as Text'), value: () => Promise.resolve(message) }],
      });
    }
  }
}

async function askThenRead(
  prompts: Prompts,
  question: {
    readonly message: string;
    readonly detail: string;
    readonly choices: readonly { readonly label: string; readonly value: () => Promise<MessageValue> }[];
  },
): Promise<MessageValue> {
  const read = await prompts.choose(question);
  return await read();
}

async function lookFirst(source: TextSource, offset: number, length: number): Promise<never> {
  await source.reveal(offset, length);
  throw new CancelledError();
}
