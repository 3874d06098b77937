import * as l10n from '@vscode/l10n';

import type { Prompts } from '../host/prompts.ts';
import { permits } from '../model/account.ts';
import { stageBadge } from '../model/accountWords.ts';
import { CancelledError, CloudError } from '../model/cloudError.ts';
import { type Changed, identityOf, makeChange, readRemote, type Target } from './change.ts';
import { findingsTogether, readDocument } from './documentText.ts';
import type { DocumentValues, EditableType, Renewal, Snapshot } from './documentType.ts';
import type { EditReading } from './editText.ts';
import { changedFields, isSame, keepBoth } from './merge.ts';
import { type Finding, placeOf } from './places.ts';
import { changeLines, ownLines, planLines, withinSentence } from './planText.ts';
import { SaveProblem } from './saveProblem.ts';

/** A text to be applied. */
export interface SaveRequest extends Target {
  readonly text: string;
  /** The values the text was made from; undefined where nobody knows any more. */
  readonly base: DocumentValues | undefined;
  /** Which thing these are the values of, where one is told from another at its address: of another one, nothing is known. */
  readonly baseIdentity?: string | undefined;
  /** What applying it is called where that is not "Apply". */
  readonly verb?: string | undefined;
}

/** How applying a text ended, where nothing failed. */
export type SaveOutcome =
  /** The text says what it said when it was opened: nothing was asked or sent. */
  | { readonly kind: 'unchanged' }
  /** The user wants to look at both first: nothing was sent. */
  | { readonly kind: 'compared' }
  /** The cloud has the values already: nothing was sent. */
  | { readonly kind: 'same'; readonly text: DocumentValues; readonly values: DocumentValues; readonly identity?: string }
  /** The change was made. */
  | ({ readonly kind: 'applied'; readonly text: DocumentValues } & Changed)
  /** The text gives way to what is in the cloud. */
  | { readonly kind: 'taken'; readonly values: DocumentValues; readonly identity?: string };

/**
 * Applies the text of a document: reads the remote again, asks where it moved since the text was made, shows the plan, and looks
 * once more just before the change leaves, for a question may stay open for hours.
 * @throws SaveProblem where it was not applied
 * @throws CancelledError where the user called it off
 * @throws CloudError `locked` where the account's lane permits no change
 */
export async function saveDocument(request: SaveRequest, prompts: Prompts): Promise<SaveOutcome> {
  const { edit, account, text, base, baseIdentity } = request;
  const reading = readDocument(edit, text, base);
  const isUnchanged = base !== undefined && reading.values !== undefined && isSame(base, reading.values);
  const renewal = isUnchanged && permits(account.lane.access, 'write') ? edit.renewal?.(request.ref, base) : undefined;
  if (isUnchanged && (renewal === undefined || !(await wants(renewal, prompts)))) return { kind: 'unchanged' };
  if (!permits(account.lane.access, 'write')) {
    throw new CloudError('locked', { operation: 'write', reason: 'lane', mayHaveArrived: false });
  }
  const mine = valuesOf(reading, request);
  let wanted = mine;
  let remote = await readRemote(request);
  let known = remote.identity === baseIdentity ? base : undefined;
  for (;;) {
    const { values } = remote;
    const decision = await decide(request, prompts, known, wanted, values);
    if (decision === 'compare') return { kind: 'compared' };
    if (decision === 'theirs') return { kind: 'taken', values, ...identityOf(remote) };
    wanted = decision;
    const isSameAsThere = isSame(wanted, values);
    if (isSameAsThere && renewal === undefined) return { kind: 'same', text: mine, values, ...identityOf(remote) };
    check(request, reading, wanted, values);
    if (!isSameAsThere) await confirm(request, prompts, wanted, remote);
    const made = await makeChange(request, { reading, remote, wanted });
    if ('isUnanswered' in made) return { kind: 'applied', text: mine, ...made };
    known = made.identity === remote.identity ? values : undefined;
    remote = made;
  }
}

/** Whether to send again what says what it said. Who closes the question has nothing sent, and nothing failed. */
async function wants({ message, verb }: Renewal, prompts: Prompts): Promise<boolean> {
  try {
    await prompts.confirm({ message, detail: l10n.t('Nothing else changes: the text says what it said when it was opened.'), verb });
    return true;
  } catch (error) {
    if (error instanceof CancelledError) return false;
    throw error;
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

async function confirm({ edit, title, account, verb }: SaveRequest, prompts: Prompts, wanted: DocumentValues, remote: Snapshot): Promise<void> {
  const notes = edit.notes?.(remote, wanted) ?? [];
  await prompts.confirm({
    message: l10n.t('Change {0} of account "{1}" ({2})?', withinSentence(title), account.name, stageBadge(account.lane.stage)),
    detail: [planLines(edit.fields, remote.values, wanted), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n'),
    verb: verb ?? l10n.t('Apply'),
  });
}

function valuesOf({ values, findings, isBroken }: EditReading, { edit, text }: SaveRequest): DocumentValues {
  if (values !== undefined) return values;
  const [first = { offset: 0, length: 0, message: '' }] = findings;
  // What is no JSON says its line itself.
  throw new SaveProblem({ message: isBroken ? first.message : atLine(edit, text, first), remedies: [] }, findings);
}

/** What was right for the state that was opened can be wrong for the state that is there now. */
function check({ edit, text }: SaveRequest, { spans }: EditReading, wanted: DocumentValues, remote: DocumentValues): void {
  const changed = changedFields(remote, wanted);
  const single = edit.fields.flatMap(({ name, check: wrongWith }): readonly Finding[] => {
    const value = wanted[name];
    const message = value === undefined || !changed.includes(name) ? undefined : wrongWith(value, remote[name]);
    return message === undefined ? [] : [{ ...(spans.get(name) ?? { offset: 0, length: 0 }), message }];
  });
  const findings = single.length > 0 ? single : findingsTogether(edit, wanted, remote, spans);
  const [first] = findings;
  if (first !== undefined) throw new SaveProblem({ message: atLine(edit, text, first), remedies: [] }, findings);
}

/** Of a whole text, no line is meant. */
function atLine(edit: EditableType, text: string, { offset, message }: Finding): string {
  if (edit.text === 'whole') return message;
  return l10n.t('Line {0}: {1}', placeOf(text, offset).line + 1, message);
}
