import * as l10n from '@vscode/l10n';

import type { Prompts } from '../host/prompts.ts';
import { CancelledError } from '../model/cloudError.ts';
import type { Formatter } from '../model/format.ts';
import type { MessageIssue } from '../sending/message.ts';
import type { SourceRef } from '../sending/source.ts';
import { issueText } from './issueTexts.ts';
import { Refusal } from './refusal.ts';

/** What telling of an issue needs. */
export interface IssueDeps {
  readonly prompts: Pick<Prompts, 'choose'>;
  readonly format: Formatter;
  /** Shows and selects a place of a document. */
  readonly reveal: (uri: string, issue: MessageIssue) => Promise<void>;
}

/**
 * Says why the only message there is cannot be sent, and where. Returns where the user wants the text sent as it stands all the same,
 * which is offered for a text that is no JSON.
 * @throws Refusal, CancelledError
 */
export async function tellSingleIssue(issue: MessageIssue, source: SourceRef, deps: IssueDeps): Promise<'asText'> {
  const { reason, place } = issue;
  if (reason.kind === 'empty') throw new Refusal(l10n.t('There is nothing to send: the text is empty.'));
  const isText = reason.kind === 'notJson' && source.content === 'value';
  const why = l10n.t('Line {0}, column {1}: {2}', place.line, place.column, issueText(reason, deps.format));
  const choice = await deps.prompts.choose<'asText' | 'reveal'>({
    message: why,
    detail: isText ? l10n.t('It can be sent as it stands, as text.') : l10n.t('Nothing was sent.'),
    choices: [
      ...(isText ? [{ label: l10n.t('Send as Text'), value: 'asText' as const }] : []),
      { label: l10n.t('Go to Problem'), value: 'reveal' as const },
    ],
  });
  if (choice === 'asText') return choice;
  await deps.reveal(source.uri, issue);
  throw new CancelledError();
}
