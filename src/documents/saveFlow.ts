import * as l10n from '@vscode/l10n';

import type { Prompts } from '../host/prompts.ts';
import { permits } from '../model/account.ts';
import { stageBadge } from '../model/accountWords.ts';
import { CloudError } from '../model/cloudError.ts';
import { type Changed, makeChange, readRemote, type Target } from './change.ts';
import type { DocumentValues } from './documentType.ts';
import { type EditReading, type Finding, placeOf, readEditText } from './editText.ts';
import { changedFields, isSame, keepBoth } from './merge.ts';
import { changeLines, ownLines, planLines, withinSentence } from './planText.ts';
import { SaveProblem } from './saveProblem.ts';

/** A text to be applied. */
export interface SaveRequest extends Target {
  readonly text: string;
  /** The values the text was made from; undefined where nobody knows any more. */
  readonly base: DocumentValues | undefined;
}

/** How applying a text ended, where nothing failed. */
export type SaveOutcome =
  /** The text says what it said when it was opened: nothing was asked or sent. */
  | { readonly kind: 'unchanged' }
  /** The user wants to look at both first: nothing was sent. */
  | { readonly kind: 'compared' }
  /** The cloud has the values already: nothing was sent. */
  | { readonly kind: 'same'; readonly text: DocumentValues; readonly values: DocumentValues }
  /** The change was made. */
  | ({ readonly kind: 'applied'; readonly text: DocumentValues } & Changed)
  /** The text gives way to what is in the cloud. */
  | { readonly kind: 'taken'; readonly values: DocumentValues };

/**
 * Applies the text of a document: reads the remote again, asks where it moved since the text was made, shows the plan, and looks
 * once more just before the change leaves, for a question may stay open for hours.
 * @throws SaveProblem where it was not applied
 * @throws CancelledError where the user called it off
 * @throws CloudError `locked` where the account's lane permits no change
 */
export async function saveDocument(request: SaveRequest, prompts: Prompts): Promise<SaveOutcome> {
  const { edit, account, text, base } = request;
  const reading = readEditText(text, edit.fields, base);
  if (base !== undefined && reading.values !== undefined && isSame(base, reading.values)) return { kind: 'unchanged' };
  if (!permits(account.lane.access, 'write')) {
    throw new CloudError('locked', { operation: 'write', reason: 'lane', mayHaveArrived: false });
  }
  const mine = valuesOf(reading, text);
  let wanted = mine;
  let known = base;
  let remote = await readRemote(request);
  for (;;) {
    const { values } = remote;
    const decision = await decide(request, prompts, known, wanted, values);
    if (decision === 'compare') return { kind: 'compared' };
    if (decision === 'theirs') return { kind: 'taken', values };
    wanted = decision;
    if (isSame(wanted, values)) return { kind: 'same', text: mine, values };
    check(request, reading, wanted, values);
    await confirm(request, prompts, wanted, values);
    const made = await makeChange(request, { reading, remote: values, wanted });
    if ('isUnanswered' in made) return { kind: 'applied', text: mine, ...made };
    known = values;
    remote = made;
  }
}

/** What is wanted now; asked where both sides moved, or where nobody knows which did. */
async function decide(
  { edit, title }: SaveRequest, prompts: Prompts, base: DocumentValues | undefined, mine: DocumentValues, theirs: DocumentValues,
): Promise<DocumentValues | 'theirs' | 'compare'> {
  if (isSame(mine, theirs) || (base !== undefined && isSame(base, theirs))) return mine;
  const both = base === undefined ? undefined : keepBoth(base, mine, theirs);
  if (both !== undefined && isSame(both, theirs)) return both;
  const lines = base === undefined
    ? [l10n.t('In the cloud → in your text:'), ownLines(edit.fields, theirs, mine)]
    : [
        l10n.t('Changed elsewhere:'), changeLines(edit.fields, base, theirs), '',
        l10n.t('Changed by you:'), ownLines(edit.fields, base, mine),
      ];
  return prompts.choose<DocumentValues | 'theirs' | 'compare'>({
    message: base === undefined
      ? l10n.t('{0} differs from your text, and what the text was made from is not known any more.', title)
      : l10n.t('{0} was changed elsewhere since it was opened.', title),
    detail: lines.join('\n'),
    // Enter takes the first: one that loses nothing.
    choices: [
      ...(both === undefined ? [] : [{ label: l10n.t('Keep Both'), value: both }]),
      { label: l10n.t('Compare'), value: 'compare' },
      { label: l10n.t('Overwrite'), value: mine },
      { label: l10n.t('Take Theirs'), value: 'theirs' },
    ],
  });
}

async function confirm({ edit, title, account }: SaveRequest, prompts: Prompts, wanted: DocumentValues, remote: DocumentValues): Promise<void> {
  await prompts.confirm({
    message: l10n.t('Change {0} of account "{1}" ({2})?', withinSentence(title), account.name, stageBadge(account.lane.stage)),
    detail: planLines(edit.fields, remote, wanted),
    verb: l10n.t('Apply'),
  });
}

function valuesOf({ values, findings, isBroken }: EditReading, text: string): DocumentValues {
  if (values !== undefined) return values;
  const [first = { offset: 0, length: 0, message: '' }] = findings;
  // What is no JSON says its line itself.
  throw new SaveProblem({ message: isBroken ? first.message : atLine(text, first), remedies: [] }, findings);
}

/** What was right for the state that was opened can be wrong for the state that is there now. */
function check({ edit, text }: SaveRequest, { spans }: EditReading, wanted: DocumentValues, remote: DocumentValues): void {
  const changed = changedFields(remote, wanted);
  const findings = edit.fields.flatMap(({ name, check: wrongWith }) => {
    const value = wanted[name];
    const message = value === undefined || !changed.includes(name) ? undefined : wrongWith(value, remote[name]);
    return message === undefined ? [] : [{ ...(spans.get(name) ?? { offset: 0, length: 0 }), message }];
  });
  const [first] = findings;
  if (first !== undefined) throw new SaveProblem({ message: atLine(text, first), remedies: [] }, findings);
}

function atLine(text: string, { offset, message }: Finding): string {
  return l10n.t('Line {0}: {1}', placeOf(text, offset).line + 1, message);
}
